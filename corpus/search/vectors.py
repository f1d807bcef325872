"""Keeps passages by meaning in embedded Chroma; `corpus/search/llama_store.py` opens the same folder for llama-index."""

import shutil
import tempfile
import weakref
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.types import Where
from chromadb.config import Settings
from chromadb.errors import ChromaError

from corpus.embedding.embed import Vector

COLLECTION = "passages"
NOTICE = "notice_id"
"""The one field that every passage carries beside its text."""

_BATCH = 500
_REBUILD = "请运行 python -m ingest build 重建。"


class VectorsDamaged(Exception):
    """The vector index cannot be read; the message gives the command that rebuilds it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One entry of the index: a provision or a measure as a whole."""

    id: str
    notice_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """A passage found by meaning; `similarity` is the cosine."""

    id: str
    similarity: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """A search with what it found."""

    vector: Vector
    limit: int
    notice_ids: tuple[str, ...]
    found: tuple[Near, ...]


def write_vectors(folder: Path, passages: Sequence[Passage], vectors: Vector) -> None:
    """Creates a new index in an empty folder."""
    try:
        count = _add_all(folder, passages, vectors)
    except (ValueError, ChromaError) as error:
        raise VectorsDamaged(f"向量索引无法写入（{error}）。{_REBUILD}") from error
    if count != len(passages):
        raise VectorsDamaged(f"向量索引只写入了 {count} / {len(passages)} 条。{_REBUILD}")


def _add_all(folder: Path, passages: Sequence[Passage], vectors: Vector) -> int:
    with closing(_open_client(folder)) as client:
        collection = client.create_collection(COLLECTION, metadata={"hnsw:space": "cosine"}, embedding_function=None)
        for begin in range(0, len(passages), _BATCH):
            batch = passages[begin : begin + _BATCH]
            collection.add(
                ids=[p.id for p in batch],
                embeddings=vectors[begin : begin + _BATCH],
                documents=[p.text for p in batch],
                metadatas=[{NOTICE: p.notice_id} for p in batch],
            )
        return int(collection.count())


class VectorIndex:
    """A private copy of a published index, because opening a Chroma folder rewrites files in it."""

    def __init__(self, folder: Path) -> None:
        self._copy = tempfile.TemporaryDirectory(prefix="policy-vectors-")
        try:
            shutil.copytree(folder, self._copy.name, dirs_exist_ok=True)
            client = _open_client(Path(self._copy.name))
            # Chroma keeps a client's files open until it is told otherwise.
            weakref.finalize(self, client.close)
            self._collection = client.get_collection(COLLECTION, embedding_function=None)
            self.count = self._collection.count()
            self._last: _Asked | None = None
        except (OSError, ValueError, ChromaError) as error:
            raise VectorsDamaged(f"向量索引无法读取（{error}）。{_REBUILD}") from error

    def nearest(self, vector: Vector, limit: int, notice_ids: Sequence[str] = ()) -> tuple[Near, ...]:
        """The passages nearest in meaning, best first."""
        wanted = min(limit, self.count)
        if wanted < 1:
            return ()
        last = self._last
        if last and last.vector is vector and (last.limit, last.notice_ids) == (wanted, tuple(notice_ids)):
            # The clauses of one message share its vector.
            return last.found
        try:
            result = self._collection.query(
                query_embeddings=vector[None],
                n_results=wanted,
                where=_within(notice_ids),
                # Documents and metadata would cost four times as much as ids and distances.
                include=["distances"],
            )
        except ChromaError as error:
            raise VectorsDamaged(f"向量索引无法检索（{error}）。{_REBUILD}") from error
        distances = (result["distances"] or [[]])[0]
        found = tuple(Near(i, 1.0 - d) for i, d in zip(result["ids"][0], distances, strict=True))
        self._last = _Asked(vector, wanted, tuple(notice_ids), found)
        return found

    def read(self, ids: Sequence[str]) -> Vector:
        """The stored vectors of these passages, in their order."""
        found = self._collection.get(ids=list(ids), include=["embeddings"])
        embeddings = found["embeddings"]
        rows = dict(zip(found["ids"], embeddings if embeddings is not None else (), strict=True))
        if missing := [i for i in ids if i not in rows]:
            raise VectorsDamaged(f"向量索引缺少 {missing[0]} 等 {len(missing)} 条。{_REBUILD}")
        return np.asarray([rows[i] for i in ids], dtype=np.float32)


def _within(notice_ids: Sequence[str]) -> Where | None:
    return cast(Where, {NOTICE: {"$in": list(notice_ids)}}) if notice_ids else None


def _open_client(folder: Path) -> Client:
    return cast(Client, chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False)))
