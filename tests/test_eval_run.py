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
from evals.intervals import mcnemar_p, paired_interval, wilson_interval
from evals.report import print_run
from evals.results import ResultsError, RunFacts, encode_results, read_results, write_results
from evals.run import Outcome, run_cases
from evals.summary import summarise

FACTS = RunFacts("abc1234+", "本进程", None, datetime(2025, 11, 22, 8, 30, tzinfo=UTC))


class FakeEntry:
    """Answers "最高<length of the question>个", out of scope to 天气; fails on 坏."""

    name = "假"

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []

    def ask(self, question: str, history: tuple[Turn, ...]) -> dict[str, Any]:
        self.asked.append((question, history))
        if "坏" in question:
            raise EntryFailed("ValueError: 坏了")
        status = "out_of_scope" if "天气" in question else "answered"
        said = f"最高{len(question)}个"
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
    Case(id="a", kind="sums", question="给多少钱？", answerable=True, facts=(("5个",),)),
    Case(id="b", kind="sums", question="最多给多少钱？", answerable=True, facts=(("5个",),)),
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
    first = (Turn("user", "先问一句"), Turn("assistant", "最高4个"))
    second = (Turn("user", "再问一句话"), Turn("assistant", "最高5个"))
    assert entry.asked == [("先问一句", ()), ("再问一句话", first), ("天气？", first + second)]


def test_earlier_question_that_cases_share_is_asked_once(context: Context) -> None:
    entry = FakeEntry()
    other = CASES[2].model_copy(update={"id": "e", "question": "天气呢？", "history": ("先问一句",)})
    run_cases([CASES[2], other], entry, context)
    assert [question for question, _ in entry.asked] == ["先问一句", "再问一句话", "天气？", "天气呢？"]


def test_follow_up_is_asked_again_by_itself(context: Context) -> None:
    class Understanding(FakeEntry):
        def ask(self, question: str, history: tuple[Turn, ...]) -> dict[str, Any]:
            return {**super().ask(question, history), "standalone_question": f"单独的{question}"}

    entry = Understanding()
    first, alone = run_cases([CASES[2], CASES[0]], entry, context)
    assert entry.asked[-2:] == [("单独的天气？", ()), ("给多少钱？", ())]
    assert (first.value_of("twin_agrees"), alone.value_of("twin_agrees")) == (1.0, None)


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
    better = [case.model_copy(update={"facts": (("7个",),)}) if case.id == "b" else case for case in CASES]
    worse = [case.model_copy(update={"facts": (("6个",),)}) if case.id == "a" else case for case in better]
    comparison = compare_runs(read_results(path), run_cases(worse, FakeEntry(), context))
    assert comparison.changes == (
        Change("a", "给多少钱？", False, "缺少“6个”"),
        Change("b", "最多给多少钱？", True, "缺少“5个”"),
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


def test_report_shows_each_miss_in_a_few_lines(outcomes: tuple[Outcome, ...]) -> None:
    console = Console(record=True, width=150, file=StringIO())
    print_run(console, summarise(outcomes), outcomes)
    shown = console.export_text()
    assert "严格正确 50.0%（95% 区间 15.0%–85.0%）" in shown
    miss = shown[shown.index("✗ b（sums）") :].split("\n\n")[0].splitlines()
    assert [line.strip() for line in miss] == [
        "✗ b（sums）",
        "问：最多给多少钱？",
        "应：answered；事实 5个",
        "得：answered｜最高7个",
        "因：缺少“5个”",
        "疑：compose（写得不对）：缺“5个”：回答里没有",
    ]
