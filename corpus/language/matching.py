"""Finds known names in a text, longest first, without overlap."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

# 财政部门 is not 财政部, and 个人行为 is not 人行: how a name ends, and what then must not follow.
_COMPOUND_ENDS = re.compile(r"[的是有能可要会和与及、，。？！吗呢啊归由给奖补拿]|$")
_GOES_ON = {"部": "门", "人行": "为使道走动业政程"}


@dataclass(frozen=True, slots=True)
class Found:
    """A known name at its place in the text."""

    name: str
    start: int
    end: int


class NameMatcher:
    """Longest match over a fixed set of names; Latin names match whole words in any case.

    Where `prefers_heads`, a name that ends a compound is taken before one of its length that it overlaps:
    研发中心 of 企业研发中心的.
    """

    def __init__(self, names: Iterable[str], prefers_heads: bool = False) -> None:
        self._prefers_heads = prefers_heads
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
            # Nearly no character begins a name.
            length = self._match_at(folded, position) if folded[position] in self._lengths else 0
            if length and self._prefers_heads and self._is_cut_short(folded, position, length):
                length = 0
            if length:
                name = self._names[folded[position : position + length]]
                found.append(Found(name, position, position + length))
            position += length or 1
        return tuple(found)

    def _is_cut_short(self, text: str, position: int, length: int) -> bool:
        if _COMPOUND_ENDS.match(text, position + length):
            return False
        later = ((start, self._match_at(text, start)) for start in range(position + 1, position + length))
        return any(n >= length and _COMPOUND_ENDS.match(text, start + n) for start, n in later)

    def _match_at(self, text: str, position: int) -> int:
        for length in self._lengths.get(text[position], ()):
            end = position + length
            if end <= len(text) and text[position:end] in self._names and _is_whole_word(text, position, end):
                return length
        return 0


def _is_whole_word(text: str, start: int, end: int) -> bool:
    """Latin letters must not continue outside the match; Chinese has no such border but a few longer words."""
    if start and _is_latin(text[start]) and _is_latin(text[start - 1]):
        return False
    if end == len(text):
        return True
    if any(text.endswith(name, start, end) and text[end] in more for name, more in _GOES_ON.items()):
        return False
    return not (_is_latin(text[end - 1]) and _is_latin(text[end]))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
