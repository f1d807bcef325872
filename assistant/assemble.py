"""Builds the answer: numbers the citations, adds departments and source, decides the status."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answer import (
    Answer,
    Citation,
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
from assistant.citing import CitationNumbers
from assistant.composing.document import warn_of_lapse
from assistant.composing.draft import ClaimKind, DraftPart, Finding, responsibility_sources
from assistant.composing.english.titles import name_number
from assistant.composing.talk.shown import says_line
from assistant.composing.talk.whom import find_acting, say_whom
from assistant.composing.wording import name_label, unique_places
from assistant.model.writing import Written
from assistant.origin import name_notices, product_version
from assistant.understanding.frame import SAID, Clause, Frame, Operation, Turn
from corpus.catalogue import Place
from corpus.language.departments import DepartmentTable
from corpus.notice import Measure
from corpus.store import Corpus
from prompts import label, phrase

_WITHOUT_ANSWER = (Status.RELATED, Status.NOT_STATED, Status.NEEDS_DETAIL, Status.REFUSED, Status.OUT_OF_SCOPE)


_OF_BODIES = frozenset({"department", "role"})
"""Who is in charge answers none of the asks before it."""

_HANDED_OVER = frozenset({Status.NOT_STATED, Status.RELATED, Status.REFUSED})


def decide_status(findings: Sequence[Finding]) -> Status:
    """All clauses answered, some, or none: then the first of what is not stated, vague, refused, out of scope."""
    filled = sum(f.is_filled for f in findings)
    if filled == len(findings):
        return Status.ANSWERED
    if filled:
        return Status.PARTLY_ANSWERED
    found = {f.status or Status.NOT_STATED for f in findings}
    return next(s for s in _WITHOUT_ANSWER if s in found)


def order_parts(findings: Sequence[Finding], language: str = "zh") -> list[DraftPart]:
    """Corrections, then what is stated with its table and words, then what is missing; no quotation or table twice.

    A further ask whose whole answer was said before it gets a word that this is all.
    """
    order = {PartKind.CORRECTION: 0, PartKind.NOTE: 3}
    seen: set[tuple[object, ...]] = set()
    parts: list[tuple[int, DraftPart]] = []
    for finding in findings:
        before = frozenset(seen)
        leads = finding.is_filled and finding.want.value not in _OF_BODIES
        for part in finding.parts:
            said = _words_of(part)
            if said not in seen:
                seen.add(said)
                parts.append((order.get(part.kind, 1 if leads else 2), part))
        if (
            finding.want.value != SAID
            and finding.is_filled
            and finding.parts
            and all(_words_of(p) in before for p in finding.parts)
        ):
            text = phrase("said_above", language, ask=label("kinds", finding.want.value, language))
            parts.append((2, DraftPart(PartKind.NOTE, text, (), ClaimKind.FIXED)))
    return [part for _, part in sorted(parts, key=lambda p: p[0])]


def _words_of(part: DraftPart) -> tuple[object, ...]:
    return (part.kind, part.text, *(row.cells for row in part.rows))


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
    counted = [(f.count, f.recount.selection.rows if f.recount else "") for f in findings if f.count]
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
    """One line a measure, who leads or acts first; the measure is named only where there are several."""
    parts: list[Part] = []
    for place in places:
        cited = numbers.cited_in(place)
        acting = find_acting(place, (s.item for s in cited if s.item), table)
        sources = responsibility_sources(place) or [s for s in cited if s.item and s.item.actors]
        if place.measure is None or not (place.responsibilities or acting):
            continue
        is_chinese = language == "zh"
        lead = f"{_name_place(place, language)}{'：' if is_chinese else ': '}" if len(places) > 1 else ""
        text = lead + say_whom(place, acting, language, table)
        parts.append(Part(PartKind.DEPARTMENTS, text, numbers.number(sources)))
    return parts


def _name_place(place: Place, language: str) -> str:
    """第（九）条, or 第（九）条1. where the departments are those of a point."""
    point = place.measure.point(place.point) if place.measure and place.point else None
    named = name_label(place.measure) if language == "zh" and place.measure else name_number(place)
    return f"{named}{point.label if point else ''}"


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


def say_what_repeats(parts: Sequence[DraftPart], turns: Sequence[Turn], language: str) -> list[DraftPart]:
    """The parts; where the first thing they say was a line of an earlier answer, it says so.

    Behind a lead of our own (换个说法) all of it must have been said.
    """
    own = [p for p in parts if p.kind not in {PartKind.NOTE, PartKind.QUOTE}]
    lines = [p for p in own if p.claim is not ClaimKind.FIXED]
    opening, simply = phrase("as_before", language), phrase("simply", language)
    answers = [t.content.replace(opening, "") for t in turns if t.role == "assistant"]
    compared = lines if own != lines else lines[:1]
    if not lines or not all(any(says_line(a, p.text) for a in answers) for p in compared):
        return list(parts)
    said = replace(lines[0], text=opening + lines[0].text.removeprefix(simply))
    return [said if p is lines[0] else p for p in parts if not (p.claim is ClaimKind.FIXED and p in own)]


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
    """What was asked and found of one message: the clauses that ask, and the verified findings.

    `handover` is what the operator says where an answer leaves somebody without one, `written` what a model made of it.
    """

    question: str
    turns: tuple[Turn, ...]
    asking: tuple[Clause, ...]
    frame: Frame
    findings: tuple[Finding, ...]
    handover: str = ""
    written: Written = field(default_factory=Written)


def assemble(outcome: Outcome, corpus: Corpus, today: date, timings: Timings) -> Answer:
    """The answer: parts in order, every source numbered, departments and source named, lapsed notices warned of."""
    frame, findings, language = outcome.frame, outcome.findings, outcome.frame.language
    status = decide_status(findings)
    numbers = CitationNumbers()
    written = outcome.written
    parts = [numbers.number_part(draft) for draft in _choose_parts(outcome)]
    parts += [Part(PartKind.NOTE, explain_repairs(frame.repairs, language))] if frame.repairs else []
    items = dict.fromkeys(ListItem(i.text, numbers.number(i.sources)) for f in findings for i in f.items)
    places = carriers_of(findings)
    unnamed = [p for p in places if not numbers.has_all(responsibility_sources(p))]
    parts += departments_parts(unnamed, numbers, language, corpus.departments)
    citations = numbers.citations()
    cited = (c.notice_id for c in citations)
    parts += [Part(PartKind.NOTE, text) for text in warn_of_lapse(cited, corpus.catalogue, language, today)]
    parts += [Part(PartKind.NOTE, outcome.handover)] if outcome.handover and status in _HANDED_OVER else []
    source = source_part(citations, places, language)
    return Answer(
        id=make_id(outcome.question, outcome.turns, corpus.version),
        question=outcome.question,
        standalone_question=standalone(outcome),
        language=language,
        status=status,
        parts=(*parts, *([source] if source else [])),
        citations=citations,
        responsibilities=responsible_for(places),
        missing=tuple(f.missing for f in findings if f.missing),
        items=tuple(items) or None,
        count=count_of(findings, len(items)),
        repairs=tuple[Repair, ...](frame.repairs),
        understood=Understood(tuple(_describe(c, frame) for c in outcome.asking)),
        reply=next((f.reply for f in findings if f.reply), None),
        composer=Composer.MODEL if written.parts else _composer_of(status, bool(items)),
        degraded=written.degraded or (Degraded.EMBEDDER_UNAVAILABLE if corpus.vectors is None else None),
        corpus_version=corpus.version,
        product_version=product_version(),
        notices=name_notices(citations, corpus.texts),
        timings_ms=timings,
    )


def _choose_parts(outcome: Outcome) -> list[DraftPart]:
    """The sentences of a model, then what it did not say of what was found."""
    language = outcome.frame.language
    left = [p for p in order_parts(outcome.findings, language) if p not in outcome.written.replaced]
    return [*outcome.written.parts, *say_what_repeats(left, outcome.turns, language)]


def standalone(outcome: Outcome) -> str:
    """The message as it is understood, with what it took over from before in front."""
    frame, asking = outcome.frame, outcome.asking
    if any(c.before for c in asking):
        lent = dict.fromkeys(s.text for c in asking for s in c.all_names)
        return f"{'、'.join(lent) or frame.text}：{frame.asked}"
    lent = dict.fromkeys(s.text for c in asking for s in c.inherited if s.text not in frame.text)
    return f"{'、'.join(lent)}：{frame.text}" if lent else frame.text


def _composer_of(status: Status, is_list: bool) -> Composer:
    if status in {Status.OUT_OF_SCOPE, Status.REFUSED, Status.NEEDS_DETAIL}:
        return Composer.FIXED
    return Composer.LIST if is_list else Composer.QUOTE


def _describe(clause: Clause, frame: Frame) -> UnderstoodClause:
    typed, names, inherited = clause.text, clause.names, clause.inherited
    if clause.before:
        typed, names, inherited = frame.asked, (), clause.all_names
    own, lent = (tuple(dict.fromkeys(s.text for s in some)) for some in (names, inherited))
    return UnderstoodClause(typed, clause.want.value, clause.want.operation.value, own, lent)
