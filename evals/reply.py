"""Reads the JSON of an answer, whichever way it came, into what the scorers need."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import CitationKind, PartKind, Status


class BadReply(Exception):
    """The JSON is not an answer of the documented form; the message names the field."""


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ReplyPart(_Read):
    kind: PartKind
    text: str
    citations: tuple[int, ...] = ()


class ReplyCitation(_Read):
    number: int
    kind: CitationKind
    notice_id: str
    measure_id: str | None = None
    measure_number: int | None = None
    measure_label: str = ""
    measure_title: str = ""
    document_number: str = ""
    quote: str
    start: int
    end: int

    @property
    def place(self) -> str:
        """Where the words stand, as one would cite them."""
        measure = f"第{self.measure_label}条“{self.measure_title}”" if self.measure_label else ""
        return f"{self.document_number} {measure}".strip()


class ReplyResponsible(_Read):
    measure_id: str
    measure_number: int | None = None
    role: str
    departments: tuple[str, ...]


class ReplyItem(_Read):
    text: str
    citations: tuple[int, ...] = ()


class ReplyCount(_Read):
    value: int
    of: int | None = None


class ReplyMatch(_Read):
    """A measure that was found; best first in the reply."""

    notice_id: str
    measure_id: str
    measure_number: int


class ReplyDropped(_Read):
    """A part that verification took out."""

    part: str
    reason: str


class ReplyReading(_Read):
    """How the question was read."""

    asks: tuple[str, ...]
    subjects: tuple[str, ...]


class Reply(_Read):
    """The fields of an answer that are scored; the last three are None where it came from a service."""

    status: Status
    answer: str
    standalone_question: str | None = None
    parts: tuple[ReplyPart, ...]
    citations: tuple[ReplyCitation, ...]
    responsibilities: tuple[ReplyResponsible, ...] = ()
    items: tuple[ReplyItem, ...] | None = None
    count: ReplyCount | None = None
    matches: tuple[ReplyMatch, ...] | None = None
    dropped: tuple[ReplyDropped, ...] | None = None
    understood: ReplyReading | None = None

    def texts_of(self, *kinds: PartKind) -> tuple[str, ...]:
        return tuple(part.text for part in self.parts if part.kind in kinds)

    def item_texts(self) -> tuple[str, ...]:
        return tuple(item.text for item in self.items or ())

    def quotes_of(self, numbers: tuple[int, ...]) -> tuple[str, ...]:
        """The quotations behind citation numbers; unknown numbers have none."""
        return tuple(c.quote for c in self.citations if c.number in numbers)


def read_reply(answer: Mapping[str, Any]) -> Reply:
    try:
        return Reply.model_validate(answer)
    except ValidationError as error:
        fields = "、".join(dict.fromkeys(".".join(str(p) for p in e["loc"]) for e in error.errors()))
        raise BadReply(f"回答的 JSON 不符合约定，字段：{fields}") from error
