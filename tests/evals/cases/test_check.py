"""Golds are held against the notices: what cannot be is an error, what is strange a warning."""

from pathlib import Path
from typing import Any

import pytest

from evals.cases.case import PlacedCase
from evals.cases.check import Remark, check_cases
from evals.corpora import Library
from tests.evals.answers import make_case

GOOD = {"measures": [9], "facts": [["200万元"]]}


def check(library: Library, **fields: object) -> tuple[Remark, ...]:
    return check_cases([PlacedCase(make_case(**{**GOOD, **fields}), Path("a.jsonl"), 7)], library)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"notice_id": "nowhere", "measures": [], "facts": [["有"]]}, "没有编号为 nowhere 的通知"),
        ({"notice_ids": ["all", "nowhere"], "measures": [], "facts": [["有"]]}, "没有编号为 nowhere 的通知"),
        ({"forbidden": ["200万元"]}, "“200万元”既是事实又是禁语"),
        ({"facts": [["年度", "200万元"]], "forbidden": ["200万元"]}, "“200万元”既是事实又是禁语"),
        ({"status": ["not_stated"]}, "answerable 为 true，status 里却没有回答"),
        ({"answerable": False, "status": ["answered"]}, "answerable 为 false，却要求回答"),
    ],
)
def test_what_cannot_be_is_an_error(parsed: Library, fields: dict[str, Any], reason: str) -> None:
    assert [(r.reason, r.is_error) for r in check(parsed, **fields)] == [(reason, True)]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"measures": [17]}, "解析出的通知里没有第 17 条"),
        ({"clauses": ["9.9"]}, "解析出的通知里没有条款 9.9"),
        ({"notice_id": "gf-2018-39", "measures": [99], "facts": [["有"]]}, "解析出的通知里没有第 99 条"),
        ({"evidence": ["奖补900万元，且按季度发放"]}, "原文里没有“奖补900万元，且按季度发放”"),
        ({"facts": [["900万元"]]}, "原文没有印“900万元”"),
        ({"departments": ["省体育局"]}, "部门“省体育局”没有印在原文里"),
        ({"missing": ["colour"]}, "不认识的所缺 colour"),
        ({"forbiden": ["一次性"]}, "多余的字段 forbiden"),
        ({"facts": []}, "没有要求任何内容，什么回答都算对"),
    ],
)
def test_what_is_strange_is_a_warning(parsed: Library, fields: dict[str, Any], reason: str) -> None:
    assert [(r.reason, r.is_error) for r in check(parsed, **fields)] == [(reason, False)]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"clauses": ["3.9"], "departments": ["省科技厅"], "missing": ["deadline"]},
        {"notice_id": "gf-2018-39", "measures": [9], "facts": [["有"]]},
        {"notice_ids": ["all"], "measures": [], "facts": [["有"]]},
        # Line ends of the notice may fall within the words.
        {"evidence": ["年度最高奖补200万元", "关于支持科技服务业高质量发展的若干措施"]},
        # A sum that must be computed is printed nowhere.
        {"kind": "arithmetic", "facts": [["900万元"]]},
        {"facts": [["900万元", "200万"]]},
        {"status": ["needs_detail"]},
        {"answerable": False, "status": ["not_stated", "partly_answered"], "facts": []},
        {"answerable": None, "facts": []},
        {"facts": [], "verdict": "no"},
        {"facts": [], "exact": True},
    ],
)
def test_what_is_right_is_passed(parsed: Library, fields: dict[str, Any]) -> None:
    assert check(parsed, **fields) == ()


def test_a_remark_says_where_its_case_stands(parsed: Library) -> None:
    found = check(parsed, status=["not_stated"], measures=[17])
    assert [str(remark) for remark in found] == [
        "a.jsonl 第 7 行：错误：a：answerable 为 true，status 里却没有回答",
        "a.jsonl 第 7 行：提醒：a：解析出的通知里没有第 17 条",
    ]


def test_each_case_is_checked(parsed: Library) -> None:
    placed = [PlacedCase(make_case(id=str(n), **{**GOOD, "measures": [n]}), Path("a.jsonl"), n) for n in (16, 17, 18)]
    assert [remark.case.line for remark in check_cases(placed, parsed)] == [17, 18]
