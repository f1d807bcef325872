"""The command `retrieval`: its options, its progress, its result file."""

import argparse
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from corpus.embed import Embedder
from corpus.settings import CorpusSettings
from corpus.store import make_embedder
from evals.dataset import DataFolder
from evals.figures import PartResult
from evals.results import RESULTS_FOLDER, RunFacts, read_commit, write_results
from evals.retrieval import PARTS, Plan, measure
from evals.retrieval_report import encode_parts, find_below, print_parts

_BELOW_BAR = 1


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("retrieval", help="用别人的数据测量检索；文件或段落的检索不高于下限时以 1 结束")
    parser.add_argument("--data", type=Path, required=True, metavar="文件夹", help="数据放在哪里（JSON Lines）")
    parser.add_argument(
        "--sample", type=_at_least_one, metavar="题数", help="每部分只抽这么多题，文件和法条也只抽一部分"
    )
    parser.add_argument(
        "--part", nargs="+", choices=PARTS, default=PARTS, metavar="部分", help=f"只量：{'、'.join(PARTS)}"
    )
    parser.add_argument("--out", type=Path, default=RESULTS_FOLDER / "retrieval", metavar="文件夹", help="结果写到哪里")
    parser.add_argument(
        "--cache", type=Path, default=RESULTS_FOLDER / "cache", metavar="文件夹", help="索引和向量留在哪里，供下次使用"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=_run)


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("至少 1 题")
    return number


def _run(options: argparse.Namespace) -> int:
    facts = RunFacts(read_commit(), "本进程", "quote", datetime.now().astimezone())
    plan = Plan(DataFolder(options.data), options.cache, options.sample, options.part)
    embedder = make_embedder(CorpusSettings())
    parts = _measure_with_progress(plan, embedder)
    encoded, below = encode_parts(parts), find_below(parts)
    started = {"started_at": facts.started_at.isoformat(timespec="seconds")}
    seconds = {"seconds": round((datetime.now().astimezone() - facts.started_at).total_seconds(), 1)}
    results = {
        "measured": "retrieval",
        "commit": facts.commit,
        "embedder": embedder.identity,
        "sample": options.sample,
        "parts": encoded,
        "timings": started | seconds,
    }
    path = write_results(options.out, facts, results)
    console = Console()
    if options.json:
        figures = [{name: value for name, value in part.items() if name != "rows"} for part in encoded]
        shown = {"result": str(path), "below": below, "parts": figures}
        console.out(json.dumps(shown, ensure_ascii=False, indent=1), highlight=False)
    else:
        print_parts(console, parts)
        console.out("\n".join([f"\n结果：{path}", *(f"未达下限：{bar}" for bar in below)]), highlight=False)
    return _BELOW_BAR if below else 0


def _measure_with_progress(plan: Plan, embedder: Embedder) -> tuple[PartResult, ...]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:

        def begin(step: str, units: int) -> Callable[[int], None]:
            task = progress.add_task(step, total=units)
            return lambda done: progress.advance(task, done)

        return measure(plan, embedder, begin)
