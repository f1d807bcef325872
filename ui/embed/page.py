"""The page in the frame: greeting, conversation and question box; without a script a plain form that answers."""

import re
from dataclasses import dataclass, field
from urllib.parse import quote

from markupsafe import Markup

from assistant.answer import Answer
from assistant.understanding.text import LONGEST_QUESTION
from ui.embed.greeting import name_notices, render_greeting
from ui.embed.preset import Preset
from ui.markup import undisguise
from ui.pages.shell import Visit, script_words
from ui.templating import render

# Words that the scripts fill into the page.
SAID = (
    "again", "again_in", "busy", "counter", "cut_off", "error_number", "failed", "not_a_question", "offline", "stopped",
    "stopped_note", "unexpected", "working",
)  # fmt: skip
# Buttons that a script turns into questions; in a form they ask without one.
_ASKING = re.compile(r'<button type="button" class="(chip|ask)" data-ask="')


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and the HTML of what came of it; `said` is the text of the answer."""

    question: str
    html: Markup
    said: str = ""


@dataclass(frozen=True, slots=True)
class Framing:
    """Around the page: whether the widget's panel already has a heading, and the sites that may talk to it."""

    in_panel: bool = False
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmbedPage:
    """Everything the page shows; `earlier` are questions before the one that is shown."""

    visit: Visit
    framing: Framing = Framing()
    preset: Preset = field(default_factory=Preset)
    exchange: Exchange | None = None
    earlier: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Where questions are sent, with what the frame needs to stay as it is."""
        panel = "&panel=1" if self.framing.in_panel else ""
        return f"/embed?lang={quote(self.visit.language)}{panel}"

    @property
    def asked_before(self) -> tuple[str, ...]:
        """Of the question that comes next."""
        answered = self.exchange and self.exchange.said
        return (*self.earlier, *((self.exchange.question,) if self.exchange and answered else ()))


def render_embed(page: EmbedPage) -> Markup:
    """The whole document; links lead out of the frame, for no other page of ours may be shown in one."""
    visit = page.visit
    own = visit.site.footer
    return render(
        "embed/page",
        visit.language,
        page=page,
        site=visit.site,
        about=name_notices(visit),
        greeting=render_greeting(visit, page.preset),
        exchange=_ask_by_form(page.exchange.html) if page.exchange else "",
        own_lines=[said for said in (own.organiser, own.contact, own.hotline) if said],
        problem=render_problem(visit),
        words=script_words(SAID, visit.language, longest=LONGEST_QUESTION),
        longest=LONGEST_QUESTION,
    )


def render_problem(visit: Visit, detail: str = "", number: str = "") -> Markup:
    """The card in place of an answer; the script fills an empty one."""
    return render("embed/problem", visit.language, detail=detail, number=number)


def encode_exchange(question: str, answer: Answer, html: Markup) -> Exchange:
    return Exchange(undisguise(question), html, answer.text)


def _ask_by_form(html: Markup) -> Markup:
    """An answer whose buttons ask by themselves and whose links open outside; its text is escaped, so only our own
    elements match."""
    asking = _ASKING.sub(r'<button type="submit" class="\1" name="question" value="', str(html))
    return Markup(asking.replace("<a ", '<a target="_blank" rel="noopener" '))
