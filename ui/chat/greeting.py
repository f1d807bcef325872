"""What the chat page says before the first question: for what it speaks, what to ask, what it can and cannot do."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from corpus.notice import Measure, Notice
from ui.answers.citing import notice_address
from ui.chat.accuracy import AccuracyUnreadable, BlindAccuracy, PublishedAccuracy, read_published_accuracy
from ui.language import address_in
from ui.markup import element, icon
from ui.printed_facts import say_validity
from ui.words import word

_log = logging.getLogger(__name__)
_EXAMPLES = Path(__file__).parents[1] / "data" / "examples.json"
_MOST_EXAMPLES = 8
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A question that shows what can be asked; `interest` names whom it interests."""

    interest: str
    icon: str
    question: str


def example_questions(notices: Sequence[Notice], language: str) -> tuple[Example, ...]:
    """Those written for one of the notices, else questions built from their measures."""
    written: Mapping[str, list[dict[str, str]]] = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    fitting = next((written[n.id] for n in notices if n.id in written), None)
    if fitting is not None:
        return tuple(Example(e["interest"], e["icon"], e[language]) for e in fitting)
    return tuple(_built_examples(notices, language))[:_MOST_EXAMPLES]


def _built_examples(notices: Sequence[Notice], language: str) -> Iterator[Example]:
    """General questions first, then the measures of the first notices, one after another."""
    titled = [m for n in notices for m in n.measures() if m.title]
    if not titled:
        return
    if any(_gives_money(m) for m in titled):
        yield Example("sum", "coin", word("ask_sums", language))
    if departments := [d for m in titled for d in m.departments]:
        yield Example("list", "list", word("ask_department", language, department=departments[0]))
    yield Example("list", "book", word("ask_measures", language))
    for measure in titled:
        yield Example("measure", "ask", word("ask_measure", language, title=measure.title))


def _gives_money(measure: Measure) -> bool:
    return any(s.amount for p in measure.provisions for i in p.items for s in i.supports)


def render_greeting(notices: Sequence[Notice], language: str) -> Markup:
    pieces = [
        _hello(notices, language),
        *(_notice_card(n, language) for n in notices[:_MOST_NAMED]),
        _examples(notices, language),
        _abilities(language),
        _promise(language),
    ]
    return element("section", *pieces, class_="greet", aria_labelledby="hello")


def _hello(notices: Sequence[Notice], language: str) -> Markup:
    if not notices:
        lead = word("greeting_none", language)
    else:
        several = word("these_notices", language, count=len(notices))
        speaks_for = f"《{notices[0].title}》" if len(notices) == 1 else several
        lead = word("greeting_one", language, notice=speaks_for)
    return element("div", element("h1", word("greeting", language), id="hello"), element("p", lead))


def _notice_card(notice: Notice, language: str) -> Markup:
    number = element("p", notice.number_text, class_="doc-number") if notice.number_text else ""
    title = element("p", notice.title, class_="paper-text", lang="zh-CN")
    whole = element("a", word("whole_notice", language), href=address_in(language, notice_address(notice)))
    return element(
        "div", number, title, element("p", f"{say_validity(notice, language)} · ", whole, class_="small"),
        class_="quote notice-card",
    )  # fmt: skip


def _examples(notices: Sequence[Notice], language: str) -> Markup:
    examples = example_questions(notices, language)
    if not examples:
        return Markup("")
    rows = (element("li", _example(e, language)) for e in examples)
    head = element("h2", word("examples", language), id="examples")
    return element("section", head, element("ul", *rows), class_="examples needs-script", aria_labelledby="examples")


def _example(example: Example, language: str) -> Markup:
    interest = element("small", word(f"interest_{example.interest}", language))
    inside = (icon(example.icon), element("span", interest, example.question), icon("right"))
    return element("button", *inside, type="button", data_ask=example.question)


def _abilities(language: str) -> Markup:
    columns = (_column("can", "check", language), _column("cannot", "close", language))
    return element("div", *columns, class_="abilities")


def _column(key: str, sign: str, language: str) -> Markup:
    rows = (element("li", icon(sign), word(f"{key}_{n}", language)) for n in (1, 2, 3))
    return element("section", element("h2", word(key, language)), element("ul", *rows), class_=key)


def _promise(language: str) -> Markup:
    published = _published()
    home = published.blind.home if published and published.blind else None
    figures = element("span", _say_accuracy(home, language)) if home else ""
    return element("p", element("span", word("prevails_short", language)), figures, class_="scores")


def _published() -> PublishedAccuracy | None:
    """Figures that cannot be read are no reason to close the page."""
    try:
        return read_published_accuracy()
    except AccuracyUnreadable as error:
        _log.error("%s", error)
        return None


def _say_accuracy(blind: BlindAccuracy, language: str) -> str:
    return word(
        "accuracy",
        language,
        right=f"{blind.strictly_right:.1%}",
        low=f"{blind.interval.low:.1%}",
        high=f"{blind.interval.high:.1%}",
        cases=f"{blind.cases:,}",
        date=blind.date.isoformat(),
    )
