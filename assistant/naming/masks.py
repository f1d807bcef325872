"""Puts one mark for each recognised name, so that what is asked is read from the words around them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assistant.naming.subject import Subject, SubjectKind
from corpus.language.amounts import Amount, read_amounts

_MASKS = {
    SubjectKind.DEPARTMENT: "◎",
    SubjectKind.MEASURE: "◇",
    SubjectKind.CHAPTER: "◇",
    SubjectKind.TERM: "◇",
    SubjectKind.DOCUMENT: "▣",
    SubjectKind.PLACE: "※",
    SubjectKind.NUMBER: "№",
}
FOREIGN = _MASKS[SubjectKind.PLACE]
SUM = "¤"
HOME = "⌂"
"""A place that the notices speak for; others keep the mark of places."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with one mark for each recognised name; `places` tells where in the text each character was, and its end."""

    text: str
    places: tuple[int, ...]

    def span_of(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the masked text stands in the text."""
        return self.places[start], self.places[end]


def mask_names(
    text: str, subjects: Iterable[Subject], amounts: Iterable[Amount] | None = None, home: Collection[Subject] = ()
) -> Masked:
    """The text with its names masked, so that asks are read from the words around them; `home` are places of ours."""
    spans = [(s.start, s.end, HOME if s in home else _MASKS[s.kind]) for s in subjects]
    sums = read_amounts(text) if amounts is None else amounts
    spans += [(a.start, a.end, SUM) for a in sums if not any(a.start < e and s < a.end for s, e, _ in spans)]
    return mask_spans(text, spans)


def mask_spans(text: str, spans: Iterable[tuple[int, int, str]]) -> Masked:
    """The text with a mark in the place of each stretch; they do not overlap."""
    pieces: list[str] = []
    places: list[int] = []
    passed = 0
    for start, end, mark in sorted(spans):
        pieces += [text[passed:start], mark]
        places += [*range(passed, start), start]
        passed = end
    return Masked("".join((*pieces, text[passed:])), (*places, *range(passed, len(text) + 1)))
