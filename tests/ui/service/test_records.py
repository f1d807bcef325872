"""What is written down: log lines and metrics say what happened, not what was asked and by whom."""

import json
import logging
import math
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr
from starlette.types import Receive, Scope, Send

from corpus.store import Corpus
from tests.fake_assistant import NOTICE_ID, FakeAssistant
from tests.http_checks import ASK, expect_problem, wait_for
from ui.records.logs import JsonLines
from ui.records.metrics import IndexShown, Metrics
from ui.server import create_app
from ui.service.answering import AnswerDesk, Inquiry
from ui.service.fair_queue import FairQueue, Places, TooManyQuestions
from ui.settings import UiSettings

QUESTION = "我的手机是13800138000，中试基地一年奖多少？"
LOOPBACK = ("127.0.0.1", 5000)


@pytest.fixture
def assistant(small_corpus: Corpus) -> FakeAssistant:
    return FakeAssistant(small_corpus)


class Listener(logging.Handler):
    """Every line of the log, read back from JSON."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.written: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(json.loads(self.format(record)))


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    handler = Listener()
    root, journal = logging.getLogger(), logging.getLogger("ui.records.journal")
    root.addHandler(handler)
    journal.setLevel(logging.INFO)
    yield handler.written
    root.removeHandler(handler)
    journal.setLevel(logging.NOTSET)


def serve(assistant: FakeAssistant, settings: UiSettings | None = None) -> TestClient:
    app = create_app(assistant, settings or UiSettings())

    async def numbered(scope: Scope, receive: Receive, send: Send) -> None:
        named = {**scope, "headers": [*scope.get("headers", ()), (b"x-request-id", b"r1")]}
        await app(named if scope["type"] == "http" else scope, receive, send)

    client = TestClient(numbered, client=LOOPBACK, raise_server_exceptions=False)
    client.app_state["desk"] = app.state.desk
    return client


def test_a_question_leaves_two_lines_without_its_words(assistant: FakeAssistant, lines: list[dict[str, Any]]) -> None:
    assert serve(assistant).post(f"{ASK}?x=secret", json={"question": QUESTION}).status_code == 200
    answered, requested = [line for line in lines if line["event"] != "message"]
    assert answered | {"time": "", "waited_ms": 0, "engine_ms": 0} == {
        "time": "",
        "level": "info",
        "event": "answer",
        "request_id": "r1",
        "status": "partly_answered",
        "waited_ms": 0,
        "engine_ms": 0,
    }
    assert requested | {"time": "", "ms": 0} == {
        "time": "",
        "level": "info",
        "event": "request",
        "request_id": "r1",
        "method": "POST",
        "route": ASK,
        "status": 200,
        "ms": 0,
    }
    assert requested["time"].endswith("+00:00")
    assert not any(word in str(lines) for word in ("中试基地", "secret", "127.0.0.1", "138"))


def test_questions_are_kept_without_personal_details_where_that_is_wanted(
    assistant: FakeAssistant, lines: list[dict[str, Any]]
) -> None:
    serve(assistant, UiSettings(log_questions=True)).post(ASK, json={"question": QUESTION})
    assert [line["question"] for line in lines if "question" in line] == [
        "我的手机是〔已隐去手机号〕，中试基地一年奖多少？"
    ]


def test_faults_are_lines_too(assistant: FakeAssistant, lines: list[dict[str, Any]]) -> None:
    assistant.fault = RuntimeError("打 13800138000")
    number = expect_problem(serve(assistant).post(ASK, json={"question": "奖多少"}), 500)["error_number"]
    (fault,) = [line for line in lines if line["level"] == "error"]
    assert (fault["event"], fault["message"]) == ("message", f"错误编号 {number}")
    assert "RuntimeError: 打 〔已隐去手机号〕" in fault["traceback"]


def test_what_is_shed_says_why(assistant: FakeAssistant, lines: list[dict[str, Any]]) -> None:
    client = serve(assistant)

    def refuse(*_: object) -> None:
        raise TooManyQuestions("您这里同时提出的问题太多。")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FairQueue, "put", refuse)
        assert client.post(ASK, json={"question": "奖多少"}).status_code == 429
    assert [(line["status"], line["shed"]) for line in lines if line["event"] == "request"] == [(429, "client")]
    assert 'policy_shed_total{reason="client"} 1.0' in client.get("/metrics").text


def test_files_are_counted_but_not_logged(assistant: FakeAssistant, lines: list[dict[str, Any]]) -> None:
    client = serve(assistant)
    client.get("/ui/base.css")
    assert not [line for line in lines if line["event"] == "request"]
    assert 'policy_requests_total{route="/ui/*",status="2xx"} 1.0' in client.get("/metrics").text


def test_metrics_name_routes_not_addresses(assistant: FakeAssistant) -> None:
    client = serve(assistant)
    client.post(ASK, json={"question": "奖多少"})
    for number in range(20):
        client.get(f"/nowhere/{number}")
        client.get(f"/notices/{number}")
        client.get(f"/static/{number}.js")
    client.get(f"/notices/{NOTICE_ID}")
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    counted = {line.rpartition(" ")[0] for line in response.text.splitlines() if line.startswith("policy_requests")}
    assert counted == {
        f'policy_requests_total{{route="{route}",status="{status}"}}'
        for route, status in [
            (ASK, "2xx"),
            ("other", "4xx"),
            ("/notices/{notice_id}", "4xx"),
            ("/notices/{notice_id}", "2xx"),
            ("/static/{path:path}", "4xx"),
        ]
    }
    assert 'policy_answers_total{status="partly_answered"} 1.0' in response.text
    for part in ("waiting", "engine", "total"):
        assert f'policy_answer_seconds_count{{part="{part}"}} 1.0' in response.text
    used = re.search(r"^policy_engine_processor_seconds_total (\S+)$", response.text, re.MULTILINE)
    assert used and float(used[1]) > 0
    assert f'policy_index{{version="{assistant.corpus.version}"}} 1.0' in response.text
    assert re.search(r"^policy_index_age_seconds \d", response.text, re.MULTILINE)
    assert "python_info" not in response.text and "process_" not in response.text


def test_metrics_show_the_queue(assistant: FakeAssistant) -> None:
    assistant.gate = threading.Event()
    client = serve(assistant)
    desk: AnswerDesk = client.app_state["desk"]
    places = Places()
    asked = [desk.submit(Inquiry("奖多少")) for _ in range(places.at_a_time + 3)]
    wait_for(lambda: desk.running == places.at_a_time)
    shown = client.get("/metrics").text
    assert "policy_questions_waiting 3.0" in shown and f"policy_questions_running {places.at_a_time:.1f}" in shown
    assistant.gate.set()
    assert all(future.result() for future in asked)


SECRET = {"authorization": "Bearer s3cret"}


@pytest.fixture(scope="module")
def apps(small_corpus: Corpus) -> dict[str, FastAPI]:
    """By the token for the metrics."""
    settings = {token: UiSettings(metrics_token=SecretStr(token)) for token in ("", "s3cret")}
    return {token: create_app(FakeAssistant(small_corpus), chosen) for token, chosen in settings.items()}


@pytest.mark.parametrize(
    ("peer", "token", "headers", "status"),
    [
        ("127.0.0.1", "", {}, 200),
        ("::1", "", {}, 200),
        ("192.0.2.1", "", {}, 404),
        ("192.0.2.1", "", {"authorization": "Bearer "}, 404),
        ("127.0.0.1", "", {"x-forwarded-for": "127.0.0.1"}, 404),
        ("127.0.0.1", "", {"forwarded": "for=127.0.0.1"}, 404),
        ("192.0.2.1", "s3cret", SECRET, 200),
        ("127.0.0.1", "s3cret", {"x-forwarded-for": "192.0.2.1", **SECRET}, 200),
        ("192.0.2.1", "s3cret", {"authorization": "Bearer S3cret"}, 404),
        ("192.0.2.1", "s3cret", {}, 404),
    ],
)
def test_who_may_read_the_metrics(
    apps: dict[str, FastAPI], peer: str, token: str, headers: dict[str, str], status: int
) -> None:
    response = TestClient(apps[token], client=(peer, 5000)).get("/metrics", headers=headers)
    assert response.status_code == status
    if status == 404:
        expect_problem(response, 404)


def test_the_age_of_an_index() -> None:
    assert IndexShown("v1", "1970-01-01T00:01:00+00:00").age(180.0) == 120.0
    assert math.isnan(IndexShown().age(0.0))


def test_another_index_replaces_the_first() -> None:
    shown = [IndexShown("a")]
    metrics = Metrics()
    metrics.show_index(lambda: shown[0])
    assert b'policy_index{version="a"} 1.0' in metrics.write()
    shown[0] = IndexShown("b")
    written = metrics.write()
    assert b'version="a"' not in written and b'policy_index{version="b"} 1.0' in written
