"""Combinations of conditions, asked in words: what is listed must be exactly what the raw text says."""

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from corpus.store import Corpus
from tests.assistant.listing.gold import Measure, Sum, read_measures
from tests.assistant.listing.questions import Question, questions

LEAST_RIGHT = 286
"""So many of the questions were right when this was written; never fewer."""

QUESTIONS = questions()


@pytest.fixture(scope="module")
def measures(real_corpus: Corpus) -> tuple[Measure, ...]:
    (text,) = real_corpus.texts.values()
    return read_measures(text)


def test_the_gold_is_whole(measures: tuple[Measure, ...]) -> None:
    assert [m.number for m in measures] == list(range(1, 17))
    assert [m.chapter for m in measures] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 5]
    sums = [Sum(2, 500), Sum(6, 200), Sum(6, 300), Sum(9, 200), Sum(10, 200), Sum(10, 50)]
    assert [g.sum for m in measures for g in m.given] == sums
    assert len({d for m in measures for d in m.departments}) == 20
    assert [m.number for m in measures if m.role == "lead"] == [6, 16]


def test_no_question_is_asked_twice() -> None:
    assert len({q.said for q in QUESTIONS}) == len(QUESTIONS) == 300


def is_right(question: Question, answer: Answer, measures: tuple[Measure, ...]) -> bool:
    """Where there is nothing to list, the answer must not be silent about it."""
    gold = question.gold(measures)
    return question.read(answer) == gold and bool(gold or answer.text.count("没有"))


def test_what_is_listed_is_what_the_text_says(assistant: Assistant, measures: tuple[Measure, ...]) -> None:
    wrong = [q.said for q in QUESTIONS if not is_right(q, assistant.ask(q.said), measures)]
    assert len(QUESTIONS) - len(wrong) >= LEAST_RIGHT, "\n".join(wrong)
