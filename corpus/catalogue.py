"""Exact tables over the parsed notices: who owns what, all supports, all places; complete by construction."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.notice import Annex, Chapter, Item, Measure, Notice, Point, Provision, Responsibility, Support


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands; chapter and measure are None in the preamble, the closing and the annexes.

    `point` is the path of the point whose departments are meant, "" for those of the whole measure, or of the passage
    around `provision` where the measure names departments passage by passage.
    """

    notice: Notice
    chapter: Chapter | None = None
    measure: Measure | None = None
    provision: Provision | None = None
    point: str = ""

    @property
    def responsibilities(self) -> tuple[Responsibility, ...]:
        """Of the point or measure that is meant; none outside measures."""
        if self.measure is None:
            return ()
        return self.measure.responsible_for(self.provision, self.point)

    @property
    def in_charge(self) -> "Place":
        """The measure, point or passage that has departments of its own, without the sentence."""
        if self.measure is None:
            return self
        point = self.point or self.measure.point_in_charge(self.provision)
        whole = Place(self.notice, self.chapter, self.measure, point=point)
        return whole if whole.responsibilities == self.responsibilities else replace(whole, provision=self.provision)

    @property
    def annex(self) -> Annex | None:
        """The annex that the sentence stands in."""
        provision = self.provision
        if provision is None:
            return None
        return next((a for a in self.notice.annexes if provision.id.startswith(f"{self.notice.id}/{a.id}.")), None)

    @property
    def heading_point(self) -> Point | None:
        """The numbered point of its measure or annex that the sentence stands under."""
        around, path = self.measure or self.annex, self.provision.point if self.provision else ""
        return around.point(path) if around and path else None

    @property
    def measure_key(self) -> str:
        """The measure's id within the whole corpus, "" outside measures."""
        return f"{self.notice.id}/{self.measure.id}" if self.measure else ""


@dataclass(frozen=True, slots=True)
class SupportRow:
    """One support with its place."""

    place: Place
    item: Item
    support: Support


class Catalogue:
    """The tables of one or more notices."""

    def __init__(self, notices: Iterable[Notice]) -> None:
        self.notices = tuple(notices)

    def notice(self, notice_id: str) -> Notice | None:
        return next((n for n in self.notices if n.id == notice_id), None)

    @cached_property
    def measures(self) -> tuple[Place, ...]:
        """Every measure in reading order."""
        return tuple(
            Place(n, chapter, measure) for n in self.notices for chapter in n.chapters for measure in chapter.measures
        )

    @cached_property
    def whole_chapters(self) -> frozenset[str]:
        """Keys of what is a chapter and a measure in one, beside chapters with measures of their own: 五、组织实施."""
        mixed = {
            p.notice.id
            for p in self.measures
            if p.chapter and p.measure and p.chapter.heading not in (None, p.measure.heading)
        }
        return frozenset(
            p.measure_key
            for p in self.measures
            if p.notice.id in mixed and p.chapter and p.measure and p.chapter.heading == p.measure.heading
        )

    @cached_property
    def provisions(self) -> tuple[Place, ...]:
        """Every sentence in reading order."""
        return tuple(place for notice in self.notices for place in _walk(notice))

    @cached_property
    def place_of_provision(self) -> dict[str, Place]:
        return {p.provision.id: p for p in self.provisions if p.provision}

    @cached_property
    def place_of_passage(self) -> dict[str, Place]:
        """By the id of a sentence or of a whole measure."""
        return {**self.place_of_measure, **self.place_of_provision}

    @cached_property
    def place_of_measure(self) -> dict[str, Place]:
        return {p.measure_key: p for p in self.measures}

    @cached_property
    def supports(self) -> tuple[SupportRow, ...]:
        """Every support, priced or not, in reading order."""
        return tuple(
            SupportRow(place, item, support)
            for place in self.provisions
            if place.provision
            for item in place.provision.items
            for support in item.supports
        )

    @cached_property
    def supports_of_measure(self) -> dict[str, tuple[SupportRow, ...]]:
        """By the key of the measure, in reading order."""
        found: dict[str, list[SupportRow]] = {}
        for row in self.supports:
            found.setdefault(row.place.measure_key, []).append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    @cached_property
    def departments(self) -> tuple[str, ...]:
        """All responsible departments in order of first appearance."""
        return tuple(dict.fromkeys(d for p in self.measures if p.measure for d in p.measure.departments))

    def measures_numbered(self, number: int) -> tuple[Place, ...]:
        return tuple(p for p in self.measures if p.measure and p.measure.number == number)

    def measures_of(self, department: str) -> tuple[Place, ...]:
        return tuple(p for p in self.measures if p.measure and department in p.measure.departments)

    def provisions_with(self, term: str) -> tuple[Place, ...]:
        """Sentences of measures that print the term."""
        folded = term.casefold()
        return tuple(p for p in self.provisions if p.measure and p.provision and folded in p.provision.text.casefold())

    def measures_with(self, term: str) -> tuple[Place, ...]:
        """Measures that print the term in their heading or a sentence."""
        folded = term.casefold()
        keys = {p.measure_key for p in self.provisions_with(term)}
        return tuple(
            p for p in self.measures if p.measure and (p.measure_key in keys or folded in p.measure.title.casefold())
        )


def _walk(notice: Notice) -> Iterator[Place]:
    yield from (Place(notice, provision=p) for p in notice.preamble)
    for chapter in notice.chapters:
        yield from (Place(notice, chapter, provision=p) for p in chapter.provisions)
        for measure in chapter.measures:
            yield from (Place(notice, chapter, measure, p) for p in measure.provisions)
    yield from (Place(notice, provision=p) for p in notice.closing)
    for annex in notice.annexes:
        yield from (Place(notice, provision=p) for p in annex.provisions)
