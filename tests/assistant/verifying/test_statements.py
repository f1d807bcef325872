"""Departments are complete, in their printed role, and nobody else's; quotations and places are exact."""

import pytest

from assistant.composing.departments import find_departments
from assistant.composing.draft import DraftPart, Source
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemIndex
from assistant.naming.subject import Subject, SubjectKind
from assistant.retrieving.retrieve import Ranking
from assistant.understanding.frame import Act, Clause, Frame, Want
from corpus.store import Corpus
from tests.drafts import find_heading, find_item, find_measure, find_owners, quote, refuse, shift, state

NINE = "省科技厅、省工业和信息化厅、省财政厅"
BASE = "服务突出的省级中试基地"

OWNERS = [
    (9, f"第（九）条由{NINE}按职责分工负责。", True),
    (9, f"是的，第（九）条由{NINE}按职责分工负责。", True),
    (9, "省科技厅是责任部门之一。", True),
    (9, f"{NINE}、省教育厅按职责分工负责。", False),
    (9, "省科技厅、省财政厅按职责分工负责。", False),
    (9, f"由{NINE}牵头负责。", False),
    (9, f"由省科技厅牵头，{NINE}按职责分工负责。", False),
    (9, "省教育厅负责。", False),
    (9, f"Article 9: {NINE} leads.", False),
    (9, f"Article 9: shared responsibility of {NINE}.", True),
    (9, f"Article 10: shared responsibility of {NINE}.", False),
    (6, "第（六）条由省市场监管局牵头负责。", True),
    (6, "第（六）条由省市场监管局负责。", True),
    (6, "第（六）条由省市场监管局按职责分工负责。", False),
    (6, "第（六）条由省科技厅牵头负责。", False),
    (6, "Article 6: shared responsibility of 省市场监管局.", False),
    (11, "人民银行山东省分行、山东金融监管局按职责分工负责。", False),
]


@pytest.mark.parametrize(("number", "text", "holds"), OWNERS)
def test_departments_and_role(number: int, text: str, holds: bool, real_corpus: Corpus) -> None:
    assert (refuse(state(text, find_owners(real_corpus, number)), real_corpus) == "") is holds


def test_departments_need_the_bracket_that_names_them(real_corpus: Corpus) -> None:
    text = f"第（九）条由{NINE}按职责分工负责。"
    assert refuse(state(text, find_heading(real_corpus, 9)), real_corpus)
    assert refuse(state(text), real_corpus)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_keeps_the_departments_of_every_measure(language: str, small_corpus: Corpus) -> None:
    """Three notices with leads, shared duties, several brackets a measure and no bracket at all."""
    frame = Frame("谁负责", "谁负责", language)
    index, ranking = ItemIndex(small_corpus), Ranking((), (), None, None)
    stated = 0
    for place in small_corpus.catalogue.measures:
        subject = Subject(SubjectKind.NUMBER, "", 0, 0, (place.measure_key,), 1)
        clause = Clause(frame.text, 0, 3, Act.ASK, Want("department"), (subject,))
        finding = find_departments(Inquiry(clause, frame, small_corpus, index, ranking, ()))
        assert [refuse(p, small_corpus) for p in finding.parts] == [""] * len(finding.parts), place.measure_key
        stated += finding.is_filled
    assert stated == sum(bool(p.responsibilities) for p in small_corpus.catalogue.measures)


def test_quotations_are_verbatim(real_corpus: Corpus) -> None:
    source = find_item(real_corpus, BASE)
    words = source.phrase.text
    assert refuse(quote(words, source), real_corpus) == ""
    assert refuse(quote("年度最高奖补200万元", source), real_corpus) == ""
    for altered in (
        words.replace("200", "300"),
        words.replace("服务突出", "服务优秀"),
        words.replace("最高", ""),
        words.rstrip("。") + "！",
        f"{words}。",
        words.replace("，", ", "),
        f"“{words}”",
        "",
    ):
        assert refuse(quote(altered, source), real_corpus), altered
    assert refuse(quote(words), real_corpus)


@pytest.mark.parametrize("by", [-1, 1, 100, -100_000, 100_000])
def test_citations_stand_at_their_offsets(by: int, real_corpus: Corpus) -> None:
    source = find_item(real_corpus, BASE)
    for part in (quote(source.phrase.text, shift(source, by)), state("通知对此有规定：", shift(source, by))):
        assert refuse(part, real_corpus) == "引用与原文不符"


def test_citations_name_the_place_of_their_words(real_corpus: Corpus) -> None:
    """Words of measure 9 are not quoted as measure 10's, nor a clause as part of another sentence."""
    right, other = find_item(real_corpus, BASE), find_item(real_corpus, "认定的部级孵化器")
    nine, ten = find_owners(real_corpus, 9), find_measure(real_corpus, 10)
    misplaced = (
        Source(right.kind, other.place, right.phrase),
        Source(right.kind, right.place, right.phrase, other.item),
        Source(nine.kind, ten, nine.phrase),
    )
    for source in misplaced:
        assert refuse(quote(source.phrase.text, source), real_corpus) == "引用与原文不符"


QUOTED = [
    ("通知第（九）条“技术转移转化和推广服务”对此有规定：", True),
    ("写在“三、做优专业科技服务品质”的第（九）条。", True),
    ("按“绩效评价”给予支持。", True),
    ("通知第（九）条“技术转移和推广服务”对此有规定：", False),
    ("对“创新工场”给予支持。", False),
    ("依据《山东省科技进步条例》给予支持。", False),
]


@pytest.mark.parametrize(("text", "holds"), QUOTED)
def test_quoted_terms_are_printed(text: str, holds: bool, real_corpus: Corpus) -> None:
    assert (refuse(state(text, find_item(real_corpus, BASE)), real_corpus) == "") is holds


NUMBERS = [
    ("每年遴选标杆示范场景10个以上。", True),
    ("每年遴选标杆示范场景20个以上。", False),
    ("2026年遴选标杆示范场景10个以上。", False),
    ("Article 9 has 6 sentences, printed as follows:", True),
    ("Article 9 has 5 sentences, printed as follows:", False),
]


@pytest.mark.parametrize(("text", "holds"), NUMBERS)
def test_other_numbers_are_printed(text: str, holds: bool, real_corpus: Corpus) -> None:
    part: DraftPart = state(text, find_item(real_corpus, "每年遴选标杆示范场景"))
    assert (refuse(part, real_corpus) == "") is holds
