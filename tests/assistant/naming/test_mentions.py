"""Words that a question asks to be looked up as they stand, and lists of the measures that print them or do not."""

import pytest

from assistant.ask import Assistant
from assistant.naming.mentions import find_mentioned

PRINTED = frozenset({"券", "绩效", "企业", "支持", "奖励", "数字化"})

MENTIONED = [
    ("哪些条款提到“券”", ["券"]),
    ("带“券”的有哪几种", ["券"]),
    ("提到绩效的有哪几条", ["绩效"]),
    ("哪几条提到了绩效", ["绩效"]),
    ("哪几条里出现了“数字化”这个词", ["数字化"]),
    ("文件里“支持”出现在哪几条", ["支持"]),
    # What is given is asked for, not the word.
    ("涉及奖励的措施", []),
    ("谁出现在的条款更多", []),
    ("哪些条款提到元宇宙", []),
    ("“企业”归谁管", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), MENTIONED)
def test_finds_printed_words_that_are_asked_after(text: str, expected: list[str]) -> None:
    found = find_mentioned(text, PRINTED.__contains__)
    assert [m.name for m in found] == expected
    assert [text[m.start : m.end] for m in found] == expected


LISTED = [
    ("提到绩效的有哪几条", {9, 10}),
    ("哪几条没提到企业", {3, 5, 7}),
    ("保险提到了几次", {11}),
]


@pytest.mark.parametrize(("question", "numbers"), LISTED)
def test_lists_exactly_the_measures_that_print_the_word(question: str, numbers: set[int], assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert {c.measure_number for c in answer.citations} == numbers
    assert answer.count is not None
    assert answer.count.value == len(numbers)


UNPRINTED = [
    ("哪几条提到养老金", "养老金"),
    ("哪些条款提到房地产", "房地产"),
    ("哪几条提到了“新能源汽车”", "新能源汽车"),
]


@pytest.mark.parametrize(("question", "word"), UNPRINTED)
def test_a_word_that_is_not_printed_lists_nothing(question: str, word: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.status.value, answer.items, answer.count) == ("not_stated", None, None)
    assert answer.text == f"通知没有提到“{word}”，对此没有作出规定。"
