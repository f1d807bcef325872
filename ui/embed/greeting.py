"""What the page in the frame says before the first question: for which notice it speaks, and what can be asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ui.answers.citations import on_one_line
from ui.answers.citing import notice_address, place_address, question_about
from ui.chat.greeting import example_questions
from ui.embed.preset import Preset
from ui.pages.shell import Visit, reader_address
from ui.templating import render

_MOST_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class _Card:
    """On paper, with a link to all of it; `key` is what the link says."""

    said: str
    key: str
    address: str


def name_notices(visit: Visit) -> str:
    """鲁科字〔2025〕128号 where there is one notice, else how many there are."""
    if len(visit.notices) == 1:
        return on_one_line(visit.notices[0].number_text or visit.notices[0].title)
    return visit.word("these_notices", count=len(visit.notices)) if visit.notices else ""


def render_greeting(visit: Visit, preset: Preset) -> Markup:
    """Buttons are for a form around them; what stands in the box needs none."""
    asked = [q for q in dict.fromkeys(_questions(visit, preset)) if q != preset.draft][:_MOST_EXAMPLES]
    lead, card = _lead(visit), _card(visit, preset)
    return render("embed/greeting", visit.language, lead=lead, card=card, examples=asked)


def _lead(visit: Visit) -> str:
    if not visit.notices:
        return visit.word("greeting_none")
    return visit.site.greeting(visit.language) or visit.word("greeting_one", notice=_title(visit))


def _title(visit: Visit) -> str:
    if len(visit.notices) == 1:
        return f"《{on_one_line(visit.notices[0].title)}》"
    return visit.word("these_notices", count=len(visit.notices))


def _card(visit: Visit, preset: Preset) -> _Card | None:
    """The measure that the address names, else the notice."""
    place = preset.place
    if place and place.measure:
        said = visit.word("embed_about_measure", measure=f"{place.measure.label}{on_one_line(place.measure.title)}")
        return _Card(said, "embed_see_place", place_address(place))
    if not visit.notices:
        return None
    is_only = len(visit.notices) == 1
    address = notice_address(visit.notices[0]) if is_only else reader_address(visit.notices)
    return _Card(_title(visit), "whole_notice", address)


def _questions(visit: Visit, preset: Preset) -> Iterator[str]:
    place = preset.place
    if place and place.measure:
        yield question_about(place, len(visit.notices) == 1, visit.language)
        if place.measure.title:
            yield visit.word("ask_responsible", title=place.measure.title)
    yield from visit.site.examples([n.id for n in visit.notices], visit.language)
    yield from (e.question for e in example_questions(visit.notices, visit.language))
