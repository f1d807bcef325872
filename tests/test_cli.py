"""The command line: readable answers, JSON, a question a line, and Chinese errors without tracebacks."""

import ast
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.cells import cell_len
from rich.console import Console

from assistant import doctor
from assistant.__main__ import Ask, main, read_lines
from assistant.answer import Answer, ListItem, Part, PartKind, Row, Status, make_table
from assistant.output.listener import Listener
from assistant.output.terminal import show_answer
from assistant.understanding.text import clean_question
from corpus import CorpusNotBuilt
from tests.fake_assistant import make_answer, make_table_answer

ROOT = Path(__file__).parent.parent
Run = Callable[..., SimpleNamespace]


def answer_question(question: str, *, listener: Listener | None = None) -> Answer:
    text = clean_question(question)
    if "出错" in text:
        raise RuntimeError("secret\nTraceback")
    return make_answer(text)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command with a prepared assistant; `typed` is what stands on its standard input."""

    def run_command(*arguments: str, typed: bytes = b"", fault: BaseException | None = None) -> SimpleNamespace:
        def opener() -> Ask:
            if fault:
                raise fault
            return answer_question

        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
        try:
            code: str | int | None = main(arguments, opener)
        except SystemExit as stop:
            code = stop.code
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return SimpleNamespace(code=code, out=captured.out, err=captured.err)

    return run_command


def test_a_readable_answer(run: Run) -> None:
    done = run("ask", "中试基地一年奖多少？什么时候申报？")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "【只写明了一部分】",
        "服务突出的省级中试基地，年度最高奖补200万元。[1]",
        "  ┃ [1] 通知原文 （九）技术转移转化和推广服务",
        "  ┃ 对省级概念验证中心按绩效评价给予一定支持；对服务突出的省级中试基地，年度最高奖补200万元。",
        "申报时间，原文没有写明，可向下列责任部门咨询。",
        "责任部门：省科技厅、省工业和信息化厅、省财政厅（按职责分工负责）[1]",
        "出处：鲁科字〔2025〕128号 第（九）条",
    ]


def test_words_without_quotation_marks_are_one_question(run: Run) -> None:
    assert json.loads(run("ask", "中试基地", "奖多少", "--json").out)["question"] == "中试基地 奖多少"


def test_a_json_answer_is_one_object(run: Run) -> None:
    done = run("ask", "奖多少", "--json")
    answer = json.loads(done.out)
    assert (done.code, answer["status"], answer["question"]) == (0, "partly_answered", "奖多少")
    assert done.out.count("\n") == 1


STRANGE = ["奖\x00多少", "奖多少\udcff", "奖\x1b[2J多少", "<b>奖</b>", "🙂奖", "问" * 500]


@pytest.mark.parametrize("question", STRANGE)
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_strange_questions(run: Run, question: str, options: Sequence[str]) -> None:
    done = run("ask", *options, "--", question)
    assert (done.code, done.err) == (0, "")
    assert "\x1b" not in done.out and "\x00" not in done.out


BAD = [
    (("ask", ""), "问题是空的"),
    (("ask", " \t\n"), "问题是空的"),
    (("ask", "？！"), "没有文字"),
    (("ask", "\udcff\x00"), "问题是空的"),
    (("ask", "问" * 501), "最多 500 个字"),
    (("ask",), "命令写得不对"),
    ((), "命令写得不对"),
    (("answer", "奖"), "命令写得不对"),
    (("ask", "奖", "--colour"), "命令写得不对"),
]


@pytest.mark.parametrize(("arguments", "reason"), BAD)
def test_bad_input(run: Run, arguments: Sequence[str], reason: str) -> None:
    done = run(*arguments, fault=AssertionError("must not be opened"))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("错误：") and reason in done.err


FAULTS = [
    (CorpusNotBuilt("还没有建立索引。请先运行 python -m ingest build。"), "还没有建立索引"),
    (OSError(28, "No space left on device"), "doctor"),
    (RuntimeError("first\nTraceback (most recent call last)"), "doctor"),
]


@pytest.mark.parametrize(("fault", "reason"), FAULTS)
@pytest.mark.parametrize("question", ["奖多少", "-"])
def test_faults(run: Run, question: str, fault: Exception, reason: str) -> None:
    done = run("ask", question, fault=fault, typed="奖\n".encode())
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("错误：") and reason in done.err and done.err.count("\n") == 1


def test_interruption_is_quiet(run: Run) -> None:
    done = run("ask", "奖", fault=KeyboardInterrupt())
    assert (done.code, done.out, done.err) == (130, "", "")


def test_a_question_a_line(run: Run) -> None:
    lines = ["\ufeff中试基地奖多少".encode(), b"", b"\xff\xfe", "出错".encode(), "问".encode() * 501, b"a" * 200_000]
    done = run("ask", "-", typed=b"\r\n".join([*lines, "最后一问".encode()]))
    replies = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 2 and done.err == ""
    assert [r.get("question", r.get("line")) for r in replies] == ["中试基地奖多少", 2, 3, 4, 5, 6, "最后一问"]
    reasons = ["问题是空的", "不是 UTF-8", "没有回答成（RuntimeError：secret）", "最多 500 个字", "太长"]
    for reply, reason in zip(replies[1:6], reasons, strict=True):
        assert reason in reply["error"]


def test_good_lines_end_well(run: Run) -> None:
    done = run("ask", "-", typed="一问\n二问\n".encode())
    assert done.code == 0 and len(done.out.splitlines()) == 2
    assert run("ask", "-").code == 0


def test_endless_lines_are_not_kept() -> None:
    stream = io.BytesIO(b"x" * 64 * 1024 + b"\n" + b"y" * 300_000 + b"\n" + "好".encode())
    assert [(line.number, line.text) for line in read_lines(stream)] == [(1, None), (2, None), (3, "好")]


def test_nothing_of_an_answer_reaches_the_terminal_as_a_command() -> None:
    hostile = "[bold]粗[/bold] \x1b[31m红\x1b]0;x\x07 \u202e反 :smile:"
    parts = [Part(kind, hostile, (1, 9)) for kind in PartKind if kind is not PartKind.TABLE]
    answer = make_answer(parts=[*parts, make_table((hostile,), [Row((hostile,), (9,))])])
    console = Console(file=io.StringIO(), force_terminal=True, color_system=None, width=60)
    show_answer(answer, console)
    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    assert shown.count("[bold]粗[/bold] [31m红]0;x 反 :smile:") >= len(PartKind)
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)


@pytest.mark.parametrize("status", Status)
def test_every_status_has_its_word(status: Status) -> None:
    console = Console(file=io.StringIO(), width=60)
    show_answer(replace(make_answer(), status=status), console)
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().startswith("【")


def test_lists_are_shown() -> None:
    answer = replace(make_answer(), items=(ListItem("（一）支持", (1,)),))
    console = Console(file=io.StringIO(), width=60)
    show_answer(answer, console)
    assert isinstance(console.file, io.StringIO)
    assert "  ┃ （一）支持[1]\n" in console.file.getvalue()


@pytest.mark.parametrize("width", [40, 80])
def test_tables_are_aligned_by_the_width_of_their_characters(width: int) -> None:
    cells = ("服务突出的省级中试基地", "pilot base", "年度最高奖补200万元")
    console = Console(file=io.StringIO(), force_terminal=True, color_system=None, width=width)
    show_answer(make_table_answer(cells, ("孵化器", "a|b", "每家最高100万元")), console)
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    head = next(n for n, line in enumerate(lines) if "对象" in line)
    table = lines[head : next(n for n, line in enumerate(lines) if "通知原文" in line)]
    assert {cell_len(line) for line in table if line.strip()} == {cell_len(table[0])} and cell_len(table[0]) <= width
    shown = "".join("".join(table).split())
    assert shown.count("]") == 2 and "a|b" in shown
    assert sum("孵化器" in line for line in lines) == 1, "the list is not shown again"


def test_a_pipe_gets_a_line_for_each_row() -> None:
    console = Console(file=io.StringIO(), width=20)
    show_answer(make_table_answer(("服务突出的省级中试基地", "年度最高奖补200万元")), console)
    assert isinstance(console.file, io.StringIO)
    assert "\n| 服务突出的省级中试基地 | 年度最高奖补200万元[1] |\n" in console.file.getvalue()


def test_doctor_reports_every_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall() -> doctor.Finding:
        raise ModuleNotFoundError("No module named 'bm25s'")

    checks = (
        ("甲", lambda: doctor.Finding(True, "好")),
        ("乙", lambda: doctor.Finding(False, "不好", "请修理。")),
        ("丙", fall),
    )
    monkeypatch.setattr(doctor, "CHECKS", checks)
    console = Console(file=io.StringIO(), width=200)
    assert doctor.examine(console) == 1
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue().splitlines() == [
        "✓ 甲：好",
        "✗ 乙：不好 → 请修理。",
        "✗ 丙：No module named 'bm25s' → 请运行 make serve 重新安装依赖。",
        "有问题，请按“→”后的提示处理。",
    ]


def test_doctor_looks_at_this_installation(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert doctor.check_python().is_good
    assert doctor.check_dependencies().is_good
    monkeypatch.setenv("POLICY_INDEX_FOLDER", str(tmp_path / "nothing"))
    assert not doctor.check_disk().is_good
    with pytest.raises(CorpusNotBuilt):
        doctor.check_notices()


def test_the_command_line_loads_neither_page_nor_service() -> None:
    for path in (ROOT / "assistant").rglob("*.py"):
        names = {
            n.name
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Import)
            for n in node.names
        }
        names |= {n.module or "" for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.ImportFrom)}
        assert not {n.split(".")[0] for n in names} & {"gradio", "fastapi", "starlette", "uvicorn", "ui"}


@pytest.mark.skipif(os.name == "nt", reason="needs a shell")
def test_a_closed_pipe_and_undecodable_words_leave_no_traceback() -> None:
    program = (
        "import sys; from assistant.__main__ import main; from tests.fake_assistant import make_answer\n"
        "sys.exit(main(['ask', '-'], lambda: lambda q: make_answer(q * 400)))"
    )
    command = (
        f'yes 问 | head -n 2000 | "{sys.executable}" -c "$PROGRAM" | head -n 1 | head -c 20; echo "${{PIPESTATUS[2]}}"'
    )
    environment = {**os.environ, "PROGRAM": program, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.stderr == b""
    assert done.stdout.endswith(b"141\n")
