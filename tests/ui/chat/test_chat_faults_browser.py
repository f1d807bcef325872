"""What the chat page does when there is no answer, no gradio or no sound store: in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import DESK, PHONE, open_page
from tests.chat_page import BUSY, QUESTIONS, ask, box, hold_answers, latest, open_chat, refuse_answers, release_answers

pytestmark = pytest.mark.browser

QUESTION = QUESTIONS["answered"]


def test_a_busy_service_counts_down_and_then_answers(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        refuse_answers(page, {**BUSY, "retry_after": 90})
        page.clock.install()
        failed = ask(page, QUESTION)
        expect(failed).to_contain_text("现在提问的人太多，请过几秒再试。")
        expect(failed.get_by_role("button", name="再次提问（")).to_be_disabled()
        assert page.locator(".question").inner_text() == QUESTION
        release_answers(page)
        page.clock.run_for(90_000)
        failed.get_by_role("button", name="再次提问", exact=True).click()
        expect(latest(page).locator(".direct")).to_contain_text("200万元")
        expect(page.locator(".exchange")).to_have_count(1)


def cut_off(page: Page) -> None:
    body = 'event: step\ndata: {"step": "understand", "label": "x"}\n\nevent: part\ndata: {"html": "<p>半'
    page.route("**/chat/ask", lambda route: route.fulfill(body=body, headers={"content-type": "text/event-stream"}))


FAULTS: dict[str, tuple[Callable[[Page], object], str]] = {
    "no network": (lambda page: page.route("**/chat/ask", lambda route: route.abort()), "连不上服务器"),
    "cut off": (cut_off, "回答没有传完"),
    "no problem": (lambda page: page.route("**/chat/ask", lambda r: r.fulfill(status=502, body="<h1>Bad")), "没有完成"),
    "a number": (
        lambda page: refuse_answers(page, {"status": 500, "detail": "没有完成。", "error_number": "abcd1234"}, 500),
        "错误编号 abcd1234",
    ),
}


def test_every_fault_is_explained_and_the_question_kept(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        for prepare, explained in FAULTS.values():
            prepare(page)
            failed = ask(page, QUESTION)
            expect(failed).to_contain_text(explained)
            assert failed.get_attribute("data-status") == "error"
            failed.get_by_role("button", name="修改问题").click()
            expect(page.locator(".exchange")).to_have_count(0)
            assert box(page).input_value() == QUESTION
            release_answers(page)
        expect(ask(page, QUESTION).locator(".direct")).to_contain_text("200万元")


def test_the_english_page_explains_faults_in_english(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site, "/?lang=en")
        expect(ask(page, "??")).to_contain_text("This cannot be asked as it is.")
        page.get_by_role("button", name="Clear").click()
        refuse_answers(page, BUSY)
        failed = ask(page, "How many measures are there?")
        expect(failed).to_contain_text("The service is busy.")
        assert not re.search("[\u4e00-\u9fff]", failed.inner_text())


def test_without_scripts_the_page_leads_to_the_notice(site: str, browser: Browser) -> None:
    with open_page(browser, DESK, java_script_enabled=False) as page:
        page.goto(site)
        expect(page.get_by_text("提问需要浏览器开启脚本")).to_be_visible()
        expect(page.get_by_role("textbox")).to_have_count(0)
        page.get_by_role("link", name="知识产权服务").click()
        expect(page.get_by_role("heading", level=3, name="（六）知识产权服务")).to_be_visible()


def test_what_cannot_be_asked_stays_in_the_box(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        for empty in ("", "   ", "\n"):
            box(page).fill(empty)
            box(page).press("Enter")
        expect(page.locator(".exchange")).to_have_count(0)
        expect(ask(page, "？？")).to_contain_text("问题里没有文字")
        assert box(page).input_value() == "？？"


def test_an_answer_can_be_stopped_and_asked_again(site: str, browser: Browser) -> None:
    with open_page(browser, PHONE) as page:
        open_chat(page, site)
        hold_answers(page)
        box(page).fill(QUESTION)
        box(page).press("Enter")
        working = page.locator(".answer[data-status=working]")
        expect(working.locator("[aria-current=step]")).to_have_text("理解问题")
        box(page).fill("下一个问题")
        box(page).press("Enter")
        expect(page.locator(".exchange")).to_have_count(1)
        page.get_by_role("button", name="停止").click()
        stopped = latest(page)
        expect(stopped).to_contain_text("您停止了这次回答")
        assert box(page).input_value() == "下一个问题"
        release_answers(page)
        stopped.get_by_role("button", name="再次提问").click()
        expect(latest(page).locator(".direct")).to_contain_text("200万元")


def test_a_question_that_was_open_at_a_reload_is_kept(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        hold_answers(page)
        box(page).fill(QUESTION)
        box(page).press("Enter")
        page.locator(".answer[data-status=working]").wait_for()
        page.reload()
        # Only now: an answer that is let through sooner may arrive before the page is left.
        release_answers(page)
        unfinished = latest(page)
        expect(unfinished).to_contain_text("上次没有答完")
        unfinished.get_by_role("button", name="再次提问").click()
        expect(latest(page).locator(".direct")).to_contain_text("200万元")


def test_the_page_answers_before_gradio_starts_and_without_it(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.route("**/assets/**", lambda route: route.abort())
        page.goto(site)
        page.get_by_label("您的问题").fill(QUESTION)
        page.keyboard.press("Enter")
        expect(latest(page).locator(".direct")).to_contain_text("200万元")
        page.get_by_label("您的问题").fill("第九条讲什么")
        page.get_by_role("button", name="提问", exact=True).click()
        expect(page.locator(".question")).to_have_count(2)


def test_what_is_typed_before_gradio_starts_is_kept(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.goto(site, wait_until="commit")
        early = page.locator("#question-early")
        early.fill("中试基地")
        page.locator("#question textarea").wait_for()
        page.wait_for_function("() => !document.getElementById('stand-in')")
        expect(box(page)).to_have_value("中试基地")
        expect(box(page)).to_be_focused()
        page.keyboard.type("一年奖多少？")
        page.keyboard.press("Enter")
        expect(page.locator(".question")).to_have_text(QUESTION)


def test_a_broken_or_foreign_store_does_no_harm(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        for kept in ("{", "[]", "null", '{"exchanges": "x"}', '{"exchanges": [1, {"question": 2}], "open": 3}'):
            page.evaluate("kept => localStorage.setItem('policy.talk', kept)", kept)
            page.reload()
            expect(page.locator("html[data-ready]")).to_be_attached()
            expect(page.get_by_role("heading", level=1, name="问政策，看原文")).to_be_visible()
