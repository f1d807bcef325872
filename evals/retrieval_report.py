"""Writes a measurement on other people's data to the terminal and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.figures import Figure, Paired, PartResult

_HEADINGS = ("指标", "本产品", "双字 BM25", "数据所附 BM25", "下限", "结果")


def print_parts(console: Console, parts: Sequence[PartResult]) -> None:
    for part in parts:
        console.print(Text(f"\n{part.name}：{part.scope}", style="bold"), soft_wrap=True)
        console.print(make_table(part.figures))
        for paired in part.paired:
            console.print(Text(describe_paired(paired)), soft_wrap=True)


def make_table(figures: Sequence[Figure]) -> Table:
    table = Table(*_HEADINGS, box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for column in table.columns:
        column.no_wrap = True
        column.justify = "left" if column is table.columns[0] else "right"
    for figure in figures:
        values = (figure.ours, figure.plain, figure.published, figure.bar)
        table.add_row(figure.name, *map(_percent, values), _outcome(figure))
    return table


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"


def _outcome(figure: Figure) -> Text:
    if figure.bar is None:
        return Text("")
    return Text("高于", style="green") if figure.is_ok else Text("未高于", style="bold red")


def describe_paired(paired: Paired) -> str:
    interval = f"95% 区间 {paired.interval.low:+.1%}～{paired.interval.high:+.1%}"
    return (
        f"{paired.name} 与同次的双字 BM25 相差 {paired.difference:+.1%}（{interval}），"
        f"McNemar 精确检验 p = {paired.p:.3g}"
    )


def encode_parts(parts: Sequence[PartResult]) -> list[dict[str, Any]]:
    """The figures of each part with whether they are good enough, and every question."""
    return [{**asdict(p), "figures": [{**asdict(f), "ok": f.is_ok} for f in p.figures]} for p in parts]


def find_below(parts: Sequence[PartResult]) -> tuple[str, ...]:
    return tuple(
        f"{figure.name} {figure.ours:.1%} 没有高于 {figure.bar:.1%}"
        for part in parts
        for figure in part.figures
        if figure.bar is not None and not figure.is_ok
    )
