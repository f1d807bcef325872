"""The command that trains: what it prints, and what it says where it cannot train."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.training import __main__ as command
from assistant.training.cuts import CutAccuracy
from assistant.training.denied import DeniedAccuracy
from assistant.training.head import HeadAccuracy as NameAccuracy
from assistant.training.train import Trained
from assistant.training.wants import HeadAccuracy
from assistant.understanding.wants import HEADS
from corpus.store import Corpus


def test_the_command_without_a_corpus_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICY_INDEX_FOLDER", str(tmp_path))
    assert command.main([]) == 2
    message = f"错误：还没有建立索引（{tmp_path / 'current'} 不存在）。请先运行 python -m ingest build。\n"
    assert capsys.readouterr() == ("", message)


def test_the_command_refuses_unknown_settings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICY_INDEX_FOLDR", "x")
    assert command.main([]) == 2
    assert "不认识的设置：POLICY_INDEX_FOLDR" in capsys.readouterr().err


def test_the_command_needs_an_embedder(
    small_corpus: Corpus, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "open_corpus", lambda settings: replace(small_corpus, vectors=None, embedder=None))
    assert command.main([]) == 2
    assert capsys.readouterr().err == "错误：没有向量模型，不能训练。请先运行 python -m assistant doctor。\n"


FOUND = Trained(
    12,
    4,
    (HeadAccuracy("act", 5, 0.4, (("told", "ask", 2), ("ask", "told", 1))), HeadAccuracy("leans", 3, 1.0, ())),
    CutAccuracy(20, 0.9, 0.8, 0.847, 0.75),
    NameAccuracy(16, 0.875, 0.95),
    DeniedAccuracy(8, 0.75, 0.5),
)
PRINTED = """12 条消息，4 位作者；以下都是对没见过的作者的正确率。
在做什么：5 个小句对 40.0%
  told 误作 ask：2 次
  ask 误作 told：1 次
是否承前：3 个小句对 100.0%
切分：20 处，准确 90.0%，找回 80.0%，F1 84.7%，整条切对 75.0%
排除的名字：8 个名字，准确 75.0%，找回 50.0%
中心词：16 个小句找对 87.5%，有把握的对 95.0%
"""


def test_the_command_prints_what_was_measured(
    small_corpus: Corpus, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "open_corpus", lambda settings: small_corpus)
    monkeypatch.setattr(command, "train", lambda corpus: FOUND)
    assert command.main([]) == 0
    assert capsys.readouterr() == (PRINTED, "")
    assert command.main(["--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "messages": 12,
        "authors": 4,
        "heads": [
            {"head": "act", "clauses": 5, "right": 0.4, "confusions": [["told", "ask", 2], ["ask", "told", 1]]},
            {"head": "leans", "clauses": 3, "right": 1.0, "confusions": []},
        ],
        "cuts": {"cuts": 20, "precision": 0.9, "recall": 0.8, "f1": 0.847, "messages_right": 0.75},
        "head": {"clauses": 16, "found": 0.875, "sure": 0.95},
        "denied": {"names": 8, "precision": 0.75, "recall": 0.5},
    }


def test_every_head_has_a_title() -> None:
    assert set(command._TITLES) == set(HEADS)
