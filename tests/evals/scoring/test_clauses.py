"""What is cited: wanted clauses, evidence outside them, nothing surplus, true quotations, responsible departments."""

from typing import Any

import pytest

from evals.context import Context
from evals.scoring import clauses
from evals.scoring.reply import read_reply
from tests.evals.answers import HATCHERY, HOME, PILOT, POOL, cite, make_answer, make_case

SHARED = "省科技厅、省工业和信息化厅、省财政厅（按职责分工负责）"


def test_wanted_clauses_are_cited(context: Context) -> None:
    reply = read_reply(make_answer(("direct", "最高200万元。"), citations=[cite(context, 1, PILOT)]))
    assert clauses.score_clauses(make_case(measures=[9]), reply, context).value == 1.0
    assert clauses.score_clauses(make_case(clauses=["3.9"]), reply, context).value == 1.0
    assert clauses.score_clauses(make_case(measures=[9, 10]), reply, context).reason == "没有引用第 10 条"
    assert clauses.score_clauses(make_case(measures=[9], notice_id="gf-2018-39"), reply, context).value == 0.0


def test_evidence_is_covered_wherever_it_stands(context: Context) -> None:
    number = cite(context, 1, "鲁科字〔2025〕128号", kind="number")
    reply = read_reply(make_answer(("direct", "文号是鲁科字〔2025〕128号。"), citations=[number]))
    assert clauses.score_clauses(make_case(evidence=["鲁科字〔2025〕128号"]), reply, context).value == 1.0
    assert clauses.score_clauses(make_case(evidence=["年度最高奖补200万元"]), reply, context).value == 0.0


def test_exact_and_surplus(context: Context) -> None:
    two = [cite(context, 1, PILOT), cite(context, 2, HATCHERY)]
    reply = read_reply(make_answer(("direct", "都是最高200万元。"), citations=two))
    gold = {"measures": [9], "facts": [["200万元"]]}
    assert clauses.score_exact(make_case(**gold, exact=True), reply).reason == "多第 10 条"
    assert clauses.score_surplus(make_case(**gold), reply).reason == "多引第 10 条"
    assert clauses.score_surplus(make_case(**gold, may_cite=[10]), reply).value == 1.0
    assert clauses.score_surplus(make_case(**gold, kind="stories"), reply).value is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, ""),
        ({"quote": PILOT + "等"}, "不一致"),
        ({"start": 0}, "不一致"),
        ({"measure_id": "4.10"}, "不在所标的条款"),
        ({"notice_id": "nowhere"}, "不存在的通知"),
    ],
)
def test_quotations_are_true(context: Context, change: dict[str, Any], reason: str) -> None:
    answer = make_answer(("direct", "最高200万元。"), citations=[{**cite(context, 1, PILOT), **change}])
    assert reason in clauses.score_citations(read_reply(answer), context).reason


def test_marks_lead_to_citations_and_quotations_stand_in_them(context: Context) -> None:
    answer = make_answer(("quote", POOL), citations=[cite(context, 1, PILOT)])
    assert "不在所标引文之内" in clauses.score_citations(read_reply(answer), context).reason
    answer = make_answer(("direct", "有。"), items=[{"text": "一项", "citations": [7]}])
    assert "角标 [7]" in clauses.score_citations(read_reply(answer), context).reason


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (("departments", SHARED), ""),
        (("direct", "由省科技厅、省工信厅、省财政厅按职责分工负责。"), ""),
        (("departments", "省科技厅、省财政厅"), "缺少部门 省工业和信息化厅"),
        (("departments", f"{SHARED}、省教育厅"), "多出部门 省教育厅"),
    ],
)
def test_departments(context: Context, part: tuple[str, str], reason: str) -> None:
    case = make_case(departments=["省科技厅", "省工业和信息化厅", "省财政厅"])
    assert clauses.score_departments(case, read_reply(make_answer(part)), context).reason == reason


@pytest.mark.parametrize(
    ("role", "text", "printed", "is_right"),
    [
        ("lead", "由省市场监管局牵头负责。", "牵头负责", True),
        ("lead", "由省市场监管局负责。", "牵头负责", False),
        ("shared", "按职责分工负责。", "按职责分工负责", True),
        ("shared", "由省科技厅牵头，其余按职责分工负责。", "牵头负责", False),
    ],
)
def test_role(role: str, text: str, printed: str, is_right: bool) -> None:
    owner = {"notice_id": HOME, "measure_id": "2.6", "measure_number": 6, "role": printed, "departments": ["省科技厅"]}
    reply = read_reply(make_answer(("direct", text), responsibilities=[owner]))
    assert clauses.score_role(make_case(role=role, measures=[6]), reply).value == float(is_right)
