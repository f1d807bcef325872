"""What the operator says about a notice is shown as theirs, beside the text and not in it."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.catalogue import Catalogue
from corpus.operator import Correction, EverydayWord, OperatorNotes
from corpus.store import Corpus
from tests.fake_assistant import NOTICE_ID, FakeAssistant
from tests.html_reading import Reading
from tests.http_checks import serve
from ui.pages.operator import render_operator

NOTES = OperatorNotes(
    issuer="青屿市科学技术局<b>",
    issued=date(2025, 3, 1),
    in_force=False,
    expires=date(2026, 12, 31),
    repealed_by="鲁测字〔2026〕2号",
    telephone="0539-1234567（综合科）",
    words=(EverydayWord("第一次买", "首购"),),
    corrections=(Correction("叁万元", "三万元", "误用大写"),),
)
SHOWN = (
    "运营方提供，非原文",
    "效力已失效",
    "废止它的文件鲁测字〔2026〕2号",
    "有效期至2026-12-31",
    "发文机关青屿市科学技术局<b>",
    "发文日期2025-03-01",
    "咨询电话0539-1234567（综合科）",
    "更正原文“叁万元”应为“三万元”（误用大写）",
)


@pytest.fixture
def noted(small_corpus: Corpus) -> Corpus:
    first, *others = small_corpus.catalogue.notices
    return replace(small_corpus, catalogue=Catalogue([replace(first, operator=NOTES), *others]))


def test_the_reader_shows_it_beside_the_text(noted: Corpus) -> None:
    with serve(FakeAssistant(noted)) as client:
        page = client.get(f"/notices/{NOTICE_ID}").text
        english = client.get(f"/notices/{NOTICE_ID}?lang=en").text
    section, article = page.index('class="operator"'), page.index("<article")
    assert section < page.index("</section>", section) < article
    assert "运营方提供，非原文" not in page[article:]
    assert "Provided by the operator, not part of the notice" in english and "No, no longer in force" in english


def test_every_note_is_named_and_words_for_understanding_are_not() -> None:
    shown = Reading(str(render_operator(NOTES, "zh"))).text
    assert shown == "".join(SHOWN)
    assert "现行有效" in render_operator(OperatorNotes(in_force=True), "zh")


@pytest.mark.parametrize("notes", [None, OperatorNotes(), OperatorNotes(id="n", words=NOTES.words)])
def test_nothing_is_shown_where_nothing_was_said(notes: OperatorNotes | None) -> None:
    assert render_operator(notes, "zh") == ""


def test_programs_read_it_in_a_field_of_its_own(noted: Corpus) -> None:
    with serve(FakeAssistant(noted)) as client:
        first, *others = (client.get(f"/api/v1/notices/{n.id}").json() for n in noted.catalogue.notices)
        text = client.get(f"/api/v1/notices/{NOTICE_ID}/text").text
    assert first["operator"] == {
        "title": "",
        "issuer": "青屿市科学技术局<b>",
        "issued": "2025-03-01",
        "in_force": False,
        "expires": "2026-12-31",
        "repealed_by": "鲁测字〔2026〕2号",
        "telephone": "0539-1234567（综合科）",
        "corrections": [{"printed": "叁万元", "right": "三万元", "reason": "误用大写"}],
    }
    assert [other["operator"] for other in others] == [None, None]
    assert "1234567" not in text
