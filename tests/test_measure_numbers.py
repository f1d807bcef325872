"""Measures and chapters are named by number in every written form, and other numbers are none."""

import pytest

from assistant.naming.numbers import NumberReference, find_number_references

MEASURES = [
    ("第0条", 0),
    ("第九条由谁负责", 9),
    ("第9条由谁负责", 9),
    ("第 9 条", 9),
    ("第（九）条", 9),
    ("第(9)条", 9),
    ("(9)讲什么", 9),
    ("（九）讲什么", 9),
    ("（9）", 9),
    ("( 九 )", 9),
    ("措施九是什么", 9),
    ("措施9", 9),
    ("条款九", 9),
    ("条九", 9),
    ("第九项讲什么", 9),
    ("第九款", 9),
    ("第九点", 9),
    ("第九个措施", 9),
    ("第9号措施", 9),
    ("9条由谁负责", 9),
    ("9号条的内容", 9),
    ("article 9", 9),
    ("Article #9", 9),
    ("measure 9", 9),
    ("clause no. 9", 9),
    ("ninth measure", 9),
    ("the ninth article", 9),
    ("9th measure", 9),
    ("9", 9),
    ("9？", 9),
    ("第十六条", 16),
    ("第十七条", 17),
    ("第二十条", 20),
    ("第一百条", 100),
    ("第〇九条讲啥", 9),
    ("第壹条", 1),
    ("第两条", 2),
]
CHAPTERS = [
    ("第三章", 3),
    ("第3部分讲什么", 3),
    ("第三大类", 3),
    ("第三方面", 3),
    ("chapter 3", 3),
    ("the third part", 3),
    ("Part 3", 3),
]
NONE = [
    "第十九届",
    "世界500强",
    "3家企业",
    "2025年",
    "聚焦19条标志性产业链",
    "19条产业链有哪些",
    "最高200万元",
    "一共16条措施吗",
    "共16条",
    "工信部联科〔2025〕110号",
    "前三条",
    "有几条",
    "这条",
    "50%",
    "第99999999999999999999条",
    "1e309",
    "九部门",
    "part of the notice",
    "partners 3",
    "1+N",
]


@pytest.mark.parametrize(("text", "number"), MEASURES)
def test_reads_measures(text: str, number: int) -> None:
    assert [(r.number, r.is_chapter) for r in find_number_references(text)] == [(number, False)]


@pytest.mark.parametrize(("text", "number"), CHAPTERS)
def test_reads_chapters(text: str, number: int) -> None:
    assert [(r.number, r.is_chapter) for r in find_number_references(text)] == [(number, True)]


@pytest.mark.parametrize("text", NONE)
def test_other_numbers_name_nothing(text: str) -> None:
    assert find_number_references(text) == ()


def test_several_stand_in_reading_order_at_their_places() -> None:
    text = "第二部分的第四条和（九）谁负责"
    assert find_number_references(text) == (
        NumberReference(2, True, "第二部分", 0, 4),
        NumberReference(4, False, "第四条", 5, 8),
        NumberReference(9, False, "（九）", 9, 12),
    )


@pytest.mark.parametrize("text", ["第九条和第十条", "article 9 and measure 10", "第（九）条、第（十）条"])
def test_two_measures(text: str) -> None:
    found = find_number_references(text)
    assert [r.number for r in found] == [9, 10]
    assert all(text[r.start : r.end] == r.text for r in found)
