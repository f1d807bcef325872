"""What each member of a list has: 写了金额的有几条？分别由谁负责？"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.composing.departments import state_departments
from assistant.composing.draft import Finding
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.whether import asks_of_each
from assistant.listing.answering import answer_selection
from assistant.listing.selection import Order, Rows, Selection, Where
from assistant.understanding.frame import Operation

_BODIES = frozenset({"department", "role", "actor"})
_MOST = 8


def without_repeated_lists(findings: Sequence[Finding]) -> list[Finding]:
    """一共几章，每章讲啥 is one list of chapters."""
    seen: list[tuple[str, ...]] = []
    kept: list[Finding] = []
    for finding in findings:
        recount = finding.recount if finding.items else None
        is_of_chapters = recount is not None and recount.selection.rows is Rows.CHAPTERS
        keys = recount.keys if recount and is_of_chapters else ()
        is_told = keys in seen
        kept.append(Finding(finding.want, True, (), shows_departments=False, is_told=True) if is_told else finding)
        seen += [keys] if keys else []
    return kept


def lean_on_list(inquiries: Sequence[Inquiry], findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings; a clause that names nothing and asks of each is asked of the measures listed before it."""
    told: list[Finding] = []
    for inquiry, finding in zip(inquiries, findings, strict=True):
        listed = next((f for f in reversed(told) if _lists_measures(f)), None)
        is_of_each = not inquiry.clause.names and (asks_of_each(inquiry.clause.text) or _asks_which(inquiry))
        if listed and is_of_each:
            finding = _of_each(inquiry, listed)
        elif listed and (chosen := _among_listed(inquiry, finding, listed)):
            finding = answer_selection(inquiry, chosen)
        told.append(finding)
    return tuple(told)


def _among_listed(inquiry: Inquiry, finding: Finding, listed: Finding) -> Selection | None:
    """第四章几条，写了金额的有几条: what is counted behind the list of a chapter is counted in that chapter."""
    own, before = finding.recount, listed.recount
    if own is None or before is None or inquiry.clause.all_names or own.selection.rows is not Rows.MEASURES:
        return None
    inside = before.selection.where.inside
    is_narrower = before.selection.where == Where(inside=inside) and own.selection.where != Where()
    return replace(own.selection, where=replace(own.selection.where, inside=inside)) if inside and is_narrower else None


def _asks_which(inquiry: Inquiry) -> bool:
    """是哪些条, behind how many they are."""
    is_list = inquiry.clause.want.operation in {Operation.LIST, Operation.COUNT}
    listing = inquiry.clause.listing
    if listing.money or listing.paid or listing.role or listing.order:
        return False
    return is_list and inquiry.clause.is_bare and not inquiry.names and inquiry.value in {"clause", "name"}


def _lists_measures(finding: Finding) -> bool:
    recount = finding.recount
    if recount is None or recount.selection.order is not Order.PRINTED:
        return False
    return recount.selection.rows is Rows.MEASURES and 0 < len(finding.items) <= _MOST


def _of_each(inquiry: Inquiry, listed: Finding) -> Finding:
    """The departments of each; what else is asked (their names, their numbers) the list tells."""
    keys = listed.recount.keys if listed.recount else ()
    if inquiry.value not in _BODIES:
        return listed
    places = [inquiry.corpus.catalogue.place_of_measure[k] for k in keys]
    parts = tuple(part for place in places for part in state_departments(place, inquiry))
    return Finding(inquiry.clause.want, bool(parts), parts, tuple(places))
