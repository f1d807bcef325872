"""How each surface is asked one question, and what it then shows: the same fields for all of them."""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.__main__ import main
from tests.html_reading import Reading
from tests.model_server.playing import ASKS, PlayedAssistant
from ui.callers.clients import NO_PROXY
from ui.chat.exchanges import Exchange
from ui.chat.talking import Talking
from ui.service.answering import AnswerDesk

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """`early` is what was shown before the answer was whole, `text` the answer, as a reader sees it.

    `fields` is the answer as JSON, None where the surface sends none.
    """

    status: int
    text: str
    early: tuple[str, ...] = ()
    fields: Json | None = None


@dataclass(frozen=True, slots=True)
class Doors:
    """What a surface is asked through."""

    client: TestClient
    assistant: PlayedAssistant
    capture: pytest.CaptureFixture[str]

    @property
    def desk(self) -> AnswerDesk:
        app = self.client.app
        assert isinstance(app, FastAPI)
        desk: AnswerDesk = app.state.desk
        return desk


def read_events(text: str) -> Iterator[tuple[str, Json]]:
    """Name and content of each event; the end of OpenAI's streams has neither."""
    for frame in filter(None, text.split("\n\n")):
        fields = dict(line.split(": ", 1) for line in frame.split("\n"))
        if fields.get("data", "[DONE]") != "[DONE]":
            yield fields.get("event", ""), json.loads(fields["data"])


def ask_api(doors: Doors) -> Shown:
    response = doors.client.post("/api/v1/ask", json={"question": ASKS})
    return Shown(response.status_code, response.json()["answer"], fields=response.json())


def ask_events(doors: Doors) -> Shown:
    response = doors.client.post("/api/v1/ask/stream", json={"question": ASKS})
    events = list(read_events(response.text))
    name, done = events[-1]
    assert name == "done"
    early = tuple(content["text"] for name, content in events if name == "part" and "wording" in content)
    return Shown(response.status_code, done["answer"], early, done)


def ask_page(doors: Doors) -> Shown:
    """What gradio's events show."""

    async def collect() -> list[list[str]]:
        talking = Talking(doors.desk, "zh", NO_PROXY)
        scope = {"type": "http", "client": ("192.0.2.1", 1), "headers": []}
        return [[m["content"] for m in step.messages] async for step in talking.ask(Exchange(ASKS), "", scope)]

    # In a thread of its own: a browser of an earlier test may have left a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        *before, last = thread.submit(asyncio.run, collect()).result()
    early = dict.fromkeys(told for shown in before for told in re.findall(_TOLD, shown[-1]))
    return Shown(200 if 'data-status="error"' not in last[-1] else 500, Reading(last[-1]).text, tuple(early))


# The words of a sentence of a model, up to its marks.
_TOLD = re.compile(r'<p class="(?:direct|own)[^"]*">([^<]*)<(?:(?!</p>).)*class="wording')


def ask_frame(doors: Doors) -> Shown:
    """The widget's, with its script."""
    response = doors.client.post("/chat/ask", json={"question": ASKS})
    events = list(read_events(response.text))
    name, done = events[-1]
    assert name == "done"
    parts = (content for name, content in events if name == "part")
    early = tuple(content["text"] for content in parts if 'class="wording' in content["html"])
    return Shown(response.status_code, Reading(done["html"]).text, early)


def ask_widget(doors: Doors) -> Shown:
    """Without a script."""
    response = doors.client.post("/embed", data={"question": ASKS})
    return Shown(response.status_code, Reading(response.text).text)


def ask_openai(doors: Doors) -> Shown:
    asked = {"model": "policy-assistant", "messages": [{"role": "user", "content": ASKS}]}
    response = doors.client.post("/v1/chat/completions", json=asked)
    message = response.json()["choices"][0]["message"]
    return Shown(response.status_code, message["content"], fields=response.json()["policy"])


def ask_openai_stream(doors: Doors) -> Shown:
    asked = {"model": "policy-assistant", "stream": True, "messages": [{"role": "user", "content": ASKS}]}
    response = doors.client.post("/v1/chat/completions", json=asked)
    assert response.text.endswith("data: [DONE]\n\n")
    chunks = [content for _, content in read_events(response.text)]
    said = [choice["delta"].get("content", "") for chunk in chunks for choice in chunk["choices"]]
    policy = next(chunk["policy"] for chunk in chunks if "policy" in chunk)
    return Shown(response.status_code, "".join(said), fields=policy)


def ask_terminal(doors: Doors) -> Shown:
    code = main(["ask", ASKS], lambda: doors.assistant.ask)
    said = doors.capture.readouterr()
    assert not said.err
    return Shown(200 if code == 0 else 500, said.out)


SURFACES: dict[str, Callable[[Doors], Shown]] = {
    "api": ask_api,
    "events": ask_events,
    "page": ask_page,
    "frame": ask_frame,
    "widget": ask_widget,
    "openai": ask_openai,
    "openai stream": ask_openai_stream,
    "terminal": ask_terminal,
}
