"""How each surface is asked one question, and what it then shows: the same fields for all of them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.__main__ import main
from tests.html_reading import Reading
from tests.model_server.playing import ASKS, PlayedAssistant

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
    response = doors.client.post("/chat/ask", json={"question": ASKS})
    events = list(read_events(response.text))
    name, done = events[-1]
    assert name == "done"
    parts = (content for name, content in events if name == "part")
    early = tuple(content["text"] for content in parts if 'class="wording' in content["html"])
    return Shown(response.status_code, Reading(done["html"]).text, early)


def ask_widget(doors: Doors) -> Shown:
    """Without a script; with one it is the same stream as that of the page."""
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
    "widget": ask_widget,
    "openai": ask_openai,
    "openai stream": ask_openai_stream,
    "terminal": ask_terminal,
}
