"""Measures how fast answers come and what the product needs, against fixed bars."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median, quantiles

from corpus.embed import Embedder
from evals.case import Case
from evals.entry import Entry, EntryFailed
from evals.gate import BenchBars
from evals.processes import ProcessFailed, time_first_answer, time_index_from_nothing, weigh_service

QUESTIONS = 60
_STARTS = 3
_WARM_UP = ("中试基地的奖补是多少？", "创新券归谁管？", "一共有几条措施？")
_FIRST_QUESTION = "中试基地年度最高奖补多少？"


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure; `bar` is the most it may be, `value` None where it could not be had, for `failure`."""

    name: str
    unit: str
    value: float | None
    bar: float | None = None
    failure: str = ""

    @property
    def is_ok(self) -> bool:
        return not self.failure and (self.bar is None or (self.value is not None and self.value <= self.bar))


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds of each question: its answer, and one embedding of it."""

    answers: tuple[float, ...]
    embeddings: tuple[float, ...]


def pick_questions(cases: Sequence[Case], number: int = QUESTIONS) -> tuple[str, ...]:
    """Evenly spaced over the cases without history, in the order of their ids; the same cases give the same list."""
    questions = [case.question for case in sorted(cases, key=lambda c: c.id) if not case.history]
    if len(questions) <= number:
        return tuple(questions)
    return tuple(questions[i * len(questions) // number] for i in range(number))


def measure_speed(questions: Sequence[str], entry: Entry, embedder: Embedder) -> Speed:
    """Answers and embeddings in turn, so that both meet the same load of the machine."""
    for question in _WARM_UP:
        entry.ask(question, ())
        embedder.embed_questions([question])
    pairs = [
        (_time(partial(entry.ask, question, ())), _time(partial(embedder.embed_questions, [question])))
        for question in questions
    ]
    return Speed(tuple(a for a, _ in pairs), tuple(e for _, e in pairs))


def _time(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def describe_speed(speed: Speed, bars: BenchBars) -> tuple[Measurement, ...]:
    answer, embedding = median(speed.answers), median(speed.embeddings)
    return (
        Measurement("回答中位数", "毫秒", answer),
        Measurement("回答 p95", "毫秒", quantiles(speed.answers, n=20, method="inclusive")[-1]),
        Measurement("同题一次向量中位数", "毫秒", embedding),
        Measurement("回答是向量的几倍", "倍", answer / embedding, bar=bars.answer_in_embeddings),
    )


def read_load() -> Measurement:
    """How busy the machine was: above 1 a core, absolute times say little; the ratio still holds."""
    cores = os.cpu_count() or 1
    return Measurement("此前一分钟每核负载", "", os.getloadavg()[0] / cores)


def measure_processes(bars: BenchBars) -> tuple[Measurement, ...]:
    return (
        _measure(Measurement("从启动到第一个回答", "秒", None, bar=bars.seconds_to_first_answer), _time_first_answers),
        _measure(Measurement("从零建索引", "秒", None, bar=bars.seconds_to_build), time_index_from_nothing),
        _measure(Measurement("服务常驻内存", "MB", None, bar=bars.megabytes), lambda: weigh_service(_FIRST_QUESTION)),
    )


def _time_first_answers() -> float:
    return median(time_first_answer(_FIRST_QUESTION) for _ in range(_STARTS))


def _measure(empty: Measurement, action: Callable[[], float]) -> Measurement:
    try:
        return Measurement(empty.name, empty.unit, action(), empty.bar)
    except (ProcessFailed, EntryFailed) as error:
        return Measurement(empty.name, empty.unit, None, empty.bar, str(error))
