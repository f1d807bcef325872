"""Which names of a clause a denial points at, and which of them its list leaves out."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.ask import Assistant
from assistant.naming.masks import mask_names
from assistant.understanding.denied import BUCKETS, DeniedReader, denies_only_a_name, nearest_to_denials, read_sides
from assistant.understanding.head import CANDIDATE
from tests.assistant.inquiries import read_marks

DENIALS = [
    # Right behind the denial.
    "没有[!省财政厅]的条款",
    "没有[!省财政厅]参与的有哪些",
    "没[!省财政厅]的事的条款",
    "责任部门里没有[!省财政厅]的",
    "不含[!省财政厅]的",
    "不包括[!省财政厅]的条款",
    "不由[!省财政厅]负责的有哪几条",
    "不是[!省财政厅]负责的",
    "不是由[!省财政厅]牵头的",
    "不归[!省财政厅]管的",
    "没提到[!孵化器]的",
    "没有提到[!孵化器]的",
    "没有涉及[!孵化器]的",
    "未提及[!孵化器]的",
    # Before it.
    "[!省财政厅]没参与的",
    "[!省财政厅]没有参与的有几条",
    "[!省财政厅]不负责的",
    "[!省财政厅]不管的",
    # One with, one without.
    "有[省科技厅]没有[!省财政厅]的",
    "有[省科技厅]没[!省财政厅]的",
    "有[省科技厅]但没有[!省财政厅]的",
    "[省科技厅]参与但[!省财政厅]没参与的",
    "[省科技厅]参与而[!省财政厅]未参与的",
    "[省科技厅]负责、[!省财政厅]不负责的",
    "[省科技厅]管、没有[!省财政厅]的",
    "[!省科技厅]没参与而[省财政厅]参与的",
    "[!省科技厅]没参与、[省财政厅]参与的",
    "没有[!省科技厅]但有[省财政厅]的",
    "没有[!省科技厅]、有[省财政厅]的",
    # Joined names are denied together.
    "没有[!省科技厅]和[!省财政厅]的",
    "没有[!省科技厅]、[!省财政厅]参与的",
    "不含[!省科技厅]或[!省财政厅]的",
    "[!省科技厅]和[!省财政厅]都没参与的",
    "[!省科技厅]、[!省财政厅]都不负责的条款",
    "[!省科技厅]跟[!省财政厅]都没有参与的",
    "既没有[!省科技厅]也没有[!省财政厅]的",
    "没有[!省科技厅]也没有[!省财政厅]的",
    "有[省科技厅]和[省财政厅]、没有[!省教育厅]的",
    # Departments and words.
    "[省科技厅]参与而且没提到[!人工智能]的",
    "[省科技厅]参与但没有提到[!人工智能]的",
    "[省科技厅]参与但是没有涉及[!人工智能]的",
    "没有[!省科技厅]、提到[人工智能]的",
    "提到[人工智能]但没有[!省科技厅]参与的",
    "提到[人工智能]但[!省科技厅]没参与的",
    "提到[人工智能]没提到[!孵化器]的",
    # Nothing is denied.
    "[省科技厅]参与的",
    "[省科技厅]和[省财政厅]都参与的",
    "[省科技厅]有没有参与[人工智能]的条款",
    "[省科技厅]参与的不少于三条吗",
    # English, with the names as the glossary gives them.
    "measures not involving [!省财政厅]",
    "measures without [!省财政厅]",
    "measures with [省科技厅] but not [!省财政厅]",
    "measures with [省科技厅] but without [!省财政厅]",
    "which measures is [!省财政厅] not responsible for",
    "which measures does [!省财政厅] not take part in",
    "measures that do not mention [!人工智能]",
    "measures that don't mention [!人工智能]",
    "which measures mention [人工智能] but not [!孵化器]",
    "measures without [!省科技厅] or [!省财政厅]",
    "measures involving neither [!省科技厅] nor [!省财政厅]",
    "all measures except [!省财政厅]",
    "measures excluding [!省财政厅]",
    "measures of [省科技厅] and [省财政厅]",
]
OF_MONEY = [
    "[省科技厅]参与而没写金额的",
    "[省科技厅]负责但没有写明金额的",
    "提到[人工智能]、没写金额的",
    "没写金额而且[省科技厅]参与的",
    "没写金额的[省科技厅]条款",
    "没有[!省科技厅]而且没写金额的",
    "[!省科技厅]没参与而且没写金额的",
    "没写金额、没有[!省科技厅]的",
    "没写金额也没提到[!人工智能]的",
    "measures of [省科技厅] that don't print a sum",
    "[省财政厅] measures with no printed sum",
    "没写金额的有哪些",
]
CLAUSES = [(c, False) for c in DENIALS] + [(c, True) for c in OF_MONEY]


@pytest.mark.parametrize(("marked", "is_of_money"), CLAUSES)
def test_a_denial_points_at_names(marked: str, is_of_money: bool) -> None:
    text, names, denied = read_marks(marked)
    pointed = nearest_to_denials(text, [(s.start, s.end) for s in names], is_of_money=is_of_money)
    assert {names[place].text for place in pointed} == denied


def test_without_names_nothing_is_pointed_at() -> None:
    assert nearest_to_denials("没写金额的有哪些", [], is_of_money=True) == frozenset()


def look_at(marked: str) -> list[tuple[str, bool, bool]]:
    """For each name the masked clause around it, whether a denial points at it, and whether it is left out."""
    text, names, denied = read_marks(marked)
    spans = [(s.start, s.end) for s in names]
    pointed = nearest_to_denials(text, spans, is_of_money="金额" in text)
    looks = []
    for place, (start, end) in enumerate(spans):
        before = mask_names(text[:start], [s for s in names if s.end <= start]).text
        after = [replace(s, start=s.start - end, end=s.end - end) for s in names if s.start >= end]
        look = f"{before}{CANDIDATE}{mask_names(text[end:], after).text}"
        looks.append((look, place in pointed, names[place].text in denied))
    return looks


LEAST_RIGHT = 100
"""Of the 110 names above. They are no examples: the reader learned from others."""


def test_the_reader_knows_what_is_left_out() -> None:
    reader = DeniedReader()
    looks = [look for marked, _ in CLAUSES for look in look_at(marked)]
    wrong = [clause for clause, is_pointed, is_out in looks if reader.is_denied(clause, is_pointed) is not is_out]
    assert len(looks) == 110
    assert len(looks) - len(wrong) >= LEAST_RIGHT, wrong


BEYOND_DENIALS = [
    # What no denial says, and what a denial says of something else.
    ("除了◆，还有哪些部门参与", False, True),
    ("除◆外还有谁负责", False, True),
    ("排除◆的条款", False, True),
    ("◆参与的条款", False, False),
    ("提到◆的有哪几条", False, False),
    ("◆有没有参与◇", False, False),
]


@pytest.mark.parametrize(("clause", "is_pointed", "is_left_out"), BEYOND_DENIALS)
def test_the_words_around_a_name_decide(clause: str, is_pointed: bool, is_left_out: bool) -> None:
    assert DeniedReader().is_denied(clause, is_pointed) is is_left_out


SIDES = [f"没有{CANDIDATE}的", f"measures without {CANDIDATE}", CANDIDATE, "", f"{'是' * 499}{CANDIDATE}"]


@pytest.mark.parametrize("clause", SIDES)
def test_both_sides_are_read_the_same_each_time(clause: str) -> None:
    sides = read_sides(clause, True)
    assert sides == read_sides(clause, True) == sorted(set(sides))
    assert sides and all(0 <= bucket < BUCKETS for bucket in sides)
    assert sides != read_sides(clause, False)


def test_weights_and_bias_make_the_decision(tmp_path: Path) -> None:
    weights = np.zeros(BUCKETS, dtype=np.float16)
    weights[read_sides(f"没有{CANDIDATE}的", True)] = 1
    np.savez_compressed(tmp_path / "denied.npz", weights=weights, bias=np.array(-5.0))
    reader = DeniedReader(tmp_path / "denied.npz")
    assert [reader.is_denied(f"{said}{CANDIDATE}的", True) for said in ("没有", "")] == [True, False]


WHOLE = [
    ("没有省财政厅的条款有哪些", [{"省财政厅"}]),
    ("您好，有省科技厅没有省财政厅的条款有哪些？", [set(), {"省财政厅"}]),
    ("省科技厅参与但省财政厅没参与的有哪几条", [{"省财政厅"}]),
    ("省科技厅和省财政厅都参与的有哪几条", [set()]),
    ("除省财政厅外还有哪些部门参与第九条", [{"省财政厅"}]),
    ("提到人工智能没提到孵化器的条款有哪些", [{"孵化器"}]),
    ("which measures are without 省财政厅", [{"省财政厅"}]),
    # It lists nothing.
    ("没有省财政厅的批准能申请吗", [set()]),
]


@pytest.mark.parametrize(("question", "left_out"), WHOLE)
def test_clauses_of_lists_leave_names_out(question: str, left_out: list[set[str]], assistant: Assistant) -> None:
    frame, _ = assistant.read(question)
    assert [{s.text for s in clause.left_out} for clause in frame.clauses] == left_out


@pytest.mark.parametrize(
    ("text", "name", "denies"),
    [
        ("不含财政局而且有具体金额的", "财政局", True),
        ("没有财政局、写了金额的", "财政局", True),
        ("财政局没写金额的", "财政局", False),
        ("没写金额、有财政局的", "财政局", False),
        ("没有财政局也没写金额的", "财政局", False),
        ("有财政局、写了金额的", "财政局", False),
    ],
)
def test_only_a_name_is_denied(text: str, name: str, denies: bool) -> None:
    start = text.find(name)
    assert denies_only_a_name(text, [(start, start + len(name))]) is denies
