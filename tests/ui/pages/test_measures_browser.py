"""The table of measures in a real browser: filters, keyboard, the way to a source."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser import DESK, SIZES, describe_landing, open_page
from tests.conftest import SEED_ID

pytestmark = pytest.mark.browser

READER = f"/notices/{SEED_ID}"


def visible_rows(page: Page) -> list[str]:
    return page.locator("tr[data-text]:visible .no").all_inner_texts()


@pytest.mark.parametrize("size", SIZES)
def test_the_table_filters_while_one_types(site: str, browser: Browser, size: ViewportSize) -> None:
    with open_page(browser, size) as page:
        page.goto(f"{site}/measures")
        shown = page.get_by_role("status")
        expect(shown).to_have_text("显示 16 项，共16项")
        page.get_by_label("关键词").press_sequentially("中试基地")
        expect(shown).to_have_text("显示 1 项，共16项")
        assert visible_rows(page) == ["（九）"]
        expect(page.locator("tr.chapter:visible")).to_have_text("三、做优专业科技服务品质")
        page.get_by_label("责任部门").select_option("省市场监管局")
        expect(page.get_by_text("没有符合条件的措施")).to_be_visible()
        expect(page.get_by_role("table")).to_be_hidden()
        page.get_by_role("link", name="清除筛选").first.click()
        expect(shown).to_have_text("显示 16 项，共16项")
        expect(page.get_by_label("关键词")).to_be_focused()
        page.get_by_label("只看写明金额的").check()
        assert visible_rows(page) == ["（二）", "（六）", "（九）", "（十）"]
        address = page.url
        page.locator("tr[data-text]:visible .name a").first.click()
        page.wait_for_url(f"**{READER}#m2")
        page.go_back()
        assert page.url == address and visible_rows(page) == ["（二）", "（六）", "（九）", "（十）"]


def test_the_order_the_recipient_and_the_file_go_together(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(f"{site}/measures")
        page.get_by_label("给谁").select_option("科技型中小企业")
        assert visible_rows(page) == ["（十）"]
        page.get_by_label("给谁").select_option("")
        page.get_by_label("只看写明金额的").check()
        page.get_by_role("link", name="按金额").click()
        page.wait_for_url("**/measures?sums=yes&sort=sum")
        assert visible_rows(page) == ["（二）", "（六）", "（九）", "（十）"]
        expect(page.locator("tr.chapter")).to_have_count(0)
        page.get_by_label("关键词").fill("孵化器")
        with page.expect_download() as saved:
            page.get_by_role("link", name="下载表格").click()
        written = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
        assert saved.value.suggested_filename == "measures.csv" and len(written) == 3
        assert all("企业孵化服务" in line for line in written[1:])
        page.get_by_role("link", name="按原文").click()
        page.wait_for_url("**/measures?words=*&sums=yes")
        assert visible_rows(page) == ["（十）"]


def test_the_row_is_the_link(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(f"{site}/measures")
        row = page.locator("tr[data-text]").nth(2)
        box = row.bounding_box()
        assert box
        page.mouse.click(box["x"] + box["width"] - 20, box["y"] + box["height"] - 4)
        page.wait_for_url(f"**{READER}#m3")


def test_scripts_and_addresses_filter_alike(site: str, browser: Browser) -> None:
    queries = [
        "words=孵化",
        "chapter=lkz-2025-128/2",
        "department=省科协",
        "sums=yes&department=省财政厅",
        "who=孵化器",
        "words=xyz",
    ]
    with open_page(browser, DESK) as scripted, open_page(browser, DESK, java_script_enabled=False) as plain:
        for query in queries:
            plain.goto(f"{site}/measures?{query}")
            scripted.goto(f"{site}/measures?{query}")
            assert visible_rows(scripted) == visible_rows(plain), query


def test_the_keyboard_reaches_a_source(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(f"{site}/measures")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
        expect(page.get_by_role("link", name="跳到正文")).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_label("关键词")).to_be_focused()
        assert page.evaluate("getComputedStyle(document.activeElement).boxShadow") != "none"
        page.keyboard.type("中试")
        page.get_by_role("link", name="技术转移转化和推广服务", exact=True).focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{READER}#m9")
        assert describe_landing(page) == {"anchor": "m9", "problem": ""}


def test_the_table_prints_from_the_first_sheet_on(site: str, browser: Browser) -> None:
    """A table that may not be broken begins on the second."""
    with open_page(browser, DESK) as page:
        page.goto(f"{site}/measures")
        page.emulate_media(media="print")
        broken = [page.locator(p).first.evaluate("e => getComputedStyle(e).breakInside") for p in (".table", "tbody")]
        assert broken == ["auto", "auto"]
        expect(page.locator(".filters")).to_be_hidden()
