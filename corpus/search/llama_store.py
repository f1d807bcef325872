"""Opens published passages for programs that build on llama-index; nothing of the product's own path needs it."""

from pathlib import Path

import chromadb
from chromadb.config import Settings
from llama_index.core import VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding, Embedding
from llama_index.vector_stores.chroma import ChromaVectorStore
from pydantic import PrivateAttr

from corpus.embedding.embed import Embedder
from corpus.search.vectors import COLLECTION


class LlamaEmbedding(BaseEmbedding):
    """The product's embedder as llama-index wants it."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.identity)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> Embedding:
        return [float(x) for x in self._embedder.embed_questions([query])[0]]

    async def _aget_query_embedding(self, query: str) -> Embedding:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> Embedding:
        return [float(x) for x in self._embedder.embed_passages([text])[0]]


def open_llama_index(folder: Path, embedder: Embedder) -> VectorStoreIndex:
    """The passages of a copy of a published `vectors` folder: nodes of their text with `notice_id`, ids as published.

    Opening a Chroma folder rewrites files in it, so give it a copy; `embedder` must be the one that made the vectors.
    """
    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    collection = client.get_collection(COLLECTION, embedding_function=None)
    store = ChromaVectorStore(chroma_collection=collection)
    return VectorStoreIndex.from_vector_store(store, embed_model=LlamaEmbedding(embedder))
