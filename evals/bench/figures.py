"""Every figure of the benchmarks; the unit of time is one question in the embedding package's own engine."""

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from statistics import fmean, median
from tempfile import TemporaryDirectory

import numpy as np
import psutil

from corpus.embedding.embed import Embedder, PackageEmbedder
from evals.bench.crowd import STREAM, Clients, Crowd, ask_beside_flood, lengthen_questions, number_questions
from evals.bench.measurement import Measurement
from evals.bench.service import ProcessFailed, Service, serve, time_command
from evals.cases.case import Case
from evals.entry import EntryFailed
from evals.gate import BenchBars

_QUESTIONS = 60
_STARTS = 3
_AT_A_TIME = 10
_FIRST_QUESTIONS = ("中试基地的奖补是多少？", "创新券归谁管？", "一共有几条措施？")
_START_QUESTION = "中试基地年度最高奖补多少？"
_STEADY_CLIENTS = 8
_ROUNDS_BESIDE_BARE, _SECONDS_BESIDE_BARE = 5, 3.0
_WARM_UP = 200
_ROUNDS, _IN_A_ROUND = 3, 100
_CLIENTS, _SECONDS_SIDE_BY_SIDE = (1, 8, 100), 4.0
_STREAMS, _EACH = 20, 5
_CROWD, _CROWD_SECONDS = 300, 6.0
# Ten thousand answers to short questions take a minute and a half.
_SHORT = 20
_ANSWERS_BEFORE_WEIGHING_AGAIN = 10_000
_STEADY_SECONDS, _LONGEST_SECONDS = 10.0, 240.0
_ENGINE = "policy_engine_processor_seconds_total"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured: the product, which `ask` has answer in this process, with these questions against these bars."""

    questions: Sequence[str]
    ask: Callable[[str], object]
    bars: BenchBars


def pick_questions(cases: Sequence[Case]) -> tuple[str, ...]:
    """Evenly spaced over the cases without history, in the order of their ids; the same cases give the same list."""
    questions = [case.question for case in sorted(cases, key=lambda c: c.id) if not case.history]
    number = min(_QUESTIONS, len(questions))
    return tuple(questions[i * len(questions) // number] for i in range(number))


def measure(subject: Subject, embedder: Embedder, passages: Sequence[str]) -> Iterator[Measurement]:
    """Every figure, as soon as it is there; `embedder` is the one that answers use."""
    # Above 1 a core, waiting times say little; processor times and ratios still hold.
    yield Measurement("此前一分钟每核负载", "", psutil.getloadavg()[0] / (psutil.cpu_count() or 1))
    bars, engine = subject.bars, PackageEmbedder()
    for question in _FIRST_QUESTIONS:
        subject.ask(question)
    answers, ours, engines = _time_in_turn(
        subject.questions, lambda one: subject.ask(*one), embedder.embed_questions, engine.embed_questions
    )
    stored, stored_by_engine = _time_in_turn(passages, embedder.embed_passages, engine.embed_passages)
    n5 = median(engines)
    yield Measurement("n5：一问在向量包自己的程序里", "毫秒", n5)
    yield Measurement("一问的向量", "n5", median(ours) / n5, most=bars.question_in_n5)
    share = sum(stored) / sum(stored_by_engine)
    yield Measurement("一段的向量，与包自己的程序相比", "", share, most=bars.passage_share)
    yield Measurement("一个回答", "毫秒", median(answers))
    yield Measurement("一个回答", "n5", median(answers) / n5, most=bars.answer_in_n5)
    yield Measurement("一个回答 p95", "n5", float(np.quantile(answers, 0.95)) / n5)
    start = Measurement("从启动到第一个回答", "秒", None, most=bars.seconds_to_first_answer)
    index = Measurement("从零建索引", "n5", None, most=bars.index_in_n5)
    yield from _tell_failure(start, _time_starts(start))
    yield from _tell_failure(index, _time_index(index, n5))
    yield from _tell_failure(Measurement("服务", "", None), _measure_beside_bare(subject))
    yield from _tell_failure(Measurement("HTTP", "", None), _measure_http(subject))


def _time_in_turn(texts: Sequence[str], *actions: Callable[[list[str]], object]) -> list[list[float]]:
    """Milliseconds of processor time of each action for every text, a few in turn: all meet the same load, warm."""
    times: list[list[float]] = [[] for _ in actions]
    for begin in range(0, len(texts), _AT_A_TIME):
        for action, spent in zip(actions, times, strict=True):
            for text in texts[begin : begin + _AT_A_TIME]:
                began = time.process_time()
                action([text])
                spent.append((time.process_time() - began) * 1000)
    return times


def _time_starts(start: Measurement) -> Iterator[Measurement]:
    seconds = median(time_command("-m", "assistant", "ask", _START_QUESTION, "--json") for _ in range(_STARTS))
    yield replace(start, value=seconds)


def _time_index(index: Measurement, n5: float) -> Iterator[Measurement]:
    """The index of the shipped notices, and all that it needs, in an empty folder."""
    with TemporaryDirectory(prefix="policy-index-") as folder:
        seconds = time_command("-m", "ingest", "build", "--json", POLICY_INDEX_FOLDER=folder)
    yield replace(index, value=seconds * 1000 / n5)


def _tell_failure(empty: Measurement, measurements: Iterable[Measurement]) -> Iterator[Measurement]:
    """What cannot be measured is told, and the rest is measured all the same."""
    try:
        yield from measurements
    except (ProcessFailed, EntryFailed) as error:
        yield replace(empty, failure=str(error))


def _measure_beside_bare(subject: Subject) -> Iterator[Measurement]:
    """The service and the bare one in turn, each asked by clients that wait for every answer; raises ProcessFailed."""
    questions = number_questions(subject.questions)
    with serve("ui") as ours, serve("evals.bench.bare_service") as bare:
        rounds = [
            [_ask_steadily(Clients(one.port, questions), _SECONDS_BESIDE_BARE) for one in (ours, bare)]
            for _ in range(_ROUNDS_BESIDE_BARE)
        ]
        asked, megabytes = sum(our.answered for our, _ in rounds), ours.resident_megabytes
    rate = median(our.answers_a_second for our, _ in rounds)
    ratio = median(our.answers_a_second / its.answers_a_second for our, its in rounds)
    yield Measurement(f"每秒回答，{_STEADY_CLIENTS} 个客户", "", rate)
    yield Measurement("与只算一次 n5 的空服务相比", "倍", ratio, least=subject.bars.answers_to_bare_service)
    yield Measurement(f"服务常驻内存，{asked:,} 个回答之后", "MB", megabytes, most=subject.bars.megabytes)


def _measure_http(subject: Subject) -> Iterator[Measurement]:
    """Raises ProcessFailed."""
    bars, questions = subject.bars, number_questions(subject.questions)
    with serve("ui") as service:
        yield Measurement("服务刚启动时的内存", "MB", service.resident_megabytes, most=bars.start_megabytes)
        clients = Clients(service.port, questions)
        asyncio.run(clients.ask(each=_WARM_UP))
        yield from _compare_with_engine(service, clients, subject)
        for number in _CLIENTS:
            crowd = asyncio.run(clients.ask(number, seconds=_SECONDS_SIDE_BY_SIDE))
            yield Measurement(f"每秒回答，{number} 个 HTTP 客户", "", crowd.answers_a_second)
        yield Measurement(f"没有成功的，{number} 个客户", "", crowd.errors, most=bars.http_errors)
        first_event = _time_first_event(service, Clients(service.port, questions, STREAM))
        yield Measurement("20 个客户，引擎开始后到第一个事件", "毫秒", first_event, most=bars.first_event_milliseconds)
        polite = asyncio.run(ask_beside_flood(service.port, questions, lengthen_questions(subject.questions)))
        yield from describe_polite(polite, bars)
        crowd = asyncio.run(clients.ask(_CROWD, seconds=_CROWD_SECONDS))
        yield from describe_crowd(crowd, asyncio.run(clients.ask(each=1)), bars)
        yield _weigh_again(service, subject)


def _compare_with_engine(service: Service, clients: Clients, subject: Subject) -> Iterator[Measurement]:
    """What the engine takes is counted by the service itself: in another process the same answers cost more or less."""
    beyond, rates = [], []
    for _ in range(_ROUNDS):
        began = time.monotonic()
        for question in islice(clients.questions, _IN_A_ROUND):
            subject.ask(question)
        rates.append(_IN_A_ROUND / (time.monotonic() - began))
        engine, used = service.read_metric(_ENGINE), service.processor_seconds
        asyncio.run(clients.ask(each=_IN_A_ROUND))
        used = service.processor_seconds - used
        beyond.append((used - service.read_metric(_ENGINE) + engine) / _IN_A_ROUND * 1000)
    most = subject.bars.http_milliseconds
    yield Measurement("HTTP 回答比引擎多用的处理器时间", "毫秒", median(beyond), most=most)
    yield Measurement("引擎在本进程内每秒回答", "", median(rates))


def _time_first_event(service: Service, streams: Clients) -> float:
    """The mean at the client less the mean wait for a turn, which the service counts itself, in milliseconds."""
    names = [f'policy_answer_seconds_{part}{{part="waiting"}}' for part in ("sum", "count")]
    before = [service.read_metric(name) for name in names]
    crowd = asyncio.run(streams.ask(_STREAMS, _EACH))
    waited, count = (service.read_metric(name) - was for name, was in zip(names, before, strict=True))
    return (fmean(r.first for r in crowd.replies) - waited / count) * 1000


def describe_polite(polite: Crowd, bars: BenchBars) -> Iterator[Measurement]:
    """A client that asks once a second, beside one that floods."""
    share, seconds = polite.answered / len(polite.replies), np.quantile([r.seconds for r in polite.replies], 0.95)
    yield Measurement("旁边有人猛问时，守规矩的得到回答的比例", "", share, least=bars.polite_answered)
    yield Measurement("旁边有人猛问时，守规矩的等候 p95", "秒", float(seconds), most=bars.polite_seconds)


def describe_crowd(crowd: Crowd, after: Crowd, bars: BenchBars) -> Iterator[Measurement]:
    """Three hundred clients of one address, more than can be answered; and one question directly after them."""
    shed = sum(r.status in (429, 503) and r.retry_after is not None for r in (*crowd.replies, *after.replies))
    faults = crowd.errors + after.errors - shed
    yield Measurement("300 个客户：回答的", "", crowd.answered + after.answered)
    yield Measurement("300 个客户：请过几秒再来的（429、503）", "", shed)
    yield Measurement("300 个客户：出错或超时的", "", faults, most=bars.http_errors)
    yield Measurement("300 个客户走后第一个回答", "秒", after.seconds, most=bars.seconds_to_normal)


def _weigh_again(service: Service, subject: Subject) -> Measurement:
    """Every kind of load has made its buffers by now; what still grows is a leak."""
    clients = Clients(service.port, number_questions(sorted(subject.questions, key=len)[:_SHORT]))
    asked, warm, ends = 0, service.resident_megabytes, time.monotonic() + _LONGEST_SECONDS
    while asked < _ANSWERS_BEFORE_WEIGHING_AGAIN and time.monotonic() < ends:
        asked += _ask_steadily(clients, _STEADY_SECONDS).answered
    growth = service.resident_megabytes / warm - 1
    return Measurement(f"再答 {asked:,} 个之后内存的增长", "", growth, most=subject.bars.memory_drift)


def _ask_steadily(clients: Clients, seconds: float) -> Crowd:
    """Raises ProcessFailed where not every answer comes."""
    crowd = asyncio.run(clients.ask(_STEADY_CLIENTS, seconds=seconds))
    if crowd.errors:
        statuses = "、".join(str(status or "没有回答") for status in sorted({r.status for r in crowd.replies}))
        raise ProcessFailed(f"{len(crowd.replies)} 个回答里有 {crowd.errors} 个没有成功（{statuses}）")
    return crowd
