"""Replies of a language model, kept beside a result so that a run can go on where it stopped and be scored again."""

import hashlib
import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.model.endpoint import Counts, Fault, Message, ModelError
from evals.results import ResultsError

_FIRST_REQUEST = 2
"""Messages of a question that is asked for the first time."""
_CHARACTERS_PER_TOKEN = 1.5
"""Of Chinese text, roughly; used where an endpoint counts nothing."""


class Generation(BaseModel):
    """One reply as it came; `arrived` are the pieces with the seconds since the request.

    `prompt` is a hash of all that was sent, `rules` of the part that is the same for every question, `asked` of the rest.
    Tokens are 0 where the endpoint counts none. `fault` is set where no whole reply came in time.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    prompt: str
    rules: str
    asked: str
    model: str
    case: str
    prompt_characters: int
    arrived: tuple[tuple[float, str], ...] = ()
    seconds: float = 0.0
    fault: str = ""
    prompt_tokens: int = 0
    reply_tokens: int = 0

    @property
    def reply(self) -> str:
        return "".join(text for _, text in self.arrived)

    @property
    def tokens(self) -> tuple[int, int]:
        """Of prompt and reply, estimated by their characters where they were not counted."""
        estimated = (self.prompt_characters, len(self.reply))
        counted = (self.prompt_tokens, self.reply_tokens)
        return counted if all(counted) else (_guess(estimated[0]), _guess(estimated[1]))


def _guess(characters: int) -> int:
    return round(characters / _CHARACTERS_PER_TOKEN)


class Writes(Protocol):
    """What a writer asks: the product's own endpoint, or one that stands in its place."""

    def write(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, object] | None = None,
        stopped: threading.Event | None = None,
        seconds: float | None = None,
    ) -> Iterator[str]: ...

    @property
    def counts(self) -> Counts: ...


class Generations:
    """The file with one reply a line, also those whose time was up; these are asked for again by the next run."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._by_prompt: dict[str, Generation] = {}
        self._by_asked: dict[str, Generation] = {}
        for generation in _read(path):
            if not generation.fault:
                self._note(generation)

    def find(self, prompt: str, asked: str) -> Generation | None:
        """Of the same question and grounds under other rules where there is none of the whole prompt."""
        return self._by_prompt.get(prompt) or self._by_asked.get(asked)

    def _note(self, generation: Generation) -> None:
        self._by_prompt[generation.prompt] = self._by_asked[generation.asked] = generation

    def keep(self, generation: Generation) -> None:
        """A reply that broke off for another reason than time is used once and not written down."""
        self._note(generation)
        if generation.fault not in ("", Fault.TIMEOUT):
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{generation.model_dump_json()}\n")


def _read(path: Path) -> Iterator[Generation]:
    """A last line that was cut off is no reply."""
    if not path.exists():
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        try:
            yield Generation.model_validate_json(line)
        except ValidationError as error:
            if number < len(lines):
                raise ResultsError(f"{path} 第 {number} 行不是模型的回答。请改用另一个文件夹。") from error


class KeptEndpoint:
    """Asks once for each prompt and plays what is kept; `now` is when the piece just given arrived.

    Being asked to mend a reply is refused, so that every question costs one request.
    """

    def __init__(self, endpoint: Writes | None, generations: Generations, model: str) -> None:
        """Without an `endpoint` only what is kept is played."""
        self._endpoint = endpoint
        self._generations = generations
        self._model = model
        self.case = ""
        self.now = 0.0
        self.last: Generation | None = None
        """Of the question asked last; None where it needed no model."""
        self.is_lacking = False
        """A reply was asked for that is not kept, and there is nobody to ask."""

    def write(
        self,
        messages: Sequence[Message],
        schema: Mapping[str, object] | None = None,
        stopped: threading.Event | None = None,
        seconds: float | None = None,
    ) -> Iterator[str]:
        if len(messages) > _FIRST_REQUEST:
            raise ModelError(Fault.UNAVAILABLE, "评测只问一次。")
        kept = self._generations.find(hash_of(messages, self._model), hash_of(messages[1:], self._model))
        if kept is None:
            kept = self._generate(messages, schema, seconds)
        self.last = kept
        for self.now, text in kept.arrived:
            yield text
        if kept.fault:
            raise ModelError(Fault(kept.fault), "模型没有写完回答。")

    def _generate(
        self, messages: Sequence[Message], schema: Mapping[str, object] | None, seconds: float | None
    ) -> Generation:
        if self._endpoint is None:
            self.is_lacking = True
            raise ModelError(Fault.UNAVAILABLE, "没有留下这个回答。")
        before, began, fault = self._endpoint.counts, time.monotonic(), ""
        arrived: list[tuple[float, str]] = []
        try:
            for piece in self._endpoint.write(messages, schema, None, seconds):
                arrived.append((round(time.monotonic() - began, 2), piece))
        except ModelError as error:
            fault = str(error.fault)
        after = self._endpoint.counts
        made = Generation(
            prompt=hash_of(messages, self._model),
            rules=hash_of(messages[:1], self._model),
            asked=hash_of(messages[1:], self._model),
            model=self._model,
            case=self.case,
            prompt_characters=sum(len(m.content) for m in messages),
            arrived=tuple(arrived),
            seconds=round(time.monotonic() - began, 2),
            fault=fault,
            prompt_tokens=after.prompt_tokens - before.prompt_tokens,
            reply_tokens=after.reply_tokens - before.reply_tokens,
        )
        self._generations.keep(made)
        return made


def hash_of(messages: Sequence[Message], model: str) -> str:
    said = json.dumps([model, *((m.role, m.content) for m in messages)], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
