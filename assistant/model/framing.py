"""Makes a frame of a model's reading, as far as it keeps to the floor: the frame that the small models made.

A model may cut a message elsewhere, say what a piece wants, and point at names of the conversation. It writes no name,
figure or text of its own into the frame, and what the floor refuses, names or asks stays.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.evidence.attributes import is_kind_of_recipient
from assistant.naming.subject import Subject, SubjectKind
from assistant.understanding.frame import SAID, Act, Clause, Frame, Operation, Want
from assistant.understanding.wants import SAME, Reading

THINGS = frozenset({SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM, SubjectKind.CHAPTER})
_SERIOUS = THINGS | {SubjectKind.DEPARTMENT}
_TOGETHER = frozenset({Operation.COMPARE, Operation.RANK, Operation.TOTAL})
"""What is asked of several things at once."""

GENERAL = frozenset({SAID, "name", "clause", "recipient", "actor", "meaning"})
"""Values that some sentence about a subject nearly always holds."""

LEAST = 0.05
"""Chance that the small models must give a value for a model to choose it."""

_NEAR = (
    frozenset({"date", "deadline", "period", "in_force", "validity"}),
    frozenset({"department", "role", "actor"}),
    frozenset({"contact", "telephone", "mail", "web", "address", "place", "route"}),
)
"""Values so near that readers who say one and the other mean the same."""

_LEAST_OPERATION = 0.3
"""The same for an operation, which says what is done with the whole catalogue."""

_MARKS = " \t\n，,。.？?！!；;：:、…"


@dataclass(frozen=True, slots=True)
class Proposed:
    """One clause as a model reads it: words of the message, what they want, and the numbers of offered names."""

    ask: str
    value: str
    operation: Operation
    objects: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Floor:
    """What a reading is held against.

    `offered` are the names of the conversation that a reading may point at, from 1; `refused` and `filled` say of each
    clause of the frame that it gets a fixed reply, or that everything it asks was found.
    """

    frame: Frame
    offered: tuple[Subject, ...]
    refused: tuple[bool, ...]
    filled: tuple[bool, ...]

    def asking_in(self, start: int, end: int) -> list[int]:
        """The clauses that ask, and are ours to answer, in a stretch."""
        return [n for n in self._inside(start, end) if self.frame.clauses[n].asks and not self.refused[n]]

    def is_refused(self, start: int, end: int) -> bool:
        return any(self.refused[n] for n in self._inside(start, end))

    def _inside(self, start: int, end: int) -> list[int]:
        return [n for n, c in enumerate(self.frame.clauses) if c.start < end and start < c.end]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the message; what is proposed for it, None where the floor's clause stands."""

    start: int
    end: int
    proposed: Proposed | None = None


@dataclass(frozen=True, slots=True)
class Rereading:
    """What the small models say of stretches of a frame's text, and whether a clause gets a fixed reply."""

    read_pieces: Callable[[Frame, Sequence[int]], Sequence[tuple[Clause, Reading]]]
    refuses: Callable[[Clause], bool]


def make_frame(proposed: Sequence[Proposed], floor: Floor, small: Rereading) -> Frame | None:
    """The frame of a reading; None where it leaves the conversation or loses something of the floor."""
    pieces = lay_out(proposed, floor)
    if pieces is None or not _keeps_clauses(pieces, floor):
        return None
    read = small.read_pieces(floor.frame, [0, *(p.end for p in pieces)])
    clauses: list[Clause] = []
    for piece, (clause, reading) in zip(pieces, read, strict=True):
        if piece.proposed is None:
            clauses += [c for c in floor.frame.clauses if piece.start <= c.start < piece.end]
            continue
        if clause.end <= clause.start or small.refuses(clause):
            return None
        made = _follow(piece, (clause, reading), floor, clauses)
        if made is None:
            return None
        clauses += made
    frame = replace(floor.frame, clauses=tuple(clauses))
    return frame if _keeps_names(frame, floor) else None


def lay_out(proposed: Sequence[Proposed], floor: Floor) -> list[Piece] | None:
    """Pieces that leave out nothing of the message: each reaches from where it begins to where the next does."""
    spans = _place(proposed, floor)
    if spans is None:
        return None
    at = sorted((start, end, p) for (start, end), p in zip(spans, proposed, strict=True))
    if any(one[1] > other[0] for one, other in pairwise(at)):
        return None
    clauses, length = floor.frame.clauses, len(floor.frame.text)
    borders = {0} | {c.start for c in clauses} | {c.end for c in clauses if c.end < length}
    borders = {b for b in borders if not any(start < b < end for start, end, _ in at)}
    for (_, passed, _), (start, _, _) in pairwise(at):
        # What stands before the first piece of a clause belongs to it.
        borders |= {start} if not any(passed <= b <= start for b in borders) else set()
    edges = [*sorted(borders), length]
    return [Piece(a, b, next((p for s, _, p in at if a <= s < b), None)) for a, b in pairwise(edges)]


def _place(proposed: Sequence[Proposed], floor: Floor) -> list[tuple[int, int]] | None:
    """Where the words of each stand, one behind the other as far as they can; None where one stands nowhere."""
    text, spans, passed = floor.frame.text.casefold(), list[tuple[int, int]](), 0
    for one in proposed:
        words = one.ask.strip(_MARKS).casefold()
        start = text.find(words, passed)
        start = start if start >= 0 else text.find(words)
        if not words or start < 0 or floor.is_refused(start, start + len(words)):
            return None
        passed = start + len(words)
        spans.append((start, passed))
    return spans


def _keeps_clauses(pieces: Sequence[Piece], floor: Floor) -> bool:
    """Every clause that asks is in a piece; none takes in two that ask, and several of one stretch are all there.

    A claim is never cut from the question whether it holds.
    """
    proposed = [p for p in pieces if p.proposed]
    for piece in proposed:
        spans = {
            (floor.frame.clauses[n].start, floor.frame.clauses[n].end) for n in floor.asking_in(piece.start, piece.end)
        }
        if len(spans) > 1:
            return False
    for n in floor.asking_in(0, len(floor.frame.text)):
        clause = floor.frame.clauses[n]
        inside = [p for p in proposed if p.start < clause.end and clause.start < p.end]
        if not inside or (len(inside) > 1 and clause.want.operation is Operation.CHECK):
            return False
        same = [floor.frame.clauses[m] for m in floor.asking_in(clause.start, clause.end)]
        values = {p.proposed.value for p in inside if p.proposed}
        if len(inside) > 1 and len(same) > 1 and clause.want.value not in values:
            return False
    return True


def _follow(piece: Piece, read: tuple[Clause, Reading], floor: Floor, before: Sequence[Clause]) -> list[Clause] | None:
    """The clauses of a piece that a model reads; None where it points at what the piece cannot be about."""
    clause, reading = read
    assert piece.proposed
    kept = [floor.frame.clauses[n] for n in floor.asking_in(piece.start, piece.end)]
    own = {s.text for s in clause.names}
    pointed = [floor.offered[n - 1] for n in piece.proposed.objects]
    made = _choose(piece.proposed, clause, reading, before)
    lent = _lend([s for s in pointed if s.text not in own], made, floor)
    if lent is None:
        return None
    if kept and (kept[0].start, kept[0].end) == (clause.start, clause.end):
        missing = {s.text for c in kept for s in c.inherited} - own - {s.text for s in lent}
        return None if pointed and missing else _revise(kept, replace(made, inherited=lent), floor)
    # Where the readers differ on what a new piece wants, it is left out.
    is_agreed = is_near(made.want.value, piece.proposed.value) or made.want.value == SAID
    lent = lent or (kept[0].inherited if kept and not names_thing(clause) else ())
    return [replace(made, inherited=lent)] if is_agreed else []


def _lend(outside: Sequence[Subject], clause: Clause, floor: Floor) -> tuple[Subject, ...] | None:
    """What a piece takes over: what was named before it, and beside a thing of its own only what the message names.

    Only what is compared may be named behind it.
    """
    if clause.want.operation in _TOGETHER:
        return _once(replace(s, is_lent=True) for s in outside)
    named = {s.text: s.start for s in reversed(floor.frame.names)}
    if any(named.get(s.text, -1) >= clause.start for s in outside):
        return None
    if not names_thing(clause):
        return _once(replace(s, is_lent=True) for s in outside)
    return None if any(s.kind in THINGS and s.text not in named for s in outside) else _once(outside)


def _once(names: Iterable[Subject]) -> tuple[Subject, ...]:
    return tuple({s.text: s for s in names}.values())


def _revise(kept: Sequence[Clause], made: Clause, floor: Floor) -> list[Clause]:
    """What the floor asks stays as it is but for what it does not say: the thing it is about, and the sides compared."""
    old = kept[0]
    has_sides = old.want.operation in _TOGETHER and not old.names and len(made.inherited) > len(old.inherited)
    is_lacking = not any(s.kind in THINGS for s in old.all_names) and not floor.filled[floor.frame.clauses.index(old)]
    if len(kept) > 1 or not made.inherited or not (has_sides or is_lacking):
        return list(kept)
    loosens = made.want.value in GENERAL and old.want.value not in GENERAL
    if has_sides or loosens:
        return [replace(old, inherited=made.inherited)]
    return [made]


def _choose(proposed: Proposed, clause: Clause, reading: Reading, before: Sequence[Clause]) -> Clause:
    """The clause with the want that the model names where the small models think it likely, else with theirs."""
    last = next((c.want for c in reversed(before) if c.act is Act.ASK), Want())
    likely = dict(reading.values)
    likely[last.value] = likely.get(last.value, 0.0) + likely.pop(SAME, 0.0)
    value = proposed.value if likely.get(proposed.value, 0.0) >= LEAST else max(likely, key=lambda v: likely[v])
    operation = clause.want.operation
    # Whether something holds is read from how it is asked.
    if operation is not Operation.CHECK and reading.operations.get(proposed.operation, 0.0) >= _LEAST_OPERATION:
        operation = proposed.operation
    near = sum(chance for other, chance in likely.items() if is_near(other, value))
    return replace(clause, act=Act.ASK, want=Want(value, operation), inherited=(), margin=near)


def is_near(one: str, other: str) -> bool:
    """Whether two values may be what two readers call the same."""
    return one == other or any({one, other} <= family for family in _NEAR)


def names_thing(clause: Clause) -> bool:
    """Who asks (小微企业) is not what is asked about."""
    return any(s.kind in THINGS and not is_kind_of_recipient(s.text) for s in clause.names)


def _keeps_names(frame: Frame, floor: Floor) -> bool:
    """All that was asked about still is, and nothing that the conversation does not name."""
    asked, had = set(_names_of(frame)), set(_names_of(floor.frame))
    return had <= asked <= had | {s.text for s in (*floor.offered, *frame.names)}


def _names_of(frame: Frame) -> Iterator[str]:
    return (s.text for c in frame.clauses if c.asks for s in c.all_names if s.kind in _SERIOUS)
