"""What the notice says is cut out of our own lines only where nothing of ours is lost."""

import pytest

from tests.fake_assistant import make_citation
from ui.answers.repeats import OwnWords, cut_repeats, end_without, is_among

_FIRST = "对省级概念验证中心按绩效评价给予一定支持"
_LAST = "对服务突出的省级中试基地，年度最高奖补200万元"

LINES = [
    (f"{_LAST}。", OwnWords("", "", (1,))),
    ("服务突出的省级中试基地，年度最高奖补200万元。", OwnWords("", "", (1,))),
    (f"是的，{_LAST}。", OwnWords("是的。", "", (1,))),
    (f"通知写的是：{_LAST}。", OwnWords("通知写的是：", "", (1,))),
    (f"《若干措施》：{_LAST}。", OwnWords("", "", (1,))),
    (f"金额最高的是200万元（上限）：{_LAST}（第（九）条）。", OwnWords("金额最高的是200万元（上限）：", "", (1,))),
    (
        f"2项相加是400万元：{_FIRST}；{_LAST}。合计通知没有写。",
        OwnWords("2项相加是400万元：", "合计通知没有写。", (1,)),
    ),
    (f"共2句，给的支持有：{_FIRST}；{_LAST}。原文如下：", OwnWords("共2句，给的支持有：", "", (1,))),
    (f"RMB 2.5 million a year. The notice says: “{_LAST}”.", OwnWords("RMB 2.5 million a year.", "", (1,))),
    (f"Article 9 says: “{_LAST}”.", OwnWords("Article 9 says:", "", (1,))),
    # Words of ours between those of the notice, and less than an item of it: the line stays whole.
    (f"先是{_FIRST}，然后又是{_LAST}。", OwnWords(f"先是{_FIRST}，然后又是{_LAST}。")),
    ("中试基地（年度最高奖补200万元）给得最多。", OwnWords("中试基地（年度最高奖补200万元）给得最多。")),
    ("写在第（九）条。", OwnWords("写在第（九）条。")),
    ("", OwnWords("")),
]


@pytest.mark.parametrize(("line", "own"), LINES)
def test_our_words_are_left(line: str, own: OwnWords) -> None:
    assert cut_repeats(line, [make_citation()]) == own


def test_marks_inside_a_sentence_are_no_quotation_of_it() -> None:
    quote = "建强用好“科融信”综合服务平台，全面推广“创新积分制”。"
    assert cut_repeats(f"通知写的是：{quote}", [make_citation(quote=quote)]) == OwnWords("通知写的是：", "", (1,))


@pytest.mark.parametrize(
    ("line", "ended"),
    [
        ("通知没有直接写这一点，最接近的是：", "通知没有直接写这一点。"),
        ("申报时间，通知没有写明。", "申报时间，通知没有写明。"),
        ("最接近的是：", "最接近的是："),
        ("It is not stated, but mentioned here:", "It is not stated."),
    ],
)
def test_a_lead_in_to_nothing_is_left_out(line: str, ended: str) -> None:
    assert end_without(line) == ended


@pytest.mark.parametrize(
    ("line", "is_there"),
    [("金额：最高给予50万元奖励。", True), ("最高给予50万元奖励。", True), ("最高给予60万元奖励。", False)],
)
def test_what_stands_there_is_found(line: str, is_there: bool) -> None:
    assert is_among(line, ["赛孵联动，最高给予50万元奖励"]) is is_there
