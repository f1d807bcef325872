"""The command `hostile`: a model that lies in every way it can, and orders hidden in notices and conversations."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from evals.cases.case import find_case_files, read_cases
from evals.cases.tiers import refuse_held
from evals.corpora import Library
from evals.gate import find_breached, read_gate
from evals.hostile.attack import Attack, Judged
from evals.hostile.figures import describe, encode, make_table, sum_up
from evals.results import RESULTS_FOLDER
from evals.run import sample_cases, track

SAMPLE = 180
"""Cases, evenly spaced over the kinds; a quarter of the time that all of them take."""


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "hostile", help="恶意的模型：真句假句各几万，看核对留下什么；有一句假话显示就以 1 结束"
    )
    command.add_argument("--cases", nargs="+", type=Path, metavar="文件", help="题目文件（默认开发题）")
    command.add_argument("--sample", type=int, default=SAMPLE, metavar="题数", help=f"均匀取出的题（默认 {SAMPLE}）")
    command.add_argument("--all", action="store_true", help="全部题")
    folder = RESULTS_FOLDER / "hostile"
    command.add_argument(
        "--out", type=Path, default=folder, metavar="文件夹", help="显示了的假句、去掉了的真句写到哪里"
    )
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    refuse_held(options.cases or ())
    everything = [one.case for one in read_cases(options.cases or find_case_files())]
    cases, library = sample_cases(everything, None if options.all else options.sample), Library()
    judged = list(Attack(library).run(track("攻击", cases)))
    siege = sum_up(judged, frozenset(library.served.texts))
    breached = find_breached(siege.false.shown + siege.whole.shown, siege.true.share, read_gate().hostile)
    paths = _write_lists(options.out, judged)
    if options.json:
        sys.stdout.write(f"{json.dumps({**asdict(siege), 'fallen': breached}, ensure_ascii=False, indent=1)}\n")
    else:
        Console(width=120).print(make_table(siege))
        lines = [f"{len(cases)} 题。", *describe(siege), *(f"列在 {path}" for path in paths)]
        sys.stdout.write("\n".join([*lines, *(f"未达下限：{bar}" for bar in breached), ""]))
    return int(bool(breached))


def _write_lists(folder: Path, judged: Sequence[Judged]) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    wrong = [one for one in judged if one.is_wrong]
    paths = []
    for name, wanted in (("false_shown", False), ("true_dropped", True)):
        paths.append(folder / f"{name}.jsonl")
        lines = [encode(one) for one in wrong if one.sentence.is_true is wanted]
        paths[-1].write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return paths
