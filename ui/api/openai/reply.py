"""An answer as a chat completion or its chunks; what OpenAI has no field for travels beside, where strict clients ignore it."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.answer import Answer, Part, mark_citations, write_items
from assistant.output.encode import encode_answer
from assistant.output.listener import Told
from ui.answers.labels import label_answer, mark_wording
from ui.api.openai.body import MODEL
from ui.api.openai.errors import word_error
from ui.api.streaming import Event, Telling
from ui.service.answering import Inquiry
from ui.service.problems import Problem
from ui.words import word

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
        content = label_answer(answer).text
        message = {"role": "assistant", "content": content, "refusal": None, "citations": encoded["citations"]}
        return {
            **self._head("chat.completion"),
            "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}],
            "usage": count_characters(self.inquiry, answer),
            "policy": describe_policy(encoded),
        }

    def telling(self) -> Telling:
        """The steps have no place in OpenAI's stream, and what was sent cannot be taken back: so no first line either."""
        opening = self._chunk({"role": "assistant", "content": ""})
        has_label = False

        def tell_sentence(told: Told) -> Iterator[Event]:
            nonlocal has_label
            if not has_label:
                yield self._chunk({"content": f"{word('ai_label', told.language)}\n\n"})
            has_label = True
            marked = mark_wording(told.part, told.language)
            yield self._chunk({"content": f"{marked.text}{mark_citations(marked.citations)}\n\n"})

        return Telling(self._tell, _say_nothing, tell_sentence, _say_nothing, _tell_failure, (opening,))

    def _tell(self, answer: Answer, told: Sequence[Part]) -> Iterator[Event]:
        encoded = encode_answer(answer)
        *first, last = _BLOCKS.findall(_left_to_say(answer, told)) or [""]
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


def _left_to_say(answer: Answer, told: Sequence[Part]) -> str:
    """What the sentences that were sent leave out; all of the answer where a model broke off and they are none of it."""
    if not told:
        return label_answer(answer).text
    if any(part not in answer.parts for part in told):
        return f"{word('ai_broken_off', answer.language)}\n\n{label_answer(answer).text}"
    rest = tuple(mark_wording(part, answer.language) for part in answer.parts if part not in told)
    listed = write_items(answer.listed)
    return "\n\n".join(filter(None, (listed, replace(answer, parts=rest, items=None).text)))


def _say_nothing(_: object) -> Iterator[Event]:
    yield from ()


def describe_policy(encoded: dict[str, Any]) -> dict[str, Any]:
    """The whole answer of our own interface but its text, which is the content."""
    return {name: value for name, value in encoded.items() if name != "answer"}


def count_characters(inquiry: Inquiry, answer: Answer) -> dict[str, int]:
    """Code points of what was read and of what was answered; tokens that a model of ours spends are no matter of theirs."""
    read = len(inquiry.question) + sum(len(turn.content) for turn in inquiry.history)
    written = len(label_answer(answer).text)
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}


def _tell_failure(problem: Problem) -> Iterator[Event]:
    yield Event("", word_error(problem.as_json()))
