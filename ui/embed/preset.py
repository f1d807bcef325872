"""What the address of `/embed` prepares: a question in the box, a measure to ask about; nothing is asked by itself."""

import re
from dataclasses import dataclass

from assistant.understanding.text import LONGEST_QUESTION
from corpus.catalogue import Catalogue, Place
from ui.answers.citing import question_about
from ui.markup import undisguise
from ui.words import word

_NUMBER = re.compile("[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Preset:
    """The text in the box, and the measure that the page speaks about where one was named."""

    draft: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """The query as it came: `measure` is a number or an anchor (`9`, `c3-m9`), `notice` the id of a notice."""

    question: str = ""
    measure: str = ""
    notice: str = ""


def prepare(wanted: Wanted, catalogue: Catalogue, language: str) -> Preset:
    """A question that is given goes before the one about the measure; what nothing knows prepares nothing."""
    named = _find(wanted, catalogue)
    place = named[0] if len(named) == 1 else None
    draft = undisguise(wanted.question).strip()[:LONGEST_QUESTION]
    if not draft and place:
        draft = question_about(place, len(catalogue.notices) == 1, language)
    elif not draft and named and (first := named[0].measure):
        # The number fits several measures; which one is meant is asked back.
        draft = word("embed_numbered", language, number=first.number)
    return Preset(draft, place)


def _find(wanted: Wanted, catalogue: Catalogue) -> tuple[Place, ...]:
    if _NUMBER.fullmatch(wanted.measure):
        named = catalogue.measures_numbered(int(wanted.measure))
    else:
        named = tuple(p for p in catalogue.measures if p.measure and p.measure.anchor == wanted.measure)
    return tuple(p for p in named if wanted.notice in ("", p.notice.id))
