"""The chat page in a real browser: conversations, citations, the notice beside them."""

import re

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from assistant.ask import Assistant
from tests.browser import DESK, PHONE, SIZES, open_page
from tests.chat_page import LIST, OPEN_ALL, QUESTIONS, ask, box, clear, hit, latest, open_chat
from tests.conftest import SEED_ID

pytestmark = pytest.mark.browser

AMBER = "rgb(138, 75, 0)"
QUOTE = "对省级概念验证中心按绩效评价给予一定支持；对服务突出的省级中试基地，年度最高奖补200万元。"


def test_a_conversation_from_the_first_question_to_the_cleared_page(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        page.get_by_role("button", name="中试基地一年奖多少？").click()
        answer = latest(page)
        expect(answer.locator(".direct")).to_contain_text("年度最高奖补200万元")
        expect(page.get_by_role("heading", level=2, name="中试基地一年奖多少？")).to_be_in_viewport()
        page.wait_for_selector("#beside mark")
        assert hit(page) == {"text": QUOTE, "problem": ""}
        follow_up = ask(page, "由哪些部门负责？")
        expect(follow_up.locator(".direct")).to_contain_text("省科技厅、省工业和信息化厅、省财政厅")
        assert box(page).input_value() == ""
        page.reload()
        expect(page.locator(".question")).to_have_text(["中试基地一年奖多少？", "由哪些部门负责？"])
        expect(page.locator(".answer .answer__foot")).to_have_count(2)
        clear(page)
        page.reload()
        expect(page.locator(".question")).to_have_count(0)
        assert page.evaluate("localStorage.length") == 0


def test_every_status_has_a_look_of_its_own(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        for status, question in QUESTIONS.items():
            answer = ask(page, question)
            assert answer.get_attribute("data-status") == status
            label = answer.locator(".answer__status strong").inner_text()
            assert answer.get_attribute("aria-label") == f"回答：{label}"
            edge = answer.evaluate("a => getComputedStyle(a).borderTopStyle")
            assert edge == ("dashed" if status == "not_stated" else "solid")
            assert answer.locator("blockquote").count() == (
                status in ("answered", "partly_answered", "not_stated", "related")
            )
            tone = answer.locator(".answer__status strong").evaluate("s => getComputedStyle(s).color")
            assert (tone == AMBER) == (status in ("partly_answered", "related"))
            assert answer.locator(".gap-box").count() == (status in ("partly_answered", "not_stated"))
            clear(page)


def test_choices_ask_again_with_the_measure(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        ask(page, QUESTIONS["needs_detail"])
        page.get_by_role("button", name="加大企业引育力度").click()
        expect(page.locator(".question").last).to_have_text("“加大企业引育力度”企业能补多少？")
        expect(latest(page).locator(".direct")).to_contain_text("500万元")


def test_departments_ask_for_all_their_measures(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        ask(page, QUESTIONS["answered"]).get_by_role("button", name="省科技厅", exact=True).click()
        expect(page.locator(".question").last).to_have_text(LIST)
        assert latest(page).locator(".items li").count() == 14
        page.locator("#beside .dept", has_text="省财政厅").first.click()
        expect(page.locator(".question").last).to_have_text("省财政厅负责哪些措施？")
        assert latest(page).locator(".items li").count() == 7


@pytest.mark.parametrize(("size", "step"), [(DESK, 1), (PHONE, 5)], ids=["desk", "phone"])
def test_every_citation_lands_on_the_highlighted_sentence(
    site: str, browser: Browser, assistant: Assistant, size: ViewportSize, step: int
) -> None:
    measures = [p.measure for p in assistant.corpus.catalogue.measures if p.measure][::step]
    opened: list[tuple[str, dict[str, str]]] = []
    with open_page(browser, size) as page:
        open_chat(page, site)
        for measure in measures:
            ask(page, f"“{measure.title}”讲什么？")
            opened += page.evaluate(OPEN_ALL)
            page.evaluate("document.querySelector('dialog')?.close()")
    assert len(opened) >= sum(len(m.provisions) for m in measures) >= (60 if step == 1 else 10)
    assert [(quote, landed) for quote, landed in opened if landed != {"text": quote, "problem": ""}] == []


def test_the_panel_leads_through_the_notice_and_back(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        panel = page.get_by_role("complementary", name="通知原文")
        panel.get_by_role("link", name="知识产权服务").click()
        expect(panel.locator(".measure-title")).to_have_text("（六）知识产权服务")
        panel.get_by_role("link", name="下一条：（七）检验检测认证服务").click()
        expect(panel.locator(".measure-title")).to_have_text("（七）检验检测认证服务")
        panel.get_by_role("link", name="就这一条提问").click()
        assert box(page).input_value() == "第（七）条“检验检测认证服务”有哪些规定？"
        expect(box(page)).to_be_focused()
        panel.get_by_role("button", name="收起原文").click()
        expect(panel.get_by_role("navigation")).to_be_visible()
        whole = panel.get_by_role("link", name="打开全文").get_attribute("href")
        assert whole == f"/notices/{SEED_ID}"


def test_on_a_phone_the_notice_comes_as_a_sheet(site: str, browser: Browser) -> None:
    with open_page(browser, PHONE, has_touch=True, is_mobile=True) as page:
        open_chat(page, site)
        answer = ask(page, QUESTIONS["answered"])
        answer.locator(".direct .cite").tap()
        answer.get_by_role("group", name="引文[1]").get_by_role("link", name="在原文中查看").tap()
        sheet = page.get_by_role("dialog")
        expect(sheet).to_be_visible()
        page.wait_for_selector("dialog mark")
        assert hit(page) == {"text": QUOTE, "problem": ""}
        rest = page.evaluate("document.querySelector('dialog').getBoundingClientRect().top / innerHeight")
        assert rest >= 0.3
        # Modal: what lies behind takes no focus.
        for _ in range(24):
            page.keyboard.press("Tab")
            assert page.evaluate(
                "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
            )
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
        expect(answer.locator(".direct .cite")).to_be_focused()


@pytest.mark.parametrize("size", SIZES)
def test_a_new_answer_begins_at_the_top(site: str, browser: Browser, size: ViewportSize) -> None:
    below = """() => document.querySelector(".user-row:nth-last-child(1 of .user-row) .question").getBoundingClientRect().top
      - document.getElementById("scroll").getBoundingClientRect().top"""
    with open_page(browser, size) as page:
        open_chat(page, site)
        for question in (LIST, QUESTIONS["partly_answered"], LIST):
            ask(page, question)
            assert 0 <= page.evaluate(below) < 40


def test_without_its_script_a_mark_leads_to_the_reader(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        link = ask(page, QUESTIONS["answered"]).locator(".direct .cite").get_attribute("href")
        assert link == f"/notices/{SEED_ID}#m9.3"
        page.goto(site + link)
        assert page.locator(":target").inner_text().endswith(QUOTE)


def test_the_conversation_outlives_a_change_of_language(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        ask(page, QUESTIONS["answered"])
        page.get_by_role("link", name="English").click()
        page.wait_for_url("**/?lang=en")
        page.locator("#send.ready").wait_for()
        kept = latest(page)
        expect(kept.locator(".direct")).to_contain_text("年度最高奖补200万元")
        assert kept.get_attribute("lang") == "zh-CN"
        expect(kept.get_by_role("button", name="Copy with citations")).to_be_visible()
        follow_up = ask(page, "Which departments are responsible?")
        expect(follow_up).to_contain_text("Department of Science and Technology")
        assert follow_up.get_attribute("lang") == "en"
        clear(page)
        page.get_by_role("link", name="中文").click()
        expect(page.get_by_role("heading", level=1, name="问政策，看原文")).to_be_visible()
        expect(page.locator(".question")).to_have_count(0)


def test_the_address_asks_or_prepares_and_only_once(site: str, browser: Browser) -> None:
    with open_page(browser, DESK) as page:
        open_chat(page, site, "/?ask=第九条讲什么")
        assert box(page).input_value() == "第九条讲什么" and page.url == f"{site}/"
        expect(page.locator(".question")).to_have_count(0)
        page.goto(f"{site}/#q={QUESTIONS['answered']}")
        expect(latest(page).locator(".direct")).to_contain_text("200万元")
        assert re.fullmatch(rf"{site}/#?", page.url)
        page.reload()
        expect(page.locator(".question")).to_have_count(1)
