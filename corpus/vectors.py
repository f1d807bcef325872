"""Keeps passages by meaning in embedded Chroma, through llama-index; sole user of both."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import chromadb
import numpy as np
from chromadb.errors import ChromaError
from llama_index.core.schema import TextNode
from llama_index.core.vector_stores import FilterOperator, MetadataFilter, MetadataFilters, VectorStoreQuery
from llama_index.vector_stores.chroma import ChromaVectorStore

from corpus.embed import Vector

_COLLECTION = "passages"
_BATCH = 500


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


def write_vectors(folder: Path, passages: Sequence[Passage], vectors: Vector) -> None:
    """Creates a new index in an empty folder."""
    client = _open_client(folder)
    collection = client.create_collection(_COLLECTION, metadata={"hnsw:space": "cosine"}, embedding_function=None)
    store = ChromaVectorStore(chroma_collection=collection)
    for begin in range(0, len(passages), _BATCH):
        batch = zip(passages[begin : begin + _BATCH], vectors[begin : begin + _BATCH], strict=True)
        store.add(
            [TextNode(id_=p.id, text=p.text, embedding=v.tolist(), metadata={"notice_id": p.notice_id}) for p, v in batch]
        )
    if collection.count() != len(passages):
        raise VectorsDamaged(f"向量索引只写入了 {collection.count()} / {len(passages)} 条。请重新运行 python -m ingest build。")


class VectorIndex:
    """A private copy of a published index, because opening a Chroma folder rewrites files in it."""

    def __init__(self, folder: Path) -> None:
        self._copy = tempfile.TemporaryDirectory(prefix="policy-vectors-")
        try:
            shutil.copytree(folder, self._copy.name, dirs_exist_ok=True)
            self._collection = _open_client(Path(self._copy.name)).get_collection(_COLLECTION, embedding_function=None)
            self._store = ChromaVectorStore(chroma_collection=self._collection)
            self.count = self._collection.count()
        except (OSError, ValueError, ChromaError) as error:
            raise VectorsDamaged(f"向量索引无法读取（{error}）。请运行 python -m ingest build 重建。") from error

    def nearest(self, vector: Vector, limit: int, notice_ids: Sequence[str] = ()) -> tuple[Near, ...]:
        """The passages nearest in meaning, best first."""
        filters = None
        if notice_ids:
            condition = MetadataFilter(key="notice_id", value=list(notice_ids), operator=FilterOperator.IN)
            filters = MetadataFilters(filters=[condition])
        query = VectorStoreQuery(
            query_embedding=vector.tolist(), similarity_top_k=min(limit, self.count), filters=filters
        )
        result = self._store.query(query)
        # llama-index reports exp(-distance); distance is 1 - cosine.
        return tuple(
            Near(i, 1.0 + float(np.log(s))) for i, s in zip(result.ids or (), result.similarities or (), strict=True)
        )

    def read(self, ids: Sequence[str]) -> Vector:
        """The stored vectors of these passages, in their order."""
        found = self._collection.get(ids=list(ids), include=["embeddings"])
        embeddings = found["embeddings"]
        rows = dict(zip(found["ids"], embeddings if embeddings is not None else (), strict=True))
        return np.asarray([rows[i] for i in ids], dtype=np.float32)


def _open_client(folder: Path) -> chromadb.ClientAPI:
    return chromadb.PersistentClient(path=str(folder), settings=chromadb.Settings(anonymized_telemetry=False))
