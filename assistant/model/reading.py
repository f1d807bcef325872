"""Has a model read a message into clauses, where the small models leave something open; any doubt leaves the floor."""

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from assistant.masking import mask_personal
from assistant.model.endpoint import Endpoint, Message, ModelError
from assistant.model.framing import Floor, Proposed, Rereading, make_frame
from assistant.naming.subject import Subject, SubjectKind
from assistant.understanding.frame import Frame, Operation
from prompts import label, label_keys, prompt

SHARE = 1 / 3
"""Of the seconds for a whole answer."""

TURNS_SHOWN = 3
_MOST_CLAUSES = 6
_MOST_NAMES = 12
_LONGEST_TURN = 120
_LONGEST_REPLY = 4_000
_OBJECT = re.compile(r"\{.*\}", re.DOTALL)
_LINE_BREAKS = re.compile(r"\s+")


class _Clause(BaseModel):
    """One clause as a model writes it."""

    ask: Annotated[str, Field(min_length=1, max_length=200)]
    value: str
    operation: Operation
    objects: Annotated[list[int], Field(max_length=_MOST_NAMES)]


class _Reading(BaseModel):
    clauses: Annotated[list[_Clause], Field(min_length=1, max_length=_MOST_CLAUSES)]


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as the small models understand it.

    `refused` and `filled` say of each of its clauses that it gets a fixed reply, and that all it asks was found; `earlier`
    are the frames of the turns before that were not refused.
    """

    frame: Frame
    refused: tuple[bool, ...]
    filled: tuple[bool, ...]
    earlier: tuple[Frame, ...] = ()

    @property
    def floor(self) -> Floor:
        return Floor(self.frame, tuple(self._offered()[:_MOST_NAMES]), self.refused, self.filled)

    @property
    def open_text(self) -> str:
        """The message without what is refused."""
        text = self.frame.text
        for clause, is_refused in zip(self.frame.clauses, self.refused, strict=True):
            if is_refused:
                text = f"{text[: clause.start]}{' ' * (clause.end - clause.start)}{text[clause.end :]}"
        return text

    def _offered(self) -> list[Subject]:
        """Each name once: those of the message, of what it takes over, and of the turns before, the last one first."""
        clauses = [c for c, is_refused in zip(self.frame.clauses, self.refused, strict=True) if not is_refused]
        names = [s for c in clauses for s in c.names] + [s for c in clauses for s in c.inherited]
        names += [s for frame in reversed(self.earlier) for c in frame.clauses for s in c.all_names]
        first: dict[str, Subject] = {}
        for subject in names:
            if subject.kind is not SubjectKind.PLACE:
                first.setdefault(subject.text, subject)
        return list(first.values())


class Reader:
    """Asks a model how it reads a message."""

    def __init__(self, endpoint: Endpoint, seconds: float) -> None:
        """`seconds` are those of a whole answer."""
        self._endpoint = endpoint
        self._seconds = seconds * SHARE

    def read(self, shown: Shown, small: Rereading, stopped: threading.Event | None = None) -> Frame | None:
        """The frame of the reading; None where there is none that keeps to the floor, for whatever reason."""
        floor = shown.floor
        schema = make_schema(len(floor.offered))
        try:
            written = "".join(self._endpoint.write(ask_for_reading(shown), schema, stopped, self._seconds))
        except ModelError:
            return None
        proposed = parse_reading(written, len(floor.offered))
        return make_frame(proposed, floor, small) if proposed else None


def ask_for_reading(shown: Shown) -> tuple[Message, ...]:
    """The rules, and the message with what was asked before; what reaches a person is masked."""
    said = _one_line(mask_personal(shown.open_text))
    before = "\n".join(f"- {_one_line(mask_personal(f.asked))[:_LONGEST_TURN]}" for f in shown.earlier)
    names = "；".join(f"{n} {s.text}" for n, s in enumerate(shown.floor.offered, 1))
    none = label("model", "nothing", "zh")
    values = "、".join(f"{key} {label('kinds', key, 'zh')}" for key in sorted(label_keys("kinds")))
    asked = prompt("model_message", before=before or none, names=names or none, message=said)
    return Message("system", prompt("model_reading", values=values)), Message("user", asked)


def make_schema(names: int) -> Mapping[str, object]:
    """What a reply looks like where so many names are offered."""
    objects: dict[str, object] = {"type": "array", "items": {"type": "integer", "enum": list(range(1, names + 1))}}
    clause = {
        "ask": {"type": "string"},
        "value": {"type": "string", "enum": sorted(label_keys("kinds"))},
        "operation": {"type": "string", "enum": [str(o) for o in Operation]},
        "objects": objects if names else {"type": "array", "maxItems": 0},
    }
    one = {"type": "object", "properties": clause, "required": list(clause), "additionalProperties": False}
    clauses = {"type": "array", "items": one, "minItems": 1, "maxItems": _MOST_CLAUSES}
    return {
        "type": "object",
        "properties": {"clauses": clauses},
        "required": ["clauses"],
        "additionalProperties": False,
    }


def parse_reading(written: str, names: int) -> tuple[Proposed, ...]:
    """The clauses of a reply, whatever is written around them; none where it breaks the schema anywhere."""
    match = _OBJECT.search(written[:_LONGEST_REPLY])
    try:
        reading = _Reading.model_validate(json.loads(match.group())) if match else None
    except (ValueError, ValidationError, RecursionError):
        return ()
    clauses = reading.clauses if reading else []
    values = label_keys("kinds")
    if any(c.value not in values or not all(1 <= n <= names for n in c.objects) for c in clauses):
        return ()
    return tuple(Proposed(c.ask, c.value, c.operation, tuple(dict.fromkeys(c.objects))) for c in clauses)


def _one_line(text: str) -> str:
    return _LINE_BREAKS.sub(" ", text).strip()
