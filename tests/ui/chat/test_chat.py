"""The chat page without a browser: gradio's events, the document around its app, the door before it."""

import asyncio
import json
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from fastapi.testclient import TestClient

from corpus import CorpusNotBuilt
from corpus.notice import Notice
from corpus.store import Corpus
from tests.browser import PATIENCE
from tests.conftest import make_measure, make_notice
from tests.fake_assistant import FakeAssistant
from tests.hostile import HOSTILE
from tests.html_reading import Reading
from tests.http_checks import expect_problem, serve, wait_for
from tests.ui.chat.conftest import Played
from ui.chat.accuracy import AccuracyUnreadable, BlindAccuracy, BlindResults, PublishedAccuracy, ShareInterval
from ui.chat.frame import Frame, page_words, render_document
from ui.chat.greeting import example_questions, render_greeting
from ui.language import choose_language
from ui.pages.reader import SAID_BY_READER
from ui.pages.shell import Visit, script_words
from ui.server import create_app
from ui.settings import UiSettings
from ui.words import LANGUAGES, template_of, word_keys

SCRIPTS = Path(__file__).parents[3] / "ui" / "static"
LATIN = re.compile("[A-Za-z]{2,}")
CHINESE = re.compile("[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def client(small_corpus: Corpus) -> TestClient:
    return serve(FakeAssistant(small_corpus))


@pytest.mark.parametrize(("path", "named"), [("/config", {"ask"}), ("/en/config", set())])
def test_what_is_said_goes_through_events_of_gradio(client: TestClient, path: str, named: set[str]) -> None:
    config = client.get(path).json()
    assert config["analytics_enabled"] is False
    events = {event for d in config["dependencies"] for _, event in d["targets"]}
    assert events >= {"submit", "click", "option_select", "retry", "like", "load"}
    assert {d["api_name"] for d in config["dependencies"] if d["api_visibility"] == "public"} == named
    assert [d["js"] for d in config["dependencies"] if d["js"]] == []
    assert all(d["queue"] for d in config["dependencies"] if d["backend_fn"])


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "", "zh"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("", "en-US,en;q=0.9,zh;q=0.1", "zh"),
        ("", "en-US,en;q=0.9", "en"),
        ("", "fr-FR,fr", "zh"),
        ("lang=en", "zh-CN", "en"),
        ("lang=zh-CN&ask=x", "en-US", "zh"),
        ("lang=xx", "en", "en"),
        ("lang=%ff&&&", "*;;;,,", "zh"),
    ],
)
def test_the_language_follows_the_address_then_the_browser(query: str, accepted: str, language: str) -> None:
    assert choose_language(query, accepted) == language


def test_the_page_comes_in_both_languages(client: TestClient) -> None:
    chinese = client.get("/", headers={"accept-language": "zh-CN"})
    english = client.get("/?lang=en", headers={"accept-language": "zh-CN"})
    assert '<html lang="zh-CN"' in chinese.text and "问政策，看原文" in chinese.text
    assert '<html lang="en"' in english.text and "Ask about policy" in english.text
    assert "Accept-Language" in chinese.headers["vary"]


def test_words_are_of_their_language() -> None:
    foreign = {"other_language"}
    chinese = {k: template_of(k, "zh") for k in word_keys() - foreign}
    english = {k: template_of(k, "en") for k in word_keys() - foreign}
    assert {k: t for k, t in chinese.items() if LATIN.search(re.sub(r"\$[a-z_]+", "", t))} == {}
    assert {k: t for k, t in english.items() if CHINESE.search(t)} == {}
    fields = {k: (re.findall(r"\$([a-z_]+)", chinese[k]), re.findall(r"\$([a-z_]+)", english[k])) for k in chinese}
    assert {k: f for k, f in fields.items() if sorted(f[0]) != sorted(f[1])} == {}


@pytest.mark.parametrize(
    ("scripts", "words"),
    [
        ([*SCRIPTS.glob("chat/*.js"), *SCRIPTS.glob("shared/*.js")], page_words("zh")),
        ([SCRIPTS / "reader.js", *SCRIPTS.glob("shared/*.js")], script_words(SAID_BY_READER, "zh")),
    ],
    ids=["chat", "reader"],
)
def test_the_script_gets_exactly_the_words_it_says(scripts: list[Path], words: str) -> None:
    calls = (c for path in scripts for c in re.split(r"\bword\(", path.read_text(encoding="utf-8"))[1:])
    # The key, or two of which one is chosen, stands before the fields and before the end of the statement.
    said = {key for call in calls for key in re.findall(r'"([a-z_]+)"', re.split("[;{]", call)[0])}
    assert said == json.loads(words).keys() - {"language", "longest"}


def draw(*notices: Notice) -> str:
    return render_document(Frame(Visit(notices), {"root": ""}, ("/assets/a.js",), ("/assets/a.css",), "once"))


def test_the_frame_holds_every_landmark_once() -> None:
    """The main part of the page is gradio's."""
    html = draw(make_notice(make_measure(1, "甲", ("给予补助。",), ("省科技厅",))))
    assert [html.count(f"<{tag}") for tag in ("main", "aside", "header", "h1", 'div role="form"')] == [1, 1, 1, 2, 1]
    assert html.count("aria-live") == 1
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_names_of_notices_are_escaped(hostile: str) -> None:
    measure = make_measure(1, hostile, (hostile,), (hostile,))
    reading = Reading(draw(make_notice(measure, title=hostile, number=hostile)))
    harmless = Reading(draw(make_notice(make_measure(1, "甲"), title="乙", number="丙")))
    assert reading.tags <= harmless.tags
    assert reading.attributes <= harmless.attributes
    assert [link for link in reading.links if not link.startswith(("/", "#", "?", "./assets/"))] == []


def test_what_gradio_is_told_stays_inside_its_script() -> None:
    frame = Frame(Visit(()), {"title": "</script><script>alert(1)</script>"}, (), (), "once")
    assert "<script>alert" not in render_document(frame)


def test_written_examples_go_with_their_notice_others_are_built() -> None:
    other = make_notice(make_measure(1, "企业孵化", ("给予补助。",), ("省科技厅",)))
    assert [e.question for e in example_questions([other], "zh")] == [
        "省科技厅负责哪些措施？",
        "全文有哪些措施？",
        "“企业孵化”讲什么？",
    ]
    written = make_notice(make_measure(1, "甲"), notice_id="lkz-2025-128")
    for language in LANGUAGES:
        assert len({e.interest for e in example_questions([other, written], language)}) == 8
    assert example_questions([], "zh") == () == example_questions([make_notice()], "zh")


def test_the_greeting_names_what_it_speaks_for() -> None:
    one, two = make_notice(title="甲通知"), make_notice(notice_id="m", title="乙通知")
    assert "我只根据《甲通知》回答" in render_greeting(Visit([one]))
    assert "我只根据这里的2份通知回答" in render_greeting(Visit([one, two]))
    assert "暂时不能回答" in render_greeting(Visit([]))


def fail_to_read() -> None:
    raise AccuracyUnreadable("accuracy.json 读不出来。")


def test_accuracy_is_shown_only_where_it_was_published(monkeypatch: pytest.MonkeyPatch) -> None:
    blind = BlindAccuracy(date(2025, 11, 22), "abc", 1288, 0.931, ShareInterval(0.92, 0.94), 1.5)
    monkeypatch.setattr("ui.chat.greeting.read_published_accuracy", fail_to_read)
    assert "盲测" not in render_greeting(Visit([make_notice()]))
    monkeypatch.setattr("ui.chat.greeting.read_published_accuracy", lambda: None)
    assert "盲测" not in render_greeting(Visit([make_notice()]))
    for published in (PublishedAccuracy(None), PublishedAccuracy(BlindResults(home=None, others=blind))):
        monkeypatch.setattr("ui.chat.greeting.read_published_accuracy", lambda shown=published: shown)
        assert "盲测" not in render_greeting(Visit([make_notice()]))
    monkeypatch.setattr("ui.chat.greeting.read_published_accuracy", lambda: PublishedAccuracy(BlindResults(home=blind)))
    said = "盲测：严格答对93.1%（95%的把握在92.0%至94.0%之间），1,288道新题只问过一次，2025-11-22"
    assert said in render_greeting(Visit([make_notice()]))


def test_the_page_opens_without_an_index() -> None:
    def open_nothing() -> FakeAssistant:
        raise CorpusNotBuilt("还没有建立索引。")

    page = TestClient(create_app(open_nothing, UiSettings())).get("/")
    assert page.status_code == 200 and "资料还没有准备好" in page.text


CLOSED = [
    "/gradio_api/upload",
    "/gradio_api/queue/status",
    "/gradio_api/call/start",
    "/gradio_api/call/lambda",
    "/gradio_api/run/predict",
    "/gradio_api/run/ask",
    "/gradio_api/api/ask",
    "/gradio_api/file=/etc/passwd",
    "/gradio_api/proxy=http://evil.example",
    "/gradio_api/monitoring",
    "/gradio_api/vibe-edit",
    "/gradio_api/deep_link",
    "/gradio_api/component_server",
    "/gradio_api/dev/reload",
    "/gradio_api/runs",
    "/gradio_api/stream/x",
    "/gradio_api/mcp/sse",
    "/gradio_api/openapi.json",
    "/login",
    "/manifest.json",
    "/flag",
    "/en",
]


@pytest.mark.parametrize("path", [*CLOSED, *(f"/en{path}" for path in CLOSED)])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_gradio_is_no_second_front_door(client: TestClient, path: str, method: str) -> None:
    expect_problem(client.request(method, path, json={} if method == "POST" else None), 404)


@pytest.mark.parametrize("path", ["/", "/config", "/theme.css", "/gradio_api/info", "/en/config", "/en/theme.css"])
def test_what_is_open_can_only_be_read(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200
    refused = client.post(path, json={})
    expect_problem(refused, 405)
    assert refused.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize("name", ["queue/join", "cancel", "reset", "call/ask"])
def test_what_takes_questions_cannot_be_read(client: TestClient, name: str) -> None:
    expect_problem(client.get(f"/gradio_api/{name}"), 405)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'{"fn_index": 99}', b'{"fn_index": 1, "session_hash": "s"}', b"null"]
)
def test_events_that_are_none_are_refused_in_chinese(client: TestClient, body: bytes) -> None:
    refused = client.post("/gradio_api/queue/join", content=body, headers={"content-type": "application/json"})
    assert 400 <= refused.status_code < 600
    expect_problem(refused, refused.status_code)


def test_an_event_is_no_larger_than_a_question_elsewhere(client: TestClient) -> None:
    body = {"fn_index": 1, "session_hash": "s", "data": ["x" * 300_000]}
    expect_problem(client.post("/gradio_api/queue/join", json=body), 413)


def test_little_is_looked_for_while_nobody_asks(small_corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    async def note_and_pause(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(seconds)

    monkeypatch.setattr("gradio.queueing.asyncio", SimpleNamespace(**{**vars(asyncio), "sleep": note_and_pause}))
    with TestClient(create_app(FakeAssistant(small_corpus), UiSettings())):
        # The app of each language looks for questions and for progress.
        wait_for(lambda: len(pauses) >= 4)
    assert min(pauses) >= 0.02


def test_the_end_of_an_answer_brings_nothing_back(played: Played) -> None:
    """gradio repeats the last step when it is done: by then the talk may be cleared, or the next question typed."""
    with httpx.Client(base_url=played.address, trust_env=False, timeout=PATIENCE / 1000) as visitor:
        dependencies = visitor.get("/config").json()["dependencies"]
        submit = next(d["id"] for d in dependencies if any(event == "submit" for _, event in d["targets"]))
        body = {"data": ["第九条讲什么", "", ""], "fn_index": submit, "session_hash": "once"}
        assert visitor.post("/gradio_api/queue/join", json=body).is_success
        with visitor.stream("GET", "/gradio_api/queue/data", params={"session_hash": "once"}) as events:
            told = [json.loads(line.removeprefix("data: ")) for line in events.iter_lines() if line]
    steps = [event["output"]["data"] for event in told if event["msg"] == "process_generating"]
    (done,) = [event["output"]["data"] for event in told if event["msg"] == "process_completed"]
    assert len(steps) > 1 and "第九条讲什么" in json.dumps(steps, ensure_ascii=False)
    assert done == [{"__type__": "update"}] * 6
