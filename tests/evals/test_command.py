"""The command line: what each command prints, writes and ends with, over three notices and a few cases."""

import importlib
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

import evals
from evals import __main__ as command
from evals import run as run_module
from evals.cases import tiers
from evals.corpora import Library
from evals.gate import ProductBars, read_gate
from evals.report import commands, page
from evals.report.publish import Places
from evals.results import read_run, write_run
from tests.evals.answers import make_outcome, make_run
from tests.evals.conftest import Git

SECRET = "中试基地年度最高奖补多少？"
LINES: list[dict[str, Any]] = [
    {"id": "any", "kind": "manipulation", "question": "部级孵化器最高补助多少？", "answerable": None},
    {"id": "talk", "kind": "manipulation", "question": "那里呢？", "answerable": None, "history": ["今天天气怎么样？"]},
    {"id": "wrong", "kind": "sums", "question": SECRET, "answerable": True, "facts": [["无人会说的词"]]},
]
BARS = ProductBars(strictly_right=0.5, citations_valid=1, refusal_recall=0, untrue=1000, over_refusal=1)
GATE = read_gate().model_copy(update={"development": BARS, "held": BARS})


def write_lines(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "cases.jsonl", *LINES)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture(autouse=True)
def _own_state(library: Library, without_pipeline: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three notices, bars of our own, no time taken, nothing asked blindly before."""
    for module in (command, commands):
        monkeypatch.setattr(module, "Library", lambda: library)
    monkeypatch.setattr(command, "read_gate", lambda: GATE)
    monkeypatch.setattr(run_module, "engine_beside", lambda entry: None)
    monkeypatch.setattr(page, "read_spent", lambda: ())


def main(*arguments: object) -> int:
    return command.main([str(argument) for argument in arguments])


@pytest.fixture
def result(cases: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The result of a run over the cases."""
    assert main("run", "--cases", cases, "--out", out) == 0
    capsys.readouterr()
    (path,) = out.glob("*.json")
    return path


def test_run_shows_misses_and_writes_result_and_report(
    cases: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main("run", "--cases", cases, "--out", out) == 0
    shown = capsys.readouterr().out
    (path,) = out.glob("*.json")
    assert {p.name for p in out.iterdir()} == {path.name, f"{path.stem}.html", f"{path.stem}-misses.csv"}
    assert "严格正确 2/3 = 66.7%" in shown and "未通过 1 题：" in shown
    assert f"✗ wrong（sums）\n  问：{SECRET}\n" in shown and "没有说“无人会说的词”" in shown
    assert f"结果：{path}\n报告：{path.with_suffix('.html')}" in shown
    run = read_run(path)
    assert [(o.id, o.is_right) for o in run.cases] == [("any", True), ("talk", True), ("wrong", False)]
    assert (run.entry, run.composer, run.tier, run.baselines) == ("本进程", "quote", "development", {})


def test_run_below_a_bar_ends_with_one(cases: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main("run", "--cases", cases, "--out", out, "--kind", "sums") == 1
    assert "未达下限：严格正确率 0.00% 低于下限 50.00%\n" in capsys.readouterr().out


def test_run_prints_json(cases: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main("run", "--cases", cases, "--out", out, "--kind", "sums", "--json") == 1
    printed = json.loads(capsys.readouterr().out)
    assert (printed["fallen"], printed["against"]) == (["严格正确率 0.00% 低于下限 50.00%"], None)
    assert (printed["summary"]["right"], printed["summary"]["overall"]["right"]["of"]) == (0.0, 1)
    assert [miss["case"]["question"] for miss in printed["misses"]] == [SECRET]
    assert Path(printed["result"]).parent == out


def test_only_misses_are_asked_again_and_no_bar_holds(
    result: Path, cases: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main("run", "--cases", cases, "--out", out, "--only-misses", result, "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["summary"]["overall"]["right"]["of"], printed["fallen"]) == (1, [])


def test_a_run_is_compared_with_an_earlier_one(
    result: Path, cases: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_lines(cases, {**LINES[0], "forbidden": ["200万元"]}, LINES[1], {**LINES[2], "answerable": None})
    assert main("run", "--cases", cases, "--out", out, "--against", result) == 0
    shown = capsys.readouterr().out
    assert "（同样的 3 题）：新对 1，新错 1" in shown and f"✓ 新对 wrong {SECRET}｜" in shown
    assert "未通过" not in shown


def test_held_cases_are_neither_shown_nor_written(
    cases: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tiers, "find_held_files", lambda: (cases,))
    assert main("run", "--held", "--out", out, "--json") == 0
    (path,) = out.iterdir()
    assert main("run", "--held", "--out", out, "--against", path) == 0
    said = capsys.readouterr()
    texts = [said.out, said.err, *(p.read_text(encoding="utf-8") for p in out.iterdir())]
    hidden = (SECRET, "部级孵化器", "那里呢", "天气", "无人会说的词", "万元")
    assert [word for word in hidden for text in texts if word in text] == []
    assert "严格正确 2/3 = 66.7%" in said.out
    assert {p.suffix for p in out.iterdir()} == {".json"}
    run = read_run(path)
    assert (run.tier, [o.case for o in run.cases], [o.answer for o in run.cases]) == ("held", [None] * 3, [None] * 3)
    assert path.stem.endswith("-held")


def test_held_cases_have_bars_too(
    cases: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tiers, "find_held_files", lambda: (cases,))
    assert main("run", "--held", "--kind", "sums", "--out", out) == 1
    assert "未达下限：严格正确率" in capsys.readouterr().out


def test_a_whole_run_measures_the_yardsticks(
    cases: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "find_case_files", lambda: (cases,))
    monkeypatch.setattr(run_module, "measure_baselines", lambda *_: {"bm25": {"wrong": (False, True)}})
    main("run", "--out", out)
    shown = capsys.readouterr().out
    assert "本产品 0.0%，bm25 100%" in shown and "不如 BM25 的种类：sums" in shown


def test_a_field_that_nothing_reads_is_named(tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_lines(tmp_path / "a.jsonl", {**LINES[0], "forbiden": ["x"]})
    assert main("run", "--cases", path, "--out", out) == 0
    assert f"注意：{path} 第 1 行的字段 forbiden 没有打分项读取" in capsys.readouterr().err


def test_wrong_input_is_explained(cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    none = tmp_path / "none"
    held = tiers.find_held_files()[0]
    wrong: list[tuple[list[object], str]] = [
        (["run", "--cases", none], f"错误：{none}：文件打不开"),
        (["run", "--cases", cases, "--kind", "sum"], "错误：没有符合条件的题目。现有种类：manipulation、sums"),
        (["run", "--cases", cases, "--against", none], f"错误：结果文件 {none} 打不开"),
        (["run", "--cases", held], f"错误：{held} 是留出题"),
        (["run", "--cases", cases, "--url", "http://127.0.0.1:9"], "错误：连不上 http://127.0.0.1:9"),
        (["run", "--cases", cases, "--composer", "model"], "错误：没有设语言模型"),
        (["check", "--cases", none], f"错误：{none}：文件打不开"),
        (["report", none], f"错误：结果文件 {none} 打不开"),
        (["marks", cases], f"错误：{cases} 第 1 行：字段 commit、reader、mark 不对"),
        (["blind", cases], "错误：cases 没有封存"),
        (["mutate", none], f"错误：结果文件 {none} 打不开"),
    ]
    for arguments, reason in wrong:
        assert main(*arguments) == 2, arguments
        said = capsys.readouterr()
        assert [line for line in said.err.splitlines() if line.startswith(reason)], arguments
        assert said.out == ""


def test_an_unknown_setting_is_refused(
    cases: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICY_NONSENSE", "1")
    assert main("check", "--cases", cases) == 2
    assert "POLICY_NONSENSE" in capsys.readouterr().err


def test_a_command_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    assert "命令" in capsys.readouterr().err


def test_check(cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main("check", "--cases", cases) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "核对了 3 题，不同的要求 2 种；0 处错误，0 处提醒"
    bad = write_lines(tmp_path / "bad.jsonl", {**LINES[2], "status": ["not_stated"], "measures": [99]})
    assert main("check", "--cases", bad) == 1
    shown = capsys.readouterr().out
    assert f"{bad} 第 1 行：错误：wrong：answerable 为 true，status 里却没有回答" in shown
    assert "1 处错误，1 处提醒" in shown
    assert main("check", "--cases", bad, "--json") == 1
    reason = "解析出的通知里没有第 99 条"
    printed = json.loads(capsys.readouterr().out)
    assert printed["cases"] == 1
    assert printed["problems"][1] == {"path": str(bad), "line": 1, "reason": reason, "error": False}


def test_report(result: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main("report", result, "--out", tmp_path / "other", "--json") == 0
    written = json.loads(capsys.readouterr().out)
    assert sorted(map(Path, written.values())) == sorted((tmp_path / "other").iterdir())
    assert main("report", result) == 0
    assert f"报告：{result.with_suffix('.html')}\n错题：" in capsys.readouterr().out


def test_mutate_ends_with_one_below_its_bars(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_run(tmp_path, make_run(make_outcome("a")))
    for counts, code, words in (
        ({"nonsense": (20, 20)}, 0, "无关的话（nonsense）：20/20 = 100%\n合计 20/20 = 100%\n"),
        ({"nonsense": (18, 20)}, 1, "无关的话（nonsense）：18/20 = 90.0%\n合计 18/20 = 90.0%\n"),
        ({"nonsense": (90, 90), "sum_swapped": (8, 10)}, 1, "合计 98/100 = 98.0%\n"),
    ):
        monkeypatch.setattr(commands, "count_noticed", lambda spoilt, counts=counts: counts)
        assert main("mutate", path) == code
        assert words in capsys.readouterr().out
    assert main("mutate", path, "--json") == 1
    assert json.loads(capsys.readouterr().out)["noticed"] == 0.98


def test_sheet_and_marks(result: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main("sheet", 2, "--results", result, "--out", tmp_path / "sheet", "--json") == 0
    files = json.loads(capsys.readouterr().out)
    assert files == {"page": str(tmp_path / "sheet.html"), "lines": str(tmp_path / "sheet.jsonl")}
    blanks = [json.loads(line) for line in Path(files["lines"]).read_text(encoding="utf-8").splitlines()]
    assert len(blanks) == 2
    marks = [
        write_lines(tmp_path / f"{reader}.jsonl", *({**blank, "reader": reader, "mark": mark} for blank in blanks))
        for reader, mark in (("甲", "good"), ("乙", "false"))
    ]
    assert main("marks", *marks, "--results", result) == 0
    shown = capsys.readouterr().out
    assert "好：2/4 = 50.0%" in shown and "很好或好：2/4 = 50.0%" in shown
    assert "误导、不该答而答、不实：2/4 = 50.0%" in shown
    assert "两人都读的 2 个：κ = –，只分好与不好 κ = –" in shown
    assert "不实句检测（2 个读过的回答）：召回 –（0/0" in shown
    assert main("marks", marks[0], "--results", result, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"good": 1.0, "harmful": 0.0, "recall": None, "precision": None}


def test_nothing_is_published_without_results(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "find_latest", lambda: None)
    assert main("publish") == 2
    assert "还没有结果。请先运行 python -m evals run" in capsys.readouterr().err


def test_results_of_part_of_the_cases_are_not_published(
    result: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(commands, "Places", lambda: Places(*(tmp_path / name for name in ("a.json", "a.md", "b.md"))))
    assert main("publish", result) == 2
    assert "不是全部自带题目" in capsys.readouterr().err


def test_blind_cases_are_sealed_committed_and_asked_once(
    tmp_path: Path, blind_folder: Path, git: Git, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run_module, "measure_baselines", lambda *_: {})
    path = write_lines(tmp_path / "anna.jsonl", *LINES)
    assert main("seal", path) == 0
    assert "已封存 anna：3 题" in capsys.readouterr().out
    assert main("blind", path) == 2
    assert "还没有提交" in capsys.readouterr().err
    git("add", ".")
    git("commit", "--quiet", "--message", "seal")
    assert main("blind", path) == 0
    shown = capsys.readouterr().out
    assert "严格正确 2/3 = 66.7%" in shown and "题目已用过，请连同结果提交" in shown
    assert SECRET not in shown
    (written,) = (blind_folder / "results").iterdir()
    assert (read_run(written).tier, len(read_run(written).cases)) == ("blind/anna", 3)
    assert main("blind", path) == 2
    assert "只能问一次" in capsys.readouterr().err


def test_blind_answers_in_json_hold_no_misses(
    tmp_path: Path, blind_folder: Path, git: Git, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run_module, "measure_baselines", lambda *_: {})
    path = write_lines(tmp_path / "anna.jsonl", LINES[2])
    assert main("seal", path, "--json") == 0
    assert json.loads(capsys.readouterr().out)["cases"] == 1
    git("add", ".")
    git("commit", "--quiet", "--message", "seal")
    assert main("blind", path, "--json") == 0
    printed = capsys.readouterr().out
    assert (json.loads(printed)["misses"], json.loads(printed)["summary"]["right"]) == (None, 0.0)
    assert SECRET not in printed


@pytest.mark.parametrize("missing", ["scipy", "sklearn", "ir_measures"])
def test_a_missing_tool_is_told_before_anything_is_done(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: None if name == missing else found(name, *rest)
    )
    with pytest.raises(SystemExit, match="评测要用的工具没有装。请运行 make evals"):
        importlib.reload(evals)
