"""The policy match in a real browser: told and chosen, by the keyboard, on a phone, without scripts, on paper."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser import DESK, SIZES, describe_landing, find_barriers, open_page, overflow
from tests.conftest import SEED_ID

pytestmark = pytest.mark.browser

TOLD = "我们是青岛一家做检测的高新技术企业，30人"


@pytest.mark.parametrize("scripted", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("size", SIZES)
def test_who_tells_who_they_are_finds_the_sentence(
    site: str, browser: Browser, size: ViewportSize, scripted: bool
) -> None:
    with open_page(browser, size, java_script_enabled=scripted) as page:
        page.goto(f"{site}/match")
        page.get_by_label("我是谁").fill(TOLD)
        page.get_by_role("button", name="查找措施").click()
        expect(page.get_by_role("heading", name="找到9项有关措施")).to_be_in_viewport()
        expect(page.get_by_label("我是谁")).to_have_value(TOLD)
        assert parse_qs(urlsplit(page.url).query)["told"] == [TOLD]
        first = page.get_by_role("article").first
        expect(first.get_by_text("直接有关")).to_be_visible()
        assert first.locator("mark").all_inner_texts() == ["高新技术企业"]
        first.get_by_role("link", name="在原文中查看").click()
        page.wait_for_url(f"**/notices/{SEED_ID}#m1.5")
        if scripted:
            assert describe_landing(page) == {"anchor": "m1.5", "problem": ""}


def test_the_keyboard_alone_is_enough(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(f"{site}/match")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_label("我是谁")).to_be_focused()
        page.keyboard.type("中试基地")
        button = page.get_by_role("button", name="查找措施")
        for _ in range(12):
            page.keyboard.press("Tab")
            if button.evaluate("b => b === document.activeElement"):
                break
        assert page.evaluate("getComputedStyle(document.activeElement).boxShadow") != "none"
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="找到1项有关措施")).to_be_visible()
        expect(page.get_by_text("年度最高奖补200万元", exact=True)).to_be_visible()


def test_choices_are_kept_and_opened(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(f"{site}/match?told=做检测")
        expect(page.get_by_label("级别")).to_be_hidden()
        page.get_by_text("也可以从通知写到的里面选").click()
        page.get_by_label("单位或人群").select_option("中试基地")
        page.get_by_label("级别").select_option("省级")
        page.get_by_role("button", name="查找措施").click()
        expect(page.get_by_label("级别")).to_have_value("省级")
        article = page.get_by_role("article").filter(has_text="（九）技术转移转化和推广服务")
        expect(article).to_contain_text("条件：服务突出")
        assert "级别" not in article.inner_text()


def test_it_prints_as_one_page_of_results(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(f"{site}/match?kind=中试基地")
        page.emulate_media(media="print")
        for part in (".band", "form", ".foot", "article .tool >> nth=0"):
            expect(page.locator(part)).to_be_hidden()
        for text in ("找到1项有关措施", "（九）第3句", "正文未写明施行日期和有效期"):
            expect(page.get_by_text(text)).to_be_visible()


def test_several_notices_are_named(shaped_site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(f"{shaped_site}/match?kind=企业")
        assert find_barriers(page) == [] and overflow(page) == 0
