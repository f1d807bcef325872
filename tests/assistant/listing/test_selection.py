"""Selections of the catalogue against sets counted by hand from the printed notices."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from assistant.listing.selection import Bound, Order, Rows, Selection, Where, is_common, leads, select, support_id
from corpus.language.amounts import Period
from corpus.store import Corpus
from tests.assistant.conftest import HOME, INN, JOBS, LETTER, RATES, REEF, TAX
from tests.drafts import find_measure

ALL = set(range(1, 17))
SCIENCE = ALL - {6, 8}
FINANCE = {1, 2, 9, 10, 11, 13, 15}
MARKET = {2, 3, 6, 7, 12}
ONE, THREE, FOUR, FIVE = ((f"{HOME}/{n}",) for n in (1, 3, 4, 5))

MEASURES = [
    (Where(), ALL),
    (Where(departments=("省科技厅",)), SCIENCE),
    (Where(departments=("省财政厅",)), FINANCE),
    (Where(departments=("省市场监管局",)), MARKET),
    (Where(departments=("省大数据局",)), {5, 13}),
    (Where(departments=("省海洋局",)), {3, 8}),
    (Where(departments=("省科技厅", "省市场监管局")), {2, 3, 7, 12}),
    (Where(departments=("省教育厅", "省水利厅")), set()),
    (Where(departments=("省司法厅",)), set()),
    (Where(departments=("省教育厅", "省水利厅"), is_any=True), {8, 10}),
    (Where(not_departments=("省科技厅",)), {6, 8}),
    (Where(not_departments=("省科技厅", "省海洋局")), {6}),
    (Where(departments=("省财政厅",), not_departments=("省市场监管局",)), FINANCE - MARKET),
    (Where(departments=("省市场监管局",), not_departments=("省财政厅",)), MARKET - FINANCE),
    (Where(role="lead"), {6, 16}),
    (Where(role="lead", departments=("省科技厅",)), {16}),
    (Where(role="lead", departments=("省市场监管局",)), {6}),
    (Where(role="lead", departments=("省财政厅",)), set()),
    (Where(role="shared"), ALL - {6, 16}),
    (Where(role="shared", departments=("省市场监管局",)), MARKET - {6}),
    (Where(role="alone"), {6, 16}),
    (Where(role="alone", departments=("省科技厅",)), {16}),
    (Where(terms=("人工智能",)), {5, 8, 10, 13}),
    (Where(terms=("中试",)), {3, 9}),
    (Where(terms=("专利池",)), {6}),
    (Where(terms=("知识产权服务",)), {3, 6}),
    (Where(terms=("元宇宙",)), set()),
    (Where(terms=("中试", "专利池")), set()),
    (Where(terms=("中试", "专利池"), is_any=True), {3, 6, 9}),
    (Where(not_terms=("企业",)), {3, 5, 7}),
    (Where(terms=("人工智能",), not_terms=("企业",)), {5}),
    (Where(is_priced=True), {2, 6, 9, 10}),
    (Where(is_priced=False), ALL - {2, 6, 9, 10}),
    (Where(is_priced=True, departments=("省财政厅",)), {2, 9, 10}),
    (Where(is_priced=True, not_departments=("省财政厅",)), {6}),
    (Where(is_priced=False, departments=("省财政厅",)), {1, 11, 13, 15}),
    (Where(paid=Period.ONCE), {10}),
    (Where(paid=Period.YEARLY), {9}),
    # Nothing without a sum is said to be paid once.
    (Where(paid=Period.ONCE, is_priced=False), set()),
    (Where(sums=(Decimal(2000000),)), {6, 9, 10}),
    (Where(sums=(Decimal(3000000),), bound=Bound.AT_LEAST), {2, 6}),
    (Where(sums=(Decimal(3000000),), bound=Bound.ABOVE), {2}),
    (Where(sums=(Decimal(500000),), bound=Bound.AT_MOST), {10}),
    (Where(sums=(Decimal(500000),), bound=Bound.BELOW), set()),
    (Where(inside=FIVE), {13, 14, 15, 16}),
    (Where(inside=ONE), {1, 2, 3}),
    (Where(inside=(*ONE, *FIVE)), {1, 2, 3, 13, 14, 15, 16}),
    (Where(inside=(f"{HOME}/2.6",)), {6}),
    (Where(inside=ONE, departments=("省财政厅",)), {1, 2}),
    (Where(inside=(*ONE, *FIVE), departments=("省财政厅",)), {1, 2, 13, 15}),
    (Where(inside=THREE, not_departments=("省科技厅",)), {8}),
    (Where(inside=THREE, departments=("省教育厅", "省水利厅"), is_any=True), {8}),
    (Where(inside=FIVE, role="lead"), {16}),
    (Where(inside=FIVE, role="lead", departments=("省市场监管局",)), set()),
    (Where(inside=FOUR), {10, 11, 12}),
]


@pytest.mark.parametrize(("where", "numbers"), MEASURES)
def test_measures(where: Where, numbers: set[int], shelf: Mapping[str, Corpus]) -> None:
    table = select(Selection(Rows.MEASURES, where), shelf[HOME].catalogue)
    assert [p.measure.number for m in table.members for p in m.places if p.measure] == sorted(numbers)
    assert table.whole == 16


ORDERED = [
    # (counted by, order, rank, what: numbers of the measures and how much each comes to)
    (Rows.DEPARTMENTS, Order.MOST, 1, {3: 6, 11: 6, 15: 6}),
    (Rows.DEPARTMENTS, Order.LEAST, 1, {6: 1, 16: 1}),
    (Rows.SUPPORTS, Order.MOST, 1, {6: 2, 9: 2, 10: 2}),
    (Rows.SUMS, Order.MOST, 1, {2: 5000000}),
    (Rows.SUMS, Order.MOST, 2, {6: 3000000}),
    (Rows.SUMS, Order.LEAST, 1, {9: 2000000, 10: 2000000}),
    (Rows.SUMS, Order.SORTED, 1, {2: 5000000, 6: 3000000, 9: 2000000, 10: 2000000}),
    (Rows.SUMS, Order.MOST, 4, {}),
]


@pytest.mark.parametrize(("counted", "order", "rank", "sizes"), ORDERED)
def test_measures_in_order(
    counted: Rows, order: Order, rank: int, sizes: dict[int, int], shelf: Mapping[str, Corpus]
) -> None:
    table = select(Selection(Rows.MEASURES, counted=counted, order=order, rank=rank), shelf[HOME].catalogue)
    numbers = [p.measure.number for m in table.members for p in m.places if p.measure]
    assert numbers == [*sizes]
    assert [m.size for m in table.members] == [*map(Decimal, sizes.values())]


IN_CHAPTERS = [
    (Where(), None, ["1", "2", "3", "4", "5"], [3, 3, 3, 3, 4]),
    (Where(is_priced=True), None, ["1", "2", "3", "4"], [1, 1, 1, 1]),
    (Where(role="lead"), None, ["2", "5"], [1, 1]),
    (Where(), Rows.SUPPORTS, ["1", "2", "3", "4", "5"], [2, 3, 2, 3, 1]),
    (Where(terms=("元宇宙",)), None, [], []),
]


@pytest.mark.parametrize(("where", "counted", "chapters", "sizes"), IN_CHAPTERS)
def test_chapters(
    where: Where, counted: Rows | None, chapters: list[str], sizes: list[int], shelf: Mapping[str, Corpus]
) -> None:
    table = select(Selection(Rows.CHAPTERS, where, counted), shelf[HOME].catalogue)
    assert [m.key for m in table.members] == [f"{HOME}/{c}" for c in chapters]
    assert [m.size for m in table.members] == sizes


PRICED = ["500万元", "200万元", "300万元", "200万元", "200万元", "50万元"]
TWO = ["200万元", "200万元", "200万元"]
PAYS = Where(is_priced=True)
SIX = (f"{HOME}/2.6",)

SUMS = [
    (Selection(Rows.SUPPORTS, PAYS), PRICED),
    (Selection(Rows.SUPPORTS, PAYS, order=Order.SORTED), ["500万元", "300万元", *TWO, "50万元"]),
    (Selection(Rows.SUPPORTS, PAYS, order=Order.MOST), ["500万元"]),
    (Selection(Rows.SUPPORTS, PAYS, order=Order.MOST, rank=2), ["300万元"]),
    (Selection(Rows.SUPPORTS, PAYS, order=Order.MOST, rank=3), TWO),
    (Selection(Rows.SUPPORTS, PAYS, order=Order.LEAST), ["50万元"]),
    (Selection(Rows.SUPPORTS, PAYS, order=Order.LEAST, rank=2), TWO),
    (Selection(Rows.SUPPORTS, PAYS, order=Order.MOST, rank=5), []),
    (Selection(Rows.SUPPORTS, PAYS, order=Order.LEAST, rank=5), []),
    (Selection(Rows.SUPPORTS, Where(inside=SIX)), ["200万元", "300万元"]),
    (Selection(Rows.SUPPORTS, Where(inside=SIX, is_priced=True), order=Order.MOST), ["300万元"]),
    (Selection(Rows.SUPPORTS, Where(inside=(f"{HOME}/3.7",))), []),
    (Selection(Rows.SUPPORTS, Where(sums=(Decimal(2000000),), is_priced=True)), TWO),
    (Selection(Rows.SUPPORTS, Where(sums=(Decimal(5000000), Decimal(500000)))), ["500万元", "50万元"]),
    (Selection(Rows.SUPPORTS, Where(sums=(Decimal(1),))), []),
    (Selection(Rows.SUPPORTS, Where(sums=(Decimal(3000000),), bound=Bound.AT_LEAST)), ["500万元", "300万元"]),
    (Selection(Rows.SUPPORTS, Where(sums=(Decimal(3000000),), bound=Bound.BELOW)), [*TWO, "50万元"]),
    (Selection(Rows.SUPPORTS, Where(paid=Period.ONCE)), ["200万元"]),
    (Selection(Rows.SUPPORTS, Where(paid=Period.YEARLY)), ["200万元"]),
    (Selection(Rows.SUPPORTS, Where(departments=("省市场监管局",), is_priced=True)), ["500万元", "200万元", "300万元"]),
    (Selection(Rows.SUPPORTS, Where(recipients=("高校",), is_priced=True)), ["200万元"]),
    # By the words of the whole sentence, which gives two sums.
    (Selection(Rows.SUPPORTS, Where(terms=("专利池",), is_priced=True)), ["200万元", "300万元"]),
]


@pytest.mark.parametrize(("selection", "sums"), SUMS)
def test_supports(selection: Selection, sums: list[str], shelf: Mapping[str, Corpus]) -> None:
    table = select(selection, shelf[HOME].catalogue)
    amounts = [m.support.support.amount for m in table.members if m.support]
    assert [a.text for a in amounts if a] == sums
    assert table.whole == (6 if selection.where.is_priced else 11)


def test_priced_and_unpriced_are_all(shelf: Mapping[str, Corpus]) -> None:
    catalogue = shelf[HOME].catalogue
    priced, unpriced, every = (
        select(Selection(Rows.SUPPORTS, Where(is_priced=p)), catalogue).keys for p in (True, False, None)
    )
    assert sorted((*priced, *unpriced)) == sorted(every)
    assert every == tuple(map(support_id, catalogue.supports))
    numbers = [int(key.rsplit(":", 1)[1].split("-")[0]) for key in every]
    assert numbers == sorted(numbers)


NAMES = [
    (Selection(Rows.DEPARTMENTS, Where(inside=(f"{HOME}/3.9",))), ["省科技厅", "省工业和信息化厅", "省财政厅"]),
    # Of several measures named one by one what they have in common, unless any will do.
    (Selection(Rows.DEPARTMENTS, Where(inside=(*SIX, f"{HOME}/5.16"))), []),
    (Selection(Rows.DEPARTMENTS, Where(inside=(*SIX, f"{HOME}/3.7"))), ["省市场监管局"]),
    (Selection(Rows.DEPARTMENTS, Where(inside=(*SIX, f"{HOME}/5.16"), is_any=True)), ["省市场监管局", "省科技厅"]),
    (Selection(Rows.DEPARTMENTS, Where(inside=(*SIX, f"{HOME}/3.9"), role="lead")), []),
    (Selection(Rows.DEPARTMENTS, Where(role="lead")), ["省市场监管局", "省科技厅"]),
    (Selection(Rows.DEPARTMENTS, counted=Rows.MEASURES, order=Order.MOST), ["省科技厅"]),
    (Selection(Rows.DEPARTMENTS, counted=Rows.MEASURES, order=Order.MOST, rank=2), ["省工业和信息化厅", "省财政厅"]),
    (
        Selection(Rows.DEPARTMENTS, counted=Rows.MEASURES, order=Order.SORTED, among=("省海洋局", "省财政厅")),
        ["省财政厅", "省海洋局"],
    ),
    (Selection(Rows.NAMES, Where(terms=("券",))), ["创新券", "算力券"]),
    (Selection(Rows.NAMES, Where(terms=("品牌",))), ["鲁科贷", "鲁科担", "鲁科保", "鲁科投", "鲁科融"]),
    (Selection(Rows.NAMES, Where(terms=("企业",))), []),
    (Selection(Rows.SUMS), ["5000000", "2000000", "3000000", "500000"]),
    (Selection(Rows.SUMS, order=Order.MOST), ["2000000"]),
]


@pytest.mark.parametrize(("selection", "keys"), NAMES)
def test_names(selection: Selection, keys: list[str], shelf: Mapping[str, Corpus]) -> None:
    assert [*select(selection, shelf[HOME].catalogue).keys] == keys


def test_departments(shelf: Mapping[str, Corpus]) -> None:
    catalogue = shelf[HOME].catalogue
    every = select(Selection(Rows.DEPARTMENTS), catalogue).keys
    assert (len(every), len(set(every)), every[0], every[-1]) == (20, 20, "省发展改革委", "山东证监局")
    once = {"省自然资源厅", "省住房和城乡建设厅", "省水利厅", "省教育厅", "省科协", "省委组织部"}
    least = Selection(Rows.DEPARTMENTS, counted=Rows.MEASURES, order=Order.LEAST)
    assert set(select(least, catalogue).keys) == once | {"省人力资源社会保障厅", "山东证监局"}


def sizes_of(selection: Selection, corpus: Corpus) -> dict[str, int | None]:
    members = select(selection, corpus.catalogue).members
    return {m.key: None if m.size is None else int(m.size) for m in members}


def test_departments_are_counted_by_what_is_asked(shelf: Mapping[str, Corpus]) -> None:
    """The supports of a department are not the number of its measures."""
    by_measures, by_supports, by_sums = (
        sizes_of(Selection(Rows.DEPARTMENTS, counted=counted, among=("省财政厅", "省海洋局")), shelf[HOME])
        for counted in (Rows.MEASURES, Rows.SUPPORTS, Rows.SUMS)
    )
    assert by_measures == {"省财政厅": 7, "省海洋局": 2}
    assert by_supports == by_sums == {"省财政厅": 8, "省海洋局": 0}


def test_points_have_departments_of_their_own(shelf: Mapping[str, Corpus]) -> None:
    """A support in a point is that of whoever answers for the point; its measure is that of all of them."""
    catalogue = shelf[REEF].catalogue

    def sums(where: Where) -> list[str]:
        members = select(Selection(Rows.SUPPORTS, where), catalogue).members
        return [m.support.support.amount.text for m in members if m.support and m.support.support.amount]

    assert sums(Where(departments=("市财政局",))) == ["20万元"]
    assert sums(Where(departments=("市海洋局",))) == ["30万元", "20万元"]
    assert sums(Where(not_departments=("市财政局",))) == ["30万元", "5万元"]
    assert sums(Where(role="lead")) == ["20万元"]
    assert sums(Where(role="alone")) == ["30万元", "5万元"]
    for where in (
        Where(departments=("市财政局",)),
        Where(role="lead"),
        Where(departments=("市海洋局",), terms=("网箱",)),
    ):
        assert select(Selection(Rows.MEASURES, where), catalogue).keys == (f"{REEF}/1.1",)
    counted = sizes_of(Selection(Rows.DEPARTMENTS, counted=Rows.SUPPORTS), shelf[REEF])
    assert counted == {"市海洋局": 2, "市财政局": 1, "市人力资源和社会保障局": 3, "市住房和城乡建设局": 2}


@pytest.mark.parametrize("term", ["贷款贴息", "购房补贴"])
def test_the_heading_of_a_point_is_printed_too(term: str, shelf: Mapping[str, Corpus]) -> None:
    measures = select(Selection(Rows.MEASURES, Where(terms=(term,))), shelf[REEF].catalogue)
    supports = select(Selection(Rows.SUPPORTS, Where(terms=(term,))), shelf[REEF].catalogue)
    assert (len(measures.members), len(supports.members)) == (1, 1)


def test_a_share_is_no_sum(shelf: Mapping[str, Corpus]) -> None:
    """50% and 40% are not the largest sums of their measures."""
    assert sizes_of(Selection(Rows.MEASURES, counted=Rows.SUMS), shelf[INN]) == {
        f"{INN}/1.1": 500000,
        f"{INN}/1.2": 150000,
        f"{INN}/2.3": 10000,
        f"{INN}/2.4": None,
    }
    jobs = sizes_of(Selection(Rows.MEASURES, counted=Rows.SUMS), shelf[JOBS])
    assert {key.rpartition(".")[2]: size for key, size in jobs.items() if size} == {"3": 3000000}


def test_what_is_paid_once_may_say_so_beside_its_sum(shelf: Mapping[str, Corpus]) -> None:
    """一次性创业补贴 of a table."""
    table = select(Selection(Rows.SUPPORTS, Where(paid=Period.ONCE)), shelf[RATES].catalogue)
    assert [m.size for m in table.members] == [10000]


SHAPES = [
    # (notice, measures, supports, supports with a sum, chapters, departments)
    (HOME, 16, 11, 6, 5, 20),
    (JOBS, 15, 17, 2, 5, 14),
    (TAX, 32, 10, 9, 9, 0),
    (LETTER, 11, 6, 0, 0, 0),
    (RATES, 3, 4, 4, 0, 0),
    (INN, 4, 4, 3, 2, 6),
    (REEF, 3, 5, 3, 3, 4),
]


@pytest.mark.parametrize(("notice_id", "measures", "supports", "priced", "chapters", "departments"), SHAPES)
def test_all_rows(
    notice_id: str,
    measures: int,
    supports: int,
    priced: int,
    chapters: int,
    departments: int,
    shelf: Mapping[str, Corpus],
) -> None:
    asked = {
        Selection(Rows.MEASURES): measures,
        Selection(Rows.SUPPORTS): supports,
        Selection(Rows.SUPPORTS, PAYS): priced,
        Selection(Rows.CHAPTERS): chapters,
        Selection(Rows.DEPARTMENTS): departments,
    }
    tables = {s: select(s, shelf[notice_id].catalogue) for s in asked}
    assert {s: len(t.members) for s, t in tables.items()} == asked
    assert {s: t.whole for s, t in tables.items()} == asked
    assert all(s.is_everything for s in asked)


NOT_ALL = [
    Selection(Rows.MEASURES, PAYS),
    Selection(Rows.CHAPTERS, PAYS),
    Selection(Rows.DEPARTMENTS, PAYS),
    Selection(Rows.SUPPORTS, Where(is_priced=False)),
    Selection(Rows.DEPARTMENTS, among=("省科技厅",)),
    Selection(Rows.NAMES, Where(terms=("券",))),
]


@pytest.mark.parametrize("selection", NOT_ALL)
def test_what_is_chosen_by_a_condition_is_not_everything(selection: Selection) -> None:
    assert not selection.is_everything


@pytest.mark.parametrize("rows", list(Rows))
@pytest.mark.parametrize("counted", [None, *Rows])
def test_every_kind_of_row_reads_several_notices(rows: Rows, counted: Rows | None, small_corpus: Corpus) -> None:
    """Notices without chapters, departments or sums break no table; no row is there twice."""
    keys = select(Selection(rows, counted=counted), small_corpus.catalogue).keys
    assert len(keys) == len(set(keys))
    ordered = [select(Selection(rows, counted=counted, order=o), small_corpus.catalogue).keys for o in Order]
    assert all(set(o) <= set(keys) for o in ordered)


def test_helpers(shelf: Mapping[str, Corpus]) -> None:
    corpus = shelf[HOME]
    assert leads(find_measure(corpus, 6), "省市场监管局")
    assert not leads(find_measure(corpus, 9), "省科技厅")
    assert is_common(Where(inside=(*SIX, f"{HOME}/3.7")), corpus.catalogue)
    assert not is_common(Where(inside=SIX), corpus.catalogue)
    assert not is_common(Where(inside=(*ONE, *FIVE)), corpus.catalogue)
    assert not is_common(Where(inside=(*SIX, f"{HOME}/3.7"), is_any=True), corpus.catalogue)
