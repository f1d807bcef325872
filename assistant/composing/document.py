"""Answers what the document itself prints: number, title, addressee, basis, purpose, issuer, date."""

from assistant.answer import CitationKind, PartKind
from assistant.composing.absent import find_absent
from assistant.composing.draft import DraftPart, Finding, Source, quote_part, sentence_source
from assistant.evidence import Evidence
from assistant.query import Ask, AskReading
from corpus.catalogue import Place
from corpus.notice import Notice, Phrase
from prompts import phrase


def find_document_fact(ask: AskReading, evidence: Evidence) -> Finding:
    """The printed words, or that the notice does not print them."""
    notice = evidence.corpus.catalogue.notices[0]
    if ask.ask is Ask.BASIS:
        return _basis(ask, evidence, notice)
    if ask.ask is Ask.PURPOSE:
        return _purpose(ask, evidence, notice)
    printed: dict[Ask, tuple[Phrase | None, CitationKind]] = {
        Ask.DOCUMENT_NUMBER: (notice.document_number, CitationKind.NUMBER),
        Ask.TITLE: (notice.title_at, CitationKind.TITLE),
        Ask.ADDRESSEE: (notice.addressee, CitationKind.PREAMBLE),
        Ask.ISSUER: (notice.issuer, CitationKind.PREAMBLE),
        Ask.ISSUED_ON: (notice.issued_on, CitationKind.PREAMBLE),
    }
    words, kind = printed.get(ask.ask, (None, CitationKind.PREAMBLE))
    if words is None:
        return find_absent(AskReading(ask.ask, ask.text, ask.margin), evidence)
    source = Source(kind, Place(notice), words)
    value = notice.title if ask.ask is Ask.TITLE else words.text
    text = phrase(ask.ask, evidence.language, value=value)
    return Finding(ask.ask, True, (DraftPart(PartKind.DIRECT, text, (source,)),), shows_departments=False)


def _basis(ask: AskReading, evidence: Evidence, notice: Notice) -> Finding:
    basis = next((r for r in notice.references if r.is_basis), None)
    if basis is None:
        return find_absent(AskReading(ask.ask, ask.text, ask.margin), evidence)
    place = next(Place(notice, provision=p) for p in notice.preamble if p.start <= basis.phrase.start < p.end)
    source = sentence_source(place)
    number = f"（{basis.number}）" if basis.number else ""
    text = phrase("basis", evidence.language, issuers=basis.issuers or "", title=basis.title, number=number)
    return Finding(
        ask.ask, True, (DraftPart(PartKind.DIRECT, text, (source,)), quote_part(source)), shows_departments=False
    )


def _purpose(ask: AskReading, evidence: Evidence, notice: Notice) -> Finding:
    place = next((Place(notice, provision=p) for p in notice.preamble if p.text.startswith(("为", "根据"))), None)
    if place is None:
        return find_absent(AskReading(ask.ask, ask.text, ask.margin), evidence)
    source = sentence_source(place)
    lead = DraftPart(PartKind.DIRECT, phrase("purpose", evidence.language), (source,))
    return Finding(ask.ask, True, (lead, quote_part(source)), shows_departments=False)
