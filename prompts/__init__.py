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
