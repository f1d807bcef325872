"""The chat page loads no more than a bare gradio chat page; how fast it is depends on the machine and is no test."""

from collections.abc import Iterator

import gradio as gr
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser

from tests.browser import DESK, open_page, run_service
from tests.chat_page import LIST, ask, open_chat

pytestmark = pytest.mark.browser
_ASKED = ("中试基地一年奖多少？", "第九条讲什么", "哪些措施写明了金额？", LIST)

_BYTES = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .reduce((sum, entry) => sum + entry.decodedBodySize, 0)"""


@pytest.fixture(scope="module")
def bare_site() -> Iterator[str]:
    with gr.Blocks() as bare:
        gr.ChatInterface(lambda message, history: message, api_visibility="private")
    with run_service(gr.mount_gradio_app(FastAPI(), bare, path="/")) as address:
        yield address


def weigh(browser: Browser, address: str) -> int:
    """The bytes that a visitor's browser has unpacked when gradio has drawn its box."""
    with open_page(browser, DESK) as page:
        page.goto(address)
        page.locator("gradio-app textarea").wait_for()
        return int(page.evaluate(_BYTES))


def test_the_twentieth_question_of_a_talk_is_as_light_as_a_picture(site: str, browser: Browser) -> None:
    """All that is sent and received for it, packed as it travels."""
    with open_page(browser, DESK) as page:
        open_chat(page, site)
        for _ in range(5):
            for question in _ASKED:
                ask(page, question)
        travelled: list[int] = []
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.on("Network.dataReceived", lambda event: travelled.append(event["encodedDataLength"]))
        sent: list[int] = []
        page.on("request", lambda request: sent.append(len(request.post_data_buffer or b"")))
        ask(page, LIST)
        page.wait_for_timeout(1_000)
        assert page.locator(".question").count() == 20
        assert 10_000 < sum(travelled) + sum(sent) <= 150_000


def test_the_page_is_no_heavier_than_a_bare_gradio_chat(site: str, bare_site: str, browser: Browser) -> None:
    ours, bare = weigh(browser, site), weigh(browser, bare_site)
    assert 300_000 < ours <= bare
