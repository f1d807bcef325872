"""Lists and counts equal what the catalogue computes: nothing left out, added, miscounted or renamed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answer import Count, PartKind
from assistant.composing.draft import ClaimKind, DraftItem, DraftPart, Finding
from assistant.listing.selection import Order, Rows, Selection, Where, select
from assistant.listing.telling import Teller
from assistant.understanding.frame import Operation, Want
from assistant.verifying.verify import verify
from corpus.store import Corpus
from tests.drafts import find_heading, find_item, list_measures, refuse, select_again

FINANCE = Where(departments=("省财政厅",))
HEADLINE = "省财政厅参与负责的措施，全文16条中有7条。"


@pytest.fixture
def shared(real_corpus: Corpus) -> Finding:
    """The measures of the finance department."""
    return list_measures(real_corpus, FINANCE, HEADLINE)


def survives(finding: Finding, corpus: Corpus) -> bool:
    (verified,) = verify([finding], corpus).findings
    whole = (verified.items, verified.count, verified.parts) == (finding.items, finding.count, finding.parts)
    fallen = (verified.items, verified.count, verified.is_filled) == ((), None, False)
    assert whole or fallen, "a list falls as a whole"
    return whole


def headline(text: str) -> Callable[[Finding], Finding]:
    return lambda f: replace(f, parts=(replace(f.parts[0], text=text),))


def test_keeps_a_right_list(shared: Finding, real_corpus: Corpus) -> None:
    assert len(shared.items) == 7
    assert survives(shared, real_corpus)


WRONG: list[tuple[str, Callable[[Finding], Finding]]] = [
    ("a member is missing", lambda f: replace(f, items=f.items[1:])),
    ("a member is there twice", lambda f: replace(f, items=(*f.items[:-1], f.items[0]))),
    ("a member is added", lambda f: replace(f, items=(*f.items, f.items[0]))),
    ("the order does not fit the places", lambda f: replace(f, items=f.items[::-1])),
    ("the count is wrong", lambda f: replace(f, count=Count(8, 16))),
    ("the whole is wrong", lambda f: replace(f, count=Count(7, 15))),
    ("the headline counts wrongly", headline("省财政厅参与负责的措施，全文16条中有8条。")),
    ("the headline swaps whole and part", headline("省财政厅参与负责的措施，全文7条中有16条。")),
    ("the headline is of another whole", headline("省财政厅参与负责的措施，全文20条中有7条。")),
    ("another number stands behind", headline("省财政厅参与负责的措施，全文16条中有9条，分7部分。")),
    ("the headline names somebody else", headline("省教育厅参与负责的措施，全文16条中有7条。")),
    ("the headline adds a sum", headline("省财政厅参与负责的措施，全文16条中有7条，共500万元。")),
    ("the rest is wrong", headline(f"{HEADLINE}不在其中的是第（六）条。")),
    ("there is no table", lambda f: replace(f, parts=(replace(f.parts[0], recount=None),), recount=None)),
]


@pytest.mark.parametrize("alter", [w[1] for w in WRONG], ids=[w[0] for w in WRONG])
def test_drops_a_wrong_list(alter: Callable[[Finding], Finding], shared: Finding, real_corpus: Corpus) -> None:
    assert not survives(alter(shared), real_corpus)


def test_drops_a_list_with_a_stranger(shared: Finding, real_corpus: Corpus) -> None:
    stranger = DraftItem("知识产权服务", (find_heading(real_corpus, 6),))
    assert not survives(replace(shared, items=(*shared.items[:-1], stranger)), real_corpus)


def test_drops_places_that_the_table_does_not_hold(shared: Finding, real_corpus: Corpus) -> None:
    """The composer's own members do not count; the catalogue is asked again."""
    right = select_again(Selection(Rows.MEASURES, FINANCE), real_corpus)
    recount = replace(right, keys=right.keys[:-1])
    part = replace(shared.parts[0], text="省财政厅参与负责的措施，全文16条中有6条。", recount=recount)
    altered = replace(shared, items=shared.items[:-1], count=Count(6, 16), recount=recount, parts=(part,))
    assert not survives(altered, real_corpus)


def test_names_the_rest_of_a_long_list(real_corpus: Corpus) -> None:
    """全文16条中有14条。不在其中的是…: the two that lead."""
    where = Where(role="shared")
    right = "按职责分工、没有牵头部门的措施，全文16条中有14条。不在其中的是第（六）条、第（十六）条。"
    assert survives(list_measures(real_corpus, where, right), real_corpus)
    wrong = right.replace("第（六）条", "第（七）条")
    assert not survives(list_measures(real_corpus, where, wrong), real_corpus)


M, C, D, S = Rows.MEASURES, Rows.CHAPTERS, Rows.DEPARTMENTS, Rows.SUPPORTS
MOST, FEWEST = (Selection(M, counted=D, order=order) for order in (Order.MOST, Order.LEAST))
BUSIEST = Selection(D, counted=M, order=Order.MOST)
SORTED = Selection(D, counted=M, order=Order.SORTED)
PRICED = Selection(S, Where(is_priced=True), order=Order.SORTED)
UNPRICED = Selection(S, Where(is_priced=False))
NAMED = Selection(M, Where(terms=("人工智能",), is_any=True))
FINANCED = Selection(M, FINANCE)

COUNTS = [
    (Selection(M), "全文共16条。", True),
    (Selection(M), "不是20条，全文共16条。", True),
    (Selection(M), "通知没有第17条，全文共16条，从第（一）条到第（十六）条。", True),
    (Selection(M), "There is no Article 17: the notice has 16 measures, from 第（一）条 to 第（十六）条.", True),
    (Selection(M), "No: the notice has 16 measures.", True),
    (Selection(M), "全文共16条、87句，下面逐条列出，点开每条可看原文。", False),
    (Selection(M), "全文共17条。", False),
    (Selection(M), "不是16条，全文共15条。", False),
    (Selection(M), "通知没有第16条，全文共15条。", False),
    (Selection(C), "正文共5个部分。", True),
    (Selection(C), "全文共5个部分、16条。", True),
    (Selection(C), "The notice has 5 chapters and 16 measures.", True),
    (Selection(C), "正文共6个部分。", False),
    (Selection(C), "全文共5个部分、17条。", False),
    (Selection(C), "全文共16个部分、5条。", False),
    (Selection(D), "全文共有20个责任部门。", True),
    (Selection(D), "全文共有21个责任部门。", False),
    (Selection(D), "全文共有16个责任部门，20条。", False),
    (SORTED, "责任部门共20个，列入条数最多的是省科技厅（14条）。", True),
    (SORTED, "责任部门共20个，列入条数最多的是省科技厅（15条）。", False),
    (SORTED, "责任部门共20个，列入条数最多的是省财政厅（14条）。", False),
    (SORTED, "责任部门共20个，列入条数最多的是省审计厅（14条）。", False),
    (SORTED, "责任部门共14个，列入条数最多的是省科技厅（20条）。", False),
    (BUSIEST, "措施最多的责任部门是省科技厅，14条。", True),
    (BUSIEST, "措施最多的责任部门是省科技厅，15条。", False),
    (BUSIEST, "措施最多的责任部门是省财政厅，14条。", False),
    (MOST, "责任部门最多的措施是第（三）条、第（十一）条、第（十五）条，6个。", True),
    (MOST, "责任部门最多的措施是第（三）条、第（十一）条、第（十五）条，5个。", False),
    (MOST, "责任部门最多的措施是第（三）条、第（十一）条、第（十四）条，6个。", False),
    (FEWEST, "责任部门最少的措施是第（六）条、第（十六）条，1个。", True),
    (FEWEST, "责任部门最少的措施是第（六）条、第（十六）条，2个。", False),
    (FINANCED, HEADLINE, True),
    (FINANCED, "省财政厅参与负责的措施，全文7条中有16条。", False),
    (FINANCED, "省财政厅参与负责的措施共7条，都在5个部分里。", False),
    (NAMED, "提到“人工智能”的有4条：第（五）条、第（八）条、第（十）条、第（十三）条。", True),
    (NAMED, "提到“人工智能”的有5条：第（五）条、第（八）条、第（十）条、第（十三）条。", False),
    (NAMED, "提到“4人工智能”的有5条。", False),
    (UNPRICED, "另有5项支持没有写金额：。", True),
    (UNPRICED, "另有6项支持没有写金额：。", False),
    (UNPRICED, "另有11项支持，5项没有写金额。", False),
    (PRICED, "写了金额的有6项，最高的是500万元。", False),
]


@pytest.mark.parametrize(("selection", "text", "holds"), COUNTS)
def test_counts(selection: Selection, text: str, holds: bool, real_corpus: Corpus) -> None:
    recount = select_again(selection, real_corpus)
    part = DraftPart(PartKind.DIRECT, text, (), ClaimKind.COUNTED, recount=recount)
    assert (refuse(part, real_corpus) == "") is holds


def test_a_figure_beside_a_count_is_printed_in_what_is_cited(real_corpus: Corpus) -> None:
    text = "写了金额的有6项，最高的是500万元（上限）：按年度研发投入额最高给予500万元补助（第（二）条）。"
    recount = select_again(PRICED, real_corpus)
    source = find_item(real_corpus, "按年度研发投入额")
    part = DraftPart(PartKind.DIRECT, text, (source,), ClaimKind.COUNTED, recount=recount)
    assert refuse(part, real_corpus) == ""
    assert refuse(replace(part, text=text.replace("500万元", "600万元")), real_corpus)
    assert refuse(replace(part, text=text.replace("6项", "7项")), real_corpus)


def test_a_list_within_a_chapter_is_computed_within_it(real_corpus: Corpus) -> None:
    inside = replace(FINANCE, inside=("lkz-2025-128/5",))
    text = "“五、优化科技服务业生态”里省财政厅参与负责的措施共2条：第（十三）条、第（十五）条。"
    assert survives(replace(list_measures(real_corpus, inside, text), count=Count(2, None)), real_corpus)
    everywhere = replace(select_again(FINANCED, real_corpus), selection=Selection(M, inside))
    part = DraftPart(PartKind.DIRECT, HEADLINE, (), ClaimKind.COUNTED, recount=everywhere)
    assert refuse(part, real_corpus) == "清单与目录不符"


def priced(corpus: Corpus, order: tuple[str, ...]) -> Finding:
    """The supports with a printed sum; `order` are words of the clauses cited."""
    recount = select_again(Selection(S, Where(is_priced=True)), corpus)
    sources = [find_item(corpus, words) for words in order]
    items = tuple(DraftItem(s.item.supports[0].phrase.text, (s,)) for s in sources if s.item)
    part = DraftPart(PartKind.DIRECT, "写了金额的共6项。", (), ClaimKind.COUNTED, recount=recount)
    return Finding(
        Want("sum", Operation.LIST), True, (part,), items=items, count=Count(len(items), None), recount=recount
    )


SUPPORTS = (
    "按年度研发投入额",
    "高价值专利培育中心",
    "重点产业专利池",
    "服务突出的省级中试基地",
    "认定的部级孵化器",
    "最高给予50万元奖励",
)


def test_supports_are_the_printed_ones(real_corpus: Corpus) -> None:
    finding = priced(real_corpus, SUPPORTS)
    assert survives(finding, real_corpus)
    assert not survives(priced(real_corpus, (*SUPPORTS[:-1], "“创新券”补助")), real_corpus)
    assert not survives(priced(real_corpus, SUPPORTS[:-1]), real_corpus)
    swapped = replace(finding.items[1], text="支持高校院所建设高价值专利培育中心，最高给予300万元")
    assert not survives(replace(finding, items=(finding.items[0], swapped, *finding.items[2:])), real_corpus)


def test_an_empty_list_is_counted_as_none(real_corpus: Corpus) -> None:
    recount = select_again(Selection(M, Where(departments=("省教育厅", "省水利厅"))), real_corpus)
    text = "省教育厅和省水利厅共同参与负责的措施，一条也没有。"
    part = DraftPart(PartKind.DIRECT, text, (), ClaimKind.COUNTED, recount=recount)
    assert survives(Finding(Want("clause", Operation.LIST), True, (part,), count=Count(0, 16)), real_corpus)
    assert not survives(Finding(Want("clause", Operation.LIST), True, (part,), count=Count(1, 16)), real_corpus)


TOLD = [
    Selection(M, FINANCE),
    Selection(C, counted=M),
    Selection(D, counted=M, order=Order.SORTED),
    Selection(Rows.SUMS, counted=S),
    Selection(S, Where(is_priced=True), order=Order.SORTED),
    Selection(Rows.NAMES, Where(terms=("券",))),
]


@pytest.mark.parametrize("selection", TOLD)
def test_rows_as_the_catalogue_tells_them(selection: Selection, real_corpus: Corpus) -> None:
    """Kept as they are; one that says or cites anything else drops the list."""
    table = select(selection, real_corpus.catalogue)
    teller = Teller(selection, table, real_corpus, "zh")
    recount = select_again(selection, real_corpus)
    part = DraftPart(PartKind.DIRECT, teller.headline(), (), ClaimKind.COUNTED, recount=recount)
    items = tuple(teller.item(m) for m in table.members)
    count = Count(len(items), None)
    whole = Finding(Want("clause", Operation.LIST), True, (part,), items=items, count=count, recount=recount)
    assert survives(whole, real_corpus)
    first, last = items[0], items[-1]
    assert not survives(replace(whole, items=(replace(first, text=f"{last.text}！"), *items[1:])), real_corpus)
    assert not survives(replace(whole, items=(replace(first, sources=last.sources), *items[1:])), real_corpus)
    assert not survives(replace(whole, items=items[1:]), real_corpus)
