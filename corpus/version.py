"""One published version of the corpus on disk: its files, its manifest and the pointer that names the current one."""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from corpus.embedding.embed import Vector
from corpus.language.readings import Readings
from corpus.notice import Notice
from corpus.search.vectors import Passage

T = TypeVar("T")

_POINTER = "current"
_NOTICES = TypeAdapter(tuple[Notice, ...])
REBUILD = "请运行 python -m ingest build 重建索引。"


class CorpusNotBuilt(Exception):
    """There is no usable published version; the message gives the command that builds one."""


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was there and did not become a notice; `digest` is "" where it could not even be read."""

    name: str
    digest: str
    reason: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version says about itself.

    `identity` hashes ids, texts and vectors, `sources` has a hash by file name, `reader` hashes the code and tables
    that read the files.
    """

    identity: str
    embedder: str
    sources: dict[str, str]
    passages: int
    built_at: str
    reader: str = ""
    refused: tuple[RefusedFile, ...] = ()


_MANIFEST = TypeAdapter(Manifest)
PASSAGES = TypeAdapter(tuple[Passage, ...])
TEXTS = TypeAdapter(dict[str, str])
TERMS = TypeAdapter(dict[str, list[str]])
WORDS = TypeAdapter(list[str])
READINGS = TypeAdapter(Readings)


@dataclass(frozen=True, slots=True)
class VersionFiles:
    """The paths inside a version folder."""

    folder: Path

    @property
    def manifest(self) -> Path:
        return self.folder / "manifest.json"

    @property
    def notices(self) -> Path:
        return self.folder / "notices.json"

    @property
    def texts(self) -> Path:
        return self.folder / "texts.json"

    @property
    def terms(self) -> Path:
        return self.folder / "terms.json"

    @property
    def words(self) -> Path:
        return self.folder / "words.json"

    @property
    def readings(self) -> Path:
        return self.folder / "readings.json"

    @property
    def passages(self) -> Path:
        return self.folder / "passages.json"

    @property
    def keywords(self) -> Path:
        return self.folder / "keywords"

    @property
    def notice_keywords(self) -> Path:
        return self.folder / "notice_keywords"

    @property
    def vectors(self) -> Path:
        return self.folder / "vectors"

    @property
    def embedded(self) -> Path:
        """The vectors as the embedder made them, in the order of the passages."""
        return self.folder / "embedded.npy"


def compute_identity(passages: Sequence[Passage], texts: dict[str, str], vectors: Vector | None) -> str:
    digest = hashlib.sha256()
    for passage in passages:
        digest.update(f"{passage.id}\x1f{passage.text}\x1e".encode())
    for notice_id, text in sorted(texts.items()):
        digest.update(f"{notice_id}\x1f{text}\x1e".encode())
    if vectors is not None:
        digest.update(vectors.round(4).tobytes())
    return digest.hexdigest()[:16]


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def read_json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CorpusNotBuilt(f"索引文件 {path} 缺失或损坏。{REBUILD}") from error


def read_as(path: Path, kind: TypeAdapter[T]) -> T:
    """The value of this kind that the file holds."""
    try:
        return kind.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise CorpusNotBuilt(f"索引文件 {path} 缺失或损坏。{REBUILD}") from error


def write_notices(path: Path, notices: Sequence[Notice]) -> None:
    path.write_bytes(_NOTICES.dump_json(tuple(notices), indent=1))


def read_notices(path: Path) -> tuple[Notice, ...]:
    return read_as(path, _NOTICES)


def write_manifest(path: Path, manifest: Manifest) -> None:
    path.write_bytes(_MANIFEST.dump_json(manifest, indent=1))


def read_manifest(folder: Path) -> Manifest:
    return read_as(VersionFiles(folder).manifest, _MANIFEST)


def current_version(index_folder: Path) -> Path:
    """The folder that the pointer names."""
    pointer = index_folder / _POINTER
    try:
        name = pointer.read_text(encoding="utf-8", errors="replace").strip()
    except OSError as error:
        raise CorpusNotBuilt(f"还没有建立索引（{pointer} 不存在）。请先运行 python -m ingest build。") from error
    folder = index_folder / name
    if not name or name.startswith(".") or "/" in name or not folder.is_dir():
        raise CorpusNotBuilt(f"索引指针 {pointer} 指向的版本“{name}”不存在。{REBUILD}")
    return folder


def switch_version(index_folder: Path, name: str) -> None:
    """Replaces the pointer in one step, so that readers see the old version or the new one, never neither."""
    fresh = index_folder / f".{_POINTER}.{os.getpid()}"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(name)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(index_folder / _POINTER)


def list_versions(index_folder: Path) -> list[Path]:
    """Complete versions, oldest first; a draft that a crash left behind is none."""
    if not index_folder.is_dir():
        return []
    folders = (f for f in index_folder.iterdir() if f.is_dir() and not f.name.startswith("."))
    return sorted(f for f in folders if VersionFiles(f).manifest.is_file())
