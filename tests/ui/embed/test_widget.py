"""`/widget.js`, `/embed` and the sample host over HTTP: headers, presets, forms, and what goes wrong."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from assistant.understanding.frame import Turn
from corpus import CorpusNotBuilt
from corpus.store import Corpus
from tests.conftest import ROOT, make_measure, make_notice
from tests.fake_assistant import NOTICE_ID, FakeAssistant
from tests.html_reading import Reading
from tests.http_checks import QUESTION
from ui.__main__ import main
from ui.embed.greeting import name_notices, render_greeting
from ui.embed.origins import check_origin, embed_policy
from ui.embed.page import SAID
from ui.embed.preset import Preset
from ui.pages.shell import Visit
from ui.server import create_app
from ui.service.fair_queue import TooBusy
from ui.settings import UiSettings

ORIGIN = "https://www.example.gov.cn"
MEASURE_9 = "《关于支持科技服务业高质量发展的若干措施》第（九）条“技术转移转化和推广服务”有哪些规定？"


@pytest.fixture(scope="module")
def assistant(small_corpus: Corpus) -> FakeAssistant:
    return FakeAssistant(small_corpus)


@pytest.fixture(scope="module")
def client(assistant: FakeAssistant) -> Iterator[TestClient]:
    settings = UiSettings(embed_origins=(ORIGIN, "http://10.1.2.3:8080"))
    with TestClient(create_app(assistant, settings), raise_server_exceptions=False) as running:
        yield running


def policy_of(client: TestClient, path: str) -> dict[str, str]:
    policy = client.get(path).headers["content-security-policy"]
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


def draft_of(html: str) -> str:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.DOTALL)
    assert found
    return found[1]


def test_only_the_page_for_frames_may_be_framed_by_others(client: TestClient) -> None:
    assert policy_of(client, "/embed")["frame-ancestors"] == f"'self' {ORIGIN} http://10.1.2.3:8080"
    for path in ("/", "/measures", f"/notices/{NOTICE_ID}", "/embed/demo", "/healthz", "/widget.js", "/nothing"):
        assert policy_of(client, path)["frame-ancestors"] == "'self'", path
    for path in ("/", "/embed", "/embed/demo", "/widget.js", "/nothing"):
        assert "x-frame-options" not in client.get(path).headers


def test_without_the_setting_only_the_own_site_may(small_corpus: Corpus) -> None:
    client = TestClient(create_app(FakeAssistant(small_corpus), UiSettings()))
    assert policy_of(client, "/embed")["frame-ancestors"] == "'self'"


def test_the_page_allows_nothing_from_elsewhere_and_nothing_inline(client: TestClient) -> None:
    policy = policy_of(client, "/embed")
    assert policy == {
        "default-src": "'self'", "object-src": "'none'", "frame-src": "'none'", "base-uri": "'none'",
        "form-action": "'self'", "frame-ancestors": f"'self' {ORIGIN} http://10.1.2.3:8080",
    }  # fmt: skip
    page = client.get("/embed").text
    assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son[a-z]+=|<style|gradio", page)
    assert all(re.match(r"/(?!/)", link) for link in Reading(page).links)


@pytest.mark.parametrize(
    "value",
    [
        "*", "https://*", "https://*.gov.cn", "null", "'self'", "'none'", "www.gov.cn", "https://a.cn/", "https://a.cn/x",
        "https://a.cn?x", "https://a.cn#x", "https://u@a.cn", "ftp://a.cn", "file:///x", "data:", "https:", "https://",
        "https://a.cn:0", "https://a.cn:70000", "https://a.cn:x", "https://a..cn", "https://-a", "https://a.cn;x",
        "https://a.cn b.cn", "https://政务.cn", "https://a.cn, *", "javascript:1", "https://[::1]", "https://a.cn\tx",
    ],
)  # fmt: skip
def test_anything_but_a_plain_origin_stops_the_start(
    value: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICY_EMBED_ORIGINS", value)
    with pytest.raises(ValidationError):
        UiSettings()
    assert main(["--port", "0"]) == 1
    assert "POLICY_EMBED_ORIGINS" in capsys.readouterr().err


def test_plain_origins_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_EMBED_ORIGINS", " https://A.gov.cn ,http://127.0.0.2:8080,,https://xn--vhquv.cn:65535 ")
    assert UiSettings().embed_origins == ("https://a.gov.cn", "http://127.0.0.2:8080", "https://xn--vhquv.cn:65535")
    monkeypatch.setenv("POLICY_EMBED_ORIGINS", "")
    assert UiSettings().embed_origins == ()
    assert embed_policy([check_origin("https://a.cn")]).endswith("frame-ancestors 'self' https://a.cn")


def test_the_script_is_small_complete_and_kept_for_a_while(client: TestClient) -> None:
    packed = client.get("/widget.js", headers={"accept-encoding": "gzip"})
    plain = client.get("/widget.js", headers={"accept-encoding": "identity"})
    assert int(packed.headers["content-length"]) <= 5_000
    assert packed.text == plain.text and "__" not in plain.text
    assert plain.headers["content-type"] == "text/javascript; charset=utf-8"
    assert plain.headers["cache-control"] == "public, max-age=600"
    assert plain.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "暂时连不上政策问答" in plain.text and "Policy Q&A cannot be reached" in plain.text
    known = {"if-none-match": plain.headers["etag"]}
    assert (client.get("/widget.js", headers=known).status_code, client.get("/widget.js", headers=known).text) == (
        304,
        "",
    )
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|innerHTML|eval\(|localStorage|cookie|allow=", plain.text)


@pytest.mark.parametrize(
    ("query", "draft"),
    [
        ("", ""),
        (f"?measure=9&notice={NOTICE_ID}", MEASURE_9),
        (f"?measure=m9&notice={NOTICE_ID}", MEASURE_9),
        ("?measure=m9", "第9条有哪些规定？"),
        ("?measure=3", "第3条有哪些规定？"),
        ("?measure=16&lang=en", "What does “加强组织保障” say?"),
        ("?measure=99", ""),
        ("?measure=0", ""),
        ("?measure=<b>", ""),
        ("?question=%E5%A5%96%E5%A4%9A%E5%B0%91&measure=9", "奖多少"),
        ("?question=%3Cb%3E%E2%80%AE%00", "&lt;b&gt;"),
        ("?question=" + "a" * 600, "a" * 500),
    ],
)  # fmt: skip
def test_presets_are_put_into_the_box(client: TestClient, assistant: FakeAssistant, query: str, draft: str) -> None:
    assistant.forget()
    response = client.get(f"/embed{query}")
    assert response.status_code == 200 and assistant.asked == []
    assert draft_of(response.text) == draft
    assert '<div id="conversation"></div>' in response.text


def test_a_preset_measure_is_named_with_its_place(client: TestClient) -> None:
    page = client.get(f"/embed?measure=9&notice={NOTICE_ID}&panel=1").text
    assert "关于（九）技术转移转化和推广服务" in page and f'href="/notices/{NOTICE_ID}#m9"' in page
    assert '<header class="head">' not in page and '<header class="head">' in client.get("/embed").text


def test_a_form_is_answered(client: TestClient, assistant: FakeAssistant) -> None:
    assistant.forget()
    fields = {"question": QUESTION, "earlier": ["第九条讲什么？", "归谁管？"]}
    response = client.post("/embed?lang=zh&panel=1", data=fields)
    assert response.status_code == 200 and response.headers["cache-control"] == "no-store"
    assert "frame-ancestors 'self' https://" in response.headers["content-security-policy"]
    assert assistant.asked == [(QUESTION, (Turn("user", "第九条讲什么？"), Turn("user", "归谁管？")), ())]
    page = response.text
    assert 'data-status="partly_answered"' in page and 'action="/embed?lang=zh&amp;panel=1"' in page
    kept = re.findall(r'name="earlier" value="([^"]+)"', page[page.index('id="ask"') :])
    assert kept == ["第九条讲什么？", "归谁管？", QUESTION]
    assert re.findall(r'<button type="submit" class="chip" name="question" value="([^"]+)"', page)[0].startswith(
        "省科技厅"
    )
    links = re.findall(r"<a [^>]*>", page)
    assert len(links) > 3 and all('target="_blank" rel="noopener"' in link for link in links)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("", "application/x-www-form-urlencoded"),
        ("question=", "application/x-www-form-urlencoded"),
        ("question=%E2%80%8B", "application/x-www-form-urlencoded"),
        ("question=" + "a" * 501, "application/x-www-form-urlencoded"),
        ("question=%FF%FE&" + "a=1&" * 100, "application/x-www-form-urlencoded"),
        ('{"question": "x"}', "application/json"),
        ("question=x", "text/plain"),
        ("x", ""),
    ],
)  # fmt: skip
def test_what_is_no_question_is_said_in_the_page(client: TestClient, body: str, content_type: str) -> None:
    response = client.post("/embed", content=body, headers={"content-type": content_type})
    assert response.status_code == 422
    assert 'data-status="error"' in response.text and "frame-ancestors 'self' https" in str(response.headers)


def test_a_question_that_failed_is_kept(client: TestClient, assistant: FakeAssistant) -> None:
    assistant.forget()
    for fault, status, said in (
        (TooBusy("现在提问的人太多，请过几秒再试。"), 503, "现在提问的人太多"),
        (RuntimeError("secret"), 500, "错误编号"),
    ):
        assistant.fault = fault
        response = client.post("/embed?lang=zh", data={"question": QUESTION})
        assert response.status_code == status and said in response.text and "secret" not in response.text
        assert draft_of(response.text) == QUESTION and 'name="earlier"' not in response.text
        english = client.post("/embed?lang=en", data={"question": QUESTION})
        assert not re.search("[\u4e00-\u9fff]", re.sub(r"<[^>]*>|《[^》]*》", "", english.text).replace(QUESTION, ""))
    assistant.forget()


def test_the_page_opens_while_nothing_can_be_answered() -> None:
    def closed() -> FakeAssistant:
        raise CorpusNotBuilt("还没有建立索引。")

    with TestClient(create_app(closed, UiSettings()), raise_server_exceptions=False) as client:
        assert "资料还没有准备好" in client.get("/embed?measure=9&lang=zh").text
        assert client.get("/embed/demo").status_code == 200
        refused = client.post("/embed?lang=zh", data={"question": QUESTION})
        assert refused.status_code == 503 and refused.headers["retry-after"] and "还没有建立索引" in refused.text


def test_notices_are_named_by_their_number(small_corpus: Corpus) -> None:
    seed = small_corpus.catalogue.notice(NOTICE_ID)
    assert seed and name_notices(Visit([seed])) == "鲁科字〔2025〕128号"
    assert name_notices(Visit([make_notice(make_measure(1, "甲", ("给予补助。",)))])) == "关于测试的通知"
    assert name_notices(Visit([])) == "" and "资料还没有准备好" in render_greeting(Visit([]), Preset())


def test_the_scripts_get_exactly_the_words_they_say() -> None:
    scripts = (ROOT / "ui" / "static" / "embed").glob("*.js")
    calls = [c for path in scripts for c in re.split(r"\bword\(", path.read_text(encoding="utf-8"))[1:]]
    said = {key for call in calls for key in re.findall(r'"([a-z_]+)"', re.split("[;{]", call)[0])}
    assert said == set(SAID)


def test_the_sample_host_says_that_it_is_one(client: TestClient) -> None:
    page = client.get("/embed/demo?mode=inline&measure=9&lang=zh").text
    assert "样例宿主网站，仅用于展示嵌入效果" in page
    assert 'src="/widget.js"' in page and 'data-mode="inline"' in page and 'id="ask-here"' in page
    assert client.get("/embed/demo?mode=other").status_code == 422
