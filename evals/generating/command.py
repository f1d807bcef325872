"""`run --composer model`: the cases put to a language model once, and what three ways make of it."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime

from rich.console import Console

from assistant.model.settings import ModelSettings
from evals.cases.case import Case
from evals.corpora import Library
from evals.generating.comparing import (
    Asked,
    ModelComparison,
    describe_writing,
    encode,
    make_runs,
    make_table,
    measure,
    write_sheet,
)
from evals.results import write_new, write_run
from evals.run import sample_cases

LEAST_CASES = 120
_GENERATIONS = "generations.jsonl"


def run_model(options: argparse.Namespace, cases: Sequence[Case]) -> int:
    """Replies are kept beside the result; the same command goes on where it was stopped."""
    began, settings = datetime.now().astimezone(), ModelSettings()
    comparison = ModelComparison(Library(), settings, options.out / _GENERATIONS, asks=not options.kept)
    asked = comparison.ask(sample_cases(cases, options.sample or LEAST_CASES))
    runs = make_runs(asked, began)
    figures = measure(asked, runs)
    paths = [write_run(options.out, run) for run in runs.values()]
    result = encode(asked, figures, settings)
    stem = f"{began:%Y-%m-%d}-{next(iter(runs.values())).commit.rstrip('+')}-model"
    table = write_new(options.out, stem, json.dumps(result, ensure_ascii=False, indent=1))
    write_sheet(table.with_suffix(".answers.jsonl"), asked)
    if options.json:
        sys.stdout.write(f"{json.dumps(result, ensure_ascii=False, indent=1)}\n")
        return 0
    Console(width=140).print(make_table(figures))
    sys.stdout.write("\n".join(_describe(asked, settings, [*map(str, paths), str(table)])) + "\n")
    return 0


def _describe(asked: Asked, settings: ModelSettings, paths: Sequence[str]) -> list[str]:
    writing = describe_writing(asked)
    return [
        f"模型 {settings.model_name}；本次时限：首词 {settings.model_first_token_seconds:.0f} 秒，"
        f"间隔 {settings.model_between_seconds:.0f} 秒，全部 {settings.model_seconds:.0f} 秒；只问一次，不重写。",
        f"问了模型 {writing.asked} 题，{writing.found_nothing} 题它说没有；写了 {writing.sentences} 句，"
        f"原文留下 {writing.printed[0]}/{writing.printed[1]}，解读留下 {writing.explained[0]}/{writing.explained[1]}；"
        f"每答 {writing.prompt_tokens:.0f} + {writing.reply_tokens:.0f} 词元。",
        *(f"去掉 {count} 句：{reason}" for reason, count in writing.dropped.items()),
        *(f"{count} 题由摘录作答：{reason}" for reason, count in writing.degraded.items()),
        *(f"结果：{path}" for path in paths),
    ]
