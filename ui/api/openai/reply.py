"""An answer as a chat completion or its chunks; what OpenAI has no field for travels beside, where strict clients ignore it."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer
from assistant.encode import encode_answer
from ui.api.openai.body import MODEL
from ui.api.openai.errors import word_error
from ui.api.streaming import Event, Telling
from ui.service.answering import Inquiry
from ui.service.problems import Problem

_BLOCKS = re.compile(r".+?(?:\n\n+|\Z)", re.DOTALL)
_END = Event("", "[DONE]")


@dataclass(frozen=True, slots=True)
class Completion:
    """One completion in the making; `id` is that of the request, for chunks are sent before there is an answer."""

    id: str
    inquiry: Inquiry
    with_usage: bool = False

    def whole(self, answer: Answer) -> dict[str, Any]:
        encoded = encode_answer(answer)
        message = {"role": "assistant", "content": answer.text, "refusal": None, "citations": encoded["citations"]}
        return {
            **self._head("chat.completion"),
            "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
            "usage": count_characters(self.inquiry, answer),
            "policy": describe_policy(encoded),
        }

    def telling(self) -> Telling:
        """The steps have no place in OpenAI's stream."""
        opening = self._chunk({"role": "assistant", "content": ""})
        return Telling(self._tell, lambda _: iter(()), _tell_failure, (opening,))

    def _tell(self, answer: Answer) -> Iterator[Event]:
        encoded = encode_answer(answer)
        *first, last = _BLOCKS.findall(answer.text) or [""]
        for block in first:
            yield self._chunk({"content": block})
        policy = describe_policy(encoded)
        yield self._chunk({"content": last, "citations": encoded["citations"]}, {"policy": policy})
        yield self._chunk({}, finish_reason="stop")
        if self.with_usage:
            usage = count_characters(self.inquiry, answer)
            yield Event("", {**self._head("chat.completion.chunk"), "choices": [], "usage": usage})
        yield _END

    def _chunk(
        self, delta: dict[str, Any], more: dict[str, Any] | None = None, finish_reason: str | None = None
    ) -> Event:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        usage = {"usage": None} if self.with_usage else {}
        return Event("", {**self._head("chat.completion.chunk"), "choices": [choice], **usage, **(more or {})})

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": f"chatcmpl-{self.id}", "object": kind, "created": int(time.time()), "model": MODEL}


def describe_policy(encoded: dict[str, Any]) -> dict[str, Any]:
    """The whole answer of our own interface but its text, which is the content."""
    return {name: value for name, value in encoded.items() if name != "answer"}


def count_characters(inquiry: Inquiry, answer: Answer) -> dict[str, int]:
    """No tokens are spent here: code points of what was read and of what was answered."""
    read = len(inquiry.question) + sum(len(turn.content) for turn in inquiry.history)
    written = len(answer.text)
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}


def _tell_failure(problem: Problem) -> Iterator[Event]:
    yield Event("", word_error(problem.as_json()))
