"""Reads other people's questions and texts: JSON Lines in a folder that is named at each run and never shipped."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas

from corpus.embedding.embed import Embedder

# By file: its columns and the fields of a row that they fill.
_COLUMNS = {
    "policy_documents": {"docid": "id", "text": "text"},
    "policy_questions": {"id": "id", "question": "text", "answer": "answer", "docid": "source", "alt_docids": "right"},
    "policy_questions_unanswerable": {"id": "id", "question": "text"},
    "stard_articles": {"id": "id", "name": "name", "content": "text"},
    "stard_questions_train": {"query_id": "id", "question": "text", "gold": "right"},
    "adversarial_prompts": {"id": "id", "category": "name", "prompt": "text"},
}


class DataError(Exception):
    """A file of the folder is missing or wrong; the message names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question, or a text that answers questions; `right` and `source` name the texts that hold its `answer`."""

    id: str
    text: str
    name: str = ""
    answer: str = ""
    source: str = ""
    right: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows chosen from `whole` many."""

    rows: tuple[Row, ...]
    whole: int

    @property
    def is_part(self) -> bool:
        return len(self.rows) < self.whole

    def count(self, unit: str) -> str:
        return f"抽样 {len(self.rows):,} / {self.whole:,} {unit}" if self.is_part else f"{self.whole:,} {unit}"


@dataclass(frozen=True, slots=True)
class Plan:
    """`sample` is the number of questions of each part, None for all; the folder `cache` outlives the run.

    With `obeys` a model that does whatever it is told answers the prompts.
    """

    data: Path
    cache: Path
    embedder: Embedder
    sample: int | None = None
    obeys: bool = False

    def draw(self, name: str) -> Sample:
        return take_sample(read_rows(self.data, name), self.sample)


def read_rows(folder: Path, name: str) -> tuple[Row, ...]:
    """All of the file of that name, packed or not; line ends become those of canonical texts."""
    columns = _COLUMNS[name]
    path = next((p for s in (".jsonl", ".jsonl.gz") if (p := folder / f"{name}{s}").is_file()), None)
    if path is None:
        raise DataError(f"{folder} 里没有 {name}.jsonl 或 {name}.jsonl.gz。请用 --data 指明数据文件夹。")
    try:
        frame = pandas.read_json(path, lines=True, dtype=False)
    except (OSError, EOFError, ValueError) as error:
        raise DataError(f"{path} 读不出来（{error}）。") from error
    if lacking := [name for name in columns if name not in frame or frame[name].isna().any()]:
        raise DataError(f"{path} 是空的，或者有些行没有 {lacking[0]}。")
    frame = frame[list(columns)].rename(columns=columns).astype({"id": str})
    return tuple(Row(**row) for row in frame.replace({"text": r"\r\n?"}, "\n", regex=True).to_dict("records"))


def take_sample(rows: Sequence[Row], size: int | None, always: Collection[str] = ()) -> Sample:
    """The same rows at every run, in their own order, and among them all with these ids; all rows where `size` is None."""
    others = [row.id for row in rows if row.id not in always]
    order = sorted(range(len(others)), key=lambda i: hashlib.sha256(str(i).encode()).digest())
    most = len(rows) if size is None else max(0, size - len(always))
    kept = {others[i] for i in order[:most]}.union(always)
    return Sample(tuple(row for row in rows if row.id in kept), len(rows))
