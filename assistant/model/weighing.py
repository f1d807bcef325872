"""Whether a model's reading of a message may help, and whether what was found by it is better than the floor's."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import CitationKind, PartKind
from assistant.composing.draft import ClaimKind, Finding, Source
from assistant.evidence.attributes import is_kind_of_recipient
from assistant.model.framing import GENERAL, THINGS, is_near
from assistant.model.reading import Shown
from assistant.naming.subject import Subject
from assistant.understanding.frame import SAID, Clause, Frame, Operation

_SURE, _BLURRED = 0.3, 0.5
_OF_CLAIMS = GENERAL | {"sum", "share", "quantity"}
_DECIDED = frozenset({ClaimKind.AFFIRMED, ClaimKind.DENIED, ClaimKind.COUNTED})
_LINES = frozenset({PartKind.DIRECT, PartKind.CORRECTION, PartKind.MISSING})
_STRETCH = re.compile(r"[^，,。？?！!；;：:\n]*[^\W_][^，,。？?！!；;：:\n]*")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for one clause."""

    clause: Clause
    finding: Finding

    @property
    def sources(self) -> tuple[Source, ...]:
        """What its lines, rows and members rest on."""
        lines = [s for p in self.finding.parts for s in (*p.sources, *(s for row in p.rows for s in row.sources))]
        return (*lines, *(s for i in self.finding.items for s in i.sources))

    @property
    def places(self) -> frozenset[tuple[str, int]]:
        return frozenset((s.place.notice.id, s.phrase.start) for s in self.sources)

    @property
    def lines(self) -> tuple[str, ...]:
        """What it says in lines of its own, or that it is not stated."""
        return tuple(p.text for p in self.finding.parts if p.kind in _LINES)

    @property
    def things(self) -> tuple[Subject, ...]:
        """What it is about; who asks (小微企业) is no thing."""
        return tuple(s for s in self.clause.all_names if s.kind in THINGS and not is_kind_of_recipient(s.text))

    def repeats(self, old: "Found") -> bool:
        """It asks the same, or gets the same answer to a part of it."""
        is_part = self.clause.overlaps(old.clause) and self.clause.want.value == old.clause.want.value
        is_filled = self.finding.is_filled and old.finding.is_filled
        return self.asks_the_same(old) or (is_part and is_filled and self.places <= old.places)

    def asks_the_same(self, other: "Found") -> bool:
        same = self.clause.want.value == other.clause.want.value
        return same and {s.text for s in self.things} == {s.text for s in other.things}

    @property
    def is_decided(self) -> bool:
        """A yes, a no, a count or a comparison says something of its own, whatever it rests on."""
        return any(p.rows or p.kind is PartKind.CORRECTION or p.claim in _DECIDED for p in self.finding.parts)

    def says_more(self, said: Sequence[str]) -> bool:
        """Than these lines."""
        return self.is_decided or not all(_is_among(line, said) for line in self.lines)

    @property
    def is_sure(self) -> bool:
        """What answers it prints all that it is about, and is more than what is said of that."""
        # Whether it is so (没记错吧) is not asked of a thing without what is said of it.
        is_check = self.clause.want.operation is Operation.CHECK
        is_empty = is_check and not self.clause.says_something and self.clause.want.value in _OF_CLAIMS
        is_loose = is_empty or (self.clause.want.value == SAID and not self.is_decided)
        return bool(self.things) and not is_loose and all(any(_holds(s, n) for s in self.sources) for n in self.things)


def _holds(source: Source, name: Subject) -> bool:
    place = source.place
    if name.text in source.phrase.text or (place.chapter is not None and place.chapter.id in name.targets):
        return True
    if place.measure is not None and place.measure_key in name.targets:
        return True
    if source.kind is CitationKind.RESPONSIBILITY:
        return any(t.startswith(f"{place.measure_key}.") for t in name.targets)
    return place.provision is not None and place.provision.id in name.targets


def may_help(shown: Shown, found: Sequence[Found], has_history: bool) -> bool:
    """Something is left open that a reading may change, or there may be more in the message than was read as asked."""
    clauses = [c for c, is_refused in zip(shown.frame.clauses, shown.refused, strict=True) if not is_refused]
    if any(c.before for c in clauses):
        return False
    is_lacking = any(not f.things and not f.finding.is_filled for f in found)
    if is_lacking and (has_history or len(clauses) > 1):
        return True
    if any(f.clause.margin < _BLURRED and not f.finding.is_filled for f in found):
        return True
    has_answer = any(f.finding.is_filled for f in found)
    return any(_may_hold_more(c, has_answer) for c in clauses)


def _may_hold_more(clause: Clause, has_answer: bool) -> bool:
    """Several stretches that were read as one ask, and what was taken for a story though it looks like an ask."""
    stretches = len(_STRETCH.findall(clause.text))
    if clause.asks:
        return stretches > 1 and clause.want.operation is not Operation.CHECK
    return has_answer and (stretches > 1 or (clause.margin >= _SURE and clause.want.value not in GENERAL))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the floor asks, and what was found for that; a clause that named too little has nothing."""

    frame: Frame
    found: tuple[Found, ...]

    @property
    def filled(self) -> list[Found]:
        return [f for f in self.found if f.finding.is_filled]

    @property
    def empty(self) -> list[Found]:
        return [f for f in self.found if not f.finding.is_filled]

    def asks_in(self, clause: Clause) -> bool:
        return any(c.asks and c.overlaps(clause) for c in self.frame.clauses)


def settle(floor: Standing, reading: Standing) -> tuple[Clause, ...]:
    """The clauses of a reading that surely belong to it: what the floor asks first, then what is asked beyond that."""
    said = [line for f in floor.found for line in f.lines]
    asked: list[Found] = []
    added: list[Found] = []
    for own in _by_clause(reading.found):
        if any(f.asks_the_same(other) for f in own for other in (*asked, *added)):
            continue
        if all(any(f.repeats(old) and f.clause.overlaps(old.clause) for old in floor.found) for f in own):
            asked += own
        elif all(_belongs(f, floor) for f in own) and any(f.says_more(said) for f in own):
            said += [line for f in own for line in f.lines]
            added += own
    clauses = reading.frame.clauses
    silent = (c for c in clauses if not any(c.overlaps(f.clause) for f in reading.found))
    return (*(c for some in (asked, added) for c in clauses if any(c.overlaps(f.clause) for f in some)), *silent)


def _by_clause(found: Iterable[Found]) -> list[list[Found]]:
    groups: dict[tuple[int, int], list[Found]] = {}
    for one in found:
        groups.setdefault((one.clause.start, one.clause.end), []).append(one)
    return list(groups.values())


def _belongs(found: Found, floor: Standing) -> bool:
    """Whether what is asked beyond the floor is surely asked, and surely what answers it or is not stated."""
    if not found.finding.is_filled:
        same = (o for o in floor.empty if found.clause.overlaps(o.clause) and set(o.things) == set(found.things))
        return any(same) and bool(found.things) and found.clause.margin >= _SURE
    # A story reads like a question after who or what it tells of.
    is_story = found.clause.want.value in GENERAL or found.clause.margin < _SURE or not floor.filled
    return found.is_sure and (floor.asks_in(found.clause) or not is_story)


def _is_among(line: str, said: Sequence[str]) -> bool:
    return any(line in other or other in line for other in said)


def is_better(floor: Standing, reading: Standing) -> bool:
    """More is asked and said; all that was said still is, and what had no answer gets none by other words around it."""
    is_new = any(not any(map(f.repeats, floor.found)) for f in reading.found)
    is_whole = all(any(f.clause.overlaps(old.clause) for f in reading.found) for old in floor.found)
    is_filled_by_words = any(_fills(f, old) for f in reading.filled for old in floor.empty)
    return is_new and is_whole and not is_filled_by_words and _keeps_answers(floor, reading)


def _keeps_answers(floor: Standing, reading: Standing) -> bool:
    """Every line, list and table of the floor; a piece that asks a part of what the floor does says no more of it."""
    lines, stated = ([line for f in some.filled for line in f.lines] for some in (reading, floor))
    if not all(any(line in other for other in lines) for line in stated):
        return False
    spans = {(f.clause.start, f.clause.end) for f in floor.found}
    parts = [f for f in reading.filled if any(map(f.repeats, floor.filled))]
    pieces = [f for f in parts if (f.clause.start, f.clause.end) not in spans]
    says_other = any(not _is_among(line, stated) for f in pieces for line in f.lines)
    return not says_other and all(_keeps_list(f.finding, reading.filled) for f in floor.filled)


def _fills(found: Found, old: Found) -> bool:
    """What is about something and not stated is not answered for being asked again, nor is whether something holds."""
    if not found.clause.overlaps(old.clause):
        return found.asks_the_same(old)
    is_same = is_near(found.clause.want.value, old.clause.want.value)
    return (is_same and bool(old.things)) or old.clause.want.operation is Operation.CHECK


def _keeps_list(old: Finding, filled: Sequence[Found]) -> bool:
    """A list, a count or a table is whole or wrong."""
    tables = [p.rows for p in old.parts if p.rows]
    if not (old.items or old.count or tables):
        return True
    return any(
        f.finding.items == old.items
        and f.finding.count == old.count
        and tables == [p.rows for p in f.finding.parts if p.rows]
        for f in filled
    )
