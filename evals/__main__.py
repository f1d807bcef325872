"""The command line of the evaluation: what each command is given and prints."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from corpus.embedding.embed import EmbeddingFailed
from corpus.settings import UnknownSetting, refuse_unknown_settings
from corpus.store import CorpusMismatch
from corpus.version import CorpusNotBuilt
from evals.ablation import command as ablation_command
from evals.bench import command as bench_command
from evals.cases import feedback, tiers
from evals.cases.case import CaseError, find_case_files, read_cases
from evals.cases.check import check_cases
from evals.cases.feedback import FeedbackError
from evals.context import AnnotationError
from evals.corpora import BuildFailed, Library
from evals.entry import Entry, EntryFailed, HttpEntry, LocalEntry
from evals.external import command as external_command
from evals.external.dataset import DataError
from evals.gate import GateError, find_fallen, read_gate
from evals.generating.command import run_model
from evals.hostile import command as hostile_command
from evals.parsing import command as parsing_command
from evals.parsing.reading import ReaderFailed
from evals.played import command as played_command
from evals.report import commands as report_commands
from evals.report import terminal
from evals.report.page import write_report
from evals.report.publish import PublishRefused
from evals.report.sheet import SheetError
from evals.results import BLIND, HELD, RESULTS_FOLDER, ResultsError, Run, read_run, write_run
from evals.run import NothingChosen, Plan, choose_cases, evaluate, sample_cases
from evals.summary import Comparison, compare_runs, summarise

_EXPECTED = (
    *(AnnotationError, BuildFailed, CaseError, CorpusMismatch, CorpusNotBuilt, DataError),
    *(EmbeddingFailed, EntryFailed, FeedbackError, GateError, NothingChosen, PublishRefused, ResultsError),
    *(ReaderFailed, SheetError, UnknownSetting, tiers.SealBroken),
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
    check = commands.add_parser("check", help="把题目与通知原文核对，不提问")
    seal = commands.add_parser("seal", help="封存一份盲测题：只记摘要，提交后才能问")
    blind = commands.add_parser("blind", help="问一份封存的盲测题，只能一次")
    for command, action in ((run, _run), (check, _check), (seal, _seal), (blind, _blind)):
        command.add_argument("--json", action="store_true", help="输出 JSON")
        command.set_defaults(run=action)
    for command in (run, check):
        command.add_argument(
            "--cases", nargs="+", type=Path, metavar="文件", help="题目文件（默认 evals/cases 下的开发题）"
        )
    for command in (seal, blind):
        command.add_argument("file", type=Path, metavar="文件", help="以出题人命名的 .jsonl 文件，放在别处")
    others = (external_command, parsing_command, hostile_command, played_command, feedback)
    for module in (report_commands, bench_command, ablation_command, *others):
        module.add_command(commands)
    return parser


def _add_choices(run: argparse.ArgumentParser) -> None:
    run.add_argument("--kind", nargs="+", metavar="种类", help="只跑这些种类")
    run.add_argument("--held", action="store_true", help="跑留出题：只打印总数和种类，不显示题目和回答")
    run.add_argument("--only-misses", type=Path, metavar="结果", help="只跑以前没通过的题（不看下限）")
    run.add_argument("--out", type=Path, default=RESULTS_FOLDER, metavar="文件夹", help="结果写到哪里")
    run.add_argument("--against", type=Path, metavar="结果", help="与以前的结果比较，只列出变化")
    run.add_argument("--sample", type=int, metavar="题数", help="均匀取出的这么多题（--composer model 默认 120）")
    run.add_argument("--kept", action="store_true", help="只算 --out 里已有模型回答的题，不问模型")
    # A running service composes as its own settings say.
    place = run.add_mutually_exclusive_group()
    place.add_argument("--url", metavar="地址", help="评测运行中的服务，如 http://127.0.0.1:7860（默认在本进程内）")
    place.add_argument("--composer", choices=("quote", "model"), default="quote", help="引用原文作答，或由语言模型作答")


def _run(options: argparse.Namespace) -> int:
    if options.composer == "model":
        return run_model(options, _make_plan(options).cases)
    plan, gate = _make_plan(options), read_gate()
    earlier = read_run(options.against) if options.against else None
    library = None if options.url else Library()
    entry: Entry = LocalEntry(library) if library else HttpEntry(options.url)
    is_whole = not (options.cases or options.kind or options.only_misses or options.sample or options.url)
    run = evaluate(plan, entry, library if is_whole else None)
    path = write_run(options.out, run)
    page = None if plan.is_sealed else write_report(path).page
    fallen = () if options.only_misses else find_fallen(run, gate, is_whole=is_whole)
    comparison = compare_runs(earlier, run) if earlier else None
    if options.json:
        _print_json(_encode(run, fallen, comparison, path))
    else:
        _print_run(run, comparison, [f"结果：{path}", *([f"报告：{page}"] if page else [])])
        print("\n".join(f"未达下限：{bar}" for bar in fallen))
    return _BELOW_BAR if fallen else 0


def _make_plan(options: argparse.Namespace) -> Plan:
    tiers.refuse_held(options.cases or ())
    placed = read_cases(tiers.find_held_files() if options.held else options.cases or find_case_files())
    for one in placed:
        for name in one.case.unread_fields:
            print(f"注意：{one.path} 第 {one.line} 行的字段 {name} 没有打分项读取", file=sys.stderr)
    missed = {o.id for o in read_run(options.only_misses).cases if not o.is_right} if options.only_misses else None
    cases = choose_cases((one.case for one in placed), options.kind, missed)
    if options.sample is not None:
        cases = sample_cases(cases, options.sample)
    composer = None if options.url else options.composer
    return Plan(cases, HELD, composer, is_sealed=True) if options.held else Plan(cases, composer=composer)


def _print_run(run: Run, comparison: Comparison | None, closing: Sequence[str]) -> None:
    console, is_sealed = Console(), any(o.case is None for o in run.cases)
    terminal.print_run(
        console, summarise(run), () if comparison or is_sealed or run.tier != "development" else run.cases
    )
    if comparison:
        terminal.print_comparison(console, comparison, is_sealed=is_sealed)
    print("\n".join(["", *terminal.describe_mutation(run), terminal.describe_times(run), *closing]))


def _encode(run: Run, fallen: Sequence[str], comparison: Comparison | None, path: Path) -> dict[str, Any]:
    summary = summarise(run)
    return {
        "result": str(path),
        "fallen": fallen,
        "summary": {**asdict(summary), "over_refusal": summary.over_refusal, "right": summary.overall.right.value},
        "mutation": run.mutation,
        "against": _encode_comparison(comparison, is_sealed=run.tier == HELD) if comparison else None,
        "misses": [o.model_dump(mode="json") for o in run.cases if not o.is_right and o.case],
    }


def _encode_comparison(comparison: Comparison, *, is_sealed: bool) -> dict[str, Any]:
    """Which cases changed is told only where they may be seen."""
    changes = {} if is_sealed else {"changes": [asdict(change) for change in comparison.changes]}
    lost = len(comparison.changes) - comparison.gained
    figures = {"commit": comparison.commit, "cases": comparison.cases, "gained": comparison.gained, "lost": lost}
    spread = {"difference": comparison.difference, "interval": asdict(comparison.interval), "p": comparison.p}
    return {**figures, **spread, **changes}


def _check(options: argparse.Namespace) -> int:
    tiers.refuse_held(options.cases or ())
    placed = read_cases(options.cases or find_case_files())
    remarks = check_cases(placed, Library())
    errors = sum(remark.is_error for remark in remarks)
    if options.json:
        rows = [
            {"path": str(r.case.path), "line": r.case.line, "reason": r.reason, "error": r.is_error} for r in remarks
        ]
        _print_json({"cases": len(placed), "problems": rows})
    else:
        golds = len({one.case.gold for one in placed})
        print("\n".join(map(str, remarks)))
        print(f"核对了 {len(placed)} 题，不同的要求 {golds} 种；{errors} 处错误，{len(remarks) - errors} 处提醒")
    return _BELOW_BAR if errors else 0


def _seal(options: argparse.Namespace) -> int:
    seal = tiers.seal_file(options.file)
    _print_json(seal.model_dump()) if options.json else print(
        f"已封存 {options.file.stem}：{seal.cases} 题，{seal.sha256}。请提交 {tiers.BLIND_FOLDER}，文件先不要放进项目。"
    )
    return 0


def _blind(options: argparse.Namespace) -> int:
    cases = [placed.case for placed in tiers.open_sealed(options.file)]
    library = Library()
    run = evaluate(Plan(cases, f"{BLIND}/{options.file.stem}", "quote"), LocalEntry(library), library)
    path = tiers.spend(options.file, run)
    if options.json:
        _print_json({**_encode(run, (), None, path), "misses": None})
    else:
        _print_run(run, None, [f"结果：{path}。题目已用过，请连同结果提交。"])
    return 0


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    sys.exit(main())
