"""What the card and its warnings say; the words are data."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template

_WORDS = Path(__file__).parents[1] / "data" / "card.toml"


def word(table: str, key: str, **fields: object) -> str:
    """A missing key or field is an error."""
    return Template(word_table(table)[key]).substitute({name: str(value) for name, value in fields.items()})


def word_table(table: str) -> Mapping[str, str]:
    """In the order of the file."""
    return _tables()[table]


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))
