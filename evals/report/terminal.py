"""Says what a run brought, in words and names that people read: table, misses, comparison."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from evals.cases.case import Case, allowed_statuses
from evals.results import Outcome, Run
from evals.scoring.judge import RIGHT
from evals.statistics import Share
from evals.summary import Comparison, Row, Summary

NAMES_FILE = Path(__file__).parent / "names.toml"


@cache
def _read_names() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(NAMES_FILE.read_text(encoding="utf-8"))


def _name(table: str, word: str) -> str:
    return _read_names()[table].get(word, word)


def name_kind(kind: str) -> str:
    return _name("kinds", kind)


def name_score(score: str) -> str:
    return _name("scores", score)


def name_way(way: str) -> str:
    return _name("ways", way)


def name_status(status: str | None) -> str:
    return _name("statuses", status) if status else "没有回答"


def list_marks() -> Mapping[str, str]:
    """The marks that readers give, best first, with their names."""
    return _read_names()["marks"]


def write_share(value: float | None) -> str:
    """A percentage that says 100% only where nothing is missing."""
    if value is None:
        return "–"
    return "100%" if value == 1 else f"{min(value, 0.999):.1%}"


_COLUMNS = (
    ("结论", "status_right"),
    ("首句", "first_line_right"),
    ("事实", "facts_said"),
    ("所缺", "missing_named"),
    ("条款", "clauses_cited"),
    ("部门", "departments_right"),
    ("属实", "nothing_untrue"),
)
_LONGEST_ANSWER = 160


def print_run(console: Console, summary: Summary, outcomes: Sequence[Outcome]) -> None:
    """`outcomes` are those whose misses may be shown."""
    # A file or a pipe is as wide as the table needs.
    wide = console if console.is_terminal else Console(file=console.file, width=140)
    wide.print(_make_table(summary))
    console.print(Text(describe_overall(summary)), soft_wrap=True)
    misses = [o for o in outcomes if not o.is_right]
    if misses:
        console.print(f"\n未通过 {len(misses)} 题：")
    for outcome in misses:
        console.print(_describe_miss(outcome), soft_wrap=True)


def make_table(*headings: str) -> Table:
    """Of names in the first column and numbers in the others."""
    columns = (Column(name, justify="right" if at else "left", no_wrap=True) for at, name in enumerate(headings))
    return Table(*columns, box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)


def _make_table(summary: Summary) -> Table:
    headings = ("种类", "题数", "严格", *(name for name, _ in _COLUMNS), "找到", "BM25 找到")
    table = make_table(*headings)
    for row in summary.kinds:
        table.add_row(*_cells(row), style="red" if row.is_below_search else "")
    table.add_section()
    table.add_row(*_cells(summary.overall), style="bold")
    return table


def _cells(row: Row) -> list[str]:
    plain = row.baselines.get("bm25")
    return [
        row.kind,
        str(row.right.of),
        write_share(row.right.value),
        *(write_share(row.figures[name]) for _, name in _COLUMNS),
        write_share(row.shown.value),
        write_share(plain.value) if plain else "–",
    ]


def describe_overall(summary: Summary) -> str:
    right, figures = summary.overall.right, summary.overall.figures
    lines = [
        f"严格正确 {describe_share(right)}，不同的要求 {right.golds} 种",
        f"每百个回答里不实的句子 {summary.untrue:.1f}，要人读才能定的回答 {summary.to_read:.1f}",
        f"引文有效 {write_share(figures['citations_valid'])}，答不出的认出 {write_share(figures['unanswerable_recognised'])}，"
        f"答得出的误拒 {write_share(summary.over_refusal)}",
    ]
    for name, share in summary.overall.baselines.items():
        lines.append(
            f"事实在回答里找得到：本产品 {write_share(summary.overall.shown.value)}，{name} {write_share(share.value)}"
        )
    if summary.robustness.groups:
        lines.append(f"换说法时对错不一：{summary.robustness.groups} 组里 {len(summary.robustness.flipped)} 组")
    below = [row.kind for row in summary.kinds if row.is_below_search]
    return "\n".join([*lines, *([f"不如 BM25 的种类：{'、'.join(below)}"] if below else [])])


def describe_share(share: Share) -> str:
    low, high = share.interval.low, share.interval.high
    return f"{share.count}/{share.of} = {write_share(share.value)}（95% 区间 {write_share(low)}–{write_share(high)}）"


def describe_mutation(run: Run) -> list[str]:
    """How often the score noticed a spoilt answer, by way."""
    if not run.mutation:
        return []
    noticed, tried = (sum(counts) for counts in zip(*run.mutation.values(), strict=True))
    ways = "，".join(f"{way} {write_share(found / of)}（{of}）" for way, (found, of) in run.mutation.items())
    return [f"弄坏的回答认出 {noticed}/{tried} = {write_share(noticed / tried)}：{ways}"]


def describe_times(run: Run) -> str:
    speed = f"，回答中位数是一次 n5 的 {run.times_n5:.2f} 倍" if run.times_n5 else ""
    return f"用处理器 {run.seconds or 0:.0f} 秒{speed}"


def _describe_miss(outcome: Outcome) -> Text:
    """What was asked, expected and got, and why that is wrong."""
    case = outcome.case
    if case is None:
        return Text(f"\n✗ {outcome.id}（{outcome.kind}）")
    answer = " ".join(str((outcome.answer or {}).get("answer", "")).split())
    lines = [
        f"  问：{' → '.join((*case.history, case.question))}",
        f"  应：{describe_expected(case)}",
        f"  得：{outcome.status or '无'}｜{answer[:_LONGEST_ANSWER]}{'…' if len(answer) > _LONGEST_ANSWER else ''}",
        f"  因：{outcome.reason_of(RIGHT)}",
    ]
    about = f"，{case.notice_id}" if case.notice_id else ""
    return Text.assemble((f"\n✗ {case.id}（{case.kind}{about}）\n", "bold red"), "\n".join(lines))


def describe_expected(case: Case) -> str:
    named = (
        ("", ["/".join(allowed_statuses(case)) or "任意"]),
        ("首句 ", [case.verdict] if case.verdict else []),
        ("事实 ", [fact[0] for fact in case.facts]),
        ("说明没写 ", case.missing),
        ("只引 " if case.exact else "引 ", [*(case.clauses or map(str, case.measures)), *case.evidence]),
        ("部门 ", case.departments),
        ("角色 ", [case.role] if case.role else []),
        ("不说 ", case.forbidden),
    )
    return "；".join(f"{name}{'、'.join(words)}" for name, words in named if words)


def print_comparison(console: Console, comparison: Comparison, *, is_sealed: bool) -> None:
    lost = len(comparison.changes) - comparison.gained
    low, high = comparison.interval.low, comparison.interval.high
    words = (
        f"\n与 {comparison.commit} 相比（同样的 {comparison.cases} 题）：新对 {comparison.gained}，新错 {lost}，"
        f"差 {comparison.difference:+.1%}（95% 区间 {low:+.1%}～{high:+.1%}），McNemar 精确检验 p = {comparison.p:.3g}"
    )
    console.print(Text(words, style="bold"), soft_wrap=True)
    for change in () if is_sealed else comparison.changes:
        mark, style = ("✓ 新对", "green") if change.is_gained else ("✗ 新错", "red")
        console.print(Text(f"{mark} {change.id} {change.question}｜{change.reason}", style=style), soft_wrap=True)
