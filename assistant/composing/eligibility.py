"""Answers somebody who describes themselves: every measure that speaks of them, and what must be clarified."""

from assistant.answer import PartKind
from assistant.composing.absent import find_absent
from assistant.composing.details import choose_sentences
from assistant.composing.draft import DraftPart, Finding, quote_part, sentence_source
from assistant.composing.wording import name_measure, unique_places
from assistant.evidence import Evidence, ItemMatch, terms_of
from assistant.query import AskReading
from corpus.catalogue import Place
from prompts import phrase

_MOST_MEASURES = 3
_AS_GOOD = 1.0


def find_eligibility(ask: AskReading, evidence: Evidence) -> Finding:
    """The best sentence of each measure that names what the asker is or does."""
    places = _applicable(ask, evidence) or choose_sentences(ask, evidence)
    if not places:
        return find_absent(ask, evidence)
    measures = unique_places(places)
    sources = [sentence_source(p) for p in places]
    names = "、".join(name_measure(p, evidence.language) for p in measures)
    lead = DraftPart(PartKind.DIRECT, phrase("eligibility", evidence.language, measure=names), tuple(sources))
    note = DraftPart(PartKind.NOTE, phrase("condition_note", evidence.language))
    return Finding(ask.ask, True, (lead, *(quote_part(s) for s in sources), note), measures)


def _applicable(ask: AskReading, evidence: Evidence) -> list[Place]:
    items = evidence.items_for(ask)
    names = [s.text.casefold() for s in terms_of(ask.subjects)]
    if not items or not names:
        return []
    best = items[0].score
    of_measure: dict[str, ItemMatch] = {}
    for match in items:
        provision = match.place.provision
        if provision and match.score >= best - _AS_GOOD and any(n in provision.text.casefold() for n in names):
            of_measure.setdefault(match.place.measure_key, match)
    return [m.place for m in list(of_measure.values())[:_MOST_MEASURES]]
