"""The step at which an answer went wrong is found by what the steps left behind."""

from typing import Any

import pytest

from evals.case import Case
from evals.context import Context
from evals.failing import Failure, Step, find_failure
from evals.run import Outcome
from evals.verdict import score_answer, score_failure
from tests.test_eval_scorers import CASE, answer, cite, context, edit, part, text

__all__ = ["answer", "context", "text"]  # fixtures


def judge(case: dict[str, Any], answer: dict[str, Any], context: Context) -> Failure:
    read = Case.model_validate(case)
    outcome = Outcome(read, answer, score_answer(read, answer, context), 1.0)
    assert not outcome.is_right
    return find_failure(outcome)


def find(*numbers: int) -> list[dict[str, Any]]:
    return [{"notice_id": "n", "measure_id": f"1.{n}", "measure_number": n} for n in numbers]


NO_CLAUSES = {"citations__0__measure_number": None, "citations__1__measure_number": None}
SILENT = {"parts__0__text": "有奖补", "parts__1__text": "对服务突出的省级中试基地"}


@pytest.mark.parametrize(
    ("changes", "added", "failure"),
    [
        (
            {"status": "out_of_scope", "parts": [], "citations": []},
            {},
            Failure(Step.UNDERSTAND, "当作范围以外的问题，没有用到第 9 条", True),
        ),
        (
            {"status": "partly_answered"},
            {},
            Failure(Step.COMPOSE, "应引、应写的都有，结论却定成 partly_answered", False),
        ),
        (
            {"status": "not_stated", **SILENT, "parts__3": part("missing", "金额，通知没有写明。")},
            {},
            Failure(Step.UNDERSTAND, "所问认错：答的是“金额，通知没有写明。”", False),
        ),
        (NO_CLAUSES, {}, Failure(Step.RETRIEVE, "没有引用第 9 条", False)),
        (NO_CLAUSES, {"matches": find(1, 2)}, Failure(Step.RETRIEVE, "找到的条款里没有第 9 条", True)),
        (
            NO_CLAUSES,
            {"matches": find(1, 2, 3, 4, 5, 9)},
            Failure(Step.RETRIEVE, "找到的条款里第 9 条排第 6", True),
        ),
        (
            NO_CLAUSES,
            {"matches": find(1, 9)},
            Failure(Step.COMPOSE, "找到的条款里第 9 条排第 2，却没有用上", True),
        ),
        (SILENT, {}, Failure(Step.COMPOSE, "缺“200万元”、“年度”：引到的句子里有，回答没有写", True)),
        (
            SILENT,
            {"dropped": [{"part": "年度最高奖补200万元。", "reason": "限定语不符"}]},
            Failure(Step.VERIFY, "写出的“年度最高奖补200万元。”被去掉了：限定语不符", True),
        ),
        (
            {"parts__1__citations": []},
            {},
            Failure(
                Step.VERIFY,
                "不实的内容通过了核对：引用“对省级概念验证中心按绩效评价给予一定支持…”不在所标引文之内",
                True,
            ),
        ),
        (
            {"parts__2__text": "省科技厅"},
            {},
            Failure(Step.COMPOSE, "缺少部门 省工业和信息化厅、缺少部门 省财政厅", True),
        ),
    ],
)
def test_step_is_found(
    answer: dict[str, Any], context: Context, changes: dict[str, Any], added: dict[str, Any], failure: Failure
) -> None:
    assert judge(CASE, {**edit(answer, **changes), **added}, context) == failure


def test_answer_to_the_unanswerable_was_misread(answer: dict[str, Any], context: Context) -> None:
    case = {**CASE, "answerable": False, "status": [], "facts": [], "departments": []}
    assert judge(case, answer, context) == Failure(Step.UNDERSTAND, "所问或所指认错：给了不该有的回答", False)


def test_wrong_list_was_misread(answer: dict[str, Any], text: str, context: Context) -> None:
    case = {**CASE, "measures": [9, 10], "exact": True, "facts": [], "departments": []}
    listing = {**answer, "items": [{"text": "（九）", "citations": [1]}]}
    assert judge(case, listing, context).step is Step.UNDERSTAND
    more = {**listing, "citations": [*answer["citations"], cite(3, text, "（十）企业孵化服务。", "4.10", "heading")]}
    failure = judge({**case, "measures": [9]}, more, context)
    assert failure == Failure(Step.UNDERSTAND, "清单出自完整的目录，范围却认错了：多第 10 条", False)


def test_no_answer_is_no_step() -> None:
    outcome = Outcome(Case.model_validate(CASE), None, score_failure("没有得到回答：坏了"), 1.0)
    assert str(find_failure(outcome)) == "run（没有回答）：没有得到回答：坏了"
