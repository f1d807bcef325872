"""Splits an ask about several things named side by side into one ask for each."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.naming.subject import Subject, SubjectKind
from assistant.query import LIST_ASKS, Ask, AskReading, Query
from corpus.catalogue import Catalogue

_THINGS = frozenset({SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM})
_EACH = re.compile(r"各|分别|\beach\b|respectively", re.IGNORECASE)
_SIDE_BY_SIDE = re.compile(
    r"^.{0,6}(?:和|与|跟|及|以及|、|还有|还是|或者?|同|比|,|，|\band\b|\bor\b|\bvs\.?)[^，。？]{0,6}$", re.IGNORECASE
)


def expand_asks(query: Query, catalogue: Catalogue) -> tuple[AskReading, ...]:
    """Lists and comparisons keep their subjects together; every other ask is asked of each."""
    expanded: list[AskReading] = []
    for ask in query.asks:
        bodies = query.of_kind(SubjectKind.DEPARTMENT)
        if ask.ask is Ask.MEASURES and len(bodies) > 1 and _EACH.search(query.standalone):
            expanded.extend(replace(ask, subjects=(body,)) for body in bodies)
            continue
        groups = group_subjects(ask.subjects, query.standalone, catalogue)
        listed = LIST_ASKS - ({Ask.WHERE, Ask.SUPPORTS} if _EACH.search(query.standalone) else {Ask.WHERE})
        if len(groups) < 2 or ask.ask in listed:
            expanded.append(ask)
        else:
            expanded.extend(replace(ask, subjects=group, words=_words_of(group, groups, ask.words)) for group in groups)
    return tuple(expanded)


def _words_of(
    group: tuple[Subject, ...], groups: Sequence[tuple[Subject, ...]], words: tuple[str, ...]
) -> tuple[str, ...]:
    """The words to search one of several things by: without those of the others."""
    others = [s.text.casefold() for other in groups if other is not group for s in other]
    return tuple(w for w in words if not any(w.removeprefix("#") in name for name in others))


def group_subjects(subjects: Sequence[Subject], text: str, catalogue: Catalogue) -> tuple[tuple[Subject, ...], ...]:
    """Things named side by side that no single sentence of the text prints together."""
    things = [s for s in subjects if s.kind in _THINGS]
    groups: list[list[Subject]] = []
    for subject in things:
        if groups and not _is_separate(groups[-1], subject, text, catalogue):
            groups[-1].append(subject)
        else:
            groups.append([subject])
    return tuple(tuple(g) for g in groups)


def _is_separate(group: Sequence[Subject], subject: Subject, text: str, catalogue: Catalogue) -> bool:
    last = group[-1]
    if not _SIDE_BY_SIDE.match(text[last.end : subject.start]):
        return False
    if last.kind is SubjectKind.NUMBER and subject.kind is SubjectKind.NUMBER:
        return last.number != subject.number
    if last.kind is SubjectKind.TERM and subject.kind is SubjectKind.TERM:
        return not _share_item(last.text, subject.text, catalogue)
    return set(last.targets).isdisjoint(subject.targets) and last.kind is subject.kind


def _share_item(one: str, other: str, catalogue: Catalogue) -> bool:
    return any(
        one in item.text and other in item.text
        for place in catalogue.provisions_with(one)
        if place.provision
        for item in place.provision.items
    )
