"""The figures over HTTP: what the clients of the benchmark see, and how it is judged."""

import asyncio
import itertools
from collections.abc import Iterator
from itertools import islice
from types import SimpleNamespace

import pytest

from corpus.store import Corpus
from evals.bench import crowd
from evals.bench.asking import Asker, Reply, lengthen_questions, number_questions
from evals.bench.crowd import Beside, Crowd, Pressed
from evals.bench.http_figures import HttpRun, _read_waits, describe_http
from evals.bench.service import ProcessFailed
from evals.gate import read_gate
from tests.browser import run_service
from tests.fake_assistant import FakeAssistant
from ui.server import create_app
from ui.settings import UiSettings

BARS = read_gate().bench
ANSWERED, SHED, LOST = Reply(200, 0.1, 0.1), Reply(429, 0.1, 0.1, retry_after=2), Reply(0, 30.0, 30.0)


@pytest.fixture(scope="module")
def port(small_corpus: Corpus) -> Iterator[int]:
    with run_service(create_app(FakeAssistant(small_corpus), UiSettings())) as address:
        yield int(address.rpartition(":")[2])


def test_questions_are_all_different_and_as_long_as_wanted() -> None:
    assert list(islice(number_questions(["甲", "乙"]), 3)) == ["甲（0）", "乙（1）", "甲（2）"]
    longest = list(islice(lengthen_questions(["甲的问题", "乙的问题"]), 50))
    assert {len(q) for q in longest} == {500} and len(set(longest)) == 50


def test_answers_and_streams_are_timed(port: int) -> None:
    row = asyncio.run(crowd.ask_in_a_row(port, number_questions(["奖多少"]), 3))
    assert (len(row.replies), row.errors) == (3, 0) and row.answers_a_second > 0
    before = _read_waits(port)["count"]
    streams = asyncio.run(crowd.stream_side_by_side(port, number_questions(["奖多少"]), 2, 2))
    assert [r.status for r in streams] == [200] * 4 and all(0 < r.first < r.seconds for r in streams)
    assert _read_waits(port)["count"] == before + 4


def test_a_crowd_and_a_polite_client(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("_CROWD", 5), ("_CROWD_SECONDS", 10), ("_POLITE_QUESTIONS", 2), ("_SECONDS_BETWEEN", 0.02)):
        monkeypatch.setattr(crowd, name, value)
    # A clock that moves on by a second whenever somebody looks at it.
    seconds = itertools.count()
    monkeypatch.setattr(crowd, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    pressed = asyncio.run(crowd.press(port, number_questions(["奖多少"])))
    assert pressed.answered == len(pressed.replies) >= 6 and pressed.faults == 0
    beside = asyncio.run(crowd.ask_beside_flood(port, number_questions(["奖"]), lengthen_questions(["奖多少"])))
    assert beside.answered == 1.0 and beside.flood


def test_no_answer_is_a_reply_without_status() -> None:
    assert asyncio.run(Asker(9).ask("奖多少")).status == 0


def test_a_service_without_metrics_is_a_failure(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.records.metrics.generate_latest", lambda _: b"")
    with pytest.raises(ProcessFailed, match="/metrics"):
        _read_waits(port)


@pytest.mark.parametrize(
    ("replies", "beyond", "after", "failing"),
    [
        (ANSWERED, 2.9, 401.0, set()),
        (SHED, 3.1, 425.0, {"HTTP 回答比引擎多用的处理器时间", "再答 10,000 个之后内存的增长"}),
        (LOST, 1.0, 400.0, {"300 个客户：出错或超时的"}),
    ],
)
def test_how_a_run_is_judged(replies: Reply, beyond: float, after: float, failing: set[str]) -> None:
    run = HttpRun(
        beyond_engine=beyond,
        engine_a_second=60.0,
        crowds=(Crowd(100, (ANSWERED,) * 50, 2.0),),
        pressed=Pressed((ANSWERED, replies), 0.5),
        beside=Beside((ANSWERED,) * 20, (SHED,)),
        first_event=12.0,
        asked=10_000,
        megabytes=(350.0, 400.0, after),
    )
    figures = {m.name: m for m in describe_http(run, BARS)}
    assert {name for name, m in figures.items() if not m.is_ok} == failing
    assert figures["每秒回答，100 个 HTTP 客户"].value == 25.0


def test_a_polite_client_that_is_shut_out_is_seen() -> None:
    beside = Beside((ANSWERED,) * 18 + (SHED, LOST), ())
    assert beside.answered == 0.9 and Pressed((SHED, Reply(503, 0.1, 0.1)), 0.1).faults == 1
