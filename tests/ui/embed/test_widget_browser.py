"""The widget on pages of another site: it waits, opens, answers, closes and gives the focus back in each of its modes."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser import DESK, PHONE, find_barriers, let_settle, overflow
from tests.fake_assistant import NOTICE_ID
from tests.ui.embed.widget_host import FORBID_STORES, Sites, ask_inside, inside, launcher, panel, visit_host

pytestmark = pytest.mark.browser
CASES = [
    pytest.param(DESK, "bubble", id="desk-bubble"),
    pytest.param(DESK, "inline", id="desk-inline"),
    pytest.param(DESK, "full", id="desk-full"),
    pytest.param(PHONE, "bubble", id="phone-bubble"),
    pytest.param(PHONE, "inline", id="phone-inline"),
]
QUESTION = "中试基地一年奖多少？"


def requests_of(page: Page) -> list[str]:
    found: list[str] = []
    page.context.on("request", lambda request: found.append(request.url))
    return found


def expect_closed(page: Page, has_focus: bool = False) -> None:
    expect(panel(page)).to_be_hidden()
    expect(launcher(page)).to_have_attribute("aria-expanded", "false")
    if has_focus:
        expect(launcher(page)).to_be_focused()


def expect_untouched(page: Page) -> None:
    """The host as it was, with one button more."""
    assert page.evaluate("[shift, violations]") == [0, []]
    expect_closed(page)
    assert page.locator("iframe").count() == 0 and overflow(page) == 0
    page.locator("#usable").check()


@pytest.mark.parametrize(("size", "mode"), CASES)
def test_it_waits_answers_and_closes(browser: Browser, sites: Sites, size: ViewportSize, mode: str) -> None:
    """Under a strict policy of the host, and where every store of the browser refuses."""
    with visit_host(browser, size, sites) as page:
        page.add_init_script(FORBID_STORES)
        page.goto(sites.url(without="1"))
        before = set(page.evaluate("Object.getOwnPropertyNames(window)"))
        asked = requests_of(page)
        page.goto(sites.url(mode=mode, into="#here", strict="1"))
        launcher(page).wait_for()
        let_settle(page)
        assert [a for a in asked if a.startswith(sites.service)] == [f"{sites.service}/widget.js"]
        assert set(page.evaluate("Object.getOwnPropertyNames(window)")) - before == {"PolicyWidget"}
        expect_untouched(page)
        assert size is PHONE or find_barriers(page) == []

        launcher(page).click()
        frame = inside(page)
        expect(launcher(page)).to_have_attribute("aria-expanded", "true")
        expect(panel(page)).to_have_id(launcher(page).get_attribute("aria-controls") or "")
        expect(panel(page)).to_contain_text("3份通知")
        answer = ask_inside(frame, QUESTION)
        assert answer.get_attribute("data-status") == "partly_answered"
        assert answer.locator(".quote a").first.get_attribute("href") == "/notices/lkz-2025-128#m9.3"
        is_whole = mode == "full" or size is PHONE
        assert (panel(page).bounding_box() == {"x": 0, "y": 0, **size}) == is_whole
        assert (panel(page).get_attribute("aria-modal") == "true") == is_whole
        assert page.evaluate("violations") == [] and frame.evaluate("violations") == []
        assert page.locator("iframe").get_attribute("allow") is None
        if not is_whole:
            page.locator("#usable").uncheck()
        assert find_barriers(page) == [] and (size is DESK or find_barriers(frame) == [])

        frame.locator("#question").press("Escape")
        expect_closed(page, has_focus=True)
        launcher(page).press("Enter")
        expect(frame.locator("#question")).to_be_focused()
        panel(page).get_by_role("button", name="收起政策问答").click()
        expect_closed(page, has_focus=True)
        assert frame.locator(".exchange").count() == 1


def test_intent_loads_the_frame_unseen(browser: Browser, sites: Sites) -> None:
    with visit_host(browser, DESK, sites) as page:
        for intent in ("focus", "hover"):
            page.goto(sites.url())
            with page.expect_request(f"{sites.service}/embed?panel=1&lang=zh"):
                getattr(launcher(page), intent)()
            expect(page.locator("iframe")).to_be_hidden()
            expect(panel(page)).to_be_hidden()
        launcher(page).press("Enter")
        expect(inside(page).locator("#question")).to_be_focused()


def test_the_keyboard_passes_the_edge_of_the_frame(browser: Browser, sites: Sites) -> None:
    """In both directions, and Esc closes from the host's side too."""
    with visit_host(browser, DESK, sites) as page:
        page.goto(sites.url(mode="inline", into="#here"))
        launcher(page).press("Enter")
        frame = inside(page)
        expect(frame.locator("#question")).to_be_focused()
        passed = []
        for _ in range(24):
            page.keyboard.press("Tab")
            let_settle(page)
            passed.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
            if passed[-1] == "after":
                break
        assert passed[-2:] == ["usable", "after"]
        for _ in range(24):
            page.keyboard.press("Shift+Tab")
            let_settle(page)
            if page.evaluate("document.activeElement.id") == "before":
                break
        assert page.evaluate("document.activeElement.id") == "before"
        page.keyboard.press("Escape")
        expect_closed(page, has_focus=True)


def test_a_panel_over_the_page_keeps_the_focus(browser: Browser, sites: Sites) -> None:
    with visit_host(browser, PHONE, sites) as page:
        page.goto(sites.url())
        launcher(page).press("Enter")
        inside(page)
        seen = []
        for _ in range(24):
            page.keyboard.press("Tab")
            let_settle(page)
            seen.append(page.evaluate("document.querySelector('[role=dialog]').contains(document.activeElement)"))
        assert all(seen)
        # The phone is turned: there is room beside the panel now.
        page.set_viewport_size(DESK)
        expect(panel(page)).not_to_have_attribute("aria-modal", "true")
        box = panel(page).bounding_box()
        assert box and box["width"] == 408


def test_presets_are_written_and_not_sent(browser: Browser, sites: Sites) -> None:
    with visit_host(browser, DESK, sites) as page:
        asked = requests_of(page)
        page.goto(sites.url(measure="9", notice=NOTICE_ID))
        launcher(page).click()
        expect(inside(page).locator("#question")).to_have_value(
            "《关于支持科技服务业高质量发展的若干措施》第（九）条“技术转移转化和推广服务”有哪些规定？"
        )
        page.goto(sites.url(question="有<b>什么</b>补助？", lang="en"))
        expect(launcher(page)).to_have_text("Policy Q&A")
        launcher(page).click()
        frame = inside(page)
        expect(frame.locator("#question")).to_have_value("有<b>什么</b>补助？")
        assert frame.evaluate("document.documentElement.lang") == "en"
        assert not [a for a in asked if a.endswith("/chat/ask")]


def test_rough_styles_of_the_host_change_nothing(browser: Browser, sites: Sites) -> None:
    looks = []
    for rough in ({}, {"rough": "1"}):
        with visit_host(browser, DESK, sites) as page:
            page.goto(sites.url(**rough))
            launcher(page).click()
            inside(page)
            page.mouse.move(5, 5)
            names = "color backgroundColor width height fontSize opacity position visibility textIndent display".split()
            looks.append(
                page.evaluate(
                    """names => [...document.querySelectorAll('[lang][role=region], [lang][role=region] *')]
                    .filter((e) => !(e instanceof SVGPathElement))
                    .map((e) => names.map((n) => getComputedStyle(e)[n]).join(' '))""",
                    names,
                )
            )
    assert len(looks[0]) > 12 and looks[0] == looks[1]


def test_the_host_orders_the_layers_and_one_button_is_enough(browser: Browser, sites: Sites) -> None:
    with visit_host(browser, DESK, sites) as page:
        page.goto(sites.url())
        layer = "getComputedStyle(document.querySelector('[role=region][lang]')).zIndex"
        assert page.evaluate(f"{{ {layer} }}") == "900"
        page.evaluate("document.documentElement.style.setProperty('--policy-widget-z', '7')")
        assert page.evaluate(f"{{ {layer} }}") == "7"
        page.add_script_tag(url=f"{sites.service}/widget.js")
        assert launcher(page).count() == 1
        page.evaluate("PolicyWidget[0].open()")
        inside(page)
        page.evaluate("PolicyWidget[0].close()")
        expect_closed(page)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(launcher(page)).to_be_hidden()


def test_only_the_frame_itself_is_listened_to(browser: Browser, sites: Sites) -> None:
    """A message counts by origin and source together: another window of our origin, and the host itself, have no say."""
    with visit_host(browser, DESK, sites) as page:
        page.goto(sites.url())
        launcher(page).click()
        inside(page)
        page.evaluate("postMessage({ policyWidget: 'close' }, '*')")
        page.evaluate(
            """address => new Promise((loaded) => {
              const other = document.createElement('iframe');
              other.onload = loaded;
              other.src = address;
              document.body.append(other);
            })""",
            f"{sites.service}/embed?other=1",
        )
        other = next(f for f in page.frames if "other=1" in f.url)
        other.evaluate("parent.postMessage({ policyWidget: 'close', about: '假的' }, '*')")
        other.evaluate("parent.postMessage({ policyWidget: 'ready', about: '假的' }, '*')")
        page.locator("#usable").focus()
        other.evaluate("parent.frames[0].postMessage({ policyWidget: 'focus' }, '*')")
        let_settle(page)
        expect(page.locator("#usable")).to_be_focused()
        expect(panel(page)).to_be_visible()
        assert "假的" not in panel(page).inner_text()
