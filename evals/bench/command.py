"""The command that measures speed, start, indexing, throughput and memory."""

import argparse
import json
import os
import sys
from dataclasses import asdict

from rich.console import Console

from evals.bench.figures import Subject, measure, pick_questions
from evals.bench.measurement import Measurement, print_measurements
from evals.cases.case import find_case_files, read_cases
from evals.cases.tiers import is_home
from evals.corpora import Library, Place
from evals.entry import EntryFailed, LocalEntry
from evals.gate import read_gate


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    bench = commands.add_parser("bench", help="测量速度、启动、建索引和内存；超出上限时以 1 结束")
    bench.add_argument("--json", action="store_true", help="输出 JSON")
    bench.set_defaults(run=_bench)


def _bench(options: argparse.Namespace) -> int:
    cases = [placed.case for placed in read_cases(find_case_files())]
    questions, library = pick_questions([case for case in cases if is_home(case)]), Library()
    entry, place = LocalEntry(library), Place(library.served)
    embedder, passages = library.served.embedder, [p.text for p in library.served.passages]
    if embedder is None:
        raise EntryFailed("没有向量模型，不能测量。请先运行 python -m assistant doctor。")
    subject = Subject(questions, lambda question: entry.ask(question, (), place), read_gate().bench)
    # One thread, as one question has in a busy service.
    os.environ["OMP_NUM_THREADS"] = "1"
    measurements: list[Measurement] = []
    with Console(stderr=True).status("测量 …") as status:
        for one in measure(subject, embedder, passages):
            measurements.append(one)
            status.update(f"测量 … 已有 {len(measurements)} 项，最近一项：{one.name}")
    if options.json:
        rows = [{**asdict(m), "ok": m.is_ok} for m in measurements]
        sys.stdout.write(json.dumps({"questions": len(questions), "measurements": rows}, ensure_ascii=False, indent=1))
    else:
        print_measurements(Console(), measurements)
    return 0 if all(m.is_ok for m in measurements) else 1
