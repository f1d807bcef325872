"""Checks that have a rule of their own, on notices of two shapes: on which days it holds, short names, several supports."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.ask import Assistant
from corpus.embedding.embed import Embedder
from ingest.build import build
from tests.conftest import NOTICES

Ask = Callable[[str], str]


@pytest.fixture(scope="module")
def ask_inn(tmp_path_factory: pytest.TempPathFactory, local_embedder: Embedder) -> Ask:
    path: Path = NOTICES / "several" / "lanjiang.txt"
    published = build((path,), tmp_path_factory.mktemp("inn") / "index", local_embedder).corpus
    assert published is not None
    return lambda question: Assistant(published).ask(question).text


INN = [
    ("2028年8月这个文件还有效吗？", "那时不在有效期内："),
    ("2026年3月这个文件还有效吗？", "那时在有效期内："),
    ("建设奖补归财政局管吗？", "是的，"),
]


@pytest.mark.parametrize(("question", "opening"), INN)
def test_opens_with(question: str, opening: str, ask_inn: Ask) -> None:
    assert ask_inn(question).startswith(opening)


HOME = [
    ("2028年8月这个文件还有效吗？", "有效期，通知没有写明。"),
    ("概念验证中心给多少？", "对省级概念验证中心按绩效评价给予一定支持。"),
    ("部级孵化器和中试基地的钱能同时拿吗？", "通知没有写明"),
]


@pytest.mark.parametrize(("question", "words"), HOME)
def test_says(question: str, words: str, assistant: Assistant) -> None:
    assert words in assistant.ask(question).text
