"""Every word we say by rote or to a model: phrases, fixed replies, prompts."""

import re
import tomllib
from functools import cache
from pathlib import Path
from string import Template

_BETWEEN = re.compile(r"\$\w+|[，；：。“”《》、]")
_FOLDER = Path(__file__).parent


@cache
def _table(name: str) -> dict[str, dict[str, str]]:
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def phrase(key: str, language: str, **fields: object) -> str:
    """A sentence of the quoting composer with its fields filled in; a missing field is an error."""
    return Template(_table("phrases")[key][language]).substitute({k: str(v) for k, v in fields.items()})


def reply(key: str, language: str, **fields: object) -> str:
    """A fixed reply with its fields filled in."""
    return Template(_table("replies")[key][language]).substitute({k: str(v) for k, v in fields.items()})


def listed(key: str, language: str, **fields: object) -> str:
    """A piece of what lists say, with its fields filled in; English has words of its own where the count is one."""
    row = _table("lists")[key]
    text = row.get("one", row[language]) if language == "en" and fields.get("count") == 1 else row[language]
    return Template(text).substitute({k: str(v) for k, v in fields.items()})


def phrase_keys() -> frozenset[str]:
    return frozenset(_table("phrases"))


def label(group: str, key: str, language: str) -> str:
    """A word from a table of labels, such as the name of an ask."""
    return _table(group)[key][language]


def label_keys(group: str) -> frozenset[str]:
    return frozenset(_table(group))


def prompt(name: str, **fields: object) -> str:
    """A prompt for a model, from the Markdown file of that name; a missing field is an error."""
    text = (_FOLDER / f"{name}.md").read_text(encoding="utf-8")
    return Template(text).substitute({k: str(v) for k, v in fields.items()})


@cache
def fragments(language: str) -> tuple[str, ...]:
    """What our own sentences say by rote between their fields and marks, the longest first."""
    pieces = (p for row in _table("phrases").values() for p in _BETWEEN.split(row[language]))
    return tuple(sorted({p.strip() for p in pieces if p.strip()}, key=len, reverse=True))


def english(key: str, **fields: object) -> str:
    """What an English line says around glosses and printed words, with its fields filled in."""
    return Template(_table("english")["lines"][key]).substitute({k: str(v) for k, v in fields.items()})


@cache
def english_lines() -> tuple[str, ...]:
    """The lines of `english` with their fields."""
    return tuple(_table("english")["lines"].values())


def phrase_words(key: str, language: str) -> tuple[str, ...]:
    """What a sentence says by rote, between its fields."""
    return tuple(_BETWEEN.split(_table("phrases")[key][language]))
