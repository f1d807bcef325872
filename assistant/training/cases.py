"""Reads the questions that models learn from; questions kept for measuring are refused."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, StrictBool, ValidationError

from assistant.answer import Status

_KEPT_FOLDERS = frozenset({"held", "blind"})


class CasesRefused(Exception):
    """A file cannot be read or must not be learnt from; the message names file, line and reason."""


class LearntCase(BaseModel):
    """What training reads of a line of an evaluation; `status` holds the right ones, () where `answerable` says it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    question: str
    kind: str
    answerable: StrictBool | Literal["partly"] | None
    history: tuple[str, ...] = ()
    status: tuple[Status, ...] = ()
    measures: tuple[int, ...] = ()
    clauses: tuple[str, ...] = ()
    blind: bool = False


def read_cases(paths: Sequence[Path]) -> tuple[LearntCase, ...]:
    """Nothing is read before every path is known to be allowed."""
    for path in paths:
        _refuse_kept(path)
    return tuple(case for path in paths for case in _read_file(path))


def _refuse_kept(path: Path) -> None:
    kept = _KEPT_FOLDERS.intersection([*path.parent.parts, *path.resolve().parent.parts])
    if kept:
        raise CasesRefused(
            f"{path} 在文件夹 {min(kept)} 里：这些题只用来测量，学过就量不出对新题的把握。请换成别的题目文件。"
        )


def _read_file(path: Path) -> Iterator[LearntCase]:
    for number, line in enumerate(_read_lines(path), 1):
        if not line.strip():
            continue
        try:
            case = LearntCase.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            raise CasesRefused(f"{path} 第 {number} 行：{'.'.join(map(str, first['loc']))} {first['msg']}") from error
        if case.blind:
            raise CasesRefused(f"{path} 第 {number} 行标着 blind：这道题只用来测量，不能拿来训练。请从文件里删去。")
        yield case


def _read_lines(path: Path) -> Iterable[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CasesRefused(f"{path} 读不出来（{error}）。请检查路径和编码（UTF-8）。") from error
