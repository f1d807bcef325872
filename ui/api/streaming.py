"""Sends an answer as server-sent events while it is made, with signs of life, and stops where nobody listens."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from assistant.answer import Answer, Part
from assistant.output.encode import encode_answer, encode_part
from assistant.output.listener import Listener, Told
from ui.service.answering import AnswerDesk, Inquiry, Stopping
from ui.service.problems import Problem, describe_error

_STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_HEARTBEAT_SECONDS = 15.0
_HEARTBEAT = b": \n\n"
# An answer has four steps; one that told more than a client reads must not fill the memory.
_MOST_STEPS_WAITING = 16
STEP_LABELS = {
    "understand": "理解问题",
    "retrieve": "查找原文",
    "compose": "整理回答",
    "verify": "逐句核对原文",
    "write": "用平常的话写出来",
}


@dataclass(frozen=True, slots=True)
class _FirstLine:
    """Told before a model writes."""

    told: Told


_News = str | Told | _FirstLine


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a stream; `content` becomes JSON, a string stays as it is; without a name it is a message."""

    name: str
    content: dict[str, Any] | str

    def frame(self) -> bytes:
        data = self.content if isinstance(self.content, str) else json.dumps(self.content, ensure_ascii=False)
        name = f"event: {self.name}\n" if self.name else ""
        return f"{name}data: {data}\n\n".encode("utf-8", "replace")


def tell_as_json(answer: Answer, told: Sequence[Part] = ()) -> Iterator[Event]:
    """`part`: its parts one by one but for those told already; `done`: the whole."""
    encoded = encode_answer(answer)
    yield from (Event("part", e) for part, e in zip(answer.parts, encoded["parts"], strict=True) if part not in told)
    yield Event("done", encoded)


def tell_part(told: Told) -> Iterator[Event]:
    """A sentence that holds, before the answer is whole."""
    yield Event("part", encode_part(told.part))


def tell_first_line(told: Told) -> Iterator[Event]:
    """What stands until sentences of a model come."""
    yield Event("first_line", encode_part(told.part))


def tell_step(step: str) -> Iterator[Event]:
    yield Event("step", {"step": step, "label": STEP_LABELS.get(step, step)})


def tell_failure(problem: Problem) -> Iterator[Event]:
    yield Event("error", problem.as_json())


@dataclass(frozen=True, slots=True)
class Telling:
    """How one interface says what happens; `opening` is sent before anything is known."""

    answer: Callable[[Answer, Sequence[Part]], Iterator[Event]] = tell_as_json
    step: Callable[[str], Iterator[Event]] = tell_step
    part: Callable[[Told], Iterator[Event]] = tell_part
    first_line: Callable[[Told], Iterator[Event]] = tell_first_line
    failure: Callable[[Problem], Iterator[Event]] = tell_failure
    opening: tuple[Event, ...] = ()


class AnswerStream:
    """One running answer; steps arrive from the answering thread, events leave in the event loop."""

    def __init__(
        self,
        desk: AnswerDesk,
        inquiry: Inquiry,
        telling: Telling | None = None,
        heartbeat_seconds: float = _HEARTBEAT_SECONDS,
    ) -> None:
        self._telling = telling or Telling()
        self._heartbeat_seconds = heartbeat_seconds
        self._loop = asyncio.get_running_loop()
        # One place more, so that the end always finds room.
        self._steps: asyncio.Queue[_News | None] = asyncio.Queue(_MOST_STEPS_WAITING + 1)
        self._listener = Listener(self._put, self._put, lambda told: self._put(_FirstLine(told)))
        self._told: list[Part] = []
        self._future: Future[Answer] = desk.submit(inquiry, self._listener)
        self._future.add_done_callback(lambda _: self._put(None))

    def close(self) -> None:
        """A question that still waits is never computed, and a model that writes stops."""
        self._listener.stopped.set()
        self._future.cancel()

    def _put(self, step: _News | None) -> None:
        # The loop is closed when the service stops while a question is still being answered.
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._keep, step)

    def _keep(self, step: _News | None) -> None:
        if step is None or self._steps.qsize() < _MOST_STEPS_WAITING:
            self._steps.put_nowait(step)

    async def events(self) -> AsyncGenerator[Event | None]:
        """As they happen; None where nothing happened for a while."""
        telling = self._telling
        try:
            for event in telling.opening:
                yield event
            async for step in self._wait():
                if step is None:
                    yield None
                else:
                    for event in self._tell(step):
                        yield event
            for event in telling.answer(self._result(), self._told):
                yield event
        except Exception as error:
            for event in telling.failure(describe_error(error)):
                yield event
        finally:
            self.close()

    async def frames(self) -> AsyncGenerator[bytes]:
        """The events as they are sent; those of the answer stand at once, and every piece on its own would cost a write."""
        waiting: list[bytes] = []
        async with aclosing(self.events()) as events:
            async for event in events:
                waiting.append(event.frame() if event else _HEARTBEAT)
                if not self._future.done():
                    yield b"".join(waiting)
                    waiting.clear()
        if waiting:
            yield b"".join(waiting)

    def _tell(self, told: _News) -> Iterator[Event]:
        if isinstance(told, str):
            return self._telling.step(told)
        if isinstance(told, _FirstLine):
            return self._telling.first_line(told.told)
        self._told.append(told.part)
        return self._telling.part(told)

    def _result(self) -> Answer:
        if self._future.cancelled():
            raise Stopping
        return self._future.result()

    async def _wait(self) -> AsyncIterator[_News | None]:
        """Steps until the answer is there; None where nothing happened for a while."""
        while True:
            try:
                step = await asyncio.wait_for(self._steps.get(), self._heartbeat_seconds)
            except TimeoutError:
                yield None
                continue
            if step is None:
                return
            yield step


class AnswerResponse(StreamingResponse):
    """Ends the answer with the connection, also where the client left before the first event."""

    media_type = "text/event-stream"

    def __init__(self, stream: AnswerStream) -> None:
        self._stream = stream
        self._frames = stream.frames()
        super().__init__(self._frames, headers=_STREAM_HEADERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with aclosing(self._frames):
                await super().__call__(scope, receive, send)
        finally:
            self._stream.close()
