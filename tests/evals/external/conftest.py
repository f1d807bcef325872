"""A small folder of other people's data, and ingest without a process of its own."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.embedding.embed import Embedder
from corpus.store import Corpus
from evals.external.dataset import Plan
from tests.evals.external.foreign_data import write_data


@pytest.fixture
def plan(tmp_path: Path, embedder: Embedder) -> Plan:
    """All questions, with the embedder of the tests."""
    return Plan(write_data(tmp_path / "data"), tmp_path / "cache", embedder)


@pytest.fixture
def built_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ingest in this process with the embedder of the tests; the process of its own is tried by the command."""
    from ingest.build import build

    def open_built(paths: Sequence[Path], folder: Path, embedder: Embedder) -> Corpus:
        corpus = build(paths, folder, embedder).corpus
        assert corpus
        return corpus

    monkeypatch.setattr("evals.corpora.open_built", open_built)
