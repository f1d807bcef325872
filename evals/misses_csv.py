"""Writes the misses of a run as a table for spreadsheets."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from evals.misses import Miss
from evals.sources import Use

_HEADINGS = (
    "编号",
    "种类",
    "留出",
    "前面的问题",
    "问题",
    "应当",
    "结论",
    "回答",
    "错在哪里",
    "哪一步",
    "依据",
    "听成",
    "缺引的条款",
)
# A cell that begins so is run as a formula; spreadsheets fold full-width signs and skip spaces before them.
_FORMULA_STARTS = tuple("=+-@＝＋－＠")
_CONTROL_STARTS = tuple("\t\r\n")


def write_misses(path: Path, misses: Sequence[Miss]) -> None:
    """With a byte order mark, without which Excel takes the file for another encoding."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    writer.writerow(_HEADINGS)
    writer.writerows([_disarm(cell) for cell in _cells(miss)] for miss in misses)
    path.write_text(table.getvalue(), encoding="utf-8-sig", newline="")


def _cells(miss: Miss) -> tuple[str, ...]:
    failure = miss.failure
    return (
        miss.id,
        miss.kind,
        "是" if miss.held_out else "",
        "\n".join(miss.history),
        miss.question,
        "\n".join(f"{line.label}：{line.text}" for line in miss.expected),
        miss.status,
        "\n".join(said.text + "".join(f"[{n}]" for n in said.numbers) for said in miss.said),
        "\n".join(miss.reasons),
        failure.step_name + ("" if failure.is_seen else "（推测）"),
        failure.basis,
        miss.understood,
        "、".join(block.label for block in miss.blocks if block.use is Use.LACKING),
    )


def _disarm(cell: str) -> str:
    """An apostrophe before what a spreadsheet would run; it shows the rest as text."""
    is_armed = cell.startswith(_CONTROL_STARTS) or cell.lstrip().startswith(_FORMULA_STARTS)
    return f"'{cell}" if is_armed else cell
