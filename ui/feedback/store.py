"""Keeps feedback, and counts of what was not stated, in one SQLite file for as many days as the settings say."""

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

_STEPS = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8").split("\n----\n")
SCHEMA_VERSION = len(_STEPS)
# Anybody can send feedback, and a disk is finite: some 250 MB at most.
_MOST_KEPT = 100_000
_SECONDS_TO_WAIT = 5.0


class FeedbackNotKept(Exception):
    """The feedback could not be stored or read; the message is fit for the public and says what to do."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a visitor says about an answer; comment and question are masked before they come here.

    A later one with the same `ballot` takes the place of an earlier one; None takes nobody's.
    """

    answer_id: str
    status: str
    provision_ids: tuple[str, ...]
    corpus_version: str
    verdict: str
    reason: str | None = None
    comment: str | None = None
    question: str | None = None
    departments: tuple[str, ...] = ()
    ballot: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A kind of detail, a key of kinds.toml, that was asked of a department's measures and is not stated."""

    department: str
    ask: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file holds, oldest first, each with the day it came in ISO 8601; gaps with how often they were met."""

    received: tuple[tuple[str, Feedback], ...] = ()
    gaps: Counter[Gap] = field(default_factory=Counter)


def _now() -> datetime:
    return datetime.now(UTC)


_COLUMNS = ", ".join(f.name for f in fields(Feedback))
_LISTS = ("provision_ids", "departments")


class FeedbackStore:
    """The file is made by the first feedback; every call opens it anew, so that threads and processes may share it."""

    def __init__(self, path: Path, days: int, clock: Callable[[], datetime] = _now) -> None:
        self._path = path
        self.days = days
        self._clock = clock

    def add(self, feedback: Feedback) -> None:
        """Raises FeedbackNotKept; deletes what is too old in the same breath."""
        told = asdict(feedback)
        told |= {name: json.dumps(told[name], ensure_ascii=False) for name in _LISTS}
        row = (self._clock().isoformat(timespec="seconds"), *told.values())
        with self._writing() as connection:
            connection.execute("DELETE FROM feedback WHERE ballot = ?", (feedback.ballot,))
            if connection.execute("SELECT count(*) FROM feedback").fetchone()[0] >= _MOST_KEPT:
                raise FeedbackNotKept("反馈太多，暂时不能再存。请改日再试。")
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO feedback (received_at, {_COLUMNS}) VALUES ({marks})", row)

    def add_gaps(self, counts: Mapping[Gap, int]) -> None:
        """To those of today. Raises FeedbackNotKept."""
        today = self._clock().date().isoformat()
        rows = [(today, gap.department, gap.ask, count) for gap, count in counts.items()]
        with self._writing() as connection:
            added = "ON CONFLICT DO UPDATE SET count = count + excluded.count"
            connection.executemany(f"INSERT INTO gap VALUES (?, ?, ?, ?) {added}", rows)

    def read(self, days: int) -> Kept:
        """Of the last days, today among them. Raises FeedbackNotKept where the file cannot be read."""
        if not self._path.is_file():
            return Kept()
        since = ((self._clock().date() - timedelta(days=days - 1)).isoformat(),)
        told = f"SELECT substr(received_at, 1, 10), {_COLUMNS} FROM feedback WHERE received_at >= ? ORDER BY id"
        counted = "SELECT department, ask, sum(count) FROM gap WHERE day >= ? GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2"
        try:
            with self._open() as connection:
                received = tuple((day, _read_row(row)) for day, *row in connection.execute(told, since))
                return Kept(received, Counter({Gap(d, a): n for d, a, n in connection.execute(counted, since)}))
        except (sqlite3.Error, OSError, ValueError) as error:
            raise FeedbackNotKept(f"反馈文件 {self._path} 读不了：{error}。请检查 POLICY_FEEDBACK_FILE。") from error

    def delete_expired(self) -> int:
        """How many were deleted; a store without a file has none."""
        if not self._path.is_file():
            return 0
        try:
            with self._open() as connection:
                return self._delete(connection)
        except (sqlite3.Error, OSError) as error:
            raise FeedbackNotKept(f"过期的反馈没有删除：{error}。请检查反馈文件 {self._path.name}。") from error

    def _delete(self, connection: sqlite3.Connection) -> int:
        oldest = self._clock() - timedelta(days=self.days)
        at, day = oldest.isoformat(timespec="seconds"), oldest.date().isoformat()
        feedback = connection.execute("DELETE FROM feedback WHERE received_at < ?", (at,))
        return feedback.rowcount + connection.execute("DELETE FROM gap WHERE day < ?", (day,)).rowcount

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._open() as connection:
                self._delete(connection)
                yield connection
        except (sqlite3.Error, OSError) as error:
            raise FeedbackNotKept("反馈没有存下来。请稍后再试；管理员请检查反馈文件和磁盘空间。") from error

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One transaction; deleted rows are overwritten in the file, not only forgotten."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(self._path, timeout=_SECONDS_TO_WAIT)
        try:
            connection.execute("PRAGMA secure_delete = ON")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > SCHEMA_VERSION:
                raise sqlite3.DatabaseError(f"schema version {version}, expected {SCHEMA_VERSION}")
            for number, step in enumerate(_STEPS[version:], version + 1):
                connection.executescript(f"BEGIN IMMEDIATE; {step}\nPRAGMA user_version = {number}; COMMIT;")
            with connection:
                yield connection
        finally:
            connection.close()


def _read_row(row: list[str]) -> Feedback:
    named: dict[str, Any] = dict(zip((f.name for f in fields(Feedback)), row, strict=True))
    return Feedback(**{**named, **{name: tuple(json.loads(named[name])) for name in _LISTS}})
