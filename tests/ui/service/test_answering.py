"""The desk: who waits, who is turned away, and that nobody's question is computed after they have gone."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future

import pytest
from starlette.types import Message, Receive, Scope, Send

from assistant.answer import Answer
from corpus.store import Corpus
from tests.fake_assistant import FakeAssistant
from tests.http_checks import wait_for
from ui.callers.callers import Callers, ClientGone
from ui.records.journal import Journal
from ui.service.answering import AnswerDesk, Inquiry, Opening
from ui.service.fair_queue import Places, TooBusy, TooManyQuestions


@pytest.fixture
def assistant(small_corpus: Corpus) -> FakeAssistant:
    fake = FakeAssistant(small_corpus)
    fake.gate = threading.Event()
    return fake


@pytest.fixture
def desk(assistant: FakeAssistant) -> Iterator[AnswerDesk]:
    """One question is answered at a time, and only when the gate opens."""
    desk = AnswerDesk(Opening(assistant), Journal(), places=Places(at_a_time=1, in_all=3, per_client=2))
    yield desk
    assert assistant.gate
    assistant.gate.set()
    desk.close()


async def until(holds: Callable[[], bool]) -> None:
    while not holds():
        await asyncio.sleep(0)


async def ask_as(desk: AnswerDesk, peer: str, question: str, messages: asyncio.Queue[Message] | None = None) -> Answer:
    """A request of this peer that asks once; `messages` come after its body."""
    answers: list[Answer] = []
    inbox: asyncio.Queue[Message] = messages or asyncio.Queue()

    async def route(_: Scope, receive: Receive, __: Send) -> None:
        await receive()
        answers.append(await asyncio.wrap_future(desk.submit(Inquiry(question))))

    unread: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        return unread.pop() if unread else await inbox.get()

    async def send(_: Message) -> None: ...

    scope = {"type": "http", "client": (peer, 1), "headers": [], "state": {}}
    await Callers(route)(scope, receive, send)
    return answers[0]


def run_with_one_running(desk: AnswerDesk, assistant: FakeAssistant, *asked: tuple[str, str]) -> list[object]:
    """The outcomes of these (peer, question) in their order, asked while one question holds the desk."""

    async def run() -> list[Answer | BaseException]:
        running: Future[Answer] = desk.submit(Inquiry("先来的"))
        wait_for(lambda: bool(assistant.asked))
        tasks = []
        for peer, question in asked:
            tasks.append(asyncio.create_task(ask_as(desk, peer, question)))
            await asyncio.sleep(0)
        # Every one waits for its turn now, or was turned away.
        await until(lambda: desk.waiting + sum(task.done() for task in tasks) == len(tasks))
        assert assistant.gate
        assistant.gate.set()
        await asyncio.wrap_future(running)
        return await asyncio.gather(*tasks, return_exceptions=True)

    return [o.question if isinstance(o, Answer) else type(o) for o in asyncio.run(run())]


def test_one_client_cannot_hold_up_another(desk: AnswerDesk, assistant: FakeAssistant) -> None:
    asked = [("127.0.0.2", "甲一"), ("127.0.0.2", "甲二"), ("127.0.0.2", "甲三"), ("127.0.0.3", "乙一")]
    assert run_with_one_running(desk, assistant, *asked) == ["甲一", "甲二", TooManyQuestions, "乙一"]
    assert [question for question, *_ in assistant.asked] == ["先来的", "甲一", "乙一", "甲二"]


def test_a_full_desk_makes_room_for_a_newcomer(desk: AnswerDesk, assistant: FakeAssistant) -> None:
    asked = [("127.0.0.2", "甲一"), ("127.0.0.2", "甲二"), ("127.0.0.3", "乙一"), ("127.0.0.4", "丙一")]
    assert run_with_one_running(desk, assistant, *asked) == ["甲一", TooManyQuestions, "乙一", "丙一"]


def test_a_desk_full_of_newcomers_turns_away(desk: AnswerDesk, assistant: FakeAssistant) -> None:
    asked = [(f"127.0.0.{n}", "问") for n in range(2, 6)]
    assert run_with_one_running(desk, assistant, *asked) == ["问", "问", "问", TooBusy]


def test_a_question_whose_asker_has_gone_is_not_computed(desk: AnswerDesk, assistant: FakeAssistant) -> None:
    async def run() -> None:
        running = desk.submit(Inquiry("先来的"))
        wait_for(lambda: bool(assistant.asked))
        messages: asyncio.Queue[Message] = asyncio.Queue()
        task = asyncio.create_task(ask_as(desk, "127.0.0.2", "走了的", messages))
        await until(lambda: desk.waiting == 1)
        await messages.put({"type": "http.disconnect"})
        with pytest.raises(ClientGone):
            await task
        assert assistant.gate
        assistant.gate.set()
        await asyncio.wrap_future(running)
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(run())
    assert desk.submit(Inquiry("后来的")).result().question == "后来的"
    assert [question for question, *_ in assistant.asked] == ["先来的", "后来的"]


def test_a_cancelled_question_gives_its_place_back(desk: AnswerDesk, assistant: FakeAssistant) -> None:
    running = desk.submit(Inquiry("先来的"))
    wait_for(lambda: bool(assistant.asked))
    for _ in range(5):
        assert desk.submit(Inquiry("不要了")).cancel()
    assert assistant.gate
    assistant.gate.set()
    assert running.result().question == "先来的"
    assert desk.submit(Inquiry("后来的")).result().question == "后来的"
    assert len(assistant.asked) == 2


def test_a_fault_reaches_whoever_asked(desk: AnswerDesk, assistant: FakeAssistant) -> None:
    assistant.gate, gate = None, assistant.gate
    assistant.fault = RuntimeError("secret")
    with pytest.raises(RuntimeError, match="secret"):
        desk.submit(Inquiry("问")).result()
    assistant.fault, assistant.gate = None, gate
    assert gate
    gate.set()
    assert desk.submit(Inquiry("问")).result().question == "问"
