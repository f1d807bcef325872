"""`python -m ui` says in one Chinese line why it cannot start."""

import socket
from typing import NoReturn

import pytest

import assistant
from corpus import CorpusNotBuilt
from ui.__main__ import main


def test_a_taken_port_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 1
    assert f"端口 {port} 已被占用" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "reason"), [(["--port", "x"], "POLICY_PORT"), (["--host", "256.0.0.1"], "256.0.0.1")]
)
def test_wrong_settings_are_said(capsys: pytest.CaptureFixture[str], options: list[str], reason: str) -> None:
    assert main(options) == 1
    said = capsys.readouterr().err
    assert said.startswith("错误：") and reason in said


def test_a_missing_index_is_said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def open_nothing() -> NoReturn:
        raise CorpusNotBuilt("还没有建立索引。请先运行 python -m ingest build。")

    monkeypatch.setattr(assistant, "open_assistant", open_nothing)
    assert main(["--port", "0"]) == 1
    assert capsys.readouterr().err == "错误：还没有建立索引。请先运行 python -m ingest build。\n"
