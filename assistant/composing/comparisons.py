"""Answers what differs between things named side by side: both are shown, and which sum is larger."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Missing, PartKind
from assistant.composing.departments import find_departments
from assistant.composing.details import find_detail
from assistant.composing.draft import (
    ClaimKind,
    DraftPart,
    Finding,
    Recount,
    quote_part,
    responsibility_sources,
    sentence_source,
)
from assistant.composing.lists import find_list
from assistant.composing.recount import recompute
from assistant.composing.sides import find_sides
from assistant.composing.stating import state_support
from assistant.composing.wording import english_number, english_sum, name_measure, trim, unique_places
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch
from assistant.naming.subject import Subject, SubjectKind
from corpus.catalogue import SupportRow
from prompts import phrase

_ABOUT_BODIES = re.compile(r"部门|单位|谁负责|归谁|department", re.IGNORECASE)
_WHICH_IS_MORE = re.compile(
    r"更?[多高少低大](?:[？?]|$)|(?:多|高|少|低)[吗呢些点]|\b(?:more|higher|less|lower)\b", re.IGNORECASE
)
_TWO = 2
_BODIES = frozenset({"department", "role"})
_MOST_CITED = 6
_THINGS = frozenset({SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM})


def find_comparison(inquiry: Inquiry) -> Finding:
    """Both sides with their words; departments by how many measures they share in."""
    departments = inquiry.of_kind(SubjectKind.DEPARTMENT)
    things = [s for s in inquiry.names if s.kind in _THINGS]
    if len(departments) > 1 and not things:
        return _compare_departments(inquiry, departments)
    chapters = inquiry.of_kind(SubjectKind.CHAPTER)
    if len(chapters) > 1:
        return _join(inquiry, [find_detail(inquiry.about(s)) for s in chapters])
    if len(things) < 2 and len(find_sides(inquiry)) > 1:
        return _compare_things(inquiry, things)
    if len(things) < 2:
        return find_list(inquiry) if not things and departments else find_detail(inquiry)
    if inquiry.value in _BODIES or _ABOUT_BODIES.search(inquiry.text):
        findings = [find_departments(inquiry.about(s)) for s in things]
        counts = [_count_departments(f, inquiry) for f in findings]
        return replace(_join(inquiry, findings), parts=(*filter(None, counts), *_join(inquiry, findings).parts))
    if all(s.kind in {SubjectKind.NUMBER, SubjectKind.MEASURE} for s in things):
        return _join(inquiry, [find_detail(inquiry.about(s)) for s in things])
    return _compare_things(inquiry, things)


def _join(inquiry: Inquiry, findings: Sequence[Finding]) -> Finding:
    parts = tuple(p for f in findings for p in f.parts)
    return Finding(
        inquiry.clause.want,
        all(f.is_filled for f in findings),
        parts,
        unique_places(c for f in findings for c in f.carriers),
    )


def _count_departments(finding: Finding, inquiry: Inquiry) -> DraftPart | None:
    """第（八）条有5个责任部门。"""
    keys = tuple(p.measure_key for p in finding.carriers)
    members = recompute("departments_of", keys, inquiry.corpus)
    if not keys or not members:
        return None
    name = name_measure(finding.carriers[0], inquiry.language)
    text = f"{name}有{len(members)}个责任部门。"
    if inquiry.language == "en":
        text = f"{name} has {len(members)} responsible departments."
    return DraftPart(PartKind.DIRECT, text, (), ClaimKind.COUNTED, recount=Recount("departments_of", keys, members))


def _compare_things(inquiry: Inquiry, things: Sequence[Subject]) -> Finding:
    shown = _shown(inquiry, things)
    if not shown:
        return find_detail(inquiry)
    directs = [_state(row, match, inquiry.language) for row, match in shown.values()]
    unpriced = any(row is None or row.support.amount is None for row, _ in shown.values())
    priced = [row for row, _ in shown.values() if row and row.support.amount]
    is_filled = len(priced) > 1 or not (unpriced and _WHICH_IS_MORE.search(inquiry.text))
    if not is_filled:
        text = phrase("cannot_compare", inquiry.language)
        directs = [DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT), *directs]
    verdict = _verdict([row for row, _ in shown.values() if row], inquiry.language) if len(shown) > 1 else []
    sources = {m.place.provision.id: sentence_source(m.place) for _, m in shown.values() if m.place.provision}
    quotes = [quote_part(s) for s in sources.values()]
    carriers = unique_places(m.place for _, m in shown.values())
    missing = None if is_filled else Missing("sum", "、".join(s.text for s in things), None)
    return Finding(inquiry.clause.want, is_filled, (*verdict, *directs, *quotes), carriers, missing)


def _shown(inquiry: Inquiry, things: Sequence[Subject]) -> dict[tuple[str, int], tuple[SupportRow | None, ItemMatch]]:
    """What stands for each side, by its item; by the words of the sides where the names do not tell both."""
    sides = [_side(inquiry.about(s)) for s in things]
    by_words = [(row, ItemMatch(row.place, row.item, 0.0)) for row in find_sides(inquiry)]
    if len(by_words) > 1 and not all(side and side[0] and side[0].support.amount for side in sides):
        sides = [*by_words]
    shown: dict[tuple[str, int], tuple[SupportRow | None, ItemMatch]] = {}
    for row, match in [side for side in sides if side is not None]:
        shown.setdefault((match.place.notice.id, match.item.start), (row, match))
    return shown


def _side(inquiry: Inquiry) -> tuple[SupportRow | None, ItemMatch] | None:
    """The support of one side, or the item that speaks of it."""
    items = inquiry.items
    if not items:
        return None
    for row in inquiry.supports:
        return row, ItemMatch(row.place, row.item, 0.0)
    return None, items[0]


def _state(row: SupportRow | None, match: ItemMatch, language: str) -> DraftPart:
    text = f"{state_support(row) if row else trim(match.item.text)}。"
    if language == "en":
        sums = f" In figures: {english_sum(row.support.amount)}." if row and row.support.amount else ""
        text = f"“{trim(match.item.text)}”.{sums}"
    return DraftPart(PartKind.DIRECT, text, (sentence_source(match.place, match.item),))


def _verdict(rows: Sequence[SupportRow], language: str) -> list[DraftPart]:
    """Which printed sum is larger, or that they are equal; nothing where one has no sum."""
    priced = [r for r in rows if r.support.amount and r.support.amount.unit == "元"]
    if len(priced) < 2:
        return []
    ordered = sorted(priced, key=lambda r: r.support.amount.value if r.support.amount else 0, reverse=True)
    first, last = ordered[0].support.amount, ordered[-1].support.amount
    if first is None or last is None:
        return []
    same = first.value == last.value
    higher, lower = f"最高{first.text}", f"最高{last.text}"
    text = f"上限相同，都是{higher}，条件和方式不同：" if same else f"上限较高的是{higher}，另一项是{lower}："
    if language == "en":
        text = (
            f"Both limits are up to RMB {english_number(first.value)} ({first.text}); their terms differ:"
            if same
            else f"The higher limit is {english_sum(first)}, the other {english_sum(last)}:"
        )
    if len(priced) > _TWO and not same:
        limits = [r.support.amount for r in ordered if r.support.amount]
        text = f"上限从高到低：{'、'.join(f'最高{a.text}' for a in limits)}："
        if language == "en":
            text = f"The limits, highest first: {', '.join(map(english_sum, limits))}:"
    sources = tuple(sentence_source(r.place, r.item) for r in ordered)
    return [DraftPart(PartKind.DIRECT, text, sources)]


def _compare_departments(inquiry: Inquiry, departments: Sequence[Subject]) -> Finding:
    names = [d.targets[0] for d in departments]
    total = len(inquiry.corpus.catalogue.measures)
    parts: list[DraftPart] = []
    for name in names:
        members = recompute("measures_of", (name,), inquiry.corpus)
        text = f"{name}是{total}条中{len(members)}条的责任部门。"
        if inquiry.language == "en":
            english = inquiry.corpus.departments.english_name(name)
            text = f"{english} ({name}) is responsible in {len(members)} of {total} measures."
        recount = Recount("measures_of", (name,), members)
        places = [inquiry.corpus.catalogue.place_of_measure[m] for m in members[:_MOST_CITED]]
        sources = tuple(s for p in places for s in responsibility_sources(p))
        parts.append(DraftPart(PartKind.DIRECT, text, sources, ClaimKind.COUNTED, recount=recount))
    return Finding(inquiry.clause.want, True, tuple(parts), shows_departments=False)
