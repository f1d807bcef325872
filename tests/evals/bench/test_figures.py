"""The benchmarks: what their clients see, how a figure is judged, that all figures are there."""

import asyncio
import itertools
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from types import SimpleNamespace

import pytest

from corpus.store import Corpus
from evals.bench import crowd, figures
from evals.bench.crowd import STREAM, Clients, Crowd, Reply, lengthen_questions, number_questions
from evals.bench.figures import Subject, describe_crowd, describe_polite, measure, pick_questions
from evals.bench.measurement import Measurement
from evals.bench.service import ProcessFailed, Service
from evals.gate import read_gate
from tests.browser import run_service
from tests.conftest import FakeEmbedder
from tests.evals.answers import make_case
from tests.fake_assistant import FakeAssistant
from ui.server import create_app
from ui.settings import UiSettings

BARS = read_gate().bench
ANSWERED, SHED, LOST = Reply(200, 0.1, 0.1), Reply(429, 0.1, 0.1, retry_after=2), Reply(0, 30.0, 30.0)
WAITED = 'policy_answer_seconds_count{part="waiting"}'
FIGURES = {
    "此前一分钟每核负载": None,
    "n5：一问在向量包自己的程序里": None,
    "一问的向量": BARS.question_in_n5,
    "一段的向量，与包自己的程序相比": BARS.passage_share,
    "一个回答": BARS.answer_in_n5,
    "一个回答 p95": None,
    "从启动到第一个回答": BARS.seconds_to_first_answer,
    "从零建索引": BARS.index_in_n5,
    "每秒回答，8 个客户": None,
    "与只算一次 n5 的空服务相比": BARS.answers_to_bare_service,
    "服务常驻内存，N 个回答之后": BARS.megabytes,
    "服务刚启动时的内存": BARS.start_megabytes,
    "HTTP 回答比引擎多用的处理器时间": BARS.http_milliseconds,
    "引擎在本进程内每秒回答": None,
    "每秒回答，1 个 HTTP 客户": None,
    "每秒回答，8 个 HTTP 客户": None,
    "每秒回答，100 个 HTTP 客户": None,
    "没有成功的，100 个客户": BARS.http_errors,
    "20 个客户，引擎开始后到第一个事件": BARS.first_event_milliseconds,
    "旁边有人猛问时，守规矩的得到回答的比例": BARS.polite_answered,
    "旁边有人猛问时，守规矩的等候 p95": BARS.polite_seconds,
    "300 个客户：回答的": None,
    "300 个客户：请过几秒再来的（429、503）": None,
    "300 个客户：出错或超时的": BARS.http_errors,
    "300 个客户走后第一个回答": BARS.seconds_to_normal,
    "再答 N 个之后内存的增长": BARS.memory_drift,
}
SMALL = {
    **{"_ROUNDS_BESIDE_BARE": 1, "_SECONDS_BESIDE_BARE": 10, "_WARM_UP": 1, "_ROUNDS": 1, "_IN_A_ROUND": 2},
    **{"_SECONDS_SIDE_BY_SIDE": 10, "_STREAMS": 2, "_EACH": 2, "_CROWD": 5, "_CROWD_SECONDS": 10},
    **{"_ANSWERS_BEFORE_WEIGHING_AGAIN": 8, "_STEADY_SECONDS": 10, "PackageEmbedder": FakeEmbedder},
}


@pytest.fixture(scope="module")
def assistant(small_corpus: Corpus) -> FakeAssistant:
    return FakeAssistant(small_corpus)


@pytest.fixture(scope="module")
def service(assistant: FakeAssistant) -> Iterator[Service]:
    with run_service(create_app(assistant, UiSettings())) as address:
        yield Service(os.getpid(), int(address.rpartition(":")[2]))


@pytest.fixture
def quick(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every figure is measured of the service in this process, with few questions."""

    @contextmanager
    def serve_here(module: str) -> Iterator[Service]:
        yield service

    changed = {**SMALL, "serve": serve_here, "time_command": lambda *arguments, **settings: 1.5}
    for name, value in changed.items():
        monkeypatch.setattr(figures, name, value)
    monkeypatch.setattr(crowd, "_POLITE_QUESTIONS", 2)
    monkeypatch.setattr(crowd, "_SECONDS_BETWEEN", 0.05)
    # A clock that moves on by a second whenever somebody looks at it.
    seconds = itertools.count()
    monkeypatch.setattr(crowd, "time", SimpleNamespace(monotonic=lambda: next(seconds)))


@pytest.fixture
def subject(assistant: FakeAssistant) -> Subject:
    return Subject(("奖多少", "归谁管"), assistant.ask, BARS)


def test_questions_are_all_different_and_as_long_as_wanted() -> None:
    assert list(islice(number_questions(["甲", "乙"]), 3)) == ["甲（0）", "乙（1）", "甲（2）"]
    longest = list(islice(lengthen_questions(["甲的问题", "乙的问题"]), 50))
    assert {len(q) for q in longest} == {500} and len(set(longest)) == 50


def test_questions_of_the_benchmark_are_fixed() -> None:
    cases = [make_case(id=f"{number:03}", question=f"问{number}") for number in range(200)]
    with_history = make_case(id="000a", question="接着问", history=["先问"])
    picked = pick_questions([with_history, *reversed(cases)])
    assert picked == pick_questions(cases)
    assert (len(picked), picked[0], picked[1], picked[-1]) == (60, "问0", "问3", "问196")
    assert pick_questions(cases[:3]) == ("问0", "问1", "问2")


def test_every_figure_is_measured_against_its_bar(quick: None, subject: Subject) -> None:
    found = list(measure(subject, FakeEmbedder(), ["一段", "又一段"]))
    assert [m.name for m in found if m.failure or m.value is None] == []
    bars = {
        re.sub(r"[\d,]+ 个(回答)?之后", r"N 个\1之后", m.name): m.least if m.most is None else m.most for m in found
    }
    assert bars == FIGURES
    assert [m.unit for m in found if m.name == "一个回答"] == ["毫秒", "n5"]


def test_speed_is_told_in_n5(quick: None, subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    of_questions = [[10.0, 20.0, 30.0], [8.0, 4.0, 5.0], [20.0, 40.0, 50.0]]
    times = iter([of_questions, [[6.0, 9.0], [50.0, 50.0]]])
    monkeypatch.setattr(figures, "_time_in_turn", lambda *_: next(times))
    bars = BARS.model_copy(update={"question_in_n5": 0.125, "passage_share": 0.14, "answer_in_n5": 0.49})
    measured = islice(measure(replace(subject, bars=bars), FakeEmbedder(), ["一段"]), 1, 9)
    assert [(round(m.value or 0, 3), m.is_ok) for m in measured] == [
        (40, True),
        (0.125, True),
        (0.15, False),
        (20, True),
        (0.5, False),
        (0.725, True),
        (1.5, True),
        (37.5, True),
    ]


def test_each_action_is_timed_for_each_text() -> None:
    seen: list[str] = []
    times = figures._time_in_turn(["一"] * 12, lambda texts: seen.append("甲"), lambda texts: seen.append("乙"))
    assert [len(row) for row in times] == [12, 12]
    assert "".join(seen) == "甲" * 10 + "乙" * 10 + "甲甲乙乙"


def test_answers_and_streams_are_timed(service: Service) -> None:
    row = asyncio.run(Clients(service.port, number_questions(["奖多少"])).ask(each=3))
    assert (len(row.replies), row.errors) == (3, 0) and row.answers_a_second > 0
    before = service.read_metric(WAITED)
    streams = asyncio.run(Clients(service.port, number_questions(["奖多少"]), STREAM).ask(2, each=2))
    assert [r.status for r in streams.replies] == [200] * 4 and all(0 < r.first < r.seconds for r in streams.replies)
    assert service.read_metric(WAITED) == before + 4


def test_one_asks_politely_while_others_flood(quick: None, service: Service, assistant: FakeAssistant) -> None:
    assistant.forget()
    longest = lengthen_questions(["奖多少"])
    polite = asyncio.run(crowd.ask_beside_flood(service.port, number_questions(["奖"]), longest))
    assert [r.status for r in polite.replies] == [200, 200]
    assert any(len(question) == 500 for question, _, _ in assistant.asked)


def test_no_answer_is_a_reply_without_status() -> None:
    assert [r.status for r in asyncio.run(Clients(9, number_questions(["奖多少"])).ask(each=1)).replies] == [0]


def test_what_cannot_be_measured_is_told_beside_the_rest(
    quick: None, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: str, **settings: str) -> float:
        raise ProcessFailed("没有起来")

    monkeypatch.setattr(figures, "time_command", fail)
    monkeypatch.setattr("ui.records.metrics.generate_latest", lambda _: b"")
    found = {m.name: m for m in measure(subject, FakeEmbedder(), ["一段"])}
    start = Measurement("从启动到第一个回答", "秒", None, BARS.seconds_to_first_answer, failure="没有起来")
    index = Measurement("从零建索引", "n5", None, BARS.index_in_n5, failure="没有起来")
    assert [found[one.name] for one in (start, index)] == [start, index]
    assert "/metrics" in found["HTTP"].failure and found["服务刚启动时的内存"].value
    assert not any(found[name].is_ok for name in (start.name, index.name, "HTTP"))


def test_a_steady_client_must_get_every_answer(quick: None) -> None:
    with pytest.raises(ProcessFailed, match="没有成功（没有回答）"):
        figures._ask_steadily(Clients(9, number_questions(["奖多少"])), 10)


@pytest.mark.parametrize(
    ("reply", "failing"),
    [
        (ANSWERED, set()),
        (SHED, set()),
        (Reply(503, 0.1, 0.1), {"300 个客户：出错或超时的"}),
        (LOST, {"300 个客户：出错或超时的"}),
    ],
)
def test_a_crowd_must_be_answered_or_told_when_to_come_back(reply: Reply, failing: set[str]) -> None:
    found = describe_crowd(Crowd((ANSWERED, reply), 6.0), Crowd((ANSWERED,), 0.5), BARS)
    assert {m.name for m in found if not m.is_ok} == failing


def test_a_polite_client_that_is_shut_out_is_seen() -> None:
    share, seconds = describe_polite(Crowd((ANSWERED,) * 17 + (SHED, LOST, LOST), 20.0), BARS)
    assert (share.value, share.is_ok, seconds.is_ok) == (0.85, False, False)
    assert all(m.is_ok for m in describe_polite(Crowd((ANSWERED,) * 20, 20.0), BARS))
