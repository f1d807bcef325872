"""Takes over the vectors of texts that the published version already holds, so that a build embeds only what is new."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.embedding.embed import Embedder, Vector
from corpus.search.vectors import Passage
from corpus.version import PASSAGES, CorpusNotBuilt, VersionFiles, current_version, read_as, read_whole_manifest


def embed_new(passages: Sequence[Passage], index_folder: Path, embedder: Embedder) -> Vector:
    """One vector a passage: of the published version where it has the same text, else from the embedder."""
    known = _published_vectors(index_folder, embedder.identity)
    missing = list(dict.fromkeys(p.text for p in passages if p.text not in known))
    if missing:
        known.update(zip(missing, embedder.embed_passages(missing), strict=True))
    return np.asarray([known[p.text] for p in passages], dtype=np.float32)


def _published_vectors(index_folder: Path, identity: str) -> dict[str, Vector]:
    """By text; nothing where no version is whole or another embedder made it."""
    try:
        files = VersionFiles(current_version(index_folder))
        if read_whole_manifest(files.folder).embedder != identity:
            return {}
        passages = read_as(files.passages, PASSAGES)
        vectors = np.load(files.embedded)
    except (CorpusNotBuilt, OSError, EOFError, ValueError):
        return {}
    return dict(zip((p.text for p in passages), vectors, strict=True)) if len(vectors) == len(passages) else {}
