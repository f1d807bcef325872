"""A table stands only where every row prints in its own sources what its cells say; one wrong row drops it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answer import Count, PartKind
from assistant.composing.draft import ClaimKind, DraftItem, DraftPart, Finding
from assistant.listing.selection import Rows as Kinds
from assistant.listing.selection import Selection, Where
from assistant.understanding.frame import Operation, Want
from assistant.verifying.verify import verify
from corpus.store import Corpus
from tests.drafts import find_item, refuse, select_again, shift, state

COLUMNS = ("对象", "支持", "条件", "条款")
CENTRE = ("高价值专利培育中心", "最高给予200万元", "", "第（六）条")
POOL = ("重点产业专利池", "最高给予300万元", "成效显著", "第（六）条")
BASE = ("省级中试基地", "年度最高奖补200万元", "服务突出", "第（九）条")
INCUBATOR = ("部级孵化器", "每家最高200万元一次性补助", "获得工业和信息化部认定", "第（十）条")
WORDS = {
    CENTRE: "高价值专利培育中心",
    POOL: "重点产业专利池",
    BASE: "服务突出的省级中试基地",
    INCUBATOR: "认定的部级孵化器",
}
Rows = tuple[DraftItem, ...]


@pytest.fixture
def rows(real_corpus: Corpus) -> Rows:
    return tuple(DraftItem("", (find_item(real_corpus, words),), cells) for cells, words in WORDS.items())


def tabulate(rows: Rows, columns: tuple[str, ...] = COLUMNS) -> DraftPart:
    return DraftPart(PartKind.TABLE, "", claim=ClaimKind.STATED, columns=columns, rows=rows)


def test_keeps_a_right_table(rows: Rows, real_corpus: Corpus) -> None:
    assert refuse(tabulate(rows), real_corpus) == ""


def cell(row: int, column: int, text: str) -> Callable[[Rows], Rows]:
    def alter(rows: Rows) -> Rows:
        cells = tuple(text if n == column else c for n, c in enumerate(rows[row].cells))
        return (*rows[:row], replace(rows[row], cells=cells), *rows[row + 1 :])

    return alter


def swap_sources(one: int, other: int) -> Callable[[Rows], Rows]:
    return lambda rows: tuple(
        replace(row, sources=rows[{one: other, other: one}.get(n, n)].sources) for n, row in enumerate(rows)
    )


PLANTED: dict[str, Callable[[Rows], Rows]] = {
    "another sum": cell(0, 1, "最高给予300万元"),
    "a sum without its limit": cell(0, 1, "给予200万元"),
    "a sum yearly instead of once": cell(3, 1, "每家每年最高200万元补助"),
    "a sum without its period": cell(2, 1, "最高奖补200万元"),
    "another recipient": cell(0, 0, "重点产业专利池"),
    "a figure in the condition": cell(1, 2, "3年内成效显著"),
    "a sum in the condition": cell(1, 2, "投入500万元以上"),
    "another measure": cell(2, 3, "第（十）条"),
    "a department": cell(2, 2, "省教育厅推荐"),
    "words not printed": cell(2, 2, "“行业领先”"),
    "fixed": cell(2, 1, "固定，年度最高奖补200万元"),
    "a cell too few": lambda rows: (replace(rows[0], cells=rows[0].cells[:-1]), *rows[1:]),
    "no source": lambda rows: (*rows[:-1], replace(rows[-1], sources=())),
    "a source moved": lambda rows: (*rows[:-1], replace(rows[-1], sources=(shift(rows[-1].sources[0], 1),))),
    "no rows": lambda rows: (),
}


@pytest.mark.parametrize("plant", PLANTED.values(), ids=PLANTED)
def test_one_wrong_row_drops_the_table(plant: Callable[[Rows], Rows], rows: Rows, real_corpus: Corpus) -> None:
    said = state("年度最高奖补200万元。", find_item(real_corpus, WORDS[BASE]))
    table = tabulate(plant(rows))
    verified = verify([Finding(Want("sum"), True, (said, table))], real_corpus)
    assert [(f.is_filled, f.parts) for f in verified.findings] == [(True, (said,))]
    assert [p.part for p in verified.problems] == ["对象 | 支持 | 条件 | 条款"]


@pytest.mark.parametrize(("one", "other"), [(0, 1), (0, 2), (0, 3), (1, 2), (2, 3)])
def test_sources_that_are_swapped_are_seen(one: int, other: int, rows: Rows, real_corpus: Corpus) -> None:
    """By recipient and sum alone, also where the sums are equal."""
    short = tuple(replace(row, cells=row.cells[:2]) for row in rows)
    assert refuse(tabulate(short, COLUMNS[:2]), real_corpus) == ""
    assert refuse(tabulate(swap_sources(one, other)(short), COLUMNS[:2]), real_corpus)


def test_the_head_states_no_figure(rows: Rows, real_corpus: Corpus) -> None:
    assert refuse(tabulate(rows, ("对象", "支持（最高200万元）", "条件", "条款")), real_corpus)


def listed(rows: Rows, corpus: Corpus, text: str) -> Finding:
    """The supports with a sum as a list and as a table; `text` heads both."""
    recount = select_again(Selection(Kinds.SUPPORTS, Where(is_priced=True)), corpus)
    head = DraftPart(PartKind.DIRECT, text, (), ClaimKind.COUNTED, recount=recount)
    items = tuple(replace(row, text=row.cells[0]) for row in rows)
    want = Want("sum", Operation.LIST)
    return Finding(want, True, (head, tabulate(items)), items=items, count=Count(len(rows), None), recount=recount)


@pytest.mark.parametrize(("text", "left_out"), [("共6项。", 1), ("共7项。", 0)], ids=["a member missing", "miscounted"])
def test_a_table_falls_with_its_list(text: str, left_out: int, real_corpus: Corpus) -> None:
    supports = {
        "最高给予500万元补助": "按年度研发投入额",
        "最高给予200万元": WORDS[CENTRE],
        "最高给予300万元": WORDS[POOL],
        "年度最高奖补200万元": WORDS[BASE],
        "每家最高200万元一次性补助": WORDS[INCUBATOR],
        "最高给予50万元奖励": "最高给予50万元奖励",
    }
    rows = tuple(
        DraftItem("", (find_item(real_corpus, words),), (words, said, "", "")) for said, words in supports.items()
    )
    whole = listed(rows, real_corpus, "印出金额的支持：共6项。")
    (kept,) = verify([whole], real_corpus).findings
    assert kept == whole
    (fallen,) = verify([listed(rows[left_out:], real_corpus, f"印出金额的支持：{text}")], real_corpus).findings
    assert (fallen.is_filled, fallen.items) == (False, ())
    assert [p.kind for p in fallen.parts] == [PartKind.MISSING]
