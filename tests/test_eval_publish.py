"""Publishing: what is refused, what is written, and that the READMEs say what the data says."""

from dataclasses import replace
from pathlib import Path

import pytest

from evals import publish as publishing
from evals.gate import Gate, Greatest, Least, read_gate
from evals.publish import (
    BEGIN,
    END,
    Places,
    PublishRefused,
    find_latest,
    publish,
    read_figures,
    write_headline,
    write_tables,
)
from evals.run import Outcome
from evals.stored import StoredRun, read_run
from ingest.publish import Source
from tests.eval_runs import make_outcomes, write_run
from ui.chat.accuracy import AccuracyUnreadable, KindAccuracy, ShareInterval, read_published_accuracy

README = f"# 题目\n\n{BEGIN}\n旧的\n{END}\n\n以后\n"


@pytest.fixture
def outcomes(seed: Source) -> tuple[Outcome, ...]:
    return make_outcomes(seed)[:2]


@pytest.fixture
def run(outcomes: tuple[Outcome, ...], tmp_path: Path) -> StoredRun:
    return read_run(write_run(tmp_path / "results", outcomes))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    readme, tables = tmp_path / "README.md", tmp_path / "tables.md"
    for path in (readme, tables):
        path.write_text(README, encoding="utf-8")
    return Places(tmp_path / "accuracy.json", readme, tables)


@pytest.fixture(autouse=True)
def _own_state(outcomes: tuple[Outcome, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped cases are those of the run, the commit is its commit, and no bar is too high."""
    placed = [type("Placed", (), {"case": o.case})() for o in outcomes]
    monkeypatch.setattr(publishing, "read_cases", lambda _: placed)
    monkeypatch.setattr(publishing, "read_commit", lambda: "abc1234+")
    monkeypatch.setattr(publishing, "read_gate", lambda: _make_gate(0.5))


def _make_gate(strictly_right: float) -> Gate:
    least = Least(
        strictly_right=strictly_right,
        every_kind=0,
        citations_valid=1,
        catalogue_exact=1,
        figures_faithful=1,
        refusal_recall=1,
    )
    bench = read_gate().bench
    return Gate(at_least=least, at_most=Greatest(over_refusal=0, flip_rate=1, cpu_seconds=1), bench=bench)


def test_what_is_written_is_what_the_page_reads(run: StoredRun, places: Places) -> None:
    figures = publish(run, places)
    read = read_published_accuracy(places.data)
    assert read is not None
    assert (str(read.date), read.commit, read.corpus_version) == ("2025-11-22", "abc1234", "v1")
    assert (read.cases, read.right, read.strictly_right, read.flip_rate) == (2, 1, 0.5, 1.0)
    assert read.kinds == (KindAccuracy("sums", "金额", 2, 1, 0.5, ShareInterval(0.094531, 0.905469)),)
    assert read.interval == ShareInterval(0.094531, 0.905469)
    assert read_figures(places.data) == figures
    headline = places.readme.read_text(encoding="utf-8")
    assert headline == f"# 题目\n\n{BEGIN}\n{write_headline(figures)}\n{END}\n\n以后\n"
    assert "自带的 2 题（1 种），不接语言模型：**严格正确 50.0%**（95% 区间 9.5%–90.5%，对一半算错）" in headline
    assert "| `sums` | 金额 | 2 | 50.0% | 9.5%–90.5% |" in places.tables.read_text(encoding="utf-8")


def test_publishing_again_replaces(run: StoredRun, places: Places) -> None:
    publish(run, places)
    once = places.readme.read_text(encoding="utf-8")
    publish(run, places)
    assert places.readme.read_text(encoding="utf-8") == once


@pytest.mark.parametrize(
    ("commit", "entry", "reason"),
    [
        ("abc1234+", "本进程", "运行时代码有没提交的改动"),
        ("nogit", "本进程", "运行时代码有没提交的改动"),
        ("fff0000", "本进程", "结果属于提交 fff0000，现在是 abc1234"),
        ("abc1234", "http://127.0.0.1:7860", "不知道那里是哪一版代码"),
    ],
)
def test_figures_of_other_code_are_refused(
    run: StoredRun, places: Places, commit: str, entry: str, reason: str
) -> None:
    other = replace(run, facts=replace(run.facts, commit=commit, entry=entry))
    _expect_refusal(other, places, reason)


def test_part_of_the_cases_is_refused(run: StoredRun, places: Places) -> None:
    _expect_refusal(replace(run, outcomes=run.outcomes[:1]), places, "自带的 2 题里有 1 题没有跑")


def test_figures_below_the_gate_are_refused(run: StoredRun, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "read_gate", lambda: _make_gate(0.6))
    _expect_refusal(run, places, "未达标：严格正确率 50.00% 低于下限 60.00%")


def test_readme_without_markers_is_named(run: StoredRun, places: Places) -> None:
    places.tables.write_text("没有标记", encoding="utf-8")
    _expect_refusal(run, places, r"tables\.md 里缺少")


def _expect_refusal(run: StoredRun, places: Places, reason: str) -> None:
    before = places.readme.read_text(encoding="utf-8")
    with pytest.raises(PublishRefused, match=reason):
        publish(run, places)
    assert (places.readme.read_text(encoding="utf-8"), places.data.exists()) == (before, False)


def test_latest_result(tmp_path: Path, run: StoredRun) -> None:
    assert find_latest(run.path.parent) == run.path
    with pytest.raises(PublishRefused, match="还没有结果"):
        find_latest(tmp_path / "none")


def test_nothing_published_is_none_and_broken_figures_are_named(tmp_path: Path) -> None:
    path = tmp_path / "accuracy.json"
    assert (read_published_accuracy(path), read_figures(path)) == (None, None)
    path.write_text('{"cases": 1}', encoding="utf-8")
    with pytest.raises(AccuracyUnreadable, match=r"accuracy\.json 读不出来"):
        read_published_accuracy(path)
    with pytest.raises(PublishRefused, match=r"accuracy\.json 读不出来"):
        read_figures(path)


def test_readmes_say_what_was_published() -> None:
    places = Places()
    figures = read_figures(places.data)
    for path, body in ((places.readme, write_headline(figures)), (places.tables, write_tables(figures))):
        assert f"{BEGIN}\n{body}\n{END}" in path.read_text(encoding="utf-8"), f"run publish again: {path.name}"


def test_shipped_figures_can_be_shown() -> None:
    figures, shown = read_figures(Places().data), read_published_accuracy()
    assert (figures is None) == (shown is None)
    if figures and shown:
        assert (shown.strictly_right, shown.cases) == (figures.strictly_right, figures.cases)
