"""Writes the benchmarks to the terminal."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.bench import Measurement


def print_measurements(console: Console, measurements: Sequence[Measurement]) -> None:
    table = Table("指标", "数值", "上限", "结果", box=SIMPLE_HEAD, pad_edge=False)
    for column in table.columns[1:3]:
        column.justify = "right"
    for one in measurements:
        table.add_row(one.name, _write(one.value, one.unit), _write(one.bar, one.unit), _write_outcome(one))
    console.print(table)
    for one in measurements:
        if one.failure:
            console.print(Text(f"{one.name}：{one.failure}", style="red"))


def _write(value: float | None, unit: str) -> str:
    return "–" if value is None else f"{value:.1f} {unit}".strip()


def _write_outcome(one: Measurement) -> Text:
    if one.failure:
        return Text("没有量到", style="red")
    if one.bar is None:
        return Text("")
    return Text("通过", style="green") if one.is_ok else Text("超出", style="bold red")
