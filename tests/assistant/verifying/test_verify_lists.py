"""Lists and counts equal what the catalogue computes: nothing left out, added, miscounted or renamed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answer import Count, PartKind
from assistant.composing.draft import ClaimKind, DraftItem, DraftPart, Finding, Recount
from assistant.composing.recount import recompute
from assistant.understanding.frame import Operation, Want
from assistant.verifying.verify import verify
from corpus.store import Corpus
from tests.drafts import find_heading, find_item, list_measures, refuse

FINANCE = ("省财政厅",)
HEADLINE = "责任部门中有省财政厅的：全文16条中有7条。"


@pytest.fixture
def shared(real_corpus: Corpus) -> Finding:
    """The measures of the finance department."""
    return list_measures(real_corpus, "measures_of", FINANCE, HEADLINE)


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
    ("the headline counts wrongly", headline("责任部门中有省财政厅的：全文16条中有8条。")),
    ("the headline swaps whole and part", headline("责任部门中有省财政厅的：全文7条中有16条。")),
    ("the headline is of another whole", headline("责任部门中有省财政厅的：全文20条中有7条。")),
    ("another number stands behind", headline("责任部门中有省财政厅的：全文16条中有9条，分7部分。")),
    ("the headline names somebody else", headline("责任部门中有省教育厅的：全文16条中有7条。")),
    ("the headline adds a sum", headline("责任部门中有省财政厅的：全文16条中有7条，共500万元。")),
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
    recount = Recount("measures_of", FINANCE, recompute("measures_of", FINANCE, real_corpus)[:-1])
    part = replace(shared.parts[0], text="责任部门中有省财政厅的：全文16条中有6条。", recount=recount)
    altered = replace(shared, items=shared.items[:-1], count=Count(6, 16), recount=recount, parts=(part,))
    assert not survives(altered, real_corpus)


def test_names_the_rest_of_a_long_list(real_corpus: Corpus) -> None:
    """全文16条中有14条，不在其中的是…: the two that lead."""
    keys: tuple[str, ...] = ()
    right = "按职责分工负责的：全文16条中有14条。不在其中的是第（六）条、第（十六）条。"
    assert survives(list_measures(real_corpus, "measures_shared", keys, right), real_corpus)
    wrong = right.replace("第（六）条", "第（七）条")
    assert not survives(list_measures(real_corpus, "measures_shared", keys, wrong), real_corpus)


COUNTS = [
    ("measures", "全文共16条。", True),
    ("measures", "不是20条，全文共16条。", True),
    ("measures", "通知没有第17条，全文共16条，从第（一）条到第（十六）条。", True),
    ("measures", "There is no Article 17: the notice has 16 measures, from 第（一）条 to 第（十六）条.", True),
    ("measures", "No: the notice has 16 measures.", True),
    ("measures", "全文共17条。", False),
    ("measures", "不是16条，全文共15条。", False),
    ("measures", "通知没有第16条，全文共15条。", False),
    ("chapters", "通知正文共5个部分。", True),
    ("chapters", "通知正文共6个部分。", False),
    ("departments", "全文的责任部门共20个。", True),
    ("departments", "全文的责任部门共21个。", False),
    ("departments_most", "列入条数最多的部门是省科技厅，14条。", True),
    ("departments_most", "列入条数最多的部门是省科技厅，15条。", False),
    ("departments_most", "列入条数最多的部门是省财政厅，14条。", False),
    ("measures_most_departments", "责任部门最多的措施有6个责任部门，全文16条中有3条。", True),
    ("measures_most_departments", "责任部门最多的措施有5个责任部门，全文16条中有3条。", False),
    ("measures_most_departments", "责任部门最多的措施有6个责任部门，全文16条中有4条。", False),
    ("measures_fewest_departments", "责任部门最少的措施有1个责任部门，全文16条中有2条。", True),
    ("measures_fewest_departments", "责任部门最少的措施有2个责任部门，全文16条中有2条。", False),
]


@pytest.mark.parametrize(("table", "text", "holds"), COUNTS)
def test_counts(table: str, text: str, holds: bool, real_corpus: Corpus) -> None:
    recount = Recount(table, (), recompute(table, (), real_corpus))
    part = DraftPart(PartKind.DIRECT, text, (), ClaimKind.COUNTED, recount=recount)
    assert (refuse(part, real_corpus) == "") is holds


def test_the_size_said_of_a_list_is_that_of_its_members(real_corpus: Corpus) -> None:
    right = "责任部门最多的措施有6个责任部门，全文16条中有3条。"
    finding = list_measures(real_corpus, "measures_most_departments", (), right)
    assert survives(finding, real_corpus)
    wrong = headline(right.replace("6个", "7个"))(finding)
    assert not survives(wrong, real_corpus)
    assert [p.reason for p in verify([wrong], real_corpus).problems] == ["责任部门应为 6 个"]


def test_a_list_within_a_chapter_is_computed_within_it(real_corpus: Corpus) -> None:
    keys = (*FINANCE, "lkz-2025-128/5")
    assert survives(list_measures(real_corpus, "measures_of", keys, "责任部门中有省财政厅的：有2条。"), real_corpus)
    everywhere = Recount("measures_of", keys, recompute("measures_of", FINANCE, real_corpus))
    part = DraftPart(PartKind.DIRECT, HEADLINE, (), ClaimKind.COUNTED, recount=everywhere)
    assert refuse(part, real_corpus) == "清单与目录不符"


def priced(corpus: Corpus, order: tuple[str, ...]) -> Finding:
    """The supports with a printed sum; `order` are words of the clauses cited."""
    recount = Recount("supports_priced", (), recompute("supports_priced", (), corpus))
    sources = [find_item(corpus, words) for words in order]
    items = tuple(DraftItem(s.item.supports[0].phrase.text, (s,)) for s in sources if s.item)
    part = DraftPart(PartKind.DIRECT, "印出金额的支持：共6项。", (), ClaimKind.COUNTED, recount=recount)
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
    recount = Recount("measures_of", ("省教育厅", "省水利厅"), ())
    part = DraftPart(
        PartKind.DIRECT, "责任部门中同时有省教育厅和省水利厅的：没有。", (), ClaimKind.COUNTED, recount=recount
    )
    assert survives(Finding(Want("clause", Operation.LIST), True, (part,), count=Count(0, 16)), real_corpus)
    assert not survives(Finding(Want("clause", Operation.LIST), True, (part,), count=Count(1, 16)), real_corpus)
