"""Selects rows of the catalogue: which, of which kind, counted by what, in which order; composers tell them,
verification selects them again."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from assistant.evidence.attributes import RECIPIENTS, recipients_of
from assistant.listing.notices import issued_on, meets
from assistant.listing.quoted import quoted_of_kind
from corpus.catalogue import Catalogue, Place, SupportRow
from corpus.language.amounts import Period
from corpus.notice import Role, Support

_PAID = {Period.ONCE: re.compile("一次性"), Period.YEARLY: re.compile("[每逐按]年|年度")}


class Rows(StrEnum):
    """What stands in a row."""

    MEASURES = "measures"
    SUPPORTS = "supports"
    DEPARTMENTS = "departments"
    CHAPTERS = "chapters"
    SUMS = "sums"
    NAMES = "names"
    NOTICES = "notices"


class Order(StrEnum):
    """All in reading order, all from the largest, or only those at one end."""

    PRINTED = ""
    SORTED = "sorted"
    MOST = "most"
    LEAST = "least"


class Bound(StrEnum):
    """How a sum must compare with those named."""

    EQUAL = "equal"
    AT_LEAST = "at_least"
    ABOVE = "above"
    AT_MOST = "at_most"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Where:
    """What a measure, or a support in it, must be; empty fields ask nothing.

    `is_priced` tells with a printed sum from without; `role` is lead, shared or alone; `recipients` are groups of
    `recipients_of`; `inside` holds ids of chapters and keys of measures.
    """

    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    not_departments: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    not_terms: tuple[str, ...] = ()
    is_any: bool = False
    role: str = ""
    is_priced: bool | None = None
    paid: Period | None = None
    is_timed: bool = False
    """It is printed whether it is paid once or yearly, whichever."""
    sums: tuple[Decimal, ...] = ()
    bound: Bound = Bound.EQUAL
    recipients: tuple[str, ...] = ()
    not_recipients: tuple[str, ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    """Kinds and values of what a notice must be, as `notices.meets` reads them."""

    @property
    def asks_of_supports(self) -> bool:
        return self.is_priced is not None or self.asks_beyond_price

    @property
    def asks_beyond_price(self) -> bool:
        return bool(self.paid or self.is_timed or self.sums or self.recipients or self.not_recipients)


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows of one kind; `counted` is what each is counted by, supports are always reckoned by their sum.

    `among` keeps only the rows with these keys; `rank` is 2 for the second largest or smallest.
    """

    rows: Rows
    where: Where = Where()
    counted: Rows | None = None
    order: Order = Order.PRINTED
    rank: int = 1
    among: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """All rows of the kind, or of what is reckoned by its sum all that have one."""
        is_of_sums = self.rows in {Rows.SUPPORTS, Rows.SUMS} and self.where == Where(is_priced=True)
        return (self.where == Where() or is_of_sums) and not self.among


@dataclass(frozen=True, slots=True)
class Member:
    """One row: its key, where it stands, and how much it comes to (a count, or a sum in yuan)."""

    key: str
    places: tuple[Place, ...]
    size: Decimal | None = None
    support: SupportRow | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows selected, and how many of the kind there are altogether."""

    members: tuple[Member, ...]
    whole: int

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(m.key for m in self.members)


def select(selection: Selection, catalogue: Catalogue) -> Table:
    """The rows that meet the conditions, complete by construction."""
    members = list(_ROWS[selection.rows](selection, catalogue))
    if selection.among:
        members = [m for m in members if m.key in selection.among]
    everything = Selection(selection.rows, Where(is_priced=selection.where.is_priced or None))
    is_of_supports = selection.rows in {Rows.SUPPORTS, Rows.SUMS}
    whole = len(list(_ROWS[selection.rows](everything if is_of_supports else Selection(selection.rows), catalogue)))
    return Table(tuple(_in_order(members, selection)), len(members) if selection.rows is Rows.NAMES else whole)


def support_id(row: SupportRow) -> str:
    return f"{row.place.notice.id}:{row.support.phrase.start}-{row.support.phrase.end}"


def make_member(row: SupportRow) -> Member:
    """A support with its sum."""
    size = row.support.amount.value if row.support.amount and is_priced(row.support) else None
    return Member(support_id(row), (row.place,), size, row)


def is_priced(support: Support) -> bool:
    """With a sum of money."""
    return support.amount is not None and support.amount.unit == "元"


def is_common(where: Where, catalogue: Catalogue) -> bool:
    """Whether what several measures named one by one have in common is meant."""
    return len(where.inside) > 1 and not where.is_any and all(i in catalogue.place_of_measure for i in where.inside)


def leads(place: Place, department: str) -> bool:
    return department in _departments_of(place, "lead")


def _in_order(members: Sequence[Member], selection: Selection) -> Sequence[Member]:
    """Rows without a size stand in no order."""
    if selection.order is Order.PRINTED:
        return members
    sizes = sorted({m.size for m in members if m.size is not None}, reverse=selection.order is not Order.LEAST)
    if selection.order is Order.SORTED:
        return [m for size in sizes for m in members if m.size == size]
    return [m for m in members if m.size in sizes[selection.rank - 1 : selection.rank]]


def _measures(selection: Selection, catalogue: Catalogue) -> Iterator[Member]:
    for place in _places(selection.where, catalogue):
        # Among all of them a chapter without measures counts as a chapter.
        if selection.where != Where() or place.measure_key not in catalogue.whole_chapters:
            yield Member(place.measure_key, (place,), _count_in(place, selection, catalogue))


def _count_in(place: Place, selection: Selection, catalogue: Catalogue) -> Decimal | None:
    """How many departments or supports a measure has, or the largest sum in it; nothing to reckon is no size."""
    if selection.counted is Rows.DEPARTMENTS and place.measure:
        return Decimal(len(_departments_of(place, selection.where.role))) or None
    supports = [r for r in _of_measure(place, catalogue) if _fits(r, selection.where)]
    if selection.counted is Rows.SUPPORTS:
        return Decimal(len(supports)) or None
    if selection.counted is Rows.SUMS:
        sizes = (make_member(r).size for r in supports)
        return max((size for size in sizes if size is not None), default=None)
    return None


def _supports(selection: Selection, catalogue: Catalogue) -> Iterator[Member]:
    where = selection.where
    for row in catalogue.supports:
        if _holds_place(row.place, where, row) and _fits(row, where):
            yield make_member(row)


def _sums(selection: Selection, catalogue: Catalogue) -> Iterator[Member]:
    """Each printed sum once, counted by the supports that have it."""
    found: dict[Decimal, list[Member]] = {}
    for member in _supports(selection, catalogue):
        if member.size is not None:
            found.setdefault(member.size, []).append(member)
    for value, members in found.items():
        places = tuple(p for m in members for p in m.places)
        yield Member(f"{value:f}", places, Decimal(len(members)), members[0].support)


def _departments(selection: Selection, catalogue: Catalogue) -> Iterator[Member]:
    """Those of the measures, each with its own; what several measures named one by one have in common, unless any.

    A department that is left out is no row; its measures stay.
    """
    where = replace(selection.where, not_departments=())
    places = list(_places(where, catalogue))
    needs_all = is_common(where, catalogue)
    for name in dict.fromkeys(d for p in places for d in _departments_of(p, where.role)):
        own = tuple(p for p in places if name in _departments_of(p, where.role))
        is_whole = not needs_all or len(own) == len(where.inside)
        if name not in selection.where.not_departments and is_whole:
            yield Member(name, own, _size_of_department(name, own, selection, catalogue))


def _size_of_department(name: str, places: Sequence[Place], selection: Selection, catalogue: Catalogue) -> Decimal:
    """Its measures, or the supports that it answers for."""
    if selection.counted not in {Rows.SUPPORTS, Rows.SUMS}:
        return Decimal(len(places))
    rows = (r for p in places for r in _of_measure(p, catalogue) if _fits(r, selection.where))
    return Decimal(sum(name in _departments_of(r.place, selection.where.role) for r in rows))


def _chapters(selection: Selection, catalogue: Catalogue) -> Iterator[Member]:
    """With what stands in each; all of them where nothing is asked of their measures."""
    places = list(_places(selection.where, catalogue))
    for notice in catalogue.notices:
        for chapter in notice.chapters:
            own = [p for p in places if p.chapter == chapter and p.notice == notice]
            if chapter.heading and (own or selection.where == Where()):
                yield Member(chapter.id, (Place(notice, chapter), *own), _size_of_chapter(own, selection, catalogue))


def _size_of_chapter(places: Sequence[Place], selection: Selection, catalogue: Catalogue) -> Decimal:
    if selection.counted is Rows.DEPARTMENTS:
        return Decimal(len({d for p in places for d in _departments_of(p, selection.where.role)}))
    if selection.counted in {Rows.SUPPORTS, Rows.SUMS}:
        return Decimal(sum(_fits(r, selection.where) for p in places for r in _of_measure(p, catalogue)))
    return Decimal(len(places))


def _names(selection: Selection, catalogue: Catalogue) -> Iterator[Member]:
    """Names in quotation marks of one kind: “创新券”, or “A”“B”品牌; none where most of the kind stand without marks."""
    for noun in selection.where.terms:
        found: dict[str, Place] = {}
        printed = quoted = 0
        for place in catalogue.provisions:
            if place.provision and place.measure:
                names = quoted_of_kind(place, noun)
                printed += place.provision.text.count(noun)
                quoted += len(names)
                found.update({name: place for name in names if name not in found})
        if quoted * 2 >= printed:
            yield from (Member(name, (place,)) for name, place in found.items())


def _notices(selection: Selection, catalogue: Catalogue) -> Iterator[Member]:
    """With the day on which each was issued."""
    for notice in catalogue.notices:
        if meets(notice, selection.where.documents, catalogue):
            yield Member(notice.id, (Place(notice),), issued_on(notice))


def _places(where: Where, catalogue: Catalogue) -> Iterator[Place]:
    """The measures that meet the conditions, also those asked of their supports."""
    for place in catalogue.measures:
        if _holds_place(place, where):
            rows = _of_measure(place, catalogue)
            if not where.asks_of_supports or _any_support(rows, where):
                yield place


def _any_support(rows: Sequence[SupportRow], where: Where) -> bool:
    """A measure without a sum has none with one, and needs no support at all unless more is asked of it."""
    if where.is_priced is False and not where.asks_beyond_price:
        return not any(is_priced(r.support) for r in rows)
    is_lacking = where.is_priced is False and any(is_priced(r.support) for r in rows)
    return not is_lacking and any(_fits(r, where) for r in rows)


def _of_measure(place: Place, catalogue: Catalogue) -> tuple[SupportRow, ...]:
    return catalogue.supports_of_measure.get(place.measure_key, ())


def _holds_place(place: Place, where: Where, row: SupportRow | None = None) -> bool:
    """The conditions on a measure: where it stands, who answers for it, what it prints."""
    own = {place.measure_key, *(place.chapter.with_outer if place.chapter else ())}
    if (where.inside and not own & set(where.inside)) or own & set(where.outside):
        return False
    if (where.role or where.departments) and not _has_departments(place, where):
        return False
    if set(where.not_departments) & set(_departments_of(place)):
        return False
    printed = [t for t in where.terms if _prints(t, place, row)]
    if where.terms and not (printed if where.is_any else len(printed) == len(where.terms)):
        return False
    return not any(_prints(t, place, row) for t in where.not_terms)


def _has_departments(place: Place, where: Where) -> bool:
    own = set(_departments_of(place, where.role))
    asked = set(where.departments)
    return bool(own) and (bool(asked & own) if where.is_any and asked else asked <= own)


def _departments_of(place: Place, role: str = "") -> tuple[str, ...]:
    """Of a measure, or of the point that a sentence stands in; in one role: leading, sharing where nobody leads, or
    alone."""
    if place.measure is None:
        return ()
    responsibilities = place.responsibilities if place.provision else place.measure.all_responsibilities
    departments = tuple(dict.fromkeys(d for r in responsibilities for d in r.departments))
    leading = tuple(dict.fromkeys(d for r in responsibilities if r.role is Role.LEAD for d in r.departments))
    if role == "alone":
        return departments if len(departments) == 1 else ()
    if role == "lead":
        return leading
    return () if role == "shared" and leading else departments


def _prints(term: str, place: Place, row: SupportRow | None) -> bool:
    """In its heading, that of a point or a sentence; for a support in its own sentence or above it."""
    folded, measure = term.casefold(), place.measure
    if measure and folded in measure.title.casefold():
        return True
    own = place.provision.point if place.provision else ""
    points = [p for p in measure.points if row is None or f"{own}.".startswith(f"{p.path}.")] if measure else []
    if any(folded in p.title.casefold() for p in points):
        return True
    if row is not None:
        sentence = row.place.provision.text if row.place.provision else row.item.text
        return folded in f"{sentence} {row.support.beneficiary}".casefold()
    return any(folded in p.text.casefold() for p in measure.provisions) if measure else False


def _fits(row: SupportRow, where: Where) -> bool:
    """The conditions on a support."""
    support, amount = row.support, row.support.amount
    if where.is_priced is not None and is_priced(support) is not where.is_priced:
        return False
    if where.is_timed and not any(_is_paid(support, period) for period in Period):
        return False
    if where.paid and not _is_paid(support, where.paid):
        return False
    if where.sums and not (amount and is_priced(support) and _compares(amount.value, where)):
        return False
    if where.not_recipients and _is_for(support, where.not_recipients):
        return False
    return not where.recipients or _is_for(support, where.recipients)


def _is_paid(support: Support, period: Period) -> bool:
    """As its sum says, or where that says nothing the words beside it (一次性创业补贴)."""
    if support.amount and support.amount.period:
        return support.amount.period is period
    return bool(support.paid and _PAID[period].search(support.paid.text))


def _compares(value: Decimal, where: Where) -> bool:
    compare = _COMPARE[where.bound]
    return any(compare(value, named) for named in where.sums)


def _is_for(support: Support, groups: Iterable[str]) -> bool:
    """Given to such recipients in whatever is asked of them (size, origin, kind), as far as it is printed who gets it."""
    own = recipients_of(f"{support.who.text if support.who else ''} {support.beneficiary}")
    asked = {by: RECIPIENTS[by] & set(groups) for by in own}
    return all(own[by] & wanted for by, wanted in asked.items() if wanted)


_COMPARE: dict[Bound, Callable[[Decimal, Decimal], bool]] = {
    Bound.EQUAL: lambda value, named: value == named,
    Bound.AT_LEAST: lambda value, named: value >= named,
    Bound.ABOVE: lambda value, named: value > named,
    Bound.AT_MOST: lambda value, named: value <= named,
    Bound.BELOW: lambda value, named: value < named,
}
_ROWS: dict[Rows, Callable[[Selection, Catalogue], Iterator[Member]]] = {
    Rows.MEASURES: _measures,
    Rows.SUPPORTS: _supports,
    Rows.DEPARTMENTS: _departments,
    Rows.CHAPTERS: _chapters,
    Rows.SUMS: _sums,
    Rows.NAMES: _names,
    Rows.NOTICES: _notices,
}
