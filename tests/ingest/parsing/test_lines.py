"""Paragraphs that know their offsets, joined where a break fell inside a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parsing.lines import view_lines
from ingest.parsing.view import view_text

JOINED = {
    "a figure and its unit": ("上网电价每千瓦时1.2\n元\n/\n千瓦时。", ["上网电价每千瓦时1.2元/千瓦时。"]),
    "a year among words": ("关于印发\n2021\n年春节期间\n工作的通知", ["关于印发2021年春节期间", "工作的通知"]),
    "a date": ("2021年\n2\n月\n3\n日", ["2021年2月3日"]),
    "a line that begins with a comma": ("支持企业\n，给予补助。", ["支持企业，给予补助。"]),
    "a line that ends with one": ("支持企业、\n学校。", ["支持企业、学校。"]),
    "an open bracket": ("支持企业（\n含分公司）发展。", ["支持企业（含分公司）发展。"]),
    "headings": ("一、总则\n（一）目的\n1.甲\n2.乙", ["一、总则", "（一）目的", "1.甲", "2.乙"]),
    "cells of a table": ("甲\t1\n乙\t2", ["甲\t1", "乙\t2"]),
    "issuer and date": ("市财政局\n2025年1月2日", ["市财政局", "2025年1月2日"]),
}


def _texts(text: str) -> list[str]:
    return [line.text for line in view_lines(view_text(text))]


def test_lines_lose_the_space_around_them_and_keep_their_place() -> None:
    lines = view_lines(view_text(" 关于测试的通知\n\n　一、总则\t\n（一）目的。"))
    assert [(line.text, line.start, line.end) for line in lines] == [
        ("关于测试的通知", 1, 8),
        ("一、总则", 11, 15),
        ("（一）目的。", 17, 23),
    ]


@pytest.mark.parametrize("text", ["", "\n", " \n　\n\t"])
def test_empty_text_has_no_lines(text: str) -> None:
    assert _texts(text) == []


@pytest.mark.parametrize(("text", "expected"), JOINED.values(), ids=JOINED.keys())
def test_joins_what_a_break_has_parted(text: str, expected: list[str]) -> None:
    assert _texts(text) == expected


def test_lines_cut_at_one_width_are_joined_up_to_the_end_of_a_sentence() -> None:
    sentence = "支持各类企业在本市设立研发机构并按照规定给予一次性补助资金用于购置设备和引进人才，"
    text = sentence * 6 + "由市科技局负责。"
    wrapped = "\n".join(text[i : i + 20] for i in range(0, len(text), 20))
    assert _texts(f"一、总则\n{wrapped}\n二、附则\n甲。") == ["一、总则", text, "二、附则", "甲。"]


@given(st.text(alphabet="甲。：（一）二、第章条 \n\t　1.年元", max_size=200), st.integers(min_value=0, max_value=60))
def test_loses_nothing_and_tells_the_place(text: str, repeated: int) -> None:
    text = text + "甲乙丙丁" * repeated * 10 + text
    lines = view_lines(view_text(text))
    assert all("".join(text[line.start : line.end].split()) == "".join(line.text.split()) for line in lines)
    assert "".join("".join(line.text.split()) for line in lines) == "".join(text.split())
