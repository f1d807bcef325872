"""An answer of a model on the chat page and in the widget's frame, while it is written and when it is there."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser import DESK, PHONE, SIZES, find_barriers, open_page, overflow, run_service
from tests.chat_page import box, latest, open_chat
from tests.model_server.asking import PATIENT, open_endpoint
from tests.model_server.playing import ASKS, FIRST_HALF, REPLY, SENTENCES, PlayedAssistant
from tests.model_server.server import ROLE, STOP, Line, ModelServer, words
from ui.words import word

pytestmark = pytest.mark.browser
_LABEL = word("ai_label", "zh")


@dataclass
class PausedReply:
    """A reply that stops before its first and before its second sentence until told to go on."""

    first: threading.Event = field(default_factory=threading.Event)
    rest: threading.Event = field(default_factory=threading.Event)

    async def play(self, line: Line) -> None:
        await line.open()
        await line.stream(ROLE)
        await self._wait(self.first)
        await line.stream(*words(FIRST_HALF))
        await self._wait(self.rest)
        await line.stream(*words(REPLY[len(FIRST_HALF) :]), STOP)
        await line.end()

    @staticmethod
    async def _wait(told: threading.Event) -> None:
        while not told.is_set():
            await asyncio.sleep(0.01)


@pytest.fixture(scope="module")
def server(assistant: PlayedAssistant) -> Iterator[ModelServer]:
    with ModelServer(PausedReply().play) as server, open_endpoint(server.url, **PATIENT) as endpoint:
        assistant.play(endpoint)
        yield server


@pytest.fixture(scope="module")
def site(app: FastAPI, server: ModelServer) -> Iterator[str]:
    with run_service(app) as address:
        yield address


@pytest.fixture
def reply(server: ModelServer) -> PausedReply:
    reply = PausedReply()
    server.script = reply.play
    return reply


def open_frame(page: Page, site: str) -> None:
    page.goto(f"{site}/embed")
    page.locator("#question").fill(ASKS)
    page.locator("#question").press("Enter")


def ask_on_page(page: Page, site: str) -> None:
    open_chat(page, site)
    box(page).fill(ASKS)
    box(page).press("Enter")


def arriving(page: Page) -> Locator:
    return page.locator("[data-arriving] > *")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("door", [ask_on_page, open_frame], ids=["page", "frame"])
def test_sentences_come_one_by_one_and_the_card_replaces_them(
    site: str, browser: Browser, reply: PausedReply, assistant: PlayedAssistant, size: ViewportSize, door: object
) -> None:
    with open_page(browser, size) as page:
        assert callable(door)
        door(page, site)
        quoted = assistant.quoted.parts[0].text
        expect(arriving(page)).to_have_count(1)
        expect(arriving(page)).to_contain_text(quoted)
        reply.first.set()
        expect(arriving(page)).to_have_count(2)
        expect(arriving(page).first).to_have_text(_LABEL)
        expect(arriving(page).last).to_contain_text(SENTENCES[0])
        assert find_barriers(page) == []
        reply.rest.set()
        answer = page.locator(".answer:not([data-status=working])").last
        expect(answer.locator(".ai-label")).to_have_text(_LABEL)
        expect(answer.locator(".written > p:not(.ai-label)")).to_have_count(2)
        assert answer.locator(".wording").all_inner_texts()[0].startswith("解读")
        assert find_barriers(page) == [] and overflow(page) == 0
        heard = page.locator("#announcer").inner_text()
        assert all(heard.count(text) == 1 for text in (quoted, *SENTENCES)) and _LABEL in heard


def test_the_step_of_writing_is_shown_once_it_comes(site: str, browser: Browser, reply: PausedReply) -> None:
    with open_page(browser, DESK) as page:
        ask_on_page(page, site)
        step = page.locator("[data-step=write]")
        expect(step).to_be_visible()
        expect(step).to_have_attribute("aria-current", "step")
        expect(page.locator("[data-step].done")).to_have_count(4)
        reply.first.set()
        reply.rest.set()
        latest(page)


def test_the_label_is_printed(site: str, browser: Browser, reply: PausedReply) -> None:
    reply.first.set()
    reply.rest.set()
    with open_page(browser, PHONE) as page:
        ask_on_page(page, site)
        answer = latest(page)
        page.emulate_media(media="print")
        expect(answer.locator(".ai-label")).to_be_visible()
        expect(answer.locator(".wording").first).to_be_visible()


def test_stopping_stops_the_model(site: str, server: ModelServer, browser: Browser, reply: PausedReply) -> None:
    with open_page(browser, DESK) as page:
        ask_on_page(page, site)
        expect(arriving(page)).to_have_count(1)
        page.get_by_role("button", name="停止").click()
        assert server.left.acquire(timeout=30)
        expect(latest(page)).to_have_attribute("data-status", "stopped")
    assert not reply.first.is_set()
