"""Computes the members of a list from the catalogue; composers list them, verification computes them again."""

from collections.abc import Callable
from decimal import Decimal

from corpus.catalogue import Catalogue, Place, SupportRow
from corpus.language.amounts import Bound
from corpus.notice import Role
from corpus.store import Corpus

_MAY_BE_INSIDE = frozenset({"measures_of", "measures_without", "measures_of_any", "measures_led"})
"""Lists of departments' measures whose keys may name chapters to stay within."""


def recompute(table: str, keys: tuple[str, ...], corpus: Corpus) -> tuple[str, ...]:
    """Identifiers of the members: measure keys, chapter ids, support spans or names."""
    chapters = {c.id for n in corpus.catalogue.notices for c in n.chapters} if table in _MAY_BE_INSIDE else set()
    inside = chapters.intersection(keys)
    members = _TABLES[table](corpus.catalogue, tuple(k for k in keys if k not in inside))
    if not inside:
        return members
    places = corpus.catalogue.place_of_measure
    return tuple(m for m in members if (chapter := places[m].chapter) and chapter.id in inside)


def support_id(row: SupportRow) -> str:
    return f"{row.place.notice.id}:{row.support.phrase.start}-{row.support.phrase.end}"


def priced_supports(catalogue: Catalogue) -> tuple[SupportRow, ...]:
    """Supports with a sum of money in reading order."""
    return tuple(r for r in catalogue.supports if r.support.amount and r.support.amount.unit == "元")


def ranked_supports(catalogue: Catalogue, rank: int, among: tuple[str, ...]) -> tuple[SupportRow, ...]:
    """The supports with the rank-th highest printed sum, within the given measures where any are given."""
    rows = [r for r in priced_supports(catalogue) if not among or r.place.measure_key in among]
    values = sorted({r.support.amount.value for r in rows if r.support.amount}, reverse=True)
    position = rank - 1 if rank > 0 else rank
    if not values or not -len(values) <= position < len(values):
        return ()
    return tuple(r for r in rows if r.support.amount and r.support.amount.value == values[position])


def leads(place: Place, department: str) -> bool:
    measure = place.measure
    return measure is not None and any(
        r.role is Role.LEAD and department in r.departments for r in measure.all_responsibilities
    )


def brands(catalogue: Catalogue) -> tuple[tuple[Place, str], ...]:
    """Names in quotation marks in a sentence that calls them 品牌."""
    return tuple(
        (place, term.text)
        for place in catalogue.provisions
        if place.provision and place.measure
        for item in place.provision.items
        for term in place.provision.terms
        if item.start <= term.start < item.end and _is_branded(item.text, term.text)
    )


def named_kinds(catalogue: Catalogue, noun: str) -> tuple[tuple[Place, str], ...]:
    """Names in quotation marks that end with a noun (创新券, 算力券), if the noun is mostly printed in such names."""
    found: dict[str, Place] = {}
    printed = quoted = 0
    for place in catalogue.provisions:
        if place.provision is None or place.measure is None:
            continue
        printed += place.provision.text.count(noun)
        names = [
            t.text for t in place.provision.terms if t.text.endswith(noun) and f"“{t.text}”" in place.provision.text
        ]
        quoted += sum(place.provision.text.count(f"“{name}”") for name in set(names))
        found.update({name: place for name in names if name not in found})
    return tuple((place, name) for name, place in found.items()) if quoted * 2 >= printed else ()


def _is_branded(text: str, term: str) -> bool:
    """“A”“B”“C”品牌: the run of names that stands right before the word."""
    end = text.find("品牌")
    while end >= 0:
        run = text[:end]
        while run.endswith(("”", "、", "和", "等", "”等")):
            run = run.rstrip("、和等")
            if not run.endswith("”"):
                break
            name = run[run.rfind("“") + 1 : -1]
            if name == term:
                return True
            run = run[: run.rfind("“")]
        end = text.find("品牌", end + 1)
    return False


def _keys(places: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(p.measure_key for p in places)


def _measures_of(catalogue: Catalogue, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Measures that name every one of the departments."""
    return tuple(p.measure_key for p in catalogue.measures if p.measure and set(keys) <= set(p.measure.departments))


def _measures_of_any(catalogue: Catalogue, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(p.measure_key for p in catalogue.measures if p.measure and set(keys) & set(p.measure.departments))


def _measures_without(catalogue: Catalogue, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(p.measure_key for p in catalogue.measures if p.measure and not set(keys) & set(p.measure.departments))


def _measures_led(catalogue: Catalogue, keys: tuple[str, ...]) -> tuple[str, ...]:
    if not keys:
        return tuple(
            p.measure_key
            for p in catalogue.measures
            if p.measure and any(r.role is Role.LEAD for r in p.measure.all_responsibilities)
        )
    return tuple(p.measure_key for p in catalogue.measures if any(leads(p, k) for k in keys))


def _measures_shared(catalogue: Catalogue, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        p.measure_key
        for p in catalogue.measures
        if p.measure
        and p.measure.all_responsibilities
        and not any(r.role is Role.LEAD for r in p.measure.all_responsibilities)
        and set(keys) <= set(p.measure.departments)
    )


def _measures_with(catalogue: Catalogue, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Measures that print any of the terms."""
    found = {p.measure_key for term in keys for p in catalogue.measures_with(term)}
    return tuple(p.measure_key for p in catalogue.measures if p.measure_key in found)


def _measures_priced(catalogue: Catalogue, _: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(r.place.measure_key for r in priced_supports(catalogue)))


def _supports_of_sum(catalogue: Catalogue, keys: tuple[str, ...]) -> tuple[str, ...]:
    values = {Decimal(k) for k in keys}
    return tuple(
        support_id(r) for r in priced_supports(catalogue) if r.support.amount and r.support.amount.value in values
    )


def _supports_period(catalogue: Catalogue, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        support_id(r) for r in priced_supports(catalogue) if r.support.amount and r.support.amount.period in keys
    )


def _supports_at_most(catalogue: Catalogue, _: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        support_id(r)
        for r in priced_supports(catalogue)
        if r.support.amount and r.support.amount.bound is Bound.AT_MOST
    )


def _departments_by_share(catalogue: Catalogue, pick: Callable[[list[int]], int]) -> tuple[str, ...]:
    """The departments in the most or fewest measures."""
    shares = {d: len(catalogue.measures_of(d)) for d in catalogue.departments}
    return tuple(d for d, n in shares.items() if n == pick(list(shares.values())))


def _chapters_by_size(catalogue: Catalogue, pick: Callable[[list[int]], int]) -> tuple[str, ...]:
    """The chapters with the most or fewest measures."""
    sizes = {c.id: len(c.measures) for n in catalogue.notices for c in n.chapters if c.heading}
    return tuple(i for i, n in sizes.items() if n == pick(list(sizes.values())))


def _measures_by_departments(catalogue: Catalogue, pick: Callable[[list[int]], int]) -> tuple[str, ...]:
    """The measures with the most or fewest departments."""
    sizes = {
        p.measure_key: len(p.measure.departments) for p in catalogue.measures if p.measure and p.measure.departments
    }
    return tuple(k for k, n in sizes.items() if n == pick(list(sizes.values())))


_TABLES: dict[str, Callable[[Catalogue, tuple[str, ...]], tuple[str, ...]]] = {
    "measures": lambda c, _: _keys(c.measures),
    "measures_of": _measures_of,
    "measures_of_any": _measures_of_any,
    "measures_without": _measures_without,
    "measures_led": _measures_led,
    "measures_shared": _measures_shared,
    "measures_of_one": lambda c, _: tuple(
        p.measure_key for p in c.measures if p.measure and len(p.measure.departments) == 1
    ),
    "measures_with": _measures_with,
    "measures_without_term": lambda c, k: tuple(x for x in _keys(c.measures) if x not in _measures_with(c, k)),
    "measures_priced": _measures_priced,
    "measures_in_chapter": lambda c, k: tuple(p.measure_key for p in c.measures if p.chapter and p.chapter.id in k),
    "chapters": lambda c, _: tuple(x.id for n in c.notices for x in n.chapters if x.heading),
    "departments": lambda c, _: c.departments,
    "departments_leading": lambda c, _: tuple(d for d in c.departments if any(leads(p, d) for p in c.measures_of(d))),
    "departments_of": lambda c, k: tuple(
        dict.fromkeys(d for p in c.measures if p.measure and p.measure_key in k for d in p.measure.departments)
    ),
    "supports_priced": lambda c, _: tuple(support_id(r) for r in priced_supports(c)),
    "supports_in": lambda c, k: tuple(support_id(r) for r in priced_supports(c) if r.place.measure_key in k),
    "supports_all": lambda c, _: tuple(support_id(r) for r in c.supports),
    "supports_unpriced": lambda c, _: tuple(support_id(r) for r in c.supports if r.support.amount is None),
    "supports_of_sum": _supports_of_sum,
    "supports_period": _supports_period,
    "supports_at_most": _supports_at_most,
    "supports_ranked": lambda c, k: tuple(support_id(r) for r in ranked_supports(c, int(k[0]), k[1:])),
    "supports_total": lambda c, k: tuple(support_id(r) for r in priced_supports(c) if support_id(r) in k),
    "chapters_most": lambda c, _: _chapters_by_size(c, max),
    "chapters_least": lambda c, _: _chapters_by_size(c, min),
    "departments_most": lambda c, _: _departments_by_share(c, max),
    "departments_least": lambda c, _: _departments_by_share(c, min),
    "measures_most_departments": lambda c, _: _measures_by_departments(c, max),
    "measures_fewest_departments": lambda c, _: _measures_by_departments(c, min),
    "named_kinds": lambda c, k: tuple(name for noun in k for _, name in named_kinds(c, noun)),
    "brands": lambda c, _: tuple(term for _, term in brands(c)),
}
