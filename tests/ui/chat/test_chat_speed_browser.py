"""How soon the chat page can be used and answers, against a bare gradio chat page in the same run."""

from collections.abc import Callable, Iterator
from statistics import median

import gradio as gr
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser

from tests.browser import DESK, open_page, run_service
from tests.chat_page import QUESTIONS, ask, open_chat

pytestmark = pytest.mark.browser

_ROUNDS = 3
_MOST_TIMES_AS_LONG = 1.2
_MOST_MILLISECONDS_TO_FIRST_PART = 300

# The milliseconds from the start of loading until somebody can type into the box and send it.
_USABLE = """async (ready) => {
  while (!document.querySelector(ready) || !document.querySelector("textarea")?.checkVisibility()) {
    await new Promise((r) => setTimeout(r, 2));
  }
  return performance.now();
}"""

_TIME_FIRST_PART = """() => {
  addEventListener("keydown", () => { window.asked = performance.now(); }, { capture: true, once: true });
  new MutationObserver((_, observer) => {
    if (!document.querySelector(".answer .direct")) return;
    window.firstPart = performance.now();
    observer.disconnect();
  }).observe(document.getElementById("conversation"), { childList: true, subtree: true });
}"""


@pytest.fixture(scope="module")
def bare_site() -> Iterator[str]:
    with gr.Blocks() as bare:
        gr.ChatInterface(lambda message, history: message, api_visibility="private")
    with run_service(gr.mount_gradio_app(FastAPI(), bare, path="/")) as address:
        yield address


def time_until_usable(browser: Browser, address: str, ready: str) -> float:
    with open_page(browser, DESK) as page:
        page.goto(address, wait_until="commit")
        return float(page.evaluate(_USABLE, ready))


def test_the_page_is_usable_about_as_soon_as_a_bare_gradio_chat(
    site: str, bare_site: str, browser: Browser, record_testsuite_property: Callable[[str, object], None]
) -> None:
    ours, bare = [], []
    for _ in range(_ROUNDS):
        ours.append(time_until_usable(browser, site, "html[data-ready]"))
        bare.append(time_until_usable(browser, bare_site, "gradio-app textarea"))
    times = median(ours) / median(bare)
    record_testsuite_property("usable_times_bare_gradio", round(times, 2))
    assert times <= _MOST_TIMES_AS_LONG, (ours, bare)


def test_the_first_part_follows_enter_at_once(
    site: str, browser: Browser, record_testsuite_property: Callable[[str, object], None]
) -> None:
    """The best of some, for other work on the machine is no fault of the page."""
    waited = []
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        for _ in range(_ROUNDS):
            page.evaluate(_TIME_FIRST_PART)
            ask(page, QUESTIONS["answered"])
            waited.append(page.evaluate("window.firstPart - window.asked"))
            page.get_by_role("button", name="清空对话").click()
    record_testsuite_property("milliseconds_to_first_part", round(min(waited)))
    assert min(waited) <= _MOST_MILLISECONDS_TO_FIRST_PART, waited
