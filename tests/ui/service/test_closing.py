"""The switch: answering stops and starts again without a restart, and everything else stays."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus.store import Corpus
from tests.fake_assistant import NOTICE_ID, FakeAssistant
from tests.http_checks import ASK, QUESTION, expect_problem
from ui.server import create_app
from ui.settings import UiSettings

REASON = "系统维护，预计 18:00 恢复"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("switch") / "closed.txt"


@pytest.fixture(scope="module")
def client(small_corpus: Corpus, place: Path) -> TestClient:
    return TestClient(create_app(FakeAssistant(small_corpus), UiSettings(closed_file=place)))


@pytest.fixture
def file(place: Path) -> Path:
    """Not there yet, so that the service is open."""
    place.rmdir() if place.is_dir() else place.unlink(missing_ok=True)
    return place


def test_every_door_says_why_and_opens_again(client: TestClient, file: Path) -> None:
    doors = (ASK, f"{ASK}/stream", "/chat/ask")
    assert [client.post(door, json={"question": QUESTION}).status_code for door in doors] == [200] * 3
    file.write_text(f"{REASON}\n", encoding="utf-8")
    for door in doors:
        refused = client.post(door, json={"question": QUESTION})
        assert expect_problem(refused, 503)["detail"] == REASON
        assert refused.headers["retry-after"] == "60"
    file.unlink()
    assert [client.post(door, json={"question": QUESTION}).status_code for door in doors] == [200] * 3


def test_what_needs_no_answer_stays_open(client: TestClient, file: Path) -> None:
    file.write_text(REASON, encoding="utf-8")
    for path in ("/", "/healthz", "/readyz", f"/notices/{NOTICE_ID}", "/measures", "/ui/base.css", "/api/v1/notices"):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (b"", "系统维护中，暂时不能提问，请稍后再来。"),
        (b" \r\n\t", "系统维护中，暂时不能提问，请稍后再来。"),
        (b"\xef\xbb\xbf" + "升级\r\n索引".encode(), "升级 索引"),
        (("长" * 1_000).encode(), "长" * 300),
    ],
)
def test_the_words_of_the_file(client: TestClient, file: Path, written: bytes, said: str) -> None:
    file.write_bytes(written)
    assert expect_problem(client.post(ASK, json={"question": QUESTION}), 503)["detail"] == said


def test_what_cannot_be_read_closes_too(client: TestClient, file: Path) -> None:
    file.mkdir()
    assert "系统维护中" in client.post(ASK, json={"question": QUESTION}).json()["detail"]
