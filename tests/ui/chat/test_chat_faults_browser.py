"""What the chat page does when there is no answer, no gradio or no sound store: in a real browser."""

import re
import threading
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from corpus.store import Corpus
from tests.browser import DESK, PHONE, foreign_words, open_page, run_service
from tests.chat_page import QUESTIONS, SENT, ask, box, clear, encrypt, latest, open_chat
from tests.fake_assistant import FakeAssistant
from tests.ui.chat.conftest import Played
from ui.server import create_app
from ui.service.fair_queue import TooBusy
from ui.settings import UiSettings

pytestmark = pytest.mark.browser

QUESTION = QUESTIONS["answered"]


def test_every_fault_is_explained_and_the_question_kept(played: Played, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, played.address)
        for fault, explained in FAULTS:
            played.assistant.fault = fault
            failed = ask(page, QUESTION)
            expect(failed).to_contain_text(explained)
            assert failed.get_attribute("data-status") == "error"
            page.get_by_role("button", name="修改问题").click()
            expect(page.locator(".question")).to_have_count(0)
            expect(box(page)).to_have_value(QUESTION)
        ask(page, QUESTION)
        played.assistant.fault = None
        page.get_by_role("button", name="再次提问", exact=True).click()
        expect(latest(page)).to_contain_text("200万元")
        expect(page.locator(".question")).to_have_count(1)


FAULTS = [(TooBusy("现在提问的人太多，请过几秒再试。"), "现在提问的人太多"), (RuntimeError("secret"), "错误编号")]


def test_without_a_network_the_question_stays_in_the_box(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        for answer in (lambda route: route.abort(), lambda route: route.fulfill(status=502, body="<h1>Bad")):
            page.route(SENT, answer)
            box(page).fill(QUESTION)
            box(page).press("Enter")
            expect(page.locator("#hint")).to_contain_text("连不上服务器")
            expect(box(page)).to_have_value(QUESTION)
            assert foreign_words(page) == []
            page.unroute(SENT)
            box(page).fill("")
            expect(page.locator("#hint")).not_to_contain_text("连不上服务器")
        expect(ask(page, QUESTION).locator(".direct")).to_contain_text("200万元")


def test_a_connection_that_breaks_is_said_beside_the_question(
    small_corpus: Corpus, browser: Browser, tmp_path: Path
) -> None:
    """The service ends while it answers."""
    assistant = FakeAssistant(small_corpus)
    assistant.gate = threading.Event()
    with open_page(browser, DESK) as page:
        with run_service(create_app(assistant, UiSettings(feedback_file=tmp_path / "f.sqlite3"))) as address:
            open_chat(page, address)
            box(page).fill(QUESTION)
            box(page).press("Enter")
            page.locator(".answer[data-status=working]").wait_for()
        assistant.gate.set()
        held = page.locator(".held")
        expect(held).to_be_visible()
        expect(held).to_be_in_viewport()
        expect(held.get_by_role("link")).to_have_attribute("href", re.compile("#q="))
        assert foreign_words(page) == []


def test_the_english_page_explains_faults_in_english(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site, "/?lang=en")
        failed = ask(page, "??")
        expect(failed).to_contain_text("This cannot be asked as it is.")
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
        expect(page.locator(".question")).to_have_count(0)
        expect(ask(page, "？？")).to_contain_text("问题里没有文字")
        assert box(page).input_value() == "？？"


def test_an_answer_can_be_stopped_and_asked_again(played: Played, browser: Browser) -> None:
    gate = played.hold()
    with open_page(browser, PHONE) as page:
        open_chat(page, played.address)
        box(page).fill(QUESTION)
        box(page).press("Enter")
        working = page.locator(".answer[data-status=working]")
        expect(working.locator("[aria-current=step]")).to_be_visible()
        expect(box(page)).to_have_value("")
        box(page).fill("下一个问题")
        box(page).press("Enter")
        page.get_by_role("button", name="停止").click()
        stopped = latest(page)
        expect(stopped).to_contain_text("您停止了这次回答")
        expect(page.locator(".question")).to_have_count(1)
        expect(box(page)).to_have_value("下一个问题")
        gate.set()
        page.get_by_role("button", name="再次提问").click()
        expect(page.locator(".answer")).to_contain_text("200万元")


def test_a_question_that_was_open_at_a_reload_is_kept(played: Played, browser: Browser) -> None:
    gate = played.hold()
    with open_page(browser, DESK) as page:
        open_chat(page, played.address)
        box(page).fill(QUESTION)
        box(page).press("Enter")
        page.locator(".answer[data-status=working]").wait_for()
        page.reload()
        expect(latest(page)).to_contain_text("上次没有答完")
        gate.set()
        page.get_by_role("button", name="再次提问").click()
        expect(page.locator(".answer")).to_contain_text("200万元")


def test_a_cleared_talk_can_be_brought_back(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        ask(page, QUESTION)
        clear(page)
        page.get_by_role("button", name="撤销").click()
        expect(page.locator(".question")).to_have_text(QUESTION)
        expect(page.get_by_role("button", name="撤销")).to_be_hidden()
        page.reload()
        expect(page.locator(".question")).to_have_text(QUESTION)


def test_every_tab_has_a_talk_of_its_own(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        ask(page, QUESTION)
        other = page.context.new_page()
        open_chat(other, site)
        expect(other.locator(".question")).to_have_count(0)
        ask(other, "第九条讲什么")
        page.reload()
        expect(page.locator(".question")).to_have_text(QUESTION)
        other.reload()
        expect(other.locator(".question")).to_have_text("第九条讲什么")
        other.close()


def test_a_shared_question_is_asked_by_itself(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        ask(page, QUESTION)
        page.evaluate("location.hash = 'q=什么时候申报？'")
        expect(page.locator(".question")).to_have_count(2)
        expect(latest(page)).not_to_contain_text("中试基地")


def test_personal_numbers_are_warned_of_before_they_are_sent(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        for text, is_warned in (
            ("我的手机是13800138000", True),
            ("鲁科字〔2025〕128号", False),
            ("37010219800101123X能领吗", True),
        ):
            box(page).fill(text)
            expect(page.locator("#hint.warning")).to_have_count(int(is_warned))


def test_the_way_back_of_a_phone_closes_the_source(site: str, browser: Browser) -> None:
    with open_page(browser, PHONE) as page:
        open_chat(page, site)
        ask(page, QUESTION).get_by_role("link", name="看上下文").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.evaluate("history.back()")
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.locator(".question")).to_have_text(QUESTION)


def test_a_broken_or_foreign_store_does_no_harm(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        for kept in ("{", "", "x:y", encrypt(7), encrypt({"a": 1}), encrypt("x"), encrypt([[]])):
            page.evaluate(
                "kept => ['policy.talk', 'policy.asking'].forEach((key) => sessionStorage.setItem(key, kept))", kept
            )
            page.reload()
            page.locator("#send.ready").wait_for()
            expect(page.get_by_role("heading", level=1, name="问政策，看原文")).to_be_visible()
