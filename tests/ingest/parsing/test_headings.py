"""Heading marks at the start of a line."""

import pytest

from ingest.parsing.headings import STYLES, HeadingMark, read_heading_mark

BY_NAME = {style.name: style for style in STYLES}
MARKS = [
    ("第一编 总则", "part", 1, "第一编", 4),
    ("第二部分　总体要求", "part", 2, "第二部分", 5),
    ("第一章 总则", "chapter", 1, "第一章", 4),
    ("第十二章总则", "chapter", 12, "第十二章", 4),
    ("第二节 职责", "section", 2, "第二节", 4),
    ("第一条　为了规范", "article", 1, "第一条", 4),
    ("第一条为了规范", "article", 1, "第一条", 3),
    ("第12条：为了规范", "article", 12, "第12条：", 5),
    ("第一百零一条 附则", "article", 101, "第一百零一条", 7),
    ("一、总则", "comma", 1, "一、", 2),
    ("二十一、总则", "comma", 21, "二十一、", 4),
    ("一．总则", "comma", 1, "一．", 2),
    ("（一）目的。", "bracket", 1, "（一）", 3),
    ("(十六)目的", "bracket", 16, "(十六)", 4),
    ("（一）、目的", "bracket", 1, "（一）、", 4),
    ("1.目的", "arabic", 1, "1.", 2),
    ("12． 目的", "arabic", 12, "12．", 4),
    ("3、目的", "arabic", 3, "3、", 2),
    ("（1）目的", "arabic_bracket", 1, "（1）", 3),
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
    "1.1 目的",
    "1）目的",
    "500、目的",
    "根据第一条",
    " 一、总则",
]


@pytest.mark.parametrize(("line", "style", "number", "label", "length"), MARKS)
def test_reads_the_mark(line: str, style: str, number: int, label: str, length: int) -> None:
    assert read_heading_mark(line) == HeadingMark(BY_NAME[style], number, label, length)


@pytest.mark.parametrize("line", NO_MARKS)
def test_takes_nothing_else_for_a_mark(line: str) -> None:
    assert read_heading_mark(line) is None
