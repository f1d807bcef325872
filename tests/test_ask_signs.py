"""A guess at a meaning, a route, a result or a date is believed only where a word shows it."""

import pytest

from assistant.ask_rules import mean
from assistant.ask_signs import asks_figure, lacks_sign
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
    (Ask.QUANTITY, "◇要建多少个", False),
    (Ask.QUANTITY, "◇的试点是要扩大吗", True),
    (Ask.ADDRESS, "◇在哪儿", False),
    (Ask.ADDRESS, "◎在里面管哪一块", True),
    (Ask.FEE, "◇一次收多少", False),
    (Ask.FEE, "◇好不好", True),
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


FIGURES = ["年龄卡到多少", "要几年工作经验", "员工得有几个人才算", "占地得有多大", "how many years in business"]
NO_FIGURES = ["是哪几年的", "前几年那么火", "差距有多大", "给多少钱", "有几条措施", "归谁管"]


def test_tells_where_a_number_is_asked_for() -> None:
    assert [t for t in (*FIGURES, *NO_FIGURES) if asks_figure(t)] == FIGURES
