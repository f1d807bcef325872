"""Writes the benchmarks to the terminal."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.bench.measurement import Measurement

_FEW, _DIGITS = 10, 3


def print_measurements(console: Console, measurements: Sequence[Measurement]) -> None:
    table = Table("指标", "数值", "应", "结果", box=SIMPLE_HEAD, pad_edge=False)
    for column in table.columns[1:3]:
        column.justify = "right"
    for one in measurements:
        table.add_row(one.name, _write(one.value, one.unit), _write_bar(one), _write_outcome(one))
    console.print(table)
    for one in measurements:
        if one.failure:
            console.print(Text(f"{one.name}：{one.failure}", style="red"))


def _write(value: float | None, unit: str) -> str:
    return "–" if value is None else f"{value:.{_DIGITS if value < _FEW else 1}f} {unit}".strip()


def _write_bar(one: Measurement) -> str:
    if one.least is not None:
        return f"≥ {_write(one.least, one.unit)}"
    return "" if one.most is None else f"≤ {_write(one.most, one.unit)}"


def _write_outcome(one: Measurement) -> Text:
    if one.failure:
        return Text("没有量到", style="red")
    if one.most is None and one.least is None:
        return Text("")
    return Text("通过", style="green") if one.is_ok else Text("不达标", style="bold red")
