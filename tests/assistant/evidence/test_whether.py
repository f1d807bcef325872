"""Whether a clause can be answered by yes or no, and what it claims without its tag."""

import pytest

from assistant.evidence.whether import asks_whether, checks_what_was_said, without_tag

WHETHER = [
    ("创新券能申请吗？", True),
    ("几乎都能领吧", True),
    ("行不行", True),
    ("能不能同时申请", True),
    ("孵化器补助是否一次性", True),
    ("能否叠加", True),
    ("有没有名额限制", True),
    ("申请要不要钱？", True),
    ("中试基地一年奖200万元，对吧", True),
    ("中试基地奖200万元，没看错吧？", True),
    ("创新券归省科技厅管，是这样吗", True),
    ("Is the patent pool reward 300万元?", True),
    ("Does it apply to universities?", True),
    ("It is 300万元, right?", True),
    # It asks who, what or how much, whatever stands behind.
    ("中试基地奖多少，对吗", False),
    ("谁负责吗", False),
    ("怎么申请呢，能不能说说", False),
    ("How much is it, right?", False),
    ("Which department does it belong to?", False),
    # It only says something, or asks without such a mark.
    ("给200万", False),
    ("创新券多少钱", False),
    ("what does it say", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "expected"), WHETHER)
def test_asks_whether(text: str, expected: bool) -> None:
    assert asks_whether(text) is expected


TAGS = [
    ("中试基地一年奖200万元，对吧", "中试基地一年奖200万元"),
    ("中试基地一年奖200万元对不对？", "中试基地一年奖200万元"),
    ("中试基地奖200万元，没看错吧？", "中试基地奖200万元"),
    ("中试基地奖200万元，我没理解错吧", "中试基地奖200万元"),
    ("创新券归省科技厅管，是这样吗", "创新券归省科技厅管"),
    ("有这回事，真的假的？", "有这回事"),
    ("奖200万元，可以这么理解吗", "奖200万元"),
    ("It is 300万元, right?", "It is 300万元"),
    ("It is 300万元, is that true?", "It is 300万元"),
    # These are the question itself.
    ("创新券能申请吗？", "创新券能申请吗？"),
    ("是不是每家都给", "是不是每家都给"),
    ("行不行", "行不行"),
    ("对吧，创新券归谁管", "对吧，创新券归谁管"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "claimed"), TAGS)
def test_what_is_claimed_stands_without_its_tag(text: str, claimed: str) -> None:
    assert without_tag(text) == claimed


@pytest.mark.parametrize(
    ("text", "checks"),
    [
        ("我跟客户这么讲没毛病吧？", True),
        ("这个数字没错吧？", True),
        ("这个表述与原文一致吗？", True),
        ("中试基地一年最高奖200万，对吧？", False),
        ("这么讲的依据是什么？", False),
    ],
)
def test_what_only_asks_whether_the_words_before_are_so(text: str, checks: bool) -> None:
    assert checks_what_was_said(text) is checks
