"""What the first line makes people believe."""

from typing import Any

import pytest

from evals.scoring.first_line import first_line, is_pointer, read_verdict, score_first_line
from evals.scoring.reply import read_reply
from tests.evals.answers import make_answer, make_case


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("是的，由省市场监管局牵头负责。", "yes"),
        ("有，但没写多少。", "yes"),
        ("可以，在常住地办理。", "yes"),
        ("Yes, up to RMB 2 million.", "yes"),
        ("不是，最高200万元。", "no"),
        ("不能同时享受。", "no"),
        ("第（六）条由省市场监管局负责，不是省科技厅。", "no"),
        ("No: it is one-off.", "no"),
        ("金额，通知没有写明。", "not_stated"),
        ("没有写明能不能申请。", "not_stated"),
        ("The notice does not state the deadline.", "not_stated"),
        ("对符合条件的企业最高给予500万元补助。", None),
        ("能源领域有两条。", None),
        ("年度最高奖补200万元。", None),
    ],
)
def test_verdict_of_a_sentence(sentence: str, said: str | None) -> None:
    assert read_verdict(sentence) == said


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("通知第（九）条“技术转移转化和推广服务”对此有规定：", True),
        ("第六条对此有规定。", True),
        ("The notice says on this:", True),
        ("可能与您有关的是第（十）条“企业孵化服务”、第（一）条“支持企业做大做强”：", True),
        ("第六条由省市场监管局牵头负责。", False),
        ("年度最高奖补200万元。", False),
        ("全文共16条。", False),
    ],
)
def test_pointer(text: str, points: bool) -> None:
    assert is_pointer(read_reply(make_answer(("direct", text)))) is points


def test_a_pointer_above_a_list_is_none() -> None:
    answer = make_answer(("direct", "有以下规定："), items=[{"text": "第（九）条 技术转移", "citations": []}])
    assert not is_pointer(read_reply(answer))


def test_first_line_is_the_first_of_our_own() -> None:
    answer = make_answer(("quote", "原句。"), ("departments", "省科技厅"), ("direct", "第一句。第二句。"))
    assert first_line(read_reply(answer)) == "第一句。"
    assert first_line(read_reply(make_answer(("quote", "原句。")))) == ""


SUM = {"facts": [["200万元"]], "question": "中试基地奖补有没有，多少？"}
JUDGED: list[tuple[str, dict[str, Any], dict[str, Any], bool]] = [
    ("plain answer", SUM, {"direct": "中试基地年度最高奖补200万元。"}, True),
    ("pointer", SUM, {"direct": "通知第九条对此有规定："}, False),
    ("pointer to who asks what a clause says", {**SUM, "kind": "details"}, {"direct": "通知第九条对此有规定："}, True),
    ("weather", SUM, {"direct": "今天天气很好。"}, False),
    ("nothing of our own", SUM, {"quote": "中试基地年度最高奖补200万元。"}, False),
    ("absence of what is printed", SUM, {"direct": "奖补金额，通知没有写明。"}, False),
    ("yes", {**SUM, "verdict": "yes"}, {"direct": "是的，中试基地最高200万元。"}, True),
    ("yes told by the value", {**SUM, "verdict": "yes"}, {"direct": "中试基地最高200万元。"}, True),
    ("no for yes", {**SUM, "verdict": "yes"}, {"direct": "不是，中试基地最高200万元。"}, False),
    ("no", {**SUM, "verdict": "no"}, {"direct": "不是，中试基地最高200万元。"}, True),
    ("no told by a correction", {**SUM, "verdict": "no"}, {"correction": "中试基地最高200万元。"}, True),
    ("yes for no", {**SUM, "verdict": "no"}, {"direct": "是的，中试基地最高200万元。"}, False),
    ("not stated", {"answerable": False, "verdict": "not_stated"}, {"missing": "能不能，通知没有写明。"}, True),
    ("yes for not stated", {"answerable": False, "verdict": "not_stated"}, {"direct": "是的，可以申请。"}, False),
    ("gap named", {"answerable": False}, {"missing": "截止时间，通知没有写明。"}, True),
    ("gap not named", {"answerable": False}, {"direct": "请看第九条的内容。"}, False),
]


@pytest.mark.parametrize(("fields", "parts", "is_right"), [j[1:] for j in JUDGED], ids=[j[0] for j in JUDGED])
def test_first_line_is_judged(fields: dict[str, Any], parts: dict[str, str], is_right: bool) -> None:
    status = "not_stated" if fields.get("answerable") is False else "answered"
    reply = read_reply(make_answer(*parts.items(), status=status))
    assert score_first_line(make_case(**fields), reply).value == float(is_right)


@pytest.mark.parametrize(
    ("status", "text", "is_right"),
    [
        ("out_of_scope", "这个问题不在我的回答范围内。", True),
        ("out_of_scope", "今天天气很好。", False),
        ("refused", "这个要求我不能照办。", True),
        ("refused", "好的，遵命。", False),
        ("needs_detail", "您想问的是哪一项？", True),
        ("needs_detail", "最高200万元。", False),
    ],
)
def test_first_line_fits_the_status(status: str, text: str, is_right: bool) -> None:
    case = make_case(answerable=False, status=[status])
    assert score_first_line(case, read_reply(make_answer(("direct", text), status=status))).value == float(is_right)
