"""The card in a browser: tables that sort and download, dark rooms, paper, a question asked by itself."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser import DESK, SIZES, find_barriers, open_page, overflow
from tests.chat_page import open_chat

pytestmark = pytest.mark.browser
MONEY = "中试基地一年奖多少？什么时候申报？"
TOTAL = "一共能拿多少钱"
RELATED = "省海洋局和省能源局负责的条款是不是完全重合？"
_LIGHTNESS = """() => {
  const colour = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number);
  return Math.max(...colour);
}"""


def ask(page: Page, question: str) -> Locator:
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")
    answer = page.locator(".exchange:last-child .answer:not([data-status=working])")
    answer.wait_for()
    return answer


def unreadable(page: Page) -> list[str]:
    return [barrier for barrier in find_barriers(page) if barrier.startswith("color-contrast")]


def column(table: Locator, number: int) -> list[str]:
    return [c.split("\n")[0] for c in table.locator(f"tbody tr > :nth-child({number})").all_inner_texts()]


def test_a_press_on_a_head_sorts_by_value(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(f"{site}/embed")
        table = ask(page, TOTAL).locator("table")
        sums = ["500", "200", "300", "200", "200", "50"]
        assert [next(n for n in ("500", "300", "200", "50") if n in c) for c in column(table, 2)] == sums
        head = table.locator("th", has_text="多少")
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == "descending"
        ordered = [next(n for n in ("500", "300", "200", "50") if n in c) for c in column(table, 2)]
        assert ordered == ["500", "300", "200", "200", "200", "50"]
        head.locator("button").press("Enter")
        assert head.get_attribute("aria-sort") == "ascending" and "50万元" in column(table, 2)[0]
        clause = table.locator("th", has_text="条款")
        clause.locator("button").click()
        assert head.get_attribute("aria-sort") is None
        assert [c[:3] for c in column(table, 5)] == ["（十）", "（十）", "（九）", "（六）", "（六）", "（二）"]
        assert find_barriers(page) == []


def test_a_table_is_downloaded_as_it_is_seen(site: str, browser: Browser, tmp_path: Path) -> None:
    with open_page(browser, DESK) as page:
        page.goto(f"{site}/embed")
        answer = ask(page, "企业孵化服务讲什么？")
        with page.expect_download() as started:
            answer.locator("[data-csv]").click()
        assert started.value.suggested_filename == "企业孵化服务讲什么？.csv"
        path = tmp_path / "table.csv"
        started.value.save_as(path)
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
        assert rows == [
            ["给谁", "多少", "怎么给", "条件", "条款"],
            ["获得工业和信息化部认定的部级孵化器", "每家最高200万元一次性补助", "一次性", "依据认定层级", "（十）"],
            ["一批潜力大、成长快的科技型中小企业", "最高给予50万元奖励", "", "", "（十）"],
        ]


def test_no_cell_becomes_a_formula(site: str, browser: Browser, tmp_path: Path) -> None:
    with open_page(browser, DESK) as page:
        page.goto(f"{site}/embed")
        answer = ask(page, "企业孵化服务讲什么？")
        page.evaluate("""() => { document.querySelector("tbody th").textContent = '=1+1, "x"'; }""")
        with page.expect_download() as started:
            answer.locator("[data-csv]").click()
        path = tmp_path / "table.csv"
        started.value.save_as(path)
        assert path.read_text(encoding="utf-8-sig").splitlines()[1].startswith('"\'=1+1, ""x""",')


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", ["/", "/measures", "/notices/lkz-2025-128", "/embed"])
def test_dark_rooms(site: str, browser: Browser, size: ViewportSize, place: str) -> None:
    """Where the system asks for it; every contrast holds, 高对比 still works, and paper stays light."""
    with open_page(browser, size, color_scheme="dark") as page:
        open_chat(page, site) if place == "/" else page.goto(f"{site}{place}")
        if place == "/embed":
            for question in (MONEY, TOTAL, RELATED):
                ask(page, question)
        assert page.evaluate(_LIGHTNESS) < 64 and unreadable(page) == [] and overflow(page) == 0
        page.evaluate("document.documentElement.dataset.contrast = 'high'")
        assert page.evaluate(_LIGHTNESS) == 0 and unreadable(page) == []
        page.emulate_media(media="print")
        ink = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ground')")
        assert ink == "#f3f5f8"


def test_on_paper_the_words_of_the_notice_stand_once_with_their_addresses(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(f"{site}/embed")
        answer = ask(page, MONEY)
        page.emulate_media(media="print")
        expect(answer.locator("blockquote")).to_be_visible()
        cards = answer.locator(".cite-card")
        assert cards.count() == 2
        for card in cards.all():
            address = card.locator(".cite-card__url")
            assert address.evaluate("e => getComputedStyle(e, '::after').content").startswith(
                '"/notices/lkz-2025-128#m9.'
            )
            expect(address).to_be_visible()
            expect(card.locator("button")).to_be_hidden()
        expect(cards.nth(0)).to_contain_text("（九）技术转移转化和推广服务 第3句")
        expect(cards.nth(0).locator(".paper-text")).to_be_hidden()
        expect(cards.nth(1).locator(".paper-text")).to_be_visible()
        assert answer.inner_text().count("对服务突出的省级中试基地，年度最高奖补200万元") == 1


def test_a_question_can_be_asked_without_what_was_taken_over(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(f"{site}/embed")
        ask(page, "中试基地一年奖多少？")
        answer = ask(page, "那什么时候申报？")
        expect(answer.locator(".understood")).to_contain_text("按“中试基地”理解")
        answer.get_by_role("button", name="不按“中试基地”理解，单独问这一句").click()
        expect(page.locator(".exchange")).to_have_count(3)
        alone = page.locator(".exchange:last-child .answer:not([data-status=working])")
        expect(alone.locator(".direct").first).to_contain_text("通知没有写明")
        expect(alone.locator(".understood")).to_have_count(0)
