"""Heading marks at the start of a line."""

import pytest

from ingest.parsing.headings import STYLES, HeadingMark, marks_inside, read_heading_mark
from ingest.parsing.view import view_text

BY_NAME = {style.name: style for style in reversed(STYLES)}
MARKS = [
    ("第一编 总则", "part", 1, "第一编", 4),
    ("第二部分　总体要求", "division", 2, "第二部分", 5),
    ("第一章 总则", "chapter", 1, "第一章", 4),
    ("第十二章总则", "chapter", 12, "第十二章", 4),
    ("第二节 职责", "section", 2, "第二节", 4),
    ("第一条　为了规范", "article", 1, "第一条", 4),
    ("第一条为了规范", "article", 1, "第一条", 3),
    ("第12条：为了规范", "article", 12, "第12条", 5),
    ("第一百零一条 附则", "article", 101, "第一百零一条", 7),
    ("一、总则", "comma", 1, "一、", 2),
    ("二十一、总则", "comma", 21, "二十一、", 4),
    ("一．总则", "comma", 1, "一.", 2),
    ("（一）目的。", "bracket", 1, "（一）", 3),
    ("(十六)目的", "bracket", 16, "（十六）", 4),
    ("（一）、目的", "bracket", 1, "（一）、", 4),
    ("1.目的", "arabic", 1, "1.", 2),
    ("12． 目的", "arabic", 12, "12.", 4),
    ("3、目的", "arabic", 3, "3、", 2),
    ("（1）目的", "arabic_bracket", 1, "（1）", 3),
    ("1）目的", "arabic_bracket", 1, "1）", 2),
    ("⑴目的", "arabic_bracket", 1, "（1）", 3),
    ("㈠目的", "bracket", 1, "（一）", 3),
    ("①目的", "circled", 1, "①", 1),
    ("1 总则", "plain", 1, "1", 2),
    ("问题3：怎样申请", "question", 3, "问题3", 4),
    ("第 二 条 范围", "article", 2, "第 二 条", 6),
    ("ㄧ、目的", "comma", 1, "一、", 2),
]
NO_MARKS = [
    "",
    "一",
    "一、",
    "（一）",
    "第一章",
    "一是加强领导",
    "一，加强领导",
    "第一，加强领导",
    "第三步、加强领导",
    "十三五、规划",
    "〇、总则",
    "1.5万元",
    "2025.1.1",
    "1.1万元",
    "3年内免费",
    "500、目的",
    "根据第一条",
    " 一、总则",
]


@pytest.mark.parametrize(("line", "style", "number", "label", "length"), MARKS)
def test_reads_the_mark(line: str, style: str, number: int, label: str, length: int) -> None:
    assert read_heading_mark(view_text(line).text) == HeadingMark(BY_NAME[style], number, label, length)


@pytest.mark.parametrize("line", NO_MARKS)
def test_takes_nothing_else_for_a_mark(line: str) -> None:
    assert read_heading_mark(view_text(line).text) is None


def test_reads_inserted_articles_and_decimals() -> None:
    inserted = read_heading_mark("第三条之一 押金")
    assert inserted is not None
    assert (inserted.number, inserted.inserted, inserted.key, inserted.label) == (3, 1, "3-1", "第三条之一")
    decimal = read_heading_mark("2.1.3 登记补贴")
    assert decimal is not None
    assert (decimal.style.name, decimal.above, decimal.number) == ("decimal", (2, 1), 3)


def test_finds_marks_within_a_line() -> None:
    line = "提出以下意见。1.补助10万元。2.免收1.5元。根据第三条、第四条办理。第五条 附则"
    assert [(line[at:][:3], mark.number) for at, mark in marks_inside(line)] == [
        ("1.补", 1),
        ("2.免", 2),
        ("第五条", 5),
    ]
