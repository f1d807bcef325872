"""The commands that show a result and publish it."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from evals.publish import Places, find_latest, publish, write_headline
from evals.report_page import write_report
from evals.stored import read_run

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_report_commands(commands: _Commands) -> None:
    """Adds `report` and `publish` to the parser's commands."""
    report = commands.add_parser("report", help="把结果写成一个网页和一张错题表")
    report.add_argument("result", type=Path, metavar="结果", help="evals/results 里的 JSON 文件")
    report.add_argument("--out", type=Path, metavar="文件夹", help="写到哪里（默认在结果旁边）")
    report.set_defaults(run=_report)
    publishing = commands.add_parser("publish", help="把结果的数字写进两份 README 和网页的数据")
    publishing.add_argument("result", type=Path, nargs="?", metavar="结果", help="默认最新的一个")
    publishing.set_defaults(run=_publish)
    for command in (report, publishing):
        command.add_argument("--json", action="store_true", help="输出 JSON")


def _report(options: argparse.Namespace) -> int:
    files = write_report(options.result, options.out)
    paths = {"report": str(files.page), "misses": str(files.misses)}
    _say(options, paths, f"报告：{files.page}\n错题：{files.misses}")
    return 0


def _publish(options: argparse.Namespace) -> int:
    places = Places()
    figures = publish(read_run(options.result or find_latest()), places)
    written = [str(path) for path in (places.data, places.readme, places.tables)]
    _say(options, {"written": written}, "\n".join([write_headline(figures), *(f"写入 {path}" for path in written)]))
    return 0


def _say(options: argparse.Namespace, values: Mapping[str, object], words: str) -> None:
    text = json.dumps(values, ensure_ascii=False, indent=1) if options.json else words
    sys.stdout.write(f"{text}\n")
