"""Notices of tests/notices, each asked alone."""

from collections.abc import Callable

import pytest

from assistant.ask import Assistant
from corpus.embedding.embed import Embedder
from ingest.build import build
from tests.conftest import NOTICES, SEED

Open = Callable[[str], Assistant]


@pytest.fixture(scope="session")
def open_notice(tmp_path_factory: pytest.TempPathFactory, local_embedder: Embedder) -> Open:
    opened: dict[str, Assistant] = {}

    def open_one(path: str) -> Assistant:
        if path not in opened:
            file = SEED if path == SEED.stem else NOTICES / f"{path}.txt"
            corpus = build((file,), tmp_path_factory.mktemp("one") / "index", local_embedder).corpus
            assert corpus is not None
            opened[path] = Assistant(corpus)
        return opened[path]

    return open_one
