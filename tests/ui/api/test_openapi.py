"""The OpenAPI description is true: schemathesis finds nothing against it, and its examples fit it."""

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from assistant.ask import Assistant
from assistant.output.encode import encode_answer
from tests.browser import run_service
from tests.conftest import ROOT, SEED_ID
from tests.fake_assistant import make_table_answer
from ui.feedback.limit import SECONDS, FeedbackLimit
from ui.server import create_app
from ui.settings import UiSettings

CAMPAIGN = (
    "--checks all --max-examples 20 --generation-deterministic --no-color".split()
)  # fmt: skip
QUESTION = "中试基地一年奖多少？什么时候申报？"
CHAT = {"model": "policy-assistant", "messages": [{"role": "user", "content": QUESTION}]}
Json = dict[str, Any]


@pytest.fixture(scope="module")
def make_app(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], FastAPI]:
    def make() -> FastAPI:
        ticks = itertools.count()
        app = create_app(assistant, UiSettings(feedback_file=tmp_path_factory.mktemp("kept") / "feedback.sqlite3"))
        # A campaign sends more feedback than a visitor may.
        app.state.feedback_limit = FeedbackLimit(lambda: next(ticks) * SECONDS)
        return app

    return make


@pytest.fixture(scope="module")
def client(make_app: Callable[[], FastAPI]) -> Iterator[TestClient]:
    with TestClient(make_app()) as client:
        yield client


@pytest.fixture(scope="module")
def schema(client: TestClient) -> Json:
    return dict(client.get("/openapi.json").json())


def test_schemathesis_finds_nothing(make_app: Callable[[], FastAPI], tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SCHEMATHESIS_HOOKS": "tests.ui.api.schema_hooks"}
    with run_service(make_app()) as address:
        command = [str(Path(sys.executable).parent / "schemathesis"), "run", f"{address}/openapi.json", *CAMPAIGN]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
    assert "No issues found" in done.stdout


def operations(schema: Json) -> Iterator[tuple[str, str, Json]]:
    for path, methods in schema["paths"].items():
        yield from ((path, method, operation) for method, operation in methods.items())


def check(schema: Json, part: Json, value: object) -> None:
    Draft202012Validator({**part, "components": schema["components"]}).validate(value)


def test_every_route_for_programs_has_fitting_examples(schema: Json) -> None:
    for path, method, operation in operations(schema):
        for status, response in operation["responses"].items():
            for media_type, content in response["content"].items():
                if media_type in ("text/html", "text/event-stream"):
                    continue
                assert content.get("examples"), f"{method} {path} {status} {media_type} has no example"
                for example in content["examples"].values():
                    check(schema, content["schema"], example["value"])


def test_every_body_has_a_fitting_example(schema: Json) -> None:
    bodies = [o["requestBody"]["content"]["application/json"]["schema"] for *_, o in operations(schema) if "requestBody" in o]  # fmt: skip
    assert len(bodies) == 4
    for body in bodies:
        described = schema["components"]["schemas"][body["$ref"].rsplit("/", 1)[1]]
        assert described["description"]
        for example in described["examples"]:
            check(schema, body, example)


def test_every_response_names_its_headers(schema: Json) -> None:
    for path, _, operation in operations(schema):
        for status, response in operation["responses"].items():
            assert "X-Request-Id" in response["headers"]
            assert ("Retry-After" in response["headers"]) == (status in ("429", "503")), path


SENT = [
    ("post", "/api/v1/ask", {"question": QUESTION}, "AnswerReply"),
    ("get", "/api/v1/notices", None, "NoticesReply"),
    ("get", f"/api/v1/notices/{SEED_ID}", None, "NoticeReply"),
    ("get", "/api/v1/notices/none", None, "ProblemReply"),
    ("get", "/healthz", None, "HealthReply"),
    ("get", "/readyz", None, "ReadyReply"),
    ("get", "/version", None, "VersionReply"),
    ("post", "/v1/chat/completions", CHAT, "CompletionReply"),
    ("get", "/v1/models", None, "ModelsReply"),
    ("get", "/v1/models/none", None, "OpenAiErrorReply"),
]


@pytest.mark.parametrize(("method", "path", "body", "name"), SENT)
def test_nothing_is_sent_that_is_not_described(
    schema: Json, client: TestClient, method: str, path: str, body: Json | None, name: str
) -> None:
    """Clients must bear unknown fields, but we know ours."""
    sent = client.request(method, path, json=body).json()
    closed = json.loads(json.dumps(schema["components"]))
    for described in closed["schemas"].values():
        if described.get("type") == "object":
            described["additionalProperties"] = False
    Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": closed}).validate(sent)


def test_tables_are_described(schema: Json) -> None:
    sent = json.loads(json.dumps(encode_answer(make_table_answer(("甲", "200万元")))))
    components = json.loads(json.dumps(schema["components"]))
    for name in ("PartReply", "Row"):
        components["schemas"][name]["additionalProperties"] = False
    check({"components": components}, {"$ref": "#/components/schemas/AnswerReply"}, sent)
    assert sent["parts"][1]["rows"] == [{"cells": ["甲", "200万元"], "citations": [1]}]


@pytest.mark.parametrize(
    ("path", "body"), [("/api/v1/ask/stream", {"question": QUESTION}), ("/v1/chat/completions", {**CHAT, "stream": True})]
)  # fmt: skip
def test_events_are_as_described(schema: Json, client: TestClient, path: str, body: Json) -> None:
    content = schema["paths"][path]["post"]["responses"]["200"]["content"]["text/event-stream"]
    described = content["itemSchema"]
    (example,) = content["examples"].values()
    sent = client.post(path, json=body).text.strip().split("\n\n")
    assert len(sent) > 4
    for frame in (*sent, *example["value"].strip().split("\n\n")):
        event = dict(line.split(": ", 1) for line in frame.split("\n"))
        check(schema, described, event)
        if event["data"] != "[DONE]":
            name = event.get("event")
            models = [e["properties"]["data"]["contentSchema"] for e in described["anyOf"]
                      if e["properties"].get("event", {}).get("const") == name and "contentSchema" in e["properties"]["data"]]  # fmt: skip
            check(schema, {"anyOf": models}, json.loads(event["data"]))


@pytest.mark.parametrize(
    ("path", "allowed"), [("/api/v1/ask", "POST"), ("/api/v1/notices", "GET"), ("/v1/models", "GET")]
)
def test_other_methods_are_refused_with_those_allowed(client: TestClient, path: str, allowed: str) -> None:
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - {allowed}:
        refused = client.request(method, path)
        assert (refused.status_code, refused.headers["allow"]) == (405, allowed)
