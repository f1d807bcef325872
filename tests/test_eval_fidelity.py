"""Planted falsehoods about sums and their qualifiers in our own words."""

from typing import Any

import pytest

from evals.context import Context, Library, make_context
from tests.test_eval_scorers import CASE, QUOTE, answer, cite, context, edit, part, scores_of, text

__all__ = ["answer", "context", "text"]  # fixtures

HATCHERY = "依据认定层级给予每家最高200万元一次性补助"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("服务突出的省级中试基地，年度最高奖补200万元。", ""),
        ("每年最多2,000,000元。", ""),
        ("Up to RMB 2 million (200万元) per year.", ""),
        ("年度最高奖补300万元。", "“300万元”不在所引分句里"),
        ("年度最高奖补20万元。", "“20万元”不在所引分句里"),
        ("年度最高奖补20%。", "“20%”不在所引分句里"),
        ("年度奖补200万元。", "“200万元”少了“最高”"),
        ("最高奖补200万元。", "“200万元”少了“年度”"),
        ("奖补200万元。", "“200万元”少了“最高”、“200万元”少了“年度”"),
        ("年度不低于200万元，最高也是。", "“200万元”多了“最低”"),
        ("年度奖补，最高一次性200万元。", "“200万元”多了“一次性”"),
        ("年度奖补，最高200万元，两年最高400万元。", "“400万元”不在所引分句里"),
    ],
)
def test_sum_in_our_own_words(answer: dict[str, Any], context: Context, said: str, reason: str) -> None:
    score = scores_of(CASE, edit(answer, parts__0__text=said), context)["figures_faithful"]
    assert (score.value, score.reason) == (0.0 if reason else 1.0, reason)


@pytest.mark.parametrize(
    ("kind", "said", "value"),
    [
        ("correction", "不是300万元：年度最高奖补200万元。", 1.0),
        ("correction", "No, not RMB 3 million: 年度最高奖补200万元。", 1.0),
        ("correction", "不是400万元：年度最高奖补200万元。", 0.0),
        ("direct", "是的，300万元。", 0.0),
        ("missing", "300万元的申报时间，通知没有写明。", None),
        ("missing", "400万元的申报时间，通知没有写明。", 0.0),
    ],
)
def test_sum_of_the_user_may_be_denied(
    answer: dict[str, Any], context: Context, kind: str, said: str, value: float | None
) -> None:
    case = {**CASE, "question": "中试基地奖300万元对吗？"}
    assert scores_of(case, edit(answer, parts__0=part(kind, said, 1)), context)["figures_faithful"].value == value


def test_sum_of_another_clause_of_the_sentence_is_found_out(text: str, context: Context) -> None:
    """The cited words decide, not the sentence around them."""
    own = "对省级概念验证中心按绩效评价给予一定支持"
    said = {"status": "answered", "answer": "", "parts": [part("direct", "概念验证中心年度最高200万元。", 1)]}
    said["citations"] = [cite(1, text, own, "3.9")]
    assert scores_of(CASE, said, context)["figures_faithful"].value == 0.0


def test_items_of_a_list_are_claims(text: str, context: Context) -> None:
    listing: dict[str, Any] = {
        "status": "answered",
        "answer": "",
        "parts": [part("direct", "共2项。", 1, 2)],
        "citations": [cite(1, text, QUOTE, "3.9"), cite(2, text, HATCHERY, "4.10")],
        "items": [
            {"text": "中试基地：年度最高200万元", "citations": [1]},
            {"text": "孵化器：每家最高200万元", "citations": [2]},
        ],
    }
    score = scores_of(CASE, listing, context)["figures_faithful"]
    assert (score.value, score.reason) == (0.0, "“200万元”少了“一次性”")
    right = edit(listing, items__1__text="孵化器：每家最高200万元，一次性补助")
    assert scores_of(CASE, right, context)["figures_faithful"].value == 1.0


def test_qualifier_may_stand_in_another_part_on_the_same_item(answer: dict[str, Any], context: Context) -> None:
    both = [part("direct", "上限是200万元：", 1), part("direct", QUOTE, 1)]
    assert scores_of(CASE, edit(answer, parts=both), context)["figures_faithful"].value == 1.0


def test_answer_without_sums_is_not_scored(answer: dict[str, Any], context: Context) -> None:
    assert scores_of(CASE, edit(answer, parts__0__text="有奖补。"), context)["figures_faithful"].value is None


def test_without_the_notice_the_quotation_is_the_item(answer: dict[str, Any], text: str) -> None:
    bare = make_context({"lkz-2025-128": text}, Library((), {}))
    assert scores_of(CASE, answer, bare)["figures_faithful"].value == 1.0
    wrong = edit(answer, parts__0__text="年度最高奖补300万元。")
    assert scores_of(CASE, wrong, bare)["figures_faithful"].value == 0.0


def test_unfaithful_sum_makes_an_answer_wrong(answer: dict[str, Any], context: Context) -> None:
    scores = scores_of({**CASE, "forbidden": []}, edit(answer, parts__0__text="年度最高奖补300万元。"), context)
    assert (scores["strictly_right"].value, scores["partly_right"].value) == (0.0, 0.0)
    assert scores["strictly_right"].reason == "“300万元”不在所引分句里"
