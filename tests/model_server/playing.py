"""A question, the reply of a good model to it, and the real assistant that plays it over a server of the tests."""

import asyncio
import json
from collections.abc import Sequence

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.model.endpoint import Endpoint
from assistant.model.writing import Writer
from assistant.output.listener import Listener
from assistant.understanding.frame import Turn
from corpus.store import Corpus
from tests.model_server.server import ROLE, STOP, Line, Script, words

ASKS = "中试基地一年奖多少？什么时候申报？"
SENTENCES = ("省级中试基地服务突出的，年度最高奖补200万元。", "什么时候申报，通知没有写明。")


def write_reply(sentences: Sequence[str] = SENTENCES) -> str:
    """The schema of a reply; each sentence rests on the line of the quoting composer with the same number."""
    said = [{"text": text, "sources": [n], "kind": "解读"} for n, text in enumerate(sentences, 1)]
    return json.dumps({"held": True, "sentences": said}, ensure_ascii=False)


REPLY = write_reply()
FIRST_HALF = REPLY[: REPLY.index("}") + 1]
"""Up to the end of the first sentence."""


def say_and_wait(text: str) -> Script:
    """These words, then silence until the other side has gone."""

    async def script(line: Line) -> None:
        await line.open()
        await line.stream(ROLE, *words(text))
        await line.wait_until_gone()

    return script


def say_after(seconds: float, text: str) -> Script:
    async def script(line: Line) -> None:
        await line.open()
        await asyncio.sleep(seconds)
        await line.stream(ROLE, *words(text), STOP)
        await line.end()

    return script


class PlayedAssistant:
    """The real one; its endpoint may be changed between questions, and its last answer can be looked at."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._asking = Assistant(corpus)
        self._writer: Writer | None = None
        self.quoted = self._asking.ask(ASKS)
        """Without a model."""
        self.answers: list[Answer] = []

    @property
    def endpoint(self) -> Endpoint | None:
        return self._asking.endpoint

    def play(self, endpoint: Endpoint, seconds: float = 20.0) -> None:
        self.answers.clear()
        if self._writer:
            self._writer.endpoint = endpoint
        else:
            self._writer = Writer(endpoint, seconds)
            self._asking = Assistant(self.corpus, None, "", self._writer)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        notice_ids: Sequence[str] = (),
        listener: Listener | None = None,
    ) -> Answer:
        answer = self._asking.ask(question, history, notice_ids, listener)
        self.answers.append(answer)
        return answer
