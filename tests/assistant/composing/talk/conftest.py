"""Conversations on notices of two shapes: departments that share a measure, and one that leads it."""

from collections.abc import Callable

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.understanding.frame import Turn
from corpus.embedding.embed import Embedder
from ingest.build import build
from tests.conftest import NOTICES

Talk = Callable[..., Answer]


@pytest.fixture(scope="session")
def jobs(tmp_path_factory: pytest.TempPathFactory, local_embedder: Embedder) -> Assistant:
    """Answers from a national notice on employment."""
    published = build((NOTICES / "gf-2018-39.txt",), tmp_path_factory.mktemp("jobs") / "index", local_embedder).corpus
    assert published is not None
    return Assistant(published)


def converse(assistant: Assistant, *questions: str) -> Answer:
    """The last answer of a conversation in which every answer is sent back as history."""
    turns: list[Turn] = []
    for question in questions[:-1]:
        turns += [Turn("user", question), Turn("assistant", assistant.ask(question, turns).text)]
    return assistant.ask(questions[-1], turns)


@pytest.fixture(scope="session")
def talk(assistant: Assistant) -> Talk:
    """A conversation on the notice that the product ships."""
    return lambda *questions: converse(assistant, *questions)


@pytest.fixture(scope="session")
def talk_of_jobs(jobs: Assistant) -> Talk:
    return lambda *questions: converse(jobs, *questions)


@pytest.fixture(scope="session")
def own_lines() -> Callable[[Answer], list[str]]:
    """What an answer says itself: no quotation, no source."""
    return lambda answer: [p.text for p in answer.parts if p.kind.value not in {"quote", "source"}]
