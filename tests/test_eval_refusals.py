"""What cannot be answered and is, what can be and is not, and where people are sent."""

from typing import Any

import pytest

from evals.context import Context
from tests.test_eval_scorers import CASE, answer, context, edit, part, scores_of, text

__all__ = ["answer", "context", "text"]  # fixtures

NAMES = ("unanswerable_recognised", "answerable_answered", "refusal_justified")
OPEN: dict[str, Any] = {**CASE, "status": [], "facts": [], "forbidden": [], "departments": []}


@pytest.mark.parametrize(
    ("answerable", "allowed", "status", "values"),
    [
        (True, [], "answered", (None, 1.0, None)),
        (True, [], "partly_answered", (None, 1.0, None)),
        (True, [], "not_stated", (None, 0.0, 0.0)),
        (True, [], "out_of_scope", (None, 0.0, 0.0)),
        (True, ["answered", "needs_detail"], "needs_detail", (None, 1.0, 1.0)),
        (False, [], "not_stated", (1.0, None, 1.0)),
        (False, ["out_of_scope"], "not_stated", (1.0, None, 1.0)),
        (False, [], "refused", (1.0, None, 1.0)),
        (False, ["needs_detail"], "needs_detail", (1.0, None, 1.0)),
        (False, [], "answered", (0.0, None, None)),
        (False, [], "partly_answered", (0.0, None, None)),
        (False, ["not_stated", "partly_answered"], "partly_answered", (1.0, None, None)),
        ("partly", [], "partly_answered", (None, None, None)),
        ("partly", [], "not_stated", (None, None, 0.0)),
        (None, [], "refused", (None, None, None)),
    ],
)
def test_refusals(
    answer: dict[str, Any],
    context: Context,
    answerable: bool | str | None,
    allowed: list[str],
    status: str,
    values: tuple[float | None, ...],
) -> None:
    case = {**OPEN, "answerable": answerable, "status": allowed}
    scores = scores_of(case, edit(answer, status=status), context)
    assert tuple(scores[name].value for name in NAMES) == values


HALF = {**OPEN, "answerable": "partly", "facts": [["200万元"]]}
GAP = part("missing", "申报时间，通知没有写明。")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"status": "answered"}, "结论为 answered"),
        ({"status": "not_stated"}, "结论为 not_stated"),
        ({"parts__4": part("note", "还有别的。")}, "没有说明缺什么"),
        ({"parts__0__text": "有奖补。", "parts__1__text": "奖补"}, "缺少“200万元”"),
    ],
)
def test_half_stated(answer: dict[str, Any], context: Context, changes: dict[str, Any], reason: str) -> None:
    half = edit(answer, status="partly_answered", parts=[*answer["parts"], GAP])
    score = scores_of(HALF, edit(half, **changes), context)["half_stated_right"]
    assert (score.value, score.reason) == (0.0 if reason else 1.0, reason)
    assert scores_of(CASE, half, context)["half_stated_right"].value is None


OWNERS = ["省科技厅", "省工业和信息化厅", "省财政厅"]


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        (OWNERS, ""),
        (OWNERS[:2], "没有指明可问 省财政厅"),
        ([*OWNERS, "省教育厅"], "误指 省教育厅"),
        ([], "没有指明可问 省工业和信息化厅、没有指明可问 省科技厅、没有指明可问 省财政厅"),
    ],
)
def test_departments_to_ask(answer: dict[str, Any], context: Context, named: list[str], reason: str) -> None:
    case = {**OPEN, "answerable": False}
    said = edit(answer, status="not_stated", responsibilities__0__departments=named)
    score = scores_of(case, said, context)["redirected_right"]
    assert (score.value, score.reason) == (0.0 if reason else 1.0, reason)


@pytest.mark.parametrize(
    ("case", "status", "value"),
    [
        ({"answerable": False, "status": ["out_of_scope"]}, "out_of_scope", 1.0),
        ({"answerable": False, "status": ["out_of_scope"]}, "not_stated", 0.0),
        ({"answerable": False, "status": ["refused", "out_of_scope"]}, "answered", 0.0),
        ({"answerable": False, "measures": []}, "not_stated", None),
        ({"answerable": False}, "answered", None),
        ({"answerable": True}, "not_stated", None),
    ],
)
def test_where_people_are_sent(
    answer: dict[str, Any], context: Context, case: dict[str, Any], status: str, value: float | None
) -> None:
    assert scores_of({**OPEN, **case}, edit(answer, status=status), context)["redirected_right"].value == value
