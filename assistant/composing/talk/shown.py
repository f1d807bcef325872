"""What earlier answers have shown already, so that it is not said again as if it were new."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.composing.draft import Finding
from corpus.notice import Item

_MARKS = re.compile(r"\[\d+\]|[>|*]|\s")
_ENDS = "。；，、：;,. "
_OWN_LINE = re.compile(r"^(?!>|\d+\.|\|).+$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shown:
    """The words of earlier answers, without marks and gaps."""

    text: str

    @classmethod
    def before(cls, answers: Iterable[str], finding: Finding | None = None) -> "Shown":
        """What was answered, and what the clause before is answered by."""
        parts = (*(p.text for p in finding.parts), *(i.text for i in finding.items)) if finding else ()
        return cls("\n".join(map(bare, (*answers, *parts))))

    def holds(self, *words: str) -> bool:
        """Whether any of these was shown as a whole."""
        return any(bare(w) in self.text for w in words if bare(w))

    def holds_item(self, item: Item) -> bool:
        """Its printed words, or what every one of its supports gives."""
        given = [s.phrase.text for s in item.supports]
        return self.holds(item.text) or (bool(given) and all(self.holds(g) for g in given))


def bare(text: str) -> str:
    """Words as they are compared: without marks of citations, gaps and the marks at their ends."""
    return _MARKS.sub("", text).strip(_ENDS)


def says_line(answer: str, line: str) -> bool:
    """Whether one of the answer's own lines, no quotation and no item of a list, is this one."""
    return any(bare(m.group()) == bare(line) for m in _OWN_LINE.finditer(answer))
