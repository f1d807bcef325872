"""Reads the JSON of an answer, whichever way it came, into what the scorers need."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError


@dataclass(frozen=True, slots=True)
class Score:
    """`value` runs from 0 to 1, None where the score does not apply; `reason` says what was missing or wrong."""

    name: str
    value: float | None
    reason: str = ""

    @property
    def is_full(self) -> bool:
        """True also where the score does not apply: nothing was demanded."""
        return self.value is None or self.value >= 1.0


def share(name: str, wanted: int, lacking: list[str]) -> Score:
    """The share of what is wanted that is not lacking."""
    if not wanted:
        return Score(name, None)
    return Score(name, (wanted - len(lacking)) / wanted, "、".join(lacking))


OWN_KINDS = frozenset({"direct", "correction", "missing", "note"})
"""Parts in our own words; departments and tables are ours too, but state facts of one form only."""


class BadReply(Exception):
    """The JSON is not an answer of the documented form; the message names the field."""


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ReplyRow(_Read):
    cells: tuple[str, ...]
    citations: tuple[int, ...] = ()


class ReplyPart(_Read):
    kind: str
    text: str
    citations: tuple[int, ...] = ()
    rows: tuple[ReplyRow, ...] = ()


class ReplyCitation(_Read):
    number: int
    kind: str
    notice_id: str
    measure_id: str | None = None
    measure_number: int | None = None
    quote: str
    start: int
    end: int


class ReplyResponsible(_Read):
    measure_id: str | None = None
    measure_number: int | None = None
    role: str
    departments: tuple[str, ...]


class ReplyItem(_Read):
    text: str
    citations: tuple[int, ...] = ()


class ReplyCount(_Read):
    value: int
    of: int | None = None


class ReplyMissing(_Read):
    ask: str
    subject: str = ""


class Reply(_Read):
    """The fields of an answer that are scored; kinds that are not known here are read and count for nothing."""

    status: str
    answer: str
    reply: str | None = None
    parts: tuple[ReplyPart, ...]
    citations: tuple[ReplyCitation, ...]
    responsibilities: tuple[ReplyResponsible, ...] = ()
    missing: tuple[ReplyMissing, ...] = ()
    items: tuple[ReplyItem, ...] | None = None
    count: ReplyCount | None = None

    def parts_of(self, *kinds: str) -> Iterator[ReplyPart]:
        return (part for part in self.parts if part.kind in kinds)

    def texts_of(self, *kinds: str) -> tuple[str, ...]:
        return tuple(part.text for part in self.parts_of(*kinds))

    def own_texts(self) -> tuple[str, ...]:
        """All our own words in which a fact may stand."""
        return (*self.texts_of("direct", "correction", "departments", "table"), *(i.text for i in self.items or ()))

    def cited_by(self, numbers: tuple[int, ...]) -> tuple[ReplyCitation, ...]:
        return tuple(c for c in self.citations if c.number in numbers)

    @property
    def is_listed(self) -> bool:
        """The answer goes on below its first line in items or rows."""
        return bool(self.items) or any(True for _ in self.parts_of("table"))


def read_reply(answer: Mapping[str, Any]) -> Reply:
    try:
        return Reply.model_validate(answer)
    except ValidationError as error:
        fields = "、".join(dict.fromkeys(".".join(str(p) for p in e["loc"]) for e in error.errors()))
        raise BadReply(f"回答的 JSON 不符合约定，字段：{fields}") from error
