"""What a talk shows and keeps after every step: questions, follow-ups, failures, stopping, bringing back."""

import asyncio
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from corpus import CorpusNotBuilt
from corpus.store import Corpus
from tests.fake_assistant import FakeAssistant, make_answer
from tests.hostile import HOSTILE
from tests.html_reading import Reading
from ui.callers.clients import NO_PROXY
from ui.chat import talking
from ui.chat.exchanges import MOST_KEPT, Exchange, Trouble, pack, read_kept
from ui.chat.talking import Shown, Talking
from ui.service.answering import AnswerDesk, Opening
from ui.service.fair_queue import Places

SCOPE = {"type": "http", "client": ("192.0.2.7", 1), "headers": []}
QUESTION = "中试基地一年奖多少？"


@pytest.fixture
def assistant(small_corpus: Corpus) -> FakeAssistant:
    return FakeAssistant(small_corpus)


@pytest.fixture
def desk(assistant: FakeAssistant) -> Iterator[AnswerDesk]:
    desk = AnswerDesk(Opening(assistant))
    yield desk
    desk.close()


@pytest.fixture
def talk(desk: AnswerDesk) -> Talking:
    return Talking(desk, "zh", NO_PROXY)


def follow(talk: Talking, question: str, kept: object = "", **more: Any) -> list[Shown]:
    async def collect() -> list[Shown]:
        return [step async for step in talk.ask(Exchange(question, **more), kept, SCOPE)]

    return asyncio.run(collect())


def statuses(shown: Shown) -> list[str]:
    written = "".join(m["content"] for m in shown.messages if m["role"] == "assistant")
    return re.findall(r'<article[^>]* data-status="(\w+)"', written)


def test_a_question_stands_there_before_its_answer(talk: Talking) -> None:
    first, *_, last = follow(talk, QUESTION)
    assert [m["role"] for m in first.messages] == ["user", "assistant"]
    assert statuses(first) == ["working"] and QUESTION in first.messages[0]["content"]
    assert (first.kept, first.asking, first.box) == (None, [QUESTION, ""], "")
    assert statuses(last) == ["partly_answered"] and "200万元" in last.messages[1]["content"]
    assert last.asking == [] and last.box is None
    [kept] = read_kept(last.kept)
    assert (kept.question, kept.answer and kept.answer.text) == (QUESTION, make_answer().text)


def test_messages_are_one_line_and_no_two_have_equal_ids(talk: Talking) -> None:
    kept = follow(talk, QUESTION)[-1].kept
    shown = follow(talk, "由谁负责？", kept)[-1]
    assert [m["content"] for m in shown.messages if "\n" in m["content"]] == []
    ids = re.findall(r'\sid="([^"]+)"', "".join(m["content"] for m in shown.messages))
    assert len(ids) == len(set(ids)) > 2


def test_follow_ups_are_told_what_was_said_unless_asked_alone(talk: Talking, assistant: FakeAssistant) -> None:
    kept = follow(talk, QUESTION)[-1].kept
    kept = follow(talk, "由谁负责？", kept)[-1].kept
    kept = follow(talk, "全文几条？", kept, is_alone=True)[-1].kept
    follow(talk, "哪几条？", kept)
    told = [[turn.content for turn in history if turn.role == "user"] for _, history, _ in assistant.asked]
    assert told == [[], [QUESTION], [], ["全文几条？"]]


@pytest.mark.parametrize(
    ("question", "detail"),
    [("？？", "问题里没有文字"), ("", "question"), ("字" * 501, "最多 500 个字")],
    ids=["no words", "nothing", "too long"],
)
def test_what_cannot_be_asked_goes_back_into_the_box(talk: Talking, question: str, detail: str) -> None:
    last = follow(talk, question)[-1]
    assert statuses(last) == ["error"] and detail in last.messages[1]["content"]
    assert last.box == question[:500]
    assert [o["value"] for o in last.messages[-1]["options"]] == [question[:500], ""]


def test_a_failure_is_explained_and_replaced_by_its_repetition(talk: Talking, assistant: FakeAssistant) -> None:
    assistant.fault = RuntimeError("secret")
    failed = follow(talk, QUESTION)[-1]
    assert statuses(failed) == ["error"] and "secret" not in str(failed) and "错误编号" in failed.messages[1]["content"]
    assistant.fault = None
    assert statuses(follow(talk, QUESTION, failed.kept)[-1]) == ["partly_answered"]
    assert talk.take_back(failed.kept) == Shown([], pack(()), [], QUESTION)


def test_a_full_desk_says_so(assistant: FakeAssistant) -> None:
    full = Talking(AnswerDesk(Opening(assistant), places=Places(2, 0, 0)), "en", NO_PROXY)
    last = follow(full, QUESTION)[-1]
    assert statuses(last) == ["error"] and "The service is busy." in last.messages[1]["content"]


def test_without_an_index_nothing_is_drawn_and_nothing_breaks() -> None:
    def open_nothing() -> FakeAssistant:
        raise CorpusNotBuilt("还没有建立索引。")

    talk = Talking(AnswerDesk(Opening(open_nothing)), "zh", NO_PROXY)
    assert "还没有建立索引" in follow(talk, QUESTION)[-1].messages[1]["content"]
    assert talk.bring_back("", []) == Shown([], pack(()), [], notice_id="")


def test_a_slow_answer_is_said_to_be_late_and_at_last_given_up(
    talk: Talking, assistant: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talking, "_SECONDS_UNTIL_LATE", 0.05)
    monkeypatch.setattr(talking, "_SECONDS_UNTIL_TOO_LATE", 0.3)
    assistant.gate = threading.Event()
    *_, late, last = follow(talk, QUESTION)
    assistant.gate.set()
    assert "还在处理" in late.messages[1]["content"]
    assert statuses(last) == ["error"] and "等了太久" in last.messages[1]["content"]


def test_who_stops_is_not_told_of_a_fault(talk: Talking) -> None:
    kept = follow(talk, QUESTION)[-1].kept
    stopped = talk.stop(kept, ["由谁负责？"])
    assert statuses(stopped) == ["partly_answered", "stopped"] and stopped.asking == []
    assert [e.question for e in read_kept(stopped.kept)] == [QUESTION, "由谁负责？"]
    assert statuses(talk.bring_back(kept, [])) == ["partly_answered"]
    assert "上次没有答完" in talk.bring_back(kept, ["由谁负责？"]).messages[-1]["content"]


def test_messages_name_their_exchange(talk: Talking) -> None:
    kept = follow(talk, "由谁负责？", follow(talk, QUESTION)[-1].kept)[-1].kept
    assert [talk.asked_at(kept, n).question for n in (-1, 0, 1, 2, 3, 4)] == [
        "",
        QUESTION,
        QUESTION,
        *["由谁负责？"] * 2,
        "",
    ]
    answer = talk.answer_at(kept, 3)
    assert answer and answer.question == "由谁负责？" and talk.answer_at("x", 0) is None


GARBAGE: list[Any] = [None, 7, "", "x", "eJw=", [], {}, "AAAA" * 1000, pack(()), ["x"], "\ud800"]


@pytest.mark.parametrize("kept", GARBAGE, ids=repr)
def test_a_broken_store_is_an_empty_one(talk: Talking, kept: object) -> None:
    assert talk.bring_back(kept, kept if isinstance(kept, dict) else []).messages == []
    assert statuses(follow(talk, QUESTION, kept)[-1]) == ["partly_answered"]


def test_a_store_that_unpacks_to_too_much_is_an_empty_one() -> None:
    """Twenty kilobytes may unpack to twenty megabytes."""
    bomb = pack([Exchange("问", trouble=Trouble("甲" * 7_000_000))])
    assert len(bomb) < 50_000 and read_kept(bomb) == ()


def test_a_long_talk_keeps_its_end(talk: Talking) -> None:
    exchanges = [Exchange(f"问题{n}", make_answer(f"问题{n}")) for n in range(30)]
    kept = pack(exchanges)
    assert read_kept(kept) == tuple(exchanges[-MOST_KEPT:])
    assert len(kept) < 20_000


@pytest.mark.parametrize("hostile", HOSTILE[::3])
def test_what_a_hostile_store_holds_stays_text(talk: Talking, hostile: str) -> None:
    answer = make_answer(hostile, [replace(part, text=hostile) for part in make_answer().parts])
    kept = pack([Exchange(hostile[:500], answer), Exchange(hostile[:500], trouble=Trouble(hostile, hostile))])
    harmless = pack([Exchange("问", make_answer("问")), Exchange("问", trouble=Trouble("甲", "乙"))])
    drawn, usual = (Reading("".join(m["content"] for m in talk.bring_back(k, []).messages)) for k in (kept, harmless))
    assert drawn.tags <= usual.tags and drawn.attributes <= usual.attributes
