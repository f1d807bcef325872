"""Cuts a masked question into clauses that can each hold an ask, and tells which subjects each is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.cues import find_cues
from assistant.query import Subject

_BORDER = re.compile(
    r"[，,。？?！!；;：:\n]+|\s{2,}|(?:以及|还有(?!呢|吗|别|其|什么|哪|没)|另外|同时(?!享|申|领|拿)|顺便(?:问一?下|问问)?)|\band\b(?=\s+(?:who|what|when|how|which|where))",
    re.IGNORECASE,
)
_TAG_QUESTION = re.compile(
    r"^(?:对吗|是吗|对不对|是不是|对吧|是吧|没错吧|真的吗|行吗|好吗|可以吗|这样吗|是这样吗|有这回事吗|是真的吗|是不是真的|(?:is that )?(?:right|correct|true))$",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(r"还是|哪|谁|几|多少|怎|什么|啥|吗")
_SUBJECT_MARKS = "◇◎№▣※"
_HAS_WORDS = re.compile(r"\w|[◇◎№¤▣※]")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A clause of the masked question with its own subjects, or those of the clause before where it names none."""

    text: str
    subjects: tuple[Subject, ...]
    is_telling: bool = False


def _cut_enumeration(text: str) -> list[str]:
    """几章、几条: cut between asks that are listed side by side, where each side shows one."""
    pieces = [p.strip() for p in re.split(r"、|和(?=哪|什么|几|多少|怎|归谁|由谁|谁)", text) if p.strip()]
    shown = [bool(find_cues(p)) for p in pieces]
    asks_each = all(is_shown or _ALTERNATIVE.search(p) for p, is_shown in zip(pieces, shown, strict=True))
    return pieces if sum(shown) > 1 and asks_each else [text]


def cut_fragments(masked: str, subjects: Sequence[Subject]) -> tuple[Fragment, ...]:
    """Clauses in reading order; the whole question where no border is found."""
    fragments: list[Fragment] = []
    passed = 0
    last: tuple[Subject, ...] = ()
    for piece in _BORDER.split(masked):
        count = sum(piece.count(mark) for mark in _SUBJECT_MARKS)
        own = tuple(subjects[passed : passed + count])
        passed += count
        last = own or last
        text = piece.strip(" 、“”\"'")
        if fragments and _TAG_QUESTION.match(text):
            fragments[-1] = replace(fragments[-1], text=f"{fragments[-1].text}，{text}")
        elif _HAS_WORDS.search(text):
            fragments.extend(Fragment(t, last) for t in _cut_enumeration(text))
    return tuple(fragments) or (Fragment(masked, tuple(subjects)),)
