"""The product's writer followed sentence by sentence, and one that believes the model."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from assistant.answer import Degraded, PartKind, Wording
from assistant.composing.draft import ClaimKind, DraftPart, Source
from assistant.model.endpoint import Endpoint, ModelError
from assistant.model.grounds import Ground, gather, sources_at
from assistant.model.prompting import ask_for_answer
from assistant.model.reply import SCHEMA, Reply, Said
from assistant.model.writing import Assignment, OnPart, Writer, Written
from evals.generating.generations import KeptEndpoint


@dataclass(frozen=True, slots=True)
class Course:
    """How one answer was written; `first` is when its first sentence stood, None where none did."""

    written: Written
    first: float | None
    end: float


class FollowedWriter(Writer):
    """Keeps the course of the answer written last, None where no model was asked."""

    course: Course | None = None

    def __init__(self, endpoint: KeptEndpoint, seconds: float) -> None:
        super().__init__(cast(Endpoint, endpoint), seconds)
        self._kept = endpoint
        self._limit = seconds

    def write(
        self, assignment: Assignment, on_part: OnPart | None = None, stopped: threading.Event | None = None
    ) -> Written:
        times: list[float] = []

        def hear(part: DraftPart) -> None:
            times.append(self._kept.now)
            if on_part is not None:
                on_part(part)

        self.course, self._kept.last = None, None
        written = self._phrase(assignment, hear, stopped)
        last = self._kept.last
        self.course = Course(written, min(times, default=None), last.seconds) if last else None
        return written

    def _phrase(self, assignment: Assignment, hear: OnPart, stopped: threading.Event | None) -> Written:
        return super().write(assignment, hear, stopped)


class BelievingWriter(FollowedWriter):
    """Every sentence of the model is shown as it is, in place of every line of the quoting composer."""

    def _phrase(self, assignment: Assignment, hear: OnPart, stopped: threading.Event | None) -> Written:
        grounds = {g.number: g for g in gather(assignment.findings, assignment.inquiries, assignment.corpus)}
        if not grounds:
            return Written()
        messages = ask_for_answer(assignment.question, tuple(grounds.values()), assignment.language)
        parts: list[DraftPart] = []
        try:
            for said in Reply().read(self._kept.write(messages, SCHEMA, stopped, self._limit)):
                parts.append(_believe(said, grounds))
                hear(parts[-1])
        except ModelError as error:
            return Written(degraded=Degraded(error.fault))
        replaced = tuple(p for f in assignment.findings for p in f.parts) if parts else ()
        return Written(tuple(parts), replaced, sentences=len(parts))


def _believe(said: Said, grounds: dict[int, Ground]) -> DraftPart:
    sources = (s for n in said.numbers if n in grounds for s in _sources_of(grounds[n]))
    wording = Wording.PRINTED if said.is_printed else Wording.EXPLAINED
    return DraftPart(PartKind.DIRECT, said.text, tuple(dict.fromkeys(sources)), ClaimKind.STATED, wording=wording)


def _sources_of(ground: Ground) -> Iterator[Source]:
    if ground.part is not None:
        yield from ground.part.sources
    elif ground.place is not None:
        yield from sources_at(ground.place)
