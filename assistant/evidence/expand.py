"""Splits a clause about several things named side by side into one for each."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.naming.subject import Subject, SubjectKind
from assistant.understanding.frame import Clause, Frame, Operation
from corpus.catalogue import Catalogue
from corpus.language.amounts import read_amounts

_THINGS = frozenset({SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM})
_TOGETHER = frozenset(Operation) - {Operation.STATE, Operation.CHECK}
"""Lists, counts and comparisons keep their names together."""

_OF_SEVERAL = "stacking"
"""What is asked of two things together."""

_MOST_MEASURES = 2
_STRETCH = re.compile("[^，,；;]+")
_EACH = re.compile(r"各|分别|\beach\b|respectively", re.IGNORECASE)
_SIDE_BY_SIDE = re.compile(
    r"^(?:.{0,6}(?:和|与|跟|及|以及|、|还有|还是|或者?|同|比|\band\b|\bor\b|\bvs\.?)[^，。？]{0,6}|[^\d，。]{0,3}[,，][^，。？]{0,3})$",
    re.IGNORECASE,
)


def expand(clauses: Sequence[Clause], frame: Frame, catalogue: Catalogue) -> tuple[Clause, ...]:
    """Each clause, or one for each of the things that it asks the same of."""
    return tuple(one for clause in clauses for one in _each(clause, frame, catalogue))


def _each(clause: Clause, frame: Frame, catalogue: Catalogue) -> list[Clause]:
    bodies = [s for s in clause.names if s.kind is SubjectKind.DEPARTMENT]
    says_each = _EACH.search(clause.text) is not None
    if clause.want.value == "clause" and len(bodies) > 1 and says_each:
        return [replace(clause, names=(body,)) for body in bodies]
    if (clause.want.operation in _TOGETHER or clause.want.value == _OF_SEVERAL) and not says_each:
        return [clause]
    documents = [s for s in clause.all_names if s.kind is SubjectKind.DOCUMENT]
    if len({t for s in documents for t in s.targets}) > 1:
        return [_in_document(clause, one) for one in documents]
    groups = group_names(clause.all_names, frame.text, catalogue)
    if len(groups) < 2:
        return [clause]
    if not says_each and not all(any(_is_thing_of_its_own(s, catalogue) for s in group) for group in groups):
        return [clause]
    return [_about(clause, group, groups) for group in groups]


def _is_thing_of_its_own(subject: Subject, catalogue: Catalogue) -> bool:
    """Unlike 医院 and 院长, which stand all over a notice and are two sides of one thing."""
    if subject.kind is not SubjectKind.TERM:
        return True
    places = (catalogue.place_of_provision.get(target) for target in subject.targets)
    return len({(p.notice.id, p.measure_key) for p in places if p}) <= _MOST_MEASURES


def _in_document(clause: Clause, document: Subject) -> Clause:
    def others(names: Sequence[Subject]) -> tuple[Subject, ...]:
        return tuple(s for s in names if s is document or s.kind is not SubjectKind.DOCUMENT)

    return replace(clause, names=others(clause.names), inherited=others(clause.inherited))


def _about(clause: Clause, group: Sequence[Subject], groups: Sequence[Sequence[Subject]]) -> Clause:
    """The clause without the words of the other things; of several sums the stretch that names this one."""
    if clause.want.operation is Operation.CHECK and (stretch := _stretch_of(clause, group, groups)):
        return stretch
    text = clause.text
    for other in (s for g in groups if g is not group for s in g):
        text = text.replace(other.text, " " * len(other.text), 1) if other in clause.names else text
    named = tuple(s for s in clause.names if s in group or s.kind not in _THINGS)
    return replace(clause, text=text, names=named, inherited=tuple(s for s in clause.inherited if s in group))


def _stretch_of(clause: Clause, group: Sequence[Subject], groups: Sequence[Sequence[Subject]]) -> Clause | None:
    """专利池给300万元，中试基地给500万元，对吗: each thing with what is claimed of it."""
    others = [s.text for g in groups if g is not group for s in g]
    for match in _STRETCH.finditer(clause.text):
        words = match.group()
        is_own = any(s.text in words for s in group) and not any(o in words for o in others)
        if is_own and read_amounts(words):
            start = clause.start + match.start()
            names = tuple(s for s in clause.names if s in group)
            return replace(clause, text=words, start=start, end=start + len(words), names=names, inherited=())
    return None


def group_names(names: Sequence[Subject], text: str, catalogue: Catalogue) -> tuple[tuple[Subject, ...], ...]:
    """Things named side by side that no single sentence of the text prints together."""
    groups: list[list[Subject]] = []
    for subject in (s for s in names if s.kind in _THINGS):
        if groups and not _is_separate(groups[-1], subject, text, catalogue):
            groups[-1].append(subject)
        else:
            groups.append([subject])
    return tuple(tuple(g) for g in groups)


def _is_separate(group: Sequence[Subject], subject: Subject, text: str, catalogue: Catalogue) -> bool:
    last = group[-1]
    if last.is_lent != subject.is_lent or not (last.is_lent or _SIDE_BY_SIDE.match(text[last.end : subject.start])):
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
