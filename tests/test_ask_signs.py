"""A guess at a meaning, a route, a result or a date is believed only where a word shows it."""

import pytest

from assistant.ask_rules import mean
from assistant.ask_signs import lacks_sign
from assistant.query import Ask, AskReading, Query

LACKS = [
    (Ask.MEANING, "◇是什么意思", False),
    (Ask.MEANING, "what is ◇", False),
    (Ask.MEANING, "◇有多少", True),
    (Ask.ROUTE, "◇怎么申领", False),
    (Ask.ROUTE, "where do I APPLY for ◇", False),
    (Ask.ROUTE, "◇能给我们吗", True),
    (Ask.RESULT, "◇评上了谁", False),
    (Ask.RESULT, "who wins ◇", False),
    (Ask.RESULT, "◇有哪些要求", True),
    (Ask.VALIDITY, "◇管用到何时", False),
    (Ask.VALIDITY, "when does ◇ expire", False),
    (Ask.VALIDITY, "◇多久", True),
    # Other asks need no such word.
    (Ask.SUM, "◇", False),
    (Ask.DATE, "◇", False),
]


@pytest.mark.parametrize(("ask", "text", "lacks"), LACKS)
def test_a_guess_needs_a_word(ask: Ask, text: str, lacks: bool) -> None:
    assert lacks_sign(AskReading(ask, text, 0.9)) is lacks
    assert not lacks_sign(AskReading(ask, text, 0.9, is_cued=True))


@pytest.mark.parametrize("ask", [Ask.MEANING, Ask.ROUTE, Ask.RESULT, Ask.VALIDITY])
def test_without_it_the_ask_is_a_plain_one(ask: Ask) -> None:
    guess, shown = (AskReading(ask, "◇好不好", 0.9, is_cued=is_cued) for is_cued in (False, True))
    query = Query("专利池好不好", "专利池好不好", "zh")
    assert (mean(guess, query).ask, mean(shown, query).ask) == (Ask.DETAIL, ask)
