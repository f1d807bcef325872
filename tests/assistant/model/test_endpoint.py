"""What an endpoint is sent, how replies are stopped, and what is remembered of it between calls."""

import logging
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.model.endpoint import Counts, EndpointState, Fault, ModelError, Stopped
from tests.model_server.asking import ASKED, CORRECT, PATIENT, SCHEMA, SECRET, open_endpoint, write
from tests.model_server.refusals import say_nothing, status
from tests.model_server.server import Line, ModelServer, in_turn, say
from tests.model_server.streams import half

_UNAVAILABLE = status("503 Service Unavailable", "{}")


def test_a_request_holds_what_is_needed_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-somebody")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Other: secret")
    with ModelServer(say(CORRECT)) as server, open_endpoint(server.url, **PATIENT) as endpoint:
        assert "".join(endpoint.write(ASKED, SCHEMA)) == CORRECT
    (asked,) = server.requests
    assert asked.line == "POST /v1/chat/completions HTTP/1.1"
    assert asked.headers.keys() == {
        *("host", "connection", "accept", "accept-encoding", "authorization"),
        *("content-type", "content-length", "user-agent"),
    }
    assert asked.headers["authorization"] == f"Bearer {SECRET}"
    assert asked.body == {
        "model": "m",
        "messages": [{"role": m.role, "content": m.content} for m in ASKED],
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0.0,
        "max_tokens": 1024,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "reply", "schema": SCHEMA, "strict": True},
        },
    }
    assert endpoint.counts == Counts(requests=1, prompt_tokens=30, reply_tokens=12)


def test_without_a_key_none_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody")
    with ModelServer(say(CORRECT)) as server, open_endpoint(server.url, model_api_key="", **PATIENT) as endpoint:
        write(endpoint)
    assert "authorization" not in server.requests[0].headers


def test_what_was_refused_is_not_sent_again() -> None:
    refusals = (
        status("400 Bad Request", "unknown field stream_options"),
        status("400 Bad Request", "response_format json_schema is not supported"),
        status("422 Unprocessable Entity", "json mode is off"),
    )
    with ModelServer(in_turn(*refusals, say(CORRECT))) as server, open_endpoint(server.url, **PATIENT) as endpoint:
        assert "".join(endpoint.write(ASKED, SCHEMA)) == CORRECT
        assert "".join(endpoint.write(ASKED, SCHEMA)) == CORRECT
    forms = [r.body.get("response_format", {}).get("type") for r in server.requests]
    assert forms == ["json_schema", "json_schema", "json_object", None, None]
    assert ["stream_options" in r.body for r in server.requests] == [True, False, False, False, False]


def test_whoever_stops_ends_the_request_at_once() -> None:
    stopped = threading.Event()
    with ModelServer(half(CORRECT, "silent")) as server, open_endpoint(server.url, **PATIENT) as endpoint:
        pieces = endpoint.write(ASKED, stopped=stopped)
        assert next(pieces) == CORRECT[:2]
        stopped.set()
        began = time.monotonic()
        with pytest.raises(Stopped):
            list(pieces)
        assert server.left.acquire(timeout=5)
        assert time.monotonic() - began < 0.5
        assert (endpoint.state, endpoint.counts.failures) == (EndpointState.READY, {})


def test_whoever_stopped_before_asks_nothing() -> None:
    stopped = threading.Event()
    stopped.set()
    with ModelServer(say(CORRECT)) as server, open_endpoint(server.url) as endpoint:
        with pytest.raises(Stopped):
            list(endpoint.write(ASKED, stopped=stopped))
        assert server.requests == []


def test_an_iterator_that_is_closed_ends_the_request() -> None:
    with ModelServer(half(CORRECT, "silent")) as server, open_endpoint(server.url, **PATIENT) as endpoint:
        pieces = endpoint.write(ASKED)
        next(pieces)
        pieces.close()  # type: ignore[attr-defined]
        assert server.left.acquire(timeout=5)
        assert (endpoint.state, endpoint.counts.failures) == (EndpointState.READY, {})


def test_a_late_reply_is_not_waited_for_upstream_either() -> None:
    with ModelServer(say_nothing) as server, open_endpoint(server.url, model_first_token_seconds=0.2) as endpoint:
        with pytest.raises(ModelError):
            write(endpoint)
        assert server.left.acquire(timeout=5)


def test_a_host_name_that_is_looked_up_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    found = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **more: found.wait(timeout=30) and [])
    with open_endpoint("http://model.example/v1", model_connect_seconds=0.2) as endpoint:
        with pytest.raises(ModelError) as failed:
            write(endpoint)
        found.set()
    assert failed.value.fault is Fault.TIMEOUT


def test_less_time_than_the_setting_says_nothing_about_the_endpoint() -> None:
    with ModelServer(say_nothing) as server, open_endpoint(server.url, **PATIENT) as endpoint:
        with pytest.raises(ModelError) as failed:
            list(endpoint.write(ASKED, seconds=0.2))
        assert failed.value.fault is Fault.TIMEOUT
        assert endpoint.state is EndpointState.READY


def test_many_ask_at_once() -> None:
    with ModelServer(say(CORRECT)) as server, open_endpoint(server.url, **PATIENT) as endpoint:
        with ThreadPoolExecutor(16) as threads:
            assert set(threads.map(lambda _: write(endpoint), range(48))) == {CORRECT}
        assert endpoint.counts.requests == len(server.requests) == 48


def test_a_connection_that_was_closed_meanwhile_is_no_fault() -> None:
    async def close_after(line: Line) -> None:
        await say(CORRECT)(line)
        line.writer.close()

    with ModelServer(close_after) as server, open_endpoint(server.url, **PATIENT) as endpoint:
        assert [write(endpoint), write(endpoint), write(endpoint)] == [CORRECT] * 3


def test_an_outage_does_not_double_the_load() -> None:
    with ModelServer(in_turn(_UNAVAILABLE)) as server, open_endpoint(server.url, **PATIENT) as endpoint:
        for _ in range(30):
            endpoint._breaker.note_success()  # only the budget is looked at
            with pytest.raises(ModelError):
                write(endpoint)
        assert 30 < len(server.requests) <= 30 + 6


class _Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_an_endpoint_that_is_down_is_spared_and_found_again() -> None:
    clock = _Clock()
    with ModelServer(_UNAVAILABLE) as server, open_endpoint(server.url, clock=clock, **PATIENT) as endpoint:
        states = []
        for _ in range(5):
            with pytest.raises(ModelError) as failed:
                write(endpoint)
            states.append(endpoint.state.value)
        assert states == ["failing", "failing", "open", "open", "open"]
        assert endpoint.counts.refused == 2 and failed.value.fault is Fault.UNAVAILABLE
        before = len(server.requests)
        server.script = say(CORRECT)
        clock.now += 2.9
        with pytest.raises(ModelError):
            write(endpoint)
        assert len(server.requests) == before
        clock.now += 0.2
        assert write(endpoint) == CORRECT
        assert endpoint.state is EndpointState.READY


def test_one_caller_tries_for_all_and_one_more_if_that_hangs() -> None:
    clock = _Clock()
    with ModelServer(_UNAVAILABLE) as server, open_endpoint(server.url, clock=clock, **PATIENT) as endpoint:
        for _ in range(3):
            with pytest.raises(ModelError):
                write(endpoint)
        server.script = say_nothing
        clock.now += 3.1
        before = len(server.requests)
        with ThreadPoolExecutor(4) as threads:
            asked = [threads.submit(lambda: list(endpoint.write(ASKED, seconds=1.0))) for _ in range(4)]
            assert sorted(str(a.exception(timeout=30)) != "" for a in asked) == [True] * 4
        assert len(server.requests) == before + 1
        server.script = say(CORRECT)
        clock.now += 3.1
        assert write(endpoint) == CORRECT


def test_a_question_that_is_refused_does_not_close_the_door_for_others() -> None:
    with (
        ModelServer(status("400 Bad Request", "inspection failed")) as server,
        open_endpoint(server.url, **PATIENT) as endpoint,
    ):
        for _ in range(6):
            with pytest.raises(ModelError):
                write(endpoint)
        assert (endpoint.state, len(server.requests)) == (EndpointState.READY, 6)


def test_nothing_that_was_sent_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    for script in (say(CORRECT), status("500 Internal Server Error", "CUDA"), half(CORRECT, "cut")):
        with ModelServer(script) as server, open_endpoint(server.url, **PATIENT) as endpoint:
            try:
                write(endpoint)
            except ModelError:
                pass
    assert caplog.text == ""


def test_no_library_is_loaded_without_a_model() -> None:
    code = "import sys, assistant.model.endpoint; print([n for n in ('llama_index', 'openai') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
