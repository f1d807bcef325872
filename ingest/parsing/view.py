"""The view of a canonical text that is read: look-alikes unified, and every character knows its place."""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from corpus.notice import Phrase
from ingest.hidden import find_hidden, find_orders, find_tags

_DROPPED = frozenset("\u200b\u200c\u200d\ufeff\u00ad\u2060")
_UNIFIED = {
    "(": "（",
    ")": "）",
    "[": "〔",
    "]": "〕",
    "［": "〔",
    "］": "〕",
    "﹝": "〔",
    "﹞": "〕",
    "﹙": "（",
    "﹚": "）",
    "ㄧ": "一",
    "％": "%",
    "﹪": "%",
    "．": ".",
    "︰": "：",
    "﹕": "：",
    "﹔": "；",
    "﹐": "，",
    "\t": "\t",
}
_TRADITIONAL_SHARE = 0.02
_FEWEST_TRADITIONAL = 4


@dataclass(frozen=True, slots=True)
class View:
    """A stretch of the view; `starts` holds the place in the canonical text of each of its characters."""

    text: str
    starts: "array[int]"
    canonical: str

    def phrase(self, begin: int, end: int) -> Phrase:
        """The canonical words that `text[begin:end]` stands for; `begin` < `end`."""
        start, stop = self.starts[begin], self.starts[end - 1] + 1
        return Phrase(self.canonical[start:stop], start, stop)

    def part(self, begin: int, end: int) -> "View":
        return View(self.text[begin:end], self.starts[begin:end], self.canonical)

    def within(self, start: int, end: int) -> "View":
        """The part that shows the canonical text from `start` to `end`."""
        return self.part(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def trimmed(self) -> "View":
        """Without the white space around it."""
        body = self.text.strip()
        begin = self.text.index(body[0]) if body else 0
        return self.part(begin, begin + len(body))

    def joined(self, other: "View") -> "View":
        """Both in one; the other must follow."""
        return View(self.text + other.text, self.starts + other.starts, self.canonical)

    @property
    def start(self) -> int:
        return self.starts[0]

    @property
    def end(self) -> int:
        return self.starts[-1] + 1

    def __bool__(self) -> bool:
        return bool(self.text)


def view_text(canonical: str) -> View:
    """The whole text, line breaks included; traditional characters read as simplified where the text is written so.

    What no reader sees and what is said to programs is left out.
    """
    characters: list[str] = []
    starts = array("q")
    hidden = {n for find in (find_hidden, find_tags) for start, end in find(canonical) for n in range(start, end)}
    simplified = _simplify(canonical)
    for place, character in enumerate(simplified):
        for shown in "" if place in hidden else _show(character):
            characters.append(shown)
            starts.append(place)
    return _without_orders(View("".join(characters), starts, canonical))


def _without_orders(view: View) -> View:
    left = View("", array("q"), view.canonical)
    at = 0
    for begin, end in find_orders(view.text):
        left, at = left.joined(view.part(at, begin)), end
    return left.joined(view.part(at, len(view.text))) if at else view


@cache
def _show(character: str) -> str:
    """What stands for a character: nothing for a mark without width, several for ⑴ or ㈠."""
    if character in _DROPPED:
        return ""
    if character in _UNIFIED:
        return _UNIFIED[character]
    code = ord(character)
    is_full_width_letter = 0xFF10 <= code <= 0xFF19 or 0xFF21 <= code <= 0xFF3A or 0xFF41 <= code <= 0xFF5A
    is_look_alike = 0x2F00 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF
    is_composed_mark = 0x2474 <= code <= 0x249B or 0x3220 <= code <= 0x3229
    if is_full_width_letter or is_look_alike or is_composed_mark:
        return "".join(_UNIFIED.get(c, c) for c in unicodedata.normalize("NFKC", character))
    return " " if character != "\n" and character != "\t" and character.isspace() else character


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@cache
def _simple(character: str) -> str:
    simple = _simplifier().convert(character)
    return simple if len(simple) == 1 else character


def _simplify(canonical: str) -> str:
    """Character by character, so that every place stays; names in a simplified text keep their characters."""
    sample = re.findall("[\u4e00-\u9fff]", canonical[:4000])
    traditional = sum(_simple(c) != c for c in sample)
    if traditional < max(_FEWEST_TRADITIONAL, len(sample) * _TRADITIONAL_SHARE):
        return canonical
    return "".join(_simple(c) if "\u4e00" <= c <= "\u9fff" else c for c in canonical)


def lines_of(view: View) -> Iterator[View]:
    """The printed lines that are not empty, trimmed."""
    begin = 0
    for line in view.text.split("\n"):
        if line.strip():
            yield view.part(begin, begin + len(line)).trimmed()
        begin += len(line) + 1
