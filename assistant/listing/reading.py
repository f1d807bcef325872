"""Makes the selection that a clause asks for: the kind of rows as it was learned, the conditions from its names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from assistant.evidence.attributes import is_denied, is_kind_of_recipient, recipients_of
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.whether import speaks_of_money
from assistant.listing.selection import Bound, Order, Rows, Selection, Where
from assistant.naming.subject import Subject, SubjectKind
from assistant.understanding.frame import TEXT, Listing, Operation
from corpus.language import amounts
from corpus.language.numerals import read_number

SHOWN = frozenset({"measures", "supports", "departments", "chapters"})
_SURE = 0.6
"""So likely it must be that a clause wants rows, where it looks as if it wanted one thing stated."""

_OF_SEVERAL = frozenset({Operation.LIST, Operation.COUNT})
_OF_ONE = frozenset({Operation.STATE, Operation.CHECK})
_SHOWN_BY_VALUE = {"clause": "measures", "department": "departments"}
_PLACES = frozenset({SubjectKind.NUMBER, SubjectKind.CHAPTER})
_OF_SUPPORTS = frozenset({Rows.SUPPORTS, Rows.SUMS})
_THINGS = frozenset({SubjectKind.TERM, SubjectKind.MEASURE})
_ORDINAL = re.compile(
    r"第(?P<n>[二三四五六七八九十2-9])(?=[高低多少大小])|\b(?P<en>second|third|fourth)\b", re.IGNORECASE
)
_COMPARED = re.compile(
    r"(?P<not>不|\b(?:no|not)\s)?(?:(?P<above>高于|超过|大于|多于|more than|over|above|exceeding)"
    r"|低于|少于|小于|不到|不足|less than|below|under)\s?$",
    re.IGNORECASE,
)
"""Right before a sum."""

_OR = re.compile(r"\s*(?:或者?|或是|or)\s*(?:the\s)?", re.IGNORECASE)
_ENGLISH = {"second": 2, "third": 3, "fourth": 4}
_PERIODS = {"once": amounts.Period.ONCE, "yearly": amounts.Period.YEARLY}
_STRICT = {"at_least": Bound.ABOVE, "at_most": Bound.BELOW}
_LOOSE = {"at_least": Bound.AT_LEAST, "at_most": Bound.AT_MOST}
_ROWS_OF_GROUP = {
    "chapters": Rows.CHAPTERS,
    "departments": Rows.DEPARTMENTS,
    "sums": Rows.SUMS,
    "recipients": Rows.SUPPORTS,
    "measures": Rows.MEASURES,
}


def read_selection(inquiry: Inquiry) -> Selection | None:
    """None where the clause asks for nothing of the catalogue."""
    listing, want = inquiry.clause.listing, inquiry.clause.want
    shows = listing.shows
    is_sure = want.value == "clause" or inquiry.clause.margin > _SURE
    if shows == TEXT and want.operation in _OF_SEVERAL and is_sure:
        # Clauses and departments stand nowhere else.
        shows = _SHOWN_BY_VALUE.get(want.value, TEXT)
    is_doubted = shows == TEXT and listing.chance < 1
    if is_doubted and _WHICH_OF_BODY.search(inquiry.clause.text) and _names_only_bodies(inquiry):
        shows = Rows.MEASURES
        listing = replace(listing, chance=1.0)
    if is_doubted and _COUNTS_MEASURES.search(inquiry.clause.text) and not inquiry.of_kind(*_THINGS):
        shows = Rows.MEASURES
        listing = replace(listing, chance=1.0)
    if shows == Rows.SUPPORTS and listing.chance < _SURE and _counts_parts(inquiry):
        shows = Rows.MEASURES
    if shows not in SHOWN or (listing.chance < _SURE and want.operation in _OF_ONE):
        return None
    shown = Rows(shows)
    rows = _ROWS_OF_GROUP.get(listing.group, shown)
    where = _read_where(inquiry, rows)
    order = Order(listing.order)
    counted = _counted(listing, shown, rows)
    among: tuple[str, ...] = ()
    if rows is Rows.DEPARTMENTS and counted and where.departments:
        # 科技厅和财政厅各管几条 is of these two.
        among, order = where.departments, Order.SORTED if order is Order.MOST else order
        where = replace(where, departments=())
    if rows is Rows.SUPPORTS and order is not Order.PRINTED and where.is_priced is None:
        where = replace(where, is_priced=True)
    return Selection(rows, where, counted, order, _rank(inquiry.clause.text), among)


def _counts_parts(inquiry: Inquiry) -> bool:
    """主要任务有几项: a chapter is named, and no money."""
    text = inquiry.clause.text
    return bool(inquiry.of_kind(SubjectKind.CHAPTER)) and not speaks_of_money(text) and not inquiry.amounts


def _counted(listing: Listing, shown: Rows, rows: Rows) -> Rows | None:
    """What each row is counted by, where the rows are grouped or ordered."""
    if rows is Rows.SUPPORTS or not (listing.group or listing.order):
        return None
    by = Rows.SUMS if listing.by == "sum" else Rows(listing.by) if listing.by else shown
    if rows in {Rows.CHAPTERS, Rows.DEPARTMENTS} and by is Rows.SUMS:
        by = Rows.SUPPORTS
    if by is Rows.CHAPTERS and rows is not Rows.CHAPTERS:
        by = Rows.MEASURES
    if by is not rows:
        return by
    return Rows.DEPARTMENTS if rows is Rows.MEASURES else Rows.MEASURES


def _read_where(inquiry: Inquiry, rows: Rows) -> Where:
    listing = inquiry.clause.listing
    spans = {(s.start, s.end) for s in inquiry.clause.left_out}
    meant = _sort([s for s in inquiry.names if s.is_lent or (s.start, s.end) not in spans], rows)
    left_out = _sort([s for s in inquiry.clause.names if (s.start, s.end) in spans], rows)
    terms, inside = meant.terms, meant.places
    if rows is Rows.DEPARTMENTS and terms and not inside and (best := inquiry.best_measure):
        terms, inside = (), (best.measure_key,)
    sums = tuple(Decimal(a.value) for a in inquiry.amounts if a.unit == "元")
    groups = recipients_of(inquiry.clause.masked) if rows in _OF_SUPPORTS else {}
    said = {g for group in groups.values() for g in group}
    return Where(
        inside=inside,
        outside=left_out.places,
        departments=meant.bodies,
        not_departments=left_out.bodies,
        terms=terms,
        not_terms=left_out.terms,
        is_any=listing.join == "any" or _offers_any(inquiry),
        role=_role(listing, inquiry, meant.bodies),
        is_priced=_is_priced(listing, sums),
        paid=_PERIODS.get(listing.paid),
        is_timed=listing.paid == "each",
        sums=sums,
        bound=_bound(inquiry, listing.bound),
        recipients=tuple(sorted(said | set(meant.recipients) - set(left_out.recipients))),
        not_recipients=left_out.recipients,
    )


@dataclass(frozen=True, slots=True)
class _Named:
    """Names by what they are conditions of."""

    bodies: tuple[str, ...]
    places: tuple[str, ...]
    terms: tuple[str, ...]
    recipients: tuple[str, ...]


def _sort(names: Sequence[Subject], rows: Rows) -> _Named:
    """A title confines supports and departments to its measure; a kind of recipient says who gets a support."""
    bodies = [s.targets[0] for s in names if s.kind is SubjectKind.DEPARTMENT and s.targets]
    kinds = [s for s in names if rows in _OF_SUPPORTS and s.kind in _THINGS and is_kind_of_recipient(s.text)]
    titled = {SubjectKind.MEASURE} if rows in {*_OF_SUPPORTS, Rows.DEPARTMENTS} else set()
    places = [t for s in names if s.kind in _PLACES | titled for t in s.targets]
    terms = [
        s.text for s in names if s.kind in _THINGS - titled and s not in kinds and not _ROLE_WORD.fullmatch(s.text)
    ]
    groups = [g for s in kinds for group in recipients_of(s.text).values() for g in group]
    return _Named(*(tuple(dict.fromkeys(found)) for found in (bodies, places, terms, groups)))


def _names_only_bodies(inquiry: Inquiry) -> bool:
    return bool(inquiry.of_kind(SubjectKind.DEPARTMENT)) and not inquiry.of_kind(*_THINGS, SubjectKind.CHAPTER)


_WHICH_OF_BODY = re.compile(
    "(?:参与|负责|牵头|配合|管)[^，。？]{0,3}(?:是|了|的)?[^，。？]{0,2}(?:哪[一几]?[件条项些]|什么事)"
)
_COUNTS_MEASURES = re.compile("(?:总共|一共|共有?|全文)[^，。？]{0,4}(?:多少|几)条(?!件|例|款项)")
_ROLE_WORD = re.compile("(?:责任|牵头|配合|负责|主办|协办|主管|承办)(?:单位|部门)")
"""挂责任单位 says how a department stands to a measure, and is no word that it must print."""


def _role(listing: Listing, inquiry: Inquiry, bodies: tuple[str, ...]) -> str:
    """Without a lead, where the lead itself is denied."""
    is_without = listing.role == "lead" and not bodies and listing.money != "unpriced"
    left = [s.text for s in inquiry.clause.left_out]
    return "shared" if is_without and not left and is_denied(inquiry.clause.text) else listing.role


def _offers_any(inquiry: Inquiry) -> bool:
    """Two names stand with an or between them."""
    spans = sorted((s.start, s.end) for s in inquiry.clause.names)
    return any(_OR.fullmatch(inquiry.frame.text, a[1], b[0]) for a, b in pairwise(spans))


def _is_priced(listing: Listing, sums: Sequence[Decimal]) -> bool | None:
    if sums or listing.money == "priced":
        return True
    return False if listing.money == "unpriced" else None


def _bound(inquiry: Inquiry, bound: str) -> Bound:
    """不低于 and 以上 hold the sum itself; 超过 does not. The words at the sum tell which side, where they are there."""
    for amount in inquiry.amounts:
        if found := _COMPARED.search(inquiry.frame.text, 0, amount.start):
            side = "at_least" if bool(found["above"]) is not bool(found["not"]) else "at_most"
            return _LOOSE[side] if found["not"] else _STRICT[side]
    if bound not in _STRICT:
        return Bound.EQUAL
    said = next((a.bound for a in inquiry.amounts if a.bound is not amounts.Bound.EXACT), None)
    return Bound(said.value) if said else _STRICT[bound]


def _rank(text: str) -> int:
    found = _ORDINAL.search(text)
    if found is None:
        return 1
    return _ENGLISH[found["en"].casefold()] if found["en"] else int(read_number(found["n"]) or 1)
