"""Builds the answer: numbers the citations, adds departments and source, decides the status."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import (
    Answer,
    Citation,
    CitationKind,
    Composer,
    Count,
    Degraded,
    ListItem,
    Part,
    PartKind,
    Repair,
    Responsible,
    Status,
    Timings,
    Understood,
    UnderstoodClause,
)
from assistant.composing.document import warn_of_lapse
from assistant.composing.draft import DraftPart, Finding, Source, responsibility_sources
from assistant.composing.wording import english_role, join_names, name_label, unique_places
from assistant.origin import name_notices, product_version
from assistant.understanding.frame import SAID, Clause, Frame, Operation, Turn
from corpus.catalogue import Place
from corpus.language.departments import DepartmentTable
from corpus.notice import Measure
from corpus.store import Corpus
from prompts import phrase


class CitationNumbers:
    """Numbers sources in the order they are first used; the same words get the same number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._sources: list[Source] = []

    def number(self, sources: Iterable[Source]) -> tuple[int, ...]:
        numbers: list[int] = []
        for source in sources:
            key = (source.place.notice.id, source.phrase.start, source.phrase.end)
            if key not in self._numbers:
                self._sources.append(source)
                self._numbers[key] = len(self._sources)
            numbers.append(self._numbers[key])
        return tuple(dict.fromkeys(numbers))

    def has_all(self, sources: Iterable[Source]) -> bool:
        """Whether every one of the sources is cited already; false for none."""
        keys = [(s.place.notice.id, s.phrase.start, s.phrase.end) for s in sources]
        return bool(keys) and all(key in self._numbers for key in keys)

    def citations(self) -> tuple[Citation, ...]:
        return tuple(_cite(n, source) for n, source in enumerate(self._sources, 1))


def _cite(number: int, source: Source) -> Citation:
    place, words = source.place, source.phrase
    measure, chapter, notice = place.measure, place.chapter, place.notice
    return Citation(
        number=number,
        kind=source.kind,
        provision_id=_address(source),
        notice_id=notice.id,
        document_number=notice.number_text,
        notice_title=notice.title,
        chapter=f"{chapter.label}{chapter.title}" if chapter else "",
        measure_id=measure.id if measure else "",
        measure_number=measure.number if measure else None,
        measure_label=measure.label if measure else "",
        measure_title=measure.title if measure else "",
        quote=words.text,
        start=words.start,
        end=words.end,
        url=f"/notices/{notice.id}#{_anchor(source)}",
    )


def _address(source: Source) -> str:
    place = source.place
    if place.provision:
        return place.provision.id
    if place.measure:
        return f"{place.measure_key}.{source.kind}"
    return f"{place.chapter.id}.{source.kind}" if place.chapter else f"{place.notice.id}/{source.kind}"


def _anchor(source: Source) -> str:
    place = source.place
    if place.measure and source.kind is CitationKind.RESPONSIBILITY:
        return place.measure.responsibility_anchor(source.phrase)
    if place.provision and place.provision.anchor:
        return place.provision.anchor
    if place.measure:
        return place.measure.anchor
    if place.chapter:
        return f"c{place.chapter.id.split('/', 1)[1]}"
    if place.provision:
        return f"p{place.provision.number}"
    printed = {"issuer": place.notice.issuer, "date": place.notice.issued_on, "contact": place.notice.contact}
    return next((name for name, words in printed.items() if words == source.phrase), str(source.kind))


_WITHOUT_ANSWER = (Status.RELATED, Status.NOT_STATED, Status.NEEDS_DETAIL, Status.REFUSED, Status.OUT_OF_SCOPE)


def decide_status(findings: Sequence[Finding]) -> Status:
    """All clauses answered, some, or none: then the first of what is not stated, vague, refused, out of scope."""
    filled = sum(f.is_filled for f in findings)
    if filled == len(findings):
        return Status.ANSWERED
    if filled:
        return Status.PARTLY_ANSWERED
    found = {f.status or Status.NOT_STATED for f in findings}
    return next(s for s in _WITHOUT_ANSWER if s in found)


def order_parts(findings: Sequence[Finding]) -> list[DraftPart]:
    """Corrections, then what is stated with its words, then what is missing; no quotation twice."""
    order = {PartKind.CORRECTION: 0, PartKind.NOTE: 3}
    seen: set[tuple[PartKind, str]] = set()
    parts: list[tuple[int, DraftPart]] = []
    for finding in findings:
        for part in finding.parts:
            if (part.kind, part.text) not in seen:
                seen.add((part.kind, part.text))
                parts.append((order.get(part.kind, 1 if finding.is_filled else 2), part))
    return [part for _, part in sorted(parts, key=lambda p: p[0])]


def without_echoes(findings: Sequence[Finding]) -> list[Finding]:
    """What the notice says on something adds nothing where another finding quotes the same sentences."""
    return [f for f in findings if not any(f is not other and _echoes(f, other) for other in findings)]


def _echoes(finding: Finding, other: Finding) -> bool:
    cited = {(s.place.notice.id, s.phrase.start) for p in finding.parts for s in p.sources}
    shown = {(s.place.notice.id, s.phrase.start) for p in other.parts for s in p.sources}
    says_more = other.is_filled and other.want != finding.want
    is_detail = finding.want.value == SAID and finding.want.operation is Operation.STATE
    return is_detail and says_more and bool(cited) and cited <= shown


def count_of(findings: Sequence[Finding], listed: int) -> Count | None:
    """The count of the first list, or how many members several lists of one kind have together."""
    counted = [(f.count, f.recount.table if f.recount else "") for f in findings if f.count]
    if not counted:
        return None
    first, table = counted[0]
    return replace(first, value=listed) if len(counted) > 1 and all(t == table for _, t in counted) else first


def carriers_of(findings: Sequence[Finding]) -> tuple[Place, ...]:
    return unique_places(p for f in findings for p in f.carriers if f.shows_departments)


def responsible_for(places: Iterable[Place]) -> tuple[Responsible, ...]:
    return tuple(
        Responsible(p.notice.id, p.measure.id, p.measure.number, r.role_text, r.departments)
        for p in places
        if p.measure
        for r in p.responsibilities
    )


def departments_parts(
    places: Sequence[Place], numbers: CitationNumbers, language: str, table: DepartmentTable
) -> list[Part]:
    """One line a measure; the measure is named only where there are several."""
    parts: list[Part] = []
    for place in places:
        measure = place.measure
        if measure is None or not place.responsibilities:
            continue
        roles = [
            phrase(
                "departments_part",
                language,
                departments=join_names(r.departments, language, table),
                role=r.role_text if language == "zh" else english_role(r.role_text),
            )
            for r in place.responsibilities
        ]
        lead = f"{_name_place(place)}：" if len(places) > 1 else ""
        parts.append(Part(PartKind.DEPARTMENTS, lead + "；".join(roles), numbers.number(responsibility_sources(place))))
    return parts


def _name_place(place: Place) -> str:
    """第（九）条, or 第（九）条1. where the departments are those of a point."""
    point = place.measure.point(place.point) if place.measure and place.point else None
    return f"{name_label(place.measure) if place.measure else ''}{point.label if point else ''}"


def source_part(citations: Sequence[Citation], places: Sequence[Place], language: str) -> Part | None:
    """Document number and measures of every notice cited, as one would cite them in a letter."""
    notices = {c.notice_id: c for c in reversed(citations)}
    cited = {i: [p.measure for p in places if p.measure and p.notice.id == i] for i in notices}
    lines = [_source_line(notices[i], cited[i], language) for i in reversed(notices)]
    return Part(PartKind.SOURCE, ("；" if language == "zh" else "; ").join(lines)) if lines else None


def _source_line(notice: Citation, measures: Sequence[Measure], language: str) -> str:
    number = notice.document_number or f"《{notice.notice_title}》"
    if not measures:
        return phrase("source_document", language, number=notice.document_number, title=notice.notice_title)
    labels = "、".join(dict.fromkeys(name_label(m) for m in measures))
    if language == "en":
        numerals = ", ".join(str(m.number) for m in measures)
        return phrase("source", "en", number=number, numeral=numerals, label=labels)
    return phrase("source", "zh", number=number, measure=labels)


def explain_repairs(repairs: Sequence[Repair], language: str) -> str:
    """Which words were understood differently from how they were typed."""
    return "".join(phrase("repair", language, typed=r.typed, understood=r.understood) for r in repairs)


def make_id(question: str, history: Sequence[Turn], version: str) -> str:
    digest = hashlib.sha256(question.encode("utf-8", "replace"))
    for turn in history:
        digest.update(f"\x1e{turn.role}\x1f{turn.content}".encode("utf-8", "replace"))
    digest.update(version.encode())
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was asked and found of one message: the clauses that ask, and the verified findings."""

    question: str
    turns: tuple[Turn, ...]
    asking: tuple[Clause, ...]
    frame: Frame
    findings: tuple[Finding, ...]


def assemble(outcome: Outcome, corpus: Corpus, today: date, timings: Timings) -> Answer:
    """The answer: parts in order, every source numbered, departments and source named, lapsed notices warned of."""
    frame, findings, language = outcome.frame, outcome.findings, outcome.frame.language
    status = decide_status(findings)
    numbers = CitationNumbers()
    parts = [Part(PartKind.NOTE, explain_repairs(frame.repairs, language))] if frame.repairs else []
    parts += [Part(d.kind, d.text, numbers.number(d.sources)) for d in order_parts(findings)]
    items = dict.fromkeys(ListItem(i.text, numbers.number(i.sources)) for f in findings for i in f.items)
    places = carriers_of(findings)
    unnamed = [p for p in places if not numbers.has_all(responsibility_sources(p))]
    parts += departments_parts(unnamed, numbers, language, corpus.departments)
    citations = numbers.citations()
    cited = (c.notice_id for c in citations)
    parts += [Part(PartKind.NOTE, text) for text in warn_of_lapse(cited, corpus.catalogue, language, today)]
    source = source_part(citations, places, language)
    return Answer(
        id=make_id(outcome.question, outcome.turns, corpus.version),
        question=outcome.question,
        standalone_question=_standalone(outcome),
        language=language,
        status=status,
        parts=(*parts, *([source] if source else [])),
        citations=citations,
        responsibilities=responsible_for(places),
        missing=tuple(f.missing for f in findings if f.missing),
        items=tuple(items) or None,
        count=count_of(findings, len(items)),
        repairs=tuple[Repair, ...](frame.repairs),
        understood=Understood(tuple(map(_describe, outcome.asking))),
        reply=next((f.reply for f in findings if f.reply), None),
        composer=_composer_of(status, bool(items)),
        degraded=Degraded.EMBEDDER_UNAVAILABLE if corpus.vectors is None else None,
        corpus_version=corpus.version,
        product_version=product_version(),
        notices=name_notices(citations, corpus.texts),
        timings_ms=timings,
    )


def _standalone(outcome: Outcome) -> str:
    """The message as it is understood, with what it took over from before in front."""
    lent = dict.fromkeys(s.text for c in outcome.asking for s in c.inherited if s.text not in outcome.frame.text)
    return f"{'、'.join(lent)}：{outcome.frame.text}" if lent else outcome.frame.text


def _composer_of(status: Status, is_list: bool) -> Composer:
    if status in {Status.OUT_OF_SCOPE, Status.REFUSED, Status.NEEDS_DETAIL}:
        return Composer.FIXED
    return Composer.LIST if is_list else Composer.QUOTE


def _describe(clause: Clause) -> UnderstoodClause:
    own, lent = (tuple(dict.fromkeys(s.text for s in names)) for names in (clause.names, clause.inherited))
    return UnderstoodClause(clause.text, clause.want.value, clause.want.operation.value, own, lent)
