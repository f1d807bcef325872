"""Retells the answer before: more of the same, the same more simply, the words it rests on."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain

from assistant.answer import Missing, PartKind
from assistant.composing.draft import ClaimKind, DraftPart, Finding, quote_part
from assistant.composing.stating import quotes_of, state_item
from assistant.composing.talk.shown import Shown, bare
from assistant.composing.talk.simply import take_apart, take_apart_row
from assistant.composing.values import evidence_for
from assistant.composing.wording import name_measure, unique_places
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch
from assistant.naming.subject import Subject, SubjectKind
from corpus.catalogue import Catalogue, Place
from prompts import phrase

Answering = Callable[[Inquiry], Finding]

_AT_ONCE = 3
_NAMED = (SubjectKind.TERM, SubjectKind.MEASURE, SubjectKind.NUMBER, SubjectKind.CHAPTER, SubjectKind.DEPARTMENT)
_OF_NO_NAME = {"more_of": "more_of_it", "more_beside": "more_beside_it", "more_none": "more_none_it"}
_RETOLD = frozenset({ClaimKind.STATED, ClaimKind.AFFIRMED, ClaimKind.DENIED})


def find_more(inquiry: Inquiry, answering: Answering) -> Finding:
    """The next items on the same names that no answer has shown yet, then those beside them, else that this was all."""
    earlier = answering(inquiry.again()) if inquiry.clause.before else None
    if earlier is not None and (earlier.reply or earlier.items):
        return _rest_of_list(inquiry, earlier)
    shown = Shown.before(inquiry.frame.answers, earlier)
    about = items_about(inquiry)
    if fresh := [m for m in about if not shown.holds_item(m.item)]:
        return _state_more(inquiry, "more_of", fresh)
    beside = [m for m in _neighbours(about) if not shown.holds_item(m.item)]
    return _state_more(inquiry, "more_beside", beside) if beside else _no_more(inquiry, about)


def _rest_of_list(inquiry: Inquiry, earlier: Finding) -> Finding:
    """The members of a list that were not shown; where all were, that there are no others."""
    shown = Shown.before(inquiry.frame.answers)
    # A table shows a row by who gets what, not by its line.
    rest = [i for i in earlier.items if not shown.holds(i.text, *i.cells[:1])]
    if earlier.reply or not shown.text or len(rest) == len(earlier.items):
        return earlier
    recount = earlier.recount or next((p.recount for p in earlier.parts if p.recount), None)
    if rest or recount is None:
        stated = [DraftPart(PartKind.DIRECT, phrase("listed", inquiry.language, item=i.text), i.sources) for i in rest]
        return replace(earlier, parts=tuple(stated), items=(), count=None, recount=None)
    text = phrase("more_list", inquiry.language, count=len(earlier.items))
    part = DraftPart(PartKind.DIRECT, text, (), ClaimKind.COUNTED, recount=recount)
    return replace(earlier, parts=(part,), items=())


def items_about(inquiry: Inquiry) -> list[ItemMatch]:
    """Items on the names, those that fit the clause best first; on no name, those near the best."""
    names = inquiry.of_kind(*_NAMED)
    if not names:
        return list(evidence_for(inquiry))
    catalogue = inquiry.corpus.catalogue
    places = list(chain.from_iterable(_places_of(s, catalogue) for s in names))
    ids = {p.provision.id for p in places if p.provision}
    ranked = [m for m in inquiry.items if m.place.provision and m.place.provision.id in ids]
    rest = [ItemMatch(p, i, 0.0) for p in places if p.provision for i in p.provision.items]
    return _once((*ranked, *rest))


def _once(matches: Sequence[ItemMatch]) -> list[ItemMatch]:
    found: dict[tuple[str, int], ItemMatch] = {}
    for match in matches:
        found.setdefault((match.place.notice.id, match.item.start), match)
    return list(found.values())


def _places_of(subject: Subject, catalogue: Catalogue) -> list[Place]:
    """The sentences that print a term; those of a measure or of the measures of a chapter."""
    if subject.kind is SubjectKind.TERM:
        return [p for t in subject.targets if (p := catalogue.place_of_provision.get(t))]
    if subject.kind is SubjectKind.CHAPTER:
        measures = [p for p in catalogue.measures if p.chapter and p.chapter.id in subject.targets]
    else:
        measures = [p for t in subject.targets if (p := catalogue.place_of_measure.get(t))]
    return [replace(p, provision=s) for p in measures if p.measure for s in p.measure.provisions]


def _neighbours(about: Sequence[ItemMatch]) -> list[ItemMatch]:
    """The other items of the measure that fits best."""
    place = next((m.place for m in about if m.place.measure), None)
    if place is None or place.measure is None:
        return []
    return [ItemMatch(replace(place, provision=p), i, 0.0) for p in place.measure.provisions for i in p.items]


def _state_more(inquiry: Inquiry, key: str, fresh: Sequence[ItemMatch]) -> Finding:
    """A line that introduces them, a line for each, the sentences they are cut from."""
    chosen, language = fresh[:_AT_ONCE], inquiry.language
    telling = (*(s.text for s in inquiry.names), *inquiry.content)
    several = len(inquiry.corpus.catalogue.notices) > 1
    stated = [state_item(m, language, telling, names_notice=several) for m in chosen]
    measure = name_measure(chosen[0].place, language)
    lead = _lead(_say(key, inquiry, measure))
    quotes = quotes_of([s for p in stated for s in p.sources], stated)
    return Finding(inquiry.clause.want, True, (lead, *stated, *quotes), unique_places(m.place for m in chosen))


def _no_more(inquiry: Inquiry, about: Sequence[ItemMatch]) -> Finding:
    """That everything on it was shown, and whom to ask."""
    subject = _subject(inquiry)
    places = unique_places(m.place for m in about[:1])
    whom = phrase("more_ask", inquiry.language) if any(p.responsibilities for p in places) else ""
    part = DraftPart(PartKind.MISSING, _say("more_none", inquiry) + whom, (), ClaimKind.ABSENT)
    measure = next((p.measure.id for p in places if p.measure), None)
    return Finding(inquiry.clause.want, False, (part,), places, Missing(inquiry.value, subject, measure))


def _say(key: str, inquiry: Inquiry, measure: str = "") -> str:
    subject = _subject(inquiry)
    key = key if subject else _OF_NO_NAME[key]
    return phrase(key, inquiry.language, subject=subject, measure=measure)


def _subject(inquiry: Inquiry) -> str:
    return max((s.text for s in inquiry.of_kind(*_NAMED)), key=len, default="")


def _lead(text: str) -> DraftPart:
    return DraftPart(PartKind.DIRECT, text, (), ClaimKind.FIXED)


def say_simply(inquiry: Inquiry, answering: Answering) -> Finding:
    """The answer before with every clause taken apart, one short line for each fact, and its sentences below.

    An English line is plain already.
    """
    earlier = answering(inquiry.again())
    if earlier.reply or inquiry.language == "en":
        return earlier
    telling = (*(s.text for s in inquiry.names), *inquiry.content)
    said = [(p, take_apart(p, inquiry.language, telling) if _is_clause(p) else []) for p in earlier.parts]
    items = tuple(take_apart_row(i) for i in earlier.items)
    if not any(lines for _, lines in said) and items == earlier.items:
        return earlier
    lines = [line for part, apart in said for line in _retell(part, apart)]
    quotes = _all_quotes(earlier.parts, lines)
    return replace(earlier, parts=(*_introduce(lines, phrase("simply", inquiry.language)), *quotes), items=items)


def _introduce(lines: Sequence[DraftPart], lead: str) -> list[DraftPart]:
    """The lead on the first line; before it where that line must open with its yes, no or what is missing.

    What is introduced already keeps its own lead.
    """
    first = lines[0]
    if first.claim is ClaimKind.FIXED:
        return list(lines)
    if first.claim is ClaimKind.STATED and first.affirmed is None and first.kind is PartKind.DIRECT:
        return [replace(first, text=f"{lead}{first.text}"), *lines[1:]]
    return [_lead(lead.strip()), *lines]


def _is_clause(part: DraftPart) -> bool:
    has_item = len(part.sources) == 1 and part.sources[0].item is not None
    return has_item and part.claim in _RETOLD and part.kind in {PartKind.DIRECT, PartKind.CORRECTION}


def _retell(part: DraftPart, apart: Sequence[DraftPart]) -> list[DraftPart]:
    """What says yes or no stays, with the facts below; a quotation comes last."""
    if part.kind is PartKind.QUOTE:
        return []
    is_verdict = part.affirmed is not None or part.claim is not ClaimKind.STATED or part.kind is PartKind.CORRECTION
    return [part, *apart] if is_verdict else list(apart) or [part]


def show_words(inquiry: Inquiry, answering: Answering) -> Finding:
    """The answer before with all the sentences that it rests on, and a word on how to ask for something else."""
    earlier = answering(inquiry.again())
    if earlier.reply:
        return earlier
    own = [p for p in earlier.parts if p.kind is not PartKind.QUOTE]
    note = DraftPart(PartKind.NOTE, phrase("ask_otherwise", inquiry.language), (), ClaimKind.FIXED)
    return replace(earlier, parts=(*own, *_all_quotes(earlier.parts, ()), note))


def _all_quotes(parts: Sequence[DraftPart], said: Sequence[DraftPart]) -> list[DraftPart]:
    """Every sentence cited or quoted, each once, but for those that a line has said as a whole."""
    lines = "".join(bare(p.text) for p in said)
    sources = {s.phrase.start: s for p in parts for s in p.sources if s.place.provision}
    return [quote_part(s) for s in sources.values() if bare(s.phrase.text) not in lines]
