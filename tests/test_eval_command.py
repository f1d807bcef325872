"""The command line of the evaluation, in this process and against a service, and the benchmarks."""

import json
import os
import threading
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from assistant.answer import Composer
from assistant.query import Turn
from corpus.embed import Embedder
from evals import __main__ as command
from evals.bench import processes
from evals.bench.figures import (
    Encoders,
    Speed,
    describe_load,
    describe_speed,
    measure_processes,
    measure_speed,
    pick_questions,
)
from evals.bench.measurement import Measurement
from evals.bench.processes import Clients, Load
from evals.bench.service import ProcessFailed, read_resident_megabytes
from evals.case import Case
from evals.entry import EntryFailed, HttpEntry, LocalEntry
from evals.gate import read_gate

BARS = read_gate().bench
TEXT = "最高给予500万元补助。"
LINES = [
    {"id": "a", "kind": "sums", "question": "给多少？", "answerable": True, "facts": [["500万元"]]},
    {"id": "b", "kind": "sums", "question": "错的？", "answerable": True, "facts": [["300万元"]], "held_out": True},
    {"id": "c", "kind": "follow_ups", "question": "它呢？", "answerable": True, "history": ["给多少？"]},
]


def make_answer(question: str) -> dict[str, Any]:
    citation = {"number": 1, "kind": "sentence", "notice_id": "n", "quote": TEXT, "start": 0, "end": len(TEXT)}
    return {
        "status": "answered",
        "answer": f"{question}：{TEXT}",
        "parts": [{"kind": "quote", "text": TEXT, "citations": [1]}],
        "citations": [citation],
        "corpus_version": "v1",
        "timings_ms": {"total": 1.5},
    }


class FakeEntry:
    name = "本进程"

    def ask(self, question: str, history: tuple[Turn, ...]) -> dict[str, Any]:
        return make_answer(question)

    def read_texts(self) -> Mapping[str, str]:
        return {"n": TEXT}


class _Service(BaseHTTPRequestHandler):
    """Answers as the API does, after asking once to wait."""

    bodies: ClassVar[list[Any]] = []
    waits: ClassVar[int] = 1

    def do_GET(self) -> None:
        pages = {"/api/v1/notices": json.dumps({"notices": [{"id": "n"}]}), "/api/v1/notices/n/text": TEXT}
        self._send(200 if self.path in pages else 404, pages.get(self.path, "没有"))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if body["question"] == "错的？" and _Service.waits:
            _Service.waits -= 1
            self._send(429, "{}")
            return
        self.bodies.append(body)
        self._send(200, json.dumps(make_answer(body["question"])))

    def _send(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def service() -> Iterator[str]:
    _Service.bodies, _Service.waits = [], 1
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in LINES), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _fake_product(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(command, "LocalEntry", lambda *_: FakeEntry())
    monkeypatch.setenv("POLICY_INDEX_FOLDER", str(tmp_path / "no-index"))


def run(*arguments: object) -> int:
    return command.main(["run", *map(str, arguments)])


def test_run_prints_table_and_misses_and_fails_below_the_bar(
    case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--cases", case_file, "--out", tmp_path / "out") == 1
    shown = capsys.readouterr().out
    assert "✗ b（sums）" in shown
    assert f"未达下限：严格正确率 66.67% 低于下限 {read_gate().at_least.strictly_right:.2%}" in shown
    assert len(list((tmp_path / "out").glob("*.json"))) == 1


@pytest.mark.parametrize(
    ("chosen", "ids"),
    [
        (["--held-out", "without"], ["a", "c"]),
        (["--held-out", "only"], ["b"]),
        (["--kind", "follow_ups"], ["c"]),
    ],
)
def test_run_of_some_cases(
    case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], chosen: list[str], ids: list[str]
) -> None:
    run("--cases", case_file, "--out", tmp_path, "--json", *chosen)
    written = json.loads(Path(json.loads(capsys.readouterr().out)["result"]).read_text(encoding="utf-8"))
    assert [case["id"] for case in written["cases"]] == ids


def test_only_misses_and_against(case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("--cases", case_file, "--out", tmp_path, "--json")
    first = json.loads(capsys.readouterr().out)
    assert [miss["id"] for miss in first["misses"]] == ["b"]
    case_file.write_text(case_file.read_text(encoding="utf-8").replace("300万元", "500万元"), encoding="utf-8")
    assert run("--cases", case_file, "--out", tmp_path, "--json", "--only-misses", first["result"]) == 0
    assert json.loads(capsys.readouterr().out)["summary"]["overall"]["cases"] == 1
    assert run("--cases", case_file, "--out", tmp_path, "--against", first["result"]) == 0
    shown = capsys.readouterr().out
    assert "新对 1，新错 0，差 +33.3%" in shown.replace("\n", "")
    assert "✓ 新对 b 错的？｜缺少“300万元”" in shown


def test_service_is_scored_like_the_process(
    service: str, case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    summaries = []
    for place in (["--url", service], []):
        run("--cases", case_file, "--out", tmp_path, "--json", *place)
        summaries.append(json.loads(capsys.readouterr().out)["summary"])
    assert summaries[0] == summaries[1]
    history = [{"role": "user", "content": "给多少？"}, {"role": "assistant", "content": f"给多少？：{TEXT}"}]
    assert _Service.bodies[-1] == {"question": "它呢？", "history": history}


def test_wrong_input_is_explained(case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--cases", tmp_path / "none.jsonl") == 2
    assert run("--cases", case_file, "--kind", "sum") == 2
    assert run("--cases", case_file, "--url", "http://127.0.0.1:9") == 2
    reasons = capsys.readouterr().err.splitlines()
    assert [r[:12] for r in reasons if r.startswith("错误")] == [
        f"错误：{tmp_path}"[:12],
        "错误：没有符合条件的题目",
        "错误：连不上 http:",
    ]


def test_service_errors_are_named(service: str) -> None:
    with pytest.raises(EntryFailed, match="返回 404：没有"):
        HttpEntry(f"{service}/x").read_texts()
    with pytest.raises(EntryFailed, match="连不上"):
        HttpEntry("http://127.0.0.1:9").ask("问", ())


def test_only_the_quoting_composer_is_offered() -> None:
    with pytest.raises(EntryFailed, match="--composer model"):
        LocalEntry(Composer.MODEL)


def test_questions_of_the_benchmark_are_fixed() -> None:
    cases = [Case(id=f"{i:03}", kind="k", question=f"问{i}", answerable=True) for i in range(200)]
    with_history = Case(id="000a", kind="k", question="接着问", answerable=True, history=("先问",))
    picked = pick_questions([with_history, *reversed(cases)])
    assert picked == pick_questions(cases)
    assert (len(picked), picked[0], picked[1], picked[-1]) == (60, "问0", "问3", "问196")


def test_speed(embedder: Embedder) -> None:
    speed = measure_speed(["一", "二"], ["三"], FakeEntry(), Encoders(embedder, embedder))
    assert [len(times) for times in astuple(speed)] == [2, 2, 2, 1, 1]
    figures = describe_speed(
        Speed((10.0, 20.0, 30.0), (8.0, 4.0, 5.0), (20.0, 40.0, 50.0), (6.0, 9.0), (50.0, 50.0)), BARS
    )
    assert [(round(m.value or 0, 3), m.is_ok) for m in figures] == [
        (40, True),
        (0.125, True),
        (0.15, True),
        (20, True),
        (0.5, False),
        (0.725, True),
    ]


def test_service_under_load() -> None:
    load = Load((100.0, 120.0, 80.0), (100.0, 100.0, 100.0), clients=8, asked=2_345, megabytes=380.0)
    figures = describe_load(load, BARS)
    assert [(m.name, m.value, m.is_ok) for m in figures] == [
        ("每秒回答，8 个客户", 100.0, True),
        ("与只算一次 n5 的空服务相比", 1.0, False),
        ("服务常驻内存，2,345 个回答之后", 380.0, True),
    ]


def test_process_that_fails_is_a_failed_measurement(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> float:
        raise ProcessFailed("没有起来")

    monkeypatch.setattr("evals.bench.figures.time_first_answer", fail)
    monkeypatch.setattr("evals.bench.figures.time_index_from_nothing", lambda: 3.0)
    monkeypatch.setattr("evals.bench.figures.measure_load", fail)
    monkeypatch.setattr("evals.bench.figures.measure_http", fail)
    measured = measure_processes(["问"], 20.0, BARS, ask=str)
    assert measured == (
        Measurement("从启动到第一个回答", "秒", None, 3.0, failure="没有起来"),
        Measurement("从零建索引", "n5", 150.0, 272.0),
        Measurement("服务", "", None, failure="没有起来"),
        Measurement("HTTP", "", None, failure="没有起来"),
    )
    assert [m.is_ok for m in measured] == [False, True, False, False]


@pytest.fixture
def echo() -> Iterator[int]:
    """The port of a service that answers 503 from the fifth question on."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(200 if len(asked) < 5 else 503)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()
    assert len(set(asked)) == len(asked)


def test_clients_ask_different_questions_and_say_what_failed(echo: int) -> None:
    with pytest.raises(ProcessFailed, match="服务回答 503"):
        Clients(["一", "二"]).count_a_second(echo)


def test_clients_say_that_nothing_listens() -> None:
    with pytest.raises(ProcessFailed, match="服务没有回答"):
        Clients(["一"]).count_a_second(9)


def test_command_of_the_product_that_fails_is_quoted() -> None:
    with pytest.raises(ProcessFailed, match=r"(?s)以 1 结束.*ZeroDivisionError"):
        processes._time_command(["-c", "1 / 0"], {})


def test_resident_memory() -> None:
    if not Path("/proc/self/status").exists():
        pytest.skip("needs /proc")
    assert read_resident_megabytes(os.getpid()) > 10
