"""What a page adds to an answer: how departments are called, choices when asking back, what to ask next."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from ui.markup import element
from ui.words import word


@dataclass(frozen=True, slots=True)
class Choice:
    """What a button says and what it asks."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Extras:
    """Whatever is not of the answer itself."""

    call_department: Callable[[str], str] = str
    choices: tuple[Choice, ...] = ()
    follow_ups: tuple[str, ...] = ()


def render_follow_ups(language: str, questions: tuple[str, ...]) -> Markup:
    if not questions:
        return Markup("")
    title = word("follow_up", language)
    buttons = (element("button", q, type="button", class_="ask", data_ask=q) for q in questions)
    row = element("div", *buttons, class_="row")
    return element("section", element("h3", title), row, class_="next", lang="zh-CN" if language == "zh" else "en")
