"""The real assistant with a model that the tests play, behind the whole service."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.store import Corpus
from tests.model_server.playing import PlayedAssistant
from ui.server import create_app
from ui.settings import UiSettings


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The endpoints of these tests are on this machine."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(scope="module")
def assistant(small_corpus: Corpus) -> PlayedAssistant:
    return PlayedAssistant(small_corpus)


@pytest.fixture(scope="module")
def app(assistant: PlayedAssistant) -> FastAPI:
    return create_app(assistant, UiSettings())


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as running:
        yield running
