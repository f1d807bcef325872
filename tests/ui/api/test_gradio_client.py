"""Programs that ask through gradio's client get what the API answers, and pass the same limits."""

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.request import Request, urlopen

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from corpus.store import Corpus
from tests.browser import run_service
from tests.fake_assistant import FakeAssistant
from tests.http_checks import QUESTION, wait_for
from ui.callers.clients import parse_trust
from ui.server import create_app
from ui.service.fair_queue import Places
from ui.settings import UiSettings

Json = dict[str, Any]
# More than one client may have waiting, and less than gradio takes in all.
_FLOOD = 300


@dataclass(frozen=True, slots=True)
class Service:
    address: str
    assistant: FakeAssistant

    def post(self, path: str, body: Json, client: str) -> Json:
        headers = {"Content-Type": "application/json", "X-Forwarded-For": client}
        with urlopen(Request(self.address + path, json.dumps(body).encode(), headers)) as response:
            found: Json = json.load(response)
            return found

    def begin(self, client: str) -> str:
        """The number of the event."""
        event: str = self.post("/gradio_api/call/ask", {"data": [QUESTION, [], []]}, client)["event_id"]
        return event

    def end(self, event: str) -> str:
        with urlopen(f"{self.address}/gradio_api/call/ask/{event}") as response:
            name, _, data = response.read().decode().strip().rpartition("\ndata: ")
            return f"{name} {json.loads(data)}"


@pytest.fixture(scope="module")
def service(small_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    feedback = tmp_path_factory.mktemp("client") / "feedback.sqlite3"
    settings = UiSettings(feedback_file=feedback, trusted_proxies=parse_trust("1"))
    assistant = FakeAssistant(small_corpus)
    with run_service(create_app(assistant, settings)) as address:
        yield Service(address, assistant)


def test_the_client_gets_what_the_api_answers(service: Service) -> None:
    client = Client(service.address, verbose=False)
    history = [{"role": "user", "content": "全文几条？"}, {"role": "assistant", "content": "16条"}]
    for more in ({}, {"history": history, "notice_ids": ["lkz-2025-128"]}):
        told = client.predict(QUESTION, api_name="/ask", **more)
        assert told == service.post("/api/v1/ask", {"question": QUESTION, **more}, "192.0.2.1")
    assert service.assistant.asked[-2] == service.assistant.asked[-1]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"question": "？？"}, "问题里没有文字"),
        ({"question": "字" * 501}, "最多 500 个字"),
        ({"question": QUESTION, "notice_ids": ["nowhere"]}, "notice_ids 里有不认识的编号"),
        ({"question": QUESTION, "history": [{"role": "x", "content": "y"}]}, "只能是 user、assistant 之一"),
    ],
    ids=["no words", "too long", "no such notice", "no such role"],
)
def test_what_cannot_be_asked_is_explained_in_chinese(service: Service, asked: Json, said: str) -> None:
    with pytest.raises(AppError, match=said):
        Client(service.address, verbose=False).predict(api_name="/ask", **asked)


def test_a_fault_shows_nothing_of_the_inside(service: Service) -> None:
    service.assistant.fault = RuntimeError("secret")
    with pytest.raises(AppError, match="错误编号") as told:
        Client(service.address, verbose=False).predict(QUESTION, api_name="/ask")
    service.assistant.forget()
    assert "secret" not in str(told.value)


def test_who_floods_the_queue_holds_up_nobody_else(service: Service) -> None:
    service.assistant.forget()
    service.assistant.gate = gate = threading.Event()
    with ThreadPoolExecutor(16) as pool:
        # Sixteen at a time arrive in any order; the one behind them finds no place for sure.
        events = list(pool.map(lambda _: service.begin("192.0.2.66"), range(_FLOOD - 1)))
        assert "同时提出的问题太多" in service.end(service.begin("192.0.2.66"))
        other = service.begin("192.0.2.7")
        gate.set()
        assert "200万元" in service.end(other)
        ends = list(pool.map(service.end, events))
    answered = sum("200万元" in text for text in ends)
    assert answered + sum("同时提出的问题太多" in text for text in ends) == _FLOOD - 1
    assert answered == Places().per_client + Places().at_a_time
    wait_for(lambda: len(service.assistant.asked) == answered + 1)
