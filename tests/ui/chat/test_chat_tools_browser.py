"""What a visitor does with an answer: copy, share, print, hear and rate it, in a real browser."""

import json
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from corpus.store import Corpus
from tests.browser import DESK, PATIENCE, SPEECH, open_page, run_service
from tests.chat_page import (
    QUESTIONS,
    ask,
    box,
    clear,
    open_chat,
)
from tests.fake_assistant import FakeAssistant
from ui.feedback.store import FeedbackStore
from ui.server import create_app
from ui.settings import UiSettings

pytestmark = pytest.mark.browser

QUESTION = QUESTIONS["answered"]


def test_copy_holds_words_citations_and_addresses(site: str, browser: Browser) -> None:
    with open_page(browser, DESK, permissions=["clipboard-read", "clipboard-write"]) as page:
        open_chat(page, site)
        answer = ask(page, QUESTION)
        answer.get_by_role("button", name="复制含引文").click()
        expect(answer.get_by_role("status")).to_have_text("已复制")
        copied = page.evaluate("navigator.clipboard.readText()").splitlines()
        assert copied[0] == f"问：{QUESTION}" and copied[-1] == "本回答由程序自动生成，以通知原文为准。"
        assert f"{site}/notices/lkz-2025-128#m9.3" in "".join(copied) and "鲁科字〔2025〕128号" in "".join(copied)
        answer.get_by_role("button", name="分享").click()
        expect(answer.get_by_role("status")).to_have_text("链接已复制")
        link = page.evaluate("navigator.clipboard.readText()")
        assert link.startswith(f"{site}/#q=") and "200" not in link
        page.goto("about:blank")
        page.goto(link)
        expect(page.locator(".question")).to_have_text([QUESTION, QUESTION])
        page.get_by_role("button", name="复制引用").click()
        expect(page.locator("#announcer")).to_contain_text("已复制")
        assert page.evaluate("navigator.clipboard.readText()").endswith(f"{site}/notices/lkz-2025-128#m9.3")


def test_copying_works_without_a_clipboard_of_the_browser(site: str, browser: Browser) -> None:
    """As on an address without https."""
    with open_page(browser, DESK) as page:
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        open_chat(page, site)
        answer = ask(page, QUESTION)
        answer.get_by_role("button", name="复制含引文").click()
        expect(answer.get_by_role("status")).to_have_text("已复制")
        box(page).press("Control+v")
        assert box(page).input_value().startswith(f"问：{QUESTION}")


def test_reading_aloud_says_the_answer_without_its_marks(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.add_init_script(SPEECH)
        open_chat(page, site)
        answer = ask(page, QUESTION)
        answer.get_by_role("button", name="朗读").click()
        expect(answer.get_by_role("button", name="停止朗读")).to_be_visible()
        said = page.evaluate("window.spoken")
        assert {language for language, _ in said} == {"zh-CN"}
        assert [text for _, text in said][:2] == [
            "通知有明确规定",
            "多少：年度最高奖补200万元；给谁：服务突出的省级中试基地；怎么给：年度；条件：服务突出",
        ]
        answer.get_by_role("button", name="停止朗读").click()
        expect(answer.get_by_role("button", name="朗读", exact=True)).to_be_visible()


def test_print_shows_one_answer_with_its_citations_and_nothing_else(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        page.add_init_script("window.print = () => {}")
        open_chat(page, site)
        ask(page, QUESTIONS["not_stated"])
        answer = ask(page, QUESTION)
        answer.get_by_role("button", name="打印").click()
        page.emulate_media(media="print")
        shown = page.evaluate("document.body.innerText")
        assert "年度最高奖补200万元" in shown and "[2] 鲁科字〔2025〕128号" in shown and "以通知原文为准" in shown
        for hidden in ("专利池", "有用吗", "接着问", "请输入", "大字", "清空对话"):
            assert hidden not in shown
        assert page.title() == QUESTION
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.title() == "政策问答"


def test_a_short_answer_is_one_sheet(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        for status in ("answered", "partly_answered"):
            ask(page, QUESTIONS[status])
            assert len(re.findall(rb"/Type ?/Page\b", page.pdf(format="A4"))) == 1
            clear(page)


def test_paper_is_white_whatever_the_screen_is(site: str, browser: Browser) -> None:
    darkest = "e => Math.max(...getComputedStyle(e).color.match(/\\d+/g).slice(0, 3).map(Number))"
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        answer = ask(page, QUESTION)
        page.get_by_role("button", name="高对比").click()
        parts = [answer.locator(p).first for p in (".direct", "blockquote", ".source-line", ".cite-card .paper-text")]
        assert min(part.evaluate(darkest) for part in parts) > 200
        page.emulate_media(media="print")
        assert max(part.evaluate(darkest) for part in parts) < 110


def test_feedback_is_sent_with_what_it_is_about(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        answer = ask(page, QUESTION)
        about = {
            "status": "answered",
            "provision_ids": ["lkz-2025-128/3.9.3", "lkz-2025-128/3.9.responsibility"],
            "answer_id": answer.get_attribute("data-answer"),
            "corpus_version": answer.get_attribute("data-corpus"),
        }
        with page.expect_request("**/gradio_api/queue/join*"):
            answer.get_by_role("button", name="有用", exact=True).click()
        expect(answer.get_by_role("status")).to_have_text("谢谢您的反馈。")
        assert answer.get_by_role("button", name="有用", exact=True).get_attribute("aria-pressed") == "true"
        answer.get_by_role("button", name="有问题").click()
        assert answer.get_by_role("button", name="有用", exact=True).get_attribute("aria-pressed") == "false"
        answer.get_by_role("button", name="提交反馈").click()
        expect(answer.get_by_role("status")).to_have_text("请先选一项。")
        answer.get_by_role("radio", name="没答到").check()
        answer.get_by_label("补充说明").fill("少了条件")
        answer.get_by_label("同意附上我的问题").check()
        with page.expect_response("**/api/v1/feedback") as told:
            answer.get_by_role("button", name="提交反馈").click()
        more = {"verdict": "down", "reason": "not_answered", "comment": "少了条件", "question": QUESTION}
        assert told.value.ok and json.loads(told.value.request.post_data or "") == {**about, **more}
        expect(answer.locator(".reasons")).to_be_hidden()
        expect(answer.get_by_role("button", name="有问题")).to_be_focused()


def test_a_verdict_without_a_reason_is_kept(small_corpus: Corpus, browser: Browser, tmp_path: Path) -> None:
    settings = UiSettings(feedback_file=tmp_path / "feedback.sqlite3")
    with run_service(create_app(FakeAssistant(small_corpus), settings)) as address, open_page(browser, DESK) as page:
        open_chat(page, address)
        answer = ask(page, QUESTION)
        with page.expect_request("**/gradio_api/queue/join*"):
            answer.get_by_role("button", name="有用", exact=True).click()
        kept = FeedbackStore(settings.feedback_file, settings.feedback_days)
        until = time.monotonic() + PATIENCE / 1000
        while not kept.read(1).received and time.monotonic() < until:
            page.wait_for_timeout(50)
        assert [said.verdict for _, said in kept.read(1).received] == ["up"]


def test_feedback_that_does_not_arrive_says_so_and_is_kept(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        answer = ask(page, QUESTION)
        page.route("**/api/v1/feedback", lambda route: route.abort())
        answer.get_by_role("button", name="有问题").click()
        answer.get_by_role("radio", name="看不懂").check()
        answer.get_by_role("button", name="提交反馈").click()
        expect(answer.get_by_role("status")).to_have_text("反馈没有提交成功，请稍后再试。")
        expect(answer.get_by_role("radio", name="看不懂")).to_be_checked()
