"""Resolves asks that belong together or exclude each other, by what the question names."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.query import DOCUMENT_ASKS, LIST_ASKS, Ask, AskReading, Query, SubjectKind

_THINGS = frozenset({SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM, SubjectKind.CHAPTER})
_LISTS_OF_A_DEPARTMENT = frozenset({Ask.DETAIL, Ask.WHERE, Ask.DEPARTMENT, Ask.ELIGIBILITY, Ask.QUANTITY})
_NOT_OF_A_TERM = DOCUMENT_ASKS | {
    Ask.CHAPTERS,
    Ask.BRANDS,
    Ask.DEPARTMENTS_LIST,
    Ask.COUNT,
    Ask.TOTAL,
    Ask.MEASURE_TITLE,
}
_LISTED = frozenset({Ask.MEASURES, Ask.COUNT, Ask.DEPARTMENTS_LIST, Ask.HIGHEST, Ask.LOWEST, Ask.COMPARE})
_INSIDE_A_LIST = frozenset({Ask.DEPARTMENT, Ask.ROLE, Ask.WHERE, Ask.QUANTITY, Ask.SUM, Ask.SUPPORTS, Ask.DETAIL})
_COMPARING = re.compile(r"比|(?:谁|哪个|哪家).{0,10}(?:多|少)|区别|不同|差别|more|fewer|compare", re.IGNORECASE)
_OF_THE_BASIS = re.compile(r"依据|上位|国家|实施意见|based on")
_WHICH_IS_MOST = re.compile(r"(?:最高|最多|最大).*哪|哪.*(?:最高|最多|最大)|第[二三]高|highest|largest", re.IGNORECASE)
_WHICH = re.compile(r"哪[一]?[个项种]|谁|which", re.IGNORECASE)
# A clause that asks for the first also seems to ask for the others.
_COVERS: dict[Ask, frozenset[Ask]] = {
    Ask.BASIS: frozenset({Ask.DOCUMENT_NUMBER, Ask.MEANING, Ask.ISSUER}),
    Ask.TOTAL: frozenset({Ask.SUM, Ask.COUNT, Ask.SUPPORTS}),
    Ask.RATE: frozenset({Ask.SUM, Ask.QUANTITY}),
    Ask.MEANING: frozenset({Ask.TITLE, Ask.DETAIL, Ask.MEASURE_TITLE}),
    Ask.BASIS_OF_SUM: frozenset({Ask.CONDITION}),
    Ask.CONDITION: frozenset({Ask.SUPPORTS, Ask.DETAIL}),
    Ask.SUM: frozenset({Ask.SUPPORTS, Ask.DETAIL, Ask.QUANTITY}),
    Ask.PERIOD: frozenset({Ask.SUPPORTS}),
    Ask.TELEPHONE: frozenset({Ask.DEPARTMENT}),
    Ask.BRANDS: frozenset({Ask.QUANTITY, Ask.COUNT, Ask.DETAIL}),
    Ask.QUOTA: frozenset({Ask.QUANTITY}),
    Ask.CHAPTERS: frozenset({Ask.MEASURES, Ask.DETAIL}),
    Ask.DEPARTMENTS_LIST: frozenset({Ask.COUNT, Ask.DEPARTMENT}),
    Ask.HIGHEST: frozenset({Ask.MEASURES, Ask.COUNT, Ask.DEPARTMENTS_LIST, Ask.CHAPTERS, Ask.WHERE}),
    Ask.LOWEST: frozenset({Ask.MEASURES, Ask.COUNT, Ask.DEPARTMENTS_LIST, Ask.CHAPTERS, Ask.WHERE}),
}


def settle_asks(asks: Sequence[AskReading], query: Query) -> tuple[AskReading, ...]:
    """The asks as they are meant."""
    meant = [_mean(ask, query) for ask in asks]
    kept = [a for a in meant if not any(_covers(other, a) for other in meant)]
    kept = [a for a in kept if not _leans_on_list(a, kept)]
    unique = {(a.ask, tuple(s.text for s in a.subjects), _clause_of(a)): a for a in reversed(kept)}
    return tuple(sorted(unique.values(), key=kept.index))


def _mean(ask: AskReading, query: Query) -> AskReading:
    things = [s for s in ask.subjects if s.kind in _THINGS]
    departments = query.of_kind(SubjectKind.DEPARTMENT)
    if len(departments) > 1 and not things and _COMPARING.search(query.standalone):
        return replace(ask, ask=Ask.COMPARE)
    if departments and not things and ask.ask in _LISTS_OF_A_DEPARTMENT:
        return replace(ask, ask=Ask.MEASURES)
    if len(things) > 1 and ask.ask in {Ask.PERIOD, Ask.SUM, Ask.HIGHEST, Ask.LOWEST} and _WHICH.search(ask.text):
        return replace(ask, ask=Ask.COMPARE)
    if ask.ask is Ask.DEPARTMENTS_LIST and things and not any(s.kind is SubjectKind.CHAPTER for s in things):
        return replace(ask, ask=Ask.DEPARTMENT)
    if ask.ask is Ask.TITLE and any(s.kind in {SubjectKind.CHAPTER, SubjectKind.NUMBER} for s in things):
        return replace(ask, ask=Ask.MEASURE_TITLE)
    if ask.ask in {Ask.DOCUMENT_NUMBER, Ask.DETAIL, Ask.MEANING} and not things and _names_number(query):
        return replace(ask, ask=Ask.TITLE)
    is_of_term = any(s.kind is SubjectKind.TERM for s in things)
    if ask.ask is Ask.BASIS and is_of_term:
        return replace(ask, ask=Ask.BASIS_OF_SUM)
    if ask.ask is Ask.CHAPTERS and is_of_term:
        return replace(ask, ask=Ask.DETAIL)
    if ask.ask is Ask.DOCUMENT_NUMBER and _OF_THE_BASIS.search(query.standalone):
        return replace(ask, ask=Ask.BASIS)
    if ask.ask is Ask.MEASURE_TITLE and not things:
        return replace(ask, ask=Ask.MEASURES)
    if not ask.is_cued and ask.ask in _NOT_OF_A_TERM and any(s.kind is SubjectKind.TERM for s in things):
        return replace(ask, ask=Ask.DETAIL)
    if ask.ask is Ask.HIGHEST and any(a.unit == "元" for a in query.amounts) and not query.is_negated:
        return replace(ask, ask=Ask.SUPPORTS)
    if ask.ask is Ask.SUM and not things and _WHICH_IS_MOST.search(query.standalone):
        return replace(ask, ask=Ask.HIGHEST)
    return ask


def _clause_of(ask: AskReading) -> str:
    """Lists and clauses that name nothing are told apart by their words."""
    return ask.text if ask.ask in LIST_ASKS or (not ask.subjects and ask.words) else ""


def _leans_on_list(ask: AskReading, asks: Sequence[AskReading]) -> bool:
    """带上条件 after 列出金额: a list shows what its members print."""
    if ask.ask is Ask.TITLE and any(a.ask is Ask.CHAPTERS for a in asks):
        return True
    if ask.ask in {Ask.SUM, Ask.SUPPORTS} and any(a.ask in {Ask.HIGHEST, Ask.LOWEST} for a in asks):
        return True
    return ask.ask in {Ask.SUM, Ask.CONDITION, Ask.DETAIL} and not ask.subjects and any(
        a.ask in LIST_ASKS - {Ask.COMPARE} and not a.subjects and a is not ask for a in asks
    )


def _names_number(query: Query) -> bool:
    """The question gives a document number itself, so it asks which document that is."""
    return any(any(c.isdigit() for c in s.text) for s in query.of_kind(SubjectKind.DOCUMENT))


def _covers(stronger: AskReading, weaker: AskReading) -> bool:
    """The same clause asks for a list and, within it, for something the list shows; or for two sides of one thing."""
    if stronger is weaker or stronger.text != weaker.text:
        return False
    if stronger.ask in _LISTED and weaker.ask in _INSIDE_A_LIST:
        return True
    return weaker.ask in _COVERS.get(stronger.ask, frozenset())
