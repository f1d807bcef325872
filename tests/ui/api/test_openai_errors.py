"""Under /v1 every refusal is the error object of OpenAI, wherever it was decided."""

import asyncio
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from pydantic import SecretStr

from assistant.understanding.frame import Turn
from corpus import CorpusNotBuilt
from corpus.store import Corpus
from tests.fake_assistant import FakeAssistant
from ui.api.openai.reply import Completion
from ui.api.streaming import AnswerStream
from ui.server import create_app
from ui.service.answering import AnswerDesk, Inquiry
from ui.service.fair_queue import TooBusy
from ui.settings import UiSettings

CHAT = "/v1/chat/completions"
MODEL = "policy-assistant"
ME = {"role": "user", "content": "奖多少"}


def expect_error(response: Response, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-request-id"] and response.headers["x-content-type-options"] == "nosniff"
    body = response.json()
    assert list(body) == ["error"] and list(body["error"]) == ["message", "type", "param", "code"]
    assert any("\u4e00" <= c <= "\u9fff" for c in body["error"]["message"])
    error: dict[str, Any] = body["error"]
    return error


@pytest.fixture(scope="module")
def assistant(small_corpus: Corpus) -> FakeAssistant:
    return FakeAssistant(small_corpus)


@pytest.fixture(scope="module")
def running(assistant: FakeAssistant) -> Iterator[TestClient]:
    settings = UiSettings(api_keys=SecretStr("portal:known"))
    with TestClient(create_app(assistant, settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client(running: TestClient, assistant: FakeAssistant) -> TestClient:
    assistant.forget()
    return running


def body(*messages: object, **more: object) -> dict[str, object]:
    return {"model": MODEL, "messages": list(messages), **more}


IMAGE = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}
BAD: list[tuple[str, object, int, str | None]] = [
    ("no JSON", "{", 400, None),
    ("a list", [], 400, "请求体"),
    ("no model", {"messages": [ME]}, 400, "model"),
    ("another model", {"model": "gpt-4o", "messages": [ME]}, 404, "model"),
    ("no messages", {"model": MODEL}, 400, "messages"),
    ("empty messages", body(), 400, "messages"),
    ("messages a word", {"model": MODEL, "messages": "奖"}, 400, "messages"),
    ("nobody asks", body({"role": "system", "content": "x"}), 400, "question"),
    ("a strange role", body({"role": "king", "content": "x"}), 400, "messages[].role"),
    ("content a number", body({"role": "user", "content": 7}), 400, "messages[].content"),
    ("an image", body({"role": "user", "content": [{"type": "text", "text": "奖"}, IMAGE]}), 400, "question"),
    ("nothing asked", body({"role": "user", "content": " "}), 400, "question"),
    ("nothing at all", body({"role": "user"}), 400, "question"),
    ("too long", body({"role": "user", "content": "问" * 501}), 400, "question"),
    ("stream a word", body(ME, stream="yes"), 400, "stream"),
    ("unknown notice", body(ME, notice_ids=["none"]), 400, "notice_ids"),
    ("1 MB", body({"role": "user", "content": "问" * 300_000}), 413, None),
]


@pytest.mark.parametrize("streaming", [False, True])
@pytest.mark.parametrize(("name", "sent", "status", "param"), BAD, ids=[c[0] for c in BAD])
def test_bad_bodies(
    client: TestClient, name: str, sent: object, status: int, param: str | None, streaming: bool
) -> None:
    if streaming and isinstance(sent, dict):
        sent = {"stream": True, **sent}
    content = sent if isinstance(sent, str) else json.dumps(sent)
    error = expect_error(client.post(CHAT, content=content, headers={"content-type": "application/json"}), status)
    assert (error["type"], error["param"]) == ("invalid_request_error", param)


REFUSED = [
    ("POST", CHAT, {"content-type": "text/plain"}, 415, None),
    ("GET", CHAT, {}, 405, "method_not_allowed"),
    ("GET", "/v1/nowhere", {}, 404, "not_found"),
    ("POST", "/v1/embeddings", {}, 404, "not_found"),
    ("GET", "/v1/models/gpt-4o", {}, 404, "model_not_found"),
    ("GET", "/v1/models", {"authorization": "Bearer wrong"}, 401, "invalid_api_key"),
]


@pytest.mark.parametrize(("method", "path", "headers", "status", "code"), REFUSED)
def test_other_refusals(
    client: TestClient, method: str, path: str, headers: dict[str, str], status: int, code: str | None
) -> None:
    response = client.request(method, path, headers=headers, content=b"{}" if method == "POST" else None)
    assert expect_error(response, status)["code"] == code
    assert ("allow" in response.headers) == (status == 405)


def test_a_browser_gets_no_page_under_v1(client: TestClient) -> None:
    expect_error(client.get("/v1/nowhere", headers={"accept": "text/html"}), 404)


def test_unexpected_failures(client: TestClient, assistant: FakeAssistant) -> None:
    assistant.fault = RuntimeError("secret")
    error = expect_error(client.post(CHAT, json=body(ME)), 500)
    assert error["type"] == "server_error" and "secret" not in str(error)
    streamed = client.post(CHAT, json=body(ME, stream=True)).text.strip().split("\n\n")
    assert list(json.loads(streamed[-1].removeprefix("data: "))) == ["error"]
    assert "secret" not in str(streamed)


@pytest.mark.parametrize("streaming", [False, True])
def test_a_full_desk_says_when_to_come_back(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, streaming: bool
) -> None:
    def refuse(*_: object) -> None:
        raise TooBusy("现在提问的人太多，请过几秒再试。")

    monkeypatch.setattr(AnswerDesk, "submit", refuse)
    response = client.post(CHAT, json=body(ME, stream=streaming))
    assert expect_error(response, 503)["code"] == "overloaded"
    assert response.headers["retry-after"] == "2"


def test_a_missing_index() -> None:
    def open_nothing() -> FakeAssistant:
        raise CorpusNotBuilt("还没有建立索引。请先运行 python -m ingest build。")

    with TestClient(create_app(open_nothing, UiSettings())) as client:
        response = client.post(CHAT, json=body(ME))
        assert "ingest build" in expect_error(response, 503)["message"]
        assert response.headers["retry-after"] == "30"


def test_what_is_read(client: TestClient, assistant: FakeAssistant) -> None:
    parts = [{"type": "text", "text": "奖"}, {"type": "text", "text": "多少"}]
    asked = body(
        {"role": "system", "content": "x" * 50_000},
        {"role": "user", "content": [{"type": "text", "text": "早"}, IMAGE]},
        {"role": "assistant", "content": None, "tool_calls": []},
        {"role": "assistant", "content": "长" * 9_000},
        {"role": "tool", "content": "x", "tool_call_id": "1"},
        {"role": "user", "content": parts, "name": "me"},
        {"role": "assistant", "content": "想一想"},
        tools=[], n=3, stop="。", logit_bias={}, stream=None, max_tokens=5, stream_options=None,
    )  # fmt: skip
    assert client.post(CHAT, json=asked).status_code == 200
    assert assistant.asked == [("奖多少", (Turn("user", "早"), Turn("assistant", "长" * 4_000)), ())]


def test_a_stream_begins_before_the_answer_is_there(assistant: FakeAssistant) -> None:
    """Seen at the source: the test client hands over a response only when it is whole."""

    async def read_first() -> tuple[bytes, list[bytes]]:
        assistant.forget()
        assistant.gate = threading.Event()
        desk: AnswerDesk = create_app(assistant, UiSettings()).state.desk
        inquiry = Inquiry("奖多少")
        frames = AnswerStream(desk, inquiry, Completion("a", inquiry).telling(), 0.01).frames()
        first = [await anext(frames) for _ in range(2)]
        assistant.gate.set()
        rest = [f async for f in frames]
        desk.close()
        return first[1], [first[0], *rest]

    heartbeat, frames = asyncio.run(read_first())
    assert heartbeat == b": \n\n"
    assert b'"role": "assistant"' in frames[0] and frames[-1].endswith(b"\n\ndata: [DONE]\n\n")
