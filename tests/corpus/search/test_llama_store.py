"""The published passages as llama-index reads them."""

import shutil
from pathlib import Path

from corpus.embedding.embed import Embedder
from corpus.search.llama_store import LlamaEmbedding, open_llama_index
from corpus.store import Corpus
from corpus.version import VersionFiles, current_version


def test_llama_index_finds_the_published_passages(
    small_index: Path, small_corpus: Corpus, embedder: Embedder, tmp_path: Path
) -> None:
    copy = tmp_path / "vectors"
    shutil.copytree(VersionFiles(current_version(small_index)).vectors, copy)
    passage = small_corpus.passages[7]
    found = open_llama_index(copy, embedder).as_retriever(similarity_top_k=1).retrieve(passage.text)
    assert [(f.node.node_id, f.node.get_content(), f.node.metadata) for f in found] == [
        (passage.id, passage.text, {"notice_id": passage.notice_id})
    ]


def test_embeddings_are_the_product_s_own(embedder: Embedder) -> None:
    llama = LlamaEmbedding(embedder)
    assert llama.get_query_embedding("问") == embedder.embed_questions(["问"])[0].tolist()
    assert llama.get_text_embedding("段") == embedder.embed_passages(["段"])[0].tolist()
