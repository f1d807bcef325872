"""A build embeds only the texts that the published version does not hold."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.embedding.embed import Vector
from corpus.search.vectors import Passage
from corpus.version import VersionFiles, current_version
from ingest.build import build
from ingest.publishing.reuse import embed_new
from tests.conftest import SEED, SMALL_CORPUS, FakeEmbedder


class CountingEmbedder(FakeEmbedder):
    def __init__(self, identity: str = "fake-bigrams") -> None:
        super().__init__(identity)
        self.embedded: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        self.embedded += texts
        return super().embed_passages(texts)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    build((SEED,), tmp_path / "index", FakeEmbedder())
    return tmp_path / "index"


def test_an_added_notice_alone_is_embedded(index: Path, tmp_path: Path) -> None:
    counting = CountingEmbedder()
    grown = build(SMALL_CORPUS, index, counting).corpus
    assert grown is not None
    ours = {p.text for p in grown.passages if p.notice_id == "lkz-2025-128"}
    others = {p.text for p in grown.passages if p.notice_id != "lkz-2025-128"}
    # The build also asks for canaries, one text at a time.
    assert set(counting.embedded[: len(others)]) == others - ours
    fresh = build(SMALL_CORPUS, tmp_path / "fresh", FakeEmbedder()).corpus
    assert fresh is not None and fresh.version == grown.version


@pytest.mark.parametrize(
    "damage", ["other embedder", "no file", "cut file", "other length", "other numbers", "no version"]
)
def test_what_cannot_be_taken_over_is_embedded(index: Path, damage: str) -> None:
    embedder = CountingEmbedder("another" if damage == "other embedder" else "fake-bigrams")
    path = VersionFiles(current_version(index)).embedded
    if damage == "no file":
        path.unlink()
    elif damage == "cut file":
        path.write_bytes(path.read_bytes()[:40])
    elif damage == "other length":
        np.save(path, np.load(path)[:-1])
    elif damage == "other numbers":
        np.save(path, np.load(path)[::-1])
    elif damage == "no version":
        (index / "current").unlink()
    passages = [Passage("a", "n", "一句话。"), Passage("b", "n", "一句话。"), Passage("c", "n", "另一句。")]
    vectors = embed_new(passages, index, embedder)
    assert embedder.embedded == ["一句话。", "另一句。"]
    assert np.array_equal(vectors, FakeEmbedder().embed_passages([p.text for p in passages]))
