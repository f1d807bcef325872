"""Measures the product against fixed bars; the unit of time is one question in the embedding package's own engine."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median, quantiles

from corpus.embed import Embedder
from evals.bench.http_figures import AskInProcess, describe_http, measure_http
from evals.bench.measurement import Measurement
from evals.bench.processes import (
    Load,
    measure_load,
    time_first_answer,
    time_index_from_nothing,
)
from evals.bench.service import ProcessFailed
from evals.case import Case
from evals.entry import Entry, EntryFailed
from evals.gate import BenchBars

QUESTIONS = 60
_STARTS = 3
_AT_A_TIME = 10
_WARM_UP = ("中试基地的奖补是多少？", "创新券归谁管？", "一共有几条措施？")
_FIRST_QUESTION = "中试基地年度最高奖补多少？"


@dataclass(frozen=True, slots=True)
class Encoders:
    """The embedder that answers use, and the engine of the package whose weights it reads (n5)."""

    ours: Embedder
    engine: Embedder


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds of processor time: of each question its answer and embedding, of each passage its embedding.

    `engine_questions` and `engine_passages` are the same through the package's own engine, in turn with ours.
    """

    answers: tuple[float, ...]
    questions: tuple[float, ...]
    engine_questions: tuple[float, ...]
    passages: tuple[float, ...]
    engine_passages: tuple[float, ...]

    @property
    def n5(self) -> float:
        """Milliseconds of one question through the package's own engine."""
        return median(self.engine_questions)


def pick_questions(cases: Sequence[Case], number: int = QUESTIONS) -> tuple[str, ...]:
    """Evenly spaced over the cases without history, in the order of their ids; the same cases give the same list."""
    questions = [case.question for case in sorted(cases, key=lambda c: c.id) if not case.history]
    if len(questions) <= number:
        return tuple(questions)
    return tuple(questions[i * len(questions) // number] for i in range(number))


def measure_speed(questions: Sequence[str], passages: Sequence[str], entry: Entry, encoders: Encoders) -> Speed:
    """All in turn, a few texts at a time: they meet the same load of the machine, and each keeps its own caches warm."""
    for question in _WARM_UP:
        entry.ask(question, ())
    answers, ours, engine = _time_in_turn(
        questions,
        lambda text: entry.ask(text, ()),
        lambda text: encoders.ours.embed_questions([text]),
        lambda text: encoders.engine.embed_questions([text]),
    )
    stored, stored_by_engine = _time_in_turn(
        passages,
        lambda text: encoders.ours.embed_passages([text]),
        lambda text: encoders.engine.embed_passages([text]),
    )
    return Speed(answers, ours, engine, stored, stored_by_engine)


def _time_in_turn(texts: Sequence[str], *actions: Callable[[str], object]) -> list[tuple[float, ...]]:
    """The milliseconds of each action for every text."""
    times: list[list[float]] = [[] for _ in actions]
    for begin in range(0, len(texts), _AT_A_TIME):
        for action, spent in zip(actions, times, strict=True):
            spent += [_time(partial(action, text)) for text in texts[begin : begin + _AT_A_TIME]]
    return [tuple(spent) for spent in times]


def _time(action: Callable[[], object]) -> float:
    began = time.process_time()
    action()
    return (time.process_time() - began) * 1000


def describe_speed(speed: Speed, bars: BenchBars) -> tuple[Measurement, ...]:
    n5, answer = speed.n5, median(speed.answers)
    passage = sum(speed.passages) / sum(speed.engine_passages)
    return (
        Measurement("n5：一问在向量包自己的程序里", "毫秒", n5),
        Measurement("一问的向量", "n5", median(speed.questions) / n5, most=bars.question_in_n5),
        Measurement("一段的向量，与包自己的程序相比", "", passage, most=bars.passage_share),
        Measurement("一个回答", "毫秒", answer),
        Measurement("一个回答", "n5", answer / n5, most=bars.answer_in_n5),
        Measurement("一个回答 p95", "n5", quantiles(speed.answers, n=20, method="inclusive")[-1] / n5),
    )


def read_load() -> Measurement:
    """How busy the machine was: above 1 a core, waiting times say little; processor times and ratios still hold."""
    cores = os.cpu_count() or 1
    return Measurement("此前一分钟每核负载", "", os.getloadavg()[0] / cores)


def measure_processes(
    questions: Sequence[str], n5: float, bars: BenchBars, ask: AskInProcess
) -> tuple[Measurement, ...]:
    """`n5` in milliseconds; `ask` answers in this process."""
    start = Measurement("从启动到第一个回答", "秒", None, most=bars.seconds_to_first_answer)
    index = Measurement("从零建索引", "n5", None, most=bars.index_in_n5)
    return (
        _measure(start, lambda: median(time_first_answer(_FIRST_QUESTION) for _ in range(_STARTS))),
        _measure(index, lambda: time_index_from_nothing() * 1000 / n5),
        *_measure_service("服务", lambda: describe_load(measure_load(questions), bars)),
        *_measure_service("HTTP", lambda: describe_http(measure_http(questions, ask), bars)),
    )


def _measure_service(name: str, action: Callable[[], tuple[Measurement, ...]]) -> tuple[Measurement, ...]:
    try:
        return action()
    except (ProcessFailed, EntryFailed) as error:
        return (Measurement(name, "", None, failure=str(error)),)


def describe_load(load: Load, bars: BenchBars) -> tuple[Measurement, ...]:
    ratios = [ours / bare for ours, bare in zip(load.answers, load.embeddings, strict=True)]
    return (
        Measurement(f"每秒回答，{load.clients} 个客户", "", median(load.answers)),
        Measurement("与只算一次 n5 的空服务相比", "倍", median(ratios), least=bars.answers_to_bare_service),
        Measurement(f"服务常驻内存，{load.asked:,} 个回答之后", "MB", load.megabytes, most=bars.megabytes),
    )


def _measure(empty: Measurement, action: Callable[[], float]) -> Measurement:
    try:
        return Measurement(empty.name, empty.unit, action(), empty.most)
    except (ProcessFailed, EntryFailed) as error:
        return Measurement(empty.name, empty.unit, None, empty.most, failure=str(error))
