"""`python -m ui` says in one Chinese line why it cannot start, and answering loads nothing that it does not need."""

import socket
import subprocess
import sys
from pathlib import Path
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


@pytest.mark.parametrize("trusted", ["x", "10.0.0.0/40", "99"])
def test_proxies_that_are_none_are_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, trusted: str
) -> None:
    monkeypatch.setenv("POLICY_TRUSTED_PROXIES", trusted)
    assert main(["--port", "0"]) == 1
    assert capsys.readouterr().err == "错误：设置不对：POLICY_TRUSTED_PROXIES。请改正后重新启动。\n"


def test_a_missing_index_is_said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def open_nothing() -> NoReturn:
        raise CorpusNotBuilt("还没有建立索引。请先运行 python -m ingest build。")

    monkeypatch.setattr(assistant, "open_assistant", open_nothing)
    assert main(["--port", "0"]) == 1
    assert capsys.readouterr().err == "错误：还没有建立索引。请先运行 python -m ingest build。\n"


# Each takes from a third of a second to six seconds to import.
NOT_NEEDED = "gradio fastapi llama_index llama_index_core openai pypinyin onnx sklearn".split()
ASK = """
import sys
from assistant.__main__ import main
assert main(["ask", "中试基地一年奖多少", "--json"]) == 0
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def test_answering_loads_nothing_that_it_does_not_need() -> None:
    root = Path(__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", ASK], cwd=root, capture_output=True, text=True, check=True)
    loaded = done.stderr.split()
    assert "onnxruntime" in loaded
    assert [name for name in NOT_NEEDED if name in loaded] == []
