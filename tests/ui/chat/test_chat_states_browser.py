"""The chat page for everybody: no barrier that axe finds in any state, both languages, large targets, low windows."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser import DESK, PHONE, find_barriers, foreign_words, open_page, overflow
from tests.chat_page import LIST, QUESTIONS, ask, box, clear, latest, open_chat
from tests.ui.chat.conftest import Played

pytestmark = pytest.mark.browser

QUESTION = QUESTIONS["answered"]
SIZES = [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone")]


def show_card(page: Page) -> None:
    ask(page, QUESTION).locator(".direct .cite").click()
    page.locator(".cite-card:visible").wait_for()


def show_source(page: Page) -> None:
    ask(page, QUESTION).get_by_role("link", name="看上下文").click()
    page.locator(".panel mark >> visible=true").wait_for()


def show_feedback(page: Page) -> None:
    ask(page, QUESTION).get_by_role("button", name="有问题").click()
    page.locator(".reasons:visible").wait_for()


def show_cleared(page: Page) -> None:
    ask(page, QUESTION)
    clear(page)
    page.get_by_role("button", name="撤销").wait_for()


def asking(question: str) -> Callable[[Page], object]:
    return lambda page: ask(page, question)


STATES: dict[str, Callable[[Page], object]] = {
    "empty": lambda page: None,
    **{status: asking(question) for status, question in QUESTIONS.items()},
    "list": asking(LIST),
    "card": show_card,
    "source": show_source,
    "feedback": show_feedback,
    "error": asking("？？"),
    "cleared": show_cleared,
}
MODES = {"": (), "large": ("大字",), "large contrast": ("高对比",), "contrast": ("大字",)}
FULLY_CHECKED = {"empty", "answered", "source"}


def settle(page: Page) -> None:
    """Back to the greeting, in normal print."""
    page.keyboard.press("Escape")
    page.evaluate("document.querySelectorAll('[data-toggle][aria-pressed=true]').forEach((button) => button.click())")
    if page.locator(".question").count():
        clear(page)


# Links inside a text are exempt, as in WCAG 2.5.8.
_SMALL = """() => [...document.querySelectorAll("a, button, input, textarea, summary, [tabindex='0']")]
  .filter((e) => e.checkVisibility() && !e.matches(".skip, .anchor, .dept, .small a"))
  .map((e) => [e.closest("label") ?? e, (e.closest("label") ?? e).getBoundingClientRect()])
  .filter(([, r]) => r.width > 0 && (r.width < 24 || r.height < 24))
  .map(([e, r]) => `too small: ${e.outerHTML.slice(0, 80)} ${r.width}x${r.height}`)"""
_TOGGLES = {"大字": "print", "高对比": "contrast"}
_PICTURES = Path(".screenshots")


def find_faults(page: Page) -> list[str]:
    return [*find_barriers(page), *([f"{overflow(page)} px too wide"] if overflow(page) else [])]


def find_faults_of_normal_print(page: Page) -> list[str]:
    """What is too small to be pressed, and English words."""
    return [*page.evaluate(_SMALL), *foreign_words(page)]


@pytest.mark.parametrize("size", SIZES)
def test_every_state_is_accessible_and_shown(site: str, browser: Browser, size: ViewportSize) -> None:
    """Each in normal print and in both switches together, the greatest in all four; pictures go where git keeps none."""
    _PICTURES.mkdir(exist_ok=True)
    faults: dict[str, list[str]] = {}
    with open_page(browser, size) as page:
        open_chat(page, site)
        assert page.evaluate("[document.documentElement.lang, navigator.language]") == ["zh-CN", "zh-CN"]
        assert page.title() == "政策问答"
        for name, prepare in STATES.items():
            prepare(page)
            faults[name] = find_faults_of_normal_print(page)
            for mode, pressed in MODES.items():
                for switch in pressed:
                    # Behind the sheet it cannot be pressed, so the sheet is no reason not to look at it.
                    page.evaluate(f"document.querySelector('[data-toggle={_TOGGLES[switch]}]').click()")
                if mode in ("", "large contrast") or (name in FULLY_CHECKED and size is DESK):
                    faults[f"{name} {mode}"] = find_faults(page)
                    picture = f"chat-{name}-{mode.replace(' ', '-') or 'normal'}-{size['width']}.jpg"
                    page.screenshot(path=_PICTURES / picture, type="jpeg")
            settle(page)
    assert {state: found for state, found in faults.items() if found} == {}


@pytest.mark.parametrize("size", SIZES)
def test_waiting_is_accessible_and_shown(played: Played, browser: Browser, size: ViewportSize) -> None:
    played.hold()
    with open_page(browser, size) as page:
        open_chat(page, played.address)
        box(page).fill(QUESTION)
        box(page).press("Enter")
        page.locator(".answer[data-status=working]").wait_for()
        page.screenshot(path=_PICTURES / f"chat-working-{size['width']}.jpg", type="jpeg")
        assert find_faults_of_normal_print(page) == [] == find_faults(page)
        page.get_by_role("button", name="停止").click()
        expect(latest(page)).to_have_attribute("data-status", "stopped")
        assert find_faults_of_normal_print(page) == [] == find_faults(page)


def test_english_by_the_browser_and_by_the_switch(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        page.get_by_role("link", name="English").click()
        page.locator("#send.ready").wait_for()
        expect(page.get_by_role("heading", level=1, name="Ask about policy")).to_be_visible()
        page.get_by_role("button", name="How much does a pilot base get?").click()
        expect(latest(page).locator(".answer__status")).to_contain_text("Stated in the notice")
        expect(latest(page).get_by_role("button", name="Copy with citations")).to_be_visible()
        page.goto(site)
        page.wait_for_url("**/?lang=en")
        page.locator("#send.ready").wait_for()
        assert page.evaluate("[document.documentElement.lang, navigator.language]") == ["en", "en"]
        assert find_barriers(page) == []
        page.get_by_role("link", name="中文").click()
        expect(page.get_by_role("button", name="清空对话")).to_be_visible()
    context = browser.new_context(locale="en-GB")
    english = context.new_page()
    english.goto(site)
    assert english.evaluate("document.documentElement.lang") == "en"
    context.close()


def test_a_low_or_enlarged_window_scrolls_as_a_whole(site: str, browser: Browser) -> None:
    """1280 pixels at fourfold zoom are 320 by 215: header, answer and question box cannot all stand still."""
    with open_page(browser, {"width": 320, "height": 215}) as page:
        open_chat(page, site)
        answer = ask(page, QUESTION)
        assert overflow(page) == 0
        answer.get_by_role("button", name="有用", exact=True).scroll_into_view_if_needed()
        answer.get_by_role("button", name="有用", exact=True).click()
        assert find_barriers(page) == []
