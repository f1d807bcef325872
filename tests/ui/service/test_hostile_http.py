"""Hostile requests are answered or turned away over a real connection; none breaks the service or stays behind."""

import asyncio
import json
import re
import resource
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from corpus.store import Corpus
from tests.fake_assistant import NOTICE_ID, FakeAssistant
from tests.ui.service.hostile_requests import ADDRESSES, BODIES, HEADS, TYPES
from ui.server import create_app
from ui.service.answering import AnswerDesk
from ui.service.connections import ConnectionLimits, configure_server
from ui.settings import UiSettings

ASK = "/api/v1/ask"
QUESTION = json.dumps({"question": "中试基地一年奖多少？"}).encode()
LIMITS = ConnectionLimits(head_seconds=0.2, unread_seconds=0.2, per_address=60, arriving_bytes=100_000)
_WAIT = 10.0


@dataclass(frozen=True, slots=True)
class Running:
    """A service in a thread of its own, and what it has open."""

    port: int
    server: uvicorn.Server
    assistant: FakeAssistant
    desk: AnswerDesk
    loops: list[asyncio.AbstractEventLoop]

    def open(self, address: str = "127.0.0.1") -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), _WAIT, (address, 0))

    def count_tasks(self) -> int:
        return len(asyncio.all_tasks(self.loops[0])) if self.loops else 0


@pytest.fixture(scope="module")
def running(small_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    assistant = FakeAssistant(small_corpus)
    app = create_app(assistant, UiSettings(feedback_file=tmp_path_factory.mktemp("kept") / "feedback.sqlite3"))
    loops: list[asyncio.AbstractEventLoop] = []

    async def noting_loop(scope: Scope, receive: Receive, send: Send) -> None:
        loops[:] = [asyncio.get_running_loop()]
        await app(scope, receive, send)

    listener = socket.create_server(("127.0.0.1", 0), backlog=200)
    server = uvicorn.Server(configure_server(noting_loop, LIMITS, 1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.service.guard._SECONDS_FOR_BODY", 0.2)
        thread.start()
        wait_for(lambda: server.started)
        yield Running(listener.getsockname()[1], server, assistant, app.state.desk, loops)
        server.should_exit = True
        thread.join(5)


@pytest.fixture
def service(running: Running) -> Running:
    running.assistant.forget()
    return running


def wait_for(condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + _WAIT
    while not condition():
        assert time.monotonic() < ends
        time.sleep(0.01)


def read_all(connection: socket.socket) -> bytes:
    """Until the service closes the connection, which it may do while we still write."""
    received = b""
    try:
        while piece := connection.recv(65_536):
            received += piece
    except ConnectionError:
        pass
    return received


def exchange(service: Running, sent: bytes) -> bytes:
    with service.open() as connection:
        try:
            connection.sendall(sent)
        except ConnectionError:
            pass
        return read_all(connection)


def statuses_of(received: bytes) -> list[int]:
    return [int(s) for s in re.findall(rb"HTTP/1\.1 (\d+) ", received)]


def write_request(method: str, path: str, body: bytes = b"", *fields: str) -> bytes:
    lines = (f"{method} {path} HTTP/1.1", "Host: x", "Connection: close", f"Content-Length: {len(body)}", *fields)
    return "\r\n".join((*lines, "", "")).encode("utf-8", "surrogateescape") + body


def test_bad_bodies_on_every_route(service: Running) -> None:
    described = json.loads(exchange(service, write_request("GET", "/openapi.json")).partition(b"\r\n\r\n")[2])
    asked = {path for path, methods in described["paths"].items() if "post" in methods}
    routes = sorted(asked | {"/chat/ask", "/", "/measures", f"/notices/{NOTICE_ID}", "/ui/base.css", "/theme.css"})
    before = read_megabytes()
    failed = []
    number = 0
    for route, (name, body) in product(routes, BODIES.items()):
        coding = ("Content-Encoding: gzip",) if "gzip" in name else ()
        for kind in TYPES if name in ("null", "nothing") else TYPES[:1]:
            sent = write_request("POST", route, body, f"Content-Type: {kind}", *coding)
            statuses = statuses_of(exchange(service, sent))
            number += 1
            if len(statuses) != 1 or not 400 <= statuses[0] < 500:
                failed.append((route, name, kind, statuses))
    assert failed == [] and service.assistant.asked == []
    assert number + len(ADDRESSES) + len(HEADS) >= 700
    assert read_megabytes() - before < 50


def test_addresses_of_nothing(service: Running) -> None:
    failed = []
    for address in ADDRESSES:
        with service.open() as connection:
            connection.sendall(write_request("GET", address))
            statuses = statuses_of(connection.recv(65_536))  # some stay open
        if len(statuses) != 1 or statuses[0] not in (200, 400, 403, 404, 422, 431):
            failed.append((address[:60], statuses))
    assert failed == []


@pytest.mark.parametrize("name", HEADS)
def test_what_is_hardly_http(service: Running, name: str) -> None:
    sent, expected = HEADS[name]
    received = exchange(service, sent)
    found = statuses_of(received)
    assert set(found) <= set(expected) and bool(found) == bool(expected), (found, received[:300])
    if found[-1:] > [399]:
        assert b"application/problem+json" in received and re.search(r"[\u4e00-\u9fff]", received.decode())
    wait_for(lambda: not service.server.server_state.connections)


def test_a_head_that_drips_is_not_waited_for(service: Running) -> None:
    with service.open() as connection:
        ended = threading.Event()

        def drip() -> None:
            try:
                for character in "GET /healthz HTTP/1.1\r\nX: " + "a" * 2_000:
                    connection.send(character.encode())
                    if ended.wait(0.01):
                        return
            except OSError:
                return

        thread = threading.Thread(target=drip)
        thread.start()
        assert statuses_of(read_all(connection)) == [408]
        ended.set()
        thread.join(5)


def test_an_answered_client_may_not_drip_on(service: Running) -> None:
    """The rest of a body that nobody reads; a connection that is kept open for nothing."""
    for sent in (
        b"GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nabc",
        write_request("GET", "/healthz"),
    ):
        with service.open() as connection:
            connection.sendall(sent.replace(b"Connection: close\r\n", b""))
            assert statuses_of(read_all(connection)) == [200]


def test_slow_readers_are_let_go(service: Running) -> None:
    request = write_request("GET", f"/notices/{NOTICE_ID}").replace(b"Connection: close\r\n", b"")
    tasks = service.count_tasks()
    readers = []
    for _ in range(5):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.connect(("127.0.0.1", service.port))
        connection.sendall(request * 16)
        readers.append(connection)
    wait_for(lambda: len(service.server.server_state.connections) == 5)
    wait_for(lambda: not service.server.server_state.connections and service.count_tasks() <= tasks)
    for connection in readers:
        connection.close()


@pytest.mark.parametrize("route", [ASK, f"{ASK}/stream", "/chat/ask"])
def test_who_leaves_leaves_nothing_behind(service: Running, route: str) -> None:
    exchange(service, write_request("GET", "/healthz"))
    tasks = service.count_tasks()
    service.assistant.gate = threading.Event()
    sent = write_request("POST", route, QUESTION, "Content-Type: application/json")
    connections = [service.open() for _ in range(20)]
    for connection in connections:
        connection.sendall(sent)
    wait_for(lambda: len(service.assistant.asked) == 2 and service.desk.waiting == 18)
    for connection in connections:
        connection.close()
    wait_for(lambda: not service.server.server_state.connections and not service.desk.waiting)
    service.assistant.gate.set()
    wait_for(lambda: service.count_tasks() <= tasks)
    assert len(service.assistant.asked) == 2


def test_too_many_connections_of_one_address(service: Running) -> None:
    most = LIMITS.per_address
    held = [service.open("127.0.0.2") for _ in range(most)]
    wait_for(lambda: len(service.server.server_state.connections) == most)
    sent = write_request("GET", "/healthz")
    with service.open("127.0.0.2") as refused, service.open("127.0.0.3") as other:
        for connection in (refused, other):
            connection.sendall(sent)
        answer = read_all(refused)
        assert statuses_of(answer) == [429] and b"retry-after: 5" in answer
        assert statuses_of(read_all(other)) == [200]
    for connection in held:
        connection.close()
    wait_for(lambda: not service.server.server_state.connections)


def test_many_unfinished_bodies_of_one_address(service: Running) -> None:
    sent = write_request("POST", ASK, b"", "Content-Type: application/json").replace(b"Length: 0", b"Length: 99999")
    first, second = service.open("127.0.0.2"), service.open("127.0.0.2")
    first.sendall(sent + b" " * 60_000)
    wait_for(lambda: bool(service.server.server_state.connections))
    time.sleep(0.05)
    second.sendall(sent + b" " * 60_000)
    refused = read_all(second)
    assert statuses_of(refused) == [429] and b"Retry-After: 5" in refused
    with service.open("127.0.0.3") as other:
        whole = write_request("POST", ASK, QUESTION, "Content-Type: application/json")
        other.sendall(whole)
        assert statuses_of(read_all(other)) == [200]
    assert statuses_of(read_all(first)) == [408]
    first.close()
    second.close()
    assert statuses_of(exchange(service, write_request("POST", ASK, b"x" * 90_000))) == [415]


def read_megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20
