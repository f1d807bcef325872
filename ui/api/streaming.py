"""Sends an answer as server-sent events while it is made: `step`, `part`, `done`, or `error`."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer
from assistant.encode import encode_answer
from ui.service.answering import AnswerDesk, Inquiry
from ui.service.problems import describe_error

STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_HEARTBEAT_SECONDS = 15.0
_HEARTBEAT = b": \n\n"
STEP_LABELS = {"understand": "理解问题", "retrieve": "查找原文", "compose": "整理回答", "verify": "逐句核对原文"}


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a stream; `content` becomes JSON."""

    name: str
    content: dict[str, Any]

    def frame(self) -> bytes:
        data = json.dumps(self.content, ensure_ascii=False)
        return f"event: {self.name}\ndata: {data}\n\n".encode("utf-8", "replace")


TellAnswer = Callable[[Answer], Iterator[Event]]


def tell_as_json(answer: Answer) -> Iterator[Event]:
    """Its parts one by one, then the whole."""
    encoded = encode_answer(answer)
    yield from (Event("part", part) for part in encoded["parts"])
    yield Event("done", encoded)


class AnswerStream:
    """One running answer; steps arrive from the answering thread, events leave in the event loop."""

    def __init__(self, desk: AnswerDesk, inquiry: Inquiry, tell: TellAnswer = tell_as_json) -> None:
        self._tell = tell
        self._loop = asyncio.get_running_loop()
        self._steps: asyncio.Queue[str | None] = asyncio.Queue()
        self._future: Future[Answer] = desk.submit(inquiry, self._put)
        self._future.add_done_callback(lambda _: self._put(None))

    def _put(self, step: str | None) -> None:
        # The loop is closed when the service stops while a question is still being answered.
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._steps.put_nowait, step)

    async def events(self) -> AsyncIterator[bytes]:
        try:
            async for step in self._wait():
                yield _step_event(step).frame() if step else _HEARTBEAT
            answer = await asyncio.wrap_future(self._future)
            # They stand at once, and every piece on its own costs a write.
            yield b"".join(event.frame() for event in self._tell(answer))
        except Exception as error:
            yield Event("error", describe_error(error).as_json()).frame()
        finally:
            self._future.cancel()

    async def _wait(self) -> AsyncIterator[str | None]:
        """Steps until the answer is there; None where nothing happened for a while."""
        while True:
            try:
                step = await asyncio.wait_for(self._steps.get(), _HEARTBEAT_SECONDS)
            except TimeoutError:
                yield None
                continue
            if step is None:
                return
            yield step


def _step_event(step: str) -> Event:
    return Event("step", {"step": step, "label": STEP_LABELS.get(step, step)})
