"""The command `retrieval`: its options, its progress, its tables and its result file."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from corpus.settings import CorpusSettings
from corpus.store import make_embedder
from evals.external.answers import measure_policies, measure_prompts
from evals.external.dataset import Plan
from evals.external.figures import Part
from evals.external.statutes import measure_statutes
from evals.report.terminal import make_table
from evals.results import RESULTS_FOLDER, read_commit, write_new
from evals.run import NothingChosen

PARTS = {"policies": measure_policies, "statutes": measure_statutes, "prompts": measure_prompts}


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("retrieval", help="用别人的数据测量检索；文件或段落的检索不高于下限时以 1 结束")
    parser.add_argument("--data", type=Path, required=True, metavar="文件夹", help="数据放在哪里（JSON Lines）")
    parser.add_argument("--out", type=Path, default=RESULTS_FOLDER / "retrieval", metavar="文件夹", help="结果写到哪里")
    kept = "索引和向量留在哪里，供下次使用"
    parser.add_argument("--cache", type=Path, default=RESULTS_FOLDER / "cache", metavar="文件夹", help=kept)
    few, only = "每部分只抽这么多题，文件和法条也只抽一部分", f"只量：{'、'.join(PARTS)}"
    parser.add_argument("--sample", type=int, metavar="题数", help=few)
    parser.add_argument("--part", nargs="+", choices=PARTS, default=PARTS, metavar="部分", help=only)
    obedient = "诱导部分由一个句句照办的假模型作答，看核对拦下多少"
    parser.add_argument("--obedient", action="store_true", help=obedient)
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.sample is not None and options.sample < 1:
        raise NothingChosen("--sample 应当是 1 或更大的整数。")
    commit, began = read_commit(), datetime.now().astimezone()
    plan = Plan(options.data, options.cache, make_embedder(CorpusSettings()), options.sample, options.obedient)
    parts = [part for name, measure in PARTS.items() if name in options.part for part in measure(plan)]
    encoded = [{**asdict(p), "figures": [{**asdict(f), "ok": f.is_ok} for f in p.figures]} for p in parts]
    seconds = round((datetime.now().astimezone() - began).total_seconds(), 1)
    timings = {"started_at": began.isoformat(timespec="seconds"), "seconds": seconds}
    made_by = {
        "measured": "retrieval",
        "obedient": options.obedient,
        "commit": commit,
        "embedder": plan.embedder.identity,
        "sample": plan.sample,
    }
    text = json.dumps({**made_by, "parts": encoded, "timings": timings}, ensure_ascii=False, indent=1)
    path, below = write_new(options.out, f"{began:%Y-%m-%d}-{commit.rstrip('+')}", text), find_below(parts)
    if options.json:
        figures = [{name: value for name, value in part.items() if name != "rows"} for part in encoded]
        shown = {"result": str(path), "below": below, "parts": figures}
        sys.stdout.write(f"{json.dumps(shown, ensure_ascii=False, indent=1)}\n")
    else:
        print_parts(Console(), parts)
        sys.stdout.write("\n".join([f"\n结果：{path}", *(f"未达下限：{bar}" for bar in below), ""]))
    return int(bool(below))


def find_below(parts: Sequence[Part]) -> list[str]:
    """Figures that do not stay above their bar."""
    figures = (figure for part in parts for figure in part.figures if not figure.is_ok)
    return [f"{figure.name} {figure.ours:.1%} 没有高于 {figure.bar:.1%}" for figure in figures]


def print_parts(console: Console, parts: Sequence[Part]) -> None:
    for part in parts:
        table = make_table("指标", "本产品", "双字 BM25", "数据所附 BM25", "下限", "结果")
        for figure in part.figures:
            values = (figure.ours, figure.plain, figure.published, figure.bar)
            shares = ("–" if value is None else f"{value:.1%}" for value in values)
            outcome = "[green]高于[/]" if figure.is_ok else "[bold red]未高于[/]"
            table.add_row(figure.name, *shares, "" if figure.bar is None else outcome)
        console.print(Text(f"\n{part.name}：{part.scope}", style="bold"), soft_wrap=True)
        console.print(table)
        for name, paired in part.paired.items():
            interval = f"95% 区间 {paired.interval.low:+.1%}～{paired.interval.high:+.1%}"
            difference = f"{name} 与同次的双字 BM25 相差 {paired.difference:+.1%}（{interval}）"
            console.print(Text(f"{difference}，McNemar 精确检验 p = {paired.p:.3g}"), soft_wrap=True)
