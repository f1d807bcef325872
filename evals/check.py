"""Checks cases against the parsed notices, so that no case demands what the text does not hold."""

import re
from collections.abc import Iterator, Sequence

from assistant.answer import Status
from corpus.catalogue import Catalogue
from corpus.departments import DepartmentTable
from corpus.notice import Measure, Notice
from corpus.numerals import NUMERAL, read_number
from evals.case import Case, PlacedCase, Problem
from evals.context import Library, name_departments
from evals.golds import Golds
from evals.wording import holds_wording

_COUNTER = "条|项|个|章|家|部分|部门|方面|单位|类|笔|次|种"
_COUNT = re.compile(rf"(?P<number>{NUMERAL})\s*(?:大)?(?:{_COUNTER})?(?:{_COUNTER}|措施)?")
_ANSWERING = frozenset({Status.ANSWERED, Status.PARTLY_ANSWERED})


def check_cases(cases: Sequence[PlacedCase], library: Library) -> tuple[Problem, ...]:
    """Every contradiction between a case and the notices, and within a case."""
    departments = name_departments(library.notices)
    catalogues = {n.id: Catalogue([n]) for n in library.notices} | {None: Catalogue(library.notices)}
    problems: list[Problem] = []
    for placed in cases:
        case = placed.case
        reasons = list(_find_faults(case, library, departments))
        # What contradicts the text cannot agree with the catalogue either.
        reasons = reasons or list(
            _find_wrong_golds(case, Golds(case, catalogues[case.notice_id], departments), library)
        )
        problems += [Problem(placed.path, placed.line, f"{case.id}：{reason}") for reason in reasons]
    return tuple(problems)


def _find_faults(case: Case, library: Library, departments: DepartmentTable) -> Iterator[str]:
    notices = [n for n in library.notices if case.notice_id in (None, n.id)]
    if not notices:
        yield f"没有编号为 {case.notice_id} 的通知"
        return
    measures = [m for n in notices for m in n.measures() if m.id in case.clauses or m.number in case.measures]
    yield from _unknown_measures(case, measures)
    yield from _missing_facts(case, _texts_of(notices, library, measures))
    yield from _foreign_departments(case, measures, departments)
    yield from _contradictions(case)
    yield from (f"多余的字段 {name}" for name in case.unread_fields)


def _unknown_measures(case: Case, measures: Sequence[Measure]) -> Iterator[str]:
    known = {m.id for m in measures} | {str(m.number) for m in measures}
    wanted = (*case.clauses, *map(str, case.measures))
    yield from (f"没有第 {one} 条" for one in wanted if one not in known)


def _texts_of(notices: Sequence[Notice], library: Library, measures: Sequence[Measure]) -> list[str]:
    """Where the facts must stand: the wanted measures with the titles of their chapters, else the whole notices."""
    if not measures:
        return [library.texts[n.id].replace("\n", "") for n in notices]
    texts = [text for measure in measures for text in _texts_of_measure(measure)]
    wanted = {id(m) for m in measures}
    return texts + [c.title for n in notices for c in n.chapters if any(id(m) in wanted for m in c.measures)]


def _texts_of_measure(measure: Measure) -> Iterator[str]:
    yield f"{measure.label}{measure.title}"
    yield f"第{measure.number}条"
    yield "".join(p.text for p in measure.provisions)
    yield from (r.phrase.text for r in measure.responsibilities)


def _missing_facts(case: Case, texts: Sequence[str]) -> Iterator[str]:
    for alternatives in case.facts:
        if any(holds_wording(text, wording) for wording in alternatives for text in texts):
            continue
        if not _numbers_of(alternatives):
            yield f"条款里没有“{alternatives[0]}”"


def _numbers_of(alternatives: Sequence[str]) -> frozenset[int]:
    """What a fact counts; none where it is no count."""
    matches = filter(None, map(_COUNT.fullmatch, alternatives))
    return frozenset(int(number) for m in matches if (number := read_number(m["number"])) is not None)


def _find_wrong_golds(case: Case, golds: Golds, library: Library) -> Iterator[str]:
    """Lists, departments and counts that are not those of the catalogue."""
    if case.exact and not golds.is_list():
        yield "要求的条款与目录里的名单不符"
    if case.departments and not golds.is_department_list():
        yield "要求的部门与目录里的名单不符"
    for alternatives in case.facts:
        numbers = _numbers_of(alternatives)
        if numbers and not any(map(golds.has_number, numbers)) and not _is_printed(alternatives, library):
            yield f"“{alternatives[0]}”与目录里的数目不符"


def _is_printed(alternatives: Sequence[str], library: Library) -> bool:
    texts = [text.replace("\n", "") for text in library.texts.values()]
    return any(holds_wording(text, wording) for wording in alternatives for text in texts)


def _foreign_departments(case: Case, measures: Sequence[Measure], table: DepartmentTable) -> Iterator[str]:
    responsible = {d for m in measures for d in m.departments}
    for name in case.departments:
        department = table.named(name)
        if department is None or department.name != name:
            yield f"部门“{name}”不是目录里的全称"
        elif measures and name not in responsible:
            yield f"部门“{name}”不负责所列条款"


def _contradictions(case: Case) -> Iterator[str]:
    wanted = [wording for alternatives in case.facts for wording in alternatives]
    yield from (f"“{f}”既是事实又是禁语" for f in case.forbidden if any(holds_wording(w, f) for w in wanted))
    answering = set(case.status) & _ANSWERING
    if case.status and case.answerable is True and Status.ANSWERED not in case.status:
        yield "answerable 为 true，status 里却没有 answered"
    if case.answerable == "partly" and case.status and Status.PARTLY_ANSWERED not in case.status:
        yield 'answerable 为 "partly"，status 里却没有 partly_answered'
    if case.answerable is False and case.status and not set(case.status) - answering:
        yield "answerable 为 false，却要求回答"
