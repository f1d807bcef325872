"""Answers who is responsible, in which role, from the printed responsibility of a measure."""

from dataclasses import replace

from assistant.answer import PartKind
from assistant.composing.absent import find_absent
from assistant.composing.details import find_detail
from assistant.composing.draft import (
    DraftPart,
    Finding,
    heading_source,
    quote_part,
    responsibility_sources,
    sentence_source,
)
from assistant.composing.wording import english_role, join_names, name_measure, trim, unique_places
from assistant.evidence import Evidence
from assistant.naming.subject import SubjectKind
from assistant.query import AskReading
from corpus.catalogue import Place
from corpus.notice import Responsibility, Role
from prompts import phrase

_MOST_ACTORS = 3


def find_departments(ask: AskReading, evidence: Evidence) -> Finding:
    """The departments of every measure named, or of the one that fits best."""
    places = _measures_asked(ask, evidence)
    if not places:
        return find_absent(ask, evidence)
    parts = [part for place in places for part in _state_measure(place, evidence)]
    return Finding(ask.ask, True, (*parts, *_why_this_measure(ask, evidence, places)), tuple(places))


def find_actor(ask: AskReading, evidence: Evidence) -> Finding:
    """The clause that gives somebody to do what is asked about, else who is responsible for it, else what is said."""
    for match in evidence.items_for(ask)[:_MOST_ACTORS]:
        if match.item.actors and match.place.measure:
            place, language = match.place, evidence.language
            source = sentence_source(place, match.item)
            name = name_measure(place, language)
            text = phrase("department_acts", language, measure=name, clause=trim(match.item.text))
            return Finding(ask.ask, True, (DraftPart(PartKind.DIRECT, text, (source,)),), unique_places([place]))
    best = evidence.best_measure(ask)
    return find_departments(ask, evidence) if best and best.responsibilities else find_detail(ask, evidence)


def _why_this_measure(ask: AskReading, evidence: Evidence, places: list[Place]) -> list[DraftPart]:
    """The sentence that speaks of the subject, where the measure was not named itself."""
    if any(s.kind in {SubjectKind.NUMBER, SubjectKind.MEASURE} for s in ask.subjects):
        return []
    items = [m for m in evidence.items_for(ask) if m.place.measure_key == places[0].measure_key]
    return [quote_part(sentence_source(items[0].place, items[0].item))] if items else []


def _measures_asked(ask: AskReading, evidence: Evidence) -> list[Place]:
    numbered = [s for s in ask.subjects if s.kind is SubjectKind.NUMBER]
    titled = [s for s in ask.subjects if s.kind is SubjectKind.MEASURE]
    keys = [t for s in (numbered or titled) for t in s.targets]
    if keys:
        return [evidence.corpus.catalogue.place_of_measure[k] for k in dict.fromkeys(keys)]
    best = evidence.best_measure(ask)
    return [best] if best and best.measure else []


def _state_measure(place: Place, evidence: Evidence) -> list[DraftPart]:
    measure, language = place.measure, evidence.language
    if measure is None:
        return []
    name = name_measure(place, language)
    if not place.responsibilities and (acting := _state_actors(place, name, language)):
        return acting
    if not place.responsibilities:
        text = phrase("department_absent", language, measure=name)
        return [DraftPart(PartKind.DIRECT, text, (heading_source(place),))]
    sources = responsibility_sources(place)
    return [
        DraftPart(PartKind.DIRECT, _sentence(name, responsibility, evidence), sources)
        for responsibility in place.responsibilities
    ]


def _state_actors(place: Place, name: str, language: str) -> list[DraftPart]:
    """The clauses in which the measure gives somebody something to do, where no bracket names departments."""
    measure = place.measure
    acting = [(p, i) for p in measure.provisions for i in p.items if i.actors] if measure else []
    parts: list[DraftPart] = []
    for provision, item in acting[:_MOST_ACTORS]:
        source = sentence_source(replace(place, provision=provision), item)
        text = phrase("department_acts", language, measure=name, clause=trim(item.text))
        parts.append(DraftPart(PartKind.DIRECT, text, (source,)))
    return parts


def _sentence(name: str, responsibility: Responsibility, evidence: Evidence) -> str:
    language = evidence.language
    names = join_names(responsibility.departments, language, evidence.corpus.departments)
    if responsibility.role is Role.LEAD:
        return phrase("department_lead", language, measure=name, departments=names)
    if responsibility.role is Role.SHARED and "分工" in responsibility.role_text:
        return phrase("department_shared", language, measure=name, departments=names)
    role = responsibility.role_text if language == "zh" else english_role(responsibility.role_text)
    return phrase("department_other", language, measure=name, departments=names, role=role)
