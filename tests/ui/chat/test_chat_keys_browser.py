"""The chat page by keyboard alone, with input methods, for screen readers and for who wants no motion: in a real browser."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import DESK, open_page
from tests.chat_page import QUESTIONS, ask, box, focused, hold_answers, latest, open_chat

pytestmark = pytest.mark.browser

QUESTION = QUESTIONS["answered"]


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
        expect(page.locator(".exchange")).to_have_count(0)
        page.keyboard.press("Shift+Enter")
        expect(page.locator(".exchange")).to_have_count(0)
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
            "对服务突出的省级中试基地，年度最高奖补200万元。",
            "对省级概念验证中心按绩效评价给予一定支持；对服务突出的省级中试基地，年度最高奖补200万元。",
            "回答：通知有明确规定",
        ]
        assert page.locator("[aria-live]:not(gradio-app *)").count() == 1


def test_nothing_moves_for_who_wants_that(site: str, browser: Browser) -> None:
    with open_page(browser, DESK, reduced_motion="reduce") as page:
        open_chat(page, site)
        hold_answers(page)
        box(page).fill(QUESTION)
        box(page).press("Enter")
        page.locator(".answer[data-status=working]").wait_for()
        moving = "[...document.getAnimations()].filter((a) => a.playState === 'running').length"
        assert page.evaluate(moving) == 0
