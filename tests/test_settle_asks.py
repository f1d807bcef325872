"""Asks that belong together or exclude each other are resolved by what the question names."""

import pytest

from assistant.query import Ask, AskReading, Query, Subject, SubjectKind
from assistant.settle_asks import settle_asks
from corpus.amounts import read_amounts

TERM = Subject(SubjectKind.TERM, "专利池", 0, 3, ("n/1.1.1",))
OTHER = Subject(SubjectKind.TERM, "创新券", 4, 7, ("n/1.2.1",))
NUMBER = Subject(SubjectKind.NUMBER, "第九条", 0, 3, ("n/1.9",), 9)
CHAPTER = Subject(SubjectKind.CHAPTER, "第三部分", 0, 4, ("n/3",), 3)
FINANCE = Subject(SubjectKind.DEPARTMENT, "省财政厅", 0, 4, ("省财政厅",))
SCIENCE = Subject(SubjectKind.DEPARTMENT, "省科技厅", 5, 9, ("省科技厅",))


def settle(text: str, *asks: Ask, subjects: tuple[Subject, ...] = (), is_cued: bool = True) -> list[Ask]:
    readings = tuple(
        AskReading(a, text, 0.8, tuple(s for s in subjects if s.kind is not SubjectKind.DEPARTMENT), is_cued)
        for a in asks
    )
    query = Query(text, text, "zh", subjects=subjects, asks=readings, amounts=read_amounts(text))
    return [a.ask for a in settle_asks(readings, query)]


COVERED = [
    ("多少钱", (Ask.SUM, Ask.SUPPORTS), (TERM,), [Ask.SUM]),
    ("多少钱，什么条件", (Ask.SUM, Ask.CONDITION), (TERM,), [Ask.SUM, Ask.CONDITION]),
    ("条件", (Ask.CONDITION, Ask.DETAIL), (TERM,), [Ask.CONDITION]),
    ("打什么电话问哪个部门", (Ask.TELEPHONE, Ask.DEPARTMENT), (TERM,), [Ask.TELEPHONE]),
    ("哪几条由谁负责", (Ask.MEASURES, Ask.DEPARTMENT), (), [Ask.MEASURES]),
    ("依据什么文件，文号多少", (Ask.BASIS, Ask.DOCUMENT_NUMBER), (), [Ask.BASIS]),
    ("加起来多少", (Ask.TOTAL, Ask.SUM), (TERM,), [Ask.TOTAL]),
    ("按多少比例", (Ask.RATE, Ask.SUM), (TERM,), [Ask.RATE]),
]


@pytest.mark.parametrize(("text", "asks", "subjects", "meant"), COVERED)
def test_the_stronger_ask_covers_the_weaker(
    text: str, asks: tuple[Ask, ...], subjects: tuple[Subject, ...], meant: list[Ask]
) -> None:
    assert settle(text, *asks, subjects=subjects) == meant


MEANT = [
    ("省财政厅管什么", Ask.DETAIL, (FINANCE,), Ask.MEASURES),
    ("省财政厅在哪几条", Ask.WHERE, (FINANCE,), Ask.MEASURES),
    ("省财政厅和省科技厅谁管得多", Ask.COUNT, (FINANCE, SCIENCE), Ask.COMPARE),
    ("专利池和创新券哪个多", Ask.SUM, (TERM, OTHER), Ask.COMPARE),
    ("专利池有哪些责任部门", Ask.DEPARTMENTS_LIST, (TERM,), Ask.DEPARTMENT),
    ("第三部分有哪些责任部门", Ask.DEPARTMENTS_LIST, (CHAPTER,), Ask.DEPARTMENTS_LIST),
    ("第九条的标题", Ask.TITLE, (NUMBER,), Ask.MEASURE_TITLE),
    ("各条标题", Ask.MEASURE_TITLE, (), Ask.MEASURES),
    ("哪项金额最高", Ask.SUM, (), Ask.HIGHEST),
    ("最高200万元的是哪些", Ask.HIGHEST, (), Ask.SUPPORTS),
    ("专利池给多少", Ask.SUM, (TERM,), Ask.SUM),
]


@pytest.mark.parametrize(("text", "ask", "subjects", "meant"), MEANT)
def test_means(text: str, ask: Ask, subjects: tuple[Subject, ...], meant: Ask) -> None:
    assert settle(text, ask, subjects=subjects) == [meant]


@pytest.mark.parametrize("ask", [Ask.ISSUER, Ask.COUNT, Ask.BRANDS, Ask.CHAPTERS])
def test_a_guess_that_does_not_fit_a_term_becomes_plain(ask: Ask) -> None:
    assert settle("专利池", ask, subjects=(TERM,), is_cued=False) == [Ask.DETAIL]


def test_order_is_kept_and_nothing_twice() -> None:
    assert settle("谁负责，多少钱", Ask.DEPARTMENT, Ask.SUM, Ask.DEPARTMENT, subjects=(TERM,)) == [
        Ask.DEPARTMENT,
        Ask.SUM,
    ]
    assert settle("") == []
