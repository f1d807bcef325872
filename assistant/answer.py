"""What an answer is made of: status, typed parts, citations, responsibilities; see the README for its JSON."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_LINE_BREAKS = re.compile(r"\s*[\n\r\v\f\x85\u2028\u2029]\s*")


class Status(StrEnum):
    """结论: the outcome of a question."""

    ANSWERED = "answered"
    PARTLY_ANSWERED = "partly_answered"
    NOT_STATED = "not_stated"
    RELATED = "related"
    NEEDS_DETAIL = "needs_detail"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"


class PartKind(StrEnum):
    DIRECT = "direct"
    QUOTE = "quote"
    CORRECTION = "correction"
    MISSING = "missing"
    TABLE = "table"
    DEPARTMENTS = "departments"
    NOTE = "note"
    SOURCE = "source"


class CitationKind(StrEnum):
    SENTENCE = "sentence"
    HEADING = "heading"
    RESPONSIBILITY = "responsibility"
    TITLE = "title"
    NUMBER = "number"
    PREAMBLE = "preamble"
    POINT = "point"
    TABLE_ROW = "table_row"
    ANNEX = "annex"
    CLOSING = "closing"
    CONTACT = "contact"


class Composer(StrEnum):
    QUOTE = "quote"
    LIST = "list"
    MODEL = "model"
    FIXED = "fixed"


class Degraded(StrEnum):
    """Why an answer was made with less than everything."""

    EMBEDDER_UNAVAILABLE = "embedder_unavailable"
    MODEL_UNAVAILABLE = "model_unavailable"
    MODEL_TIMEOUT = "model_timeout"
    MODEL_UNVERIFIED = "model_unverified"


class Wording(StrEnum):
    """Whose words a sentence of a model is in."""

    PRINTED = "printed"
    """原文: those of the notice."""
    EXPLAINED = "explained"
    """解读: plain ones that mean the same."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: a cell for each column, and the numbers of the citations it rests on."""

    cells: tuple[str, ...]
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of an answer; `citations` are the numbers of the citations it rests on.

    Only a table has `columns` and `rows`; its `text` is the same as Markdown, marks included.
    """

    kind: PartKind
    text: str
    citations: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    wording: Wording | None = None
    """Of a sentence that a model wrote; None for our own lines and quotations."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a notice at their place: `quote` equals `text[start:end]` of the canonical text."""

    number: int
    kind: CitationKind
    provision_id: str
    notice_id: str
    document_number: str
    notice_title: str
    chapter: str
    measure_id: str
    measure_number: int | None
    measure_label: str
    measure_title: str
    quote: str
    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who is responsible for a measure that carries the answer; `role` as printed."""

    notice_id: str
    measure_id: str
    measure_number: int
    role: str
    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something asked for that the notice does not state."""

    ask: str
    subject: str
    measure_id: str | None


@dataclass(frozen=True, slots=True)
class ListItem:
    """One member of a list answer."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A counted answer: `value` of `of`; `of` is None where no whole was asked for."""

    value: int
    of: int | None


@dataclass(frozen=True, slots=True)
class Repair:
    """A word understood differently from how it was typed."""

    typed: str
    understood: str


@dataclass(frozen=True, slots=True)
class UnderstoodClause:
    """One thing that was asked: a value by an operation of its names, and the names taken over from before."""

    text: str
    value: str
    operation: str
    names: tuple[str, ...]
    inherited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """What was asked, clause by clause."""

    clauses: tuple[UnderstoodClause, ...]


@dataclass(frozen=True, slots=True)
class CitedNotice:
    """A notice as it was when it was cited; `hash` is the SHA-256 of its canonical text in UTF-8."""

    id: str
    hash: str


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds by step."""

    understand: float
    retrieve: float
    compose: float
    verify: float
    total: float
    write: float = 0.0
    """By a model."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that pages, programs and scorers read."""

    id: str
    question: str
    standalone_question: str
    language: str
    status: Status
    parts: tuple[Part, ...]
    citations: tuple[Citation, ...]
    responsibilities: tuple[Responsible, ...]
    missing: tuple[Missing, ...]
    items: tuple[ListItem, ...] | None
    count: Count | None
    repairs: tuple[Repair, ...]
    understood: Understood
    reply: str | None
    """The key of the fixed reply, where there is one."""
    composer: Composer
    degraded: Degraded | None
    corpus_version: str
    product_version: str
    notices: tuple[CitedNotice, ...]
    timings_ms: Timings

    @property
    def listed(self) -> tuple[ListItem, ...]:
        """The items to be shown as a list: none where the tables have a row for each, which rests on the same words."""
        items = self.items or ()
        rows = [set(row.citations) for part in self.parts for row in part.rows]
        is_tabled = len(rows) >= len(items) and all(any(row.issuperset(i.citations) for row in rows) for i in items)
        return () if is_tabled else items

    @property
    def text(self) -> str:
        """The parts joined as Markdown with `[n]` marks."""
        blocks = [_with_marks(part) for part in self.parts]
        if items := self.listed:
            written = max((n for n, part in enumerate(self.parts) if part.wording), default=0)
            blocks.insert(written + 1, write_items(items))
        return "\n\n".join(blocks)


def make_table(columns: Sequence[str], rows: Sequence[Row]) -> Part:
    """A table part, with its text and the citations of all its rows."""
    lines = [_write_row(columns), _write_row(["---"] * len(columns)), *(_write_row(r.cells, r.citations) for r in rows)]
    numbers = dict.fromkeys(n for row in rows for n in row.citations)
    return Part(PartKind.TABLE, "\n".join(lines), tuple(numbers), tuple(columns), tuple(rows))


def write_items(items: Sequence[ListItem]) -> str:
    """A numbered list; "" for none."""
    return "\n".join(f"{n}. {i.text}{mark_citations(i.citations)}" for n, i in enumerate(items, 1))


def mark_citations(numbers: Sequence[int]) -> str:
    """[1][2]"""
    return "".join(f"[{n}]" for n in numbers)


def _write_row(cells: Sequence[str], numbers: Sequence[int] = ()) -> str:
    """A line of a Markdown table, in which no cell can end its column or its row."""
    written = [_LINE_BREAKS.sub(" ", c).replace("\\", "\\\\").replace("|", "\\|") for c in cells]
    return f"| {' | '.join(written)}{mark_citations(numbers)} |"


def _with_marks(part: Part) -> str:
    if part.kind is PartKind.TABLE:
        return part.text
    marks = mark_citations(part.citations)
    if part.kind is PartKind.QUOTE:
        return f"> {part.text}{marks}"
    return f"{part.text}{marks}"
