"""Finds words that by themselves show what is asked, from a data file."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from assistant.query import Ask

_TABLE = Path(__file__).parent / "data" / "cues.toml"


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at its place in a masked question."""

    ask: Ask
    start: int
    end: int

    def overlaps(self, other: "Cue") -> bool:
        return self.start < other.end and other.start < self.end


@cache
def _patterns() -> tuple[tuple[Ask, re.Pattern[str]], ...]:
    with _TABLE.open("rb") as file:
        table = tomllib.load(file)
    return tuple(
        (Ask(ask), re.compile("|".join(f"(?:{p})" for p in rows), re.IGNORECASE)) for ask, rows in table.items()
    )


@lru_cache(maxsize=256)
def find_cues(masked: str) -> tuple[Cue, ...]:
    """All cues in reading order; they may overlap."""
    found = [Cue(ask, m.start(), m.end()) for ask, pattern in _patterns() for m in pattern.finditer(masked)]
    return tuple(sorted(found, key=lambda c: (c.start, -c.end)))
