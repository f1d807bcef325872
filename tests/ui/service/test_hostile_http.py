"""Hostile requests are answered or turned away over a real connection; none breaks the service or stays behind."""

import asyncio
import json
import re
import resource
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
import uvicorn

from corpus.store import Corpus
from tests.fake_assistant import NOTICE_ID, FakeAssistant
from tests.http_checks import wait_for
from tests.ui.service.hostile_requests import ADDRESSES, BODIES, HEADS, TYPES, UNFINISHED
from ui.server import create_app
from ui.service.answering import AnswerDesk
from ui.service.connections import BoundedProtocol, ConnectionLimits, configure_server
from ui.settings import UiSettings

ASK = "/api/v1/ask"
QUESTION = json.dumps({"question": "中试基地一年奖多少？"}).encode()
# Longer than any test takes: these seconds pass only where a test lets them.
_SECONDS = 1_000.0
LIMITS = ConnectionLimits(head_seconds=_SECONDS, unread_seconds=_SECONDS, per_address=60, arriving_bytes=100_000)


class SkippingLoop(asyncio.SelectorEventLoop):
    """Its clock is put forward by hand, so that deadlines pass and nobody waits for them."""

    skipped = 0.0

    def time(self) -> float:
        return super().time() + self.skipped

    def skip(self, seconds: float) -> None:
        self.skipped += seconds


@dataclass(frozen=True, slots=True)
class Running:
    """A service in a thread of its own, and what it has open."""

    port: int
    server: uvicorn.Server
    protocol: type[BoundedProtocol]
    loop: SkippingLoop
    assistant: FakeAssistant
    desk: AnswerDesk

    def open(self, address: str = "127.0.0.1") -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), source_address=(address, 0))

    def list_open(self) -> list[BoundedProtocol]:
        return [c for c in tuple(self.server.server_state.connections) if isinstance(c, BoundedProtocol)]

    def count_answers(self) -> int:
        return self.server.server_state.total_requests

    def count_tasks(self) -> int:
        return len(asyncio.all_tasks(self.loop))

    def let_pass(self, seconds: float) -> None:
        """Once all that was sent over open connections has been read."""
        self.loop.call_soon_threadsafe(self.loop.skip, seconds)


@pytest.fixture(scope="module")
def running(small_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    assistant = FakeAssistant(small_corpus)
    app = create_app(assistant, UiSettings(feedback_file=tmp_path_factory.mktemp("kept") / "feedback.sqlite3"))
    listener = socket.create_server(("127.0.0.1", 0), backlog=200)
    # The system would take a megabyte of answers from the service before anybody reads one.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4_096)
    config = configure_server(app, LIMITS, 1)
    assert isinstance(config.http, type) and issubclass(config.http, BoundedProtocol)
    server, loop = uvicorn.Server(config), SkippingLoop()

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(server.serve([listener]))

    thread = threading.Thread(target=run, daemon=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.service.guard._SECONDS_FOR_BODY", _SECONDS)
        thread.start()
        wait_for(lambda: server.started)
        yield Running(listener.getsockname()[1], server, config.http, loop, assistant, app.state.desk)
        server.should_exit = True
        thread.join()


@pytest.fixture
def service(running: Running) -> Running:
    running.assistant.forget()
    wait_for(lambda: not running.list_open())
    return running


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
    wait_for(lambda: not service.list_open())


@pytest.mark.parametrize("name", UNFINISHED)
def test_what_is_not_finished_is_not_waited_for(service: Running, name: str) -> None:
    sent, expected = UNFINISHED[name]
    with service.open() as connection:
        connection.sendall(sent)
        wait_for(lambda: len(service.list_open()) == 1)
        while service.list_open():
            service.let_pass(_SECONDS)
        assert statuses_of(read_all(connection)) == expected


def test_a_head_that_drips_is_not_waited_for(service: Running) -> None:
    with service.open() as connection:
        for piece in (b"GET /healthz HTTP/1.1\r\nX: ", b"a", b"a", b"a"):
            connection.sendall(piece)
            wait_for(lambda: len(service.list_open()) == 1)
            service.let_pass(_SECONDS * 0.3)
        assert statuses_of(read_all(connection)) == [408]


@pytest.mark.parametrize(
    ("sent", "more"),
    [
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nabc", b"d"),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", b""),
    ],
    ids=["the rest of a body", "nothing"],
)
def test_an_answered_client_may_not_drip_on(service: Running, sent: bytes, more: bytes) -> None:
    answered = service.count_answers()
    with service.open() as connection:
        connection.sendall(sent)
        wait_for(lambda: service.count_answers() > answered)
        connection.sendall(more)
        service.let_pass(_SECONDS)
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
    wait_for(lambda: [c.flow.write_paused for c in service.list_open()] == [True] * 5)
    service.let_pass(_SECONDS)
    wait_for(lambda: not service.list_open() and service.count_tasks() <= tasks)
    for connection in readers:
        connection.close()


@pytest.mark.parametrize("route", [ASK, f"{ASK}/stream", "/chat/ask"])
def test_who_leaves_leaves_nothing_behind(service: Running, route: str) -> None:
    tasks = service.count_tasks()
    service.assistant.gate = threading.Event()
    sent = write_request("POST", route, QUESTION, "Content-Type: application/json")
    connections = [service.open() for _ in range(20)]
    for connection in connections:
        connection.sendall(sent)
    wait_for(lambda: len(service.assistant.asked) == 2 and service.desk.waiting == 18)
    for connection in connections:
        connection.close()
    wait_for(lambda: not service.list_open() and not service.desk.waiting)
    service.assistant.gate.set()
    wait_for(lambda: service.count_tasks() <= tasks)
    assert len(service.assistant.asked) == 2


def test_too_many_connections_of_one_address(service: Running) -> None:
    most = LIMITS.per_address
    held = [service.open("127.0.0.2") for _ in range(most)]
    wait_for(lambda: len(service.list_open()) == most)
    sent = write_request("GET", "/healthz")
    with service.open("127.0.0.2") as refused, service.open("127.0.0.3") as other:
        for connection in (refused, other):
            connection.sendall(sent)
        answer = read_all(refused)
        assert statuses_of(answer) == [429] and b"retry-after: 5" in answer
        assert statuses_of(read_all(other)) == [200]
    for connection in held:
        connection.close()
    wait_for(lambda: not service.list_open())


def test_many_unfinished_bodies_of_one_address(service: Running) -> None:
    sent = write_request("POST", ASK, b"", "Content-Type: application/json").replace(b"Length: 0", b"Length: 99999")
    with service.open("127.0.0.2") as first, service.open("127.0.0.2") as second, service.open("127.0.0.3") as other:
        first.sendall(sent + b" " * 60_000)
        wait_for(lambda: service.protocol.arriving.total() == 60_000)
        second.sendall(sent + b" " * 60_000)
        refused = read_all(second)
        assert statuses_of(refused) == [429] and b"Retry-After: 5" in refused
        other.sendall(write_request("POST", ASK, QUESTION, "Content-Type: application/json"))
        assert statuses_of(read_all(other)) == [200]
        first.sendall(b" " * 39_999)
        assert statuses_of(read_all(first)) == [400]
    assert statuses_of(exchange(service, write_request("POST", ASK, b"x" * 90_000))) == [415]


def read_megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20
