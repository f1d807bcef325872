"""Cases are put to the product in this process or to a running service, and what fails is named."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest

from assistant.ask import Assistant, Steps
from assistant.model.writing import Writer
from assistant.understanding.frame import Turn
from corpus.embedding.embed import EmbeddingFailed
from corpus.store import Corpus
from evals import entry as module
from evals.corpora import Library, Place
from evals.entry import EntryFailed, HttpEntry, LocalEntry, engine_beside
from tests.conftest import FakeEmbedder
from tests.evals.answers import HOME, make_case, make_library

TEXT = "最高给予500万元补助。"


class Service:
    """What a running service holds and was asked; `waits` is how often it asks to come back, `replies` its answers."""

    def __init__(self) -> None:
        self.bodies: list[Any] = []
        self.waits = 0
        self.pause = "0"
        self.pages = {"/api/v1/notices": json.dumps({"notices": [{"id": "n 1"}]}), "/api/v1/notices/n%201/text": TEXT}
        self.reply = json.dumps({"status": "answered"})
        self.address = ""


@pytest.fixture
def service() -> Iterator[Service]:
    kept = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(200 if self.path in kept.pages else 404, kept.pages.get(self.path, "没有"))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if kept.waits:
                kept.waits -= 1
                self._send(429, "{}")
                return
            kept.bodies.append((self.path, body))
            self._send(200, kept.reply)

        def _send(self, status: int, text: str) -> None:
            self.send_response(status)
            self.send_header("Retry-After", kept.pause)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    kept.address = f"http://127.0.0.1:{server.server_port}"
    yield kept
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """For how long the entry waited, without waiting."""
    waited: list[float] = []
    monkeypatch.setattr(module, "time", SimpleNamespace(sleep=waited.append))
    return waited


def test_a_service_is_asked_with_history_and_notices(service: Service) -> None:
    entry = HttpEntry(f"{service.address}/")
    history = (Turn("user", "先问"), Turn("assistant", "先答"))
    assert entry.name == service.address
    assert entry.ask("再问", history, Place(None, ("n 1",))) == {"status": "answered"}
    turns = [{"role": "user", "content": "先问"}, {"role": "assistant", "content": "先答"}]
    assert service.bodies == [("/api/v1/ask", {"question": "再问", "history": turns, "notice_ids": ["n 1"]})]


def test_a_service_that_is_busy_is_asked_again(service: Service, pauses: list[float]) -> None:
    service.waits, service.pause = 2, "7"
    assert HttpEntry(service.address).ask("问", (), Place(None)) == {"status": "answered"}
    assert (pauses, len(service.bodies)) == ([7.0, 7.0], 1)


@pytest.mark.parametrize(("pause", "waited"), [("3600", 60.0), ("Wed, 21 Oct", 1.0)])
def test_nobody_waits_for_ever(service: Service, pauses: list[float], pause: str, waited: float) -> None:
    service.waits, service.pause = 100, pause
    with pytest.raises(EntryFailed, match="返回 429"):
        HttpEntry(service.address).ask("问", (), Place(None))
    assert pauses == [waited] * 5


def test_a_service_says_which_notices_it_has(service: Service) -> None:
    entry = HttpEntry(service.address)
    context = entry.open_context([])
    assert (context.texts, context.spans) == ({"n 1": TEXT}, {})
    service.pages.clear()
    assert entry.find_place(make_case(notice_id="n 1")) == Place(None)
    assert entry.find_place(make_case(notice_ids=["n 1"])) == Place(None, ("n 1",))
    assert entry.find_place(make_case(notice_ids=["all"])) == entry.find_place(make_case()) == Place(None)
    with pytest.raises(EntryFailed, match="服务里没有通知 m、o"):
        entry.find_place(make_case(notice_ids=["m", "n 1", "o"]))


def _ask(entry: HttpEntry) -> object:
    return entry.ask("问", (), Place(None))


def _open(entry: HttpEntry) -> object:
    return entry.open_context([])


@pytest.mark.parametrize(
    ("change", "act", "reason"),
    [
        ({"reply": "<html>"}, _ask, "/api/v1/ask 返回的不是 JSON 对象"),
        ({"reply": "[1]"}, _ask, "/api/v1/ask 返回的不是 JSON 对象"),
        ({"pages": {}}, _open, "/api/v1/notices 返回 404：没有"),
        ({"pages": {"/api/v1/notices": "{}"}}, _open, "/api/v1/notices 的内容不符合约定"),
        ({"address": "http://127.0.0.1:9"}, _ask, "连不上 http://127.0.0.1:9/api/v1/ask"),
    ],
)
def test_what_a_service_does_wrong_is_named(
    service: Service, change: dict[str, Any], act: Callable[[HttpEntry], object], reason: str
) -> None:
    for name, value in change.items():
        setattr(service, name, value)
    with pytest.raises(EntryFailed, match=reason):
        act(HttpEntry(service.address))


def test_answers_made_here_name_the_notices_that_were_asked(library: Library) -> None:
    entry = LocalEntry(library)
    case = make_case(question="中试基地年度最高奖补多少？", notice_ids=[HOME])
    answer = entry.ask(case.question, (), entry.find_place(case))
    assert {citation["notice_id"] for citation in answer["citations"]} == {HOME}
    assert (entry.name, answer["corpus_version"]) == ("本进程", library.served.version)


def test_each_corpus_is_opened_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Library(lambda corpus: corpus)
    opened: list[tuple[object, Steps]] = []

    class Listening(Assistant):
        def __init__(self, corpus: Corpus, steps: Steps, writer: Writer | None) -> None:
            opened.append((corpus, steps))
            super().__init__(library.served, steps)

    monkeypatch.setattr(module, "Assistant", Listening)
    steps = Steps()
    kept: Any = object()
    entry = LocalEntry(make_library(library.served, other), steps=steps)
    for corpus in (None, library.served, kept, kept):
        entry.ask("今天天气怎么样？", (), Place(corpus))
    assert opened == [(library.served, steps), (kept, steps)]


def test_a_fault_of_the_product_is_a_failed_question(library: Library) -> None:
    def fail(*_: object) -> NoReturn:
        raise ZeroDivisionError("坏了")

    entry = LocalEntry(library, steps=Steps(retrieve=fail))
    with pytest.raises(EntryFailed, match="ZeroDivisionError: 坏了"):
        entry.ask("中试基地年度最高奖补多少？", (), Place(None))


def test_the_engine_measures_answers_made_here_alone(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = FakeEmbedder()
    monkeypatch.setattr(module, "PackageEmbedder", lambda: engine)
    assert engine_beside(LocalEntry(library)) is engine
    assert engine_beside(HttpEntry("http://127.0.0.1:9")) is None

    def fail() -> None:
        raise EmbeddingFailed("没有")

    monkeypatch.setattr(module, "PackageEmbedder", fail)
    assert engine_beside(LocalEntry(library)) is None
