"""Whoever runs the service sees how the model is; a model that is down leaves the service ready."""

import contextlib

import pytest
from fastapi.testclient import TestClient

from assistant.model.endpoint import ModelError
from corpus.store import Corpus
from tests.fake_assistant import FakeAssistant
from tests.http_checks import ASK
from tests.model_server.asking import CORRECT, PATIENT, open_endpoint, write
from tests.model_server.refusals import status
from tests.model_server.server import ModelServer, say
from ui.server import create_app
from ui.settings import UiSettings


@pytest.fixture
def assistant(small_corpus: Corpus) -> FakeAssistant:
    return FakeAssistant(small_corpus)


def read(client: TestClient) -> tuple[int, str, str | None]:
    reply = client.get("/readyz")
    return reply.status_code, reply.json()["model"], reply.json()["degraded"]


def test_a_model_that_is_down_leaves_the_service_ready(assistant: FakeAssistant) -> None:
    client = TestClient(create_app(assistant, UiSettings()), client=("127.0.0.1", 5000))
    assert read(client) == (200, "none", None)
    assert "policy_model" not in client.get("/metrics").text
    with ModelServer(say(CORRECT)) as server, open_endpoint(server.url, **PATIENT) as endpoint:
        assistant.endpoint = endpoint
        assert write(endpoint) == CORRECT
        assert read(client) == (200, "ready", None)
        server.script = status("502 Bad Gateway", "<html>")
        shown = []
        for _ in range(4):
            with contextlib.suppress(ModelError):
                write(endpoint)
            shown.append(read(client))
    assert shown == [(200, "failing", None)] * 2 + [(200, "open", "model_unavailable")] * 2
    lines = client.get("/metrics").text.splitlines()
    assert {line for line in lines if line.startswith("policy_model")} == {
        'policy_model_state{state="ready"} 0.0',
        'policy_model_state{state="failing"} 0.0',
        'policy_model_state{state="open"} 1.0',
        "policy_model_requests_total 4.0",
        "policy_model_retries_total 3.0",
        "policy_model_refused_total 1.0",
        'policy_model_failures_total{fault="model_unavailable"} 4.0',
        'policy_model_failures_total{fault="model_timeout"} 0.0',
        'policy_model_tokens_total{of="prompt"} 30.0',
        'policy_model_tokens_total{of="reply"} 12.0',
    }


def test_answers_are_counted_by_what_composed_them(assistant: FakeAssistant) -> None:
    client = TestClient(create_app(assistant, UiSettings()), client=("127.0.0.1", 5000))
    client.post(ASK, json={"question": "奖多少"})
    assert 'policy_composed_total{composer="quote",degraded=""} 1.0' in client.get("/metrics").text
