"""The page in the frame, by itself in a narrow window: it asks, cites, keeps nothing, says what failed and tries again."""

import json
from typing import Literal, TypedDict

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, ViewportSize, expect

from assistant.ask import Assistant
from tests.browser import find_barriers, foreign_words, open_page, overflow
from tests.chat_page import LIST, QUESTIONS
from tests.conftest import SEED
from tests.fake_assistant import make_table_answer
from tests.ui.embed.widget_host import FORBID_STORES
from ui.embed.conversation import tell_as_html

pytestmark = pytest.mark.browser
BUSY = {"status": 503, "detail": "现在提问的人太多，请过几秒再试。", "retry_after": 2}
FRAME: ViewportSize = {"width": 406, "height": 600}
PRINTED = SEED.read_text(encoding="utf-8")


def ask(page: Page, question: str) -> Locator:
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")
    return latest(page)


def latest(page: Page) -> Locator:
    answer = page.locator(".exchange:last-child .answer:not([data-status=working])")
    answer.wait_for()
    return answer


class Refusal(TypedDict, total=False):
    """What is answered in place of the service."""

    status: int
    json: object
    body: str
    content_type: str
    headers: dict[str, str]


def refuse(page: Page, answer: Refusal) -> None:
    page.route("**/chat/ask", lambda route: route.fulfill(**answer))


def test_every_status_is_drawn(site: str, browser: Browser) -> None:
    """Without a store, without barriers, in Chinese, and not wider than the frame."""
    with open_page(browser, FRAME) as page:
        page.add_init_script(FORBID_STORES)
        page.goto(f"{site}/embed")
        assert find_barriers(page) == [] and foreign_words(page, PRINTED) == [] and overflow(page) == 0
        # A question without a subject would take it from the one before.
        for status, question in sorted(QUESTIONS.items(), key=lambda item: item[0] != "needs_detail"):
            assert ask(page, question).get_attribute("data-status") == status
            expect(page.locator(".exchange:last-child .answer__status strong")).to_be_visible()
        assert ask(page, LIST).locator(".items li").count() > 5
        assert find_barriers(page) == [] and foreign_words(page, PRINTED) == [] and overflow(page) == 0
        page.set_viewport_size({"width": 320, "height": 500})
        assert overflow(page) == 0
        links = page.evaluate("[...document.links].map((a) => [a.target, a.rel, new URL(a.href).origin])")
        assert len(links) > 20 and {tuple(link) for link in links} == {("_blank", "noopener", site)}
        assert page.evaluate("document.fonts.size") == 0 and page.url == f"{site}/embed"


def test_citations_open_in_place_and_the_notice_outside(site: str, browser: Browser) -> None:
    with open_page(browser, FRAME) as page:
        page.goto(f"{site}/embed")
        answer = ask(page, QUESTIONS["answered"])
        mark = answer.locator(".cite").first
        mark.press(" ")
        card = answer.locator(".cite-card:not([hidden])")
        expect(card).to_contain_text("年度最高奖补200万元")
        expect(mark).to_have_attribute("aria-expanded", "true")
        assert find_barriers(page) == []
        page.keyboard.press("Tab")
        expect(card.get_by_role("button", name="关闭引文1")).to_be_focused()
        page.keyboard.press("Escape")
        expect(card).to_have_count(0)
        expect(mark).to_be_focused()
        answer.locator(".cite").nth(1).click()
        with page.expect_popup() as opened:
            card.get_by_role("link", name="在原文中查看").click()
        assert opened.value.url.startswith(f"{site}/notices/lkz-2025-128#m9")
        assert opened.value.evaluate("window.opener") is None


def test_the_input_method_keeps_its_enter(site: str, browser: Browser) -> None:
    with open_page(browser, FRAME) as page:
        page.goto(f"{site}/embed?question=中试基地")
        page.locator("#question").focus()
        press = """(options) => document.activeElement.dispatchEvent(
          new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...options }))"""
        assert page.evaluate(press, {"isComposing": True}) is True
        assert page.evaluate(press, {"keyCode": 229}) is True
        assert page.evaluate(press, {"shiftKey": True}) is True
        assert page.locator(".exchange").count() == 0
        assert page.evaluate(press, {"keyCode": 13}) is False
        expect(page.locator(".exchange")).to_have_count(1)


def test_a_conversation_lives_in_memory_only(site: str, browser: Browser) -> None:
    with open_page(browser, FRAME) as page:
        sent: list[dict[str, list[dict[str, str]]]] = []
        page.on("request", lambda r: sent.append(json.loads(r.post_data or "")) if "/chat/ask" in r.url else None)
        page.goto(f"{site}/embed")
        page.get_by_role("button", name="中试基地一年奖多少？").click()
        latest(page).locator(".chip").first.click()
        expect(page.locator(".question").last).to_be_focused()
        latest(page)
        assert [turn["role"] for turn in sent[1]["history"]] == ["user", "assistant"]
        assert (
            sent[1]["history"][0]["content"] == "中试基地一年奖多少？" and "200万元" in sent[1]["history"][1]["content"]
        )
        page.get_by_role("button", name="清空对话").click()
        expect(page.locator("#question")).to_be_focused()
        expect(page.get_by_text("可以这样问")).to_be_visible()
        ask(page, "第九条讲什么？")
        assert sent[2]["history"] == []
        assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
        page.reload()
        assert page.locator(".exchange").count() == 0


def test_an_answer_that_came_without_script_is_remembered(site: str, browser: Browser) -> None:
    with open_page(browser, FRAME) as page:
        page.route("**/embed/frame.js", lambda route: route.abort())
        page.goto(f"{site}/embed?question=中试基地一年奖多少？")
        page.get_by_role("button", name="提问", exact=True).click()
        latest(page)
        page.unroute("**/embed/frame.js")
        page.goto(f"{site}/embed")
        page.evaluate(
            """() => {
              const form = document.createElement("form");
              form.method = "post";
              form.action = "/embed";
              form.append(Object.assign(document.createElement("input"), { name: "question", value: "第九条讲什么？" }));
              document.body.append(form);
              form.submit();
            }"""
        )
        latest(page)
        with page.expect_request("**/chat/ask") as sent:
            ask(page, "归谁管？")
        history = json.loads(sent.value.post_data or "")["history"]
        assert history[0]["content"] == "第九条讲什么？" and len(history) == 2


FAILURES: dict[str, tuple[Refusal, str]] = {
    "busy": ({"status": 503, "json": BUSY}, "现在提问的人太多"),
    "flood": ({"status": 429, "json": {"detail": "请求太频繁。"}, "headers": {"Retry-After": "2"}}, "请求太频繁"),
    "html": ({"status": 200, "content_type": "text/html", "body": "<h1>请先登录</h1>"}, "回答没有传完"),
    "error": ({"status": 500, "content_type": "text/html", "body": "<h1>500</h1>"}, "请稍后再试"),
    "cut": ({"status": 200, "content_type": "text/event-stream", "body": "event: done\ndata: {"}, "回答没有传完"),
    "broken": (
        {"status": 200, "content_type": "text/event-stream", "body": "event: done\ndata: {\n\n"},
        "回答没有传完",
    ),
    "told": (
        {"status": 200, "body": 'event: error\ndata: {"status": 500, "detail": "出错了", "error_number": "ab12"}\n\n'},
        "错误编号 ab12",
    ),
}


def test_what_failed_is_said_and_tried_again(site: str, browser: Browser) -> None:
    with open_page(browser, FRAME) as page:
        page.clock.install()
        page.goto(f"{site}/embed")
        for answer, said in FAILURES.values():
            refuse(page, answer)
            card = ask(page, QUESTIONS["answered"])
            assert card.get_attribute("data-status") == "error"
            expect(card).to_contain_text(said)
            assert "请先登录" not in card.inner_text()
            page.unroute("**/chat/ask")
            if "秒" in card.get_by_role("button").inner_text():
                expect(card.get_by_role("button")).to_be_disabled()
                page.clock.run_for(2_500)
            card.get_by_role("button", name="再次提问").click()
            expect(latest(page)).to_have_attribute("data-status", "answered")
        assert page.locator(".exchange").count() == len(FAILURES)
        page.route("**/chat/ask", lambda route: route.abort())
        expect(ask(page, QUESTIONS["answered"])).to_contain_text("连不上服务器")
        assert find_barriers(page) == []


def test_a_running_answer_can_be_stopped(site: str, browser: Browser) -> None:
    with open_page(browser, FRAME) as page:
        held: list[Route] = []
        page.route("**/chat/ask", lambda route: held.append(route))
        page.goto(f"{site}/embed")
        page.locator("#question").fill(QUESTIONS["answered"])
        page.get_by_role("button", name="提问", exact=True).click()
        expect(page.locator(".answer[data-status=working]")).to_be_visible()
        assert find_barriers(page) == []
        page.get_by_role("button", name="停止").click()
        expect(latest(page)).to_contain_text("您停止了这次回答")
        page.locator("#question").fill("第九条讲什么？")
        page.get_by_role("button", name="提问", exact=True).click()
        page.get_by_role("button", name="清空对话").click()
        expect(page.locator(".exchange")).to_have_count(0)
        expect(page.get_by_role("button", name="提问", exact=True)).to_be_visible()


def test_motion_is_left_out_where_it_is_not_wanted(site: str, browser: Browser) -> None:
    moved = []
    wishes: tuple[Literal["no-preference", "reduce"], ...] = ("no-preference", "reduce")
    for wish in wishes:
        with open_page(browser, FRAME, reduced_motion=wish) as page:
            page.route("**/chat/ask", lambda route: None)
            page.goto(f"{site}/embed?lang=en")
            page.locator("#question").fill("What support is there?")
            page.locator("#question").press("Enter")
            page.locator(".answer[data-status=working]").wait_for()
            moved.append(page.evaluate("document.getAnimations().length"))
            assert foreign_words(page, PRINTED) == []
    assert moved == [1, 0]


def test_a_table_scrolls_by_itself_and_has_its_cards_below(site: str, browser: Browser, assistant: Assistant) -> None:
    row = ("高价值专利培育中心（高校院所）", "最高给予200万元", "面向重点产业领域", "第（六）条")
    body = b"".join(event.frame() for event in tell_as_html(make_table_answer(row, row), assistant.corpus))
    with open_page(browser, FRAME) as page:
        page.goto(f"{site}/embed")
        page.route("**/chat/ask", lambda route: route.fulfill(body=body, content_type="text/event-stream"))
        table = ask(page, LIST).locator(".table-scroll")
        assert table.evaluate("t => t.scrollWidth > t.clientWidth") and overflow(page) == 0
        table.locator(".cite").last.click()
        expect(page.locator(".table-scroll + .cite-card")).to_be_visible()
        assert find_barriers(page) == [] and overflow(page) == 0
        page.keyboard.press("Escape")
        expect(page.locator(".cite-card:visible")).to_have_count(0)
