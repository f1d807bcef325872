"""The command line of the evaluation: what each command is given and prints."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from assistant.answer import Composer
from corpus.embed import EmbeddingFailed, PackageEmbedder
from corpus.settings import CorpusSettings, UnknownSetting, refuse_unknown_settings
from corpus.store import CorpusMismatch
from corpus.version import CorpusNotBuilt
from evals import ablation, feedback_command, judge_command, retrieval_command
from evals.bench.figures import Encoders, describe_speed, measure_processes, measure_speed, pick_questions, read_load
from evals.bench.report import print_measurements
from evals.case import Case, CaseError, PlacedCase, find_case_files, read_cases
from evals.check import check_cases
from evals.comparison import compare_runs
from evals.context import open_context, read_library
from evals.dataset import DataError
from evals.entry import Entry, EntryFailed, HttpEntry, LocalEntry, engine_beside
from evals.feedback import FeedbackError
from evals.gate import GateError, find_fallen, read_gate
from evals.judge import JudgeFailed
from evals.policy_library import BuildFailed
from evals.publish import PublishRefused
from evals.report import describe_times, print_comparison, print_run
from evals.report_commands import add_report_commands
from evals.report_page import write_report
from evals.results import (
    RESULTS_FOLDER,
    ResultsError,
    RunFacts,
    encode_results,
    read_commit,
    read_results,
    write_results,
)
from evals.run import Outcome, run_cases
from evals.selection import HeldOut, NothingChosen, Selection, select_cases
from evals.stopwatch import RunTimes, Stopwatch
from evals.summary import summarise

_EXPECTED = (
    BuildFailed,
    CaseError,
    CorpusMismatch,
    CorpusNotBuilt,
    DataError,
    EmbeddingFailed,
    EntryFailed,
    FeedbackError,
    GateError,
    JudgeFailed,
    NothingChosen,
    PublishRefused,
    ResultsError,
    UnknownSetting,
)
_BELOW_BAR, _WRONG_INPUT = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        refuse_unknown_settings()
        return int(options.run(options))
    except _EXPECTED as error:
        print(f"错误：{error}", file=sys.stderr)
        return _WRONG_INPUT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description="评测回答的质量和速度。")
    commands = parser.add_subparsers(required=True, metavar="命令")
    run = commands.add_parser("run", help="逐题提问、打分；低于 gate.toml 的下限时以 1 结束")
    _add_choices(run)
    run.add_argument("--out", type=Path, default=RESULTS_FOLDER, metavar="文件夹", help="结果写到哪里")
    run.add_argument("--against", type=Path, metavar="结果", help="与以前的结果比较，只列出变化")
    check = commands.add_parser("check", help="把题目与通知原文核对，不提问")
    bench = commands.add_parser("bench", help="测量速度、启动、建索引和内存；超出上限时以 1 结束")
    add_report_commands(commands)
    for command, action in ((run, _run), (check, _check), (bench, _bench)):
        command.add_argument("--json", action="store_true", help="输出 JSON")
        command.set_defaults(run=action)
    ablation.add_command(commands)
    judge_command.add_command(commands)
    retrieval_command.add_command(commands)
    feedback_command.add_command(commands)
    for command in (run, check):
        command.add_argument(
            "--cases", nargs="+", type=Path, metavar="文件", help="题目文件（默认 evals/cases 下全部）"
        )
    return parser


def _add_choices(run: argparse.ArgumentParser) -> None:
    run.add_argument("--kind", nargs="+", metavar="种类", help="只跑这些种类")
    run.add_argument(
        "--held-out", choices=list(HeldOut), type=HeldOut, default=HeldOut.WITH, help="留出的题：只要、不要、都要"
    )
    run.add_argument("--only-misses", type=Path, metavar="结果", help="只跑以前没通过的题（不看下限）")
    # A running service composes as its own settings say.
    place = run.add_mutually_exclusive_group()
    place.add_argument("--url", metavar="地址", help="评测运行中的服务，如 http://127.0.0.1:7860（默认在本进程内）")
    place.add_argument("--composer", choices=("quote", "model"), default="quote", help="引用原文作答，或由语言模型作答")


def _run(options: argparse.Namespace) -> int:
    cases, gate = _choose_cases(options), read_gate()
    earlier = read_results(options.against) if options.against else None
    entry: Entry = HttpEntry(options.url) if options.url else LocalEntry(Composer(options.composer))
    facts = RunFacts(read_commit(), entry.name, None if options.url else options.composer, datetime.now().astimezone())
    outcomes, times = _run_with_progress(cases, entry)
    summary = summarise(outcomes)
    results = encode_results(facts, summary, outcomes, times)
    path = write_results(options.out, facts, results)
    page = write_report(path).page
    seconds = times.seconds if _is_whole(options) else None
    fallen = () if options.only_misses else find_fallen(summary, gate, seconds)
    comparison = compare_runs(earlier, outcomes) if earlier else None
    if options.json:
        misses = [case for case, outcome in zip(results["cases"], outcomes, strict=True) if not outcome.is_right]
        compared = asdict(comparison) if comparison else None
        _print_json(
            {
                "result": str(path),
                "report": str(page),
                "fallen": fallen,
                "summary": results["summary"],
                "against": compared,
                "misses": misses,
            }
        )
    else:
        console = Console()
        print_run(console, summary, () if comparison else outcomes)
        if comparison:
            print_comparison(console, comparison)
        closing = (f"\n{describe_times(times)}", f"结果：{path}", f"报告：{page}")
        print("\n".join([*closing, *(f"未达下限：{bar}" for bar in fallen)]))
    return _BELOW_BAR if fallen else 0


def _choose_cases(options: argparse.Namespace) -> tuple[Case, ...]:
    placed = _read_cases(options)
    for one in placed:
        for name in one.case.unread_fields:
            print(f"注意：{one.path} 第 {one.line} 行的字段 {name} 没有打分项读取", file=sys.stderr)
    missed = None
    if options.only_misses:
        missed = {case.id for case in read_results(options.only_misses).cases if not case.is_right}
    return select_cases((one.case for one in placed), Selection(options.held_out, options.kind, missed))


def _read_cases(options: argparse.Namespace) -> tuple[PlacedCase, ...]:
    return read_cases(options.cases or find_case_files())


def _is_whole(options: argparse.Namespace) -> bool:
    """All shipped cases in this process, of which the time is held against a bar."""
    return (
        not (options.cases or options.kind or options.only_misses or options.url) and options.held_out is HeldOut.WITH
    )


def _run_with_progress(cases: Sequence[Case], entry: Entry) -> tuple[tuple[Outcome, ...], RunTimes]:
    context = open_context(entry.read_texts(), CorpusSettings())
    columns = (TextColumn("提问"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("提问", total=len(cases))
        stopwatch = Stopwatch(engine_beside(entry))

        def note(outcome: Outcome) -> None:
            stopwatch.note(outcome)
            progress.advance(task)

        return run_cases(cases, entry, context, note), stopwatch.read()


def _check(options: argparse.Namespace) -> int:
    placed = _read_cases(options)
    problems = check_cases(placed, read_library(CorpusSettings()))
    if options.json:
        rows = [{"path": str(p.path), "line": p.line, "reason": p.reason} for p in problems]
        _print_json({"cases": len(placed), "problems": rows})
    else:
        print("\n".join([*map(str, problems), f"核对了 {len(placed)} 题，{len(problems)} 处有问题"]))
    return _BELOW_BAR if problems else 0


def _bench(options: argparse.Namespace) -> int:
    questions = pick_questions([placed.case for placed in read_cases(find_case_files())])
    console, load, bars = Console(stderr=True), read_load(), read_gate().bench
    entry = LocalEntry()
    if entry.corpus.embedder is None:
        raise EntryFailed("没有向量模型，不能测量。请先运行 python -m assistant doctor。")
    # One thread, as one question has in a busy service.
    os.environ["OMP_NUM_THREADS"] = "1"
    encoders = Encoders(entry.corpus.embedder, PackageEmbedder())
    with console.status("测量回答和向量的速度 …"):
        speed = measure_speed(questions, [p.text for p in entry.corpus.passages], entry, encoders)
    with console.status("测量启动、建索引、服务的吞吐和内存 …"):
        processes = measure_processes(questions, speed.n5, bars, lambda question: entry.ask(question, ()))
    measurements = (load, *describe_speed(speed, bars), *processes)
    if options.json:
        _print_json({"questions": len(questions), "measurements": [{**asdict(m), "ok": m.is_ok} for m in measurements]})
    else:
        print_measurements(Console(), measurements)
    return 0 if all(m.is_ok for m in measurements) else _BELOW_BAR


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    sys.exit(main())
