"""The page in the frame: greeting, conversation and question box; without a script a plain form that answers."""

import re
from dataclasses import dataclass, field
from urllib.parse import quote

from markupsafe import Markup

from assistant.answer import Answer
from assistant.understanding.text import LONGEST_QUESTION
from ui.embed.greeting import name_notices, render_greeting
from ui.embed.preset import Preset
from ui.language import TAGS
from ui.markup import element, icon, join, undisguise
from ui.pages.shell import Visit, script_words

_STYLES = ("tokens", "embed/page", "embed/answer")
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


def render_embed(page: EmbedPage) -> str:
    """The whole document; links lead out of the frame, for no other page of ours may be shown in one."""
    visit = page.visit
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", visit.word("product")),
        element("link", rel="icon", href="/ui/mark.svg"),
        *(element("link", rel="stylesheet", href=f"/ui/{name}.css") for name in _STYLES),
        element("script", type="module", src="/ui/embed/frame.js"),
    )
    talk = element("main", _conversation(page), _composer(page), class_="talk", id="main")
    said = element("div", class_="sr", id="announcer", role="status", aria_live="polite")
    body = element(
        "body", "" if page.framing.in_panel else _header(visit), open_outside(talk), said, _patterns(visit),
        data_words=script_words(SAID, visit.language, longest=LONGEST_QUESTION),
        data_origins=" ".join(page.framing.origins),
        data_about=name_notices(visit),
    )  # fmt: skip
    return f"<!doctype html>{element('html', head, body, lang=TAGS[visit.language])}"


def open_outside(html: Markup) -> Markup:
    """Every link of ours in a new page that cannot reach back; text is escaped, so only our own elements match."""
    return Markup(str(html).replace("<a ", '<a target="_blank" rel="noopener" '))


def answering_form(inside: Markup, page: EmbedPage) -> Markup:
    """The buttons of an answer ask by themselves."""
    asking = Markup(_ASKING.sub(r'<button type="submit" class="\1" name="question" value="', str(inside)))
    return element("form", asking, *_earlier(page), method="post", action=address(page))


def address(page: EmbedPage) -> str:
    """Where questions are sent, with what the frame needs to stay as it is."""
    panel = "&panel=1" if page.framing.in_panel else ""
    return f"/embed?lang={quote(page.visit.language)}{panel}"


def render_problem(visit: Visit, detail: str = "", number: str = "") -> Markup:
    """The card in place of an answer; the script fills an empty one."""
    title = element("strong", icon("warn"), element("span", visit.word("failed"), data_title=True))
    again = element(
        "button", icon("again"), element("span", visit.word("again")), type="button",
        class_="button button--main needs-script", data_again=True,
    )  # fmt: skip
    told = visit.word("error_number", number=number) if number else ""
    body = element(
        "div",
        element("p", detail, class_="direct", data_detail=True),
        element("p", again),
        element("p", told, class_="small", data_number=True, hidden=not told),
        class_="answer__body",
    )
    strip = element("p", title, class_="answer__status")
    return element("article", strip, body, class_="answer", data_status="error", aria_label=visit.word("failed"))


def encode_exchange(question: str, answer: Answer, html: Markup) -> Exchange:
    return Exchange(undisguise(question), html, answer.text)


def _header(visit: Visit) -> Markup:
    about = name_notices(visit)
    small = element("small", about) if about else ""
    name = element("p", visit.word("product"), small, class_="head__name")
    link = element("a", icon("out"), element("span", visit.word("embed_new_page")), class_="tool", href="/")
    return open_outside(element("header", name, link, class_="head"))


def _conversation(page: EmbedPage) -> Markup:
    visit = page.visit
    opening = element(
        "div", answering_form(render_greeting(visit, page.preset), page), id="opening", hidden=page.exchange is not None
    )
    shown = _exchange(page, page.exchange) if page.exchange else ""
    title = element("h1", visit.word("heading"), class_="sr", tabindex="-1")
    return element(
        "div", title, opening, element("div", shown, id="conversation"), class_="scroll", id="scroll", tabindex="0",
        role="region", aria_label=visit.word("conversation"),
    )  # fmt: skip


def _exchange(page: EmbedPage, exchange: Exchange) -> Markup:
    heading = element("h2", exchange.question, class_="question", tabindex="-1")
    return element("section", heading, answering_form(exchange.html, page), class_="exchange", data_said=exchange.said)


def _earlier(page: EmbedPage) -> list[Markup]:
    answered = page.exchange and page.exchange.said
    asked = (*page.earlier, *((page.exchange.question,) if page.exchange and answered else ()))
    return [element("input", type="hidden", name="earlier", value=q) for q in asked]


def _composer(page: EmbedPage) -> Markup:
    visit = page.visit
    label = element("label", visit.word("question"), class_="sr", for_="question")
    field = element(
        "textarea", page.preset.draft, id="question", name="question", rows="1", maxlength=LONGEST_QUESTION,
        autocomplete="off", enterkeyhint="send", placeholder=visit.word("placeholder"), aria_describedby="hint",
    )  # fmt: skip
    send = element("button", icon("send"), visit.word("send"), type="submit", class_="button button--main", id="send")
    stop = element("button", icon("stop"), visit.word("stop"), type="button", class_="button", id="stop", hidden=True)
    clear = element("button", icon("trash"), visit.word("clear"), type="button", class_="tool", id="clear")
    counter = element("span", visit.word("counter", count=0, most=LONGEST_QUESTION), id="counter")
    below = element(
        "div", element("span", visit.word("privacy"), id="hint"),
        element("span", clear, counter, class_="hint__tools needs-script"), class_="hint",
    )  # fmt: skip
    box = element("div", label, field, send, stop, class_="box")
    return element(
        "form", *_earlier(page), box, below, class_="composer", id="ask", method="post", action=address(page),
        aria_label=visit.word("ask_form"),
    )  # fmt: skip


def _patterns(visit: Visit) -> Markup:
    pattern = Markup('<template id="pattern-{}">{}</template>').format
    return join((pattern("working", _working(visit)), pattern("problem", render_problem(visit))))


def _working(visit: Visit) -> Markup:
    spin = element("span", class_="spin", aria_hidden="true")
    strip = element("p", element("strong", spin, visit.word("working")), class_="answer__status")
    body = element(
        "div", element("div", class_="stack", data_arriving=True), element("p", visit.word("working_note"), class_="small"),
        class_="answer__body",
    )  # fmt: skip
    return element(
        "article",
        strip,
        body,
        class_="answer",
        data_status="working",
        aria_label=visit.word("working"),
        aria_busy="true",
    )
