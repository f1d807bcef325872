"""Paraphrases, twins and the times of a run."""

from typing import Any

import pytest

from corpus.embed import Embedder
from evals.case import Case
from evals.context import Context
from evals.groups import Robustness, measure_robustness
from evals.report import describe_times
from evals.run import Outcome
from evals.stopwatch import Latency, RunTimes, Stopwatch
from evals.verdict import score_answer
from tests.test_eval_scorers import CASE, answer, context, edit, text

__all__ = ["answer", "context", "text"]  # fixtures


def verdicts(**groups: str) -> list[tuple[Case, bool]]:
    """Groups by name; one letter a member: form in lower case where it is wrong, in upper case where right."""
    return [
        (
            Case(id=f"{g}{i}", kind="k", question="问", answerable=True, group=g or None, form=letter.lower()),
            letter.isupper(),
        )
        for g, letters in groups.items()
        for i, letter in enumerate(letters)
    ]


def test_robustness() -> None:
    alone = [(Case(id="x", kind="k", question="问", answerable=True, form="a"), True)]
    assert measure_robustness(verdicts(one="ABC", two="AbC", three="ab", single="c") + alone) == Robustness(
        groups=3,
        mean=0.555556,
        worst=0.333333,
        flip_rate=0.333333,
        flipped=("two",),
        forms={"a": 0.666667, "b": 0.333333, "c": 1.0},
    )


def test_without_paraphrases_nothing_is_said() -> None:
    assert measure_robustness(verdicts(one="A", two="b")) is None
    assert measure_robustness([]) is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"answer": "别的话"}, ""),
        ({"status": "not_stated"}, "单独问时结论为 not_stated，接着问时为 answered"),
        ({"citations": []}, "单独问时引第 0 条，接着问时引第 9 条"),
        ({"citations__1__measure_number": 10}, "单独问时引第 9、10 条，接着问时引第 9 条"),
    ],
)
def test_twin(answer: dict[str, Any], context: Context, changes: dict[str, Any], reason: str) -> None:
    case = Case.model_validate(CASE)
    scores = {s.name: s for s in score_answer(case, answer, context, edit(answer, **changes))}
    assert (scores["twin_agrees"].value, scores["twin_agrees"].reason) == (0.0 if reason else 1.0, reason)
    assert {s.name: s.value for s in score_answer(case, answer, context)}["twin_agrees"] is None


def test_stopwatch_times_every_twentieth_case(embedder: Embedder) -> None:
    case = Case(id="x", kind="k", question="问", answerable=True)
    stopwatch = Stopwatch(embedder)
    for number in range(41):
        stopwatch.note(Outcome(case, {"status": "answered"} if number else None, (), 30.0))
    latency = stopwatch.read().latency
    assert latency is not None
    assert (latency.answer, latency.ratio > 1) == (30.0, True)
    assert len(stopwatch._pairs) == 2
    assert Stopwatch(None).read().latency is None


@pytest.mark.parametrize(
    ("times", "text"),
    [
        (RunTimes(21.2, Latency(9.0, 27.0, 0.333)), "用处理器 21 秒，回答中位数 9 毫秒，是一次 n5 的 0.33 倍"),
        (RunTimes(97.0, None), "用处理器 97 秒"),
    ],
)
def test_times_in_words(times: RunTimes, text: str) -> None:
    assert describe_times(times) == text
