"""Keeps a sentence of the notice to one place of a card: what is quoted is not said once more in our own words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answer import Citation, CitationKind
from ui.answers.citations import on_one_line

_NO_SENTENCES = frozenset(
    {CitationKind.HEADING, CitationKind.RESPONSIBILITY, CitationKind.TITLE, CitationKind.NUMBER, CitationKind.CONTACT}
)
_ITEM = re.compile("[^；。]+")
_OPENING = re.compile("[：:] ?“")
_SHORTEST_ITEM = 12
_SHORTEST_LINE = 8
_ENDS = "；。，： "
# The last sentence of a line, where it only leads to what follows: 原文如下：, The notice says:
_LEAD_IN = re.compile(r"(?:(?<=。)|(?<=\. )|^)(?:(?!\. )[^。])*[:：]$")
_LAST_LEAD_IN = re.compile(r"(?:(?<=。)|(?<=\. ))(?:(?!\. )[^。])*[:：]$")
# Only the name of a measure, which stands beside its words anyway: （第（二）条）。
_IN_BRACKETS = re.compile(r"（[^（）]*(?:（[^（）]*）[^（）]*)*）[。.]?")
_NOTICE = re.compile("《[^《》]+》[：:]?")
_NAMED = re.compile(r"[^：]{2,6}：(.+?)。?")


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A line of ours without the words of the notice: what stood before them and after them, and whose they are."""

    before: str
    after: str = ""
    repeated: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int
    number: int


def cut_repeats(text: str, citations: Sequence[Citation]) -> OwnWords:
    """The line as it is where words of ours stand between those of the notice."""
    line = on_one_line(text)
    cited = [c for c in citations if c.kind not in _NO_SENTENCES]
    found = sorted((s for c in cited for s in _find(line, c)), key=lambda s: (s.start, s.end))
    gaps = (line[a.end : b.start] for a, b in pairwise(found))
    if not found or any(c.isalnum() for gap in gaps for c in gap):
        return OwnWords(line)
    numbers = dict.fromkeys(s.number for s in found)
    return OwnWords(_open(line[: found[0].start]), _close(line[max(s.end for s in found) :]), tuple(numbers))


def _find(line: str, citation: Citation) -> Iterator[_Stretch]:
    """Whole items of the sentence, words of it in quotation marks, or a line that is nothing else."""
    quote, number = on_one_line(citation.quote), citation.number
    whole = line.strip(_ENDS)
    if len(whole) >= _SHORTEST_LINE and whole in quote:
        yield _Stretch(0, len(line), number)
        return
    cores = (item.strip(_ENDS) for item in _ITEM.findall(quote))
    found = [c for c in cores if len(c) >= _SHORTEST_ITEM and c in line]
    yield from (_Stretch(line.index(c), line.index(c) + len(c), number) for c in found)
    last = line.rfind("”")
    for at in (m.end() for m in _OPENING.finditer(line) if not found):
        inside = line[at:last].strip(_ENDS)
        if len(inside) >= _SHORTEST_LINE and inside in quote:
            yield _Stretch(at - 1, last + 1, number)
            return


def _open(text: str) -> str:
    """是的， is said by itself; a lead-in goes where a sentence stands before it, a notice that the quotation names too."""
    text = _LAST_LEAD_IN.sub("", text.rstrip("“ ")).strip()
    text = "" if _NOTICE.fullmatch(text) else text
    return f"{text[:-1]}。" if text.endswith(("，", "；")) else text


def _close(text: str) -> str:
    text = text.lstrip(f"{_ENDS}”.;")
    return _LEAD_IN.sub("", _IN_BRACKETS.sub("", text, count=1) if _IN_BRACKETS.match(text) else text).strip()


def close(text: str) -> str:
    """A line that nothing follows: …500万元（上限）： ends with 。"""
    return re.sub("：$", "。", text)


def end_without(text: str) -> str:
    """A line whose lead-in leads nowhere: 没有直接写这一点，最接近的是： ends with its last comma."""
    if not text.endswith(("：", ":")):
        return text
    cut = max(text.rfind(mark) for mark in "，；,;")
    return f"{text[:cut]}{'.' if text.isascii() else '。'}" if cut > 0 else text


def is_among(line: str, shown: Sequence[str]) -> bool:
    """Whether it stands there already, as it is or beside a name: 金额：最高给予50万元奖励。"""
    named = _NAMED.fullmatch(line)
    core = (named[1] if named else line).strip(_ENDS)
    return any(core in text for text in shown)
