"""Pages in an operator's name and colours stay accessible in a browser: whatever the name, the light and the size of print."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from corpus.store import Corpus
from tests.browser import DESK, PHONE, SIZES, find_barriers, foreign_words, open_page, overflow, run_service
from tests.conftest import ROOT, SEED
from tests.fake_assistant import NOTICE_ID, FakeAssistant
from tests.ui.site.test_site_file import SVG, write
from ui.server import create_app
from ui.settings import UiSettings

pytestmark = pytest.mark.browser

# The longest name, a wide logo, the lightest colours that are let through.
_FILE = """
name = { zh = "青屿市科学技术局与工业和信息化局面向科技服务业企业和创新平台的惠企政策问答服务试", en = "Answers to Everybody's Policy Questions" }
logo = "logo.svg"
[colours]
action = "#6a6a6a"
band = "#767676"
[footer]
organiser = "青屿市科学技术局"
hotline = "0539-1234567（工作日9:00—17:00）"
accessibility = "本站可以只用键盘操作，可以调大文字、提高对比度。"
records = [{ zh = "鲁备00000000号-1", address = "https://beian.miit.gov.cn/" }]
"""
_TOKENS = ROOT / "ui" / "static" / "tokens.css"
PAGES = ("/privacy", "/accessibility", "/measures", f"/notices/{NOTICE_ID}", "/nothing", "/embed")


@pytest.fixture(scope="module")
def theirs(small_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("theirs")
    drawn = SVG.replace('viewBox="0 0 9 9"', 'viewBox="0 0 400 40"').format(
        '<rect width="400" height="40" fill="#fff"/>'
    )
    settings = UiSettings(site_file=write(folder, _FILE, logo_svg=drawn.encode()))
    with run_service(create_app(FakeAssistant(small_corpus), settings)) as address:
        yield address


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PAGES, ids=[p.split("/")[1] for p in PAGES])
def test_no_barrier_in_any_light_or_print(theirs: str, browser: Browser, size: ViewportSize, path: str) -> None:
    found = {}
    with open_page(browser, size) as page:
        for language in ("zh", "en"):
            page.goto(f"{theirs}{path}?lang={language}")
            found[language] = foreign_words(page, SEED.read_text(encoding="utf-8")) if path == "/privacy" else []
        page.goto(f"{theirs}{path}?lang=zh")
        for attribute, value in (("data-print", "normal"), ("data-print", "large"), ("data-contrast", "high")):
            page.evaluate("([name, value]) => document.documentElement.setAttribute(name, value)", [attribute, value])
            wide = [f"{overflow(page)} px too wide"] if overflow(page) else []
            found[value] = [*find_barriers(page, ".measure ~ .measure, tr[data-text] ~ tr[data-text]"), *wide]
    assert not any(found.values()), found


@pytest.mark.skipif("prefers-color-scheme: dark" not in _TOKENS.read_text("utf-8"), reason="there are no dark tokens")
@pytest.mark.parametrize("path", PAGES, ids=[p.split("/")[1] for p in PAGES])
def test_no_barrier_in_the_dark(theirs: str, browser: Browser, path: str) -> None:
    with open_page(browser, DESK) as page:
        page.emulate_media(color_scheme="dark")
        page.goto(f"{theirs}{path}?lang=zh")
        assert find_barriers(page, ".measure ~ .measure, tr[data-text] ~ tr[data-text]") == []


def test_their_name_is_seen_and_printed(theirs: str, browser: Browser) -> None:
    with open_page(browser, PHONE) as page:
        page.goto(f"{theirs}/privacy")
        logo = page.locator(".brand img")
        assert logo.evaluate("(image) => image.naturalWidth > 0")
        expect(page.locator(".imprint")).to_be_hidden()
        page.emulate_media(media="print")
        expect(page.locator(".imprint")).to_be_visible()
        expect(page.locator(".imprint")).to_contain_text("青屿市科学技术局")
        expect(page.locator(".foot")).to_be_hidden()


def test_the_widget_has_their_colours(theirs: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(f"{theirs}/embed/demo")
        opener = page.get_by_role("button", name="青屿市")
        expect(opener).to_have_css("background-color", "rgb(118, 118, 118)")
        box = opener.bounding_box()
        assert box and box["x"] >= 0
        opener.click()
        send = page.frame_locator("iframe").get_by_role("button", name="提问")
        expect(send).to_have_css("background-color", "rgb(106, 106, 106)")


def test_a_neutral_service_asks_for_no_style(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{site}/privacy")
        assert not [url for url in asked if "/site/" in url]
        expect(page.locator(".brand svg")).to_be_visible()
