"""The two ways to put a case to the product: in this process, or to a running service."""

import time
from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

import httpx

from assistant.ask import Assistant, Steps
from assistant.model.writing import Writer
from assistant.output.encode import encode_answer
from assistant.understanding.frame import Turn
from corpus.embedding.embed import Embedder, EmbeddingFailed, PackageEmbedder
from corpus.store import Corpus
from evals.cases.case import Case
from evals.context import Context, without_places
from evals.corpora import EVERYTHING, Library, Place

_TIMEOUT_SECONDS = 120.0
_ATTEMPTS = 6
_LONGEST_PAUSE_SECONDS = 60.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class EntryFailed(Exception):
    """No answer could be had; the message gives the reason."""


class Entry(Protocol):
    """Where questions go."""

    @property
    def name(self) -> str: ...

    def find_place(self, case: Case) -> Place:
        """Where the case is asked; raises EntryFailed where its notice is not at hand."""
        ...

    def ask(self, question: str, history: tuple[Turn, ...], place: Place) -> dict[str, Any]:
        """The JSON of the answer; raises EntryFailed."""
        ...

    def open_context(self, cases: Sequence[Case]) -> Context:
        """What the answers are scored against."""
        ...


class LocalEntry:
    """The product's own entry in this process; an experiment passes other steps."""

    name = "本进程"

    def __init__(self, library: Library, steps: Steps | None = None, writer: Writer | None = None) -> None:
        """Without a `writer` the quoting composer answers."""
        self._library = library
        self._steps = steps or Steps()
        self._writer = writer
        self._assistants: dict[int, Assistant] = {}

    def find_place(self, case: Case) -> Place:
        return self._library.find_place(case)

    def ask(self, question: str, history: tuple[Turn, ...], place: Place) -> dict[str, Any]:
        try:
            return encode_answer(self._open(place.corpus).ask(question, history, place.notice_ids))
        except Exception as error:  # one broken question must not end a run over hundreds
            raise EntryFailed(f"{type(error).__name__}: {error}") from error

    def open_context(self, cases: Sequence[Case]) -> Context:
        return self._library.open_context(cases)

    def _open(self, corpus: Corpus | None) -> Assistant:
        opened = corpus or self._library.served
        if id(opened) not in self._assistants:
            self._assistants[id(opened)] = Assistant(opened, self._steps, writer=self._writer)
        return self._assistants[id(opened)]


def engine_beside(entry: Entry) -> Embedder | None:
    """The embedding package's own engine, the measure of time for answers made here; None for a service elsewhere."""
    if not isinstance(entry, LocalEntry):
        return None
    try:
        return PackageEmbedder()
    except EmbeddingFailed:
        return None


class HttpEntry:
    """A running service at its base address."""

    def __init__(self, url: str) -> None:
        self.name = url.rstrip("/")
        # A proxy of the environment cannot reach this machine's own services.
        self._client = httpx.Client(timeout=_TIMEOUT_SECONDS, trust_env=urlsplit(url).hostname not in _LOOPBACK)
        self._texts: dict[str, str] | None = None

    def find_place(self, case: Case) -> Place:
        named = (
            () if EVERYTHING in case.notice_ids else case.notice_ids or ((case.notice_id,) if case.notice_id else ())
        )
        if missing := [n for n in named if n not in self._read_texts()]:
            raise EntryFailed(f"服务里没有通知 {'、'.join(missing)}")
        return Place(None, case.notice_ids if named else ())

    def ask(self, question: str, history: tuple[Turn, ...], place: Place) -> dict[str, Any]:
        turns = [{"role": turn.role, "content": turn.content} for turn in history]
        body = {"question": question, "history": turns, "notice_ids": list(place.notice_ids)}
        try:
            return dict(self._read("/api/v1/ask", body).json())
        except (TypeError, ValueError) as error:
            raise EntryFailed(f"{self.name}/api/v1/ask 返回的不是 JSON 对象") from error

    def open_context(self, cases: Sequence[Case]) -> Context:
        return without_places(self._read_texts())

    def _read_texts(self) -> dict[str, str]:
        if self._texts is None:
            try:
                names = [str(notice["id"]) for notice in self._read("/api/v1/notices").json()["notices"]]
            except (KeyError, TypeError, ValueError) as error:
                raise EntryFailed(f"{self.name}/api/v1/notices 的内容不符合约定") from error
            self._texts = {name: self._read(f"/api/v1/notices/{quote(name)}/text").text for name in names}
        return self._texts

    def _read(self, path: str, body: Mapping[str, Any] | None = None) -> httpx.Response:
        """Waits as long as the service asks when it is asked too often."""
        for attempt in range(_ATTEMPTS):
            try:
                response = self._client.request("GET" if body is None else "POST", self.name + path, json=body)
                if response.status_code != httpx.codes.TOO_MANY_REQUESTS or attempt == _ATTEMPTS - 1:
                    response.raise_for_status()
                    return response
                time.sleep(_read_pause(response))
            except httpx.HTTPStatusError as error:
                detail = f"返回 {error.response.status_code}：{error.response.text[:200]}"
                raise EntryFailed(f"{self.name}{path} {detail}") from error
            except httpx.HTTPError as error:
                raise EntryFailed(f"连不上 {self.name}{path}（{error}）。请确认服务已启动。") from error
        raise EntryFailed(f"{self.name}{path} 一直要求等待")


def _read_pause(response: httpx.Response) -> float:
    try:
        return min(float(response.headers.get("Retry-After", "1")), _LONGEST_PAUSE_SECONDS)
    except ValueError:
        return 1.0
