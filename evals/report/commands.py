"""The commands that show a result, publish it, have it read by people, and measure the scorers."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from evals.cases.tiers import read_spent
from evals.corpora import Library
from evals.gate import read_gate
from evals.mutation.mutate import count_noticed, spoil_answers
from evals.report import sheet
from evals.report.page import write_report
from evals.report.publish import Places, PublishRefused, find_held, find_latest, publish, write_headline
from evals.report.sheet import measure_detector
from evals.report.terminal import describe_share, name_way, write_share
from evals.results import RESULTS_FOLDER, ResultsError, Run, read_run

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_command(commands: _Commands) -> None:
    """Adds the commands that work on results."""
    report = commands.add_parser("report", help="把结果写成一个网页和一张错题表")
    report.add_argument("result", type=Path, metavar="结果", help="evals/results 里的 JSON 文件")
    report.add_argument("--out", type=Path, metavar="文件夹", help="写到哪里（默认在结果旁边）")
    publishing = commands.add_parser("publish", help="把盲测和最新结果的数字写进两份 README 和网页的数据")
    publishing.add_argument("result", type=Path, nargs="?", metavar="结果", help="开发题的结果（默认最新的一个）")
    mutate = commands.add_parser("mutate", help="用各种办法弄坏对的回答，看打分项认不认得出")
    mutate.add_argument("result", type=Path, nargs="?", metavar="结果", help="默认最新的一个")
    drawing = commands.add_parser("sheet", help="抽出回答给人读，写成网页和一行一题的文件")
    drawing.add_argument("number", type=int, metavar="题数")
    drawing.add_argument("--results", type=Path, nargs="+", metavar="结果", help="默认最近一轮盲测，没有则最新的开发题")
    drawing.add_argument("--out", type=Path, default=RESULTS_FOLDER / "sheet", metavar="文件", help="写到哪里")
    marking = commands.add_parser("marks", help="汇总读者的判断：各档比例、两人一致、不实句检测的召回和精确")
    marking.add_argument(
        "marks", type=Path, nargs="*", metavar="文件", help="读者的 .jsonl（默认 evals/marks 里的全部）"
    )
    marking.add_argument("--results", type=Path, nargs="+", metavar="结果", help="被读的结果，用来核对检测")
    actions = ((report, _report), (publishing, _publish), (mutate, _mutate), (drawing, _sheet), (marking, _marks))
    for command, action in actions:
        command.add_argument("--json", action="store_true", help="输出 JSON")
        command.set_defaults(run=action)


def _report(options: argparse.Namespace) -> int:
    files = write_report(options.result, options.out)
    paths = {"report": str(files.page), "misses": str(files.misses)}
    _say(options, paths, f"报告：{files.page}\n错题：{files.misses}")
    return 0


def _publish(options: argparse.Namespace) -> int:
    places, tuned = Places(), _tuned(options.result)
    figures = publish(tuned, find_held(tuned.commit), places)
    written = [str(path) for path in (places.data, places.readme, places.tables)]
    _say(options, {"written": written}, "\n".join([write_headline(figures), *(f"写入 {path}" for path in written)]))
    return 0


def _tuned(path: Path | None) -> Run:
    run = read_run(path) if path else find_latest()
    if run is None:
        raise PublishRefused(f"{RESULTS_FOLDER} 里还没有结果。请先运行 python -m evals run。")
    return run


def _mutate(options: argparse.Namespace) -> int:
    run, bars = _tuned(options.result), read_gate().suite
    context = Library().open_context([o.case for o in run.cases if o.case])
    counts = count_noticed(list(spoil_answers(run.cases, context)))
    noticed, tried = (sum(column) for column in zip(*counts.values(), strict=True)) if counts else (0, 0)
    lines = [
        f"{name_way(way)}（{way}）：{found}/{of} = {write_share(found / of)}" for way, (found, of) in counts.items()
    ]
    if not tried:
        raise ResultsError("没有一个对的回答可以弄坏。请先运行 python -m evals run。")
    overall = noticed / tried
    _say(
        options,
        {"ways": counts, "noticed": overall},
        "\n".join([*lines, f"合计 {noticed}/{tried} = {write_share(overall)}"]),
    )
    is_kept = overall >= bars.spoilt_noticed and all(f / of >= bars.spoilt_every_way for f, of in counts.values())
    return 0 if is_kept else 1


def _sheet(options: argparse.Namespace) -> int:
    runs = _read_runs(options.results)
    drawn = sheet.draw_answers(runs, options.number, " ".join(run.stem for run in runs))
    page, lines = sheet.write_sheet(drawn, options.out)
    _say(options, {"page": str(page), "lines": str(lines)}, f"{len(drawn)} 个回答：\n{page}\n{lines}")
    return 0


def _read_runs(paths: Sequence[Path] | None) -> tuple[Run, ...]:
    return tuple(map(read_run, paths)) if paths else read_spent() or (_tuned(None),)


def _marks(options: argparse.Namespace) -> int:
    marks = sheet.read_marks(options.marks or sorted(sheet.MARKS_FOLDER.glob("*.jsonl")))
    read = sheet.sum_marks(marks)
    lines = [f"{name}：{describe_share(share)}" for name, share in read.shares if share.of]
    lines += [f"很好或好：{describe_share(read.good)}", f"误导、不该答而答、不实：{describe_share(read.harmful)}"]
    if read.common:
        lines.append(
            f"两人都读的 {read.common} 个：κ = {_write(read.kappa)}，只分好与不好 κ = {_write(read.kappa_good)}"
        )
    found = measure_detector(marks, _read_runs(options.results), Library())
    lines += found.describe()
    values: Mapping[str, Any] = {"good": read.good.value, "harmful": read.harmful.value, **found.figures()}
    _say(options, values, "\n".join(lines))
    return 0


def _write(kappa: float | None) -> str:
    return "–" if kappa is None else f"{kappa:.2f}"


def _say(options: argparse.Namespace, values: Mapping[str, object], words: str) -> None:
    text = json.dumps(values, ensure_ascii=False, indent=1) if options.json else words
    sys.stdout.write(f"{text}\n")
