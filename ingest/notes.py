"""Reads the toml file beside a notice: what the operator knows and the text does not print, checked against a schema."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from corpus.operator import Correction, EnglishTerm, EverydayWord, OperatorNotes
from ingest.load import UnreadableFile

SUFFIX = ".toml"
_Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
_Long = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
_LINE = re.compile(r"at line (\d+)")
# By the kind of pydantic's error.
_REASONS = {
    "extra_forbidden": "不认识这个键",
    "missing": "缺少这一项",
    "string_type": "要写成带引号的文字",
    "string_too_short": "不能是空的",
    "string_too_long": "太长",
    "bool_type": "要写成 true 或 false，不加引号",
    "date_type": "要写成日期，如 2025-01-31，不加引号",
    "dict_type": "要写成一组“词 = \"原文里的词\"”",
    "tuple_type": "要写成 [[corrections]]",
    "model_type": "要写成 [[corrections]]",
}  # fmt: skip
_PATTERNS = {"id": "只能用小写字母、数字和连字符", "telephone": "要有电话号码"}


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Correction(_Table):
    printed: _Long
    right: _Long
    reason: _Long


class _Notes(_Table):
    """The keys that may stand in the file."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=80)] = ""
    title: _Short = ""
    issuer: _Short = ""
    issued: date | None = None
    in_force: bool | None = None
    expires: date | None = None
    repealed_by: _Short = ""
    telephone: Annotated[_Short, StringConstraints(pattern=r"\d{3}")] = ""
    words: dict[_Short, _Short] = {}
    near_words: dict[_Short, _Short] = {}
    english: dict[_Short, _Short] = {}
    glosses: dict[_Short, _Short] = {}
    corrections: Annotated[tuple[_Correction, ...], Field(strict=False)] = ()


def find_notes(notice: Path) -> Path | None:
    """The file beside a notice, if there is one."""
    path = notice.with_suffix(SUFFIX)
    return path if path.is_file() else None


def read_notes(path: Path, text: str) -> OperatorNotes:
    """`text` is the canonical text of the notice; the terms that words stand for must be printed in it.

    Raises UnreadableFile, which names the file, the key and the reason.
    """
    notes = _check(path, _load(path))
    if notes.in_force and notes.repealed_by:
        raise _refuse(path, _name_key(["in_force"]), "写了 true，又写了 repealed_by，互相矛盾")
    _check_printed(path, notes, re.sub(r"\s+", "", text))
    return OperatorNotes(
        id=notes.id,
        title=notes.title,
        issuer=notes.issuer,
        issued=notes.issued,
        in_force=notes.in_force,
        expires=notes.expires,
        repealed_by=notes.repealed_by,
        telephone=notes.telephone,
        words=(
            *(EverydayWord(said, printed) for said, printed in notes.words.items()),
            *(EverydayWord(said, printed, is_same=False) for said, printed in notes.near_words.items()),
        ),
        english=tuple(EnglishTerm(english, chinese) for english, chinese in notes.english.items()),
        glosses=tuple(EnglishTerm(english, chinese) for chinese, english in notes.glosses.items()),
        corrections=tuple(Correction(c.printed, c.right, c.reason) for c in notes.corrections),
    )


def _load(path: Path) -> dict[str, Any]:
    try:
        # Without the last line break a fault in the last line would be one "at end of document".
        return tomllib.loads(path.read_text(encoding="utf-8-sig") + "\n")
    except OSError as error:
        raise UnreadableFile(f"{path}：无法读取（{error.strerror}）。请检查路径和权限。") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path}：不是 UTF-8 编码。请另存为 UTF-8 文本文件。") from error
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        place = f"第 {line[1]} 行" if line else "末尾"
        advice = "请写成“键 = \"值\"”，有空格或汉字的键也要加引号，同一个键只写一次。"  # fmt: skip
        raise UnreadableFile(f"{path}：{place}不合 TOML 的写法。{advice}") from error


def _check(path: Path, found: dict[str, Any]) -> _Notes:
    try:
        return _Notes.model_validate(found)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        keys = [key for key in fault["loc"] if key != "[key]"]
        reason = _REASONS.get(fault["type"], "写法不对")
        if fault["type"] == "string_pattern_mismatch":
            reason = _PATTERNS[str(keys[0])]
        raise _refuse(path, _name_key(keys), reason) from error


def _check_printed(path: Path, notes: _Notes, printed: str) -> None:
    glossed = {chinese: chinese for chinese in notes.glosses}
    tables = {"words": notes.words, "near_words": notes.near_words, "english": notes.english, "glosses": glossed}
    for table, words in tables.items():
        for said, term in words.items():
            if re.sub(r"\s+", "", term) not in printed:
                raise _refuse(path, _name_key([table, said]), f"通知原文里没有“{term}”")
    for number, correction in enumerate(notes.corrections):
        if re.sub(r"\s+", "", correction.printed) not in printed:
            key = _name_key(["corrections", number, "printed"])
            raise _refuse(path, key, f"通知原文里没有“{correction.printed}”")


def _name_key(keys: list[int | str]) -> str:
    """corrections, 1, right → corrections 第 2 项 right."""
    return " ".join(f"第 {key + 1} 项" if isinstance(key, int) else f"“{key}”" for key in keys)


def _refuse(path: Path, key: str, reason: str) -> UnreadableFile:
    return UnreadableFile(f"{path}：{key}：{reason}。请改正后重试；可以写的键见 README“加一份通知”。")
