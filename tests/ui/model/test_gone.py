"""Whoever leaves while a model writes stops it: the connection to the endpoint is closed within a second."""

import json
import socket
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.browser import run_service
from tests.http_checks import wait_for
from tests.model_server.asking import PATIENT, open_endpoint
from tests.model_server.playing import ASKS, FIRST_HALF, SENTENCES, PlayedAssistant, say_and_wait
from tests.model_server.server import ModelServer
from ui.service.answering import AnswerDesk

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
_CHAT = {"model": "policy-assistant", "messages": [{"role": "user", "content": ASKS}]}
_CALL = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "ask", "arguments": {"question": ASKS}},
}
_STREAMS: list[tuple[str, dict[str, Any]]] = [
    ("/api/v1/ask/stream", {"question": ASKS}),
    ("/chat/ask", {"question": ASKS}),
    ("/v1/chat/completions", {**_CHAT, "stream": True}),
]
_WHOLE: list[tuple[str, dict[str, Any] | str]] = [
    ("/api/v1/ask", {"question": ASKS}),
    ("/v1/chat/completions", dict(_CHAT)),
    ("/mcp", _CALL),
    ("/embed", urlencode({"question": ASKS})),
]
_SECONDS = 1.0
_SLACK = 1.0
"""For a machine that does other things too."""


@pytest.fixture(scope="module")
def server(assistant: PlayedAssistant) -> Iterator[ModelServer]:
    with ModelServer(say_and_wait(FIRST_HALF)) as server, open_endpoint(server.url, **PATIENT) as endpoint:
        assistant.play(endpoint)
        yield server


@pytest.fixture(scope="module")
def address(app: FastAPI) -> Iterator[tuple[str, int]]:
    with run_service(app) as site:
        parts = urlsplit(site)
        assert parts.hostname and parts.port
        yield parts.hostname, parts.port


def connect(address: tuple[str, int], path: str, body: dict[str, Any] | str) -> socket.socket:
    """A connection on which the question has been asked."""
    sent = (body if isinstance(body, str) else json.dumps(body)).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {_JSON}, text/event-stream\r\n"
        f"Content-Type: {_FORM if isinstance(body, str) else _JSON}\r\nContent-Length: {len(sent)}\r\n\r\n"
    )
    connection = socket.create_connection(address)
    connection.sendall(head.encode() + sent)
    return connection


def expect_stopped(server: ModelServer, connection: socket.socket) -> None:
    connection.close()
    left = time.monotonic()
    assert server.left.acquire(timeout=30)
    assert time.monotonic() - left < _SECONDS + _SLACK


@pytest.mark.parametrize(("path", "body"), _STREAMS)
def test_a_stream_that_is_cut_stops_the_model(
    server: ModelServer, address: tuple[str, int], path: str, body: dict[str, Any]
) -> None:
    """Its first sentence was shown while the model still wrote."""
    connection = connect(address, path, body)
    shown = b""
    while SENTENCES[0].encode() not in shown:
        shown += (piece := connection.recv(65_536))
        assert piece
    assert b"[DONE]" not in shown and b"event: done" not in shown
    expect_stopped(server, connection)


@pytest.mark.parametrize(("path", "body"), _WHOLE)
def test_a_client_that_leaves_stops_the_model(
    server: ModelServer, address: tuple[str, int], path: str, body: dict[str, Any] | str
) -> None:
    asked = len(server.requests)
    connection = connect(address, path, body)
    wait_for(lambda: len(server.requests) > asked)
    expect_stopped(server, connection)


def test_leaving_says_nothing_about_the_model(
    server: ModelServer, app: FastAPI, address: tuple[str, int], assistant: PlayedAssistant
) -> None:
    answered = len(assistant.answers)
    asked = len(server.requests)
    connection = connect(address, *_WHOLE[0])
    wait_for(lambda: len(server.requests) > asked)
    expect_stopped(server, connection)
    wait_for(lambda: len(assistant.answers) > answered)
    desk: AnswerDesk = app.state.desk
    wait_for(lambda: not desk.running)
    shown = TestClient(app, client=("127.0.0.1", 5000)).get("/metrics").text
    assert 'policy_shed_total{reason="gone"}' in shown and 'degraded="model_unavailable"' not in shown
