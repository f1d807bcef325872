"""Nodes of a notice: their order, labels around them, ends and names."""

import pytest

from ingest.checking.nodes import Places, list_nodes, name_clauses
from ingest.checking.numbering import find_faults
from tests.ingest.checking.sources import FRONT, WHOLE, read_source

NESTED = (
    f"{FRONT}第一章 种植\n第一节 新建\n第一条 新建茶园的，给予补助。\n第二节 改造\n第二条 改造茶园的，给予补助。\n"
    "第二章 附则\n第三条 本办法由市农业农村局解释。\n"
)


def outline(text: str) -> list[tuple[str, str, str, str]]:
    return [(n.kind.value, "/".join(n.path), n.label, n.title) for n in list_nodes(read_source(text).notice)]


def test_lists_every_kind_in_reading_order() -> None:
    assert outline(WHOLE) == [
        ("chapter", "", "一、", "扩大种植"),
        ("measure", "一、", "（一）", "新建茶园"),
        ("measure", "一、", "（二）", "改造老茶园"),
        ("point", "一、/（二）", "1.", ""),
        ("point", "一、/（二）", "2.", ""),
        ("chapter", "", "二、", "扩大销售"),
        ("measure", "二、", "（三）", "开设门店"),
        ("chapter", "", "三、", "附则"),
        ("closing", "", "", ""),
        ("annex", "", "附件", "补助标准表"),
        ("row", "附件", "", ""),
        ("row", "附件", "", ""),
    ]


def test_groups_stand_in_groups() -> None:
    assert outline(NESTED) == [
        ("chapter", "", "第一章", "种植"),
        ("chapter", "第一章", "第一节", "新建"),
        ("measure", "第一章/第一节", "第一条", ""),
        ("chapter", "第一章", "第二节", "改造"),
        ("measure", "第一章/第二节", "第二条", ""),
        ("chapter", "", "第二章", "附则"),
        ("measure", "第二章", "第三条", ""),
    ]


UNMARKED = f"{FRONT}种植政策\n一、新建。\n新建茶园。\n二、改造。\n改造茶园。\n销售政策\n一、开店。\n开设门店。\n二、展会。\n参加展会。\n"


def test_a_group_without_a_mark_is_known_by_its_title() -> None:
    nodes = list_nodes(read_source(UNMARKED).notice)
    names = name_clauses(nodes)
    assert [(n.kind.value, n.path, n.label, names[n.key]) for n in nodes[-3:]] == [
        ("chapter", (), "", "销售政策 "),
        ("measure", ("销售政策",), "一、", "销售政策 一、"),
        ("measure", ("销售政策",), "二、", "销售政策 二、"),
    ]
    assert list(find_faults(nodes)) == []


def test_a_group_that_is_a_measure_itself_is_listed_once() -> None:
    text = f"{FRONT}一、种植\n（一）新建。新建茶园。\n（二）改造。改造茶园。\n二、销售\n开设门店的，给予补助。\n"
    assert [row for row in outline(text) if row[2] == "二、"] == [("measure", "", "二、", "销售")]


@pytest.mark.parametrize(
    ("label", "begins", "ends", "sentences"),
    [
        ("一、", "一、扩大种植", "30%。", 4),
        ("（一）", "（一）新建茶园。", "补助。", 1),
        ("（二）", "（二）改造老茶园。", "30%。", 3),
        ("1.", "1.连片", "以上；", 1),
        ("附件", "附件\n", "半年", 3),
    ],
)
def test_nodes_reach_from_their_mark_to_their_last_sentence(label: str, begins: str, ends: str, sentences: int) -> None:
    node = next(n for n in list_nodes(read_source(WHOLE).notice) if n.label == label)
    printed = WHOLE[node.start : node.end]
    assert (printed.startswith(begins), printed.endswith(ends), node.sentences) == (True, True, sentences)


def test_a_group_reaches_over_the_groups_inside() -> None:
    first = list_nodes(read_source(NESTED).notice)[0]
    assert (NESTED[first.start : first.end].splitlines()[-1], first.sentences) == ("第二条 改造茶园的，给予补助。", 2)


def test_a_notice_without_marks_is_one_measure_that_begins_below_its_title() -> None:
    text = f"{FRONT}新建茶园的，给予补助。\n{BACK_ONLY}"
    (node,) = list_nodes(read_source(text).notice)
    assert (node.kind.value, node.label, node.title) == ("measure", "", "")
    assert text[node.start : node.end] == "现将措施印发给你们。\n新建茶园的，给予补助。"


BACK_ONLY = "青云市人民政府\n2025年1月2日\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("现将", None),
        ("连片", "1."),
        ("1000元", ""),
        ("扩大销售", "二、"),
        ("以上材料", "（二）"),
    ],
)
def test_finds_the_innermost_node(words: str, expected: str | None) -> None:
    text = WHOLE.replace("30%。\n", "30%。\n以上材料交市农业农村局。\n")
    node = Places(list_nodes(read_source(text).notice)).find(text.index(words))
    assert (node and node.label) == expected


def test_a_measure_is_named_with_its_group_where_its_label_stands_twice() -> None:
    text = f"{FRONT}一、种植\n（一）新建。新建茶园。\n（二）改造。改造茶园。\n二、销售\n（一）开店。开设门店。\n（三）展会。\n参加展会。\n"
    nodes = list_nodes(read_source(text).notice)
    names = name_clauses(nodes)
    assert [names[n.key] for n in nodes if n.kind == "measure"] == ["一、（一）", "（二）", "二、（一）", "（三）"]
