"""The types of a notice: what a document is made of, each part with its place in the canonical text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.language.amounts import Amount


class Role(StrEnum):
    LEAD = "lead"
    SHARED = "shared"
    SUPPORTING = "supporting"


class SlotKind(StrEnum):
    """What a question may ask for and an item may print, besides sums."""

    QUANTITY = "quantity"
    DATE = "date"
    TELEPHONE = "telephone"
    ADDRESS = "address"
    ROUTE = "route"
    MATERIALS = "materials"
    VALIDITY = "validity"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the canonical text at their place, in code points."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A printed detail of an item: a counted quantity, a date, a telephone number …"""

    kind: SlotKind
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Support:
    """支持: what an item gives; `amount` is None where no sum is printed."""

    beneficiary: str
    form: str
    amount: Amount | None
    qualifiers: tuple[str, ...]
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Item:
    """分句: the span between 。 or ； inside a provision; facts are bound to it."""

    text: str
    start: int
    end: int
    supports: tuple[Support, ...] = ()
    amounts: tuple[Amount, ...] = ()
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """句: one sentence, the unit that is indexed and cited."""

    id: str
    number: int
    text: str
    start: int
    end: int
    items: tuple[Item, ...] = ()
    terms: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Responsibility:
    """责任分工: the departments at the end of a measure and their role, as printed."""

    phrase: Phrase
    role: Role
    role_text: str
    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """措施、条: the unit people quote."""

    id: str
    number: int
    label: str
    title: str
    anchor: str
    heading: Phrase
    provisions: tuple[Provision, ...]
    responsibilities: tuple[Responsibility, ...] = ()

    @property
    def departments(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(d for r in self.responsibilities for d in r.departments))

    def responsibility_anchor(self, phrase: Phrase) -> str:
        """m9.responsibility; where several are printed, m9.responsibility-2 is the second."""
        printed = list(dict.fromkeys(r.phrase for r in self.responsibilities))
        at = printed.index(phrase)
        return f"{self.anchor}.responsibility" + (f"-{at + 1}" if at else "")


@dataclass(frozen=True, slots=True)
class Chapter:
    """部分: a titled group of measures; `number` 0 and no heading where a notice has no chapters."""

    id: str
    number: int
    label: str
    title: str
    heading: Phrase | None
    provisions: tuple[Provision, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document that this one names."""

    title: str
    number: str | None
    issuers: str | None
    is_basis: bool
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Notice:
    """通知: one official document."""

    id: str
    title: str
    title_at: Phrase
    document_number: Phrase | None
    addressee: Phrase | None
    issuer: Phrase | None
    issued_on: Phrase | None
    preamble: tuple[Provision, ...]
    chapters: tuple[Chapter, ...]
    closing: tuple[Provision, ...] = ()
    references: tuple[Reference, ...] = field(default=())

    def measures(self) -> Iterator[Measure]:
        for chapter in self.chapters:
            yield from chapter.measures

    def provisions(self) -> Iterator[Provision]:
        """Every sentence in reading order."""
        yield from self.preamble
        for chapter in self.chapters:
            yield from chapter.provisions
            for measure in chapter.measures:
                yield from measure.provisions
        yield from self.closing

    @property
    def number_text(self) -> str:
        return self.document_number.text if self.document_number else ""
