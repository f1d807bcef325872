"""Which items of the reader are those that people noted, and what that makes of each field."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

import numpy as np
from scipy.optimize import linear_sum_assignment

from evals.parsing.facts import DOCUMENT_FIELDS, FACTS, LISTS, OPTIONAL, PERIOD, STRUCTURE, SUPPORT_FIELDS, Facts, Item
from evals.parsing.words import fold, holds, overlap, quantities, same_amount, same_date, same_head, same_name

_EITHER_ROLE = {"shared", "supporting"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that one or both persons noted; only what each of them noted is demanded."""

    ways: tuple[Item, ...]
    is_demanded: bool


@dataclass(slots=True)
class Tally:
    """`right` of `given` by the reader, `found` of what is `demanded`; the rest with its words."""

    right: int = 0
    given: int = 0
    found: int = 0
    demanded: int = 0
    missed: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        for name in ("right", "given", "found", "demanded"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.missed += other.missed
        self.surplus += other.surplus

    @property
    def precision(self) -> float | None:
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        return self.found / self.demanded if self.demanded else None

    @property
    def f1(self) -> float | None:
        """Of right and missed alike; where nothing was noted or nothing read, the other share decides."""
        if not (self.given or self.demanded):
            return None
        precision = self.right / self.given if self.given else 1.0
        recall = self.found / self.demanded if self.demanded else 1.0
        return 2 * precision * recall / (precision + recall or 1)

    def accept(self, is_demanded: bool) -> None:
        self.right, self.given = self.right + 1, self.given + 1
        self.found, self.demanded = self.found + is_demanded, self.demanded + is_demanded

    def miss(self, words: str) -> None:
        self.demanded += 1
        self.missed.append(words)

    def refuse(self, words: str) -> None:
        self.given += 1
        self.surplus.append(words)


Tallies = Mapping[str, Tally]


def merge(one: Facts, other: Facts | None) -> dict[str, list[Wanted]]:
    """Of one person alone all is demanded."""
    merged: dict[str, list[Wanted]] = {}
    for name in (*STRUCTURE, *FACTS):
        ours, theirs = one.get(name, []), other.get(name, []) if other is not None else []
        pairs = _assign([[_weigh(name, a, b, is_loose=True) for b in theirs] for a in ours])
        demanded = {n: (ours[n], theirs[m]) for n, m in pairs.items()}
        wanted = [Wanted(demanded.get(n, (a,)), other is None or n in demanded) for n, a in enumerate(ours)]
        wanted += [Wanted((b,), False) for m, b in enumerate(theirs) if m not in pairs.values()]
        merged[name] = [replace(w, is_demanded=w.is_demanded and w.ways[0].tag != OPTIONAL) for w in wanted]
    return merged


def compare(wanted: Mapping[str, Sequence[Wanted]], given: Facts) -> dict[str, Tally]:
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    for name in (*STRUCTURE, *FACTS):
        if name in SUPPORT_FIELDS:
            continue
        noted, read = wanted.get(name, ()), given.get(name, [])
        pairs = _assign([[_weigh_wanted(name, one, item) for item in read] for one in noted])
        for n, one in enumerate(noted):
            if n in pairs:
                tallies[name].accept(one.is_demanded)
                if name == "support":
                    _compare_parts(one, read[pairs[n]], tallies)
            elif one.is_demanded:
                tallies[name].miss(one.ways[0].words + _describe(one.ways[0]))
        for m, item in enumerate(read):
            if m not in pairs.values() and not _is_uncounted(name, item, noted):
                tallies[name].refuse(item.words + _describe(item))
    return tallies


def _describe(item: Item) -> str:
    named = "、".join(sorted(item.names)) if item.tag or item.names else ""
    return f" [{' '.join(filter(None, (item.tag, named)))}]" if item.tag or named else ""


def _is_uncounted(name: str, item: Item, noted: Sequence[Wanted]) -> bool:
    """A value said again, or a length of time without a date, which people do not note as dates."""
    if name not in LISTS:
        return False
    if name == "dates" and item.tag == PERIOD and all(value < 1900 for value, _ in quantities(item.words)):
        return True
    return any(_weigh_wanted(name, one, item) for one in noted)


def _compare_parts(wanted: Wanted, item: Item, tallies: defaultdict[str, Tally]) -> None:
    for name in SUPPORT_FIELDS:
        ways = [way.parts[name] for way in wanted.ways if name in way.parts]
        both = len(ways) == len(wanted.ways) and _weigh(name, ways[0], ways[-1]) > 0
        is_demanded = wanted.is_demanded and both
        part, tally = item.parts.get(name), tallies[name]
        if part and any(_weigh(name, way, part) for way in ways):
            tally.accept(is_demanded)
            continue
        place = f" 〔{wanted.ways[0].words}〕"
        if part:
            tally.refuse(part.words + (f" ≠ {ways[0].words}" if ways else "") + place)
        if is_demanded:
            tally.miss(ways[0].words + (f" ≠ {part.words}" if part else "") + place)


def _assign(weights: list[list[float]]) -> dict[int, int]:
    """The best columns for the rows, one to one; pairs without weight are none."""
    table = np.array(weights, ndmin=2)
    rows, columns = linear_sum_assignment(table, maximize=True)
    return {int(n): int(m) for n, m in zip(rows, columns, strict=True) if table[n, m] > 0}


def _weigh_wanted(name: str, wanted: Wanted, item: Item) -> float:
    weight = max(_weigh(name, way, item) for way in wanted.ways)
    return weight and weight + wanted.is_demanded / 2


def _weigh(name: str, noted: Item, item: Item, *, is_loose: bool = False) -> float:
    """How well an item is what was noted, 0 where it is not; loosely for two persons who name one thing."""
    if name == "support":
        return _weigh_support(noted, item)
    if name in STRUCTURE:
        return float(noted.tag == item.tag and overlap(noted.spans, item.spans) > 0)
    if name in DOCUMENT_FIELDS:
        ways = item.names or {item.words}
        return float(is_loose or any(_AGREES[name](way, noted.words) for way in ways))
    if name == "references":
        is_exact = noted.tag == item.tag and (not noted.names or noted.names == item.names)
        return float(fold(noted.words) == fold(item.words) and (is_loose or is_exact))
    if name in SUPPORT_FIELDS and name != "amount" and fold(noted.words) == fold(item.words):
        return 1.0
    shared = overlap(noted.spans, item.spans)
    if name == "responsibilities":
        is_role = noted.tag == item.tag or (is_loose and {noted.tag, item.tag} <= _EITHER_ROLE)
        return float(shared > 0 and is_role and noted.names == item.names)
    return float(shared > 0 and _AGREES[name](item.words, noted.words)) * (1 + shared / 1000)


def _weigh_support(noted: Item, item: Item) -> float:
    """By the amount; by the giving words where one of them has none."""
    pair = [one.parts.get("amount") for one in (noted, item)]
    a, b = pair
    shared = overlap(a.spans, b.spans) if a and b else overlap(noted.spans, item.spans)
    if shared <= 0:
        return 0.0
    agreeing = sum(
        _weigh(name, noted.parts[name], part) > 0 for name, part in item.parts.items() if name in noted.parts
    )
    return 1 + agreeing + (4 if (a is None) == (b is None) else 0) + shared / 1000


def _same_numbers(ours: str, theirs: str) -> bool:
    return {value for value, _ in quantities(ours)} == {value for value, _ in quantities(theirs)}


_AGREES: Mapping[str, Callable[[str, str], bool]] = {
    **dict.fromkeys(("who", "act", "condition", "by"), same_head),
    "amount": same_amount,
    "paid": _same_numbers,
    "dates": same_date,
    "contacts": holds,
    "shares": same_amount,
    "title": same_name,
    "number": lambda ours, theirs: fold(ours) == fold(theirs),
    "issuer": holds,
    **dict.fromkeys(("issued", "in_force", "valid_until"), same_date),
}


def add_up(every: Sequence[Tallies]) -> dict[str, Tally]:
    total = {name: Tally() for name in (*STRUCTURE, *FACTS)}
    for tallies in every:
        for name, tally in tallies.items():
            total[name].add(tally)
    return total


def join(tallies: Tallies, names: Sequence[str]) -> Tally:
    """All fields as one."""
    joined = Tally()
    for name in names:
        joined.add(tallies[name])
    return joined


def average(tallies: Tallies) -> list[float | None]:
    """Precision, recall and F1 of the fact fields, each field counting once."""
    rows = [(t.precision, t.recall, t.f1) for name in FACTS if (t := tallies[name]).given or t.demanded]
    columns = [[value for value in column if value is not None] for column in zip_longest(*rows)]
    return [sum(column) / len(column) if column else None for column in columns]
