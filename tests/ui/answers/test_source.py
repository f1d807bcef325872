"""The notice beside the conversation: every cited place is found and marked, nothing is lost."""

import re
from html import unescape

import pytest

from assistant.ask import Assistant
from corpus.notice import Notice, Phrase
from corpus.store import Corpus
from tests.conftest import SEED_ID
from tests.hostile import HOSTILE
from tests.ui.conftest import SHAPED_ID
from ui.answers.citing import cite_notice
from ui.answers.source import Cited, render_source
from ui.pages.article import Shown
from ui.pages.contents import render_contents

TEXT = re.compile(r"<[^>]+>")


def plain(html: str) -> str:
    return unescape(TEXT.sub("", html))


def marked(html: str) -> str:
    return "".join(plain(m) for m in re.findall(r"<mark>(.*?)</mark>", html, re.DOTALL))


def squeeze(text: str) -> str:
    """Without what cells of a table take the place of."""
    return "".join(text.replace("|", "").split())


def shown_of(corpus: Corpus, notice_id: str) -> Shown:
    notice = corpus.catalogue.notice(notice_id)
    assert notice
    return Shown(notice, corpus.texts[notice_id], len(corpus.catalogue.notices) == 1)


@pytest.mark.parametrize(("name", "least"), [("small_corpus", 200), ("shaped", 30)])
def test_every_place_that_can_be_cited_is_marked_whole(name: str, least: int, request: pytest.FixtureRequest) -> None:
    corpus: Corpus = request.getfixturevalue(name)
    checked = 0
    for notice in corpus.catalogue.notices:
        shown = shown_of(corpus, notice.id)
        places = [notice.title_at, *(m.heading for m in notice.measures()), *(a.heading for a in notice.annexes)]
        places += [c.heading for c in notice.chapters if c.heading]
        places += [p.heading for m in notice.measures() for p in m.points]
        places += [r.phrase for m in notice.measures() for r in m.all_responsibilities]
        places += [p for p in (notice.contact, notice.annex_list, notice.issued_on) if p]
        places += [Phrase(p.text, p.start, p.end) for p in notice.provisions()]
        for place in places:
            html = render_source(shown, Cited(place.start, place.end, 1), "zh")
            assert squeeze(marked(html)).rstrip("。：") == squeeze(place.text).rstrip("。：")
            checked += 1
    assert checked > least


def test_a_measure_is_shown_whole(real_corpus: Corpus) -> None:
    shown = shown_of(real_corpus, SEED_ID)
    for measure in shown.notice.measures():
        html = render_source(shown, Cited(measure.heading.start, measure.heading.start), "zh")
        body = plain(html.split('<div class="paper-text"')[1].split('<div class="panel__foot"')[0])
        printed = "".join(p.text for p in measure.provisions) + "".join(r.phrase.text for r in measure.responsibilities)
        assert body.split(">", 1)[-1].strip() == printed
        assert "<mark>" not in html


@pytest.mark.parametrize(
    ("question", "number", "where"),
    [
        ("中试基地一年奖多少？", 1, "第3句"),
        ("知识产权服务由哪个部门牵头？", 1, "责任分工"),
        ("第九条讲什么", 1, "标题"),
    ],
)
def test_it_says_which_words_are_cited(assistant: Assistant, question: str, number: int, where: str) -> None:
    cited = assistant.ask(question).citations[number - 1]
    html = render_source(shown_of(assistant.corpus, SEED_ID), Cited(cited.start, cited.end, number), "zh")
    assert f"[{number}] {where}" in html


def test_the_whole_text_opens_at_the_cited_words(assistant: Assistant) -> None:
    """By the address that the citation itself has."""
    shown = shown_of(assistant.corpus, SEED_ID)
    answers = [assistant.ask(q) for q in ("中试基地一年奖多少？", "知识产权服务由哪个部门牵头？", "第九条讲什么")]
    for cited in (c for answer in answers for c in answer.citations):
        html = render_source(shown, Cited(cited.start, cited.end, cited.number), "zh")
        assert f'href="{cited.url}"' in html.split('class="panel__foot"')[1]


def places_of(notice: Notice) -> dict[str, Phrase]:
    measures = [*notice.measures()]
    provisions = {p.anchor: Phrase(p.text, p.start, p.end) for p in notice.provisions() if p.anchor}
    duties = {m.responsibility_anchor(r.phrase): r.phrase for m in measures for r in m.all_responsibilities}
    return provisions | duties | {a.anchor: a.heading for a in notice.annexes}


CITED = [
    ("m1.r2", "第2行", "第（一）条“分档补助”第2行：“| 乙 | 10万元以上 | 20% | 每家最高5万元 |”"),
    ("c1-m2.p1.2", "1.第2句", "“一、支持企业上云”第（二）条“开展示范”第1.项第2句：“评选办法另行制定。”"),
    ("c1-m2.p2.p1.1", "2.（1）", "“一、支持企业上云”第（二）条“开展示范”第2.项第（1）目：“（1）开放政务场景。”"),
    ("c1-m2.responsibility", "责任分工", "“一、支持企业上云”第（二）条“开展示范”"),
    ("a1", "标题", "附件1“申报表”"),
    ("a1.r1", "第1行", "附件1“申报表”第1行：“甲公司\t东区\t10”"),
    ("a2.2", "第2句", "附件2“目录”第2句：“第二类是硬件。”"),
    ("closing.2", "", "文末第2句：“由市数据局负责解释。”"),
]


@pytest.mark.parametrize(("anchor", "where", "official"), CITED)
def test_points_rows_annexes_and_closing_are_found(anchor: str, where: str, official: str, shaped: Corpus) -> None:
    shown = shown_of(shaped, SHAPED_ID)
    place = places_of(shown.notice)[anchor]
    html = render_source(shown, Cited(place.start, place.end, 1), "zh")
    assert f'href="/notices/{SHAPED_ID}#{anchor}"' in html.split('class="panel__foot"')[1]
    assert where in html
    copied = unescape(re.findall(r'data-copy-text="([^"]*)"', html)[0])
    assert copied == f"{cite_notice(shown.notice)}{official}"


def test_the_neighbours_lead_on_and_stop_at_the_ends(real_corpus: Corpus) -> None:
    shown = shown_of(real_corpus, SEED_ID)
    measures = list(shown.notice.measures())
    labels = [
        re.findall(r'aria-label="(?:上一条|下一条)：([^"]+)"', render_source(shown, Cited(m.heading.start, 0), "zh"))
        for m in (measures[0], measures[8], measures[-1])
    ]
    assert labels == [
        ["（二）加大企业引育力度"],
        ["（八）工程技术服务", "（十）企业孵化服务"],
        ["（十五）完善金融支持"],
    ]


def test_the_contents_name_every_measure(small_corpus: Corpus) -> None:
    notices = small_corpus.catalogue.notices
    titles = [m.title for n in notices for m in n.measures()]
    titles += [a.title for n in notices for a in n.annexes]
    html = plain(render_contents(notices, "zh"))
    assert len(titles) > 30 and [t for t in titles if t not in html] == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_text_of_a_notice_is_escaped(hostile: str, real_corpus: Corpus) -> None:
    shown = shown_of(real_corpus, SEED_ID)
    poisoned = Shown(shown.notice, hostile + shown.text[len(hostile) :])
    html = render_source(poisoned, Cited(0, 10, 1), "zh")
    harmless = render_source(shown, Cited(0, 10, 1), "zh")
    assert set(re.findall(r"<(\w+)", html)) <= set(re.findall(r"<(\w+)", harmless)) | {"span"}
