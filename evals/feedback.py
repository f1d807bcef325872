"""Turns feedback that the service stored into drafts of cases, for a person to complete."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Status
from corpus.catalogue import Catalogue

SCHEMA_VERSION = 1
KIND = "feedback"
_QUERY = (
    "SELECT id, answer_id, status, provision_ids, corpus_version, verdict, reason, comment, question"
    " FROM feedback ORDER BY id"
)
_ANSWERABLE: dict[str, bool | str | None] = {
    Status.ANSWERED: True,
    Status.PARTLY_ANSWERED: "partly",
    Status.NOT_STATED: False,
    Status.OUT_OF_SCOPE: False,
    Status.REFUSED: False,
}


class FeedbackError(Exception):
    """The feedback cannot be read or the drafts cannot be written; the message says what to do."""


@dataclass(frozen=True, slots=True)
class StoredFeedback:
    """One row of the service's table."""

    id: int
    answer_id: str
    status: str
    provision_ids: tuple[str, ...]
    corpus_version: str
    verdict: str
    reason: str | None
    comment: str | None
    question: str | None


def read_feedback(path: Path) -> tuple[StoredFeedback, ...]:
    """Oldest first; the file is only read."""
    if not path.is_file():
        raise FeedbackError(f"没有反馈文件 {path}。请给出服务的 POLICY_FEEDBACK_FILE；还没有人反馈过时没有这个文件。")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version != SCHEMA_VERSION:
                raise FeedbackError(
                    f"{path} 是第 {version} 版格式，这里只认第 {SCHEMA_VERSION} 版。请用同一版本的程序。"
                )
            return tuple(_read_row(row) for row in connection.execute(_QUERY))
    except (sqlite3.Error, ValueError) as error:
        raise FeedbackError(f"{path} 不是反馈文件或已损坏（{error}）。请检查路径。") from error


def _read_row(row: Sequence[Any]) -> StoredFeedback:
    return StoredFeedback(row[0], row[1], row[2], tuple(json.loads(row[3])), *row[4:])


def draft_cases(feedback: Iterable[StoredFeedback], catalogue: Catalogue) -> tuple[dict[str, Any], ...]:
    """One draft for each question that was given with consent; what was said of it stands in the field `feedback`.

    No scorer knows that field: `evals check` names it until a person has read it and taken it out.
    """
    asked: dict[str, list[StoredFeedback]] = {}
    for one in feedback:
        if one.question:
            asked.setdefault("".join(one.question.split()), []).append(one)
    return tuple(_draft(said, catalogue) for said in asked.values())


def _draft(said: Sequence[StoredFeedback], catalogue: Catalogue) -> dict[str, Any]:
    """Where everybody was content, the answer's status and measures are proposed; otherwise a person must say."""
    latest = said[-1]
    is_trusted = all(one.verdict == "up" for one in said)
    notices, clauses = _cited(latest.provision_ids, catalogue) if is_trusted else ((), ())
    return {
        "id": f"{KIND}-{said[0].id}",
        "kind": KIND,
        "question": latest.question,
        "answerable": _ANSWERABLE.get(latest.status) if is_trusted else None,
        "clauses": list(clauses),
        "facts": [],
        "departments": [],
        "forbidden": [],
        "notice_id": notices[0] if len(notices) == 1 else None,
        "feedback": {
            "verdicts": dict(Counter(one.verdict for one in said)),
            "reasons": dict(Counter(one.reason for one in said if one.reason)),
            "comments": [one.comment for one in said if one.comment],
            "status": latest.status,
            "provision_ids": list(latest.provision_ids),
            "answer_ids": list(dict.fromkeys(one.answer_id for one in said)),
            "corpus_version": latest.corpus_version,
        },
    }


def _cited(provision_ids: Iterable[str], catalogue: Catalogue) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Notices and measures that the cited sentences belong to; a sentence that is no longer there is left out."""
    found = [catalogue.place_of_provision.get(p) for p in provision_ids]
    places = [p for p in found if p and p.measure]
    notices = dict.fromkeys(p.notice.id for p in places)
    return tuple(notices), tuple(dict.fromkeys(p.measure.id for p in places if p.measure))


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
