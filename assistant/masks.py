"""Puts one mark for each recognised name, so that what is asked is read from the words around them."""

from collections.abc import Iterable

from assistant.query import Subject, SubjectKind
from corpus.amounts import Amount, read_amounts

_MASKS = {
    SubjectKind.DEPARTMENT: "◎",
    SubjectKind.MEASURE: "◇",
    SubjectKind.CHAPTER: "◇",
    SubjectKind.TERM: "◇",
    SubjectKind.DOCUMENT: "▣",
    SubjectKind.PLACE: "※",
    SubjectKind.NUMBER: "№",
}


def mask_names(text: str, subjects: Iterable[Subject], amounts: Iterable[Amount] | None = None) -> str:
    """The text with one mark for each recognised name, so that asks are read from the words around them."""
    spans = [(s.start, s.end, _MASKS[s.kind]) for s in subjects]
    sums = read_amounts(text) if amounts is None else amounts
    spans += [(a.start, a.end, "¤") for a in sums if not any(a.start < e and s < a.end for s, e, _ in spans)]
    for start, end, mark in sorted(spans, reverse=True):
        text = text[:start] + mark + text[end:]
    return text
