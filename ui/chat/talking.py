"""Carries the talk of one tab: what happens when a question is asked, stopped, taken away or brought back.

Every function takes what the browser kept and returns it anew, so that any process can go on.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError
from starlette.types import Scope

from assistant.answer import Answer, Part
from assistant.output.encode import encode_answer
from assistant.output.listener import WRITE, Told
from assistant.understanding.text import LONGEST_QUESTION, BadQuestion
from ui.api.ask import checked_inquiry
from ui.api.questions import QuestionBody
from ui.api.streaming import AnswerStream, Event, Telling
from ui.callers.callers import speaking_for
from ui.callers.clients import ProxyTrust
from ui.chat.exchanges import (
    MOST_KEPT,
    Exchange,
    Trouble,
    history_of,
    last_notice,
    pack,
    read_id,
    read_kept,
    without_failed,
)
from ui.chat.messages import Message, Running, Screen
from ui.service.answering import AnswerDesk, Inquiry, NotReady
from ui.service.errors import describe_invalid
from ui.service.problems import Problem, describe_error
from ui.words import word

_SECONDS_BETWEEN_LOOKS = 0.1
_SECONDS_UNTIL_LATE = 10.0
_SECONDS_UNTIL_TOO_LATE = 30.0
_OF_THE_QUESTION = frozenset({413, 422})
_BUSY = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows and keeps after a step; None leaves a part as it is."""

    messages: list[Message]
    kept: str | None = None
    """The talk, packed."""
    asking: list[str] | None = None
    """The question that waits for its answer and the notice that it is asked of, or nothing; a browser keeps no empty text."""
    box: str | None = None
    notice_id: str | None = None
    """The notice that is being asked, "" for all of them."""


class Talking:
    """The talks of one page."""

    def __init__(self, desk: AnswerDesk, language: str, trust: ProxyTrust) -> None:
        self._desk = desk
        self._language = language
        self._trust = trust
        self._screen: Screen | None = None

    def _draw(self, exchanges: Sequence[Exchange], running: Running | None = None) -> list[Message]:
        try:
            corpus = self._desk.opening.current().corpus
        except NotReady:
            corpus = None
        if self._screen is None or self._screen.corpus is not corpus:
            self._screen = Screen(self._language, corpus)
        return self._screen.show(exchanges, running)

    async def ask(self, wanted: Exchange, kept: object, scope: Scope) -> AsyncGenerator[Shown]:
        """The question at once, then whatever is known of its answer, and at last the answer."""
        question, notice_id = wanted.question, wanted.notice_id
        asked = replace(wanted, question=question[:LONGEST_QUESTION])
        exchanges = without_failed(read_kept(kept), question)
        running = Running(wanted)
        yield Shown(self._draw(exchanges, running), asking=[question, notice_id], box="", notice_id=notice_id)
        try:
            before = () if wanted.is_alone else history_of(exchanges)
            inquiry = await checked_inquiry(_Asked(wanted, before), self._desk)
            with speaking_for(scope, self._trust):
                stream = AnswerStream(self._desk, inquiry, _TELLING, _SECONDS_BETWEEN_LOOKS)
        except Exception as error:
            yield self._fail(exchanges, asked, describe_error(error))
            return
        async with aclosing(self._follow(stream, running)) as news:
            async for one in news:
                if isinstance(one, Running):
                    yield Shown(self._draw(exchanges, one))
                elif isinstance(one, Answer):
                    done = (*exchanges, replace(asked, answer=one))[-MOST_KEPT:]
                    yield Shown(self._draw(done), pack(done), [])
                else:
                    yield self._fail(exchanges, asked, one)

    async def _follow(self, stream: AnswerStream, running: Running) -> AsyncGenerator[Running | Answer | Problem]:
        """Sentences at once, steps where one takes its time."""
        loop = asyncio.get_running_loop()
        shown, heard_at = running, loop.time()
        async with aclosing(stream.events()) as events:
            async for event in events:
                if event is None:
                    waited = loop.time() - heard_at
                    if waited > _SECONDS_UNTIL_TOO_LATE and running.step != WRITE:
                        yield Problem(503, word("too_late", self._language))
                        return
                    running = replace(running, is_late=waited > _SECONDS_UNTIL_LATE)
                else:
                    heard_at = loop.time()
                    content = event.content
                    assert isinstance(content, dict)
                    if event.name in _LAST:
                        yield content["it"]
                        return
                    running = _after(running, event.name, content["it"])
                if running != shown and (event is None or event.name != "step"):
                    yield running
                    shown = running

    def _fail(self, exchanges: tuple[Exchange, ...], asked: Exchange, problem: Problem) -> Shown:
        """The question goes back into the box where it must be changed."""
        trouble = Trouble(self._detail(problem), problem.number or str(problem.status))
        failed = (*exchanges, replace(asked, trouble=trouble))
        box = asked.question if problem.status in _OF_THE_QUESTION else None
        return Shown(self._draw(failed), pack(failed), [], box)

    def _detail(self, problem: Problem) -> str:
        """The service explains in Chinese, and for programs which notices there are."""
        if any(error.field == "notice_ids" for error in problem.errors):
            return word("notice_gone", self._language)
        if self._language == "zh":
            return problem.detail
        if problem.status in _OF_THE_QUESTION:
            return word("not_a_question", self._language)
        return word("busy" if problem.status in _BUSY else "unexpected", self._language)

    def asked_at(self, kept: object, message: int) -> Exchange:
        """What to ask once more: the question of a message, of the notice that it was asked of; nothing where there is none."""
        exchange = _exchange_at(kept, message)
        return Exchange(exchange.question, notice_id=exchange.notice_id) if exchange else Exchange("")

    def answer_at(self, kept: object, message: int) -> Answer | None:
        exchange = _exchange_at(kept, message)
        return exchange.answer if exchange else None

    def take_back(self, kept: object) -> Shown:
        """The last question, into the box."""
        exchanges = read_kept(kept)
        question = exchanges[-1].question if exchanges else ""
        return Shown(self._draw(exchanges[:-1]), pack(exchanges[:-1]), [], question)

    def stop(self, kept: object, asking: object) -> Shown:
        return self._end(kept, asking, "stopped_note")

    def bring_back(self, kept: object, asking: object) -> Shown:
        """After the page was loaded anew; a question that was not answered then can be asked again."""
        return self._end(kept, asking, "unfinished")

    def _end(self, kept: object, asking: object, why: str) -> Shown:
        exchanges = read_kept(kept)
        if isinstance(asking, list) and asking and isinstance(asking[0], str):
            question, notice_id = asking[0][:LONGEST_QUESTION], read_id(asking[-1] if len(asking) > 1 else "")
            trouble = Trouble(word(why, self._language), is_stopped=True)
            exchanges = (*exchanges, Exchange(question, trouble=trouble, notice_id=notice_id))
        return Shown(self._draw(exchanges), pack(exchanges), [], notice_id=last_notice(exchanges))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with its talk, as the routes of the API have it."""

    wanted: Exchange
    history: tuple[Any, ...]

    def as_inquiry(self) -> Inquiry:
        notice_ids = [self.wanted.notice_id] if self.wanted.notice_id else []
        body = _read({"question": self.wanted.question, "notice_ids": notice_ids})
        return replace(body.as_inquiry(), history=self.history)


async def answer_json(desk: AnswerDesk, body: Mapping[str, Any], caller: tuple[Scope, ProxyTrust]) -> dict[str, Any]:
    """What `POST /api/v1/ask` answers; raises what it raises, and BadQuestion for a body that it refuses with 422."""
    inquiry = await checked_inquiry(_read(body), desk)
    with speaking_for(*caller):
        future = desk.submit(inquiry)
    return encode_answer(await asyncio.wrap_future(future))


def _exchange_at(kept: object, message: int) -> Exchange | None:
    """A question and its answer are two messages."""
    exchanges = read_kept(kept)
    return exchanges[message // 2] if 0 <= message // 2 < len(exchanges) else None


def _read(body: Mapping[str, Any]) -> QuestionBody:
    try:
        return QuestionBody.model_validate(body)
    except ValidationError as error:
        raise BadQuestion(describe_invalid(error.errors()).detail) from None


def _after(running: Running, name: str, heard: str | Told) -> Running:
    if isinstance(heard, str):
        return replace(running, step=heard)
    if name == "first_line":
        return replace(running, first_line=heard)
    return replace(running, told=(*running.told, heard))


_LAST = frozenset({"done", "error"})


def _tell(name: str, it: object) -> Iterator[Event]:
    yield Event(name, {"it": it})


def _tell_answer(answer: Answer, _: Sequence[Part]) -> Iterator[Event]:
    return _tell("done", answer)


_TELLING = Telling(
    _tell_answer,
    lambda step: _tell("step", step),
    lambda told: _tell("part", told),
    lambda told: _tell("first_line", told),
    lambda problem: _tell("error", problem),
)
