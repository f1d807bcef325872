"""The commands `facts` and `parsing`: what they are given and print."""

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from evals.context import AnnotationError
from evals.parsing.facts import FACTS, STRUCTURE, gather_noted, gather_read, read_annotation
from evals.parsing.marks import count
from evals.parsing.matching import Tally, add_up, average, compare, join, merge
from evals.parsing.reading import run_reader
from evals.parsing.words import compact
from evals.report.terminal import make_table, write_share

_ROOT = Path(__file__).parents[2]
_READINGS = [Path(__file__).parent / "readings" / name for name in ("one", "two")]
_NOTICES = [_ROOT / "corpus" / "notices", _ROOT / "tests" / "notices", _ROOT / "tests" / "notices" / "shapes"]
_ENOUGH = 0.97
_BARS = {"structure": 0.95, "field": 0.85, "mean": 0.9}


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    facts = commands.add_parser("facts", help="把读出的结构和事实与人的标注比较；低于下限时以 1 结束")
    two = "一人的标注；第二个文件夹是另一人对同样通知的标注"
    facts.add_argument("--annotations", nargs="+", type=Path, default=_READINGS, metavar="文件夹", help=two)
    facts.add_argument(
        "--notices",
        nargs="+",
        type=Path,
        default=_NOTICES,
        metavar="文件夹",
        help="通知的原文（.txt），默认是自带的和测试用的",
    )
    facts.add_argument("--disagreements", action="store_true", help="列出两人不一致的地方")
    facts.add_argument("--verbose", action="store_true", help="逐份列出漏掉的和多出的")
    facts.add_argument("--json", action="store_true", help="输出 JSON")
    facts.set_defaults(run=_facts)
    parsing = commands.add_parser("parsing", help="用另一份脚本数部门清单和标号，看读出了多少；低于下限时以 1 结束")
    parsing.add_argument("--data", type=Path, required=True, metavar="文件夹", help="通知（.txt；首行 # source 不算）")
    parsing.add_argument("--verbose", action="store_true", help="列出没有读出的清单、标号和丢失的字")
    parsing.add_argument("--json", action="store_true", help="输出 JSON")
    parsing.set_defaults(run=_parsing)


def _facts(options: argparse.Namespace) -> int:
    texts = (p for folder in options.notices for p in sorted(folder.glob("*.txt")))
    files = [p for p in texts if _find(options.annotations[0], p).is_file()]
    if not files:
        searched = "、".join(map(str, options.notices))
        raise AnnotationError(f"{searched} 里没有一份通知在 {options.annotations[0]} 里有标注。")
    reading, scores, agreements = run_reader(files), {}, {}
    for path in files:
        text = compact(path.read_text(encoding="utf-8-sig"))
        noted = [gather_noted(read_annotation(_find(folder, path)), text) for folder in options.annotations[:2]]
        read = reading.notices.get(path.stem)
        scores[path.stem] = compare(
            merge(noted[0], noted[1] if noted[1:] else None), gather_read(read, text) if read else {}
        )
        if noted[1:]:
            agreements[path.stem] = compare(merge(noted[0], None), noted[1])
    failures = [f"{failure.path}：{failure.reason}" for failure in reading.failures]
    total, agreement = add_up(list(scores.values())), add_up(list(agreements.values()))
    below = find_below(total)
    if options.json:
        shown = {"failures": failures, "below": below, "total": _encode(total), "agreement": _encode(agreement)}
        each = {name: _encode(add_up([tallies])) for name, tallies in scores.items()}
        sys.stdout.write(json.dumps({**shown, "notices": each}, ensure_ascii=False, indent=1) + "\n")
        return int(bool(below))
    lines = [f"未读：{failure}" for failure in failures]
    if options.verbose:
        lines += _list_differences(scores, "漏", "多")
    if options.disagreements:
        lines += _list_differences(agreements, "只有一", "只有二")
    sys.stdout.write("\n".join([*lines, ""]))
    _print(total, agreement if agreements else None)
    sys.stdout.write("\n".join([*(f"未达下限：{bar}" for bar in below), ""]))
    return int(bool(below))


def _parsing(options: argparse.Namespace) -> int:
    files = sorted(options.data.glob("*.txt"))
    if not files:
        raise AnnotationError(f"{options.data} 里没有 .txt 文件。")
    counts = count(files)
    lines = [f"{name} {kind}：{words}" for name, kind, words in counts.differences]
    lists, marks = (write_share(found / of if of else None) for found, of in (counts.lists, counts.marks))
    if options.json:
        sys.stdout.write(json.dumps(asdict(counts), ensure_ascii=False, indent=1) + "\n")
    else:
        shown = [
            f"通知 {counts.read} / {counts.files} 份读出，误判重复 {counts.falsely_duplicate} 份",
            f"部门清单 {counts.lists[0]} / {counts.lists[1]}（{lists}）",
            f"标号 {counts.marks[0]} / {counts.marks[1]}（{marks}）",
            f"丢失 {counts.lost} 字，用 CPU {counts.seconds:.1f} 秒",
        ]
        sys.stdout.write("\n".join([*(lines if options.verbose else ()), *shown, ""]))
    is_enough = all(found >= _ENOUGH * of for found, of in (counts.lists, counts.marks))
    return int(not is_enough or counts.read < counts.files or bool(counts.lost))


def _find(folder: Path, notice: Path) -> Path:
    return folder / f"{notice.stem}.json"


def find_below(total: Mapping[str, Tally]) -> list[str]:
    structure = join(total, STRUCTURE)
    measured = [("structure", "结构", [structure.precision, structure.recall])]
    measured += [("field", name, [total[name].precision, total[name].recall]) for name in FACTS]
    measured.append(("mean", "各项事实平均", average(total)[:2]))
    return [
        f"{name}{way} {write_share(value)}，应不低于 {_BARS[bar]:.0%}"
        for bar, name, values in measured
        for way, value in zip(("精确率", "召回率"), values, strict=False)
        if value is not None and value < _BARS[bar]
    ]


def _print(total: Mapping[str, Tally], agreement: Mapping[str, Tally] | None) -> None:
    console = Console() if sys.stdout.isatty() else Console(width=120)
    table = make_table("项", "精确率", "召回率", "F1", "对 / 读出", "找到 / 应有", "两人一致")
    rows = [(name, total[name], agreement and agreement[name]) for name in (*STRUCTURE, *FACTS)]
    rows.insert(len(STRUCTURE), ("结构", join(total, STRUCTURE), agreement and join(agreement, STRUCTURE)))
    for name, tally, agreed in rows:
        shares = (write_share(value) for value in (tally.precision, tally.recall, tally.f1))
        counts = (f"{tally.right} / {tally.given}", f"{tally.found} / {tally.demanded}")
        table.add_row(name, *shares, *counts, write_share(agreed.f1) if agreed else "")
    both = write_share(average(agreement)[2]) if agreement else ""
    table.add_row("事实平均", *map(write_share, average(total)), "", "", both)
    console.print(table)


def _list_differences(each: Mapping[str, Mapping[str, Tally]], missed: str, surplus: str) -> list[str]:
    return [
        f"{notice} {name} {kind}：{words}"
        for notice, tallies in each.items()
        for name, tally in tallies.items()
        for kind, listed in ((missed, tally.missed), (surplus, tally.surplus))
        for words in listed
    ]


def _encode(tallies: Mapping[str, Tally]) -> dict[str, Any]:
    fields = {
        name: {
            **{key: getattr(tally, key) for key in ("right", "given", "found", "demanded", "missed", "surplus")},
            **{key: getattr(tally, key) for key in ("precision", "recall", "f1")},
        }
        for name, tally in (*tallies.items(), ("structure", join(tallies, STRUCTURE)))
    }
    return {**fields, "mean": dict(zip(("precision", "recall", "f1"), average(tallies), strict=False))}
