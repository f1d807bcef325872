"""Many wait for a model at once, few compute, and nobody waits in a row for a slow model."""

import threading
from collections.abc import Iterator, Sequence

import pytest

from assistant.answer import Answer, Composer, Degraded
from assistant.ask import Assistant
from assistant.model.writing import MOST_AT_ONCE, Writer
from assistant.output.listener import WRITE, Listener
from assistant.understanding.frame import Turn
from corpus.store import Corpus
from tests.fake_assistant import FakeAssistant
from tests.http_checks import wait_for
from tests.model_server.asking import PATIENT, open_endpoint
from tests.model_server.playing import ASKS, FIRST_HALF, say_and_wait
from tests.model_server.server import ModelServer
from ui.service.answering import AnswerDesk, Inquiry, Opening
from ui.service.fair_queue import Places


class WritingAssistant(FakeAssistant):
    """Waits for a model until the gate opens, for questions that begin with 写; notes how many compute at a time."""

    def forget(self) -> None:
        super().forget()
        self.release = threading.Event()
        self.computing = self.most_computing = 0
        self._lock = threading.Lock()

    def _count(self, number: int) -> None:
        with self._lock:
            self.computing += number
            self.most_computing = max(self.most_computing, self.computing)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        notice_ids: Sequence[str] = (),
        listener: Listener | None = None,
    ) -> Answer:
        self._count(1)
        answer = super().ask(question, history, notice_ids)
        self._count(-1)
        if listener and question.startswith("写"):
            listener.on_step(WRITE)
            self.release.wait()
        return answer


@pytest.fixture
def assistant(small_corpus: Corpus) -> WritingAssistant:
    return WritingAssistant(small_corpus)


@pytest.fixture
def desk(assistant: WritingAssistant) -> Iterator[AnswerDesk]:
    desk = AnswerDesk(Opening(assistant), places=Places(at_a_time=2, in_all=64, per_client=64))
    yield desk
    assistant.release.set()
    desk.close()


def test_others_are_answered_while_a_model_writes(desk: AnswerDesk, assistant: WritingAssistant) -> None:
    writing = [desk.submit(Inquiry(f"写{n}")) for n in range(MOST_AT_ONCE)]
    wait_for(lambda: desk.written == MOST_AT_ONCE)
    assert [desk.submit(Inquiry(f"问{n}")).result().question for n in range(4)] == ["问0", "问1", "问2", "问3"]
    assert (desk.running, desk.waiting) == (MOST_AT_ONCE, 0)
    assistant.release.set()
    assert [answer.result().question for answer in writing] == [f"写{n}" for n in range(MOST_AT_ONCE)]
    wait_for(lambda: not desk.running)
    assert desk.written == 0 and assistant.most_computing <= 2


def test_threads_come_only_when_a_model_writes(desk: AnswerDesk, assistant: WritingAssistant) -> None:
    def count() -> int:
        return sum(thread in threading.enumerate() for thread in desk._workers)

    for answer in [desk.submit(Inquiry("问")) for _ in range(40)]:
        answer.result()
    assert count() == 2
    writing = [desk.submit(Inquiry("写")) for _ in range(40)]
    wait_for(lambda: desk.written == MOST_AT_ONCE + 2)
    assert count() == MOST_AT_ONCE + 2 and desk.waiting == 40 - MOST_AT_ONCE - 2
    assistant.release.set()
    for answer in writing:
        answer.result()


def test_one_more_than_a_model_may_write_is_answered_without_it(small_corpus: Corpus) -> None:
    with ModelServer(say_and_wait(FIRST_HALF)) as server, open_endpoint(server.url, **PATIENT) as endpoint:
        desk = AnswerDesk(Opening(Assistant(small_corpus, None, "", Writer(endpoint, 20.0))))
        listeners = [Listener() for _ in range(MOST_AT_ONCE)]
        writing = [desk.submit(Inquiry(ASKS), listener) for listener in listeners]
        wait_for(lambda: len(server.requests) == MOST_AT_ONCE)
        more = desk.submit(Inquiry(ASKS)).result()
        assert (more.composer, more.degraded) == (Composer.QUOTE, Degraded.MODEL_UNAVAILABLE)
        assert desk.running == MOST_AT_ONCE
        for listener in listeners:
            listener.stopped.set()
        assert {answer.result().composer for answer in writing} == {Composer.QUOTE}
        desk.close()
