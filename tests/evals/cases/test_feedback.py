"""What the service stored becomes drafts of cases; nothing but the file connects the two."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from corpus.store import Corpus
from evals.__main__ import main
from evals.cases.case import read_cases
from evals.cases.feedback import FeedbackError, draft_cases, read_feedback, write_drafts
from evals.corpora import Library
from ui.feedback.store import Feedback, FeedbackStore

NINTH = "lkz-2025-128/3.9.3"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = FeedbackStore(tmp_path / "feedback.sqlite3", 90)
    asked = "中试基地一年奖多少？"
    store.add(Feedback("a1", "answered", (NINTH,), "v1", "up", question=asked))
    store.add(Feedback("a2", "answered", (NINTH, "lkz-2025-128/9.9.9"), "v2", "up", question=f" {asked}"))
    store.add(Feedback("a3", "not_stated", (NINTH,), "v1", "down", "not_answered", "原文有", "有没有期限？"))
    store.add(Feedback("a4", "answered", (NINTH,), "v1", "up"))
    return tmp_path / "feedback.sqlite3"


def test_each_question_becomes_one_draft(path: Path, small_corpus: Corpus) -> None:
    praised, blamed = draft_cases(read_feedback(path), small_corpus.catalogue)
    assert praised == {
        "id": "feedback-1",
        "kind": "feedback",
        "question": " 中试基地一年奖多少？",
        "answerable": True,
        "clauses": ["3.9"],
        "facts": [],
        "departments": [],
        "forbidden": [],
        "notice_id": "lkz-2025-128",
        "feedback": {
            "verdicts": {"up": 2},
            "reasons": {},
            "comments": [],
            "status": "answered",
            "provision_ids": [NINTH, "lkz-2025-128/9.9.9"],
            "answer_ids": ["a1", "a2"],
            "corpus_version": "v2",
        },
    }
    proposed = {name: blamed[name] for name in ("id", "answerable", "clauses", "notice_id")}
    assert proposed == {"id": "feedback-3", "answerable": None, "clauses": [], "notice_id": None}
    assert blamed["feedback"]["reasons"] == {"not_answered": 1} and blamed["feedback"]["comments"] == ["原文有"]


def test_drafts_are_cases_that_still_need_a_person(path: Path, tmp_path: Path, small_corpus: Corpus) -> None:
    drafts = tmp_path / "drafts.jsonl"
    write_drafts(drafts, draft_cases(read_feedback(path), small_corpus.catalogue))
    assert [placed.case.unread_fields for placed in read_cases([drafts])] == [("feedback",), ("feedback",)]


def test_the_command(
    path: Path, tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module in ("evals.cases.feedback", "evals.__main__"):
        monkeypatch.setattr(f"{module}.Library", lambda: library)
    drafts = tmp_path / "drafts.jsonl"
    assert main(["import-feedback", str(path), "--out", str(drafts), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"feedback": 4, "without_question": 1, "drafts": 2}
    assert main(["import-feedback", str(path), "--out", str(drafts)]) == 2
    assert "不会覆盖" in capsys.readouterr().err
    assert main(["import-feedback", str(path), "--out", str(tmp_path / "b.jsonl")]) == 0
    assert "1 条没有带问题；写了 2 题草稿" in capsys.readouterr().out
    assert main(["check", "--cases", str(drafts)]) == 0
    assert "提醒：feedback-1：多余的字段 feedback" in capsys.readouterr().out


def test_other_files_are_explained(tmp_path: Path) -> None:
    with pytest.raises(FeedbackError, match="没有反馈文件"):
        read_feedback(tmp_path / "none.sqlite3")
    (tmp_path / "text").write_text("只是文字" * 100, encoding="utf-8")
    with pytest.raises(FeedbackError, match="不是反馈文件"):
        read_feedback(tmp_path / "text")
    (tmp_path / "empty").touch()
    with pytest.raises(FeedbackError, match="第 0 版"):
        read_feedback(tmp_path / "empty")
    store = FeedbackStore(tmp_path / "damaged", 90)
    store.add(Feedback("a1", "answered", (), "v1", "up"))
    with closing(sqlite3.connect(tmp_path / "damaged")) as connection, connection:
        connection.execute("UPDATE feedback SET provision_ids = '['")
    with pytest.raises(FeedbackError, match="不是反馈文件或已损坏"):
        read_feedback(tmp_path / "damaged")
    with pytest.raises(FeedbackError, match="写不进去"):
        write_drafts(tmp_path / "no" / "drafts.jsonl", [])
