"""Finds known names in a text, longest first, without overlap."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Found:
    """A known name at its place in the text."""

    name: str
    start: int
    end: int


class NameMatcher:
    """Longest match over a fixed set of names; Latin names match whole words in any case."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: Mapping[str, str] = {name.casefold(): name for name in names if name}

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[0], set()).add(len(name))
        return {first: sorted(sizes, reverse=True) for first, sizes in lengths.items()}

    def find(self, text: str) -> tuple[Found, ...]:
        folded = text.casefold()
        if len(folded) != len(text):
            folded = text.lower() if len(text.lower()) == len(text) else text
        found: list[Found] = []
        position = 0
        while position < len(folded):
            length = self._match_at(folded, position)
            if length:
                name = self._names[folded[position : position + length]]
                found.append(Found(name, position, position + length))
            position += length or 1
        return tuple(found)

    def _match_at(self, text: str, position: int) -> int:
        for length in self._lengths.get(text[position], ()):
            piece = text[position : position + length]
            if piece in self._names and _is_whole_word(text, position, position + length):
                return length
        return 0


def _is_whole_word(text: str, start: int, end: int) -> bool:
    """Latin letters must not continue outside the match; Chinese has no such border."""
    if start and _is_latin(text[start]) and _is_latin(text[start - 1]):
        return False
    return not (end < len(text) and _is_latin(text[end - 1]) and _is_latin(text[end]))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
