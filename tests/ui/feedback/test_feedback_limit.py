"""One sender cannot fill the store of feedback."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus.store import Corpus
from tests.fake_assistant import FakeAssistant
from tests.http_checks import QUESTION, expect_problem
from tests.ui.feedback.test_feedback import BODY, ROUTE
from ui.callers.clients import parse_trust
from ui.feedback.limit import MOST, SECONDS, FeedbackLimit, TooMuchFeedback
from ui.server import create_app
from ui.settings import UiSettings


class Seconds:
    """A clock of seconds that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_too_much_feedback_is_turned_away(
    small_corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.feedback.limit.MOST", 2)
    settings = UiSettings(feedback_file=tmp_path / "feedback.sqlite3")
    app = create_app(FakeAssistant(small_corpus), settings)
    clock = Seconds()
    app.state.feedback_limit = FeedbackLimit(clock)
    with TestClient(app) as client:
        assert [client.post(ROUTE, json=BODY).status_code for _ in range(3)] == [201, 201, 429]
        clock.now += 7.5
        refused = client.post(ROUTE, json=BODY)
        problem = expect_problem(refused, 429)
        assert (problem["retry_after"], problem["detail"]) == (53, "反馈提交得太频繁，请53秒后再试。")
        assert refused.headers["retry-after"] == "53"
        assert client.post("/api/v1/ask", json={"question": QUESTION}).status_code == 200
        described = client.get("/openapi.json").json()["paths"][ROUTE]["post"]
        assert "429" in described["responses"] and "30次" in described["description"]


@pytest.mark.parametrize(
    ("trusted", "sent", "statuses"),
    [
        ("", ["198.51.100.1", "198.51.100.2", "198.51.100.3"], [201, 201, 429]),
        ("1", ["198.51.100.1", "198.51.100.1", "198.51.100.1"], [201, 201, 429]),
        ("1", ["198.51.100.1", "198.51.100.2", "198.51.100.3"], [201, 201, 201]),
        ("1", ["9.9.9.1, 198.51.100.1", "9.9.9.2, 198.51.100.1", "9.9.9.3, 198.51.100.1"], [201, 201, 429]),
        ("10.0.0.0/8", ["198.51.100.1", "198.51.100.2", "198.51.100.3"], [201, 201, 429]),
        ("192.0.2.0/24", ["198.51.100.1", "198.51.100.2", "198.51.100.3"], [201, 201, 201]),
    ],
)
def test_only_a_trusted_proxy_makes_another_sender(
    small_corpus: Corpus, tmp_path: Path, trusted: str, sent: list[str], statuses: list[int]
) -> None:
    settings = UiSettings(feedback_file=tmp_path / "feedback.sqlite3", trusted_proxies=parse_trust(trusted))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.feedback.limit.MOST", 2)
        client = TestClient(create_app(FakeAssistant(small_corpus), settings), client=("192.0.2.9", 4711))
        answered = [client.post(ROUTE, json=BODY, headers={"x-forwarded-for": s}).status_code for s in sent]
    assert answered == statuses


def test_the_limit_moves_on_with_time() -> None:
    clock = Seconds()
    limit = FeedbackLimit(clock)
    for _ in range(MOST):
        limit.note("192.0.2.1")
        clock.now += 1
    with pytest.raises(TooMuchFeedback, match="请30秒后再试"):
        limit.note("192.0.2.1")
    limit.note("192.0.2.2")
    clock.now = SECONDS
    limit.note("192.0.2.1")
    with pytest.raises(TooMuchFeedback, match="请1秒后再试"):
        limit.note("192.0.2.1")


def test_changing_addresses_fill_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.feedback.limit._MOST_SENDERS", 10)
    clock = Seconds()
    limit = FeedbackLimit(clock)
    for number in range(200):
        clock.now += SECONDS / 5
        limit.note(f"192.0.2.{number}")
    assert len(limit._sent) <= 10
