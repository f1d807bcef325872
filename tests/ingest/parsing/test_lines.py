"""Trimmed lines that know their offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parsing.lines import Line, view_lines

FILLER = "为了测试而写得很长的一段话，" * 50


def test_lines_lose_the_space_around_them_and_keep_their_place() -> None:
    text = " 关于测试的通知\n\n　一、总则\t\n（一）目的。"
    assert view_lines(text) == (
        Line("关于测试的通知", 1, 8),
        Line("一、总则", 11, 15),
        Line("（一）目的。", 17, 23),
    )


@pytest.mark.parametrize("text", ["", "\n", " \n　\n\t"])
def test_empty_text_has_no_lines(text: str) -> None:
    assert view_lines(text) == ()


@pytest.mark.parametrize(
    "marks", [("一、", "二、"), ("（一）", "（二）"), ("第一章 ", "第二章 "), ("第一条 ", "第二条　"), ("(一)", "(二)")]
)
def test_very_long_lines_are_cut_before_marks(marks: tuple[str, str]) -> None:
    first, second = (f"{mark}{FILLER}完。" for mark in marks)
    assert [line.text for line in view_lines(f"通知如下：{first}{second}")] == ["通知如下：", first, second]


def test_a_short_line_is_never_cut() -> None:
    text = "通知如下：一、总则。二、附则。"
    assert view_lines(text) == (Line(text, 0, len(text)),)


def test_a_mark_within_a_sentence_does_not_cut() -> None:
    text = f"{FILLER}设一、二、三等奖，按第一条办理。"
    assert [line.text for line in view_lines(text)] == [text]


@given(st.text(alphabet="甲。：（一）二、第章条 \n\t　1.", max_size=200), st.integers(min_value=0, max_value=60))
def test_loses_nothing_and_tells_the_place(text: str, repeated: int) -> None:
    text = text + "甲乙丙丁" * repeated * 10 + text
    lines = view_lines(text)
    assert [text[line.start : line.end] for line in lines] == [line.text for line in lines]
    assert "".join("".join(line.text.split()) for line in lines) == "".join(text.split())
