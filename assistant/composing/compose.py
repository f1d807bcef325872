"""The quoting composer: one finding for each clause, made of printed words; no language model."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.answer import Missing, PartKind
from assistant.composing.checks import check_count, find_check
from assistant.composing.comparisons import find_comparison
from assistant.composing.departments import find_actor, find_departments
from assistant.composing.details import find_detail, find_meaning, find_title, find_where
from assistant.composing.document import find_document_fact, find_validity
from assistant.composing.draft import Absence, ClaimKind, DraftPart, Finding
from assistant.composing.fixed import fixed_finding
from assistant.composing.lists import find_list, find_named_kinds
from assistant.composing.money import find_calculation, find_payment, find_recipient, find_sum, find_total
from assistant.composing.out_of_range import find_out_of_range, unknown_number
from assistant.composing.stating import quotes_of, state_item
from assistant.composing.values import find_value
from assistant.composing.wording import unique_places
from assistant.evidence.claims import unit_asked
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import terms_of
from assistant.evidence.whether import asks_whether, offers_choice
from assistant.naming.subject import SubjectKind
from assistant.understanding.frame import Operation
from prompts import phrase

Finder = Callable[[Inquiry], Finding]

_THINGS = (SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM)
_FULL_NAME = 4
_FAR = 0.845
"""No question about a notice was less similar to its nearest sentence."""


def compose(inquiries: Sequence[Inquiry]) -> tuple[Finding, ...]:
    """Findings in the order of the clauses; a clause that no text can fill is found absent."""
    return tuple(replace(find(i), asked=i.asked) for i in inquiries)


def find(inquiry: Inquiry) -> Finding:
    """What the notices say to one clause."""
    if _is_unprinted(inquiry.clause.unprinted, inquiry) and not inquiry.ranking.is_very_near:
        is_far = (inquiry.ranking.similarity or _FAR) < _FAR and not inquiry.names
        if is_far:
            return fixed_finding("off_topic", inquiry.corpus, inquiry.language)
        return find_unknown(inquiry)
    if _is_foreign(inquiry):
        return fixed_finding("off_topic", inquiry.corpus, inquiry.language)
    if (subject := unknown_number(inquiry)) is not None:
        return find_out_of_range(inquiry, subject)
    return _BY_OPERATION[inquiry.clause.want.operation](inquiry)


def _is_unprinted(name: str, inquiry: Inquiry) -> bool:
    """In none of the notices that are asked, not even as a piece of another word."""
    return bool(name) and not any(name in text for text in inquiry.corpus.texts.values())


def _is_foreign(inquiry: Inquiry) -> bool:
    """It names nothing, no notice prints a word of what it is about, and nothing is near in meaning."""
    words = [w for w in inquiry.content if inquiry.corpus.cutter.knows(w)]
    is_printed = any(map(inquiry.corpus.keywords.knows, words))
    is_far = (inquiry.ranking.similarity or _FAR) < _FAR
    return is_far and bool(words) and not is_printed and not inquiry.names


def _state(inquiry: Inquiry) -> Finding:
    return _BY_VALUE.get(inquiry.value, find_value)(inquiry)


def _list(inquiry: Inquiry) -> Finding:
    """A list that the catalogue holds, else what is said of the thing whose members are asked for."""
    if (kinds := find_named_kinds(inquiry)) is not None:
        return kinds
    if inquiry.value not in _LISTED or (inquiry.of_kind(*_THINGS) and inquiry.value in _OF_A_THING):
        return _state(inquiry)
    return find_list(inquiry)


def _count(inquiry: Inquiry) -> Finding:
    """A number that is claimed, that the text prints for the thing named, else the members of a list, counted."""
    if asks_whether(inquiry.clause.text) and (claimed := check_count(inquiry)) is not None:
        return claimed
    if (kinds := find_named_kinds(inquiry)) is not None:
        return kinds
    counts_clauses = unit_asked(inquiry.clause.text) in _CLAUSES and not inquiry.names
    is_of_catalogue = inquiry.value in _COUNTED or not inquiry.content or counts_clauses
    if not is_of_catalogue and (inquiry.of_kind(*_THINGS) or inquiry.clause.says_something):
        return find_value(inquiry, "quantity")
    return find_list(inquiry)


def _rank(inquiry: Inquiry) -> Finding:
    """The highest that one thing gets is what it gets at most."""
    things = inquiry.of_kind(*_THINGS, SubjectKind.CHAPTER)
    if len(things) > 1:
        return find_comparison(inquiry)
    return find_sum(inquiry) if things and inquiry.value == "sum" else find_list(inquiry)


def _outline(inquiry: Inquiry) -> Finding:
    return _state(inquiry) if inquiry.names else find_list(inquiry)


def _check(inquiry: Inquiry) -> Finding:
    if offers_choice(inquiry.clause.text):
        return _state(inquiry)
    return check_count(inquiry) or find_check(inquiry)


def find_unknown(inquiry: Inquiry) -> Finding:
    """That the notice does not mention what is asked about; and what it says of a full name beside it."""
    unprinted, language = inquiry.clause.unprinted, inquiry.language
    text = phrase("unknown", language, words=unprinted)
    absence = Absence("said", (unprinted,), inquiry.notice_ids)
    part = DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT, absent=absence)
    missing = Missing(inquiry.value, unprinted, None)
    named = [s for s in terms_of(inquiry.names) if len(s.text) >= _FULL_NAME and s.text not in unprinted]
    found = inquiry.about(*named).items[:1] if named else ()
    if not found or not found[0].names_any(s.text.casefold() for s in named):
        return Finding(inquiry.clause.want, False, (part,), missing=missing)
    stated = state_item(found[0], language, inquiry.content)
    parts = (part, stated, *quotes_of(stated.sources, (stated,)))
    return Finding(inquiry.clause.want, False, parts, unique_places([found[0].place]), missing)


_LISTED = frozenset({"sum", "clause", "department", "name", "payment"})
_OF_A_THING = frozenset({"department", "name", "sum"})
_CLAUSES = frozenset("条")
_COUNTED = frozenset({"clause", "department", "sum", "title"})
_BY_OPERATION: Mapping[Operation, Finder] = {
    Operation.STATE: _state,
    Operation.CHECK: _check,
    Operation.LIST: _list,
    Operation.COUNT: _count,
    Operation.RANK: _rank,
    Operation.COMPARE: find_comparison,
    Operation.TOTAL: find_total,
    Operation.OUTLINE: _outline,
}


def _find_clause(inquiry: Inquiry) -> Finding:
    """The clauses of a department, else where something stands."""
    bodies = inquiry.of_kind(SubjectKind.DEPARTMENT)
    return find_list(inquiry) if bodies and not inquiry.of_kind(*_THINGS) else find_where(inquiry)


def _find_title(inquiry: Inquiry) -> Finding:
    is_of_part = inquiry.of_kind(SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.CHAPTER)
    return find_title(inquiry) if is_of_part else find_document_fact(inquiry)


def _find_purpose(inquiry: Inquiry) -> Finding:
    return find_detail(inquiry) if inquiry.of_kind(*_THINGS) else find_document_fact(inquiry)


_BY_VALUE: Mapping[str, Finder] = {
    "said": find_detail,
    "name": find_detail,
    "sum": find_sum,
    "payment": find_payment,
    "calculation": find_calculation,
    "recipient": find_recipient,
    "department": find_departments,
    "role": find_departments,
    "actor": find_actor,
    "meaning": find_meaning,
    "clause": _find_clause,
    "title": _find_title,
    "purpose": _find_purpose,
    "validity": find_validity,
    **dict.fromkeys(("document_number", "issuer", "issued_on", "addressee", "basis"), find_document_fact),
}
