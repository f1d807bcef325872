"""Facts, gaps, forbidden words and lists, as far as our own words say them."""

from typing import Any

import pytest

from evals.scoring import said
from evals.scoring.reply import read_reply
from tests.evals.answers import make_answer, make_case


@pytest.mark.parametrize(
    ("kind", "part", "share"),
    [
        ("sums", ("direct", "最高二百万元。"), 1.0),
        ("sums", ("correction", "不是300万元，最高200万元。"), 1.0),
        ("sums", ("table", "中试基地 | 200万元"), 1.0),
        ("sums", ("quote", "最高奖补200万元。"), 0.0),
        ("sums", ("missing", "200万元以外的，通知没有写明。"), 0.0),
        ("details", ("quote", "最高奖补200万元。"), 1.0),
    ],
)
def test_facts_are_said_in_our_own_words(kind: str, part: tuple[str, str], share: float) -> None:
    case = make_case(kind=kind, facts=[["200万元"]])
    assert said.score_facts(case, read_reply(make_answer(part))).value == share


def test_facts_may_stand_in_items_and_are_shown_by_quotations() -> None:
    case = make_case(facts=[["200万元"], ["年度", "每年"]])
    answer = make_answer(("quote", "年度最高奖补"), items=[{"text": "中试基地200万元", "citations": [1]}])
    assert said.score_facts(case, read_reply(answer)).reason == "没有说“年度”"
    assert said.score_facts_shown(case, read_reply(answer)).value == 1.0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("最高300万元。", 0.0),
        ("不是300万元，最高200万元。", 1.0),
        ("最高200万元。", 1.0),
        ("最高1300万元。", 1.0),
    ],
)
def test_forbidden_words_may_be_denied(text: str, value: float) -> None:
    case = make_case(forbidden=["300万元"])
    assert said.score_forbidden(case, read_reply(make_answer(("direct", text)))).value == value


@pytest.mark.parametrize(
    ("missing", "text", "value"),
    [
        (["deadline"], "申报截止时间，通知没有写明。", 1.0),
        (["deadline"], "申报材料，通知没有写明。", 0.0),
        (["sum", "deadline"], "金额，通知没有写明。截止时间，通知没有写明。", 1.0),
        (["sum", "deadline"], "金额，通知没有写明。", 0.5),
        (["sum"], "创新券给多少，原文没有提。", 1.0),
        (["sum"], "金额是200万元。", 0.0),
        (["colour"], "封面颜色，通知没有写明。", 1.0),
    ],
)
def test_what_is_missing_is_named(missing: list[str], text: str, value: float) -> None:
    case = make_case(question="创新券多少钱，封面颜色是什么？", missing=missing, answerable=False)
    assert said.score_missing(case, read_reply(make_answer(("missing", text)))).value == value


ITEMS = [{"text": "第（九）条 技术转移", "citations": [1]}, {"text": "第（十）条 企业孵化", "citations": [2]}]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, ""),
        ({"items": [ITEMS[0], {"text": "", "citations": [2]}]}, "清单第 2 项是空的"),
        ({"items": [ITEMS[0], {"text": "第（十）条", "citations": []}]}, "清单第 2 项没有引文"),
        ({"items": [ITEMS[0], ITEMS[0]]}, "清单里有重复的项"),
        ({"items": ITEMS[:1]}, "计数 2 与列出的 1 项不符"),
        ({"count": {"value": 2, "of": 16}, "direct": "16条中有3条。"}, "自己的话里没有计数 2"),
        ({"direct": "共2条。"}, "自己的话里没有总数 16"),
        ({"count": {"value": 2, "of": None}, "direct": "共2条。"}, ""),
    ],
)
def test_lists_are_whole(change: dict[str, Any], reason: str) -> None:
    fields = {"items": ITEMS, "count": {"value": 2, "of": 16}, **change}
    answer = make_answer(("direct", fields.pop("direct", "16条中有2条。")), **fields)
    assert said.score_list(make_case(), read_reply(answer)).reason == reason
