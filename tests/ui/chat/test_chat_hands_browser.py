"""The chat page by pointer and by keyboard, in a real browser: cards of citations, input methods, screen readers, no motion."""

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser import DESK, PHONE, SIZES, find_barriers, open_page, overflow
from tests.chat_page import LIST, QUESTIONS, ask, box, focused, latest, open_chat
from tests.fake_assistant import make_table_answer
from tests.ui.chat.conftest import Played

pytestmark = pytest.mark.browser

QUESTION = QUESTIONS["answered"]
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
def test_a_table_scrolls_by_itself_and_cuts_off_no_card(played: Played, browser: Browser, size: ViewportSize) -> None:
    row = ("高价值专利培育中心（高校院所）", "最高给予200万元", "面向重点产业领域", "第（六）条")
    played.assistant.prepared = make_table_answer(*([row] * 20))
    with open_page(browser, size) as page:
        open_chat(page, played.address)
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


def test_keyboard_alone_asks_opens_the_citation_the_source_and_the_feedback(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)

        def press_until(name: str, key: str = "Tab", most: int = 40) -> None:
            for _ in range(most):
                page.keyboard.press(key)
                if focused(page) == name:
                    assert page.evaluate("getComputedStyle(document.activeElement).boxShadow") != "none"
                    return
            raise AssertionError(f"{name} is not reached by {key}")

        press_until("跳到提问框", most=1)
        page.keyboard.press("Enter")
        expect(box(page)).to_be_focused()
        page.keyboard.type(QUESTION)
        page.keyboard.press("Enter")
        latest(page)
        press_until("引文[1]", "Shift+Tab")
        expect(page.get_by_role("group", name="引文[1]")).to_be_visible()
        press_until("在原文中查看", most=3)
        page.keyboard.press("Enter")
        expect(page.get_by_role("region", name="（九）技术转移转化和推广服务全文")).to_be_focused()
        press_until("收起原文", "Shift+Tab")
        page.keyboard.press("Enter")
        assert focused(page) == "引文[1]"
        press_until("有问题")
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowRight")
        press_until("提交反馈", most=6)
        with page.expect_response("**/api/v1/feedback") as told:
            page.keyboard.press("Enter")
        assert told.value.ok
        press_until("“技术转移转化和推广服务”讲什么？")
        page.keyboard.press("Enter")
        expect(page.locator(".question").last).to_be_focused()
        expect(latest(page).locator(".direct")).to_contain_text("共6句")


def test_enter_belongs_to_the_input_method_while_it_composes(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        box(page).focus()
        devtools = page.context.new_cdp_session(page)
        devtools.send("Input.imeSetComposition", {"text": "zhong'shi", "selectionStart": 9, "selectionEnd": 9})
        enter = {"type": "rawKeyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
        devtools.send("Input.dispatchKeyEvent", enter)
        devtools.send("Input.insertText", {"text": "中试基地一年奖多少？"})
        # After the composition some browsers tell by the number 229 alone, others by isComposing alone.
        for options in ("{keyCode: 229}", "{keyCode: 13, isComposing: true}"):
            page.evaluate(
                f"document.activeElement.dispatchEvent(new KeyboardEvent('keydown',"
                f" {{key: 'Enter', bubbles: true, cancelable: true, ...{options}}}))"
            )
        expect(page.locator(".question")).to_have_count(0)
        page.keyboard.press("Shift+Enter")
        expect(page.locator(".question")).to_have_count(0)
        page.keyboard.press("Enter")
        expect(page.locator(".question")).to_have_text(QUESTION)


def test_answers_are_announced_by_the_sentence(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        heard = """() => {
          window.heard = [];
          new MutationObserver((changes) => changes.forEach((change) =>
            change.addedNodes.forEach((node) => window.heard.push(node.textContent))))
            .observe(document.getElementById("announcer"), { childList: true, subtree: true });
        }"""
        page.evaluate(heard)
        ask(page, QUESTION)
        assert page.evaluate("window.heard") == [
            "正在回答",
            "多少：年度最高奖补200万元；给谁：服务突出的省级中试基地；怎么给：年度；条件：服务突出",
            "回答：通知有明确规定",
        ]
        assert page.locator("[aria-live]:not(gradio-app *)").count() == 1


def test_nothing_moves_for_who_wants_that(played: Played, browser: Browser) -> None:
    played.hold()
    with open_page(browser, DESK, reduced_motion="reduce") as page:
        open_chat(page, played.address)
        box(page).fill(QUESTION)
        box(page).press("Enter")
        page.locator(".answer[data-status=working]").wait_for()
        moving = "[...document.getAnimations()].filter((a) => a.playState === 'running').length"
        assert page.evaluate(moving) == 0
