"""Streams show signs of life, keep little for slow readers, and end with their client; so do whole answers."""

import asyncio
import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.types import Message

from assistant.answer import Answer
from assistant.output.listener import Listener
from assistant.understanding.frame import Turn
from corpus.store import Corpus
from tests.fake_assistant import FakeAssistant
from ui.api.streaming import AnswerStream, Telling
from ui.server import create_app
from ui.service.answering import AnswerDesk, Inquiry, Opening
from ui.settings import UiSettings

Json = dict[str, Any]
HEARTBEAT = b": \n\n"
CHAT = {"model": "policy-assistant", "messages": [{"role": "user", "content": "后来的"}]}
CALL = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "tools/call",
    "params": {"name": "ask", "arguments": {"question": "后来的"}},
}
DOORS: list[tuple[str, Json]] = [
    ("/api/v1/ask", {"question": "后来的"}),
    ("/api/v1/ask/stream", {"question": "后来的"}),
    ("/chat/ask", {"question": "后来的"}),
    ("/v1/chat/completions", CHAT),
    ("/v1/chat/completions", {**CHAT, "stream": True}),
    ("/mcp", CALL),
]


@pytest.fixture(scope="module")
def shared(small_corpus: Corpus) -> FakeAssistant:
    return FakeAssistant(small_corpus)


@pytest.fixture(scope="module")
def app(shared: FakeAssistant) -> FastAPI:
    return create_app(shared, UiSettings())


@pytest.fixture
def assistant(shared: FakeAssistant) -> FakeAssistant:
    shared.forget()
    shared.gate = threading.Event()
    return shared


@pytest.fixture
def desk(assistant: FakeAssistant) -> Iterator[AnswerDesk]:
    desk = AnswerDesk(Opening(assistant))
    yield desk
    assert assistant.gate is not None
    assistant.gate.set()
    desk.close()


def names_of(frames: Sequence[bytes]) -> list[str]:
    """The names of the events, which may leave together; signs of life have none."""
    return re.findall(r"^event: (.*)$", b"".join(frames).decode(), re.MULTILINE)


def test_a_stream_shows_signs_of_life(desk: AnswerDesk, assistant: FakeAssistant) -> None:
    async def read() -> list[bytes]:
        frames: list[bytes] = []
        async for frame in AnswerStream(desk, Inquiry("奖多少"), heartbeat_seconds=0.01).frames():
            frames.append(frame)
            if frames.count(HEARTBEAT) == 3 and assistant.gate:
                assistant.gate.set()
        return frames

    frames = asyncio.run(read())
    assert frames.count(HEARTBEAT) >= 3
    assert names_of(frames) == ["step"] * 4 + ["part"] * 5 + ["done"]


def test_a_slow_reader_fills_no_memory(small_corpus: Corpus) -> None:
    class Talkative(FakeAssistant):
        def ask(
            self,
            question: str,
            history: Sequence[Turn] = (),
            notice_ids: Sequence[str] = (),
            listener: Listener | None = None,
        ) -> Answer:
            for step in range(5_000) if listener else ():
                assert listener is not None
                listener.on_step(str(step))
            return super().ask(question, history, notice_ids)

    desk = AnswerDesk(Opening(Talkative(small_corpus)))

    async def read() -> list[bytes]:
        stream = AnswerStream(desk, Inquiry("奖多少"), Telling())
        await asyncio.wrap_future(stream._future)
        return [f async for f in stream.frames()]

    frames = asyncio.run(read())
    desk.close()
    assert names_of(frames) == ["step"] * 16 + ["part"] * 5 + ["done"]


def test_a_stream_says_that_the_service_stops(desk: AnswerDesk, assistant: FakeAssistant) -> None:
    async def read() -> list[bytes]:
        running = [desk.submit(Inquiry("先来的")) for _ in range(2)]
        await until(lambda: len(assistant.asked) == 2)
        frames = AnswerStream(desk, Inquiry("后来的")).frames()
        first = asyncio.ensure_future(anext(frames))
        await until(lambda: desk.waiting == 1)
        desk.close()
        heard = [await first, *[f async for f in frames]]
        assert assistant.gate is not None
        assistant.gate.set()
        for future in running:
            await asyncio.wrap_future(future)
        return heard

    (only,) = asyncio.run(read())
    assert names_of([only]) == ["error"] and '"status": 503' in only.decode()


async def visit(app: FastAPI, path: str, body: Json, gone: asyncio.Event) -> list[Message]:
    """One request whose client leaves when told."""
    unread = [{"type": "http.request", "body": json.dumps(body).encode(), "more_body": False}]
    sent: list[Message] = []

    async def receive() -> Message:
        if unread:
            return unread.pop()
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        # As a server that waits for the network, also before the first event.
        await asyncio.sleep(0)
        sent.append(message)

    headers = {"host": "localhost", "content-type": "application/json", "accept": "application/json, text/event-stream"}
    scope = {
        "type": "http", "asgi": {"spec_version": "2.3"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80), "headers": [(k.encode(), v.encode()) for k, v in headers.items()], "state": {},
    }  # fmt: skip
    await app(scope, receive, send)
    return sent


async def until(holds: Callable[[], bool]) -> None:
    while not holds():
        await asyncio.sleep(0.005)


@pytest.mark.parametrize("leaves_at_once", [False, True])
@pytest.mark.parametrize(("path", "body"), DOORS)
def test_a_question_is_never_computed_once_its_client_has_gone(
    app: FastAPI, assistant: FakeAssistant, path: str, body: Json, leaves_at_once: bool
) -> None:
    desk: AnswerDesk = app.state.desk

    async def crowd() -> list[Message]:
        before = asyncio.all_tasks()
        running = [desk.submit(Inquiry("先来的")) for _ in range(2)]
        await until(lambda: len(assistant.asked) == 2)
        gone = asyncio.Event()
        if leaves_at_once:
            gone.set()
        visiting = asyncio.ensure_future(visit(app, path, body, gone))
        if not leaves_at_once:
            await until(lambda: desk.waiting == 1)
            gone.set()
        sent = await visiting
        assert assistant.gate is not None
        assistant.gate.set()
        for future in running:
            await asyncio.wrap_future(future)
        # Another question shows that the queue has been worked off, and that its place is free again.
        await asyncio.wrap_future(desk.submit(Inquiry("最后的")))
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == before
        return sent

    sent = asyncio.run(crowd())
    assert [question for question, *_ in assistant.asked] == ["先来的", "先来的", "最后的"]
    assert not any(b"event: done" in m.get("body", b"") for m in sent)


@pytest.mark.parametrize(("path", "body"), DOORS)
def test_nothing_is_left_behind_by_an_answer(app: FastAPI, assistant: FakeAssistant, path: str, body: Json) -> None:
    desk: AnswerDesk = app.state.desk
    assert assistant.gate is not None
    assistant.gate.set()

    async def ask() -> list[Message]:
        before = asyncio.all_tasks()
        sent = await visit(app, path, body, asyncio.Event())
        await until(lambda: asyncio.all_tasks() == before and not desk.waiting and not desk.running)
        return sent

    sent = asyncio.run(ask())
    assert sent[0]["status"] == 200 and sent[-1].get("more_body", False) is False
