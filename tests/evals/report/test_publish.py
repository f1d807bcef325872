"""Published figures: refused where they are not those of the product, blind first, and the tuned one is called so."""

import json
import os
from pathlib import Path

import pytest

from evals.cases.case import PlacedCase
from evals.gate import read_gate
from evals.report import publish as module
from evals.report.publish import (
    BEGIN,
    END,
    Places,
    PublishRefused,
    find_held,
    find_latest,
    find_obstacles,
    make_figures,
    publish,
    write_headline,
    write_tables,
)
from evals.results import HELD, Run, write_run
from evals.summary import summarise
from tests.evals.answers import DAY, make_case, make_outcome, make_run
from ui.chat.accuracy import BlindAccuracy, ShareInterval, read_published_accuracy

BAR = 0.7
README = f"# 题目\n\n{BEGIN}\n旧的\n{END}\n\n以后\n"
GOOD = {"citations_valid": 1.0, "unanswerable_recognised": 1.0, "answerable_answered": 1.0, "untrue_sentences": 0.0}
TUNED = make_run(
    make_outcome("a", True, {**GOOD, "facts_shown": 1.0}, facts=[["1"]]),
    make_outcome("b", True, {**GOOD, "facts_shown": 0.0}, facts=[["2"]]),
    make_outcome("c", False, GOOD, kind="lists"),
    make_outcome("d", True, GOOD, kind="lists", measures=[1]),
    baselines={"bm25": {"a": (True, True), "b": (True, True)}},
    mutation={"nonsense": (39, 40)},
)
HELD_RUN = make_run(*(make_outcome(n, n != "h", {"untrue_sentences": 0.0}).sealed for n in "hij"), tier=HELD)
SPENT = (
    make_run(
        make_outcome("x", True, {"untrue_sentences": 1.0}),
        make_outcome("y", False, facts=[["1"]]),
        make_outcome("z", True, notice_id="gf-2018-39"),
        tier="blind/anna",
        commit="bbb0000",
        started_at=DAY.replace(day=21),
    ),
    make_run(make_outcome("w", True, notice_ids=["all"]), tier="blind/bert", commit="bbb0000"),
)


@pytest.fixture(autouse=True)
def _nothing_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What people really read is shown by its own test."""
    monkeypatch.setattr(module, "MARKS_FOLDER", tmp_path / "marks")


@pytest.fixture(autouse=True)
def _bar_of_these_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three right of four pass, wherever the shipped bar stands."""
    shipped = read_gate()
    bars = shipped.development.model_copy(update={"strictly_right": BAR})
    monkeypatch.setattr(module, "read_gate", lambda: shipped.model_copy(update={"development": bars}))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    readme, tables = tmp_path / "README.md", tmp_path / "tables.md"
    for path in (readme, tables):
        path.write_text(README, encoding="utf-8")
    return Places(tmp_path / "accuracy.json", readme, tables)


@pytest.fixture(autouse=True)
def _own_state(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped cases are those of the run, and the commit is its commit."""
    shipped = [type("Placed", (), {"case": outcome.case})() for outcome in TUNED.cases]
    monkeypatch.setattr(module, "read_cases", lambda _: shipped)
    monkeypatch.setattr(module, "read_commit", lambda: "abc1234+")
    monkeypatch.setattr(module, "read_spent", lambda: SPENT)


def test_what_is_written_is_what_the_page_reads(places: Places) -> None:
    figures = publish(TUNED, HELD_RUN, places)
    assert json.loads(places.data.read_text(encoding="utf-8")) == figures
    published = read_published_accuracy(places.data)
    assert published is not None and published.blind is not None
    home, others = published.blind.home, published.blind.others
    interval = ShareInterval(0.094531, 0.905469)
    assert home == BlindAccuracy(DAY.replace(day=21).date(), "bbb0000", 2, 0.5, interval, 50.0)
    assert others is not None and (others.cases, others.strictly_right, others.untrue) == (2, 1.0, 0.0)


def test_figures() -> None:
    figures = make_figures(TUNED, HELD_RUN, SPENT)
    assert (figures["date"], figures["commit"], figures["corpus_version"]) == ("2025-11-22", "abc1234", "v1")
    tuned, held = figures["tuned"], figures["held"]
    assert (tuned["cases"], tuned["right"], tuned["golds"], tuned["strictly_right"]) == (4, 3, 4, 0.75)
    assert (tuned["untrue"], tuned["refusal_recall"], tuned["over_refusal"]) == (0.0, 1.0, 0.0)
    assert (held["cases"], held["right"], held["golds"]) == (3, 2, 1)
    assert [(k["kind"], k["name"], k["strictly_right"]) for k in figures["kinds"]] == [
        ("lists", "清单", 0.5),
        ("sums", "金额", 1.0),
    ]
    assert sorted(figures["blind"]) == ["home", "others"]


@pytest.mark.parametrize("held", [None, TUNED])
def test_what_was_not_asked_is_not_published(held: Run | None) -> None:
    figures = make_figures(TUNED, held, ())
    assert (figures["blind"], figures["held"]) == (None, None)
    headline = write_headline(figures)
    assert [word for word in ("盲测", "留出题") if word in headline] == []
    assert headline.startswith("照着改进过的开发题：严格正确 75.0%")


def test_the_headline_says_what_is_blind_and_what_is_tuned() -> None:
    paragraphs = write_headline(make_figures(TUNED, HELD_RUN, SPENT)).split("\n\n")
    assert [p.split("：")[0] for p in paragraphs[:4]] == [
        "**盲测，自带的通知**",
        "**盲测，别的通知**",
        "留出题（不看题目和回答，每次改动后都问）",
        "照着改进过的开发题",
    ]
    assert paragraphs[0] == (
        "**盲测，自带的通知**：严格正确 50.0%（95% 区间 9.5%–90.5%，2 题）；每百个回答里不实的句子 50.0。"
        "2 题由没看过代码和题目的人写，2025-11-21 在提交 bbb0000 只问过一次。"
    )
    assert paragraphs[3].endswith("4 题），不实 0.0，比对全新的题好看。")
    assert "2025-11-22 测于提交 abc1234，不接语言模型；`make evals` 重现" in paragraphs[4]


def test_tables_show_the_kinds_and_the_spoilt_answers() -> None:
    lines = write_tables(make_figures(TUNED, None, ()), summarise(TUNED), TUNED).splitlines()
    assert lines[0] == "2025-11-22，提交 abc1234，语料 v1，开发题："
    rows = [line for line in lines if line.startswith("| `")]
    assert rows[0].startswith("| `lists` | 清单 | 2 | 2 | 50.0% | 9.5%–90.5% | – | –")
    assert rows[1] == "| `sums` | 金额（不如 BM25） | 2 | 2 | 100% | 34.2%–100% | 50.0% | 100% |"
    assert rows[2].startswith("| `全部` | 全部（不如 BM25） | 4 | 4 | 75.0% |")
    assert rows[3] == "| `nonsense` | 97.5% | 40 |"


def test_only_what_stands_between_the_markers_is_replaced(places: Places) -> None:
    figures = publish(TUNED, HELD_RUN, places)
    readme, tables = (path.read_text(encoding="utf-8") for path in (places.readme, places.tables))
    assert readme == f"# 题目\n\n{BEGIN}\n{write_headline(figures)}\n{END}\n\n以后\n"
    assert tables == f"# 题目\n\n{BEGIN}\n{write_tables(figures, summarise(TUNED), TUNED)}\n{END}\n\n以后\n"
    publish(TUNED, HELD_RUN, places)
    assert places.readme.read_text(encoding="utf-8") == readme


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"commit": "abc1234+"}, "运行时代码有没提交的改动。请提交后重新评测。"),
        ({"commit": "nogit"}, "运行时代码有没提交的改动。请提交后重新评测。"),
        ({"commit": "fff0000"}, "结果属于提交 fff0000，现在是 abc1234。请重新评测。"),
        (
            {"entry": "http://127.0.0.1:7860"},
            "结果来自 http://127.0.0.1:7860，不知道那里是哪一版代码。请不带 --url 运行评测。",
        ),
        ({"tier": "ablation/完整"}, "不是全部自带题目。请不加选择地运行 python -m evals run。"),
        ({"cases": TUNED.cases[:2]}, "不是全部自带题目。请不加选择地运行 python -m evals run。"),
        (
            {"cases": (*TUNED.cases, make_outcome("e", True, GOOD))},
            "不是全部自带题目。请不加选择地运行 python -m evals run。",
        ),
        (
            {"cases": (make_outcome("a", True, GOOD, facts=[["变了"]]), *TUNED.cases[1:])},
            "不是全部自带题目。请不加选择地运行 python -m evals run。",
        ),
    ],
)
def test_figures_of_anything_else_are_refused(places: Places, fields: dict[str, object], reason: str) -> None:
    run = TUNED.model_copy(update=fields)
    assert find_obstacles(run) == (reason,)
    expect_refusal(run, places, reason)


def test_figures_below_the_gate_are_refused(places: Places) -> None:
    cases = tuple(o.model_copy(update={"scores": make_outcome("x", False).scores}) for o in TUNED.cases)
    expect_refusal(TUNED.model_copy(update={"cases": cases}), places, f"未达标：严格正确率 0.00% 低于下限 {BAR:.2%}。")


def test_every_obstacle_is_named() -> None:
    obstacles = find_obstacles(TUNED.model_copy(update={"commit": "nogit", "entry": "x", "cases": TUNED.cases[:2]}))
    assert len(obstacles) == 3


@pytest.mark.parametrize("text", ["没有标记", f"{BEGIN} 没有结尾", f"{END} 先结尾 {BEGIN}"])
def test_a_readme_without_markers_is_named(places: Places, text: str) -> None:
    places.tables.write_text(text, encoding="utf-8")
    expect_refusal(TUNED, places, "tables.md 里缺少")


def expect_refusal(run: Run, places: Places, reason: str) -> None:
    with pytest.raises(PublishRefused) as caught:
        publish(run, HELD_RUN, places)
    assert reason in str(caught.value)
    assert (places.readme.read_text(encoding="utf-8"), places.data.exists()) == (README, False)


def test_the_latest_results_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever else lies in the folder, and however the files are named; held ones only whole and of that commit."""
    assert find_latest(tmp_path / "none") is None
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    part = HELD_RUN.model_copy(update={"cases": HELD_RUN.cases[:1]})
    elsewhere = HELD_RUN.model_copy(update={"entry": "http://127.0.0.1:1"})
    runs = [TUNED, TUNED.model_copy(update={"commit": "newer00"}), HELD_RUN, part, elsewhere]
    for age, run in zip((20, 10, 5, 3, 1), runs, strict=True):
        path = write_run(tmp_path, run)
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    newest = find_latest(tmp_path)
    assert newest is not None and newest.commit == "newer00"
    placed = [PlacedCase(make_case(id=o.id), Path("held.jsonl"), 1) for o in HELD_RUN.cases]
    monkeypatch.setattr("evals.report.publish.read_cases", lambda paths: tuple(placed))
    assert find_held(HELD_RUN.commit, tmp_path) == HELD_RUN
    assert find_held("newer00", tmp_path) is None


def test_the_shipped_readmes_have_a_place_for_figures() -> None:
    for path in (Places().readme, Places().tables):
        text = path.read_text(encoding="utf-8")
        assert text.count(BEGIN) == text.count(END) == 1
        assert text.index(BEGIN) < text.index(END)
