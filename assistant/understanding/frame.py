"""The frame of a message: its clauses, what each wants of what it names, and what it took over from before."""

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.answer import Repair
from assistant.naming.subject import Subject, SubjectKind
from corpus.embedding.embed import Vector
from corpus.language.amounts import Amount


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    role: str
    content: str


class Act(StrEnum):
    """What a clause does; the values are labels of the examples."""

    ASK = "ask"
    ELSEWHERE = "elsewhere"
    """It asks for another place's policy, or for what another document says."""
    TOLD = "told"
    GREETING = "greeting"
    THANKS = "thanks"
    CAPABILITY = "capability"
    OFF_TOPIC = "off_topic"
    UNSAFE = "unsafe"
    MANIPULATION = "manipulation"
    MORE = "more"
    REPEAT = "repeat"
    CORRECT = "correct"


class Operation(StrEnum):
    """What is to be done with the value that a clause wants."""

    STATE = "state"
    CHECK = "check"
    LIST = "list"
    COUNT = "count"
    RANK = "rank"
    COMPARE = "compare"
    TOTAL = "total"
    OUTLINE = "outline"


SAID = "said"
"""The value of a clause that wants what the notice says about something."""


@dataclass(frozen=True, slots=True)
class Want:
    """所求: one value, a key of `prompts/kinds.toml`, by one operation."""

    value: str = SAID
    operation: Operation = Operation.STATE


TEXT = "text"
"""A clause whose answer stands in the sentences, not in the catalogue."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a clause wants to see of the catalogue: a label for each of the heads, "" where it asks nothing.

    `shows` is measures, supports, departments or chapters; outline, summary, highlights, benefits or full_text of the
    whole notice; else text. See `docs/labelling.md` for all labels.
    """

    shows: str = TEXT
    money: str = ""
    paid: str = ""
    role: str = ""
    join: str = ""
    group: str = ""
    order: str = ""
    by: str = ""
    bound: str = ""
    table: str = ""
    chance: float = 1.0
    """How sure `shows` is."""


NOTHING_LISTED = Listing()


@dataclass(frozen=True, slots=True)
class Clause:
    """问句: a stretch of the message that does one thing; `chance` is how sure the act is, `margin` how sure the value."""

    text: str
    start: int
    end: int
    act: Act
    want: Want
    names: tuple[Subject, ...] = ()
    inherited: tuple[Subject, ...] = ()
    chance: float = 1.0
    margin: float = 1.0
    particular: float = 1.0
    """Chance that it wants a value of its own (a sum, a date, a paper …), whichever, and not what is said or who."""
    of_money: float = 0.0
    """Chance that it wants a sum."""
    elsewhere: float = 0.0
    """Chance that it asks another place's policy or another document."""
    masked: str = ""
    unprinted: str = ""
    """What it is surely about, where no notice prints that under any name; else ""."""
    listing: Listing = NOTHING_LISTED
    left_out: frozenset[Subject] = frozenset()
    """The names that what is listed leaves out."""
    says_something: bool = True
    """It holds a word of its own that tells what it is about."""
    about: str = ""
    """What an earlier message said that it is about, where that names nothing that could be taken over."""
    is_bare: bool = False
    """It names nothing, not even by a word that no notice prints."""
    before: "Clause | None" = None
    """The clause of an earlier message that it asks more of, or once more."""
    vector: Vector | None = field(default=None, compare=False, repr=False)
    """What it means, as read beside the others."""

    @property
    def asks(self) -> bool:
        return self.act in {Act.ASK, Act.MORE} or self.before is not None

    @property
    def all_names(self) -> tuple[Subject, ...]:
        return (*self.inherited, *self.names)

    def overlaps(self, other: "Clause") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Frame:
    """A message as it is understood; `text` is what was typed, repaired and in the words of the notices.

    A message that only asks more of an earlier one, or once more, has the text, names and clauses of that one; `asked`
    is always what was typed. `answers` are what was said before, oldest first.
    """

    asked: str
    text: str
    language: str
    clauses: tuple[Clause, ...] = ()
    names: tuple[Subject, ...] = ()
    amounts: tuple[Amount, ...] = ()
    unprinted: tuple[Subject, ...] = ()
    """Terms of policy language that no notice prints."""
    repairs: tuple[Repair, ...] = ()
    vector: Vector | None = field(default=None, compare=False, repr=False)
    answers: tuple[str, ...] = field(default=(), repr=False)

    def of_kind(self, kind: SubjectKind) -> tuple[Subject, ...]:
        return tuple(s for s in self.names if s.kind is kind)
