"""Planted falsehoods: every scorer sees what it is there to see, and nothing else."""

from copy import deepcopy
from typing import Any

import pytest

from evals.case import Case
from evals.context import Context, Library, make_context
from evals.reply import BadReply, read_reply
from evals.score import Score
from evals.verdict import score_answer
from ingest.publish import Source

QUOTE = "对省级概念验证中心按绩效评价给予一定支持；对服务突出的省级中试基地，年度最高奖补200万元。"
OWNERS = "省科技厅、省工业和信息化厅、省财政厅"

CASE = {
    "id": "x",
    "kind": "sums",
    "question": "中试基地一年奖多少？归谁管？",
    "answerable": True,
    "status": ["answered"],
    "measures": [9],
    "facts": [["200万元"], ["年度"]],
    "departments": OWNERS.split("、"),
    "forbidden": ["一次性", "500万元"],
}


@pytest.fixture(scope="module")
def text(seed: Source) -> str:
    return seed.text


@pytest.fixture(scope="module")
def context(seed: Source) -> Context:
    texts = {seed.notice.id: seed.text}
    return make_context(texts, Library((seed.notice,), texts))


def cite(number: int, text: str, quote: str, measure: str, kind: str = "sentence") -> dict[str, Any]:
    """A citation of words that stand in the text."""
    start = text.index(quote)
    return {
        "number": number,
        "kind": kind,
        "notice_id": "lkz-2025-128",
        "measure_id": measure,
        "measure_number": int(measure.rsplit(".")[-1]) if measure else None,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
    }


def part(kind: str, text: str, *citations: int) -> dict[str, Any]:
    return {"kind": kind, "text": text, "citations": list(citations)}


@pytest.fixture
def answer(text: str) -> dict[str, Any]:
    """A right answer to CASE."""
    return {
        "status": "answered",
        "answer": "服务突出的省级中试基地，年度最高奖补200万元。[1]",
        "parts": [
            part("direct", "服务突出的省级中试基地，年度最高奖补200万元。", 1),
            part("quote", QUOTE, 1),
            part("departments", f"{OWNERS}（按职责分工负责）", 2),
            part("source", "鲁科字〔2025〕128号 第（九）条"),
        ],
        "citations": [
            cite(1, text, QUOTE, "3.9"),
            cite(2, text, f"（{OWNERS}按职责分工负责）", "3.9", "responsibility"),
        ],
        "responsibilities": [
            {"measure_id": "3.9", "measure_number": 9, "role": "按职责分工负责", "departments": OWNERS.split("、")}
        ],
        "items": None,
        "count": None,
        "timings_ms": {"total": 1.0},
    }


def scores_of(case: dict[str, Any], answer: dict[str, Any], context: Context) -> dict[str, Score]:
    return {s.name: s for s in score_answer(Case.model_validate(case), answer, context)}


def edit(value: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A deep copy with fields replaced; `parts__0__text` reaches inside."""
    copy = deepcopy(value)
    for path, new in changes.items():
        *steps, last = [int(s) if s.isdigit() else s for s in path.split("__")]
        target: Any = copy
        for step in steps:
            target = target[step]
        target[last] = new
    return copy


def test_right_answer_is_right_in_every_score(answer: dict[str, Any], context: Context) -> None:
    scores = scores_of(CASE, answer, context)
    assert {name: s.value for name, s in scores.items() if s.value is not None} == {
        "strictly_right": 1.0,
        "partly_right": 1.0,
        "status_right": 1.0,
        "facts_recalled": 1.0,
        "clauses_cited": 1.0,
        "clause_precision": 1.0,
        "clause_f1": 1.0,
        "departments_right": 1.0,
        "nothing_forbidden": 1.0,
        "citations_valid": 1.0,
        "figures_faithful": 1.0,
        "answerable_answered": 1.0,
        "length": 27.0,
    }
    assert {s.reason for s in scores.values()} == {""}


FALSEHOODS: list[tuple[dict[str, Any], str, float, str]] = [
    ({"status": "not_stated"}, "status_right", 0.0, "结论应为 answered，实为 not_stated"),
    ({"parts__0__text": "最高奖补。", "parts__1__text": "奖补"}, "facts_recalled", 0.0, "缺少“200万元”、缺少“年度”"),
    ({"parts__0__text": "按1200万元奖补。", "parts__1__text": "年度"}, "facts_recalled", 0.5, "缺少“200万元”"),
    ({"citations__0__kind": "title", "citations__1__kind": "number"}, "clauses_cited", 0.0, "没有引用第 9 条"),
    ({"citations__0__measure_number": 10}, "clause_precision", 0.5, "多引第 10 条"),
    ({"parts__2__text": "省科技厅、省工业和信息化厅负责"}, "departments_right", 0.0, "缺少部门 省财政厅"),
    ({"parts__2__text": f"{OWNERS}、省商务厅"}, "departments_right", 0.0, "多出部门 省商务厅"),
    ({"parts__0__text": "由省教育厅奖200万元。"}, "departments_right", 0.0, "多出部门 省教育厅"),
    ({"parts__0__text": "一次性给予200万元。"}, "nothing_forbidden", 0.0, "不应说“一次性”"),
    ({"parts__0__text": "最高五百万元。"}, "nothing_forbidden", 0.0, "不应说“500万元”"),
    ({"parts__3__kind": "note", "parts__3__text": "另有5,000,000元"}, "nothing_forbidden", 0.0, "不应说“500万元”"),
    ({"citations__0__quote": "年度最高奖补300万元。"}, "citations_valid", 0.0, "与原文"),
    ({"citations__0__quote": ""}, "citations_valid", 0.0, "与原文"),
    ({"citations__0__start": 0}, "citations_valid", 0.0, "与原文"),
    ({"citations__0__notice_id": "other"}, "citations_valid", 0.0, "引文 [1] 指向不存在的通知 other"),
    ({"citations__0__measure_id": "4.10"}, "citations_valid", 0.0, "引文 [1] 不在所标的条款 4.10 内"),
    ({"citations__0__measure_id": "9.9"}, "citations_valid", 0.0, "引文 [1] 不在所标的条款 9.9 内"),
    ({"parts__1__text": QUOTE.replace("200", "300")}, "citations_valid", 0.0, "不在所标引文之内"),
    ({"parts__1__citations": []}, "citations_valid", 0.0, "不在所标引文之内"),
    ({"parts__0__citations": [7]}, "citations_valid", 0.0, "角标 [7] 没有对应的引文"),
]


@pytest.mark.parametrize(("changes", "name", "value", "reason"), FALSEHOODS, ids=[str(f[0]) for f in FALSEHOODS])
def test_falsehood_is_seen(
    answer: dict[str, Any], context: Context, changes: dict[str, Any], name: str, value: float, reason: str
) -> None:
    score = scores_of(CASE, edit(answer, **changes), context)[name]
    assert (score.value, reason in score.reason) == (value, True), score


STRICT = [f for f in FALSEHOODS if f[1] != "clause_precision"]


@pytest.mark.parametrize(("changes", "name", "value", "reason"), STRICT, ids=[str(f[0]) for f in STRICT])
def test_falsehood_is_not_strictly_right(
    answer: dict[str, Any], context: Context, changes: dict[str, Any], name: str, value: float, reason: str
) -> None:
    verdict = scores_of(CASE, edit(answer, **changes), context)["strictly_right"]
    assert (verdict.value, reason in verdict.reason) == (0.0, True), verdict


HARMLESS: list[dict[str, Any]] = [
    {"parts__0__text": "最高二百万元，按年度奖补。"},
    {"parts__2__text": "科技厅、工信厅、财政厅"},
    {
        "parts__2__text": "Provincial Department of Science and Technology, 省工业和信息化厅, Provincial Department of Finance"
    },
    {"parts__1__text": "对服务突出的省级中试基地，年度最高奖补200万元。"},
    {"parts__3__text": "不是一次性，是500万元"},
    {"citations__0__measure_id": "3.9", "citations__0__kind": "heading"},
]


@pytest.mark.parametrize("changes", HARMLESS, ids=str)
def test_other_wording_is_right(answer: dict[str, Any], context: Context, changes: dict[str, Any]) -> None:
    verdict = scores_of(CASE, edit(answer, **changes), context)["strictly_right"]
    assert verdict.value == 1.0, verdict


def test_body_of_a_cited_sentence_is_no_responsible_department(text: str, context: Context) -> None:
    quote = "对获得工业和信息化部认定的部级孵化器，依据认定层级给予每家最高200万元一次性补助"
    told = {
        "status": "answered",
        "answer": "",
        "parts": [part("direct", f"{quote}。", 1), part("departments", "省教育厅、省科技厅、省财政厅", 2)],
        "citations": [
            cite(1, text, quote, "4.10"),
            cite(2, text, "（省教育厅、省科技厅、省财政厅按职责分工负责）", "4.10"),
        ],
    }
    case = {**CASE, "measures": [10], "facts": [], "forbidden": [], "departments": ["省教育厅", "省科技厅", "省财政厅"]}
    assert scores_of(case, told, context)["departments_right"].value == 1.0
    case["departments"] = ["省教育厅", "省科技厅"]
    assert scores_of(case, told, context)["departments_right"].reason == "多出部门 省财政厅"


@pytest.mark.parametrize(
    ("answerable", "listed", "status", "value"),
    [
        (True, [], "answered", 1.0),
        (True, [], "partly_answered", 0.0),
        (True, ["not_stated"], "not_stated", 1.0),
        (False, [], "not_stated", 1.0),
        (False, [], "out_of_scope", 1.0),
        (False, [], "refused", 1.0),
        (False, [], "needs_detail", 0.0),
        (False, ["needs_detail"], "needs_detail", 1.0),
        ("partly", [], "partly_answered", 1.0),
        ("partly", [], "answered", 0.0),
        (None, [], "answered", None),
        (None, ["refused"], "answered", None),
    ],
)
def test_status(
    answer: dict[str, Any], context: Context, answerable: object, listed: list[str], status: str, value: float | None
) -> None:
    case = {**CASE, "answerable": answerable, "status": listed}
    assert scores_of(case, {**answer, "status": status}, context)["status_right"].value == value


@pytest.mark.parametrize(
    ("role", "facts", "value"),
    [
        ("按职责分工负责", [["按职责分工负责"]], 1.0),
        ("牵头负责", [["按职责分工负责"]], 0.0),
        ("按职责分工负责", [["牵头"]], 0.0),
        ("按职责分工负责", [["200万元"]], None),
    ],
)
def test_role(answer: dict[str, Any], context: Context, role: str, facts: list[list[str]], value: float | None) -> None:
    changed = edit(answer, responsibilities__0__role=role)
    assert scores_of({**CASE, "facts": facts}, changed, context)["role_right"].value == value


def test_measures_by_id_and_by_notice(answer: dict[str, Any], context: Context) -> None:
    by_id = {**CASE, "clauses": ["3.9"]}
    assert scores_of(by_id, answer, context)["clauses_cited"].value == 1.0
    assert scores_of({**by_id, "clauses": ["2.9"]}, answer, context)["clauses_cited"].reason == "没有引用第 2.9 条"
    assert scores_of({**CASE, "notice_id": "other"}, answer, context)["clauses_cited"].value == 0.0


def test_reply_of_another_form_is_refused(answer: dict[str, Any]) -> None:
    with pytest.raises(BadReply, match=r"status、parts\.0\.kind"):
        read_reply(edit(answer, status="ok", parts__0__kind="text"))
