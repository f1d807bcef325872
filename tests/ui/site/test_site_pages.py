"""Every page is the operator's, says what is stored as it is set, and shows whose it is in print and to other programs."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient

from corpus import CorpusNotBuilt
from corpus.embedding.embed import EndpointEmbedder
from corpus.store import Corpus
from tests.fake_assistant import NOTICE_ID, FakeAssistant
from tests.html_reading import Reading
from tests.http_checks import expect_problem
from tests.ui.site.test_site_file import PNG, SVG, WHOLE, write
from ui.server import create_app
from ui.settings import UiSettings

PAGES = ("/measures", f"/notices/{NOTICE_ID}", "/notices", "/privacy", "/accessibility", "/nothing")
BROWSER = {"accept": "text/html"}


def serve(corpus: Corpus, **settings: Any) -> TestClient:
    app = create_app(FakeAssistant(corpus), UiSettings(**settings))
    return TestClient(app, raise_server_exceptions=False, headers=BROWSER)


@pytest.fixture(scope="module")
def own(small_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    text = WHOLE.replace("qy-1", NOTICE_ID)
    return serve(small_corpus, site_file=write(tmp_path_factory.mktemp("site"), text, logo_png=PNG))


@pytest.fixture(scope="module")
def neutral(small_corpus: Corpus) -> TestClient:
    return serve(small_corpus)


def word_of(html: str) -> str:
    return " ".join(Reading(html).text.split())


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_the_operators(own: TestClient, path: str) -> None:
    page = own.get(f"{path}?lang=zh").text
    title = re.search("<title>(.*)</title>", page)
    assert title and title[1].endswith(" · 青屿市政策问答") and "政策问答 · 政策问答" not in title[1]
    shown = word_of(page)
    foot = shown[shown.rindex("主办单位：") :]
    assert foot == (
        "主办单位： 青屿市科学技术局 联系方式： 海滨路1号 咨询热线： 0539-1234567 以通知原文为准。本站不跟踪访客。 "
        "我们保存什么 无障碍声明 青屿市人民政府 鲁ICP备00000000号"
    ).replace("： ", "：")
    assert "青屿市政策问答 · 青屿市科学技术局 · 海滨路1号 · 0539-1234567" in shown
    assert re.search(r'<link rel="stylesheet" href="/site/style\.css\?v=\w+">', page)
    assert len(re.findall(r'(?:src|href)="/site/logo\.png\?v=\w+"', page)) == 2


def test_only_the_operators_links_lead_elsewhere(own: TestClient, neutral: TestClient) -> None:
    for path in PAGES:
        foreign = [link for link in Reading(own.get(path).text).links if not re.match(r"/(?!/)|[?#]", link)]
        assert foreign == ["https://www.example.gov.cn/map?x=1#here", "https://beian.miit.gov.cn/"], path
        assert not [link for link in Reading(neutral.get(path).text).links if not re.match(r"/(?!/)|[?#]", link)]
    links = re.findall(r'<a [^>]*href="https:[^>]*>', own.get("/privacy").text)
    assert len(links) == 2 and all('rel="noopener"' in link for link in links)


def test_english_pages_say_what_is_chinese(own: TestClient) -> None:
    page = own.get("/privacy?lang=en").text
    assert "What we store · Qingyu Policy Answers" in page
    assert '<span lang="zh-CN">青屿市科学技术局</span>' in page and '<a class="brand" href="/?lang=en">' in page


def test_the_frame_is_the_operators(own: TestClient) -> None:
    page = own.get("/embed?lang=zh").text
    shown = word_of(page)
    assert "<title>青屿市政策问答</title>" in page and shown.count("青屿市政策问答") == 3
    assert "您好，请直接问。" in shown and "青屿市科学技术局 海滨路1号 0539-1234567 我们保存什么" in shown
    assert re.findall(r'class="ask" name="question" value="([^"]+)"', page)[:2] == ["奖多少？", "归谁管？"]
    assert "/site/style.css" in page and 'class="head__logo"' in page
    assert all('target="_blank"' in a and 'rel="noopener"' in a for a in re.findall("<a [^>]*>", page))
    policy = own.get("/embed").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://www.example.gov.cn")


def test_the_setting_and_the_file_name_sites_together(small_corpus: Corpus, tmp_path: Path) -> None:
    file = write(tmp_path, WHOLE, logo_png=PNG)
    client = serve(small_corpus, site_file=file, embed_origins="https://b.cn,https://www.example.gov.cn")
    policy = client.get("/embed").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://b.cn https://www.example.gov.cn")


def test_the_widget_speaks_with_their_name_in_their_colours(own: TestClient, neutral: TestClient) -> None:
    script, before = own.get("/widget.js").text, neutral.get("/widget.js").text
    assert '"open":"青屿市政策问答"' in script and '"down":"Qingyu Policy Answers cannot be reached"' in script
    assert "#7d1317" in script and "#9c1a1f" in script
    assert not [
        ours for ours in ("#0b3f78", "#08315e", "#0d4f94", "政策问答对话") if ours in script.replace("市政策问答", "")
    ]
    assert '"open":"政策问答"' in before and "#0b3f78" in before
    assert len(own.get("/widget.js", headers={"accept-encoding": "gzip"}).content) > 0
    assert int(own.get("/widget.js", headers={"accept-encoding": "gzip"}).headers["content-length"]) <= 5_000


def test_a_name_cannot_end_the_script(small_corpus: Corpus, tmp_path: Path) -> None:
    client = serve(small_corpus, site_file=write(tmp_path, "name = '</script><b>\"$name'"))
    assert "</script" not in client.get("/widget.js").text
    assert "<b>" not in client.get("/privacy").text and "<b>" not in client.get("/embed").text


def test_style_and_logo_are_served_by_us_and_run_nothing(own: TestClient, neutral: TestClient) -> None:
    style = own.get("/site/style.css")
    assert style.headers["content-type"] == "text/css; charset=utf-8" and "--action: #9c1a1f" in style.text
    logo = own.get("/site/logo.png")
    assert (logo.content, logo.headers["content-type"]) == (PNG, "image/png")
    assert (
        logo.headers["content-security-policy"]
        == "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
    )
    assert logo.headers["x-content-type-options"] == "nosniff"
    for client, path in ((own, "/site/logo.svg"), (neutral, "/site/logo.png"), (own, "/site/logo.png/x")):
        assert client.get(path).status_code == 404


def test_a_drawn_logo_is_forbidden_to_run(small_corpus: Corpus, tmp_path: Path) -> None:
    drawn = SVG.format("<rect/>").encode()
    client = serve(small_corpus, site_file=write(tmp_path, 'name = "a"\nlogo = "l.svg"', l_svg=drawn))
    logo = client.get("/site/logo.svg")
    assert (logo.content, logo.headers["content-type"]) == (drawn, "image/svg+xml")
    assert (
        logo.headers["content-security-policy"].startswith("default-src 'none'")
        and client.get("/favicon.ico").content == drawn
    )


def test_accessibility_is_said_where_the_operator_says_it(own: TestClient, neutral: TestClient, tmp_path: Path) -> None:
    assert "无障碍声明 第一段。" in word_of(own.get("/accessibility").text)
    assert neutral.get("/accessibility").status_code == 404 and "无障碍" not in neutral.get("/privacy").text


def test_pages_describe_themselves(own: TestClient, neutral: TestClient) -> None:
    for path in (*PAGES, "/privacy?lang=en"):
        page = own.get(path).text
        named = dict(re.findall(r'<meta (?:name|property)="([a-z:_]+)" content="([^"]*)">', page))
        assert {"description", "og:title", "og:description", "og:type", "og:site_name", "og:locale"} <= set(named)
        assert named["og:title"] in page and len(named["description"]) > 20
    english = neutral.get("/privacy?lang=en").text
    assert 'property="og:site_name" content="Policy Q&amp;A"' in english and 'content="en"' in english


def test_a_missing_page_leads_to_the_notices(own: TestClient, small_corpus: Corpus) -> None:
    own.get("/measures")
    assert '<a href="/notices">通知原文</a>' in own.get("/nothing?lang=zh").text.replace("?lang=zh", "")

    def closed() -> FakeAssistant:
        raise CorpusNotBuilt("还没有建立索引。")

    app = create_app(closed, UiSettings())
    client = TestClient(app, raise_server_exceptions=False, headers=BROWSER)
    assert client.get("/nothing").status_code == 404 and "/notices" not in client.get("/nothing").text


def storing(corpus: Corpus, change: Callable[[FakeAssistant], None] = lambda _: None, **settings: Any) -> str:
    assistant = FakeAssistant(corpus)
    change(assistant)
    client = TestClient(create_app(assistant, UiSettings(**settings)))
    english = word_of(client.get("/privacy?lang=en").text)
    assert "What we store" in english and not re.search("[\u4e00-\u9fff]", english.replace("中文", ""))
    return word_of(client.get("/privacy?lang=zh").text)


def with_model(assistant: FakeAssistant) -> None:
    assistant.endpoint = cast(Any, object())


def with_embedder(assistant: FakeAssistant) -> None:
    assistant.corpus = replace(assistant.corpus, embedder=EndpointEmbedder("http://127.0.0.1:9/v1", "m", ""))


QUIET = "不保存您问了什么。"
LOGGED = "日志会记下您的问题，手机号、身份证号、银行卡号、邮箱这样的个人信息先隐去"
NOBODY = "您的问题不发给任何别的服务。"
MODEL = "您的问题（先隐去个人信息）和有关的原文会发给这项服务"
EMBEDDER = "您的问题会照原样发给这项服务"


def test_what_is_stored_is_said_as_it_is_set(small_corpus: Corpus) -> None:
    said = (QUIET, LOGGED, NOBODY, MODEL, EMBEDDER)
    for settings, change, holds in (
        ({}, lambda _: None, (QUIET, NOBODY)),
        ({"log_questions": True}, lambda _: None, (LOGGED, NOBODY)),
        ({}, with_model, (QUIET, MODEL)),
        ({"log_questions": True}, with_embedder, (LOGGED, EMBEDDER)),
    ):
        page = storing(small_corpus, change, **settings)
        assert tuple(s for s in said if s in page) == holds
    assert "90天后删除" in storing(small_corpus) and "7天后删除" in storing(small_corpus, feedback_days=7)
    assert "127.0.0.1" not in storing(small_corpus, with_embedder)


def test_pages_of_errors_are_the_operators(tmp_path: Path) -> None:
    def broken() -> FakeAssistant:
        raise RuntimeError("secret")

    app = create_app(broken, UiSettings(site_file=write(tmp_path, WHOLE, logo_png=PNG)))
    client = TestClient(app, raise_server_exceptions=False, headers=BROWSER)
    for path, status in (("/measures", 503), ("/" + "x" * 3000, 404), ("/ui/none.css", 404), ("/gradio_api/none", 404)):
        page = client.get(path)
        assert page.status_code == status and "青屿市政策问答" in page.text and "secret" not in page.text, path


def test_while_nothing_is_open_nothing_is_claimed() -> None:
    def closed() -> FakeAssistant:
        raise CorpusNotBuilt("还没有建立索引。")

    client = TestClient(create_app(closed, UiSettings()), raise_server_exceptions=False)
    expect_problem(client.get("/privacy"), 503)


def test_no_page_sets_a_cookie(own: TestClient) -> None:
    assert not [p for p in ("/", *PAGES, "/embed", "/widget.js", "/ui/base.css") if "set-cookie" in own.get(p).headers]


@pytest.mark.parametrize(
    "path", ["/ui/base.css", "/ui/tokens.css", "/ui/icons.svg", "/ui/switches.js", "/favicon.ico", "/widget.js"]
)
def test_files_are_packed_and_kept_for_a_while(neutral: TestClient, path: str) -> None:
    plain = neutral.get(path, headers={"accept-encoding": "identity"})
    packed = neutral.get(path, headers={"accept-encoding": "br, gzip"})
    assert plain.status_code == packed.status_code == 200 and plain.content == packed.content
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert plain.headers["cache-control"] == "public, max-age=600" and "Accept-Encoding" in plain.headers["vary"]
    tag = plain.headers["etag"]
    assert packed.headers["etag"] == tag
    for asked in (tag, f'"other", {tag}'):
        known = neutral.get(path, headers={"if-none-match": asked})
        assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", tag)
    assert neutral.get(path, headers={"if-none-match": '"other"'}).status_code == 200
    assert neutral.head(path).status_code in (200, 405)


def test_a_file_that_is_not_there_is_not_found(neutral: TestClient) -> None:
    for path in ("/ui/none.css", "/ui/", "/ui/embed", "/ui/..%2fsettings.py", "/ui/%00"):
        assert neutral.get(path).status_code == 404, path
