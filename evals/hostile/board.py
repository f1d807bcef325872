"""What a hostile model has in front of it: each clause of its grounds with the typed facts of the notice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

from assistant.composing.stating import join_lines
from assistant.model.grounds import Ground, gather
from assistant.model.writing import Assignment
from corpus.catalogue import Place, SupportRow
from corpus.notice import Item, ProvisionKind, Responsibility, Support
from corpus.store import Corpus

_ENDS = "。；;，, "
_SHORTEST = 8
_MOST_CITED = 8
_FRAGMENT = re.compile(r"^(?:关于|和|与|（负责)|\t|[：:]$|的(?:规定|意见|报告|通知|措施)$|^[^（]*）$")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with the numbers it cites; whether it is true is known from how it was made."""

    text: str
    numbers: tuple[int, ...]
    way: str
    is_true: bool
    is_printed: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """One clause as a ground shows it; `number` is that of a ground that rests on it."""

    number: int
    place: Place
    item: Item

    @property
    def text(self) -> str:
        """On one line, without the mark at its end."""
        return join_lines(self.item.text).strip().rstrip(_ENDS)

    @property
    def provision_id(self) -> str:
        return self.place.provision.id if self.place.provision else ""

    @property
    def is_sentence(self) -> bool:
        """It reads as a sentence; a row of a table does not."""
        provision = self.place.provision
        is_row = provision is not None and provision.kind is ProvisionKind.TABLE_ROW
        is_title = self.text in join_lines(self.place.notice.title) or _FRAGMENT.search(self.text)
        return not is_row and not is_title and len(self.text) >= _SHORTEST


@dataclass
class Board:
    """The grounds of one question, and what the notices print beside them."""

    assignment: Assignment
    dice: Random = field(default_factory=lambda: Random(0))

    @cached_property
    def grounds(self) -> tuple[Ground, ...]:
        return gather(self.assignment.findings, self.assignment.inquiries, self.assignment.corpus)

    @property
    def corpus(self) -> Corpus:
        return self.assignment.corpus

    @cached_property
    def lines(self) -> tuple[Ground, ...]:
        """The verified lines of the quoting composer."""
        return tuple(g for g in self.grounds if g.part is not None)

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Every clause that a ground shows or rests on, once for each ground."""
        found = (s for ground in self.grounds for s in _spots_of(ground))
        return tuple({(s.number, s.item.start, s.place.notice.id): s for s in found}.values())

    @cached_property
    def all_of_one_notice(self) -> tuple[int, ...]:
        """The numbers of as many grounds as a sentence may cite; () where they are of several notices."""
        notices = {s.place.notice.id for s in self.spots}
        return tuple(g.number for g in self.grounds)[:_MOST_CITED] if len(notices) == 1 else ()

    def rests_on(self, ground: Ground, spot: Spot) -> bool:
        """The ground shows the sentence of the clause, or its line or the members of its list cite it."""
        if ground.part is None:
            return ground.place is not None and _is_at(ground.place, spot)
        members = (s for item in self.assignment.findings[ground.finding].items for s in item.sources)
        return any(_is_at(s.place, spot) for s in (*ground.part.sources, *members))

    def rows_of(self, place: Place) -> Sequence[SupportRow]:
        """What the same notice gives."""
        return [r for r in self.corpus.catalogue.supports if r.place.notice.id == place.notice.id]

    def notice_text(self, place: Place) -> str:
        return join_lines(self.corpus.texts[place.notice.id])

    def prints(self, spot: Spot, words: str) -> bool:
        """Whether any clause that the same ground rests on has the words."""
        return any(words in s.text for s in self.spots if s.number == spot.number)

    def departments_of(self, place: Place) -> frozenset[str]:
        """Everybody whom the notice makes responsible for anything."""
        return frozenset(d for m in place.notice.measures() for d in m.departments)

    def is_of_one_measure(self, spot: Spot) -> bool:
        """All that its ground rests on stands in one measure and has the same departments."""
        places = [s.place for s in self.spots if s.number == spot.number]
        return len({(p.measure_key, p.responsibilities) for p in places}) == 1

    def strangers_to(self, spot: Spot) -> list[str]:
        """Departments of the notice that the measure does not name, neither as responsible nor in its sentences."""
        place, measure = spot.place, spot.place.measure
        if measure is None or not self.is_of_one_measure(spot):
            return []
        text = "".join(p.text for p in measure.provisions)
        own = set(measure.departments)
        return sorted(d for d in self.departments_of(place) - own if d not in text and not any(d in o for o in own))


def _spots_of(ground: Ground) -> Iterator[Spot]:
    if ground.place is not None and ground.place.provision is not None:
        yield from (Spot(ground.number, ground.place, item) for item in ground.place.provision.items)
    if ground.part is not None:
        yield from (Spot(ground.number, s.place, s.item) for s in ground.part.sources if s.item)


def _is_at(place: Place, spot: Spot) -> bool:
    return place.provision is not None and place.provision.id == spot.provision_id


def responsibilities_at(place: Place) -> tuple[Responsibility, ...]:
    return tuple(r for r in place.responsibilities if r.departments)


def name_recipient(support: Support, text: str) -> str:
    """Who gets it, by the words of the clause; "" where they are printed elsewhere."""
    return support.who.text if support.who and support.who.text in text else ""
