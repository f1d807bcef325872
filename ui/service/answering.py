"""Answers questions for every page and route: opens the assistant and keeps the number of running questions bounded."""

import logging
import re
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from assistant.answer import Answer
from assistant.query import Turn
from corpus import Corpus, CorpusMismatch, CorpusNotBuilt

_log = logging.getLogger(__name__)

# An answer is pure computing of some 15 ms: more threads than cores would only make everybody slower.
_WORKERS = 2
_WAITING = 64
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


class TooBusy(Exception):
    """More questions wait than can be answered soon."""


class Stopping(NotReady):
    """The service ends before the answer is made."""

    def __init__(self) -> None:
        super().__init__("服务正在重新启动，请稍后再试。")


class ClientGone(Exception):
    """Whoever asked has closed the connection; nobody reads the response."""

    def __init__(self) -> None:
        super().__init__("连接已经断开，没有继续回答。")


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


class AnswerDesk:
    """Two questions are answered at a time, some wait, the rest are turned away at once."""

    def __init__(self, opening: Opening, workers: int = _WORKERS, waiting: int = _WAITING) -> None:
        self.opening = opening
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="answer")
        self._places = threading.BoundedSemaphore(workers + waiting)

    @property
    def waiting(self) -> int:
        """How many questions wait for their turn; the pool itself does not say."""
        return self._pool._work_queue.qsize()

    def check(self, inquiry: Inquiry) -> None:
        """Raises what can be known before the question is answered; may wait for the opening."""
        known = [n.id for n in self.opening.current().corpus.catalogue.notices]
        if any(i not in known for i in inquiry.notice_ids):
            raise UnknownNotice(f"notice_ids 里有不认识的编号。可用的编号：{'、'.join(known[:20])}。")

    def submit(self, inquiry: Inquiry, on_step: OnStep | None = None) -> Future[Answer]:
        if not self._places.acquire(blocking=False):
            raise TooBusy("现在提问的人太多，请过几秒再试。")
        try:
            future = self._pool.submit(self._answer, inquiry, on_step)
        except RuntimeError:
            self._places.release()
            raise Stopping from None
        future.add_done_callback(lambda _: self._places.release())
        return future

    def _answer(self, inquiry: Inquiry, on_step: OnStep | None) -> Answer:
        assistant = self.opening.current()
        return assistant.ask(inquiry.question, inquiry.history, inquiry.notice_ids, on_step)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
