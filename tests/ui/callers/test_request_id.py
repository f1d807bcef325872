"""Every response carries an id, and a problem repeats it."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from corpus.store import Corpus
from tests.fake_assistant import FakeAssistant
from tests.http_checks import ASK, QUESTION, expect_problem, serve
from ui.callers.request_id import current_request_id

MADE = re.compile(r"[0-9a-f]{16}")


@pytest.fixture(scope="module")
def assistant(small_corpus: Corpus) -> FakeAssistant:
    return FakeAssistant(small_corpus)


@pytest.fixture(scope="module")
def client(assistant: FakeAssistant) -> Iterator[TestClient]:
    with serve(assistant) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/healthz", "/nowhere", "/api/v1/notices/none", "/ui/base.css", "/measures"])
def test_every_response_has_one(client: TestClient, path: str) -> None:
    first, second = (client.get(path).headers["x-request-id"] for _ in range(2))
    assert MADE.fullmatch(first) and first != second


@pytest.mark.parametrize(
    ("given", "is_kept"),
    [
        ("req-1.A_b", True),
        ("x" * 64, True),
        ("x" * 65, False),
        ("", False),
        ("a b", False),
        ("a\tb", False),
        ("<script>", False),
        ("编号".encode(), False),
    ],
)
def test_a_sane_one_is_kept(client: TestClient, given: str | bytes, is_kept: bool) -> None:
    answered = client.get("/healthz", headers={b"x-request-id": given if isinstance(given, bytes) else given.encode()})
    assert (answered.headers["x-request-id"] == given) == is_kept
    assert is_kept or MADE.fullmatch(answered.headers["x-request-id"])


BAD = [
    ("GET", "/api/v1/notices/none", None, 404),
    ("GET", ASK, None, 405),
    ("POST", ASK, "{", 400),
    ("POST", ASK, "{}", 422),
    ("POST", ASK, '"' + "x" * 300_000 + '"', 413),
]


@pytest.mark.parametrize(("method", "path", "content", "status"), BAD)
def test_a_problem_repeats_it(client: TestClient, method: str, path: str, content: str | None, status: int) -> None:
    headers = {"x-request-id": "mine", "content-type": "application/json"}
    response = client.request(method, path, content=content, headers=headers)
    problem = expect_problem(response, status, "question" if status == 422 else "")
    assert (problem["request_id"], response.headers["x-request-id"]) == ("mine", "mine")


def test_an_unexpected_failure_has_it_too(client: TestClient, assistant: FakeAssistant) -> None:
    assistant.forget()
    assistant.fault = RuntimeError("secret")
    headers = {"x-request-id": "mine"}
    assert expect_problem(client.post(ASK, json={"question": QUESTION}, headers=headers), 500)["request_id"] == "mine"
    streamed = client.post(f"{ASK}/stream", json={"question": QUESTION}, headers=headers)
    assistant.forget()
    assert '"request_id": "mine"' in streamed.text


def test_outside_of_a_request_there_is_none() -> None:
    assert current_request_id() == ""
