"""Reads the sentences of a model's reply while it is written, whatever is written around them."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationError

PRINTED, READING = "原文", "解读"
_OBJECT = re.compile(r"\{[^{}]*\}")
_HELD = re.compile(r'"held"\s*:\s*(true|false)')
_LONGEST = 300
_MOST_NUMBERS = 8


class _Sentence(BaseModel):
    """One sentence as a model writes it."""

    text: Annotated[str, Field(min_length=2, max_length=_LONGEST)]
    sources: Annotated[list[int], Field(max_length=_MOST_NUMBERS)]
    kind: Literal["原文", "解读"] = "解读"


class _Answer(BaseModel):
    """A whole reply; `held` says whether the grounds hold the answer."""

    held: bool
    sentences: list[_Sentence]


SCHEMA: Mapping[str, object] = _Answer.model_json_schema()
"""What an endpoint that knows schemas is asked to keep to."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a model: the numbers of the grounds it names, and whether it claims to be in printed words."""

    text: str
    numbers: tuple[int, ...]
    is_printed: bool


@dataclass(slots=True)
class Reply:
    """A reply while it comes in: `held` once it is said, `seen` is whether any sentence could be read."""

    held: bool = True
    seen: bool = False

    def read(self, pieces: Iterable[str]) -> Iterator[Said]:
        """The sentences as soon as each is whole; what is no sentence is passed over."""
        written, at = "", 0
        for piece in pieces:
            written += piece
            while match := _OBJECT.search(written, at):
                at = match.end()
                if (said := _read(match.group())) is not None:
                    self.seen = True
                    yield said
        if match := _HELD.search(written):
            self.held = match[1] == "true"
            self.seen = True


def _read(text: str) -> Said | None:
    try:
        sentence = _Sentence.model_validate(json.loads(text))
    except (ValueError, ValidationError, RecursionError):
        return None
    words = " ".join(sentence.text.split())
    return Said(words, tuple(dict.fromkeys(sentence.sources)), sentence.kind == PRINTED)
