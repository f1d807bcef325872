"""Writes a run to the terminal: the table, the misses, the comparison."""

from collections import Counter
from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.case import Case
from evals.comparison import Comparison
from evals.failing import find_failure
from evals.groups import Robustness
from evals.run import Outcome
from evals.scorers import allowed_statuses
from evals.stopwatch import RunTimes
from evals.summary import SHOWN_SCORES, Row, Summary

_HEADINGS = ("种类", "题数", "严格", "结论", "事实", "条款", "部门", "无禁语", "引文")
_LONGEST_ANSWER = 160
_ANY_STATUS = "任意"


def print_run(console: Console, summary: Summary, outcomes: Sequence[Outcome]) -> None:
    console.print(make_table(summary))
    console.print(describe_overall(summary), soft_wrap=True)
    misses = [o for o in outcomes if not o.is_right]
    if misses:
        steps = Counter(find_failure(o).step for o in misses)
        listed = "，".join(f"{step} {count}" for step, count in steps.most_common())
        console.print(f"\n未通过 {len(misses)} 题（{listed}）：")
    for outcome in misses:
        console.print(describe_miss(outcome), soft_wrap=True)


def make_table(summary: Summary) -> Table:
    table = Table(*_HEADINGS, box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for column in table.columns:
        column.no_wrap = True
        column.justify = "left" if column is table.columns[0] else "right"
    for row in summary.kinds:
        table.add_row(*_cells(row))
    table.add_section()
    table.add_row(*_cells(summary.overall), style="bold")
    return table


def _cells(row: Row) -> list[str]:
    return [row.kind, str(row.cases), *(_percent(row.figures[name]) for name in SHOWN_SCORES)]


def _percent(value: float | None) -> str:
    if value is None:
        return "–"
    return "100%" if value == 1 else f"{value:.1%}"


def describe_overall(summary: Summary) -> Text:
    figures = {name: _percent(value) for name, value in summary.overall.figures.items()}
    interval = f"95% 区间 {summary.interval.low:.1%}–{summary.interval.high:.1%}"
    lines = [
        f"严格正确 {figures['strictly_right']}（{interval}），部分正确 {figures['partly_right']}",
        f"答不出的认出 {figures['unanswerable_recognised']}，误拒 {_percent(summary.over_refusal)}，"
        f"拒得对 {figures['refusal_justified']}，只写明一半的处理 {figures['half_stated_right']}，"
        f"指对去处 {figures['redirected_right']}",
        f"金额与限定语属实 {figures['figures_faithful']}，名单全对 {figures['list_exact']}，"
        f"条款集合全对 {figures['exact_clauses']}，角色 {figures['role_right']}，"
        f"条款精确率 {figures['clause_precision']}，条款 F1 {figures['clause_f1']}",
        f"检索：前 1、3、5 召回 {figures['recall_at_1']}、{figures['recall_at_3']}、{figures['recall_at_5']}，"
        f"MRR {_decimal(summary.overall.figures['reciprocal_rank'])}，"
        f"nDCG@5 {_decimal(summary.overall.figures['ndcg_at_5'])}，前 5 全有 {figures['all_gold_found']}",
        f"接着问与单独问一致 {figures['twin_agrees']}；{_describe_robustness(summary.robustness)}",
        f"回答长度中位数 {summary.length:.0f} 字" if summary.length is not None else "没有得到任何回答",
    ]
    return Text("\n".join(lines))


def _decimal(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _describe_robustness(robustness: Robustness | None) -> str:
    if robustness is None:
        return "没有换说法的题组"
    return (
        f"换说法的 {robustness.groups} 组：平均 {robustness.mean:.1%}，每种说法都对 {robustness.worst:.1%}，"
        f"时对时错 {robustness.flip_rate:.1%}"
    )


def describe_times(times: RunTimes) -> str:
    """Processor seconds of the run, and an answer in questions of the embedding package's own engine."""
    latency = times.latency
    speed = f"，回答中位数 {latency.answer:.0f} 毫秒，是一次 n5 的 {latency.ratio:.2f} 倍" if latency else ""
    return f"用处理器 {times.seconds:.0f} 秒{speed}"


def describe_miss(outcome: Outcome) -> Text:
    """What was asked, expected and got, and why that is wrong."""
    case = outcome.case
    asked = " → ".join((*case.history, case.question))
    lines = [
        f"  问：{asked}",
        f"  应：{_describe_expected(case)}",
        f"  得：{outcome.status or '无'}｜{_shorten_answer(outcome)}",
        f"  因：{outcome.reason_of('strictly_right')}",
        f"  疑：{find_failure(outcome)}",
    ]
    return Text.assemble((f"\n✗ {case.id}（{case.kind}）\n", "bold red"), "\n".join(lines))


def _describe_expected(case: Case) -> str:
    wanted = ["/".join(allowed_statuses(case)) or _ANY_STATUS]
    if case.facts:
        wanted.append("事实 " + "、".join(alternatives[0] for alternatives in case.facts))
    if case.required:
        label = "只引第" if case.exact else "引第"
        wanted.append(f"{label} {'、'.join(case.clauses or map(str, case.measures))} 条")
    if case.departments:
        wanted.append("部门 " + "、".join(case.departments))
    if case.forbidden:
        wanted.append("不说 " + "、".join(case.forbidden))
    return "；".join(wanted)


def _shorten_answer(outcome: Outcome) -> str:
    text = " ".join(str((outcome.answer or {}).get("answer", "")).split())
    return text if len(text) <= _LONGEST_ANSWER else text[:_LONGEST_ANSWER] + "…"


def print_comparison(console: Console, comparison: Comparison) -> None:
    gained = sum(change.is_gained for change in comparison.changes)
    interval = f"95% 区间 {comparison.interval.low:+.1%}～{comparison.interval.high:+.1%}"
    console.print(
        Text(
            f"\n与 {comparison.commit} 相比（同样的 {comparison.cases} 题）：新对 {gained}，新错 "
            f"{len(comparison.changes) - gained}，差 {comparison.difference:+.1%}（{interval}），"
            f"McNemar 精确检验 p = {comparison.p:.3g}；对错不变而结论变了的 {comparison.restated} 题",
            style="bold",
        ),
        soft_wrap=True,
    )
    for change in comparison.changes:
        mark, style = ("✓ 新对", "green") if change.is_gained else ("✗ 新错", "red")
        console.print(Text(f"{mark} {change.id} {change.question}｜{change.reason}", style=style), soft_wrap=True)
