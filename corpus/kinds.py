"""The values that a notice may print, and how each is printed: the rows of kinds.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "kinds.toml"
_PIECES = "pieces"
_PIECE = re.compile("«([a-z_]+)»")
_TEXTS = ("typed", "each", "heads", "lead_in")
_LISTS = ("signs", "patterns", "shown_by", "near")
_FLAGS = ("wide", "on_demand")
_FACTS = frozenset(
    "amounts supports responsibilities actors terms references validity "
    "title_at document_number issuer issued_on addressee items measures preamble values".split()
)


class BadKind(Exception):
    """A row of the table that cannot be read; the message names the file and the key."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One value: `typed` names the fact that holds it, else `patterns` find it in the words of a notice.

    The other fields are as the head of the table explains them.
    """

    key: str
    typed: str = ""
    patterns: tuple[re.Pattern[str], ...] = ()
    signs: tuple[str, ...] = ()
    each: re.Pattern[str] | None = None
    heads: re.Pattern[str] | None = None
    lead_in: re.Pattern[str] | None = None
    is_wide: bool = False
    shown_by: tuple[str, ...] = ()
    is_on_demand: bool = False
    near: tuple[re.Pattern[str], ...] = ()


@cache
def load_kinds(path: Path = _TABLE) -> tuple[Kind, ...]:
    """In the order of the table; raises `BadKind`."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadKind(f"{path}：读不出这张表（{error}）。请改正后再试。") from error
    pieces = table.pop(_PIECES, {})
    return tuple(_read_kind(path, key, row, pieces) for key, row in table.items())


@cache
def kind_of(key: str) -> Kind:
    """The row of this key; KeyError where there is none."""
    return {kind.key: kind for kind in load_kinds()}[key]


def kind_keys() -> frozenset[str]:
    return frozenset(kind.key for kind in load_kinds())


def _read_kind(path: Path, key: str, row: object, pieces: Mapping[str, str]) -> Kind:
    if not isinstance(row, dict):
        raise BadKind(f"{path}：[{key}] 不是一行。请写成 [{key}] 下的若干键值。")
    _check(path, key, row)

    def pattern(name: str) -> re.Pattern[str] | None:
        return _compile(path, key, row[name], pieces) if name in row else None

    return Kind(
        key,
        row.get("typed", ""),
        tuple(_compile(path, key, text, pieces) for text in row.get("patterns", ())),
        tuple(row.get("signs", ())),
        pattern("each"),
        pattern("heads"),
        pattern("lead_in"),
        row.get("wide", False),
        tuple(row.get("shown_by", ())),
        row.get("on_demand", False),
        tuple(_compile(path, key, text, pieces) for text in row.get("near", ())),
    )


def _check(path: Path, key: str, row: Mapping[str, object]) -> None:
    """The row holds known names with values of their kind, and says in exactly one way how it is printed."""
    for name, value in row.items():
        is_right = (
            (name in _TEXTS and isinstance(value, str))
            or (name in _LISTS and isinstance(value, list) and all(isinstance(v, str) for v in value))
            or (name in _FLAGS and isinstance(value, bool))
        )
        if not is_right:
            raise BadKind(f"{path}：[{key}] 的 {name} 不认识或写法不对。可用的键见表头。")
    if ("typed" in row) == ("patterns" in row):
        raise BadKind(f"{path}：[{key}] 须写 typed 或 patterns，二者取一。")
    if "typed" in row and row["typed"] not in _FACTS:
        raise BadKind(f"{path}：[{key}] 的 typed = {row['typed']} 不是读出的事实。可用：{'、'.join(sorted(_FACTS))}。")


def _compile(path: Path, key: str, text: str, pieces: Mapping[str, str]) -> re.Pattern[str]:
    try:
        return re.compile(_fill(text, pieces))
    except (re.error, KeyError, RecursionError) as error:
        raise BadKind(f"{path}：[{key}] 的式子 {text} 有误（{error}）。请改正。") from error


def _fill(text: str, pieces: Mapping[str, str]) -> str:
    """With its «pieces» written out; a piece may hold others."""
    return _PIECE.sub(lambda m: f"(?:{_fill(pieces[m[1]], pieces)})", text)
