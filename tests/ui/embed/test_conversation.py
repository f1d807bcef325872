"""The routes behind the chat page, over HTTP."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.ask import Assistant
from corpus.store import Corpus
from tests.fake_assistant import NOTICE_ID, FakeAssistant, make_table_answer
from tests.http_checks import QUESTION, expect_problem, serve
from ui.embed.conversation import tell_as_html
from ui.server import create_app
from ui.service.answering import AnswerDesk
from ui.service.fair_queue import TooBusy
from ui.settings import UiSettings

ASK = "/chat/ask"
Events = list[tuple[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def assistant(small_corpus: Corpus) -> FakeAssistant:
    return FakeAssistant(small_corpus)


@pytest.fixture(scope="module")
def service(assistant: FakeAssistant) -> Iterator[TestClient]:
    with serve(assistant) as client:
        yield client


@pytest.fixture
def client(service: TestClient, assistant: FakeAssistant) -> TestClient:
    assistant.forget()
    return service


def read_events(text: str) -> Events:
    frames = (f.split("\n") for f in text.strip().split("\n\n"))
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in frames]


def test_steps_then_parts_then_the_card(client: TestClient) -> None:
    events = read_events(client.post(ASK, json={"question": QUESTION}).text)
    assert [name for name, _ in events] == ["step"] * 4 + ["part"] * 2 + ["done"]
    assert events[4][1]["html"].startswith('<p class="direct">') and events[5][1]["html"].startswith("<figure")
    done = events[-1][1]
    assert done["status"] == "partly_answered" and done["html"].startswith('<article class="answer"')
    assert done["text"].startswith("服务突出的省级中试基地，年度最高奖补200万元。[1]")


def test_a_table_comes_early_and_is_announced_by_its_name(real_corpus: Corpus) -> None:
    first, table, *_ = tell_as_html(make_table_answer(("甲", "乙"), ("丙", "丁")), real_corpus)
    assert isinstance(first.content, dict) and isinstance(table.content, dict)
    assert first.content["text"] == "服务突出的省级中试基地，年度最高奖补200万元。"
    assert table.content["text"] == "表格，共2行" and "<table" in table.content["html"]


def test_a_failing_answer_ends_with_an_error(client: TestClient, assistant: FakeAssistant) -> None:
    assistant.fault = RuntimeError("secret")
    name, problem = read_events(client.post(ASK, json={"question": QUESTION}).text)[-1]
    assert (name, problem["status"]) == ("error", 500)
    assert problem["error_number"] and "secret" not in str(problem)


def test_refused_questions_say_why_and_when(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    expect_problem(client.post(ASK, json={"question": "？"}), 422, "question")
    expect_problem(client.post(ASK, content="question=x", headers={"content-type": "text/plain"}), 415)

    def refuse(*_: object) -> None:
        raise TooBusy("现在提问的人太多，请过几秒再试。")

    monkeypatch.setattr(AnswerDesk, "submit", refuse)
    busy = client.post(ASK, json={"question": QUESTION})
    expect_problem(busy, 503)
    assert busy.headers["retry-after"] == "2"


def test_the_notice_beside_the_answer(client: TestClient) -> None:
    found = client.get(f"/chat/source/{NOTICE_ID}", params={"start": 2813, "end": 2859, "number": 1})
    assert found.status_code == 200 and found.headers["cache-control"] == "no-store"
    assert found.text.count("<mark>") == 1 and "[1] 第3句" in found.text


@pytest.mark.parametrize(
    ("notice_id", "query", "status", "field"),
    [
        ("nowhere", {"start": 1, "end": 2}, 404, ""),
        (NOTICE_ID, {"start": -1, "end": 2}, 422, "start"),
        (NOTICE_ID, {"start": "x", "end": 2}, 422, "start"),
        (NOTICE_ID, {}, 422, "start"),
        (NOTICE_ID, {"start": 1, "end": 2, "lang": "fr"}, 422, "lang"),
        (NOTICE_ID, {"start": 1, "end": 10**12}, 422, "end"),
    ],
)
def test_places_that_are_none_are_explained(
    client: TestClient, notice_id: str, query: dict[str, str], status: int, field: str
) -> None:
    expect_problem(client.get(f"/chat/source/{notice_id}", params=query), status, field)


@pytest.mark.parametrize("place", [(0, 0), (9_999_999, 9_999_999), (5, 1)])
def test_a_place_without_words_marks_nothing(client: TestClient, place: tuple[int, int]) -> None:
    found = client.get(f"/chat/source/{NOTICE_ID}", params={"start": place[0], "end": place[1]})
    assert found.status_code == 200 and "<mark>" not in found.text


def test_english_questions_are_answered_with_english_names(assistant: FakeAssistant, real_corpus: Corpus) -> None:
    with TestClient(create_app(Assistant(real_corpus), UiSettings())) as client:
        html = read_events(client.post(ASK, json={"question": "How much does a pilot base get?"}).text)[-1][1]["html"]
    assert 'lang="en"' in html and "Provincial Department of Finance</button>" in html
    assert "Which measures is Provincial Department of Finance responsible for?" in html
    assert '<blockquote lang="zh-CN">' in html
