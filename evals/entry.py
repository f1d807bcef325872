"""The two ways to put a question to the product: in this process, or to a running service."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from pydantic import BaseModel, TypeAdapter, ValidationError

from assistant.answer import Composer
from assistant.ask import Assistant, Steps
from assistant.encode import encode_answer
from assistant.query import Turn
from corpus.embed import Embedder, EmbeddingFailed, PackageEmbedder
from corpus.settings import CorpusSettings
from corpus.store import Corpus, open_corpus
from evals.witness import Witness

_TIMEOUT_SECONDS = 120.0
_ATTEMPTS = 6
_LONGEST_PAUSE_SECONDS = 60.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_ANSWER = TypeAdapter(dict[str, Any])


class EntryFailed(Exception):
    """No answer could be had; the message gives the reason."""


class _Listed(BaseModel):
    id: str


class _Listing(BaseModel):
    notices: tuple[_Listed, ...]


class Entry(Protocol):
    """Where questions go."""

    @property
    def name(self) -> str: ...

    def ask(self, question: str, history: tuple[Turn, ...]) -> dict[str, Any]:
        """The JSON of the answer; raises EntryFailed."""
        ...

    def read_texts(self) -> Mapping[str, str]:
        """The canonical texts by notice id; raises EntryFailed."""
        ...


class LocalEntry:
    """The product's own entry in this process; an experiment passes another corpus or other steps."""

    name = "本进程"

    def __init__(
        self, composer: Composer = Composer.QUOTE, corpus: Corpus | None = None, steps: Steps | None = None
    ) -> None:
        if composer is Composer.MODEL:
            raise EntryFailed("这个版本只有摘录原文的作答方式。请去掉 --composer model。")
        self._witness = Witness(steps or Steps())
        self.corpus = corpus or open_corpus(CorpusSettings())
        self._assistant = Assistant(self.corpus, self._witness.steps)

    def ask(self, question: str, history: tuple[Turn, ...]) -> dict[str, Any]:
        try:
            answer = encode_answer(self._assistant.ask(question, history))
            return {**answer, **self._witness.tell()}
        except Exception as error:  # one broken question must not end a run over hundreds
            raise EntryFailed(f"{type(error).__name__}: {error}") from error

    def read_texts(self) -> Mapping[str, str]:
        return self.corpus.texts


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
        proxies: dict[str, str] | None = {} if urlsplit(url).hostname in _LOOPBACK else None
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler(proxies))

    def ask(self, question: str, history: tuple[Turn, ...]) -> dict[str, Any]:
        turns = [{"role": turn.role, "content": turn.content} for turn in history]
        try:
            return _ANSWER.validate_json(self._read("/api/v1/ask", {"question": question, "history": turns}))
        except ValidationError as error:
            raise EntryFailed(f"{self.name}/api/v1/ask 返回的不是 JSON 对象") from error

    def read_texts(self) -> Mapping[str, str]:
        try:
            listing = _Listing.model_validate_json(self._read("/api/v1/notices"))
            return {n.id: self._read(f"/api/v1/notices/{quote(n.id)}/text").decode("utf-8") for n in listing.notices}
        except (ValidationError, UnicodeDecodeError) as error:
            raise EntryFailed(f"{self.name}/api/v1/notices 的内容不符合约定") from error

    def _read(self, path: str, body: Mapping[str, Any] | None = None) -> bytes:
        """Waits as long as the service asks when it is asked too often."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.name + path, data, {"Content-Type": "application/json"})
        for attempt in range(_ATTEMPTS):
            try:
                with self._opener.open(request, timeout=_TIMEOUT_SECONDS) as response:
                    return bytes(response.read())
            except urllib.error.HTTPError as error:
                if error.code != 429 or attempt == _ATTEMPTS - 1:
                    detail = error.read().decode("utf-8", "replace")[:200]
                    raise EntryFailed(f"{self.name}{path} 返回 {error.code}：{detail}") from error
                time.sleep(_read_pause(error))
            except (OSError, HTTPException) as error:
                raise EntryFailed(f"连不上 {self.name}{path}（{error}）。请确认服务已启动。") from error
        raise EntryFailed(f"{self.name}{path} 一直要求等待")


def _read_pause(error: urllib.error.HTTPError) -> float:
    try:
        return min(float(error.headers.get("Retry-After", "1")), _LONGEST_PAUSE_SECONDS)
    except ValueError:
        return 1.0
