"""An answer that a model wrote, on every surface: labelled, each sentence marked, and shown as it comes."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Composer
from tests.model_server.asking import PATIENT, open_endpoint
from tests.model_server.playing import ASKS, REPLY, SENTENCES, PlayedAssistant
from tests.model_server.server import ModelServer, say
from tests.ui.model.surfaces import SURFACES, Doors, read_events
from ui.words import word

_LABEL = word("ai_label", "zh")
_STREAMS = ("events", "frame")
_IN_PLAIN_WORDS = {"page": "解读（本句", "frame": "解读（本句", "widget": "解读（本句", "terminal": "[解读]"}


@pytest.fixture(scope="module", autouse=True)
def server(assistant: PlayedAssistant) -> Iterator[ModelServer]:
    with ModelServer(say(REPLY)) as server, open_endpoint(server.url, **PATIENT) as endpoint:
        assistant.play(endpoint)
        yield server


@pytest.mark.parametrize("surface", SURFACES)
def test_what_a_model_wrote_is_labelled(
    surface: str, client: TestClient, assistant: PlayedAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = SURFACES[surface](Doors(client, assistant, capsys))
    assert shown.status == 200
    assert assistant.answers[-1].composer is Composer.MODEL and assistant.answers[-1].degraded is None
    assert all(text in shown.text for text in SENTENCES)
    if surface in ("api", "events"):
        assert shown.fields is not None
        wordings = [part.get("wording") for part in shown.fields["parts"]]
        assert (shown.fields["composer"], wordings[:3]) == ("model", ["explained", "explained", None])
        assert _LABEL not in shown.text
    else:
        assert shown.text.count(_LABEL) == 1
        assert shown.text.index(_LABEL) < shown.text.index(SENTENCES[0])
        assert shown.text.count(_IN_PLAIN_WORDS.get(surface, "（解读）")) == len(SENTENCES)
    if surface in _STREAMS:
        assert [text.removeprefix(_LABEL).strip().removesuffix("（解读）") for text in shown.early] == list(SENTENCES)


def test_both_forms_of_openai_say_the_same(
    client: TestClient, assistant: PlayedAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    doors = Doors(client, assistant, capsys)
    assert SURFACES["openai stream"](doors).text == SURFACES["openai"](doors).text


def test_the_events_of_an_answer_that_a_model_writes(client: TestClient, assistant: PlayedAssistant) -> None:
    """The first line of the quoting composer stands until the sentences come; nothing is told twice."""
    asked = {"question": ASKS}
    events = list(read_events(client.post("/api/v1/ask/stream", json=asked).text))
    told = [(name, content.get("step") or content.get("text", "")) for name, content in events]
    assert told[:8] == [
        ("step", "understand"),
        ("step", "retrieve"),
        ("step", "compose"),
        ("step", "verify"),
        ("step", "write"),
        ("first_line", assistant.quoted.parts[0].text),
        ("part", SENTENCES[0]),
        ("part", SENTENCES[1]),
    ]
    done = events[-1][1]
    assert [text for name, text in told if name == "part"] == [part["text"] for part in done["parts"]]
    assert done["timings_ms"]["write"] > 0


def test_the_page_labels_the_first_sentence_only(client: TestClient) -> None:
    asked = {"question": ASKS}
    events = list(read_events(client.post("/chat/ask", json=asked).text))
    first_line, one, two = [content["html"] for name, content in events if name in ("first_line", "part")][:3]
    assert first_line.startswith('<p class="direct">') and "wording" not in first_line
    assert one.startswith('<p class="ai-label">') and 'class="wording wording--explained"' in one
    assert two.startswith('<p class="own">') and "ai-label" not in two
