"""The cards of citations on the chat page, in a real browser: how they open and close, and that all of them can be seen."""

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from assistant.ask import Assistant
from tests.browser import DESK, PHONE, SIZES, find_barriers, open_page, overflow
from tests.chat_page import LIST, QUESTIONS, ask, focused, open_chat
from tests.fake_assistant import make_table_answer
from ui.chat.conversation import tell_as_html

pytestmark = pytest.mark.browser

QUOTE = "对省级概念验证中心按绩效评价给予一定支持；对服务突出的省级中试基地，年度最高奖补200万元。"
# What of the open card cannot be seen, even by scrolling.
_HIDDEN_OF_CARD = """() => {
  const card = document.querySelector(".cite-card:not([hidden])").getBoundingClientRect();
  const scroll = document.getElementById("scroll"), view = scroll.getBoundingClientRect();
  const mark = document.querySelector(".cite[aria-expanded=true]").getBoundingClientRect();
  const below = card.bottom - view.bottom;
  return [
    ...(card.left < 0 || card.right > innerWidth ? ["beside"] : []),
    ...(card.top < view.top ? ["above"] : []),
    ...(below > 0 && mark.top > view.top + 12 ? ["below"] : []),
    ...(below > scroll.scrollHeight - scroll.clientHeight - scroll.scrollTop + 1 ? ["out of reach"] : []),
  ];
}"""

# Whether the corners of the open card are drawn above everything else.
_IS_WHOLE = """() => {
  const card = document.querySelector(".cite-card:not([hidden])"), at = card.getBoundingClientRect();
  const corners = [[at.left + 4, at.top + 4], [at.right - 4, at.top + 4], [at.left + 12, at.bottom - 8]];
  return corners.every(([x, y]) => card.contains(document.elementFromPoint(x, y)));
}"""


def test_a_card_opens_on_hover_tap_and_focus_and_closes_by_escape(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        page.clock.install()
        answer = ask(page, QUESTIONS["answered"])
        first, second = answer.locator(".cite").all()
        page.mouse.move(5, 5)
        card = answer.get_by_role("group", name="引文[1]")
        first.hover()
        expect(card).to_be_visible()
        expect(card).to_contain_text("鲁科字〔2025〕128号")
        expect(card).to_contain_text("（九）技术转移转化和推广服务")
        expect(card.locator(".paper-text")).to_have_text(QUOTE)
        card.locator(".paper-text").hover()
        page.clock.run_for(400)
        expect(card).to_be_visible()
        page.mouse.move(5, 5)
        expect(card).to_be_hidden()
        first.click()
        assert first.get_attribute("aria-expanded") == "true"
        # The card lies over the second mark.
        second.evaluate("mark => { mark.focus(); mark.click(); }")
        expect(card).to_be_hidden()
        expect(answer.get_by_role("group", name="引文[2]")).to_be_visible()
        page.keyboard.press("Escape")
        expect(answer.locator(".cite-card:visible")).to_have_count(0)
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert focused(page) == "引文[2]"
        expect(answer.get_by_role("group", name="引文[2]")).to_be_visible()
        page.keyboard.press("Tab")
        assert focused(page) == "关闭引文2"
        page.keyboard.press("Enter")
        assert focused(page) == "引文[2]"
        expect(answer.locator(".cite-card:visible")).to_have_count(0)


@pytest.mark.parametrize("prints", [(), ("大字",)], ids=["normal", "large"])
@pytest.mark.parametrize("size", SIZES)
def test_cards_stay_on_the_screen(site: str, browser: Browser, size: ViewportSize, prints: tuple[str, ...]) -> None:
    """All of a card, or as much as fits below its mark and can be scrolled to."""
    with open_page(browser, size) as page:
        open_chat(page, site)
        for name in prints:
            page.get_by_role("button", name=name).click()
        for question in (QUESTIONS["answered"], LIST):
            for mark in ask(page, question).locator(".cite").all()[::3]:
                mark.click()
                assert page.evaluate(_HIDDEN_OF_CARD) == [], question
                page.keyboard.press("Escape")


@pytest.mark.parametrize("size", SIZES)
def test_a_table_scrolls_by_itself_and_cuts_off_no_card(
    site: str, browser: Browser, assistant: Assistant, size: ViewportSize
) -> None:
    row = ("高价值专利培育中心（高校院所）", "最高给予200万元", "面向重点产业领域", "第（六）条")
    events = tell_as_html(make_table_answer(*([row] * 20)), assistant.corpus)
    body = b"".join(event.frame() for event in events)
    with open_page(browser, size) as page:
        open_chat(page, site)
        page.route("**/chat/ask", lambda route: route.fulfill(body=body, content_type="text/event-stream"))
        table = ask(page, LIST).locator(".table-scroll")
        assert table.evaluate("t => t.scrollWidth > t.clientWidth") is (size == PHONE)
        assert overflow(page) == 0 and find_barriers(page) == []
        for mark in table.locator(".cite").all()[::4]:
            mark.focus()
            assert mark.get_attribute("aria-expanded") == "true"
            assert page.evaluate(_HIDDEN_OF_CARD) == [] and page.evaluate(_IS_WHOLE)
        table.evaluate("t => t.scrollTo(0, 0)")
        page.locator("#scroll").evaluate("s => s.scrollTo(0, 0)")
        expect(page.locator(".cite-card:visible")).to_have_count(0)
