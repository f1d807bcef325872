"""What the chat page says before the first question: for what it speaks, what to ask, what it can and cannot do."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup

from corpus.notice import Measure, Notice
from ui.answers.citing import cite_notice, notice_address, talk_address
from ui.chat.accuracy import AccuracyUnreadable, BlindAccuracy, PublishedAccuracy, read_published_accuracy
from ui.pages.shell import Visit
from ui.printed_facts import say_validity
from ui.templating import render
from ui.words import word

_log = logging.getLogger(__name__)
_EXAMPLES = Path(__file__).parents[1] / "data" / "examples.json"
_MOST_EXAMPLES = 8
_MOST_NAMED = 3
# Whoever looks for one of more has the list of notices, each of which leads to the page for it alone.
_MOST_CHOICES = 200


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


def render_greeting(visit: Visit, picked: Notice | None = None) -> Markup:
    """For all notices, or for the one that was picked; the operator's words are about all."""
    notices, language = [picked] if picked else visit.notices, visit.language
    published = _published()
    home = published.blind.home if published and published.blind else None
    return render(
        "chat/greeting",
        language,
        lead=(not picked and visit.site.greeting(language)) or _lead(notices, language),
        is_picked=bool(picked),
        notices=notices[:_MOST_NAMED],
        held=len(visit.notices),
        validity_of=lambda notice: say_validity(notice, language),
        address_of=notice_address,
        talk_of=talk_address,
        examples=_examples(replace(visit, notices=notices)),
        accuracy=_say_accuracy(home, language) if home else "",
    )


def list_choices(notices: Sequence[Notice], notice_id: str, language: str) -> list[tuple[str, str]]:
    """Of which notices one can ask, each with what is asked for then; always among them all, and the one with that id."""
    listed = [n for at, n in enumerate(notices) if at < _MOST_CHOICES or n.id == notice_id]
    return [(word("all_notices", language, count=len(notices)), ""), *((cite_notice(n), n.id) for n in listed)]


def pick_notice(notices: Sequence[Notice], notice_id: str) -> Notice | None:
    """None for all of them, and where there is no choice."""
    return next((n for n in notices if n.id == notice_id), None) if len(notices) > 1 else None


def _examples(visit: Visit) -> tuple[Example, ...]:
    """The operator's, where there are any."""
    own = visit.site.examples([n.id for n in visit.notices], visit.language)
    asked = tuple(Example("measure", "ask", question) for question in own[:_MOST_EXAMPLES])
    return asked or example_questions(visit.notices, visit.language)


def _lead(notices: Sequence[Notice], language: str) -> str:
    if not notices:
        return word("greeting_none", language)
    several = word("these_notices", language, count=len(notices))
    return word("greeting_one", language, notice=f"《{notices[0].title}》" if len(notices) == 1 else several)


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
