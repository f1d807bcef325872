"""Feedback is stored without personal details, for as long as the settings say."""

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from corpus.store import Corpus
from tests.fake_assistant import FakeAssistant
from tests.http_checks import expect_problem, wait_for
from ui.feedback import routes as feedback_routes
from ui.feedback import store as feedback_store
from ui.feedback.store import Feedback, FeedbackNotKept, FeedbackStore
from ui.server import create_app
from ui.settings import UiSettings

ROUTE = "/api/v1/feedback"
BODY: dict[str, Any] = {
    "answer_id": "a1",
    "status": "not_stated",
    "provision_ids": ["lkz-2025-128/3.9.3", "lkz-2025-128/3.9.responsibility"],
    "corpus_version": "v1",
    "verdict": "down",
}
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("service") / "kept" / "feedback.sqlite3"


@pytest.fixture(scope="module")
def running(small_corpus: Corpus, kept: Path) -> Iterator[TestClient]:
    settings = UiSettings(feedback_file=kept, feedback_days=7)
    with TestClient(create_app(FakeAssistant(small_corpus), settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client(running: TestClient, kept: Path) -> TestClient:
    """The service as it is before anybody said anything."""
    shutil.rmtree(kept.parent, ignore_errors=True)
    return running


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "feedback.sqlite3"


def rows(path: Path) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute("SELECT * FROM feedback ORDER BY id")]


def test_nothing_is_stored_before_somebody_says_something(client: TestClient, kept: Path) -> None:
    assert client.get("/healthz").status_code == 200
    assert not kept.parent.exists()


def test_feedback_is_stored_without_personal_details(client: TestClient, kept: Path) -> None:
    said = {
        **BODY,
        "reason": "not_answered",
        "comment": "打我电话13800138000或zhang@example.com\ud800",
        "question": "我身份证370102199001011234，卡6222021234567890123，能领吗？",
    }
    # As other programs write JSON: half a character is an escape.
    began = datetime.now(UTC).replace(microsecond=0)
    response = client.post(ROUTE, content=json.dumps(said), headers={"content-type": "application/json"})
    assert (response.status_code, response.json()) == (201, {"kept_days": 7, "question_kept": True})
    (row,) = rows(kept)
    assert began <= datetime.fromisoformat(row.pop("received_at")) <= datetime.now(UTC)
    assert re.fullmatch("[0-9a-f]{64}", row.pop("ballot"))
    assert row == {
        "id": 1,
        "answer_id": "a1",
        "status": "not_stated",
        "provision_ids": '["lkz-2025-128/3.9.3", "lkz-2025-128/3.9.responsibility"]',
        "corpus_version": "v1",
        "verdict": "down",
        "reason": "not_answered",
        "comment": "打我电话〔已隐去手机号〕或〔已隐去邮箱〕",
        "question": "我身份证〔已隐去身份证号〕，卡〔已隐去银行卡号〕，能领吗？",
        "departments": '["省科技厅", "省工业和信息化厅", "省财政厅"]',
    }
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.parent.stat().st_mode & 0o777 == 0o700


def test_a_question_is_kept_only_when_it_is_sent(client: TestClient, kept: Path) -> None:
    for said in (BODY, {**BODY, "answer_id": "a2", "verdict": "up", "question": "  ", "comment": ""}):
        assert client.post(ROUTE, json=said).json()["question_kept"] is False
    assert [(r["verdict"], r["reason"], r["comment"], r["question"]) for r in rows(kept)] == [
        ("down", None, None, None),
        ("up", None, None, None),
    ]


WRONG = [
    ({"verdict": "sideways"}, "verdict"),
    ({"verdict": None}, "verdict"),
    ({"reason": "because"}, "reason"),
    ({"status": "error"}, "status"),
    ({"answer_id": ""}, "answer_id"),
    ({"answer_id": "x" * 101}, "answer_id"),
    ({"comment": "长" * 1001}, "comment"),
    ({"question": "长" * 501}, "question"),
    ({"provision_ids": ["x"] * 101}, "provision_ids"),
    ({"provision_ids": [""]}, "provision_ids[]"),
    ({"corpus_version": 7}, "corpus_version"),
]


@pytest.mark.parametrize(("change", "field"), WRONG, ids=[f"{f} {i}" for i, (_, f) in enumerate(WRONG)])
def test_wrong_feedback_is_explained(client: TestClient, kept: Path, change: dict[str, Any], field: str) -> None:
    expect_problem(client.post(ROUTE, json={**BODY, **change}), 422, field)
    assert not kept.exists()


def test_choices_are_named(client: TestClient) -> None:
    problem = client.post(ROUTE, json={**BODY, "verdict": "x", "reason": "y"}).json()
    assert [e["message"] for e in problem["errors"]] == [
        "只能是 up、down 之一。",
        "只能是 wrong_citation、outdated、not_answered、unclear、other 之一。",
    ]


def test_another_site_cannot_send_feedback_with_a_form(client: TestClient, kept: Path) -> None:
    expect_problem(client.post(ROUTE, content="{}", headers={"content-type": "text/plain"}), 415)
    expect_problem(client.post(ROUTE, data={"verdict": "up"}), 415)
    assert not kept.exists()


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def said(comment: str) -> Feedback:
    return Feedback("a1", "answered", (), "v1", "up", comment=comment)


def test_old_feedback_is_gone_from_the_file_itself(path: Path) -> None:
    clock = Clock()
    store = FeedbackStore(path, 7, clock)
    store.add(said("第一天的话" * 50))
    assert "第一天的话".encode() in path.read_bytes()
    clock.now += timedelta(days=7)
    assert store.delete_expired() == 0
    clock.now += timedelta(seconds=1)
    assert store.delete_expired() == 1
    assert "第一天的话".encode() not in path.read_bytes()
    assert [f.name for f in path.parent.iterdir()] == [path.name]


def test_each_write_deletes_what_is_too_old(path: Path) -> None:
    clock = Clock()
    store = FeedbackStore(path, 1, clock)
    store.add(said("旧"))
    clock.now += timedelta(days=2)
    store.add(said("新"))
    assert [r["comment"] for r in rows(path)] == ["新"]


def test_the_start_deletes_what_is_too_old(small_corpus: Corpus, path: Path) -> None:
    FeedbackStore(path, 1, Clock()).add(said("旧"))
    settings = UiSettings(feedback_file=path, feedback_days=1)
    with TestClient(create_app(FakeAssistant(small_corpus), settings)):
        wait_for(lambda: not rows(path))


def test_a_full_store_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback_store, "_MOST_KEPT", 1)
    store = FeedbackStore(path, 1)
    store.add(said("一"))
    with pytest.raises(FeedbackNotKept, match="改日再试"):
        store.add(said("二"))
    assert len(rows(path)) == 1


def test_a_store_that_cannot_be_used_is_a_problem(client: TestClient, kept: Path) -> None:
    kept.parent.mkdir()
    kept.write_bytes(b"no database at all" * 100)
    problem = expect_problem(client.post(ROUTE, json=BODY), 503)
    assert problem["detail"] == "反馈没有存下来。请稍后再试；管理员请检查反馈文件和磁盘空间。"
    assert kept.read_bytes() == b"no database at all" * 100


def test_a_file_of_a_later_version_is_not_touched(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 3")
    with pytest.raises(FeedbackNotKept):
        FeedbackStore(path, 1).add(said("话"))


def verdicts(path: Path) -> list[tuple[str, str, str | None]]:
    return [(r["answer_id"], r["verdict"], r["comment"]) for r in rows(path)]


def test_a_later_verdict_takes_the_place_of_the_earlier_one(client: TestClient, kept: Path) -> None:
    client.post(ROUTE, json={**BODY, "verdict": "up", "comment": "很好用的回答"})
    client.post(ROUTE, json={**BODY, "verdict": "down", "reason": "unclear"})
    assert verdicts(kept) == [("a1", "down", None)]
    assert "很好用的回答".encode() not in kept.read_bytes()
    client.post(ROUTE, json={**BODY, "answer_id": "a2", "verdict": "up"})
    assert verdicts(kept) == [("a1", "down", None), ("a2", "up", None)]


def test_the_mark_of_the_page_tells_visitors_behind_one_address_apart(client: TestClient, kept: Path) -> None:
    """Two visitors who ask the same get the same answer id."""
    for ballot, verdict in (("first-mark", "up"), ("other-mark", "up"), ("first-mark", "down"), ("other-mark", "up")):
        client.post(ROUTE, json={**BODY, "ballot": ballot, "verdict": verdict})
    client.post(ROUTE, json={**BODY, "answer_id": "a2", "ballot": "first-mark", "verdict": "up"})
    assert verdicts(kept) == [("a1", "down", None), ("a1", "up", None), ("a2", "up", None)]
    stored = kept.read_bytes()
    assert b"first-mark" not in stored and b"testclient" not in stored
    assert len({r["ballot"] for r in rows(kept)}) == 3


def test_a_mark_outlives_the_process_and_an_address_does_not(
    client: TestClient, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for secret in (b"one", b"other"):
        monkeypatch.setattr(feedback_routes, "_SECRET", secret)
        client.post(ROUTE, json={**BODY, "ballot": "first-mark"})
        client.post(ROUTE, json={**BODY, "answer_id": "a2"})
    assert [v[0] for v in verdicts(kept)] == ["a2", "a1", "a2"]


def test_a_program_with_a_key_speaks_for_many(small_corpus: Corpus, path: Path) -> None:
    settings = UiSettings(feedback_file=path, api_keys=SecretStr("portal:k-1234567890123456"))
    headers = {"X-API-Key": "k-1234567890123456"}
    with TestClient(create_app(FakeAssistant(small_corpus), settings), headers=headers) as program:
        for verdict in ("up", "down"):
            assert program.post(ROUTE, json={**BODY, "verdict": verdict}).status_code == 201
        for verdict in ("up", "down"):
            program.post(ROUTE, json={**BODY, "verdict": verdict, "ballot": "first-mark"})
    assert [v[1] for v in verdicts(path)] == ["up", "down", "down"]


def test_a_full_store_still_takes_a_second_thought(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback_store, "_MOST_KEPT", 1)
    store = FeedbackStore(path, 1)
    store.add(replace(said("一"), ballot="x"))
    with pytest.raises(FeedbackNotKept, match="改日再试"):
        store.add(replace(said("二"), ballot="y"))
    store.add(replace(said("三"), ballot="x"))
    assert [r["comment"] for r in rows(path)] == ["三"]


def test_a_file_of_the_first_version_is_kept(path: Path) -> None:
    path.parent.mkdir()
    first = feedback_store._STEPS[0]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(f"{first}; PRAGMA user_version = 1;")
        row = (NOON.isoformat(timespec="seconds"), "a0", "answered", '["n/1.1.1"]', "v0", "up", None, None, None)
        connection.execute(f"INSERT INTO feedback VALUES (NULL{', ?' * len(row)})", row)
    store = FeedbackStore(path, 7, Clock())
    store.add(said("新"))
    assert store.read(7).received == (
        ("2026-03-01", Feedback("a0", "answered", ("n/1.1.1",), "v0", "up")),
        ("2026-03-01", said("新")),
    )
