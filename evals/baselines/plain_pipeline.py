"""What a user would otherwise build: llama-index with its defaults over the same notices."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import TextNode
from llama_index.core.vector_stores import FilterOperator, MetadataFilter, MetadataFilters

from corpus.notice import Notice
from corpus.search.llama_store import LlamaEmbedding
from evals.baselines.search import compose_plainly
from evals.context import Span
from evals.corpora import Library, Place

_NOTICE = "notice_id"


class PlainPipeline:
    """Its answer is its best passages; earlier turns are not looked at, which would need a language model."""

    name = "llama-index"

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def _index(self) -> VectorStoreIndex:
        kept = self._library.kept
        if kept.embedder is None:
            raise ValueError("the pipeline needs the embedder of the corpus")
        documents = [
            Document(text=text, doc_id=name, metadata={_NOTICE: name}, excluded_embed_metadata_keys=[_NOTICE])
            for name, text in kept.texts.items()
        ]
        return VectorStoreIndex.from_documents(
            documents, transformations=[SentenceSplitter()], embed_model=LlamaEmbedding(kept.embedder)
        )

    def ask(self, question: str, place: Place) -> dict[str, Any]:
        found = self._find(question, self._library.names_at_hand(place))
        return compose_plainly(self._library.kept, found)

    def _find(self, question: str, names: Sequence[str]) -> list[tuple[Notice, Span]]:
        chosen = MetadataFilters(filters=[MetadataFilter(key=_NOTICE, value=list(names), operator=FilterOperator.IN)])
        found = []
        for one in self._index.as_retriever(filters=chosen).retrieve(question):
            notice = self._library.kept.catalogue.notice(str(one.node.ref_doc_id))
            if notice and isinstance(one.node, TextNode) and one.node.start_char_idx is not None:
                start = one.node.start_char_idx
                found.append((notice, Span(start, start + len(one.node.text))))
        return found
