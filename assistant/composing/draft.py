"""What composers hand to verification: findings with typed parts, each resting on words of a notice."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import CitationKind, Count, Missing, PartKind, Status, Wording
from assistant.evidence.difference import Claim
from assistant.listing.selection import Selection
from assistant.understanding.frame import Want
from corpus.catalogue import Place
from corpus.notice import Item, Phrase, ProvisionKind


@dataclass(frozen=True, slots=True)
class Source:
    """Words of a notice that a part rests on; `item` narrows a sentence to the clause that facts are bound to."""

    kind: CitationKind
    place: Place
    phrase: Phrase
    item: Item | None = None


class ClaimKind(StrEnum):
    """How a part is checked."""

    STATED = "stated"
    QUOTED = "quoted"
    COUNTED = "counted"
    RECKONED = "reckoned"
    ABSENT = "absent"
    DENIED = "denied"
    AFFIRMED = "affirmed"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class Recount:
    """What was selected of the catalogue, so that a counted claim is computed a second time."""

    selection: Selection
    keys: tuple[str, ...]
    """Of the members, in their order."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A value, a key of kinds.toml, that is said not to be printed of the names; of the whole notice where there are none."""

    value: str
    names: tuple[str, ...] = ()
    notice_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftItem:
    """A member of a list or a row of a table before its citation is numbered; `cells` are those of the row."""

    text: str
    sources: tuple[Source, ...]
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A part before its citations are numbered; `denied` are the user's own figures that it may name.

    A table has `columns`, and `rows` with as many cells and sources of their own instead of a text.
    """

    kind: PartKind
    text: str
    sources: tuple[Source, ...] = ()
    claim: ClaimKind = ClaimKind.STATED
    denied: tuple[str, ...] = ()
    recount: Recount | None = None
    is_verbatim: bool = False
    """It says nothing of its item but what is printed there, in set phrases."""
    absent: "Absence | None" = None
    affirmed: Claim | None = None
    """What a yes says yes to."""
    columns: tuple[str, ...] = ()
    rows: tuple[DraftItem, ...] = ()
    wording: Wording | None = None
    """Of a sentence that a model wrote."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one clause: parts, the measures that carry it, or what is missing."""

    want: Want
    is_filled: bool
    parts: tuple[DraftPart, ...]
    carriers: tuple[Place, ...] = ()
    missing: Missing | None = None
    items: tuple[DraftItem, ...] = ()
    count: Count | None = None
    recount: Recount | None = None
    shows_departments: bool = True
    is_told: bool = False
    """Another finding tells all of it."""
    asked: str = ""
    """The clause with what it took over, so that what is stated can be held against it."""
    status: Status | None = None
    """Of a fixed reply; None where what was found decides."""
    reply: str = ""
    """Its key in `prompts/replies.toml`."""


def sentence_source(place: Place, item: Item | None = None) -> Source:
    """The whole sentence at a place."""
    if place.provision is None:
        raise ValueError(f"{place.measure_key} is no sentence")
    provision = place.provision
    kind = CitationKind(provision.kind.value)
    if provision.kind is ProvisionKind.SENTENCE and not place.measure and not place.chapter:
        kind = CitationKind.PREAMBLE
    return Source(kind, place, Phrase(provision.text, provision.start, provision.end), item)


def responsibility_sources(place: Place) -> tuple[Source, ...]:
    """The departments at the end of a measure: one source for each printed bracket."""
    if place.measure is None:
        return ()
    phrases = dict.fromkeys(r.phrase for r in place.responsibilities)
    return tuple(Source(CitationKind.RESPONSIBILITY, place, phrase) for phrase in phrases)


def heading_source(place: Place) -> Source:
    """The heading of a measure."""
    if place.measure is None:
        raise ValueError("no measure at this place")
    return Source(CitationKind.HEADING, place, place.measure.heading)


def chapter_source(place: Place) -> Source:
    if place.chapter is None or place.chapter.heading is None:
        raise ValueError("no chapter heading at this place")
    return Source(CitationKind.HEADING, Place(place.notice, place.chapter), place.chapter.heading)


def quote_part(source: Source) -> DraftPart:
    return DraftPart(PartKind.QUOTE, source.phrase.text, (source,), ClaimKind.QUOTED)
