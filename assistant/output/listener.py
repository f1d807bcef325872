"""Who follows a question on its path."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from assistant.answer import Citation, Part

WRITE = "write"
"""The step that waits for a model instead of computing."""


def _ignore(told: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of a model that holds, told before the answer is whole, with the citations numbered so far."""

    part: Part
    citations: tuple[Citation, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Listener:
    """Hears which step runs, and each sentence of a model once it holds; sets `stopped` when nobody waits any more.

    `on_first_line` hears what the quoting composer says first, before a model writes: it stands until sentences come.
    """

    on_step: Callable[[str], None] = _ignore
    on_part: Callable[[Told], None] = _ignore
    on_first_line: Callable[[Told], None] = _ignore
    stopped: Event = field(default_factory=Event)
