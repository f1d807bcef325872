"""The body of the chat page: header, conversation, question box, the notice beside them, and patterns for the script."""

from collections.abc import Sequence

from markupsafe import Markup

from assistant.understanding.text import LONGEST_QUESTION
from corpus.notice import Notice
from ui.chat.greeting import render_greeting
from ui.language import address_in
from ui.markup import element, icon
from ui.pages.contents import render_contents
from ui.pages.shell import Section, Visit, render_header, script_words
from ui.words import word

_STEPS = ("understand", "retrieve", "compose", "verify", "write")
_SHOWN_WHEN_IT_COMES = "write"
_REASONS = ("wrong_citation", "outdated", "not_answered", "unclear", "other")
# Words that the script fills into the page; everything else it takes from the patterns.
_SCRIPT_WORDS = (
    "again", "again_in", "busy", "choose_reason", "copied", "copy_failed", "counter", "cut_off", "error_number", "failed",
    "link_copied", "no_voice", "not_a_question", "not_sent", "offline", "panel", "quiet", "source_failed", "speak", "stopped",
    "stopped_note", "thanks", "unexpected", "unfinished", "working",
)  # fmt: skip


def render_frame(language: str, notices: Sequence[Notice], question_box: Markup) -> Markup:
    """`question_box` is gradio's part of the page; until it has started, a plain box stands in for it."""
    skip = element("a", word("skip", language), class_="skip", href="#ask")
    talk = element(
        "main", _conversation(language, notices), _composer(language, question_box), class_="talk", id="main"
    )
    panel = element(
        "aside", render_contents(notices, language), class_="panel", id="beside", aria_label=word("panel", language)
    )
    body = element("div", talk, panel, class_="chat__body")
    header = render_header(Section.CHAT, Visit(notices, language))
    said = element("div", class_="sr", id="announcer", role="status", aria_live="polite")
    return skip + element("div", header, body, class_="chat") + said + _patterns(language)


def page_words(language: str) -> str:
    """JSON for the page's script."""
    return script_words(_SCRIPT_WORDS, language, longest=LONGEST_QUESTION)


def _conversation(language: str, notices: Sequence[Notice]) -> Markup:
    opening = element("div", render_greeting(notices, language), class_="talk__inner", id="opening")
    title = element("h1", word("heading", language), class_="sr")
    talk = element("div", title, class_="talk__inner", id="conversation", hidden=True)
    return element(
        "div", opening, talk, class_="talk__scroll", id="scroll", tabindex="0", role="region",
        aria_label=word("conversation", language),
    )  # fmt: skip


def _composer(language: str, question_box: Markup) -> Markup:
    hint = element("span", word("privacy", language), id="hint")
    clear = element("button", icon("trash"), word("clear", language), type="button", class_="tool", id="clear")
    counter = element("span", word("counter", language, count=0, most=LONGEST_QUESTION), id="counter")
    below = element("div", hint, element("span", clear, counter, class_="row"), class_="composer__hint")
    box = element("div", _stand_in(language), question_box, class_="composer__box")
    form = element("form", box, below, id="ask", class_="needs-script", aria_label=word("ask_form", language))
    without = element("p", word("script_needed", language), class_="without-script")
    return element("div", form, without, class_="composer", id="composer")


def _stand_in(language: str) -> Markup:
    """A plain question box that works from the first moment."""
    label = element("label", word("question", language), class_="sr", for_="question-early")
    field = element(
        "textarea", id="question-early", rows="1", maxlength=LONGEST_QUESTION, autocomplete="off",
        placeholder=word("placeholder", language),
    )  # fmt: skip
    send = element("button", word("send", language), type="button", class_="send", data_send=True)
    stop = element("button", word("stop", language), type="button", class_="stop", data_stop=True)
    return element("div", label, field, send, stop, class_="stand-in", id="stand-in")


def _patterns(language: str) -> Markup:
    made = {"working": _working(language), "problem": _problem(language), "foot": _foot(language)}
    return Markup("").join(Markup('<template id="{}">{}</template>').format(f"pattern-{k}", v) for k, v in made.items())


def _working(language: str) -> Markup:
    steps = (
        element(
            "li",
            icon("check"),
            element("span", class_="spin", aria_hidden="true"),
            word(f"step_{s}", language),
            data_step=s,
            hidden=s == _SHOWN_WHEN_IT_COMES,
        )
        for s in _STEPS
    )
    strip = element(
        "div", element("ol", *steps, class_="steps", aria_label=word("progress", language)), class_="answer__status"
    )
    bars = element("div", element("i"), element("i"), class_="waiting", aria_hidden="true")
    body = element(
        "div", element("div", class_="stack", data_arriving=True), bars,
        element("p", word("working_note", language), class_="small"), class_="answer__body",
    )  # fmt: skip
    return element(
        "article",
        strip,
        body,
        class_="answer",
        data_status="working",
        aria_label=word("working", language),
        aria_busy="true",
    )


def _problem(language: str) -> Markup:
    title = element("p", element("strong", icon("warn"), element("span", "", data_title=True)), class_="answer__status")
    again = element("button", icon("again"), element("span", word("again", language)), type="button",
                    class_="button button--main", data_again=True)  # fmt: skip
    edit = element("button", word("edit", language), type="button", class_="button", data_edit=True)
    table = element(
        "a", icon("list"), word("see_measures", language), href=address_in(language, "/measures"), class_="button"
    )
    body = element(
        "div", element("p", "", class_="direct", data_detail=True), element("p", word("kept", language), class_="own"),
        element("div", again, edit, table, class_="row"), element("p", "", class_="small", data_number=True),
        class_="answer__body",
    )  # fmt: skip
    return element("article", title, body, class_="answer", data_status="error", aria_label=word("failed", language))


def _foot(language: str) -> Markup:
    tools = (
        _tool("copy", "copy", language),
        _tool("print", "print", language),
        _tool("link", "share", language),
        _tool("speak", "speak", language),
    )
    row = element("div", *tools, class_="row tools", role="group", aria_label=word("tools", language))
    up = element(
        "button",
        icon("check"),
        word("useful", language),
        type="button",
        class_="tool",
        data_verdict="up",
        aria_pressed="false",
    )
    down = element("button", icon("flag"), word("faulty", language), type="button", class_="tool", data_verdict="down",
                   aria_expanded="false", aria_controls="reasons")  # fmt: skip
    rate = element("div", element("span", word("useful_question", language)), up, down, class_="feedback", role="group",
                   aria_label=word("rate", language))  # fmt: skip
    said = element("p", "", class_="foot-said", role="status", data_said=True)
    # The answer around it speaks the language of its question.
    tag = "zh-CN" if language == "zh" else "en"
    return element("div", row, rate, said, class_="answer__foot", lang=tag) + _reasons(language, tag)


def _tool(sign: str, key: str, language: str) -> Markup:
    hint = word("print_hint", language) if key == "print" else None
    label = element("span", word(key, language))
    return element("button", icon(sign), label, type="button", class_="tool", data_tool=key, title=hint)


def _reasons(language: str, tag: str) -> Markup:
    choices = (
        element(
            "label",
            element("input", type="radio", name="reason", value=r),
            word(f"reason_{r}", language),
            class_="choice",
        )
        for r in _REASONS
    )
    legend = element("legend", word("faulty_question", language))
    asked = element("fieldset", legend, element("div", *choices, class_="row"))
    comment = element("div", element("label", word("comment", language), for_="comment"),
                      element("textarea", class_="input", id="comment", name="comment", rows="2", maxlength=500), class_="field")  # fmt: skip
    consent = element(
        "label", element("input", type="checkbox", name="consent"), word("consent", language), class_="choice"
    )
    buttons = element(
        "div",
        element("button", word("submit", language), type="submit", class_="button button--main button--small"),
        element("button", word("cancel", language), type="button", class_="button button--small", data_cancel=True),
        class_="row",
    )
    return element(
        "form", asked, comment, element("div", consent), buttons, class_="reasons", id="reasons", hidden=True
    )
