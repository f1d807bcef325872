"""A made-up notice with what two persons noted of it, and a reader that says what a test wants."""

import copy
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TEXT = """东湖市关于稳定就业的若干措施
东人社发〔2024〕6号
一、加强补贴
（一）对新招用毕业生的小微企业，给予每人
1000元补贴；对农民合作社给予每人500元补贴。（责任单位：市人社局、市财政局）
（二）申请于2024年9月30日前提交，电话0599-1234567，补贴不超过工资的50%。
本措施自2024年3月1日起施行，有效期3年。
"""
_PATH = ["一、", "（一）"]
NOTED: dict[str, Any] = {
    **{"title": "东湖市关于稳定就业的若干措施", "number": "东人社发〔2024〕6号", "issuer": None, "issued": None},
    **{"in_force": "2024年3月1日", "valid_until": "有效期3年"},
    "nodes": [
        {"kind": "chapter", "label": "一、", "title": "加强补贴", "starts": "一、加强补贴", "path": []},
        {"kind": "measure", "label": "（一）", "title": None, "starts": "（一）对新招用", "path": ["一、"]},
        {"kind": "measure", "label": "（二）", "title": None, "starts": "（二）申请于", "path": ["一、"]},
        {"kind": "closing", "label": "", "title": None, "starts": "本措施自2024年", "path": []},
    ],
    "responsibilities": [
        {
            "path": _PATH,
            "role": "shared",
            "departments": ["市人社局", "市财政局"],
            "quote": "（责任单位：市人社局、市财政局）",
        }
    ],
    "supports": [
        {
            **{"path": _PATH, "who": "小微企业", "act": "新招用毕业生", "condition": None, "amount": "每人\n1000元"},
            **{"paid": None, "by": None, "quote": "给予每人\n1000元补贴"},
        },
        {
            **{"path": _PATH, "who": "农民合作社", "act": None, "condition": None, "amount": "每人500元"},
            **{"paid": None, "by": None, "quote": "给予每人500元补贴"},
        },
    ],
    "shares": [{"path": ["一、", "（二）"], "text": "50%", "of": "工资"}],
    "dates": [{"path": ["一、", "（二）"], "text": "2024年9月30日前", "kind": "deadline"}],
    "contacts": [{"path": ["一、", "（二）"], "kind": "telephone", "text": "0599-1234567"}],
    "references": [],
}


def span(words: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


def _node(kind: str, label: str, words: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "label": label, "start": TEXT.index(words), "title": None, "path": [], "anchor": "", **more}


def make_output() -> dict[str, Any]:
    """What a reader prints that misses nothing."""
    bracket = span("责任单位：市人社局、市财政局")
    assigned = {"role": "shared", "departments": ["市财政局", "市人社局"], **bracket}
    notice = {
        **{"file": "made.txt", "title": "东湖市关于稳定就业的若干措施", "document_number": "东人社发〔2024〕6号"},
        **{"issuer": None, "issued_on": None},
        "validity": {"from": "2024-03-01", "until": "2027-02-28", "begins": None, "ends": "3年"},
        "tree": [
            _node("chapter", "一、", "一、加强"),
            _node("measure", "（一）", "（一）对", responsibilities=[assigned]),
            _node("measure", "（二）", "（二）申"),
            _node("closing", "", "本措施"),
        ],
        "supports": [
            {"who": span("农民合作社"), "amount": span("500元"), **span("给予每人500元补贴")},
            {
                **{"who": span("新招用毕业生的小微企业"), "act": span("新招用毕业生"), "amount": span("1000元")},
                **span("给予每人\n1000元补贴"),
            },
        ],
        "values": [
            {"kind": "date", **span("2024年9月30日")},
            {"kind": "telephone", **span("0599-1234567")},
            {"kind": "share", **span("50%"), "of": "工资"},
            {"kind": "period", **span("3年")},
        ],
        "references": [],
        "spans": [[0, len(TEXT)]],
    }
    return {"notices": [notice], "failures": []}


@pytest.fixture
def noted() -> dict[str, Any]:
    return copy.deepcopy(NOTED)


@pytest.fixture
def output() -> dict[str, Any]:
    return make_output()


@pytest.fixture
def fake_reader(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, Any]], None]:
    def install(output: dict[str, Any]) -> None:
        def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
            assert command[1:5] == ["-m", "ingest", "check", "--json"]
            return subprocess.CompletedProcess(command, 0, json.dumps(output), "")

        monkeypatch.setattr(subprocess, "run", run)

    return install


@pytest.fixture
def folders(tmp_path: Path, noted: dict[str, Any]) -> Path:
    for name, text in (("notices/made.txt", TEXT), ("one/made.json", json.dumps(noted))):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path
