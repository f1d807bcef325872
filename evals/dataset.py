"""Reads other people's questions and texts: JSON Lines in a folder that is named at each run and never shipped."""

import gzip
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError


class DataError(Exception):
    """A file of the folder is missing or wrong; the message names file, line and reason."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Document(_Row):
    docid: str
    text: str


class PolicyQuestion(_Row):
    """`answer` is a span of the document; the documents of `alt_docids` are right too."""

    id: str
    question: str
    answer: str
    docid: str
    alt_docids: tuple[str, ...] = ()


class Twin(_Row):
    """A question of the same kind whose document is not among the documents."""

    id: str
    question: str


class Article(_Row):
    id: str
    name: str
    content: str


class StatuteQuestion(_Row):
    id: int = Field(validation_alias=AliasChoices("query_id", "id"))
    question: str
    gold: tuple[str, ...] = Field(min_length=1)


class AdversarialPrompt(_Row):
    id: str
    category: str
    prompt: str


Row = TypeVar("Row", bound=_Row)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The files by their names in the folder, packed or not."""

    folder: Path

    def documents(self) -> tuple[Document, ...]:
        return self._read("policy_documents", Document)

    def policy_questions(self) -> tuple[PolicyQuestion, ...]:
        return self._read("policy_questions", PolicyQuestion)

    def twins(self) -> tuple[Twin, ...]:
        return self._read("policy_questions_unanswerable", Twin)

    def articles(self) -> tuple[Article, ...]:
        return self._read("stard_articles", Article)

    def statute_questions(self) -> tuple[StatuteQuestion, ...]:
        return self._read("stard_questions_train", StatuteQuestion)

    def prompts(self) -> tuple[AdversarialPrompt, ...]:
        return self._read("adversarial_prompts", AdversarialPrompt)

    def _read(self, name: str, kind: type[Row]) -> tuple[Row, ...]:
        path = next((p for s in (".jsonl", ".jsonl.gz") if (p := self.folder / f"{name}{s}").is_file()), None)
        if path is None:
            raise DataError(f"{self.folder} 里没有 {name}.jsonl 或 {name}.jsonl.gz。请用 --data 指明数据文件夹。")
        rows: list[Row] = []
        for number, line in enumerate(_read_lines(path), 1):
            try:
                rows.append(kind.model_validate_json(line))
            except ValidationError as error:
                first = error.errors()[0]
                field = ".".join(map(str, first["loc"]))
                raise DataError(f"{path} 第 {number} 行：{field} {first['msg']}".replace("： ", "：")) from error
        if not rows:
            raise DataError(f"{path} 是空的。")
        return tuple(rows)


def _read_lines(path: Path) -> list[str]:
    try:
        content = path.read_bytes()
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise DataError(f"{path} 读不出来（{error}）。") from error
    return [line for line in text.split("\n") if line.strip()]


def take_sample(rows: Sequence[T], size: int | None) -> tuple[T, ...]:
    """The same rows at every run, in their own order; all where `size` is None or not smaller."""
    if size is None or size >= len(rows):
        return tuple(rows)
    order = sorted(range(len(rows)), key=lambda i: hashlib.sha256(str(i).encode()).digest())
    return tuple(rows[i] for i in sorted(order[:size]))
