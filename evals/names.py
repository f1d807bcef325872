"""What kinds, scores, steps, statuses and asks are called in reports."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

NAMES_FILE = Path(__file__).parent / "names.toml"


@cache
def _read_names() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(NAMES_FILE.read_text(encoding="utf-8"))


def name_kind(kind: str) -> str:
    return _read_names()["kinds"].get(kind, kind)


def name_kinds(text: str) -> str:
    """The text with every kind in it by its name."""
    kinds = sorted(_read_names()["kinds"], key=len, reverse=True)
    return re.sub(rf"\b({'|'.join(kinds)})\b ?", lambda match: name_kind(match[1]), text)


def name_score(score: str) -> str:
    return _read_names()["scores"].get(score, score)


def name_ask(ask: str) -> str:
    return _read_names()["asks"].get(ask, ask)


def name_step(step: str) -> str:
    return _read_names()["steps"].get(step, step)


def name_status(status: str | None) -> str:
    return _read_names()["statuses"].get(status, status) if status else "没有回答"


def name_statuses(text: str) -> str:
    """The text with every status in it by its quoted name."""
    statuses = _read_names()["statuses"]
    return re.sub(rf" ?\b({'|'.join(statuses)})\b", lambda match: f"“{statuses[match[1]]}”", text)


def score_order() -> tuple[str, ...]:
    """The named scores in the order of their columns."""
    return tuple(_read_names()["scores"])


def write_share(value: float | None) -> str:
    """A percentage that says 100% only where nothing is missing."""
    if value is None:
        return "–"
    return "100%" if value == 1 else f"{min(value, 0.999):.1%}"
