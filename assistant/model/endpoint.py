"""A language model behind an OpenAI-compatible endpoint: pieces of a whole reply in time, or one kind of error."""

import asyncio
import contextlib
import logging
import queue
import random
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assistant.model.calling.breaker import Breaker, RetryBudget
from assistant.model.calling.exchange import (
    Cause,
    Counts,
    EndpointState,
    Fault,
    Message,
    ModelError,
    Piece,
    Stopped,
    Usage,
)
from assistant.model.calling.parameters import Parameters
from assistant.model.calling.thoughts import ThoughtFilter
from assistant.model.settings import ModelSettings

if TYPE_CHECKING:
    from assistant.model.calling.wire import Wire

__all__ = ["Counts", "Endpoint", "EndpointState", "Fault", "Message", "ModelError", "Stopped"]

_log = logging.getLogger(__name__)

_LONGEST_REPLY = 16_000
"""Code points; an answer of ours is a few hundred."""
_SECONDS_AFTER_END = 0.3
"""How long the count of tokens, which some send after the end, is waited for."""
_SECONDS_BETWEEN_LOOKS = 0.1
_SECONDS_OF_GRACE = 0.3
"""A loop that does not answer in time is not waited for any longer."""
_PAUSE = (0.05, 0.25)
"""Seconds before a retry, at random, so that many callers do not come back at once."""
_ENDS = {
    "length": "模型的回答被截断。请把 POLICY_MODEL_TOKENS 改大，或换一个不思考的模型。",
    "content_filter": "模型服务的审查拦下了这个回答。",
    "tool_calls": "模型要调用工具，没有写出回答。",
    "function_call": "模型要调用工具，没有写出回答。",
}
_CUT = "模型的回答没有写完就断了。"
_IN_ONE_REPLY = Cause(of_endpoint=False)

_Item = str | ModelError | None


class _Reply:
    """What came so far of one reply."""

    def __init__(self) -> None:
        self.has_begun = False
        self._thoughts = ThoughtFilter()
        self._length = 0
        self._has_words = False
        self._finish = ""

    def take(self, piece: Piece) -> str:
        """The words of this piece that can be shown."""
        self.has_begun = self.has_begun or bool(piece.text or piece.thought)
        if self._finish and piece.text:
            self._finish = "overrun"
            return ""
        words = self._thoughts.feed(piece.text)
        if piece.finish and not self._finish:
            self._finish = piece.finish
            words += self._thoughts.end()
        self._length += len(words)
        if self._length > _LONGEST_REPLY:
            raise ModelError(Fault.UNAVAILABLE, "模型的回答太长，已停止接收。", _IN_ONE_REPLY)
        self._has_words = self._has_words or bool(words.strip())
        return words

    @property
    def has_ended(self) -> bool:
        return bool(self._finish)

    def find_fault(self) -> ModelError | None:
        """Why an ended reply cannot be used; None where it is whole."""
        if self._finish != "stop":
            return ModelError(Fault.UNAVAILABLE, _ENDS.get(self._finish, _CUT), _IN_ONE_REPLY)
        if not self._has_words:
            return ModelError(Fault.UNAVAILABLE, "模型没有写出回答。", _IN_ONE_REPLY)
        return None


@dataclass(frozen=True, slots=True)
class _Call:
    """One reply on its way: what is asked, until when (on the clock of `time.monotonic`), and what came so far."""

    messages: tuple[Message, ...]
    schema: Mapping[str, object] | None
    ends: float
    is_shortened: bool
    """Whoever asked gave less time than the settings do."""
    stopped: threading.Event | None
    items: "queue.SimpleQueue[_Item]" = field(default_factory=queue.SimpleQueue)
    reply: _Reply = field(default_factory=_Reply)
    unnoted: threading.Lock = field(default_factory=threading.Lock)
    """Taken by whoever notes the end."""

    def read(self) -> Iterator[str]:
        """In the thread of whoever asked."""
        while True:
            left = self.ends + _SECONDS_OF_GRACE - time.monotonic()
            try:
                item = self.items.get(timeout=max(left, 0.0))
            except queue.Empty:
                raise _make_timeout() from None
            if item is None:
                return
            if isinstance(item, ModelError):
                raise item
            yield item


class Endpoint:
    """May be asked by many threads at once; its requests run in one thread of its own."""

    def __init__(self, settings: ModelSettings, clock: Callable[[], float] = time.monotonic) -> None:
        """Loads the libraries in the background; a settings without an endpoint is a mistake of the caller."""
        assert settings.is_set
        self._settings = settings
        self._breaker = Breaker(clock)
        self._budget = RetryBudget()
        self._parameters = Parameters(settings.reply_tokens)
        self._counts = Counts()
        self._lock = threading.Lock()
        self._wire: Future[Wire] = Future()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="model", daemon=True)
        self._thread.start()

    def write(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, object] | None = None,
        stopped: threading.Event | None = None,
        seconds: float | None = None,
    ) -> Iterator[str]:
        """Pieces of the reply as they arrive, without thoughts; ends without an error only where the reply is whole.

        Raises ModelError; Stopped within half a second of `stopped`. Closing the iterator ends the request, too.
        `seconds` is less time than the settings give; loading the libraries counts, waiting for the reader does not.
        """
        given = self._settings.model_seconds
        allowed = min(given, seconds) if seconds is not None else given
        call = _Call(tuple(messages), schema, time.monotonic() + allowed, allowed < given, stopped)
        if stopped and stopped.is_set():
            raise Stopped
        if not self._breaker.admit():
            self._count(refused=1, event=Fault.UNAVAILABLE)
            raise ModelError(Fault.UNAVAILABLE, "模型服务连续出错，暂时不再请求，几秒后再试。", _IN_ONE_REPLY)
        running = asyncio.run_coroutine_threadsafe(self._run(call), self._loop)
        try:
            yield from call.read()
        except ModelError as error:  # noted by now, unless the loop was late
            self._note(call, error)
            raise
        finally:
            running.cancel()

    def wait_until_loaded(self) -> None:
        """For whoever measures, or would rather wait than lose the time from a reply; ModelError where that failed."""
        self._wire.result()

    @property
    def state(self) -> EndpointState:
        return self._breaker.state

    @property
    def counts(self) -> Counts:
        return self._counts

    def close(self) -> None:
        """Ends every request and the thread."""
        with contextlib.suppress(RuntimeError):  # closed before
            self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=1.0)

    def _serve(self) -> None:
        """The life of the thread."""
        asyncio.set_event_loop(self._loop)
        try:
            self._wire.set_result(_load(self._settings))
        except ModelError as error:
            self._wire.set_exception(error)
        self._loop.run_forever()
        running = asyncio.all_tasks(self._loop)
        for task in running:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*running, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        if not self._wire.exception():
            self._loop.run_until_complete(self._wire.result().close())
        self._loop.close()

    async def _run(self, call: _Call) -> None:
        """Fills the items of a call and notes how it ended."""
        task = asyncio.current_task()
        assert task
        watching = asyncio.create_task(_cancel_when(call.stopped, task)) if call.stopped else None
        try:
            error = await self._complete(call)
        except asyncio.CancelledError:
            if not (call.stopped and call.stopped.is_set()):
                raise
            error = Stopped()
        finally:
            if watching:
                watching.cancel()
        self._note(call, error)
        call.items.put(error)

    async def _complete(self, call: _Call) -> ModelError | None:
        """What went wrong, if anything; what comes after the end of a reply does not matter."""
        error: ModelError | None = None
        try:
            async with asyncio.timeout_at(call.ends):
                await self._converse(call)
        except TimeoutError:
            error = _make_timeout()
        except ModelError as found:
            error = found
        except Exception:
            _log.exception("模型的回答没有读成")
            error = ModelError(Fault.UNAVAILABLE, "读取模型的回答时出错。", _IN_ONE_REPLY)
        if call.reply.has_ended:
            return call.reply.find_fault()
        return error or ModelError(Fault.UNAVAILABLE, _CUT)

    async def _converse(self, call: _Call) -> None:
        """Asks, and asks again where that may help and nothing was said yet."""
        wire = await asyncio.wrap_future(self._wire)
        self._count(requests=1)
        self._budget.earn()
        may_retry = True
        async with asyncio.timeout(self._settings.model_first_token_seconds) as limit:
            while True:
                sent = self._parameters.choose(call.schema)
                try:
                    async with contextlib.aclosing(wire.stream(call.messages, sent)) as pieces:
                        return await self._receive(call, pieces, limit)
                except ModelError as error:
                    if call.reply.has_begun or call.reply.has_ended:
                        raise
                    complaint = error.cause.complaint
                    if complaint is None or not self._parameters.learn(sent, complaint):
                        await self._pause(call, error, limit, may_retry)
                        may_retry = False

    async def _receive(self, call: _Call, pieces: AsyncIterator[Piece], limit: asyncio.Timeout) -> None:
        """Passes the words on; only words and thoughts put the limit off, not signs of life."""
        async for piece in pieces:
            if piece.usage:
                self._count(event=piece.usage)
            if words := call.reply.take(piece):
                call.items.put(words)
            if call.reply.has_ended:
                limit.reschedule(min(limit.when() or call.ends, self._loop.time() + _SECONDS_AFTER_END))
            elif piece.text or piece.thought:
                self._breaker.note_word()
                limit.reschedule(self._loop.time() + self._settings.model_between_seconds)

    async def _pause(self, call: _Call, error: ModelError, limit: asyncio.Timeout, may_retry: bool) -> None:
        """Before a retry; raises the error where there is to be none."""
        wait = error.cause.wait if error.cause.wait is not None else random.uniform(*_PAUSE)
        left = min(limit.when() or call.ends, call.ends) - self._loop.time()
        if not may_retry or not error.cause.passes or wait >= left or not self._budget.spend():
            raise error
        await asyncio.sleep(wait)
        self._count(retries=1)

    def _note(self, call: _Call, error: ModelError | None) -> None:
        """Counts an end, and tells the breaker what it says about the endpoint."""
        if isinstance(error, Stopped) or not call.unnoted.acquire(blocking=False):
            return
        if error is None:
            self._breaker.note_success()
            return
        self._count(event=error.fault)
        # Who gave less time than the settings do has found nothing wrong.
        if error.cause.of_endpoint and not (error.fault is Fault.TIMEOUT and call.is_shortened):
            self._breaker.note_failure()
        elif error.fault is not Fault.TIMEOUT:
            self._breaker.note_word()

    def _count(self, requests: int = 0, retries: int = 0, refused: int = 0, event: Fault | Usage | None = None) -> None:
        with self._lock:
            old = self._counts
            used = event if isinstance(event, Usage) else Usage()
            failed = {event: old.failures.get(event, 0) + 1} if isinstance(event, Fault) else {}
            self._counts = Counts(
                old.requests + requests,
                old.retries + retries,
                old.refused + refused,
                {**old.failures, **failed},
                old.prompt_tokens + used.prompt,
                old.reply_tokens + used.reply,
            )


def _load(settings: ModelSettings) -> "Wire":
    try:
        from assistant.model.calling.wire import Wire

        return Wire(settings)
    except ModelError:
        raise
    except Exception as error:  # whatever a library raises while it is loaded
        _log.exception("模型的程序库没有装好")
        raise ModelError(Fault.UNAVAILABLE, "模型的程序库没有装好。请运行 make serve 重新安装依赖。") from error


def _make_timeout() -> ModelError:
    return ModelError(Fault.TIMEOUT, "模型没有在规定的时间内写完回答。")


async def _cancel_when(stopped: threading.Event, task: "asyncio.Task[None]") -> None:
    while not stopped.is_set():
        await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
    task.cancel()
