"""Turns feedback that the service stored into drafts of cases, for a person to complete."""

import argparse
import json
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from assistant.answer import Status
from corpus.catalogue import Catalogue
from evals.corpora import Library

SCHEMA_VERSIONS = (1, 2)
KIND = "feedback"
_ANSWERABLE: dict[str, bool | str] = {
    Status.ANSWERED: True,
    Status.PARTLY_ANSWERED: "partly",
    Status.NOT_STATED: False,
    Status.OUT_OF_SCOPE: False,
    Status.REFUSED: False,
}
Stored = Mapping[str, Any]
"""One row of the service's table, by its columns."""


class FeedbackError(Exception):
    """The feedback cannot be read or the drafts cannot be written; the message says what to do."""


def read_feedback(path: Path) -> tuple[Stored, ...]:
    """Oldest first; the file is only read."""
    if not path.is_file():
        raise FeedbackError(f"没有反馈文件 {path}。请给出服务的 POLICY_FEEDBACK_FILE；还没有人反馈过时没有这个文件。")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version in SCHEMA_VERSIONS:
                rows = connection.execute("SELECT * FROM feedback ORDER BY id")
                return tuple({**row, "provision_ids": json.loads(row["provision_ids"])} for row in rows)
    except (sqlite3.Error, ValueError) as error:
        raise FeedbackError(f"{path} 不是反馈文件或已损坏（{error}）。请检查路径。") from error
    raise FeedbackError(f"{path} 是第 {version} 版格式，这里只认到第 {SCHEMA_VERSIONS[-1]} 版。请用同一版本的程序。")


def draft_cases(feedback: Iterable[Stored], catalogue: Catalogue) -> tuple[dict[str, Any], ...]:
    """One draft for each question that was given with consent; what was said of it stands in the field `feedback`.

    No scorer knows that field: `evals check` names it until a person has read it and taken it out.
    """
    asked: dict[str, list[Stored]] = defaultdict(list)
    for one in feedback:
        if one["question"]:
            asked["".join(one["question"].split())].append(one)
    return tuple(_draft(said, catalogue) for said in asked.values())


def _draft(said: Sequence[Stored], catalogue: Catalogue) -> dict[str, Any]:
    """Where everybody was content, status and measures are proposed, but for sentences that are no longer there."""
    latest, is_trusted = said[-1], all(one["verdict"] == "up" for one in said)
    places = [catalogue.place_of_provision.get(name) for name in latest["provision_ids"] if is_trusted]
    cited = [(place.notice.id, place.measure.id) for place in places if place and place.measure]
    notices = {notice for notice, _ in cited}
    return {
        "id": f"{KIND}-{said[0]['id']}",
        "kind": KIND,
        "question": latest["question"],
        "answerable": _ANSWERABLE.get(latest["status"]) if is_trusted else None,
        "clauses": list(dict.fromkeys(measure for _, measure in cited)),
        **{name: [] for name in ("facts", "departments", "forbidden")},
        "notice_id": notices.pop() if len(notices) == 1 else None,
        "feedback": {
            "verdicts": dict(Counter(one["verdict"] for one in said)),
            "reasons": dict(Counter(one["reason"] for one in said if one["reason"])),
            "comments": [one["comment"] for one in said if one["comment"]],
            **{name: latest[name] for name in ("status", "provision_ids", "corpus_version")},
            "answer_ids": list(dict.fromkeys(one["answer_id"] for one in said)),
        },
    }


def write_drafts(path: Path, drafts: Iterable[dict[str, Any]]) -> None:
    """Refuses to replace a file, for somebody may have begun to complete it."""
    lines = "".join(json.dumps(draft, ensure_ascii=False) + "\n" for draft in drafts)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(lines)
    except FileExistsError as error:
        raise FeedbackError(f"{path} 已经有了，不会覆盖。请换一个文件名。") from error
    except OSError as error:
        raise FeedbackError(f"{path} 写不进去（{error.strerror}）。请检查文件夹和权限。") from error


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("import-feedback", help="把服务收到的反馈变成题目草稿，由人补全")
    command.add_argument("file", type=Path, metavar="反馈文件", help="服务的 POLICY_FEEDBACK_FILE")
    where = "写到哪里（.jsonl），不覆盖已有文件"
    command.add_argument("--out", type=Path, required=True, metavar="草稿文件", help=where)
    command.add_argument("--json", action="store_true", help="输出 JSON")
    command.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    feedback = read_feedback(options.file)
    drafts, without = draft_cases(feedback, Library().served.catalogue), sum(not one["question"] for one in feedback)
    write_drafts(options.out, drafts)
    said = (
        f"{len(feedback)} 条反馈，{without} 条没有带问题；写了 {len(drafts)} 题草稿：{options.out}\n"
        f"请逐题补全、改 kind、删去 feedback，再核对：python -m evals check --cases {options.out}"
    )
    counts = {"feedback": len(feedback), "without_question": without, "drafts": len(drafts)}
    sys.stdout.write(f"{json.dumps(counts) if options.json else said}\n")
    return 0
