"""Asks that belong together or exclude each other are resolved by what the question names."""

import pytest

from assistant.query import Ask, AskReading, Query
from assistant.naming.subject import Subject, SubjectKind
from assistant.settle_asks import settle_asks
from corpus.language.amounts import read_amounts

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


BESIDE = [
    # What a list or an extreme shows anyway is not answered again, unless it names something itself.
    ([("五个品牌叫什么", Ask.BRANDS, ()), ("有几个", Ask.COUNT, ())], [Ask.BRANDS]),
    ([("五个品牌叫什么", Ask.BRANDS, ()), ("第九条有几个", Ask.COUNT, (NUMBER,))], [Ask.BRANDS, Ask.COUNT]),
    ([("有几条", Ask.COUNT, ()), ("哪些写了金额", Ask.SUPPORTS, ())], [Ask.SUPPORTS]),
    ([("专利池占几条", Ask.COUNT, (TERM,)), ("哪些写了金额", Ask.SUPPORTS, ())], [Ask.COUNT, Ask.SUPPORTS]),
    ([("哪几条", Ask.MEASURES, ()), ("哪项给得最高", Ask.HIGHEST, ())], [Ask.HIGHEST]),
    ([("哪项最低", Ask.LOWEST, ()), ("一共几家", Ask.QUANTITY, ())], [Ask.LOWEST]),
    ([("哪项最低", Ask.LOWEST, ()), ("专利池几家", Ask.QUANTITY, (TERM,))], [Ask.LOWEST, Ask.QUANTITY]),
    ([("由谁负责", Ask.DEPARTMENT, ()), ("责任部门都有谁", Ask.DEPARTMENTS_LIST, ())], [Ask.DEPARTMENTS_LIST]),
    (
        [("谁管专利池", Ask.DEPARTMENT, (TERM,)), ("部门名单", Ask.DEPARTMENTS_LIST, ())],
        [Ask.DEPARTMENT, Ask.DEPARTMENTS_LIST],
    ),
    ([("专利池给多少", Ask.SUM, (TERM,)), ("哪项最高", Ask.HIGHEST, ())], [Ask.HIGHEST]),
    ([("分几部分", Ask.CHAPTERS, ()), ("标题是什么", Ask.TITLE, (TERM,))], [Ask.CHAPTERS]),
    ([("能同时享受吗", Ask.STACKING, (TERM,)), ("怎么规定", Ask.DETAIL, (TERM,))], [Ask.STACKING]),
    ([("专利池有几家", Ask.QUANTITY, (TERM,)), ("加起来多少", Ask.TOTAL, (TERM,))], [Ask.TOTAL]),
    ([("列出支持", Ask.SUPPORTS, ()), ("带上条件", Ask.CONDITION, ())], [Ask.SUPPORTS]),
    ([("列出支持", Ask.SUPPORTS, ()), ("专利池的条件", Ask.CONDITION, (TERM,))], [Ask.SUPPORTS, Ask.CONDITION]),
    ([("谁多", Ask.COMPARE, (TERM, OTHER)), ("怎么规定", Ask.DETAIL, ())], [Ask.COMPARE, Ask.DETAIL]),
    ([("请列出来", Ask.QUANTITY, (TERM,)), ("有哪些支持", Ask.SUPPORTS, ())], [Ask.SUPPORTS]),
    ([("还有呢", Ask.MORE, ()), ("专利池给多少", Ask.SUM, (TERM,))], [Ask.SUM]),
    ([("还有呢", Ask.MORE, ())], [Ask.MORE]),
    # A sum beside a total is asked for only in words of its own, before the total.
    ([("分别多少", Ask.SUM, (TERM,)), ("加起来呢", Ask.TOTAL, (TERM,))], [Ask.SUM, Ask.TOTAL]),
    ([("加起来呢", Ask.TOTAL, (TERM,)), ("分别多少", Ask.SUM, (TERM,))], [Ask.TOTAL]),
    ([("带上金额", Ask.SUM, (TERM,)), ("加起来呢", Ask.TOTAL, (TERM,))], [Ask.TOTAL]),
]


@pytest.mark.parametrize(("clauses", "meant"), BESIDE)
def test_an_ask_leans_on_another(clauses: list[tuple[str, Ask, tuple[Subject, ...]]], meant: list[Ask]) -> None:
    readings = tuple(AskReading(ask, text, 0.8, subjects, is_cued=True) for text, ask, subjects in clauses)
    text = "，".join(text for text, _, _ in clauses)
    assert [a.ask for a in settle_asks(readings, Query(text, text, "zh", asks=readings))] == meant


@pytest.mark.parametrize("ask", [Ask.ISSUER, Ask.COUNT, Ask.BRANDS, Ask.CHAPTERS])
def test_a_guess_that_does_not_fit_a_term_becomes_plain(ask: Ask) -> None:
    assert settle("专利池", ask, subjects=(TERM,), is_cued=False) == [Ask.DETAIL]


def test_order_is_kept_and_nothing_twice() -> None:
    assert settle("谁负责，多少钱", Ask.DEPARTMENT, Ask.SUM, Ask.DEPARTMENT, subjects=(TERM,)) == [
        Ask.DEPARTMENT,
        Ask.SUM,
    ]
    assert settle("") == []
