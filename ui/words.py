"""What the chat page and its answers say, Chinese and English; the words are data."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template

_WORDS = Path(__file__).parent / "data" / "words.toml"
LANGUAGES = ("zh", "en")


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def word(key: str, language: str, **fields: object) -> str:
    """A missing key or field is an error; a language that nobody wrote is answered in Chinese."""
    text = _table()[key][language if language in LANGUAGES else "zh"]
    return Template(text).substitute({name: str(value) for name, value in fields.items()})


def template_of(key: str, language: str) -> str:
    """With its $fields unfilled, for the script of the page."""
    return _table()[key][language]


def word_keys() -> frozenset[str]:
    return frozenset(_table())
