"""Keeps feedback in one SQLite file, for as many days as the settings say and not longer."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

SCHEMA_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
  id INTEGER PRIMARY KEY,
  received_at TEXT NOT NULL,    -- UTC, ISO 8601
  answer_id TEXT NOT NULL,
  status TEXT NOT NULL,
  provision_ids TEXT NOT NULL,  -- JSON array
  corpus_version TEXT NOT NULL,
  verdict TEXT NOT NULL,        -- up, down
  reason TEXT,
  comment TEXT,                 -- masked
  question TEXT                 -- masked; only with consent
);
CREATE INDEX IF NOT EXISTS feedback_received_at ON feedback (received_at);
"""
# Anybody can send feedback, and a disk is finite: some 250 MB at most.
_MOST_KEPT = 100_000
_SECONDS_TO_WAIT = 5.0


class FeedbackNotKept(Exception):
    """The feedback could not be stored; the message is fit for the public and says what to do."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a visitor says about an answer; comment and question are masked before they come here."""

    answer_id: str
    status: str
    provision_ids: tuple[str, ...]
    corpus_version: str
    verdict: str
    reason: str | None = None
    comment: str | None = None
    question: str | None = None


def _now() -> datetime:
    return datetime.now(UTC)


class FeedbackStore:
    """The file is made by the first feedback; every call opens it anew, so that threads and processes may share it."""

    def __init__(self, path: Path, days: int, clock: Callable[[], datetime] = _now) -> None:
        self._path = path
        self.days = days
        self._clock = clock

    def add(self, feedback: Feedback) -> None:
        """Raises FeedbackNotKept; deletes what is too old in the same breath."""
        row = (
            self._clock().isoformat(timespec="seconds"),
            feedback.answer_id,
            feedback.status,
            json.dumps(feedback.provision_ids),
            feedback.corpus_version,
            feedback.verdict,
            feedback.reason,
            feedback.comment,
            feedback.question,
        )
        try:
            with self._open() as connection:
                self._delete(connection)
                if connection.execute("SELECT count(*) FROM feedback").fetchone()[0] >= _MOST_KEPT:
                    raise FeedbackNotKept("反馈太多，暂时不能再存。请改日再试。")
                connection.execute(f"INSERT INTO feedback VALUES (NULL{', ?' * len(row)})", row)
        except (sqlite3.Error, OSError) as error:
            raise FeedbackNotKept("反馈没有存下来。请稍后再试；管理员请检查反馈文件和磁盘空间。") from error

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
        deleted = connection.execute(
            "DELETE FROM feedback WHERE received_at < ?", (oldest.isoformat(timespec="seconds"),)
        )
        return deleted.rowcount

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One transaction; deleted rows are overwritten in the file, not only forgotten."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(self._path, timeout=_SECONDS_TO_WAIT)
        try:
            connection.execute("PRAGMA secure_delete = ON")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, SCHEMA_VERSION):
                raise sqlite3.DatabaseError(f"schema version {version}, expected {SCHEMA_VERSION}")
            if version == 0:
                connection.executescript(f"{_SCHEMA}PRAGMA user_version = {SCHEMA_VERSION};")
            with connection:
                yield connection
        finally:
            connection.close()
