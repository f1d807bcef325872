"""Picking one of several notices on the chat page, in a real browser."""

from dataclasses import replace
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from assistant.answer import Understood, UnderstoodClause
from corpus.store import Corpus
from tests.browser import DESK, SIZES, find_barriers, foreign_words, open_page, overflow
from tests.chat_page import ask, box, clear, latest, open_chat
from tests.conftest import SEED_ID
from tests.fake_assistant import make_answer
from tests.ui.chat.conftest import Played

pytestmark = pytest.mark.browser

QUESTION = "中试基地一年奖多少？"
OTHER_ID = "gf-2018-39"
OTHER = "《国务院关于做好当前和今后一个时期促进就业工作的若干意见》（国发〔2018〕39号）"
ALL = "全部3份通知"


def pick(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="问哪份通知").click()
    page.get_by_role("option", name=name).click()


def expect_picked(page: Page, name: str) -> None:
    expect(page.get_by_role("combobox", name="问哪份通知")).to_have_value(name)


def asked(played: Played) -> list[tuple[str, ...]]:
    return [notice_ids for _, _, notice_ids in played.assistant.asked]


def test_what_is_picked_is_asked_until_another_is_picked(played: Played, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, played.address)
        expect_picked(page, ALL)
        ask(page, QUESTION)
        expect(page.locator(".question-of")).to_have_count(0)
        pick(page, OTHER)
        ask(page, QUESTION)
        expect(page.locator(".question-of")).to_have_text(f"只问{OTHER[:-13]}")
        page.reload()
        page.locator("#send.ready").wait_for()
        expect_picked(page, OTHER)
        expect(page.locator(".question-of")).to_have_count(1)
        ask(page, "由谁负责？")
        pick(page, ALL)
        # What is offered below an answer goes on with its notice.
        page.locator(".options button, .option").first.click()
        latest(page)
        expect_picked(page, OTHER)
        assert asked(played) == [(), (OTHER_ID,), (OTHER_ID,), (OTHER_ID,)]
        clear(page)
        expect_picked(page, OTHER)


def test_what_failed_is_asked_again_of_the_same_notice(played: Played, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, played.address, f"/?notice={OTHER_ID}")
        played.assistant.fault = RuntimeError("broken")
        ask(page, QUESTION)
        pick(page, ALL)
        played.assistant.fault = None
        page.get_by_role("button", name="再次提问").click()
        expect(page.locator("#talk .answer[data-status=partly_answered]")).to_be_visible()
        assert asked(played) == [(OTHER_ID,), (OTHER_ID,)]


def test_what_was_inherited_is_left_out_and_the_notice_stays(played: Played, browser: Browser) -> None:
    clause = UnderstoodClause("由谁负责？", "department", "who", ("中试基地",), ("中试基地",))
    played.assistant.prepared = replace(make_answer("由谁负责？"), understood=Understood((clause,)))
    with open_page(browser, DESK) as page:
        open_chat(page, played.address, f"/?notice={OTHER_ID}")
        ask(page, "由谁负责？")
        pick(page, ALL)
        page.locator("[data-ask-alone]").click()
        expect(page.locator(".question")).to_have_count(2)
        latest(page)
        assert asked(played) == [(OTHER_ID,), (OTHER_ID,)]
        expect_picked(page, OTHER)


def test_the_page_of_a_notice_stands_on_it_until_another_is_asked(played: Played, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, played.address, f"/?notice={OTHER_ID}")
        expect_picked(page, OTHER)
        expect(page.locator(".greet")).to_contain_text("我只根据《国务院关于做好当前")
        page.locator("[data-ask]").first.click()
        latest(page)
        assert page.url.endswith(f"/?notice={OTHER_ID}")
        pick(page, ALL)
        ask(page, QUESTION)
        assert asked(played) == [(OTHER_ID,), ()] and page.url == f"{played.address}/"
        page.reload()
        page.locator("#send.ready").wait_for()
        expect_picked(page, ALL)
        page.goto(f"{played.address}/?notice=gone-1")
        page.locator("#send.ready").wait_for()
        expect_picked(page, ALL)


def test_a_shared_question_goes_to_the_notice_it_was_asked_of(played: Played, browser: Browser) -> None:
    with open_page(browser, DESK, permissions=["clipboard-read", "clipboard-write"]) as page:
        open_chat(page, played.address, f"/?notice={OTHER_ID}")
        answer = ask(page, QUESTION)
        answer.get_by_role("button", name="分享").click()
        expect(answer.get_by_role("status")).to_have_text("链接已复制")
        link = page.evaluate("navigator.clipboard.readText()")
        assert link == f"{played.address}/?notice={OTHER_ID}#q={quote(QUESTION)}"
        # Whatever the picker of whoever opens it stands on.
        page.goto("about:blank")
        page.goto(f"{played.address}/#q=全文几条？")
        expect(page.locator(".question")).to_have_count(2)
        latest(page)
        expect_picked(page, ALL)
        page.goto(link)
        expect(page.locator(".question")).to_have_count(3)
        latest(page)
        expect_picked(page, OTHER)
        assert asked(played) == [(OTHER_ID,), (), (OTHER_ID,)]


def test_a_notice_that_was_taken_away_is_explained_in_chinese(
    played: Played, browser: Browser, small_corpus: Corpus, shaped: Corpus
) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, played.address)
        pick(page, OTHER)
        played.assistant.corpus = shaped
        try:
            answer = ask(page, QUESTION)
            expect(answer).to_contain_text("您选的那份通知现在不在这里了")
            expect(page.locator("#notice")).to_be_hidden()
            assert foreign_words(page) == [] and box(page).input_value() == QUESTION
            box(page).press("Enter")
            expect(page.locator("#talk .answer[data-status=partly_answered]")).to_be_visible()
        finally:
            played.assistant.corpus = small_corpus
        assert asked(played) == [()]


def test_the_keyboard_picks_and_asks_nothing_by_that(played: Played, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, played.address)
        box(page).fill(QUESTION)
        box(page).press("Shift+Tab")
        expect(page.get_by_role("combobox", name="问哪份通知")).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.get_by_role("combobox", name="问哪份通知")).to_have_value(
            "《关于支持科技服务业高质量发展的若干措施》（鲁科字〔2025〕128号）"
        )
        expect(page.locator(".question")).to_have_count(0)
        box(page).press("Shift+Tab")
        page.keyboard.press("a")
        expect(page.get_by_role("option")).to_have_count(4)
        page.keyboard.press("Tab")
        expect(page.get_by_role("option")).to_have_count(0)
        expect(box(page)).to_be_focused()
        box(page).press("Enter")
        latest(page)
        assert asked(played) == [(SEED_ID,)]


def test_of_many_notices_one_is_found_by_its_words(
    played: Played, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.chat.mount._MOST_SEEN_AT_ONCE", 2)
    with open_page(browser, DESK) as page:
        open_chat(page, played.address)
        field = page.get_by_role("combobox", name="问哪份通知")
        field.fill("就业")  # no key tells gradio, as with an input method
        expect(page.get_by_role("option")).to_have_text([f"✓ {OTHER}"])
        assert find_barriers(page) == [] == foreign_words(page)
        page.keyboard.press("Enter")
        expect_picked(page, OTHER)
        field.fill("没有这份")
        expect(page.get_by_role("option")).to_have_count(0)
        page.keyboard.press("Tab")
        expect_picked(page, OTHER)


@pytest.mark.parametrize("size", SIZES)
def test_the_picker_is_accessible_open_and_closed(played: Played, browser: Browser, size: ViewportSize) -> None:
    with open_page(browser, size) as page:
        open_chat(page, played.address)
        expect_picked(page, ALL)
        for large in (False, True):
            if large:
                page.get_by_role("button", name="大字").click()
            assert find_barriers(page) == [] == foreign_words(page)
            page.get_by_role("combobox", name="问哪份通知").click()
            expect(page.get_by_role("option", name=OTHER)).to_be_in_viewport()
            assert find_barriers(page) == [] == foreign_words(page)
            assert overflow(page) == 0
            page.keyboard.press("Escape")
            page.keyboard.press("Tab")
        pick(page, OTHER)
        ask(page, QUESTION)
        assert find_barriers(page) == [] == foreign_words(page)


def test_in_english_too(played: Played, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, played.address, f"/?notice={OTHER_ID}&lang=en")
        expect(page.get_by_role("combobox", name="Which notice to ask")).to_have_value(OTHER)
        ask(page, QUESTION)
        expect(page.locator(".question-of")).to_contain_text("Asked only of 《")
        assert asked(played) == [(OTHER_ID,)]


def test_one_notice_leaves_nothing_to_pick(shaped_site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, shaped_site)
        expect(page.locator("#notice")).to_have_count(0)
        ask(page, QUESTION)
        expect(page.locator("#notice, .question-of")).to_have_count(0)
