"""The HTTP interface: answers, streams, notices, health, headers, and what happens when something breaks."""

import json
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.understanding.frame import Turn
from corpus import CorpusNotBuilt
from corpus.store import Corpus
from tests.fake_assistant import NOTICE_ID, FakeAssistant
from tests.http_checks import ASK, QUESTION, expect_problem, serve
from tests.ui.conftest import SHAPED_ID
from ui.server import create_app
from ui.service.answering import AnswerDesk
from ui.service.fair_queue import TooBusy, TooManyQuestions
from ui.settings import UiSettings


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


def test_an_answer(client: TestClient, assistant: FakeAssistant) -> None:
    history = [{"role": "user", "content": "你好"}, {"role": "assistant", "content": "您好。"}]
    body = {"question": QUESTION, "history": history, "notice_ids": [NOTICE_ID]}
    response = client.post(ASK, json=body)
    assert response.status_code == 200
    answer = response.json()
    assert answer["question"] == QUESTION and answer["status"] == "partly_answered"
    assert answer["citations"][0]["quote"] == assistant.corpus.texts[NOTICE_ID][2813:2859]
    assert assistant.asked == [(QUESTION, (Turn("user", "你好"), Turn("assistant", "您好。")), (NOTICE_ID,))]


def test_a_streamed_answer(client: TestClient) -> None:
    response = client.post(f"{ASK}/stream", json={"question": QUESTION})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-accel-buffering"] == "no"
    frames = [f.split("\n") for f in response.text.strip().split("\n\n")]
    events = [(f[0].removeprefix("event: "), json.loads(f[1].removeprefix("data: "))) for f in frames]
    assert [name for name, _ in events] == ["step"] * 4 + ["part"] * 5 + ["done"]
    assert events[0][1] == {"step": "understand", "label": "理解问题"}
    assert [content for name, content in events if name == "part"] == events[-1][1]["parts"]


def test_a_stream_that_fails_ends_with_an_error(client: TestClient, assistant: FakeAssistant) -> None:
    assistant.fault = RuntimeError("secret")
    response = client.post(f"{ASK}/stream", json={"question": QUESTION})
    last = response.text.strip().split("\n\n")[-1]
    assert last.startswith("event: error\n") and "secret" not in response.text
    assert json.loads(last.split("data: ")[1])["status"] == 500


def test_an_unexpected_error_has_a_number_that_is_in_the_log(
    client: TestClient, assistant: FakeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    assistant.fault = RuntimeError("secret")
    response = client.post(ASK, json={"question": QUESTION})
    problem = expect_problem(response, 500)
    assert "secret" not in response.text
    assert problem["error_number"] in caplog.text and "RuntimeError: secret" in caplog.text


@pytest.mark.parametrize(("refusal", "status"), [(TooBusy, 503), (TooManyQuestions, 429)])
def test_what_is_turned_away_is_a_problem_with_a_time(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, refusal: type[Exception], status: int
) -> None:
    def refuse(*_: object) -> None:
        raise refusal("现在提问的人太多，请过几秒再试。")

    monkeypatch.setattr(AnswerDesk, "submit", refuse)
    for route in (ASK, f"{ASK}/stream"):
        response = client.post(route, json={"question": QUESTION})
        expect_problem(response, status)
        assert response.headers["retry-after"] == "2"


def test_a_missing_index() -> None:
    def open_nothing() -> FakeAssistant:
        raise CorpusNotBuilt("索引指针 /srv/policy/built/current 不存在。请运行 python -m ingest build 重建索引。")

    with TestClient(create_app(open_nothing, UiSettings())) as client:
        asked = client.post(ASK, json={"question": QUESTION})
        assert (
            expect_problem(asked, 503)["detail"] == "索引指针 current 不存在。请运行 python -m ingest build 重建索引。"
        )
        assert asked.headers["retry-after"] == "30"
        for path in ("/readyz", "/api/v1/notices", f"/api/v1/notices/{NOTICE_ID}/text", f"/notices/{NOTICE_ID}"):
            expect_problem(client.get(path), 503)
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/version").json()["corpus_version"] is None
        assert client.get("/").status_code == 200


def test_an_assistant_is_opened_again_after_a_failure(small_corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.service.answering._SECONDS_BETWEEN_OPENINGS", 0.0)
    outcomes: list[Exception | FakeAssistant] = [OSError("secret"), FakeAssistant(small_corpus)]

    def open_next() -> FakeAssistant:
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    with TestClient(create_app(open_next, UiSettings())) as client:
        assert [client.get("/readyz").status_code for _ in range(2)] == [503, 200]
        assert not outcomes


def test_the_notices(client: TestClient, assistant: FakeAssistant) -> None:
    listed = {n["id"]: n for n in client.get("/api/v1/notices").json()["notices"]}
    assert listed.keys() == {n.id for n in assistant.corpus.catalogue.notices}
    assert listed[NOTICE_ID] == {
        "id": NOTICE_ID,
        "title": "关于支持科技服务业高质量发展的若干措施",
        "document_number": "鲁科字〔2025〕128号",
        "chapters": 5,
        "measures": 16,
        "sentences": 73,
        "url": f"/notices/{NOTICE_ID}",
    }


def test_the_structure_points_into_the_text(client: TestClient, assistant: FakeAssistant) -> None:
    response = client.get(f"/api/v1/notices/{NOTICE_ID}/text")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    text = response.text
    assert text == assistant.corpus.texts[NOTICE_ID]
    structure = client.get(f"/api/v1/notices/{NOTICE_ID}").json()
    measures = [m for chapter in structure["chapters"] for m in chapter["measures"]]
    assert [m["number"] for m in measures] == list(range(1, 17))
    spans = [s for m in measures for s in (m["heading"], *m["provisions"], *m["responsibilities"], *m["supports"])]
    for span in [s for s in spans if "text" in s]:
        assert text[span["start"] : span["end"]] == span["text"]
    ninth = measures[8]
    assert (ninth["label"], ninth["anchor"], ninth["provisions"][2]["anchor"]) == ("（九）", "m9", "m9.3")
    assert ninth["responsibilities"][0]["anchor"] == "m9.responsibility"
    assert ninth["departments"] == ["省科技厅", "省工业和信息化厅", "省财政厅"]
    assert ninth["supports"][1]["amount"] == {
        "text": "200万元",
        "value": 2_000_000,
        "unit": "元",
        "bound": "at_most",
        "period": "yearly",
    }


def test_health(client: TestClient, assistant: FakeAssistant) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {
        "status": "ready",
        "corpus_version": assistant.corpus.version,
        "notices": 3,
        "embedder": "available",
        "model": "none",
        "degraded": None,
    }
    assert client.get("/version").json()["version"] == "0.1.0"


def test_the_structure_has_points_rows_annexes_and_closing(shaped: Corpus) -> None:
    text = shaped.texts[SHAPED_ID]
    notice = serve(FakeAssistant(shaped)).get(f"/api/v1/notices/{SHAPED_ID}").json()
    first, second = notice["chapters"][0]["measures"]
    row = first["provisions"][4]
    assert (row["anchor"], row["kind"]) == ("m1.r2", "table_row")
    assert [(c["head"], c["text"]) for c in row["cells"]][:2] == [("档次", "乙"), ("上云费用", "10万元以上")]
    assert [(p["path"], p["anchor"], p["departments"]) for p in second["points"]] == [
        ("1", "c1-m2.p1", ["市工业和信息化局"]),
        ("2", "c1-m2.p2", []),
        ("2.1", "c1-m2.p2.p1", []),
        ("2.2", "c1-m2.p2.p2", ["市商务局", "市财政局"]),
    ]
    assert second["departments"] == [] and first["points"] == []
    assert [p["point"] for p in second["provisions"]] == [None, "1", "1", "2.1", "2.2"]
    assert [(a["anchor"], a["title"], a["provisions"][-1]["anchor"]) for a in notice["annexes"]] == [
        ("a1", "申报表", "a1.r2"),
        ("a2", "目录", "a2.2"),
    ]
    assert [(p["anchor"], p["kind"]) for p in notice["closing"]] == [("closing.1", "closing"), ("closing.2", "closing")]
    assert notice["contact"]["text"] == "（联系人：张三，联系电话：0599-1234567）" and notice["validity"].keys() >= {
        "ends"
    }
    spans = [*row["cells"], *(p["heading"] for p in second["points"]), *(a["heading"] for a in notice["annexes"])]
    assert [text[s["start"] : s["end"]] for s in spans] == [s["text"] for s in spans]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/healthz",
        "/nowhere",
        "/notices/none",
        "/measures",
        "/ui/base.css",
        "/ui/none.css",
        "/openapi.json",
        "/config",
    ],
)
def test_headers_are_on_every_response(client: TestClient, path: str) -> None:
    headers = client.get(path, headers={"origin": "https://evil.example"}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy and "unsafe-eval" not in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert not [name for name in headers if name.startswith("access-control")]


def test_no_other_site_may_call_unless_it_is_allowed(assistant: FakeAssistant) -> None:
    settings = UiSettings.model_validate({"allowed_origins": "https://www.example.gov.cn, https://b.example"})
    with TestClient(create_app(assistant, settings)) as client:
        for origin, allowed in [("https://www.example.gov.cn", True), ("https://evil.example", False), ("null", False)]:
            answered = client.get("/healthz", headers={"origin": origin})
            assert ("access-control-allow-origin" in answered.headers) == allowed
            asking = {"origin": origin, "access-control-request-method": "POST"}
            assert (client.options(ASK, headers=asking).status_code == 200) == allowed


def test_the_front_page(client: TestClient) -> None:
    response = client.get("/?deep_link=x&page=y")
    nonce = response.headers["content-security-policy"].split("'nonce-")[1].split("'")[0]
    assert '<html lang="zh-CN"' in response.text and "<title>政策问答</title>" in response.text
    assert re.findall(r"<script(?![^>]* (?:nonce|src)=)", response.text) == []
    assert set(re.findall(r'<script[^>]* nonce="([^"]+)"|<script nonce="([^"]+)"', response.text)) <= {
        (nonce, ""),
        ("", nonce),
    }
    assert re.findall(r'(?:src|href|content)="https?:', response.text) == []
    assert client.get("/").headers["content-security-policy"] != response.headers["content-security-policy"]


def test_the_description_names_the_problems(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    responses = paths[ASK]["post"]["responses"]
    assert responses.keys() == {"200", *"400 401 408 413 415 422 429 500 503".split()}
    assert list(responses["422"]["content"]) == ["application/problem+json"]
    assert {p for p in paths if p.startswith("/gradio")} == set()
