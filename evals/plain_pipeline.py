"""What a user would otherwise build: llama-index with its defaults over the same notices, sole user of it in evals."""

from collections.abc import Iterator, Mapping
from typing import Any

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import TextNode

from assistant.answer import CitationKind, PartKind, Status
from assistant.query import Turn
from corpus.llama_store import LlamaEmbedding
from corpus.notice import Measure, Notice
from corpus.store import Corpus
from evals.context import Span, span_of


class PlainEntry:
    """Its answer is its best passages; each is cited by the measures it runs through, as kindly as can be."""

    name = "llama-index"

    def __init__(self, corpus: Corpus) -> None:
        if corpus.embedder is None:
            raise ValueError("the pipeline needs the embedder of the corpus")
        self._corpus = corpus
        documents = [Document(text=text, doc_id=notice_id) for notice_id, text in corpus.texts.items()]
        index = VectorStoreIndex.from_documents(
            documents, transformations=[SentenceSplitter()], embed_model=LlamaEmbedding(corpus.embedder)
        )
        self._retriever = index.as_retriever()

    def ask(self, question: str, history: tuple[Turn, ...]) -> dict[str, Any]:
        """Earlier turns are not looked at: that would need a language model."""
        citations: list[dict[str, Any]] = []
        parts: list[dict[str, Any]] = []
        for notice, passage in self._find(question):
            for measure, span in _cut(notice, passage):
                number = len(citations) + 1
                quote = self._corpus.texts[notice.id][span.start : span.end]
                citations.append({**_cite(notice, measure, span), "number": number, "quote": quote})
                parts.append({"kind": PartKind.QUOTE, "text": quote, "citations": [number]})
                parts += [
                    {"kind": PartKind.DEPARTMENTS, "text": r.phrase.text, "citations": [number]}
                    for r in (measure.responsibilities if measure else ())
                    if span.start <= r.phrase.start and r.phrase.end <= span.end
                ]
        matches = {c["measure_id"]: c for c in citations if c["measure_id"]}
        return {
            "status": Status.ANSWERED,
            "answer": "\n\n".join(part["text"] for part in parts),
            "parts": parts,
            "citations": citations,
            "matches": list(matches.values()),
        }

    def read_texts(self) -> Mapping[str, str]:
        return self._corpus.texts

    def _find(self, question: str) -> Iterator[tuple[Notice, Span]]:
        for found in self._retriever.retrieve(question):
            node = found.node
            notice = self._corpus.catalogue.notice(str(node.ref_doc_id))
            if notice and isinstance(node, TextNode) and node.start_char_idx is not None:
                yield notice, Span(node.start_char_idx, node.start_char_idx + len(node.text))


def _cut(notice: Notice, passage: Span) -> Iterator[tuple[Measure | None, Span]]:
    """The passage in pieces of one measure each, in its order; what stands outside measures is one piece."""
    end = passage.start
    for measure in notice.measures():
        span = span_of(measure)
        start, stop = max(span.start, passage.start), min(span.end, passage.end)
        if start < stop:
            if end < start:
                yield None, Span(end, start)
            yield measure, Span(start, stop)
            end = stop
    if end < passage.end:
        yield None, Span(end, passage.end)


def _cite(notice: Notice, measure: Measure | None, span: Span) -> dict[str, Any]:
    return {
        "kind": CitationKind.SENTENCE,
        "notice_id": notice.id,
        "measure_id": measure.id if measure else "",
        "measure_number": measure.number if measure else None,
        "start": span.start,
        "end": span.end,
    }
