"""Reads a note that whoever is named first leads, and lets it hold for all departments that are named after it."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.notice import Chapter, Measure, Responsibility
from ingest.parsing.responsibilities import let_first_lead, says_first_leads


def let_first_lead_after_note(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """The same chapters where no such note is printed."""
    note = _Note()
    return tuple(replace(c, measures=tuple(note.hold_in(m) for m in c.measures)) for c in chapters)


class _Note:
    """Holds from where it is printed on."""

    def __init__(self) -> None:
        self._is_printed = False

    def hold_in(self, measure: Measure) -> Measure:
        own = self._read(measure.responsibilities)
        points = tuple(replace(p, responsibilities=self._read(p.responsibilities)) for p in measure.points)
        return replace(measure, responsibilities=own, points=points)

    def _read(self, responsibilities: tuple[Responsibility, ...]) -> tuple[Responsibility, ...]:
        self._is_printed = self._is_printed or any(says_first_leads(r.phrase.text) for r in responsibilities)
        return let_first_lead(responsibilities) if self._is_printed else responsibilities
