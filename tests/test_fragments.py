"""A question is cut into clauses that can each hold an ask, with the subjects each is about."""

import pytest

from assistant.fragments import cut_fragments
from assistant.query import Subject, SubjectKind

BASE = Subject(SubjectKind.TERM, "中试基地", 0, 4)
VOUCHER = Subject(SubjectKind.TERM, "创新券", 0, 3)

CUTS = [
    ("◇多少钱", ["◇多少钱"]),
    ("◇多少钱？什么时候申报？", ["◇多少钱", "什么时候申报"]),
    ("◇多少钱，谁负责", ["◇多少钱", "谁负责"]),
    ("◇多少钱以及谁负责", ["◇多少钱", "谁负责"]),
    ("◇多少钱，另外怎么申请", ["◇多少钱", "怎么申请"]),
    ("◇多少钱和谁负责", ["◇多少钱", "谁负责"]),
    ("几章、几条", ["几章、几条"]),
    ("◇的条件、金额", ["◇的条件", "金额"]),
    ("◇给¤，对吗", ["◇给¤，对吗"]),
    ("◇是№管的，是不是", ["◇是№管的，是不是"]),
    ("how much and who is responsible", ["how much", "who is responsible"]),
    ("research and development", ["research and development"]),
    ("“◇”", ["◇"]),
    ("，，◇，，", ["◇"]),
    ("还有呢", ["还有呢"]),
    ("能同时享受◇吗", ["能同时享受◇吗"]),
]


@pytest.mark.parametrize(("masked", "texts"), CUTS)
def test_cuts(masked: str, texts: list[str]) -> None:
    assert [f.text for f in cut_fragments(masked, [BASE] * masked.count("◇"))] == texts


def test_subjects_stay_with_their_clauses() -> None:
    found = cut_fragments("◇多少钱，谁负责？◇呢", [BASE, VOUCHER])
    assert [f.subjects for f in found] == [(BASE,), (BASE,), (VOUCHER,)]


def test_a_clause_before_any_name_has_none() -> None:
    found = cut_fragments("我想问一下，◇多少钱", [BASE])
    assert [f.subjects for f in found] == [(), (BASE,)]


@pytest.mark.parametrize("masked", ["", "？", "，，，", "“”"])
def test_there_is_always_one(masked: str) -> None:
    assert [f.text for f in cut_fragments(masked, ())] == [masked]
