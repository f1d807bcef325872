"""Publishes figures: the newest blind result is the headline, the tuned figure stands beside it and is called so."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.cases.case import find_case_files, read_cases
from evals.cases.tiers import find_held_files, is_home, read_spent
from evals.corpora import Library
from evals.entry import LocalEntry
from evals.gate import find_fallen, read_gate
from evals.report.sheet import MARKS_FOLDER, describe_reading, measure_detector, read_marks
from evals.report.terminal import name_kind, write_share
from evals.results import DEVELOPMENT, HELD, RESULTS_FOLDER, ResultsError, Run, read_commit, read_run
from evals.statistics import Share
from evals.summary import Row, Summary, summarise

ROOT = Path(__file__).parents[2]
BEGIN, END = "<!-- accuracy:begin -->", "<!-- accuracy:end -->"


class PublishRefused(Exception):
    """The figures must not be published, or have no place; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where figures are published."""

    data: Path = ROOT / "ui" / "data" / "accuracy.json"
    readme: Path = ROOT / "README.md"
    tables: Path = ROOT / "evals" / "README.md"


def find_latest(folder: Path = RESULTS_FOLDER) -> Run | None:
    """The result of development cases that was written last."""
    return next((run for run in _latest_first(folder) if run.tier == DEVELOPMENT), None)


def find_held(commit: str, folder: Path = RESULTS_FOLDER) -> Run | None:
    """The latest result of all held cases with the code of that commit, asked in this process."""
    every = {placed.case.id for placed in read_cases(find_held_files())}
    fitting = (r for r in _latest_first(folder) if (r.tier, r.commit, r.entry) == (HELD, commit, LocalEntry.name))
    return next((run for run in fitting if {o.id for o in run.cases} == every), None)


def _latest_first(folder: Path) -> Iterator[Run]:
    for path in sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True):
        try:
            yield read_run(path)
        except ResultsError:
            continue


def publish(tuned: Run, held: Run | None, places: Places) -> dict[str, Any]:
    """Writes the figures to their places; raises PublishRefused before anything is written."""
    if obstacles := find_obstacles(tuned):
        raise PublishRefused("\n".join((f"没有发布 {tuned.stem}：", *(f"- {one}" for one in obstacles))))
    figures = make_figures(tuned, held, read_spent())
    summary = summarise(tuned)
    texts = {
        places.data: json.dumps(figures, ensure_ascii=False, indent=1) + "\n",
        places.readme: _replace_marked(places.readme, write_headline(figures)),
        places.tables: _replace_marked(places.tables, write_tables(figures, summary, tuned)),
    }
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return figures


def find_obstacles(run: Run) -> tuple[str, ...]:
    """Every reason for which the figures would not be those of the product as it is."""
    current, shipped = read_commit().rstrip("+"), {p.case.id: p.case for p in read_cases(find_case_files())}
    obstacles = []
    if run.entry != LocalEntry.name:
        obstacles.append(f"结果来自 {run.entry}，不知道那里是哪一版代码。请不带 --url 运行评测。")
    if run.commit.endswith("+") or run.commit == "nogit":
        obstacles.append("运行时代码有没提交的改动。请提交后重新评测。")
    elif run.commit != current:
        obstacles.append(f"结果属于提交 {run.commit}，现在是 {current}。请重新评测。")
    if run.tier != DEVELOPMENT or {o.id: o.case for o in run.cases} != shipped:
        obstacles.append("不是全部自带题目。请不加选择地运行 python -m evals run。")
    obstacles += [f"未达标：{bar}。" for bar in find_fallen(run, read_gate(), is_whole=False)]
    return tuple(obstacles)


def make_figures(tuned: Run, held: Run | None, spent: Sequence[Run]) -> dict[str, Any]:
    """What is published; `blind` is null where nothing was asked blindly yet."""
    home = [(run, o) for run in spent for o in run.cases if is_home(o.case)]
    others = [(run, o) for run in spent for o in run.cases if not is_home(o.case)]
    blind = {
        name: {"date": f"{own[0][0].started_at:%Y-%m-%d}", "commit": own[0][0].commit, **_figures_of(_joined(own))}
        for name, own in (("home", home), ("others", others))
        if own
    }
    summary = summarise(tuned)
    return {
        "date": f"{tuned.started_at:%Y-%m-%d}",
        "commit": tuned.commit,
        "corpus_version": tuned.corpus_version,
        "blind": blind or None,
        "held": _figures_of(held) if held and held.tier == HELD else None,
        "tuned": _figures_of(tuned),
        "kinds": [{"kind": row.kind, "name": name_kind(row.kind), **_share_of(row.right)} for row in summary.kinds],
    }


def _joined(own: Sequence[tuple[Run, Any]]) -> Run:
    return own[0][0].model_copy(update={"cases": tuple(outcome for _, outcome in own)})


def _figures_of(run: Run) -> dict[str, Any]:
    summary = summarise(run)
    return {
        **_share_of(summary.overall.right),
        "untrue": summary.untrue,
        "refusal_recall": summary.overall.figures["unanswerable_recognised"],
        "over_refusal": summary.over_refusal,
    }


def _share_of(share: Share) -> dict[str, Any]:
    right = round(share.value or 0.0, 6)
    return {
        "cases": share.of,
        "right": share.count,
        "golds": share.golds,
        "strictly_right": right,
        "interval": asdict(share.interval),
    }


def _replace_marked(path: Path, body: str) -> str:
    """The text of the file with the body between its markers."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise PublishRefused(f"{path} 里缺少 {BEGIN} 或 {END}。请把这两行加到写数字的地方。")
    return f"{before}{begin}\n{body}\n{end}{after}"


def write_headline(figures: Mapping[str, Any]) -> str:
    """A paragraph for readers who have not seen the evaluation."""
    blind = figures["blind"] or {}
    names = {"home": "自带的通知", "others": "别的通知"}
    lines = [
        f"**盲测，{names[name]}**：{_write_share(own)}；每百个回答里不实的句子 {own['untrue']:.1f}。"
        f"{own['cases']} 题由没看过代码和题目的人写，{own['date']} 在提交 {own['commit']} 只问过一次。"
        for name, own in blind.items()
    ]
    if held := figures["held"]:
        lines.append(f"留出题（不看题目和回答，每次改动后都问）：{_write_share(held)}，不实 {held['untrue']:.1f}。")
    tuned = figures["tuned"]
    lines.append(f"照着改进过的开发题：{_write_share(tuned)}，不实 {tuned['untrue']:.1f}，比对全新的题好看。")
    lines.append(
        "首句、事实、对象、限定语、条款、部门、缺什么，一项不对就算错；区间按不同的要求算，同一要求的几种问法只算一次。"
    )
    lines.append(
        f"{figures['date']} 测于提交 {figures['commit']}，不接语言模型；`make evals` 重现，说明在 `evals/README.md`。"
    )
    return "\n\n".join(lines[:-2]) + "\n\n" + "".join(lines[-2:])


def _write_share(own: Mapping[str, Any]) -> str:
    low, high = write_share(own["interval"]["low"]), write_share(own["interval"]["high"])
    return f"严格正确 {write_share(own['strictly_right'])}（95% 区间 {low}–{high}，{own['cases']} 题）"


def write_tables(figures: Mapping[str, Any], summary: Summary, run: Run) -> str:
    """The kinds, the worst first, and the ways of spoiling."""
    lines = [
        f"{figures['date']}，提交 {figures['commit']}，语料 {figures['corpus_version']}，开发题：",
        "",
        "| 种类 |  | 题数 | 要求 | 严格正确 | 95% 区间 | 找到 | BM25 找到 |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(_row(row) for row in (*summary.kinds, summary.overall)),
        "",
        "弄坏的回答被认出的比例（`python -m evals mutate` 重现）：",
        "",
        "| 办法 | 认出 | 共 |",
        "| --- | ---: | ---: |",
        *(f"| `{way}` | {write_share(noticed / tried)} | {tried} |" for way, (noticed, tried) in run.mutation.items()),
    ]
    if marks := read_marks(sorted(MARKS_FOLDER.glob("*.jsonl"))):
        lines += ["", *describe_reading(marks), "", *measure_detector(marks, read_spent(), Library()).describe()[:1]]
    return "\n".join(lines)


def _row(row: Row) -> str:
    low, high = write_share(row.right.interval.low), write_share(row.right.interval.high)
    plain = row.baselines.get("bm25")
    found = write_share(plain.value) if plain else "–"
    mark = "（不如 BM25）" if row.is_below_search else ""
    return (
        f"| `{row.kind}` | {name_kind(row.kind)}{mark} | {row.right.of} | {row.right.golds} | "
        f"{write_share(row.right.value)} | {low}–{high} | {write_share(row.shown.value)} | {found} |"
    )
