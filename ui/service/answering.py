"""Answers questions for every page and route: opens the assistant and keeps the number of running questions bounded."""

import contextlib
import logging
import re
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answer import Answer
from assistant.model.endpoint import Endpoint
from assistant.model.writing import MOST_AT_ONCE
from assistant.output.listener import WRITE, Listener
from assistant.understanding.frame import Turn
from corpus import Corpus, CorpusMismatch, CorpusNotBuilt
from ui.callers.callers import Caller, ClientGone, current_caller
from ui.records.journal import AnswerTimes, Journal
from ui.records.metrics import IndexShown, Metrics
from ui.records.model_metrics import ModelShown
from ui.service.closing import Closed, ClosingFile
from ui.service.fair_queue import FairQueue, Places, QueueClosed, TooBusy, TooManyQuestions

_log = logging.getLogger(__name__)

_PLACES = Places()
_SECONDS_BETWEEN_OPENINGS = 5.0
_FOLDERS = re.compile(r"(?:/[^\s/（）]+)+/")


class Asking(Protocol):
    """What the service needs of the assistant."""

    @property
    def corpus(self) -> Corpus: ...

    @property
    def endpoint(self) -> Endpoint | None: ...

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        notice_ids: Sequence[str] = (),
        listener: Listener | None = None,
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

    @property
    def is_open(self) -> bool:
        return self._assistant is not None

    def show_index(self) -> IndexShown:
        """The one that is open."""
        corpus = self._assistant.corpus if self._assistant else None
        return IndexShown(corpus.version, corpus.built_at) if corpus else IndexShown()

    def show_model(self) -> ModelShown | None:
        """None where no model is set, or nothing is open yet."""
        endpoint = self._assistant.endpoint if self._assistant else None
        return ModelShown(endpoint.state, endpoint.counts) if endpoint else None

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
    """A question in the queue; `since` on the clock of `time.perf_counter`."""

    inquiry: Inquiry
    listener: Listener
    caller: Caller | None
    client: str
    answer: Future[Answer]
    since: float

    def refuse(self, error: Exception) -> None:
        # Whoever asked may have cancelled it at the same moment.
        with contextlib.suppress(InvalidStateError):
            self.answer.set_exception(error)


@dataclass(slots=True)
class _Turn:
    """A place among the questions that are computed; given back once."""

    end: Callable[[], object]
    has_ended: bool = False

    def give_back(self) -> None:
        if not self.has_ended:
            self.has_ended = True
            self.end()


class AnswerDesk:
    """Two questions are computed at a time, some wait in a fair queue, the rest are turned away at once.

    A model is waited for, not computed: while it writes, the next question has the place. Threads come only when needed.
    """

    def __init__(
        self,
        opening: Opening,
        journal: Journal | None = None,
        closing: ClosingFile | None = None,
        places: Places = _PLACES,
    ) -> None:
        self.opening = opening
        self._journal = journal or Journal()
        self._closing = closing
        self._queue: FairQueue[_Waiting] = FairQueue(places)
        self._at_a_time = places.at_a_time
        self._turns = threading.Semaphore(places.at_a_time)
        self._workers: list[threading.Thread] = []
        self._lock = threading.Lock()
        self.running = 0
        self.written = 0
        """By a model, of those that are running."""

    @property
    def is_closed(self) -> bool:
        return self._closing is not None and self._closing.reason is not None

    @property
    def waiting(self) -> int:
        return len(self._queue)

    def check(self, inquiry: Inquiry) -> None:
        """Raises what can be known before the question is answered; may wait for the opening."""
        self._check_open()
        known = [n.id for n in self.opening.current().corpus.catalogue.notices]
        if any(i not in known for i in inquiry.notice_ids):
            raise UnknownNotice(f"notice_ids 里有不认识的编号。可用的编号：{'、'.join(known[:20])}。")

    def submit(self, inquiry: Inquiry, listener: Listener | None = None) -> Future[Answer]:
        """For the caller of the request that runs; raises Closed, TooManyQuestions, TooBusy or Stopping.

        The answer raises TooManyQuestions too where a question had to make room, ClientGone and Stopping.
        """
        self._check_open()
        caller = current_caller()
        client = caller.client if caller else ""
        listener = listener or Listener()
        waiting = _Waiting(inquiry, listener, caller, client, Future(), time.perf_counter())
        self._put(waiting)
        waiting.answer.add_done_callback(lambda _: self._queue.remove(client, waiting))
        if caller:
            caller.call_when_gone(lambda: self._drop(waiting))
            caller.call_when_gone(listener.stopped.set)
        if len(self._workers) < self._at_a_time:
            self._start_workers()
        return waiting.answer

    def close(self) -> None:
        for waiting in self._queue.close():
            waiting.refuse(Stopping())

    def _check_open(self) -> None:
        if self._closing and (reason := self._closing.reason):
            self._note_shed(current_caller(), "closed")
            raise Closed(reason)

    def _put(self, waiting: _Waiting) -> None:
        try:
            pushed_out = self._queue.put(waiting.client, waiting)
        except QueueClosed:
            raise Stopping from None
        except (TooManyQuestions, TooBusy) as error:
            self._note_shed(waiting.caller, "client" if isinstance(error, TooManyQuestions) else "all")
            raise
        if pushed_out:
            self._note_shed(pushed_out.caller, "pushed_out")
            pushed_out.refuse(TooManyQuestions("现在提问的人多，您那里等着的问题也多，这一个没有轮到。请过几秒再问。"))

    def _drop(self, waiting: _Waiting) -> None:
        if self._queue.remove(waiting.client, waiting):
            self._note_shed(waiting.caller, "gone")
            waiting.refuse(ClientGone())

    def _note_shed(self, caller: Caller | None, reason: str) -> None:
        self._journal.note_shed(caller.scope if caller else None, reason)

    def _start_workers(self) -> None:
        """As many as compute, and one for each answer that a model writes."""
        with self._lock:
            wanted = self._at_a_time + min(self.written, MOST_AT_ONCE)
            while len(self._workers) < wanted:
                name = f"answer-{len(self._workers)}"
                self._workers.append(threading.Thread(target=self._work, name=name, daemon=True))
                self._workers[-1].start()

    def _work(self) -> None:
        while True:
            self._turns.acquire()
            turn = _Turn(self._turns.release)
            try:
                if not (waiting := self._queue.take()):
                    return
                if waiting.answer.set_running_or_notify_cancel():
                    self._run(waiting, turn)
            finally:
                turn.give_back()

    def _run(self, waiting: _Waiting, turn: _Turn) -> None:
        self._count(running=1)
        try:
            answer = self._answer(waiting, turn)
        except Exception as error:
            waiting.answer.set_exception(error)
        else:
            waiting.answer.set_result(answer)
        finally:
            self._count(running=-1, written=-1 if turn.has_ended else 0)

    def _count(self, running: int = 0, written: int = 0) -> None:
        with self._lock:
            self.running += running
            self.written += written

    def _hand_over(self, turn: _Turn) -> None:
        """The model writes now: somebody else may compute."""
        if not turn.has_ended:
            self._count(written=1)
            self._start_workers()
            turn.give_back()

    def _answer(self, waiting: _Waiting, turn: _Turn) -> Answer:
        asked, began, used = waiting.inquiry, time.perf_counter(), time.thread_time()
        assistant = self.opening.current()

        def hear(step: str) -> None:
            if step == WRITE:
                self._hand_over(turn)
            waiting.listener.on_step(step)

        listener = replace(waiting.listener, on_step=hear)
        answer = assistant.ask(asked.question, asked.history, asked.notice_ids, listener)
        times = AnswerTimes(began - waiting.since, time.perf_counter() - began, time.thread_time() - used)
        scope = waiting.caller.scope if waiting.caller else None
        if waiting.listener.stopped.is_set():
            # Stopped by whoever asked: that says nothing about the model.
            self._note_shed(waiting.caller, "gone")
        else:
            self._journal.note_answer(scope, answer, times)
        return answer


def show_desk(metrics: Metrics, desk: AnswerDesk) -> None:
    """What is read when somebody looks: the queue, and which index answers."""
    metrics.show("policy_questions_waiting", "Questions that wait for their turn", lambda: desk.waiting)
    metrics.show("policy_questions_running", "Questions that are being answered", lambda: desk.running)
    metrics.show("policy_closed", "1 while answering is switched off", lambda: desk.is_closed)
    metrics.show_index(desk.opening.show_index)
    metrics.show_model(desk.opening.show_model)
