"""A service that is down, slow, broken or not for this site: the widget says so, and the host page stays as it was."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Frame, Page, Route, expect

from tests.browser import DESK, PHONE, find_barriers, let_settle
from tests.ui.embed.widget_host import (
    LATER_THAN_THE_DEADLINE,
    Sites,
    ask_inside,
    inside,
    launcher,
    panel,
    visit_host,
)

pytestmark = pytest.mark.browser
DOWN = "暂时连不上政策问答"
HTML = "<!doctype html><title>登录</title><h1>请先登录</h1><script>parent.postMessage({policyWidget: 'close'}, '*')</script>"
Answering = Callable[[Route], None]
FAULTS: dict[str, Answering] = {
    "refused": lambda route: route.abort("connectionrefused"),
    "error": lambda route: route.fulfill(status=500, content_type="text/html", body="<h1>500</h1>"),
    "other page": lambda route: route.fulfill(status=200, content_type="text/html", body=HTML),
    "download": lambda route: route.fulfill(status=200, content_type="application/octet-stream", body="x"),
    "nothing": lambda route: None,
}


def press_and_wait(page: Page, window: Page | Frame) -> None:
    """Until the deadline is over, on a clock of the test's own."""
    window.locator("button[aria-controls]").click()
    window.get_by_text("正在打开政策问答").wait_for()
    let_settle(page)
    page.clock.fast_forward(LATER_THAN_THE_DEADLINE)


def expect_down(window: Page | Frame) -> None:
    expect(window.get_by_text(DOWN)).to_be_visible()
    expect(window.get_by_text("本页其他内容不受影响")).to_be_visible()
    expect(window.locator("iframe")).to_be_hidden()


@pytest.mark.parametrize("fault", FAULTS)
def test_the_host_stays_usable(browser: Browser, sites: Sites, fault: str) -> None:
    """Then the same press works again, once the service does."""
    with visit_host(browser, DESK, sites) as page:
        page.clock.install()
        page.route("**/embed?*", FAULTS[fault])
        page.goto(sites.url())
        press_and_wait(page, page)
        expect_down(page)
        page.locator("#usable").check()
        over = page.evaluate("document.elementFromPoint(300, 60).closest('[role=region], iframe')")
        assert over is None and page.evaluate("shift") == 0
        if fault == "error":
            assert find_barriers(page) == []
        page.keyboard.press("Escape")
        expect(panel(page)).to_be_hidden()
        assert page.evaluate("document.elementFromPoint(1100, 500).closest('[role=region], iframe')") is None
        page.unroute("**/embed?*")
        launcher(page).click()
        expect(inside(page).locator("#question")).to_be_focused()
        expect(page.get_by_text(DOWN)).to_have_count(0)


def test_a_second_try_and_a_late_answer(browser: Browser, sites: Sites) -> None:
    with visit_host(browser, PHONE, sites) as page:
        held: list[Route] = []
        page.clock.install()
        page.route("**/embed?*", lambda route: held.append(route))
        page.goto(sites.url())
        press_and_wait(page, page)
        expect_down(page)
        assert find_barriers(page) == []
        page.get_by_role("button", name="再试一次").click()
        expect(page.get_by_text("正在打开政策问答")).to_be_visible()
        let_settle(page)
        page.clock.fast_forward(LATER_THAN_THE_DEADLINE)
        expect_down(page)
        # The second request is answered after all.
        held[-1].continue_()
        expect(inside(page).locator("#question")).to_be_visible()
        expect(page.get_by_text(DOWN)).to_have_count(0)


@pytest.mark.parametrize("host", ["another site", "sandboxed frame", "no origin"])
def test_other_sites_are_not_shown_anything(browser: Browser, sites: Sites, host: str) -> None:
    """The browser refuses by the page's own policy; an origin that is none is no origin of the list."""
    with visit_host(browser, DESK, sites) as page:
        page.clock.install()
        addresses = {"sandboxed frame": f"{sites.allowed}/?around=sandbox", "no origin": sites.url(nowhere="1")}
        page.goto(addresses.get(host, sites.url(sites.other)))
        window = page.frames[1] if host == "sandboxed frame" else page
        press_and_wait(page, window)
        expect_down(window)
        assert not [f for f in page.frames if f.locator("#question").count()]
        page.locator("body").click(position={"x": 5, "y": 5})


def test_the_own_site_may_show_it(browser: Browser, sites: Sites) -> None:
    with visit_host(browser, DESK, sites) as page:
        for mode in ("bubble", "inline", "full"):
            page.goto(f"{sites.service}/embed/demo?mode={mode}&measure=9")
            expect(page.get_by_text("样例宿主网站")).to_be_visible()
            assert page.evaluate("shift") == 0 and (mode != "inline" or find_barriers(page) == [])
            launcher(page).click()
            ask_inside(inside(page), "中试基地一年奖多少？")


def test_a_host_without_scripts_leads_to_a_form(browser: Browser, sites: Sites) -> None:
    with visit_host(browser, PHONE, sites, java_script_enabled=False) as page:
        page.goto(sites.url())
        page.locator("#plain").click()
        page.get_by_label("您的问题").fill("中试基地一年奖多少？")
        page.get_by_role("button", name="提问").click()
        expect(page.locator(".answer")).to_have_attribute("data-status", "partly_answered")
        assert "?" not in page.url.replace("?lang=zh", "")


def test_a_plain_frame_works_without_scripts(browser: Browser, sites: Sites) -> None:
    """Buttons of the answer ask too, and what was asked before is remembered."""
    with visit_host(browser, DESK, sites, java_script_enabled=False) as page:
        page.goto(f"{sites.allowed}/?around=frame")
        frame = page.frame_locator("iframe")
        frame.get_by_role("button", name="提问", exact=True).click()
        expect(frame.locator(".question")).to_have_text("第2条有哪些规定？")
        frame.locator(".chip").first.click()
        expect(frame.locator(".question")).to_have_text("省科技厅负责哪些措施？")
        kept = frame.locator("#ask [name=earlier]")
        assert [kept.nth(n).get_attribute("value") for n in range(2)] == ["第2条有哪些规定？", "省科技厅负责哪些措施？"]
        expect(frame.locator("#clear")).to_be_hidden()
        links = frame.locator("a").all()
        assert {(a.get_attribute("target"), a.get_attribute("rel")) for a in links} == {("_blank", "noopener")}
