"""The chat page loads no more than a bare gradio chat page; how fast it is depends on the machine and is no test."""

from collections.abc import Iterator

import gradio as gr
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser

from tests.browser import DESK, open_page, run_service

pytestmark = pytest.mark.browser

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


def test_the_page_is_no_heavier_than_a_bare_gradio_chat(site: str, bare_site: str, browser: Browser) -> None:
    ours, bare = weigh(browser, site), weigh(browser, bare_site)
    assert 300_000 < ours <= bare
