"""Cuts a masked question into clauses that can each hold an ask, and tells which subjects each is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.cues import find_cues
from assistant.query import Subject, SubjectKind

_BORDER = re.compile(
    r"[，,。？?！!；;：:\n]+|\s{2,}|(?:以及|还有(?!呢|吗|别|其|什么|哪|没)|另外|同时(?!享|申|领|拿)|顺便(?:问一?下|问问)?)|\band\b(?=\s+(?:who|what|when|how|which|where))",
    re.IGNORECASE,
)
_TAG_QUESTION = re.compile(
    r"^(?:对吗|对不|对么|是吗|是不|真的假的|准不准|对不对|是不是|对吧|是吧|没错吧|真的吗|行吗|好吗|可以吗|这样吗|是这样吗|有这回事吗|是真的吗|是不是真的|(?:is that )?(?:right|correct|true))$",
    re.IGNORECASE,
)
_POLITE = re.compile(r"^(?:你好|您好|请问|想问一?下|问一?下|咨询一?下)+(?=◇$)")
_TOPIC = re.compile(r"^那?◇(?:这个|这块|方面)?呢?$")
_LIST_REQUEST = re.compile(
    r"^(?:请|麻烦|帮我?|给我|都|一[个条项样]一[个条项样]|一?[个条项样][个条项样]|逐[个条项])*地?(?:报|列|念|说|数|讲)(?:给我|出来|全|一?[下遍]|听|看|个清单)+$"
)
# 孵出多少企业，会不会影响绩效评价: one question, whose first half asks nothing.
_AFFECTS = re.compile(
    r"^(?:会不会|是否|是不是|有没有|会|能不能|算不算|计不计|要不要)[^，。？]{0,4}(?:影响|纳入|计入|算[进入]|挂钩|作为)"
)
_ALTERNATIVE = re.compile(r"(\w)[不没]\1|还是|哪|谁|几|多少|怎|什么|啥|吗")
_ALTERNATIVES = re.compile(
    r"^([^◇◎№，。？?]{2,40})[:：]\s*(?=[^，。？?]*[◇◎№][^，。？?]*(?:\bor\b|还是|和|跟|与|、)[^，。？?]*[◇◎№])",
    re.IGNORECASE,
)
_SUBJECT_MARKS = "◇◎№▣※"
_POINTS_BACK = re.compile(r"(?:这|那|该|此)(?:一)?(?:条|项|块|事|件)|它")
_WHETHER = re.compile(r"◎.{0,4}(?:管|负责|牵头|分管).{0,3}(?:还是|吗|么)|归◎.{0,4}(?:吗|还是)|(?:是不是|是否)◎")
_WHICH = re.compile(r"哪|几|多少|什么|啥")
_HAS_WORDS = re.compile(r"\w|[◇◎№¤▣※]")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A clause of the masked question with its own subjects, or those of the clause before where it names none."""

    text: str
    subjects: tuple[Subject, ...]
    is_telling: bool = False


def _pieces(masked: str) -> list[str]:
    """Cut at punctuation, and at a space where both sides ask: 归谁管 给多少."""
    pieces: list[str] = []
    for piece in _BORDER.split(masked):
        sides = piece.split(" ")
        pieces += sides if len(sides) > 1 and all(_ALTERNATIVE.search(side) for side in sides) else [piece]
    return pieces


def _cut_enumeration(text: str) -> list[str]:
    """几章、几条: cut between asks that are listed side by side, where each side shows one."""
    pieces = [p.strip() for p in re.split(r"、|和(?=哪|什么|几|多少|怎|归谁|由谁|谁)", text) if p.strip()]
    shown = [bool(find_cues(p)) for p in pieces]
    asks_each = all(is_shown or _ALTERNATIVE.search(p) for p, is_shown in zip(pieces, shown, strict=True))
    return pieces if sum(shown) > 1 and asks_each else [text]


def _asks_whether(piece: str) -> bool:
    """是◎管还是◎管 and ◎管不管这一条 are about what was named before; ◎管哪几条 is not."""
    return bool(_POINTS_BACK.search(piece) or _WHETHER.search(piece)) and not _WHICH.search(piece)


def _with_those_meant(own: tuple[Subject, ...], last: tuple[Subject, ...], piece: str) -> tuple[Subject, ...]:
    """A clause's own subjects; a place alone, or a department beside 这一条, leaves what was spoken of before."""
    kinds = {s.kind for s in own}
    tells = not _ALTERNATIVE.search(piece) and "呢" not in piece
    leans = kinds == {SubjectKind.PLACE} or (kinds == {SubjectKind.DEPARTMENT} and (tells or _asks_whether(piece)))
    if leans and last:
        return (*(s for s in last if s.kind is not SubjectKind.DEPARTMENT), *own)
    return own or last


def _join_alternatives(masked: str) -> str:
    """Which is higher: ◇ or ◇? is one clause."""
    return _ALTERNATIVES.sub(r"\1 ", masked)


def cut_fragments(masked: str, subjects: Sequence[Subject]) -> tuple[Fragment, ...]:
    """Clauses in reading order; the whole question where no border is found."""
    fragments: list[Fragment] = []
    passed = 0
    last: tuple[Subject, ...] = ()
    is_topic = False
    for piece in _pieces(_join_alternatives(masked)):
        count = sum(piece.count(mark) for mark in _SUBJECT_MARKS)
        own = tuple(subjects[passed : passed + count])
        passed += count
        # 请问◇，同一所◇限报几个: the topic first, then what is asked of it.
        last = (*last, *own) if is_topic and len(own) == 1 else _with_those_meant(own, last, piece)
        text = _POLITE.sub("", piece.strip(" 、“”\"'"))
        is_topic = bool(_TOPIC.match(text))
        if fragments and any(p.match(text) for p in (_TAG_QUESTION, _LIST_REQUEST, _AFFECTS)):
            fragments[-1] = replace(fragments[-1], text=f"{fragments[-1].text}，{text}")
        elif _HAS_WORDS.search(text):
            fragments.extend(Fragment(t, last) for t in _cut_enumeration(text))
    # 那◇呢，能拿多少钱: the topic alone asks nothing beside what is asked of it.
    if len(fragments) > 1 and _TOPIC.match(fragments[0].text) and fragments[0].text.endswith("呢"):
        fragments = fragments[1:]
    return tuple(fragments) or (Fragment(masked, tuple(subjects)),)


def find_spans(masked: str, fragments: Sequence[Fragment]) -> tuple[tuple[int, int], ...]:
    """Where each clause stands in the masked question; the whole question where its words were moved or joined."""
    spans: list[tuple[int, int]] = []
    passed = 0
    for fragment in fragments:
        # A tag question was joined to its clause with another comma than the printed one.
        head = fragment.text if fragment.text in masked else fragment.text.partition("，")[0]
        start = masked.find(head, passed)
        passed = max(passed, start + len(head))
        spans.append((start, passed) if start >= 0 and head else (0, len(masked)))
    return tuple(spans)
