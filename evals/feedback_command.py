"""The command that turns the service's feedback into drafts of cases."""

import argparse
from pathlib import Path

from rich.console import Console

from corpus.catalogue import Catalogue
from corpus.settings import CorpusSettings
from evals.context import read_library
from evals.feedback import draft_cases, read_feedback, write_drafts


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("import-feedback", help="把服务收到的反馈变成题目草稿，由人补全")
    command.add_argument("file", type=Path, metavar="反馈文件", help="服务的 POLICY_FEEDBACK_FILE")
    command.add_argument(
        "--out", type=Path, required=True, metavar="草稿文件", help="写到哪里（.jsonl），不覆盖已有文件"
    )
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    console, feedback = Console(), read_feedback(options.file)
    drafts = draft_cases(feedback, Catalogue(read_library(CorpusSettings()).notices))
    write_drafts(options.out, drafts)
    without = sum(not one.question for one in feedback)
    if options.json:
        console.print_json(data={"feedback": len(feedback), "without_question": without, "drafts": len(drafts)})
        return 0
    said = (
        f"{len(feedback)} 条反馈，{without} 条没有带问题；写了 {len(drafts)} 题草稿：{options.out}",
        f"请逐题补全、改 kind、删去 feedback，再核对：python -m evals check --cases {options.out}",
    )
    console.print("\n".join(said), markup=False, highlight=False, soft_wrap=True)
    return 0
