"""Draws a talk as messages of gradio's Chatbot: HTML of ours, made anew from what was said, never from what came back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from assistant.answer import Answer, Composer
from assistant.output.listener import WRITE, Told
from corpus import Corpus
from ui.answers.citing import talk_address
from ui.answers.extras import Card, Extras
from ui.answers.labels import render_label
from ui.answers.render import render_answer, render_told
from ui.answers.suggest import suggest
from ui.chat.exchanges import Exchange, Trouble
from ui.language import address_in
from ui.markup import join
from ui.templating import on_one_line, render
from ui.words import word

STEPS = ("understand", "retrieve", "compose", "verify", WRITE)
# Of some ten visitors; each answer is some 15 kB.
_MOST_DRAWN = 256
_REASONS = ("wrong_citation", "outdated", "not_answered", "unclear", "other")

Message = dict[str, Any]
"""One of gradio's: role, content, and the options that can be pressed below it."""


@dataclass(frozen=True, slots=True)
class Running:
    """What is known of an answer that is being made; sentences of a model come one by one."""

    asked: Exchange
    step: str = STEPS[0]
    first_line: Told | None = None
    told: tuple[Told, ...] = ()
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    is_done: bool
    is_now: bool


class Screen:
    """Draws for one page: its language, and the corpus that answers now, if any; what was drawn is kept for a while."""

    def __init__(self, language: str, corpus: Corpus | None) -> None:
        self._language = language
        self.corpus = corpus
        self._draw = lru_cache(_MOST_DRAWN)(self._draw_answer)

    def show(self, exchanges: Sequence[Exchange], running: Running | None = None) -> list[Message]:
        messages = [m for n, e in enumerate(exchanges) for m in (self._say(e), _assist(self._reply(n, e)))]
        if running:
            return [*messages, self._say(running.asked), _assist(_draw_running(running, self._language))]
        if exchanges and (options := self._options(exchanges[-1])):
            messages[-1]["options"] = options
        return messages

    def _say(self, exchange: Exchange) -> Message:
        """With the name of the notice that was asked, where it was not all of them."""
        notice_id = exchange.notice_id
        notice = self.corpus.catalogue.notice(notice_id) if self.corpus and notice_id else None
        html = render(
            "chat/question",
            self._language,
            question=exchange.question,
            notice_id=notice_id,
            title=notice.title if notice else "",
        )
        return {"role": "user", "content": on_one_line(html)}

    def _reply(self, position: int, exchange: Exchange) -> str:
        if exchange.answer:
            return self._draw(exchange.answer, f"e{position}-")
        return _draw_trouble(exchange.trouble or Trouble(""), self._language)

    def _draw_answer(self, answer: Answer, prefix: str) -> str:
        extras = replace(suggest(answer, self.corpus), choices=()) if self.corpus else Extras()
        # Without a model the same answer would come again.
        can_ask_again = answer.composer is Composer.MODEL or bool(answer.degraded)
        foot = render(
            "chat/foot",
            self._language,
            prefix=prefix,
            reasons=_REASONS,
            has_tools=bool(answer.citations),
            can_ask_again=can_ask_again,
        )
        is_outdated = self.corpus is not None and answer.corpus_version != self.corpus.version
        card = render_answer(answer, extras, Card(prefix, with_follow_ups=False, is_outdated=is_outdated))
        return on_one_line(card.removesuffix("</article>") + foot + Markup("</article>"))

    def _options(self, last: Exchange) -> list[dict[str, str]]:
        """What to ask next; what failed can be asked again."""
        if not last.answer:
            again = {"label": word("again", self._language), "value": last.question}
            return [again, {"label": word("edit", self._language), "value": ""}]
        if not self.corpus:
            return []
        extras = suggest(last.answer, self.corpus)
        choices = [{"label": c.label, "value": c.question} for c in extras.choices]
        return choices or [{"label": q, "value": q} for q in extras.follow_ups]


def _assist(html: str) -> Message:
    return {"role": "assistant", "content": html}


def _draw_trouble(trouble: Trouble, language: str) -> str:
    return on_one_line(render("chat/trouble", language, trouble=trouble))


def _draw_running(running: Running, language: str) -> str:
    at = STEPS.index(running.step)
    seen = STEPS if running.step == WRITE else STEPS[:-1]
    steps = [_Step(name, n < at, n == at) for n, name in enumerate(seen)]
    html = render(
        "chat/working",
        language,
        steps=steps,
        arrived=join(_arrived(running, language)),
        is_late=running.is_late,
        again=f"{address_in(language, talk_address(running.asked.notice_id))}#q={quote(running.asked.question)}",
    )
    return on_one_line(html)


def _arrived(running: Running, language: str) -> Iterator[Markup]:
    """The label stands before the first sentence of a model."""
    if running.told:
        yield render_label(language)
        yield from (render_told(told, n == 0) for n, told in enumerate(running.told))
    elif running.first_line:
        yield render_told(running.first_line)
