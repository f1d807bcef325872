"""第二个 after a list or a table is its second member, by what that is about."""

import pytest

from assistant.ask import Assistant
from assistant.naming.numbers import find_item, list_items
from assistant.understanding.frame import Turn

LIST = "印出金额的支持：共2项。\n\n1. 支持高校院所建设高价值专利培育中心，最高给予200万元（第（六）条）[1]\n2. 专利池[2]\n\n> 引"
TABLE = (
    "共2笔：\n\n| 给谁 | 多少 | 条 |\n| --- | :---: | --- |\n"
    "| 服务突出的省级中试基地 | 年度最高200万元[1] | 第（九）条 |\n| 高校院所 | 最高200万元 | 第（六）条 |[2]\n\n> 引"
)
COUNTED = "| 序号 | 给谁 |\n|---|---|\n| 1 | 中试基地 |\n| 2 | 专利池 |"


@pytest.mark.parametrize(
    ("answer", "items"),
    [
        (LIST, ("支持高校院所建设高价值专利培育中心，最高给予200万元（第（六）条）", "专利池")),
        (TABLE, ("服务突出的省级中试基地，年度最高200万元，第（九）条", "高校院所，最高200万元，第（六）条")),
        (COUNTED, ("中试基地", "专利池")),
        ("| 没有表头的一行 |", ()),
        ("对中试基地最高200万元。[1]", ()),
    ],
)
def test_list_items(answer: str, items: tuple[str, ...]) -> None:
    assert list_items(answer) == items


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("第一个详细说说", "甲"),
        ("第三项的条件呢", "丙"),
        ("最后一个呢", "丙"),
        ("倒数第一个给谁", "丙"),
        ("the second one, please", "乙"),
        ("tell me about the last one", "丙"),
        ("第四个呢", None),
        ("第二条呢", None),
        ("最后多少", None),
    ],
)
def test_find_item(text: str, item: str | None) -> None:
    found = find_item(text, ("甲", "乙", "丙"))
    assert (found and found[0]) == item


ROWS = [
    # A support is meant itself, not the whole measure it stands in.
    ("第一个详细说说", LIST, ["高价值专利培育中心"]),
    ("第一个的条件呢", TABLE, ["省级中试基地"]),
    ("the second one", COUNTED, ["专利池"]),
    ("第二个讲什么", "共2条。\n1. 第（九）条 技术转移转化和推广服务\n2. 第（十）条 企业孵化服务", ["第（十）条"]),
    ("最后一个管什么", "共2个。\n1. 省科技厅\n2. 省财政厅", ["省财政厅"]),
]


@pytest.mark.parametrize(("question", "answer", "names"), ROWS)
def test_a_row_is_what_it_is_about(question: str, answer: str, names: list[str], assistant: Assistant) -> None:
    turns = [Turn("user", "有哪些给钱的"), Turn("assistant", answer)]
    frame, _ = assistant.read(question, turns)
    assert [s.text for s in frame.names] == names


def test_a_list_holds_until_the_next(assistant: Assistant) -> None:
    turns = [
        *(Turn("user", "有哪些给钱的"), Turn("assistant", LIST)),
        *(Turn("user", "第一个详细说说"), Turn("assistant", "支持高校院所建设高价值专利培育中心。[1]")),
    ]
    frame, _ = assistant.read("第二个呢", turns)
    assert [s.text for s in frame.names] == ["专利池"]
