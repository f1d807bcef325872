"""Publishes the figures of a run: as data for the pages, and in the READMEs between their markers."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from evals.case import find_case_files, read_cases
from evals.coverage import describe_gap
from evals.entry import LocalEntry
from evals.gate import find_fallen, read_gate
from evals.intervals import Interval
from evals.names import name_kind, write_share
from evals.results import RESULTS_FOLDER, read_commit
from evals.stored import StoredRun
from evals.summary import Summary, summarise
from evals.tally import Share, share_by_kind, share_of

ROOT = Path(__file__).parent.parent
BEGIN, END = "<!-- accuracy:begin -->", "<!-- accuracy:end -->"
_UNPUBLISHED = "还没有发布过。`make evals` 达标后运行 `.venv/bin/python -m evals publish`。"


class PublishRefused(Exception):
    """The figures must not be published, or have no place; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where figures are published."""

    data: Path = ROOT / "ui" / "data" / "accuracy.json"
    readme: Path = ROOT / "README.md"
    tables: Path = ROOT / "evals" / "README.md"


@dataclass(frozen=True, slots=True)
class KindFigures:
    """Strictly right answers of one kind."""

    kind: str
    name: str
    cases: int
    right: int
    strictly_right: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Figures:
    """What is published; `date` is the day of the run, as in 2025-11-30."""

    date: str
    commit: str
    corpus_version: str
    cases: int
    right: int
    strictly_right: float
    interval: Interval
    partly_right: float
    citations_valid: float
    refusal_recall: float | None
    over_refusal: float | None
    flip_rate: float | None
    kinds: tuple[KindFigures, ...]


def find_latest(folder: Path = RESULTS_FOLDER) -> Path:
    """The result that was written last."""
    results = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
    if not results:
        raise PublishRefused(f"{folder} 里还没有结果。请先运行 python -m evals run。")
    return results[-1]


def publish(run: StoredRun, places: Places) -> Figures:
    """Writes the figures to their places; raises PublishRefused before anything is written."""
    summary = summarise(run.outcomes)
    if obstacles := find_obstacles(run, summary):
        raise PublishRefused("\n".join((f"没有发布 {run.path.name}：", *(f"- {one}" for one in obstacles))))
    figures = make_figures(run, summary)
    texts = {
        places.data: json.dumps(asdict(figures), ensure_ascii=False, indent=1) + "\n",
        places.readme: replace_marked(places.readme, write_headline(figures)),
        places.tables: replace_marked(places.tables, write_tables(figures)),
    }
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return figures


def find_obstacles(run: StoredRun, summary: Summary) -> tuple[str, ...]:
    """Every reason for which the figures would not be those of the product as it is."""
    commit, current = run.facts.commit, read_commit().rstrip("+")
    obstacles = []
    if run.facts.entry != LocalEntry.name:
        obstacles.append(f"结果来自 {run.facts.entry}，不知道那里是哪一版代码。请不带 --url 运行评测。")
    if commit.endswith("+") or commit == "nogit":
        obstacles.append("运行时代码有没提交的改动。请提交后重新评测。")
    elif commit != current:
        obstacles.append(f"结果属于提交 {commit}，现在是 {current}。请重新评测。")
    if gap := describe_gap(run.outcomes, [placed.case for placed in read_cases(find_case_files())]):
        obstacles.append(f"不是完整的评测：{gap}。请不加选择地运行 python -m evals run。")
    obstacles += [f"未达标：{bar}。" for bar in find_fallen(summary, read_gate())]
    return tuple(obstacles)


def make_figures(run: StoredRun, summary: Summary) -> Figures:
    overall = share_of(run.outcomes)
    kinds = [
        KindFigures(one.kind, name_kind(one.kind), **_figures_of(one.share)) for one in share_by_kind(run.outcomes)
    ]
    figures = summary.overall.figures
    return Figures(
        date=f"{run.facts.started_at:%Y-%m-%d}",
        commit=run.facts.commit,
        corpus_version=run.corpus_version,
        **_figures_of(overall),
        partly_right=figures["partly_right"] or 0.0,
        citations_valid=figures["citations_valid"] or 0.0,
        refusal_recall=figures["unanswerable_recognised"],
        over_refusal=summary.over_refusal,
        flip_rate=summary.robustness.flip_rate if summary.robustness else None,
        kinds=tuple(kinds),
    )


def _figures_of(share: Share) -> dict[str, Any]:
    low, high = round(share.interval.low, 6), round(share.interval.high, 6)
    return {
        "cases": share.of,
        "right": share.count,
        "strictly_right": round(share.value or 0.0, 6),
        "interval": Interval(low, high),
    }


def read_figures(path: Path) -> Figures | None:
    """What was published last; None where nothing was."""
    if not path.is_file():
        return None
    try:
        return TypeAdapter(Figures).validate_json(path.read_bytes())
    except ValidationError as error:
        raise PublishRefused(f"{path} 读不出来。请重新运行 python -m evals publish。") from error


def replace_marked(path: Path, body: str) -> str:
    """The text of the file with the body between its markers."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise PublishRefused(f"{path} 里缺少 {BEGIN} 或 {END}。请把这两行加到写数字的地方。")
    return f"{before}{begin}\n{body}\n{end}{after}"


def write_headline(figures: Figures | None) -> str:
    """A paragraph for readers who have not seen the evaluation."""
    if figures is None:
        return _UNPUBLISHED
    lines = [
        f"自带的 {figures.cases} 题（{len(figures.kinds)} 种），不接语言模型：**严格正确 {write_share(figures.strictly_right)}**"
        f"（95% 区间 {_write_interval(figures.interval)}，对一半算错），部分正确也算 {write_share(figures.partly_right)}。",
        f"引文逐字属实 {write_share(figures.citations_valid)}{_write_rest(figures)}。",
        f"{figures.date} 测于提交 {figures.commit}；各种类的数字在 `evals/README.md`，`make evals` 重现。",
    ]
    return "\n".join(lines)


def _write_rest(figures: Figures) -> str:
    named = (
        ("答不出的题认出", figures.refusal_recall),
        ("答得出的题误拒", figures.over_refusal),
        ("换一种问法就对错不一的组", figures.flip_rate),
    )
    return "".join(f"，{name} {write_share(value)}" for name, value in named if value is not None)


def write_tables(figures: Figures | None) -> str:
    """The table of kinds, the worst first."""
    if figures is None:
        return _UNPUBLISHED
    rows: list[tuple[str, ...]] = [("种类", "", "题数", "严格正确", "95% 区间"), ("---", "---", "---:", "---:", "---:")]
    rows += [_row(f"`{one.kind}`", one.name, one) for one in figures.kinds]
    rows.append(_row("**全部**", "", figures))
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{figures.date}，提交 {figures.commit}，语料 {figures.corpus_version}：\n\n{table}"


def _row(first: str, name: str, figures: KindFigures | Figures) -> tuple[str, ...]:
    share, interval = write_share(figures.strictly_right), _write_interval(figures.interval)
    return (first, name, str(figures.cases), share, interval)


def _write_interval(interval: Interval) -> str:
    return f"{write_share(interval.low)}–{write_share(interval.high)}"
