"""Keys of integrators: who is known, who is turned away, and that no key shows anywhere."""

import logging
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr, ValidationError
from starlette.requests import Request

from corpus.store import Corpus
from tests.fake_assistant import FakeAssistant
from tests.http_checks import ASK, QUESTION, expect_problem, serve
from ui.__main__ import main
from ui.callers.keys import BadKeys, find_integrator, read_keys
from ui.server import create_app
from ui.settings import UiSettings

KEYS = SecretStr("济南:s3cret-one, portal:s3cret:two")


@pytest.fixture(scope="module")
def app(small_corpus: Corpus) -> FastAPI:
    app = create_app(FakeAssistant(small_corpus), UiSettings(api_keys=KEYS))

    @app.get("/api/v1/who")
    def who(request: Request) -> str:
        return str(find_integrator(request.scope))

    app.router.routes.insert(0, app.router.routes.pop())
    return app


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


KNOWN = [
    ({}, "None"),
    ({"authorization": "Bearer s3cret-one"}, "济南"),
    ({"authorization": "bearer  s3cret:two"}, "portal"),
    ({"x-api-key": "s3cret-one"}, "济南"),
    ({"authorization": "Basic dXNlcjpwYXNz"}, "None"),
    ({"authorization": "Basic dXNlcjpwYXNz", "x-api-key": "s3cret:two"}, "portal"),
]


@pytest.mark.parametrize(("headers", "name"), KNOWN)
def test_a_known_key_is_a_name(client: TestClient, headers: dict[str, str], name: str) -> None:
    assert client.get("/api/v1/who", headers=headers).json() == name


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer s3cret"},
        {"authorization": "Bearer"},
        {"x-api-key": ""},
        {"x-api-key": "s3cret-one2"},
        {"authorization": b"Bearer \xff\xfe"},
        {"authorization": "Bearer wrong", "x-api-key": "s3cret-one"},
    ],
)
def test_an_unknown_key_is_turned_away(client: TestClient, headers: dict[str, str]) -> None:
    response = client.post(ASK, json={"question": QUESTION}, headers=headers)
    assert "密钥" in expect_problem(response, 401)["detail"]
    assert response.headers["www-authenticate"] == "Bearer"


def test_pages_and_health_ask_for_no_key(client: TestClient) -> None:
    for path in ("/", "/healthz", "/measures", "/openapi.json"):
        assert client.get(path, headers={"authorization": "Bearer of a proxy"}).status_code == 200


def test_without_keys_any_is_accepted(small_corpus: Corpus) -> None:
    with serve(FakeAssistant(small_corpus)) as client:
        headers = {"authorization": "Bearer sk-whatever"}
        assert client.post(ASK, json={"question": QUESTION}, headers=headers).status_code == 200


def test_no_key_is_logged_or_shown(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    refused = client.get("/api/v1/who", headers={"x-api-key": "tried-this"})
    client.get("/api/v1/who", headers={"x-api-key": "s3cret-one"})
    written = caplog.text + refused.text + repr(UiSettings(api_keys=KEYS)) + repr(read_keys(KEYS))
    assert "s3cret" not in written and "tried-this" not in written


@pytest.mark.parametrize("setting", ["s3cret", "a:", ":s3cret", "a:s3cret,a:other", "a:s3cret密钥"])
def test_a_wrong_setting_is_refused_without_repeating_it(setting: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BadKeys) as refused:
        read_keys(SecretStr(setting))
    assert "s3cret" not in str(refused.value)
    with pytest.raises(ValidationError):
        UiSettings(api_keys=SecretStr(setting))


def test_a_wrong_setting_is_said_at_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICY_API_KEYS", "s3cret")
    assert main(["--port", "0"]) == 1
    said = capsys.readouterr().err
    assert "POLICY_API_KEYS" in said and "s3cret" not in said
