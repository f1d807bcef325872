"""Puts every case through the product's own entry and scores what comes back."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from assistant.query import Turn
from assistant.question import LONGEST_QUESTION
from evals.case import Case
from evals.context import Context
from evals.entry import Entry, EntryFailed
from evals.reply import BadReply
from evals.score import Score
from evals.verdict import score_answer, score_failure


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case with its answer, None where none came, and its scores; `milliseconds` are of the last question."""

    case: Case
    answer: dict[str, Any] | None
    scores: tuple[Score, ...]
    milliseconds: float

    def value_of(self, name: str) -> float | None:
        return next((s.value for s in self.scores if s.name == name), None)

    def reason_of(self, name: str) -> str:
        return next((s.reason for s in self.scores if s.name == name), "")

    @property
    def is_right(self) -> bool:
        return self.value_of("strictly_right") == 1.0

    @property
    def status(self) -> str | None:
        return str(self.answer["status"]) if self.answer else None


def run_cases(
    cases: Iterable[Case], entry: Entry, context: Context, after_each: Callable[[Outcome], None] = lambda outcome: None
) -> tuple[Outcome, ...]:
    """Outcomes in the order of the cases; an earlier question that several cases share is asked once."""
    outcomes = []
    conversation = Conversation(entry)
    for case in cases:
        outcomes.append(run_case(case, conversation, context))
        after_each(outcomes[-1])
    return tuple(outcomes)


class Conversation:
    """Asks through an entry and remembers the answers to earlier questions."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self._answers: dict[tuple[str, tuple[Turn, ...]], str] = {}

    def ask_earlier(self, questions: Iterable[str]) -> tuple[Turn, ...]:
        """The turns of a history whose questions are asked one after the other."""
        history: tuple[Turn, ...] = ()
        for question in questions:
            if (question, history) not in self._answers:
                self._answers[question, history] = str(self.entry.ask(question, history).get("answer", ""))
            history += (Turn("user", question), Turn("assistant", self._answers[question, history]))
        return history

    def ask_twin(self, case: Case, answer: dict[str, Any]) -> dict[str, Any] | None:
        """The answer to what a follow-up was understood as, asked by itself; None where there is no such question."""
        question = str(answer.get("standalone_question") or "")[:LONGEST_QUESTION]
        return self.entry.ask(question, ()) if case.history and question.strip() else None


def run_case(case: Case, conversation: Conversation, context: Context) -> Outcome:
    """The earlier questions are asked too, and their answers become the history."""
    began = time.perf_counter()
    try:
        history = conversation.ask_earlier(case.history)
        began = time.perf_counter()
        answer = conversation.entry.ask(case.question, history)
        spent = (time.perf_counter() - began) * 1000
        twin = conversation.ask_twin(case, answer)
        return Outcome(case, answer, score_answer(case, answer, context, twin), spent)
    except (EntryFailed, BadReply) as error:
        return Outcome(case, None, score_failure(f"没有得到回答：{error}"), (time.perf_counter() - began) * 1000)
