"""Stretches of a view, and the clauses it is made of: what stands between commas outside brackets and quotation marks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from corpus.notice import Phrase
from ingest.parsing.view import View

_PAIRS = ("（）", "《》", "“”", "‘’", "〔〕", "【】", "「」", "『』")
_BRACKETED = re.compile("|".join(f"{pair[0]}[^{pair[1]}]{{0,120}}{pair[1]}" for pair in _PAIRS))
# （对接部门：县农业农村局） after a full stop belongs to the sentence before; （一） is a mark of its own.
_NOTE = re.compile(r"\s{0,8}（[^（）]{1,40}：[^（）]{1,200}）\s{0,8}(?=\S)")
_LEADING = re.compile(
    r"[\s、，：；。\-—]+|(?:并且|且|并|其中|如果|如|若|凡|同时|对于?(?!外|口|象|标|接|应|照|比)|即|再)(?=[\u4e00-\u9fff])"
)
_TRAILING = re.compile(r"(?:[\s、，：；。]|(?<!目)的|(?<=期间)再|(?<=的)[，、]?(?:分别|可)|之一者)+$")


@dataclass(frozen=True, slots=True)
class Words:
    """The stretch `begin` to `end` of a view."""

    view: View
    begin: int
    end: int

    @property
    def text(self) -> str:
        return self.view.text[self.begin : self.end]

    @property
    def phrase(self) -> Phrase:
        return self.view.phrase(self.begin, self.end)

    def trimmed(self) -> "Words | None":
        """Without joints and marks around it; None where nothing is left."""
        begin, end = self.begin, self.end
        while begin < end and (lead := _LEADING.match(self.view.text, begin, end)) and lead.end() > begin:
            begin = lead.end()
        tail = _TRAILING.search(self.view.text, max(begin, end - 12), end)
        end = tail.start() if tail else end
        return Words(self.view, begin, end) if begin < end else None


def find_note(text: str) -> int:
    """How long the bracket is that stands before the item and says who is in charge of the sentence before; 0 for none."""
    match = _NOTE.match(text)
    return match.end() if match else 0


def mask(text: str) -> str:
    """The same text with what stands in brackets and quotation marks blotted out, its length kept."""
    return _BRACKETED.sub(lambda m: f"{m.group()[0]}{'□' * (m.end() - m.start() - 2)}{m.group()[-1]}", text)


def cut_clauses(masked: str, marks: str = "，；。：！？") -> tuple[tuple[int, int], ...]:
    """Where each clause begins and ends, its mark left out."""
    places = [0, *(i + 1 for i, c in enumerate(masked) if c in marks), len(masked) + 1]
    return tuple((b, e - 1) for b, e in pairwise(places) if masked[b : e - 1].strip())


def find_last(pattern: re.Pattern[str], text: str, begin: int, end: int) -> re.Match[str] | None:
    """The last match between `begin` and `end`."""
    return max(pattern.finditer(text, begin, end), key=lambda m: m.start(), default=None)


def span_all(stretches: Iterable[Words]) -> Words | None:
    """From the first to the last of them; they stand in one view."""
    found = list(stretches)
    return Words(found[0].view, found[0].begin, found[-1].end) if found else None
