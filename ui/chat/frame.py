"""The document of the chat page: header, greeting, gradio's app with the talk and the question box, the notice beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.understanding.text import LONGEST_QUESTION
from corpus.notice import Notice
from ui.chat.greeting import render_greeting
from ui.pages.contents import render_contents
from ui.pages.shell import Section, Visit, render_footer, render_head, render_header, script_words
from ui.templating import render

# Words that the script fills into the page.
_SCRIPT_WORDS = (
    "choose_reason", "conversation", "copied", "copy_failed", "counter", "link_copied", "looks_personal", "no_voice", "not_sent", "noted_faulty", "offline",
    "panel", "privacy", "quiet", "source_failed", "speak", "thanks", "working",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """What the document is made of; `config`, `scripts` and `styles` are gradio's; `picked` is the notice that it is for."""

    visit: Visit
    config: Mapping[str, Any]
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    nonce: str
    picked: Notice | None = None


def render_document(frame: Frame) -> str:
    visit = frame.visit
    language, notices = visit.language, [frame.picked] if frame.picked else visit.notices
    return render(
        "chat/document",
        language,
        nonce=frame.nonce,
        config=frame.config,
        scripts=frame.scripts,
        styles=frame.styles,
        name=visit.name,
        today=date.today().isoformat(),
        head=render_head(visit.name, ("shared/answer", "chat"), visit),
        header=render_header(Section.CHAT, visit),
        greeting=render_greeting(visit, frame.picked),
        footer=render_footer(visit),
        contents=render_contents(notices, language),
        words=page_words(language),
    )


def page_words(language: str) -> str:
    """JSON for the page's scripts."""
    return script_words(_SCRIPT_WORDS, language, longest=LONGEST_QUESTION)
