"""Runs over cases: history, failures, results on disk, comparison, bars, and the command line around them."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from assistant.query import Turn
from evals.case import Case
from evals.comparison import Change, compare_runs
from evals.context import Context, Library, make_context
from evals.entry import EntryFailed
from evals.gate import Gate, GateError, find_fallen, read_gate
from evals.intervals import mcnemar_p, paired_interval, wilson_interval
from evals.report import print_run
from evals.results import ResultsError, RunFacts, encode_results, read_results, write_results
from evals.run import Outcome, run_cases
from evals.summary import Row, Summary, summarise

FACTS = RunFacts("abc1234+", "本进程", None, datetime(2025, 11, 22, 8, 30, tzinfo=UTC))


class FakeEntry:
    """Answers "最高<length of the question>元", out of scope to 天气; fails on 坏."""

    name = "假"

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []

    def ask(self, question: str, history: tuple[Turn, ...]) -> dict[str, Any]:
        self.asked.append((question, history))
        if "坏" in question:
            raise EntryFailed("ValueError: 坏了")
        status = "out_of_scope" if "天气" in question else "answered"
        said = f"最高{len(question)}元"
        parts = [{"kind": "direct", "text": said, "citations": []}]
        spent = {"total": float(len(self.asked))}
        return {
            "status": status,
            "answer": said,
            "parts": parts,
            "citations": [],
            "corpus_version": "v1",
            "timings_ms": spent,
        }

    def read_texts(self) -> Mapping[str, str]:
        return {"n": "原文"}


CASES = (
    Case(id="a", kind="sums", question="给多少钱？", answerable=True, facts=(("5元",),)),
    Case(id="b", kind="sums", question="最多给多少钱？", answerable=True, facts=(("5元",),)),
    Case(id="c", kind="scope", question="天气？", answerable=False, history=("先问一句", "再问一句话")),
    Case(id="d", kind="scope", question="坏", answerable=True),
)


@pytest.fixture
def context() -> Context:
    return make_context({}, Library((), {}))


@pytest.fixture
def outcomes(context: Context) -> tuple[Outcome, ...]:
    return run_cases(CASES, FakeEntry(), context)


def test_verdicts_and_failures(outcomes: tuple[Outcome, ...]) -> None:
    assert [o.is_right for o in outcomes] == [True, False, True, False]
    assert outcomes[3].answer is None
    assert outcomes[3].reason_of("strictly_right") == "没有得到回答：ValueError: 坏了"


def test_earlier_questions_are_really_asked(context: Context) -> None:
    entry = FakeEntry()
    run_cases(CASES[2:3], entry, context)
    first = (Turn("user", "先问一句"), Turn("assistant", "最高4元"))
    second = (Turn("user", "再问一句话"), Turn("assistant", "最高5元"))
    assert entry.asked == [("先问一句", ()), ("再问一句话", first), ("天气？", first + second)]


def test_summary(outcomes: tuple[Outcome, ...]) -> None:
    summary = summarise(outcomes)
    assert [(r.kind, r.cases, r.figures["strictly_right"]) for r in summary.kinds] == [
        ("scope", 2, 0.5),
        ("sums", 2, 0.5),
    ]
    assert (summary.overall.cases, summary.overall.figures["facts_recalled"]) == (4, 0.5)
    assert summary.overall.figures["departments_right"] is None
    assert summary.interval == wilson_interval(2, 4)


def test_two_runs_differ_in_timings_only(context: Context) -> None:
    texts = []
    for _ in range(2):
        outcomes = run_cases(CASES, FakeEntry(), context)
        results = encode_results(FACTS, summarise(outcomes), outcomes)
        assert results.pop("timings")["steps"]["a"] == {"total": 1.0}
        texts.append(json.dumps(results, ensure_ascii=False))
    assert texts[0] == texts[1]


def test_results_are_never_overwritten(outcomes: tuple[Outcome, ...], tmp_path: Path) -> None:
    results = encode_results(FACTS, summarise(outcomes), outcomes)
    paths = [write_results(tmp_path / "new", FACTS, results) for _ in range(3)]
    assert [p.name for p in paths] == [f"2025-11-22-abc1234{end}.json" for end in ("", "-2", "-3")]
    earlier = read_results(paths[0])
    assert [(c.id, c.is_right, c.status) for c in earlier.cases] == [
        ("a", True, "answered"),
        ("b", False, "answered"),
        ("c", True, "out_of_scope"),
        ("d", False, None),
    ]


def test_foreign_results_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    for name in ("x.json", "missing.json"):
        with pytest.raises(ResultsError, match=name):
            read_results(tmp_path / name)


def test_comparison_lists_changes_only(outcomes: tuple[Outcome, ...], context: Context, tmp_path: Path) -> None:
    path = write_results(tmp_path, FACTS, encode_results(FACTS, summarise(outcomes), outcomes))
    better = [case.model_copy(update={"facts": (("7元",),)}) if case.id == "b" else case for case in CASES]
    worse = [case.model_copy(update={"facts": (("6元",),)}) if case.id == "a" else case for case in better]
    comparison = compare_runs(read_results(path), run_cases(worse, FakeEntry(), context))
    assert comparison.changes == (
        Change("a", "给多少钱？", False, "缺少“6元”"),
        Change("b", "最多给多少钱？", True, "缺少“5元”"),
    )
    assert (comparison.cases, comparison.difference, comparison.p, comparison.restated) == (4, 0.0, 1.0, 0)


@pytest.mark.parametrize(
    ("gained", "lost", "p"), [(0, 0, 1.0), (5, 5, 1.0), (6, 0, 0.03125), (10, 2, 0.03857421875), (2, 10, 0.03857421875)]
)
def test_mcnemar(gained: int, lost: int, p: float) -> None:
    assert mcnemar_p(gained, lost) == p


def test_intervals() -> None:
    wilson = wilson_interval(9, 10)
    assert (round(wilson.low, 4), round(wilson.high, 4)) == (0.5958, 0.9821)
    assert (wilson_interval(0, 0).low, wilson_interval(0, 0).high) == (0.0, 1.0)
    paired = paired_interval(20, 2, 439)
    assert paired.low < 18 / 439 < paired.high
    assert paired_interval(3, 3, 100).low == -paired_interval(3, 3, 100).high


def _summary(strictly_right: float, citations_valid: float | None) -> Summary:
    figures = {"strictly_right": strictly_right, "citations_valid": citations_valid}
    return Summary((Row("sums", 4, figures),), Row("全部", 4, figures), wilson_interval(1, 2), None)


@pytest.mark.parametrize(
    ("strictly_right", "citations_valid", "fallen"),
    [
        (0.9, 1.0, ()),
        (0.9, None, ()),
        (0.85, 1.0, ("严格正确率 85.00% 低于下限 90.00%",)),
        (0.9, 0.998, ("引文逐字有效率 99.80% 低于下限 100.00%",)),
        (0.7, 1.0, ("严格正确率 70.00% 低于下限 90.00%", "sums 的严格正确率 70.00% 低于下限 80.00%")),
    ],
)
def test_bars(strictly_right: float, citations_valid: float | None, fallen: tuple[str, ...]) -> None:
    gate = Gate(strictly_right=0.9, citations_valid=1.0, kinds={"sums": 0.8})
    assert find_fallen(_summary(strictly_right, citations_valid), gate) == fallen


def test_bad_gate_names_the_field(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_text("strictly_right = 90\ncitation = 1", encoding="utf-8")
    with pytest.raises(GateError, match="的字段不对：strictly_right、citations_valid、citation。"):
        read_gate(path)


def test_report_shows_each_miss_in_a_few_lines(outcomes: tuple[Outcome, ...]) -> None:
    console = Console(record=True, width=150, file=StringIO())
    print_run(console, summarise(outcomes), outcomes)
    shown = console.export_text()
    assert "严格正确 50.0%（95% 区间 15.0%–85.0%）" in shown
    miss = shown[shown.index("✗ b（sums）") :].split("\n\n")[0].splitlines()
    assert [line.strip() for line in miss] == [
        "✗ b（sums）",
        "问：最多给多少钱？",
        "应：answered；事实 5元",
        "得：answered｜最高7元",
        "因：缺少“5元”",
        "疑：compose（找到了条款，没有写出内容）",
    ]
