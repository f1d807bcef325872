"""A recognised name at its place in a message."""

from dataclasses import dataclass
from enum import StrEnum


class SubjectKind(StrEnum):
    DEPARTMENT = "department"
    MEASURE = "measure"
    CHAPTER = "chapter"
    DOCUMENT = "document"
    TERM = "term"
    PLACE = "place"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Subject:
    """所指: a recognised name; `targets` are measure keys, chapter ids, department names, provision or notice ids."""

    kind: SubjectKind
    text: str
    start: int
    end: int
    targets: tuple[str, ...] = ()
    number: int | None = None
    is_lent: bool = False
