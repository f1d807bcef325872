"""The types of a notice: what a document is made of, each part with its place in the canonical text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from corpus.language.amounts import Amount
from corpus.operator import OperatorNotes


class Role(StrEnum):
    LEAD = "lead"
    SHARED = "shared"
    SUPPORTING = "supporting"


class ProvisionKind(StrEnum):
    """Where a sentence stands; citations carry the same kinds."""

    SENTENCE = "sentence"
    POINT = "point"
    TABLE_ROW = "table_row"
    ANNEX = "annex"
    CLOSING = "closing"


class Relation(StrEnum):
    """What a notice does with another document that it names."""

    BASIS = "basis"
    REPEALED = "repealed"
    AMENDED = "amended"
    ANNEXED = "annexed"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the canonical text at their place, in code points."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Value:
    """A printed detail of an item; `kind` is a key of kinds.toml, `of` what is counted, shared or dated."""

    kind: str
    phrase: Phrase
    of: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """支持: what an item gives, to whom, for what act, under which condition, how paid and by whom.

    Each of these is None where it is not printed; it may stand in the sentence before, in the lead-in or in a heading.
    `amount` is None where no sum is printed; of a range it is the upper end and `least` the lower. `beneficiary` says
    in a few words who gets it.
    """

    beneficiary: str
    form: str
    amount: Amount | None
    qualifiers: tuple[str, ...]
    phrase: Phrase
    who: Phrase | None = None
    act: Phrase | None = None
    condition: Phrase | None = None
    paid: Phrase | None = None
    payer: Phrase | None = None
    least: Amount | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody whom a sentence gives something to do: 由某公司报送, 某局负责审核."""

    name: Phrase
    task: Phrase


@dataclass(frozen=True, slots=True)
class Item:
    """分句: the span between 。 or ； inside a provision; facts are bound to it."""

    text: str
    start: int
    end: int
    supports: tuple[Support, ...] = ()
    amounts: tuple[Amount, ...] = ()
    values: tuple[Value, ...] = ()
    actors: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row, with what stands at the head of its column."""

    head: str
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Provision:
    """句: one sentence or table row, the unit that is indexed and cited.

    `point` is the path of the point it belongs to (2 or 2.1), `lead_in` the id of the sentence that opens its list.
    `plain` is how it reads once broken lines are joined and look-alikes unified, "" where that is the text itself.
    """

    id: str
    number: int
    text: str
    start: int
    end: int
    items: tuple[Item, ...] = ()
    terms: tuple[Phrase, ...] = ()
    kind: ProvisionKind = ProvisionKind.SENTENCE
    anchor: str = ""
    point: str = ""
    lead_in: str = ""
    cells: tuple[Cell, ...] = ()
    plain: str = ""

    @property
    def reading(self) -> str:
        """The text to be searched and understood; never to be quoted."""
        return self.plain or self.text


@dataclass(frozen=True, slots=True)
class Responsibility:
    """责任分工: the departments at the end of a measure and their role, as printed."""

    phrase: Phrase
    role: Role
    role_text: str
    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """项: a numbered part of a measure; `path` tells where it stands among the points (2 or 2.1).

    `items` are those of its heading, here as in a measure, a chapter and an annex.
    """

    path: str
    label: str
    title: str
    anchor: str
    heading: Phrase
    responsibilities: tuple[Responsibility, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """措施、条: the unit people quote; `provisions` holds its points' sentences too, in reading order."""

    id: str
    number: int
    label: str
    title: str
    anchor: str
    heading: Phrase
    provisions: tuple[Provision, ...]
    responsibilities: tuple[Responsibility, ...] = ()
    points: tuple[Point, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def departments(self) -> tuple[str, ...]:
        """Those of the measure and of its points."""
        return tuple(dict.fromkeys(d for r in self.all_responsibilities for d in r.departments))

    @property
    def all_responsibilities(self) -> tuple[Responsibility, ...]:
        """In the order of the measure, then of its points."""
        return (*self.responsibilities, *(r for point in self.points for r in point.responsibilities))

    def point(self, path: str) -> Point | None:
        return next((p for p in self.points if p.path == path), None)

    def point_in_charge(self, provision: Provision | None) -> str:
        """Path of the innermost point around the sentence that has departments of its own, "" where none has."""
        path = provision.point if provision else ""
        while path and not ((point := self.point(path)) and point.responsibilities):
            path = path.rpartition(".")[0]
        return path

    def responsibilities_of(self, path: str) -> tuple[Responsibility, ...]:
        """Those of a point; of the measure where the path is "", or of all its points where it has none itself."""
        point = self.point(path) if path else None
        return point.responsibilities if point else self.responsibilities or self.all_responsibilities

    def responsible_for(self, provision: Provision | None, path: str = "") -> tuple[Responsibility, ...]:
        """Whoever answers for what a sentence says: those named next behind it, where departments are named in between."""
        path = path or self.point_in_charge(provision)
        owners = self.responsibilities_of(path)
        passages = self._passages(path) if provision else ()
        if provision is None or len(passages) < 2:
            return owners
        return next((p for p in passages if p[-1].phrase.end > provision.start), owners)

    def _passages(self, path: str) -> tuple[tuple[Responsibility, ...], ...]:
        """The departments of the measure or point in groups, wherever sentences stand between them."""
        point = self.point(path) if path else None
        own = sorted(point.responsibilities if point else self.responsibilities, key=lambda r: r.phrase.start)
        groups: list[list[Responsibility]] = []
        for owner in own:
            last = groups[-1][-1].phrase if groups else None
            if last is None or any(last.end <= p.start < owner.phrase.start for p in self.provisions):
                groups.append([])
            groups[-1].append(owner)
        return tuple(map(tuple, groups))

    def responsibility_anchor(self, phrase: Phrase) -> str:
        """m9.responsibility; where several are printed, m9.responsibility-2 is the second."""
        printed = list(dict.fromkeys(r.phrase for r in self.all_responsibilities))
        at = printed.index(phrase)
        return f"{self.anchor}.responsibility" + (f"-{at + 1}" if at else "")


@dataclass(frozen=True, slots=True)
class Chapter:
    """部分: a titled group of measures; `number` 0 and no heading where a notice has no chapters.

    `above` are the labels and titles of the groups around it (第一章 of 第二节), the outermost first.
    """

    id: str
    number: int
    label: str
    title: str
    heading: Phrase | None
    provisions: tuple[Provision, ...]
    measures: tuple[Measure, ...]
    above: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def with_outer(self) -> frozenset[str]:
        """Its id and those of the groups around it: x/4 around x/4-2."""
        notice, _, path = self.id.rpartition("/")
        keys = path.split("-")
        return frozenset(f"{notice}/{'-'.join(keys[:n])}" for n in range(1, len(keys) + 1))


@dataclass(frozen=True, slots=True)
class Annex:
    """附件: `number` as printed, 1 where it is the only one; a table's rows are provisions of kind `table_row`.

    `points` are whatever it numbers.
    """

    id: str
    number: int
    label: str
    title: str
    anchor: str
    heading: Phrase
    provisions: tuple[Provision, ...] = ()
    items: tuple[Item, ...] = ()
    points: tuple[Point, ...] = ()

    def point(self, path: str) -> Point | None:
        return next((p for p in self.points if p.path == path), None)


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document that this one names."""

    title: str
    number: str | None
    issuers: str | None
    is_basis: bool
    phrase: Phrase
    relation: Relation = Relation.NAMED


@dataclass(frozen=True, slots=True)
class Validity:
    """From when and until when a notice holds: as printed, and as dates where these can be computed.

    `repealed_by` and `replaced_by` are ids of other published notices: one that repeals this one, and the newest one
    of its yearly series.
    """

    from_words: Phrase | None = None
    until_words: Phrase | None = None
    begins: date | None = None
    ends: date | None = None
    repealed_by: str = ""
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """通知: one official document.

    `furniture` are printed lines that are none of its words: metadata, page furniture, contents, signature, notes.
    `operator` is said by whoever runs the service and is no part of the notice.
    `items` are those of its contact line, which is no sentence.
    """

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
    annexes: tuple[Annex, ...] = ()
    annex_list: Phrase | None = None
    printed_by: Phrase | None = None
    contact: Phrase | None = None
    furniture: tuple[Phrase, ...] = ()
    validity: Validity = Validity()
    operator: OperatorNotes | None = None
    items: tuple[Item, ...] = ()

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
        for annex in self.annexes:
            yield from annex.provisions

    def all_items(self) -> Iterator[Item]:
        """Those of every sentence, then those of headings and of the contact line."""
        for provision in self.provisions():
            yield from provision.items
        for chapter in self.chapters:
            yield from chapter.items
            for measure in chapter.measures:
                yield from measure.items
                for point in measure.points:
                    yield from point.items
        for annex in self.annexes:
            yield from annex.items
        yield from self.items

    @property
    def number_text(self) -> str:
        return self.document_number.text if self.document_number else ""
