"""Answers questions about a measure or chapter number that the notice does not have."""

import re

from assistant.answer import Count, PartKind
from assistant.composing.details import quote_sentences
from assistant.composing.draft import ClaimKind, DraftPart, Finding, Recount
from assistant.composing.recount import recompute
from assistant.composing.wording import name_label
from assistant.evidence import Evidence
from assistant.naming.subject import Subject, SubjectKind
from assistant.query import AskReading
from corpus.catalogue import Place
from prompts import phrase


def unknown_number(ask: AskReading) -> Subject | None:
    """A measure or chapter number that stands for nothing."""
    numbered = (s for s in ask.subjects if s.kind in {SubjectKind.NUMBER, SubjectKind.CHAPTER})
    return next((s for s in numbered if s.number is not None and not s.targets), None)


def find_out_of_range(ask: AskReading, evidence: Evidence, subject: Subject) -> Finding:
    """A sentence that bears the number itself (12.试行…), else how many there are instead."""
    if numbered := _sentence_numbered(subject, evidence):
        return quote_sentences(ask, evidence, [numbered])
    table = "chapters" if subject.kind is SubjectKind.CHAPTER else "measures"
    members = recompute(table, (), evidence.corpus)
    measures = [p.measure for p in evidence.corpus.catalogue.measures if p.measure]
    key = "chapter_out_of_range" if table == "chapters" else "out_of_range"
    text = phrase(
        key,
        evidence.language,
        wanted=subject.number,
        total=len(members),
        first=name_label(measures[0]),
        last=name_label(measures[-1]),
    )
    recount = Recount(table, (), members)
    part = DraftPart(PartKind.CORRECTION, text, (), ClaimKind.COUNTED, recount=recount)
    return Finding(ask.ask, True, (part,), count=Count(len(members), None), shows_departments=False)


def _sentence_numbered(subject: Subject, evidence: Evidence) -> Place | None:
    if subject.kind is not SubjectKind.NUMBER:
        return None
    opening = re.compile(rf"[（(]?{subject.number}[）)]?\s*[.．、]\s*\D")
    places = (p for p in evidence.corpus.catalogue.provisions if p.provision and p.measure)
    return next((p for p in places if p.provision and opening.match(p.provision.text)), None)
