"""Every state of the server-rendered pages in a real browser: accessible, in every print, also without scripts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser import DESK, SIZES, find_barriers, foreign_words, open_page, overflow
from tests.conftest import SEED, SEED_ID

pytestmark = pytest.mark.browser

READER = f"/notices/{SEED_ID}"


def open_contents(page: Page) -> None:
    if page.locator(".toc details").get_attribute("open") is None:
        page.locator(".toc summary").click()


STATES: list[tuple[str, str, Callable[[Page], None]]] = [
    ("reader-cited", f"{READER}#m9.3", lambda page: None),
    ("reader-contents", READER, open_contents),
    ("measures", "/measures", lambda page: None),
    ("measures-filtered", "/measures?department=省财政厅&sums=yes", lambda page: None),
    ("measures-none", "/measures?words=xyz", lambda page: None),
    ("measures-by-sum", "/measures?sort=sum&sums=yes", lambda page: None),
    ("match", "/match", lambda page: None),
    ("match-told", "/match?told=我们是青岛一家做检测的高新技术企业，30人", lambda page: None),
    ("match-chosen", "/match?kind=中试基地&level=省级", lambda page: None),
    ("match-none", "/match?kind=没有这样的单位", lambda page: None),
    ("notices", "/notices", lambda page: None),
    ("missing", "/notices/none", lambda page: None),
    ("reader-english", f"{READER}?lang=en#m9.3", lambda page: None),
    ("measures-english", "/measures?lang=en", lambda page: None),
    ("match-english", "/match?lang=en&kind=孵化器&told=做检测", lambda page: None),
    ("notices-english", "/notices?lang=en", lambda page: None),
    ("missing-english", "/notices/none?lang=en", lambda page: None),
]


_MODES = (("normal", ""), ("large", "大字"), ("both", "高对比"), ("contrast", "大字"))
_TOGGLES = {"大字": "print", "高对比": "contrast"}
_FULLY_CHECKED = {"reader-cited", "measures"}
# They look all alike: once all have been seen, the cited one and the first of each chapter or table stand for them.
_MORE_MEASURES = ".measure ~ .measure:not(:has(:target)), tr[data-text] ~ tr[data-text]"
_PICTURES = Path(".screenshots")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("name", "path", "prepare"), STATES, ids=[s[0] for s in STATES])
def test_every_state_is_accessible(
    site: str, browser: Browser, size: ViewportSize, name: str, path: str, prepare: Callable[[Page], None]
) -> None:
    """The two great pages in every print, the others in normal and in both; the switches are pressed in turn.

    For whoever wants to look there are pictures beside the repository's files, which git does not keep.
    """
    found = {}
    _PICTURES.mkdir(exist_ok=True)
    with open_page(browser, size) as page:
        page.goto(site + path)
        prepare(page)
        picture = page.screenshot(path=_PICTURES / f"{name}-{size['width']}.jpg", type="jpeg")
        for mode, pressed in _MODES:
            if pressed:
                page.locator(f"[data-toggle={_TOGGLES[pressed]}]").click()
                page.mouse.move(0, 0)
            if name in _FULLY_CHECKED or mode in ("normal", "both"):
                barriers = find_barriers(page, "" if name in _FULLY_CHECKED and not pressed else _MORE_MEASURES)
                found[mode] = [*barriers, *([f"{overflow(page)} px too wide"] if overflow(page) else [])]
        found["words"] = foreign_words(page, SEED.read_text(encoding="utf-8"))
    assert set(found) >= {"normal", "both"} and not any(found.values()), found
    assert len(picture) > 5_000


def test_the_language_is_switched_and_remembered(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(f"{site}/measures?department=省财政厅&sums=yes")
        page.get_by_role("link", name="English").click()
        expect(page.get_by_role("heading", level=1, name="Measures")).to_be_visible()
        expect(page.get_by_role("status")).to_have_text("Showing 3 of 16")
        page.get_by_label("Keyword").fill("中试")
        expect(page.get_by_role("status")).to_have_text("Showing 1 of 16")
        page.reload()
        expect(page.get_by_role("status")).to_have_text("Showing 1 of 16")
        page.locator("tr[data-text]:visible .name > a").first.click()
        expect(page.locator("[data-arrival]")).to_have_text("You are at: （九）技术转移转化和推广服务")
        page.get_by_role("link", name="Ask about this: （九）技术转移转化和推广服务").click()
        page.wait_for_url("**/?lang=en")
        expect(page.locator("textarea")).to_have_value("What does “技术转移转化和推广服务” say?")
        # An address without a language, as somebody else may have sent it.
        page.goto(f"{site}{READER}#m9.responsibility")
        expect(page.locator("[data-arrival]")).to_have_text("You are at: （九）, responsibility")
        page.get_by_role("link", name="中文").click()
        expect(page.get_by_role("link", name="English")).to_be_visible()
        page.goto(f"{site}/measures?lang=xx&words=%22%3E%3Cb%3E%5C")
        expect(page.get_by_role("heading", level=1, name="措施一览")).to_be_visible()
    with open_page(browser, DESK, java_script_enabled=False) as plain:
        plain.goto(f"{site}/measures?lang=en")
        plain.get_by_label("Keyword").fill("中试基地")
        plain.get_by_role("button", name="Filter").click()
        expect(plain.get_by_role("status")).to_have_text("Showing 1 of 16")


def test_the_switches_are_remembered(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(site + READER)
        page.get_by_role("button", name="大字").click()
        page.get_by_role("button", name="高对比").click()
        page.goto(f"{site}/measures", wait_until="commit")
        page.wait_for_selector("body")
        assert page.locator("html").get_attribute("data-print") == "large"
        assert page.locator("html").get_attribute("data-contrast") == "high"
        expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
        page.get_by_role("button", name="大字").click()
        page.reload()
        assert page.locator("html").get_attribute("data-print") is None
        expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "false")


def test_a_wish_for_more_contrast_is_met(site: str, browser: Browser) -> None:
    with open_page(browser, DESK, contrast="more") as page:
        page.goto(site + READER)
        assert page.locator("html").get_attribute("data-contrast") == "high"


@pytest.mark.parametrize("size", SIZES)
def test_the_pages_work_without_scripts(site: str, browser: Browser, size: ViewportSize) -> None:
    with open_page(browser, size, java_script_enabled=False) as page:
        page.goto(f"{site}{READER}#m9.3")
        box = page.locator("#m9\\.3").bounding_box()
        assert box and 0 <= box["y"] < size["height"]
        expect(page.locator("#m9").get_by_role("button")).to_be_hidden()
        expect(page.get_by_role("button", name="大字")).to_be_hidden()
        page.goto(f"{site}/measures")
        page.get_by_label("关键词").fill("中试基地")
        page.get_by_label("责任部门").select_option("省财政厅")
        page.get_by_role("button", name="筛选").click()
        assert page.locator("tr[data-text]:visible .name > a:first-child").all_inner_texts() == [
            "技术转移转化和推广服务"
        ]
        page.get_by_role("link", name="清除筛选").click()
        assert page.locator("tr[data-text]:visible").count() == 16
