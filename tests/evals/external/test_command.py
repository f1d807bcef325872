"""The command measures, shows and keeps every part, and explains what it cannot read."""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.ask import Assistant
from evals import __main__ as command
from evals.external.command import find_below
from evals.external.figures import Figure, Part
from tests.evals.external.foreign_data import write_data


def test_command_end_to_end(
    tmp_path: Path, assistant: Assistant, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the model that the product ships, and ingest in a process of its own."""
    monkeypatch.setattr("evals.external.answers.open_assistant", lambda: assistant)
    data = str(write_data(tmp_path / "data"))
    places = ["--cache", str(tmp_path / "cache"), "--out", str(tmp_path / "out")]
    assert command.main(["retrieval", "--data", data, *places]) == 0
    shown = capsys.readouterr().out
    for words in ("政策问题：3 题，4 份文件", "答不出的题：2 题", "法律问题：2 题，4 条", "诱导和越界的话：2 句"):
        assert words in shown
    (path,) = (tmp_path / "out").glob("*.json")
    written: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert [len(part["rows"]) for part in written["parts"]] == [3, 2, 2, 2]
    sampled = ["--sample", "1", "--part", "policies", "--json"]
    assert command.main(["retrieval", "--data", data, *places, *sampled]) == 0
    parts = json.loads(capsys.readouterr().out)["parts"]
    assert [(part["is_sample"], part["scope"]) for part in parts] == [
        (True, "抽样 1 / 3 题，4 份文件（另 1 份与其中某份是同一通知，未收入）"),
        (True, "抽样 1 / 2 题，4 份文件（另 1 份与其中某份是同一通知，未收入）"),
    ]


def test_wrong_folder_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["retrieval", "--data", str(tmp_path / "none")]) == 2
    assert "没有 policy_questions.jsonl" in capsys.readouterr().err


def test_no_question_cannot_be_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["retrieval", "--data", str(tmp_path), "--sample", "0"]) == 2
    assert "--sample 应当是 1 或更大" in capsys.readouterr().err


def test_figures_below_their_bar_are_named() -> None:
    figures = (Figure("文件 R@1", 0.8, 0.9, 0.8, 0.8), Figure("段落 R@5", 0.9, 0.9, 0.865, 0.865), Figure("别的", 0.0))
    assert find_below([Part("政策问题", "", False, figures, {}, ())]) == ["文件 R@1 80.0% 没有高于 80.0%"]
