"""Measures the service over HTTP in one run: what an answer costs, how many clients it bears, whether it grows."""

import asyncio
import http.client
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import fmean, median, quantiles

from evals.bench.asking import lengthen_questions, number_questions
from evals.bench.crowd import (
    Beside,
    Crowd,
    Pressed,
    ask_beside_flood,
    ask_in_a_row,
    ask_side_by_side,
    press,
    stream_side_by_side,
)
from evals.bench.measurement import Measurement
from evals.bench.service import ProcessFailed, Service, read_processor_seconds, read_resident_megabytes, serve
from evals.gate import BenchBars

_ROUNDS = 3
_IN_A_ROUND = 100
_WARM_UP = 200
_SECONDS_SIDE_BY_SIDE = 4.0
_CLIENTS = (1, 8, 100)
_STREAMS, _EACH = 20, 5
_ANSWERS_BEFORE_WEIGHING_AGAIN = 10_000
_STEADY_CLIENTS = 8
# Ten thousand answers to short questions take a minute and a half.
_SHORT = 20
_ROUND_SECONDS = 10.0
_LONGEST_SECONDS = 240.0
_WAITED = re.compile(r'^policy_answer_seconds_(sum|count)\{part="waiting"\} (\S+)$', re.MULTILINE)
_ENGINE = re.compile(r"^policy_engine_processor_seconds_total (\S+)$", re.MULTILINE)

AskInProcess = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class HttpRun:
    """Milliseconds of processor time beyond the engine's own, and answers a second of the engine in process.

    `first_event` is in milliseconds after the engine has the question; megabytes at the start, warm, and after `asked`.
    """

    beyond_engine: float
    engine_a_second: float
    crowds: tuple[Crowd, ...]
    pressed: Pressed
    beside: Beside
    first_event: float
    asked: int
    megabytes: tuple[float, float, float]


def measure_http(questions: Sequence[str], ask: AskInProcess) -> HttpRun:
    """Raises ProcessFailed."""
    with serve(["-m", "ui"]) as service:
        at_start = read_resident_megabytes(service.pid)
        return asyncio.run(_measure(service, questions, ask, at_start))


async def _measure(service: Service, questions: Sequence[str], ask: AskInProcess, at_start: float) -> HttpRun:
    port, numbered = service.port, number_questions(questions)
    await ask_in_a_row(port, numbered, _WARM_UP)
    beyond, engine_a_second = await _compare_with_engine(service, numbered, ask)
    crowds = [await ask_side_by_side(port, numbered, clients, _SECONDS_SIDE_BY_SIDE) for clients in _CLIENTS]
    first_event = await _time_first_event(port, numbered)
    beside = await ask_beside_flood(port, numbered, lengthen_questions(questions))
    pressed = await press(port, numbered)
    # Every kind of load has made its buffers by now; what still grows is a leak.
    warm = read_resident_megabytes(service.pid)
    asked = await _ask_on(port, number_questions(sorted(questions, key=len)[:_SHORT]))
    weights = (at_start, warm, read_resident_megabytes(service.pid))
    return HttpRun(beyond, engine_a_second, tuple(crowds), pressed, beside, first_event, asked, weights)


async def _compare_with_engine(service: Service, questions: Iterator[str], ask: AskInProcess) -> tuple[float, float]:
    """What the engine takes is counted by the service itself: in another process the same answers cost more or less."""
    beyond, rates = [], []
    for _ in range(_ROUNDS):
        began = time.monotonic()
        for question in islice(questions, _IN_A_ROUND):
            ask(question)
        rates.append(_IN_A_ROUND / (time.monotonic() - began))
        engine, used = _read_engine_seconds(service.port), read_processor_seconds(service.pid)
        await ask_in_a_row(service.port, questions, _IN_A_ROUND)
        used = read_processor_seconds(service.pid) - used
        beyond.append((used - _read_engine_seconds(service.port) + engine) / _IN_A_ROUND * 1000)
    return median(beyond), median(rates)


async def _time_first_event(port: int, questions: Iterator[str]) -> float:
    """The mean at the client less the mean wait for a turn, which the service counts itself."""
    before = _read_waits(port)
    replies = await stream_side_by_side(port, questions, _STREAMS, _EACH)
    after = _read_waits(port)
    waited = (after["sum"] - before["sum"]) / (after["count"] - before["count"])
    return (fmean(r.first for r in replies) - waited) * 1000


def _read_waits(port: int) -> dict[str, float]:
    found = {name: float(value) for name, value in _WAITED.findall(_read_metrics(port))}
    if len(found) != 2:
        raise ProcessFailed("/metrics 没有给出等候的时间")
    return found


def _read_engine_seconds(port: int) -> float:
    found = _ENGINE.search(_read_metrics(port))
    if found is None:
        raise ProcessFailed("/metrics 没有给出引擎用的处理器时间")
    return float(found[1])


def _read_metrics(port: int) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/metrics")
        return connection.getresponse().read().decode()
    finally:
        connection.close()


async def _ask_on(port: int, questions: Iterator[str]) -> int:
    asked, ends = 0, time.monotonic() + _LONGEST_SECONDS
    while asked < _ANSWERS_BEFORE_WEIGHING_AGAIN and time.monotonic() < ends:
        crowd = await ask_side_by_side(port, questions, _STEADY_CLIENTS, _ROUND_SECONDS)
        if crowd.errors:
            raise ProcessFailed(f"{len(crowd.replies)} 个回答里有 {crowd.errors} 个没有成功")
        asked += len(crowd.replies)
    return asked


def describe_http(run: HttpRun, bars: BenchBars) -> tuple[Measurement, ...]:
    start, warm, end = run.megabytes
    polite = [r.seconds for r in run.beside.polite]
    return (
        Measurement("HTTP 回答比引擎多用的处理器时间", "毫秒", run.beyond_engine, most=bars.http_milliseconds),
        Measurement("引擎在本进程内每秒回答", "", run.engine_a_second),
        *(Measurement(f"每秒回答，{c.clients} 个 HTTP 客户", "", c.answers_a_second) for c in run.crowds),
        Measurement(f"没有成功的，{run.crowds[-1].clients} 个客户", "", run.crowds[-1].errors, most=bars.http_errors),
        Measurement("300 个客户：回答的", "", run.pressed.answered),
        Measurement("300 个客户：请过几秒再来的（429、503）", "", run.pressed.shed),
        Measurement("300 个客户：出错或超时的", "", run.pressed.faults, most=bars.http_errors),
        Measurement("300 个客户走后第一个回答", "秒", run.pressed.seconds_to_normal, most=bars.seconds_to_normal),
        Measurement("旁边有人猛问时，守规矩的得到回答的比例", "", run.beside.answered, least=bars.polite_answered),
        Measurement("旁边有人猛问时，守规矩的等候 p95", "秒", _p95(polite), most=bars.polite_seconds),
        Measurement("20 个客户，引擎开始后到第一个事件", "毫秒", run.first_event, most=bars.first_event_milliseconds),
        Measurement("服务刚启动时的内存", "MB", start, most=bars.start_megabytes),
        Measurement(f"再答 {run.asked:,} 个之后内存的增长", "", end / warm - 1, most=bars.memory_drift),
    )


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]
