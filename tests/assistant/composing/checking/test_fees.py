"""What is free is not to be paid for; what is free for others says nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.ask import Assistant
from corpus.embedding.embed import Embedder
from ingest.build import build

_TEXT = """关于停车收费的通知

平政规〔2025〕9号

各单位：
现将停车收费规定印发给你们。
一、收费标准
（一）小型车。小型车每小时收费5元。（市发展改革委负责）
（二）大型车。大型车每小时收费10元。（市发展改革委负责）
（三）免收范围。军队车辆、消防车免收停车费。（市城管局负责）
"""


@pytest.fixture
def parking(tmp_path: Path, write_notice: Callable[[str, str], Path], local_embedder: Embedder) -> Assistant:
    published = build([write_notice("parking.txt", _TEXT)], tmp_path / "index", local_embedder).corpus
    assert published is not None
    return Assistant(published)


def test_free_for_others_is_not_free(parking: Assistant) -> None:
    for question in ("停车要交钱吗", "小型车停车要交钱吗", "面包车停车要钱不"):
        first = parking.ask(question).parts[0].text
        assert not first.startswith("不"), (question, first)


def test_free_of_what_is_named(parking: Assistant) -> None:
    for question in ("消防车停车收费吗", "消防车停车要不要交钱"):
        assert parking.ask(question).parts[0].text.startswith("不"), question
    assert not parking.ask("消防车停车是不是不用交钱").parts[0].text.startswith("不")
