"""A service whose answers the tests prepare, hold back or let fail."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from corpus.store import Corpus
from tests.browser import run_service
from tests.fake_assistant import FakeAssistant
from ui.server import create_app
from ui.settings import UiSettings


@dataclass(frozen=True, slots=True)
class Played:
    """Where it answers, and who does."""

    address: str
    assistant: FakeAssistant

    def hold(self) -> threading.Event:
        """Answers wait until it is set."""
        self.assistant.gate = gate = threading.Event()
        return gate


@pytest.fixture(scope="session")
def running(small_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    settings = UiSettings(feedback_file=tmp_path_factory.mktemp("played") / "feedback.sqlite3")
    assistant = FakeAssistant(small_corpus)
    with run_service(create_app(assistant, settings)) as address:
        yield Played(address, assistant)


@pytest.fixture
def played(running: Played) -> Iterator[Played]:
    running.assistant.forget()
    yield running
    if running.assistant.gate:
        running.assistant.gate.set()
    running.assistant.forget()
