"""One figure of the benchmarks, the bars it is held against, and how it is printed."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure; `least` and `most` are its bars, `value` None where it could not be had, for `failure`."""

    name: str
    unit: str
    value: float | None
    most: float | None = None
    least: float | None = None
    failure: str = ""

    @property
    def is_ok(self) -> bool:
        if self.value is None:
            return False
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)


def print_measurements(console: Console, measurements: Sequence[Measurement]) -> None:
    value, bar = Column("数值", justify="right"), Column("应", justify="right")
    table = Table("指标", value, bar, "结果", box=SIMPLE_HEAD, pad_edge=False)
    for one in measurements:
        table.add_row(one.name, _write(one.value, one.unit), *_write_outcome(one))
    console.print(table, *(Text(f"{one.name}：{one.failure}", "red") for one in measurements if one.failure), sep="\n")


def _write(value: float | None, unit: str) -> str:
    return "–" if value is None else f"{value:.{3 if value < 10 else 1}f} {unit}".strip()


def _write_outcome(one: Measurement) -> tuple[str, str]:
    """The bar, and whether it is kept."""
    sign, bar = ("≥", one.least) if one.most is None else ("≤", one.most)
    written = "" if bar is None else f"{sign} {_write(bar, one.unit)}"
    if one.failure:
        return written, "[red]没有量到"
    if bar is None:
        return "", ""
    return written, "[green]通过" if one.is_ok else "[bold red]不达标"
