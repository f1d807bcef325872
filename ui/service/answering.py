"""Answers questions for every page and route: opens the assistant and keeps the number of running questions bounded."""

import contextlib
import logging
import re
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Answer
from assistant.query import Turn
from corpus import Corpus, CorpusMismatch, CorpusNotBuilt
from ui.service.callers import ClientGone, current_caller
from ui.service.fair_queue import FairQueue, Places, QueueClosed, TooManyQuestions

_log = logging.getLogger(__name__)

# An answer is pure computing of some 15 ms: more threads than cores would only make everybody slower.
_WORKERS = 2
_PLACES = Places()
_SECONDS_BETWEEN_OPENINGS = 5.0
_FOLDERS = re.compile(r"(?:/[^\s/（）]+)+/")

OnStep = Callable[[str], None]


class Asking(Protocol):
    """What the service needs of the assistant."""

    @property
    def corpus(self) -> Corpus: ...

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        notice_ids: Sequence[str] = (),
        on_step: OnStep | None = None,
    ) -> Answer: ...


class NotReady(Exception):
    """The assistant cannot be opened now; the message is fit for the public and says what to do."""


class Stopping(NotReady):
    """The service ends before the answer is made."""

    def __init__(self) -> None:
        super().__init__("服务正在重新启动，请稍后再试。")


class UnknownNotice(Exception):
    """A question names a notice that is not there; the message lists what is."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question with what was said before; `notice_ids` empty means every notice."""

    question: str
    history: tuple[Turn, ...] = ()
    notice_ids: tuple[str, ...] = ()


class Opening:
    """The assistant, opened when it is first needed; a failed opening is tried again later."""

    def __init__(self, assistant: Asking | Callable[[], Asking]) -> None:
        self._opener = assistant if callable(assistant) else None
        self._assistant = None if callable(assistant) else assistant
        self._lock = threading.Lock()
        self._reason = ""
        self._retry_at = 0.0

    def current(self) -> Asking:
        with self._lock:
            if self._assistant is None:
                self._assistant = self._open()
            return self._assistant

    def _open(self) -> Asking:
        assert self._opener is not None
        if time.monotonic() < self._retry_at:
            raise NotReady(self._reason)
        try:
            return self._opener()
        except (CorpusNotBuilt, CorpusMismatch) as error:
            _log.error("资料库没有打开：%s", error)
            self._reason = _FOLDERS.sub("", str(error))
        except Exception:
            _log.exception("资料库没有打开")
            self._reason = "资料库没有打开。请管理员查看服务日志，或运行 python -m assistant doctor 检查。"
        self._retry_at = time.monotonic() + _SECONDS_BETWEEN_OPENINGS
        raise NotReady(self._reason)


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    client: str
    inquiry: Inquiry
    on_step: OnStep | None
    answer: Future[Answer]

    def refuse(self, error: Exception) -> None:
        # Whoever asked may have cancelled it at the same moment.
        with contextlib.suppress(InvalidStateError):
            self.answer.set_exception(error)


class AnswerDesk:
    """Two questions are answered at a time, some wait in a fair queue, the rest are turned away at once."""

    def __init__(self, opening: Opening, workers: int = _WORKERS, places: Places = _PLACES) -> None:
        self.opening = opening
        self._queue: FairQueue[_Waiting] = FairQueue(places)
        self._workers = tuple(
            threading.Thread(target=self._work, name=f"answer-{n}", daemon=True) for n in range(workers)
        )
        self._lock = threading.Lock()

    def check(self, inquiry: Inquiry) -> None:
        """Raises what can be known before the question is answered; may wait for the opening."""
        known = [n.id for n in self.opening.current().corpus.catalogue.notices]
        if any(i not in known for i in inquiry.notice_ids):
            raise UnknownNotice(f"notice_ids 里有不认识的编号。可用的编号：{'、'.join(known[:20])}。")

    def submit(self, inquiry: Inquiry, on_step: OnStep | None = None) -> Future[Answer]:
        """For the caller of the request that runs; raises TooManyQuestions, TooBusy or Stopping.

        The answer raises TooManyQuestions too where a question had to make room, ClientGone and Stopping.
        """
        caller = current_caller()
        waiting = _Waiting(caller.client if caller else "", inquiry, on_step, Future())
        try:
            pushed_out = self._queue.put(waiting.client, waiting)
        except QueueClosed:
            raise Stopping from None
        if pushed_out:
            pushed_out.refuse(TooManyQuestions("现在提问的人多，您那里等着的问题也多，这一个没有轮到。请过几秒再问。"))
        waiting.answer.add_done_callback(lambda _: self._queue.remove(waiting.client, waiting))
        if caller:
            caller.call_when_gone(lambda: self._drop(waiting))
        self._start_workers()
        return waiting.answer

    @property
    def waiting(self) -> int:
        return len(self._queue)

    def _start_workers(self) -> None:
        with self._lock:
            for worker in self._workers:
                if not worker.ident:
                    worker.start()

    def _drop(self, waiting: _Waiting) -> None:
        if self._queue.remove(waiting.client, waiting):
            waiting.refuse(ClientGone())

    def _work(self) -> None:
        while waiting := self._queue.take():
            if not waiting.answer.set_running_or_notify_cancel():
                continue
            try:
                waiting.answer.set_result(self._answer(waiting.inquiry, waiting.on_step))
            except Exception as error:
                waiting.answer.set_exception(error)

    def _answer(self, inquiry: Inquiry, on_step: OnStep | None) -> Answer:
        assistant = self.opening.current()
        return assistant.ask(inquiry.question, inquiry.history, inquiry.notice_ids, on_step)

    def close(self) -> None:
        for waiting in self._queue.close():
            waiting.refuse(Stopping())
