"""Strange requests are answered where they can be; bad ones get a problem that says what to do."""

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from corpus.store import Corpus
from tests.fake_assistant import NOTICE_ID, FakeAssistant
from tests.http_checks import ASK, QUESTION, expect_problem, serve
from ui.service.guard import LARGEST_BODY


@pytest.fixture(scope="module")
def assistant(small_corpus: Corpus) -> FakeAssistant:
    return FakeAssistant(small_corpus)


@pytest.fixture(scope="module")
def running(assistant: FakeAssistant) -> Iterator[TestClient]:
    with serve(assistant) as client:
        yield client


@pytest.fixture
def client(running: TestClient, assistant: FakeAssistant) -> TestClient:
    assistant.forget()
    return running


STRANGE_BUT_FINE = [
    ("a 500 字 question", {"question": "问" * 500}, "问" * 500),
    ("html", {"question": "<script>alert(1)</script>奖多少"}, "<script>alert(1)</script>奖多少"),
    ("control characters", {"question": "奖\x07多\x1b[31m少"}, None),
    ("NUL", {"question": "奖\x00多少"}, "奖 多少"),
    ("half a character", '{"question": "奖多少\\ud83d"}', "奖多少"),
    (
        "half a character in the history",
        '{"question": "奖", "history": [{"role": "user", "content": "\\udc00"}]}',
        "奖",
    ),
    ("unknown fields", {"question": "奖", "stream": True}, "奖"),
    (
        "a long reply in the history",
        {"question": "奖", "history": [{"role": "assistant", "content": "长" * 20000}]},
        "奖",
    ),
]


@pytest.mark.parametrize(("name", "body", "asked"), STRANGE_BUT_FINE, ids=[c[0] for c in STRANGE_BUT_FINE])
def test_strange_questions_are_answered(
    client: TestClient, assistant: FakeAssistant, name: str, body: object, asked: str | None
) -> None:
    content = body if isinstance(body, str) else json.dumps(body)
    response = client.post(ASK, content=content, headers={"content-type": "application/json; charset=utf-8"})
    assert response.status_code == 200, response.text
    assert asked is None or assistant.asked[0][0] == asked
    assert all(len(turn.content) <= 4_000 for turn in assistant.asked[0][1])


def test_only_the_last_turns_are_read(client: TestClient, assistant: FakeAssistant) -> None:
    turns = [{"role": "user", "content": str(i)} for i in range(5_000)]
    turns[0] = {"role": "bad", "content": ""}
    assert client.post(ASK, json={"question": QUESTION, "history": turns}).status_code == 200
    assert [t.content for t in assistant.asked[0][1]] == [str(i) for i in range(4_980, 5_000)]


BAD = [
    ("empty body", "", 422, "请求体"),
    ("no JSON", "{", 400, ""),
    ("cut JSON", '{"question": "奖', 400, ""),
    ("no UTF-8", b'{"question": "\xff\xfe"}', 400, ""),
    ("nested without end", "[" * 100_000, 400, ""),
    ("a number without end", '{"question": ' + "1" * 5_000 + "}", 400, ""),
    ("a list", "[]", 422, "请求体"),
    ("a word", '"奖"', 422, "请求体"),
    ("null", "null", 422, "请求体"),
    ("nothing asked", "{}", 422, "question"),
    ("question null", {"question": None}, 422, "question"),
    ("question a number", {"question": 7}, 422, "question"),
    ("question an object", {"question": {"a": 1}}, 422, "question"),
    ("empty", {"question": ""}, 422, "question"),
    ("blank", {"question": " \n\t　"}, 422, "question"),
    ("only signs", {"question": "？！🙂"}, 422, "question"),
    ("only invisible", {"question": "\u200b\ufeff\x00"}, 422, "question"),
    ("501 字", {"question": "问" * 501}, 422, "question"),
    ("501 emoji", {"question": "🙂" * 501}, 422, "question"),
    ("history a word", {"question": "奖", "history": "x"}, 422, "history"),
    ("history of words", {"question": "奖", "history": ["x"]}, 422, "history[]"),
    ("a turn without content", {"question": "奖", "history": [{"role": "user"}]}, 422, "history[].content"),
    ("a strange role", {"question": "奖", "history": [{"role": "system", "content": ""}]}, 422, "history[].role"),
    ("content a number", {"question": "奖", "history": [{"role": "user", "content": 1}]}, 422, "history[].content"),
    ("notice_ids a word", {"question": "奖", "notice_ids": "x"}, 422, "notice_ids"),
    ("notice_ids of numbers", {"question": "奖", "notice_ids": [1]}, 422, "notice_ids[]"),
    ("unknown notice", {"question": "奖", "notice_ids": ["x\ud800"]}, 422, "notice_ids"),
    ("1 MB", {"question": "问" * 300_000}, 413, ""),
    ("10,000 turns", {"question": "奖", "history": [{"role": "user", "content": "x"}] * 10_000}, 413, ""),
]


@pytest.mark.parametrize("route", [ASK, f"{ASK}/stream"])
@pytest.mark.parametrize(("name", "body", "status", "field"), BAD, ids=[c[0] for c in BAD])
def test_bad_bodies(client: TestClient, route: str, name: str, body: object, status: int, field: str) -> None:
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    response = client.post(route, content=content, headers={"content-type": "application/json"})
    expect_problem(response, status, field)


def test_a_body_without_length_has_the_same_limit(client: TestClient, assistant: FakeAssistant) -> None:
    pieces = (b" " * 65_536 for _ in range(1_000))
    expect_problem(client.post(ASK, content=pieces, headers={"content-type": "application/json"}), 413)
    small = iter([b'{"question": ', '"奖"'.encode(), b" " * (LARGEST_BODY - 100), b"}"])
    assert client.post(ASK, content=small, headers={"content-type": "application/json"}).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_other_content_types(client: TestClient, kind: str) -> None:
    expect_problem(client.post(ASK, content='{"question": "奖"}', headers={"content-type": kind}), 415)


WRONG_ADDRESSES = [
    ("GET", ASK, 405),
    ("DELETE", "/api/v1/notices", 405),
    ("POST", f"/notices/{NOTICE_ID}", 405),
    ("POST", "/", 405),
    ("GET", f"{ASK}/", 404),
    ("GET", "/api/v1/notices/unknown", 404),
    ("GET", "/api/v1/notices/unknown/text", 404),
    ("GET", "/api/v1/notices/%00%ff<script>", 404),
    ("GET", "/notices/unknown", 404),
    ("GET", "/nowhere", 404),
    ("GET", "/ui/../server.py", 404),
    ("GET", "/ui/%2e%2e/server.py", 404),
    ("GET", "/docs", 404),
    ("GET", "/static/%2e%2e/%2e%2e/x", 400),
    ("POST", "/gradio_api/upload", 404),
    ("POST", "/gradio_api/run/predict", 404),
    ("POST", "/gradio_api/call/start", 404),
    ("GET", "/gradio_api/file=/etc/passwd", 404),
    ("GET", "/gradio_api/proxy=http://127.0.0.1/", 404),
    ("POST", "/gradio_api/vibe-edit", 404),
    ("GET", "/monitoring", 404),
    ("POST", "/login", 404),
]


@pytest.mark.parametrize(("method", "path", "status"), WRONG_ADDRESSES)
def test_wrong_addresses_and_methods(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path)
    expect_problem(response, status)
    assert ("allow" in response.headers) == (status == 405)


WORDED = [
    ({"question": "问" * 501}, "question：最多 500 个字，请缩短后再试。"),
    ({"question": ""}, "question：不能是空的。"),
    ({"question": "奖", "notice_ids": ["x"] * 101}, "notice_ids：项目太多。"),
    ({"question": 7}, "question：应当是字符串。"),
]


@pytest.mark.parametrize(("body", "said"), WORDED)
def test_what_is_wrong_is_said(client: TestClient, body: object, said: str) -> None:
    assert client.post(ASK, json=body).json()["detail"] == said
