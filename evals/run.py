"""Puts every case through the product's own entry and scores what comes back."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from assistant.query import Turn
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
    cases: Iterable[Case], entry: Entry, context: Context, after_each: Callable[[], None] = lambda: None
) -> tuple[Outcome, ...]:
    """Outcomes in the order of the cases."""
    outcomes = []
    for case in cases:
        outcomes.append(run_case(case, entry, context))
        after_each()
    return tuple(outcomes)


def run_case(case: Case, entry: Entry, context: Context) -> Outcome:
    """The earlier questions are asked too, and their answers become the history."""
    began = time.perf_counter()
    try:
        history = _ask_earlier_questions(case, entry)
        began = time.perf_counter()
        answer = entry.ask(case.question, history)
        spent = (time.perf_counter() - began) * 1000
        return Outcome(case, answer, score_answer(case, answer, context), spent)
    except (EntryFailed, BadReply) as error:
        return Outcome(case, None, score_failure(f"没有得到回答：{error}"), (time.perf_counter() - began) * 1000)


def _ask_earlier_questions(case: Case, entry: Entry) -> tuple[Turn, ...]:
    history: tuple[Turn, ...] = ()
    for question in case.history:
        answer = str(entry.ask(question, history).get("answer", ""))
        history += (Turn("user", question), Turn("assistant", answer))
    return history
