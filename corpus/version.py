"""One published version of the corpus on disk: its files, its manifest and the pointer that names the current one."""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from corpus.embedding.embed import Vector
from corpus.language.readings import Readings
from corpus.notice import Notice
from corpus.operator import OperatorNotes
from corpus.search.vectors import Passage

T = TypeVar("T")

_POINTER = "current"
_OF_VECTORS = ("vectors/", "embedded.npy")
_NOTICES = TypeAdapter(tuple[Notice, ...])
REBUILD = "请运行 python -m ingest build 重建索引。"


class CorpusNotBuilt(Exception):
    """There is no usable published version; the message gives the command that builds one."""


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was there and did not become a notice; `digest` is "" where it could not even be read.

    `notes_digest` is that of the operator's file beside it, "" where there is none.
    """

    name: str
    digest: str
    reason: str
    notes_digest: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version says about itself.

    `identity` hashes ids, texts and vectors, `sources` has a hash by file name, `reader` hashes the code and tables
    that read the files, `files` has the SHA-256 of every other file of the version by its path inside the folder.
    """

    identity: str
    embedder: str
    sources: dict[str, str]
    passages: int
    built_at: str
    reader: str = ""
    refused: tuple[RefusedFile, ...] = ()
    files: dict[str, str] = field(default_factory=dict)


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
    def seal(self) -> Path:
        """The SHA-256 of the manifest's bytes."""
        return self.folder / "manifest.sha256"

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


def compute_identity(
    passages: Sequence[Passage], texts: dict[str, str], vectors: Vector | None, notices: Sequence[Notice] = ()
) -> str:
    """Of what can be read and shown: ids, texts, vectors, and what the operator says about the notices."""
    digest = hashlib.sha256()
    for passage in passages:
        digest.update(f"{passage.id}\x1f{passage.text}\x1e".encode())
    for notice_id, text in sorted(texts.items()):
        digest.update(f"{notice_id}\x1f{text}\x1e".encode())
    if vectors is not None:
        digest.update(vectors.round(4).tobytes())
    for notice in notices:
        if notice.operator is not None and (shown := notice.operator.without_words()) != OperatorNotes():
            digest.update(f"{notice.id}\x1f{shown}\x1e".encode())
    return digest.hexdigest()[:16]


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def read_json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _damaged(path) from error


def read_as(path: Path, kind: TypeAdapter[T]) -> T:
    """The value of this kind that the file holds."""
    try:
        return kind.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise _damaged(path) from error


def write_notices(path: Path, notices: Sequence[Notice]) -> None:
    path.write_bytes(_NOTICES.dump_json(tuple(notices), indent=1))


def read_notices(path: Path) -> tuple[Notice, ...]:
    return read_as(path, _NOTICES)


def write_manifest(path: Path, manifest: Manifest) -> None:
    """With its seal beside it."""
    content = _MANIFEST.dump_json(manifest, indent=1)
    path.write_bytes(content)
    VersionFiles(path.parent).seal.write_text(hashlib.sha256(content).hexdigest(), encoding="ascii")


def read_manifest(folder: Path) -> Manifest:
    files = VersionFiles(folder)
    try:
        is_sealed = files.seal.read_bytes() == _hash_file(files.manifest).encode()
    except OSError as error:
        raise _damaged(files.manifest) from error
    if not is_sealed:
        raise _damaged(files.manifest)
    return read_as(files.manifest, _MANIFEST)


def read_whole_manifest(folder: Path) -> Manifest:
    """Of a version that is as it was published in every byte."""
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    return manifest


def hash_files(folder: Path) -> dict[str, str]:
    """By path inside the folder; not of the manifest and its seal."""
    return {name: _hash_file(folder / name) for name in _list_files(folder)}


def check_files(folder: Path, manifest: Manifest, with_vectors: bool = True) -> None:
    """Whether the version holds the files that were published and no other; vectors only where they are used.

    Chroma rewrites the files of a folder that it opens, so it is only ever given a copy.
    """
    for name, digest in manifest.files.items():
        if not with_vectors and name.startswith(_OF_VECTORS):
            continue
        try:
            is_same = _hash_file(folder / name) == digest
        except OSError as error:
            raise _damaged(folder / name) from error
        if not is_same:
            raise _damaged(folder / name)
    if added := sorted(set(_list_files(folder)) - set(manifest.files)):
        raise CorpusNotBuilt(f"索引 {folder} 里多出了文件 {added[0]}。{REBUILD}")


def _list_files(folder: Path) -> list[str]:
    own = {VersionFiles(folder).manifest, VersionFiles(folder).seal}
    files = (p for p in folder.rglob("*") if p.is_file() and p not in own and not p.name.startswith("."))
    return sorted(p.relative_to(folder).as_posix() for p in files)


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _damaged(path: Path) -> CorpusNotBuilt:
    return CorpusNotBuilt(f"索引文件 {path} 缺失或损坏。{REBUILD}")


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
