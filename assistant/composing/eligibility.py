"""Answers somebody who describes themselves: every measure that speaks of them, and what must be clarified."""

from dataclasses import replace

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
_UNNAMED_AS_GOOD = 0.3
_RARE = 3


def find_eligibility(ask: AskReading, evidence: Evidence) -> Finding:
    """The best sentence of each measure that names what the asker is or does, wherever the question says so."""
    ask = replace(ask, subjects=tuple(dict.fromkeys((*ask.subjects, *terms_of(evidence.query.subjects)))), words=())
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
    if not items:
        return []
    names = {s.text.casefold(): len(s.targets) <= _RARE for s in terms_of(ask.subjects)}
    of_measure: dict[str, ItemMatch] = {}
    for match in items:
        if _speaks_of(match, names, items[0].score):
            of_measure.setdefault(match.place.measure_key, match)
    # What prints the asker's own trade goes before what only fits the words around it.
    found = sorted(of_measure.values(), key=lambda m: not m.names_any(names))
    return [m.place for m in found[:_MOST_MEASURES]]


def _speaks_of(match: ItemMatch, names: dict[str, bool], best: float) -> bool:
    """It prints what the asker named (a rare name is enough), or fits nearly as well as the best where nothing is named."""
    text = match.place.provision.text.casefold() if match.place.provision else ""
    if any(is_rare and name in text for name, is_rare in names.items()):
        return True
    reach = _AS_GOOD if any(name in text for name in names) else _UNNAMED_AS_GOOD
    return match.score >= best - reach
