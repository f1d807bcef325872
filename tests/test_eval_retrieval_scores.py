"""Where the wanted measures stand among those found."""

from typing import Any

import pytest

from evals.context import Context
from evals.retrieval_scores import RETRIEVAL_SCORES
from tests.test_eval_scorers import CASE, answer, context, edit, scores_of, text

__all__ = ["answer", "context", "text"]  # fixtures


def matches(*measures: str) -> list[dict[str, Any]]:
    return [
        {"notice_id": "lkz-2025-128", "measure_id": m, "measure_number": int(m.rsplit(".")[-1]), "score": 1.0}
        for m in measures
    ]


FOUND = matches("3.9", "4.10", "2.4", "2.5", "2.6", "1.1")


@pytest.mark.parametrize(
    ("case", "values", "reason"),
    [
        ({"measures": [9]}, (1.0, 1.0, 1.0, 1.0, 1.0, 1.0), ""),
        ({"measures": [], "clauses": ["3.9"]}, (1.0, 1.0, 1.0, 1.0, 1.0, 1.0), ""),
        ({"measures": [4]}, (0.0, 1.0, 1.0, 0.333, 0.5, 1.0), "第 4 条排在第 3"),
        ({"measures": [1]}, (0.0, 0.0, 0.0, 0.167, 0.0, 0.0), "第 1 条排在第 6"),
        ({"measures": [9, 16]}, (0.5, 0.5, 0.5, 1.0, 0.613, 0.0), "第 9 条排在第 1、第 16 条没有找到"),
        ({"measures": [9], "notice_id": "another"}, (0.0, 0.0, 0.0, 0.0, 0.0, 0.0), "第 9 条没有找到"),
    ],
)
def test_ranks(
    answer: dict[str, Any], context: Context, case: dict[str, Any], values: tuple[float, ...], reason: str
) -> None:
    scores = scores_of({**CASE, **case}, {**answer, "matches": FOUND}, context)
    assert tuple(round(scores[name].value or 0.0, 3) for name in RETRIEVAL_SCORES) == values
    assert scores["recall_at_1"].reason == reason


@pytest.mark.parametrize(
    ("case", "changes"),
    [
        ({}, {"matches": None}),
        ({}, {"matches": FOUND, "items": [{"text": "一项", "citations": [1]}]}),
        ({"exact": True}, {"matches": FOUND}),
        ({"measures": []}, {"matches": FOUND}),
        ({"measures": [1, 2, 3, 4, 5, 6]}, {"matches": FOUND}),
    ],
    ids=["a service", "from the catalogue", "exact", "no gold", "more gold than is looked at"],
)
def test_does_not_apply(
    answer: dict[str, Any], context: Context, case: dict[str, Any], changes: dict[str, Any]
) -> None:
    scores = scores_of({**CASE, **case}, edit(answer, **changes), context)
    assert {scores[name].value for name in RETRIEVAL_SCORES} == {None}
