"""Answers questions about a measure or chapter number that the notice does not have."""

import re

from assistant.answer import Count, PartKind
from assistant.composing.details import state_items
from assistant.composing.draft import ClaimKind, DraftPart, Finding, Recount
from assistant.composing.wording import name_label
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch
from assistant.listing.selection import Rows, Selection, select
from assistant.naming.subject import Subject, SubjectKind
from corpus.catalogue import Place
from prompts import phrase


def unknown_number(inquiry: Inquiry) -> Subject | None:
    """A measure or chapter number that stands for nothing."""
    numbered = (s for s in inquiry.names if s.kind in {SubjectKind.NUMBER, SubjectKind.CHAPTER})
    return next((s for s in numbered if s.number is not None and not s.targets), None)


def find_out_of_range(inquiry: Inquiry, subject: Subject) -> Finding:
    """A sentence that bears the number itself (12.试行…), else how many there are instead."""
    numbered = _sentence_numbered(subject, inquiry)
    if numbered and numbered.provision and numbered.provision.items:
        return state_items(inquiry, [ItemMatch(numbered, numbered.provision.items[0], 0.0)])
    selection = Selection(Rows.CHAPTERS if subject.kind is SubjectKind.CHAPTER else Rows.MEASURES)
    members = select(selection, inquiry.corpus.catalogue).keys
    measures = [p.measure for p in inquiry.corpus.catalogue.measures if p.measure]
    key = "chapter_out_of_range" if selection.rows is Rows.CHAPTERS else "out_of_range"
    text = phrase(
        key,
        inquiry.language,
        wanted=subject.number,
        total=len(members),
        first=name_label(measures[0]),
        last=name_label(measures[-1]),
    )
    recount = Recount(selection, members)
    part = DraftPart(PartKind.CORRECTION, text, (), ClaimKind.COUNTED, recount=recount)
    return Finding(inquiry.clause.want, True, (part,), count=Count(len(members), None), shows_departments=False)


def _sentence_numbered(subject: Subject, inquiry: Inquiry) -> Place | None:
    if subject.kind is not SubjectKind.NUMBER:
        return None
    opening = re.compile(rf"[（(]?{subject.number}[）)]?\s*[.．、]\s*\D")
    places = (p for p in inquiry.corpus.catalogue.provisions if p.provision and p.measure)
    return next((p for p in places if p.provision and opening.match(p.provision.text)), None)
