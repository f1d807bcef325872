"""Every table of the catalogue against sets counted by hand from the printed notice."""

import pytest

from assistant.composing import recount
from assistant.composing.recount import brands, leads, ranked_supports, recompute, support_id
from corpus.notice import Chapter
from corpus.store import Corpus
from tests.drafts import find_measure

ALL = set(range(1, 17))
SCIENCE = ALL - {6, 8}
FINANCE = {1, 2, 9, 10, 11, 13, 15}
MARKET = {2, 3, 6, 7, 12}

MEASURES = [
    ("measures", (), ALL),
    ("measures_of", ("省科技厅",), SCIENCE),
    ("measures_of", ("省财政厅",), FINANCE),
    ("measures_of", ("省市场监管局",), MARKET),
    ("measures_of", ("省大数据局",), {5, 13}),
    ("measures_of", ("省海洋局",), {3, 8}),
    ("measures_of", ("省科技厅", "省市场监管局"), {2, 3, 7, 12}),
    ("measures_of", ("省教育厅", "省水利厅"), set()),
    ("measures_of", ("省司法厅",), set()),
    ("measures_of_any", ("省教育厅", "省水利厅"), {8, 10}),
    ("measures_without", ("省科技厅",), {6, 8}),
    ("measures_without", ("省科技厅", "省海洋局"), {6}),
    ("measures_led", (), {6, 16}),
    ("measures_led", ("省科技厅",), {16}),
    ("measures_led", ("省市场监管局",), {6}),
    ("measures_led", ("省财政厅",), set()),
    ("measures_shared", (), ALL - {6, 16}),
    ("measures_shared", ("省市场监管局",), MARKET - {6}),
    ("measures_with", ("人工智能",), {5, 8, 10, 13}),
    ("measures_with", ("中试",), {3, 9}),
    ("measures_with", ("专利池",), {6}),
    ("measures_with", ("知识产权服务",), {3, 6}),
    ("measures_with", ("元宇宙",), set()),
    ("measures_without_term", ("企业",), {3, 5, 7}),
    ("measures_priced", (), {2, 6, 9, 10}),
    ("measures_in_chapter", ("lkz-2025-128/5",), {13, 14, 15, 16}),
    ("measures_in_chapter", ("lkz-2025-128/1",), {1, 2, 3}),
    # Keys that name chapters keep the list within them.
    ("measures_of", ("省财政厅", "lkz-2025-128/1"), {1, 2}),
    ("measures_of", ("省财政厅", "lkz-2025-128/1", "lkz-2025-128/5"), {1, 2, 13, 15}),
    ("measures_of", ("省财政厅", "lkz-2025-128/2"), set()),
    ("measures_of_any", ("省教育厅", "省水利厅", "lkz-2025-128/3"), {8}),
    ("measures_without", ("省科技厅", "lkz-2025-128/3"), {8}),
    ("measures_led", ("lkz-2025-128/5",), {16}),
    ("measures_led", ("省市场监管局", "lkz-2025-128/5"), set()),
    ("measures_of", ("lkz-2025-128/4",), {10, 11, 12}),
    ("measures_most_departments", (), {3, 11, 15}),
    ("measures_fewest_departments", (), {6, 16}),
]


@pytest.mark.parametrize(("table", "keys", "numbers"), MEASURES)
def test_measures(table: str, keys: tuple[str, ...], numbers: set[int], real_corpus: Corpus) -> None:
    members = recompute(table, keys, real_corpus)
    places = [real_corpus.catalogue.place_of_measure[m] for m in members]
    assert [p.measure.number for p in places if p.measure] == sorted(numbers)


SUMS = [
    ("supports_priced", (), ["500万元", "200万元", "300万元", "200万元", "200万元", "50万元"]),
    ("supports_in", ("lkz-2025-128/2.6",), ["200万元", "300万元"]),
    ("supports_in", ("lkz-2025-128/3.7",), []),
    ("supports_of_sum", ("2000000",), ["200万元", "200万元", "200万元"]),
    ("supports_of_sum", ("5000000", "500000"), ["500万元", "50万元"]),
    ("supports_of_sum", ("1",), []),
    ("supports_period", ("once",), ["200万元"]),
    ("supports_period", ("yearly",), ["200万元"]),
    ("supports_at_most", (), ["500万元", "200万元", "300万元", "200万元", "200万元", "50万元"]),
    ("supports_ranked", ("1",), ["500万元"]),
    ("supports_ranked", ("2",), ["300万元"]),
    ("supports_ranked", ("3",), ["200万元", "200万元", "200万元"]),
    ("supports_ranked", ("-1",), ["50万元"]),
    ("supports_ranked", ("-2",), ["200万元", "200万元", "200万元"]),
    ("supports_ranked", ("5",), []),
    ("supports_ranked", ("-5",), []),
    ("supports_ranked", ("1", "lkz-2025-128/2.6"), ["300万元"]),
    ("supports_ranked", ("1", "lkz-2025-128/3.7"), []),
]


@pytest.mark.parametrize(("table", "keys", "sums"), SUMS)
def test_supports(table: str, keys: tuple[str, ...], sums: list[str], real_corpus: Corpus) -> None:
    rows = {support_id(r): r for r in real_corpus.catalogue.supports}
    found = [rows[m].support.amount for m in recompute(table, keys, real_corpus)]
    assert [a.text for a in found if a] == sums
    assert len(rows) == len(real_corpus.catalogue.supports)


def test_priced_and_unpriced_are_all(real_corpus: Corpus) -> None:
    priced, unpriced, every = (
        recompute(t, (), real_corpus) for t in ("supports_priced", "supports_unpriced", "supports_all")
    )
    assert sorted((*priced, *unpriced)) == sorted(every)
    numbers = [int(m.rsplit(":", 1)[1].split("-")[0]) for m in every]
    assert numbers == sorted(numbers)


DEPARTMENTS = [
    ("departments_of", ("lkz-2025-128/3.9",), ("省科技厅", "省工业和信息化厅", "省财政厅")),
    ("departments_of", ("lkz-2025-128/2.6", "lkz-2025-128/5.16"), ("省市场监管局", "省科技厅")),
    ("departments_most", (), ("省科技厅",)),
    ("chapters", (), tuple(f"lkz-2025-128/{n}" for n in range(1, 6))),
    ("brands", (), ("鲁科贷", "鲁科担", "鲁科保", "鲁科投", "鲁科融")),
]


@pytest.mark.parametrize(("table", "keys", "members"), DEPARTMENTS)
def test_names(table: str, keys: tuple[str, ...], members: tuple[str, ...], real_corpus: Corpus) -> None:
    assert recompute(table, keys, real_corpus) == members


def test_departments(real_corpus: Corpus) -> None:
    every = recompute("departments", (), real_corpus)
    assert (len(every), len(set(every)), every[0], every[-1]) == (20, 20, "省发展改革委", "山东证监局")
    once = {"省自然资源厅", "省住房和城乡建设厅", "省水利厅", "省教育厅", "省科协", "省委组织部"}
    assert set(recompute("departments_least", (), real_corpus)) == once | {"省人力资源社会保障厅", "山东证监局"}


def test_helpers(real_corpus: Corpus) -> None:
    assert leads(find_measure(real_corpus, 6), "省市场监管局")
    assert not leads(find_measure(real_corpus, 9), "省科技厅")
    assert {place.measure.number for place, _ in brands(real_corpus.catalogue) if place.measure} == {15}
    assert len(ranked_supports(real_corpus.catalogue, 1, ())) == 1
    assert isinstance(find_measure(real_corpus, 1).chapter, Chapter)


@pytest.mark.parametrize("table", sorted(recount._TABLES))
def test_every_table_reads_several_notices(table: str, small_corpus: Corpus) -> None:
    """Notices without chapters, departments or sums break no table."""
    keys = {"supports_ranked": ("1",), "supports_of_sum": ("1",)}.get(table, ())
    members = recompute(table, keys, small_corpus)
    assert len(members) == len(set(members))
