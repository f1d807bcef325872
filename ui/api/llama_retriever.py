"""Our search for sentences as a retriever of llama-index; nothing of the service imports it."""

from collections.abc import Sequence

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.ask import Assistant, open_assistant
from assistant.citing import CitationNumbers
from assistant.composing.draft import sentence_source
from assistant.retrieving.retrieve import Match

_FEW = 6
# For programs; a language model needs the words and where they stand, not the offsets.
_NOT_FOR_THE_MODEL = ["provision_id", "notice_id", "measure_id", "start", "end", "url"]


class PolicyRetriever(BaseRetriever):
    """Sentences of the published notices, best first; `text` equals `canonical_text[start:end]` in code points.

    Raises BadQuestion for a query that nobody can read or that is longer than 500 code points.
    """

    def __init__(
        self, assistant: Assistant | None = None, similarity_top_k: int = _FEW, notice_ids: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self._assistant = assistant or open_assistant()
        self._similarity_top_k = similarity_top_k
        self._notice_ids = tuple(notice_ids)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        ranking = self._assistant.rank(query_bundle.query_str, self._notice_ids)
        return [_make_node(match) for match in ranking.provisions[: self._similarity_top_k]]


def _make_node(match: Match) -> NodeWithScore:
    numbers = CitationNumbers()
    numbers.number([sentence_source(match.place)])
    (cited,) = numbers.citations()
    measure = match.place.measure
    node = TextNode(
        id_=cited.provision_id,
        text=cited.quote,
        metadata={
            "notice_id": cited.notice_id,
            "document_number": cited.document_number,
            "notice_title": cited.notice_title,
            "chapter": cited.chapter,
            "measure_id": cited.measure_id,
            "label": cited.measure_label,
            "title": cited.measure_title,
            "departments": list(measure.departments) if measure else [],
            "start": cited.start,
            "end": cited.end,
            "url": cited.url,
        },
        excluded_llm_metadata_keys=_NOT_FOR_THE_MODEL,
        excluded_embed_metadata_keys=_NOT_FOR_THE_MODEL,
    )
    return NodeWithScore(node=node, score=match.score)
