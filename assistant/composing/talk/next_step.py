"""Answers what to do next: what is printed of how, when and with which papers to apply, what is not, and whom to ask."""

import re
from dataclasses import replace

from assistant.answer import PartKind
from assistant.composing.absent import is_grounded
from assistant.composing.draft import DraftPart, Finding, responsibility_sources
from assistant.composing.stating import state_item
from assistant.composing.talk.retell import items_about
from assistant.composing.talk.shown import Shown
from assistant.composing.talk.whom import find_acting, say_whom
from assistant.composing.values import find_value
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch
from assistant.evidence.printed import printed
from prompts import label, phrase

_WHAT_OF_IT = re.compile("(?<![我该步后们])怎么办(?!理)")
"""职工医保怎么办 asks what holds for it; 下一步怎么办 how to go on."""

_STEPS = ("route", "deadline", "materials")
_MOST = 2


def find_next_step(inquiry: Inquiry) -> Finding:
    """How to apply where that is printed; else everything about applying that is not, and whom to ask."""
    found = find_value(inquiry)
    if found.is_filled or found.missing is None or not found.missing.subject or found.status is not None:
        return found
    if _WHAT_OF_IT.search(inquiry.clause.text) and inquiry.clause.names:
        return find_value(inquiry.wanting("said"))
    about = [m for m in items_about(inquiry) if is_grounded(inquiry, m)]
    told = {v: [m for m in about if printed(v, m.place, m.item)] for v in _STEPS[1:]}
    missing = _say_missing(found, inquiry, [v for v in _STEPS if not told.get(v)])
    stated = [state_item(m, inquiry.language) for m in _once([m for some in told.values() for m in some])]
    nearest = [p for p in found.parts[1:] if not _was_shown(p, inquiry)]
    return replace(found, parts=(missing, *_say_whom(found, inquiry), *stated, *nearest))


def _say_missing(found: Finding, inquiry: Inquiry, values: list[str]) -> DraftPart:
    joint = "、" if inquiry.language == "zh" else ", "
    asks = joint.join(label("kinds", v, inquiry.language) for v in values)
    subject = found.missing.subject if found.missing else ""
    return replace(found.parts[0], text=phrase("missing_of", inquiry.language, ask=asks, subject=subject))


def _say_whom(found: Finding, inquiry: Inquiry) -> list[DraftPart]:
    """The departments of the measure that comes nearest, in one line of our own."""
    place = next((p for p in found.carriers if p.responsibilities), None)
    if place is None:
        return []
    table = inquiry.corpus.departments
    items = [s.item for p in found.parts for s in p.sources if s.item]
    whom = say_whom(place, find_acting(place, items, table), inquiry.language, table)
    text = phrase("next_ask", inquiry.language, whom=whom)
    return [DraftPart(PartKind.DIRECT, text, responsibility_sources(place))]


def _was_shown(part: DraftPart, inquiry: Inquiry) -> bool:
    return Shown.before(inquiry.frame.answers).holds(part.text)


def _once(matches: list[ItemMatch]) -> list[ItemMatch]:
    return list({m.item.start: m for m in matches}.values())[:_MOST]
