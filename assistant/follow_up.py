"""Lends a new question what it lacks from the questions before it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.query import Ask, Query, Subject, SubjectKind

_POINTS_BACK = re.compile(r"它|他们?|这个|那个|该|其|这项|那项|这条|那条|上面|刚才|前面|上述|这笔|那笔|\b(?:it|its|that|this|they|them|those)\b")
_LENDING = frozenset({SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM, SubjectKind.CHAPTER, SubjectKind.DEPARTMENT})
_ELLIPTIC = re.compile(r"^(?:那|那么|那如果|还有|另外|再问|and|what about|how about)?[，, ]*(?P<rest>.{0,16}?)(?:呢|咧|嘞|\?)?[？?。]*$", re.IGNORECASE)


def inherit(frame: Query, earlier: Sequence[Query]) -> Query:
    """The frame with the subject or the ask of the nearest earlier question that has one."""
    subjects = tuple(s for s in frame.subjects if s.kind in _LENDING)
    if not earlier:
        return frame
    if subjects:
        return _with_ask_of(frame, earlier) if _is_bare(frame) else frame
    lender = next((q for q in reversed(earlier) if any(s.kind in _LENDING for s in q.subjects)), None)
    if lender is None:
        return frame
    lent = tuple(s for s in lender.subjects if s.kind in _LENDING)
    return _with_subjects(frame, lent)


def _is_bare(frame: Query) -> bool:
    """Nothing but a name: 专利池呢？ 第二条呢？"""
    match = _ELLIPTIC.match(frame.standalone)
    if match is None:
        return False
    rest = match["rest"]
    for subject in frame.subjects:
        rest = rest.replace(subject.text, "")
    return len(re.sub(r"[那的和与呢吧啊，,。？? ]", "", rest)) <= 1


def _with_ask_of(frame: Query, earlier: Sequence[Query]) -> Query:
    lender = next((q for q in reversed(earlier) if q.asks), None)
    if lender is None:
        return frame
    own = tuple(s for s in frame.subjects if s.kind in _LENDING)
    asks = tuple(
        replace(a, subjects=own)
        for a in lender.asks
        if a.ask not in {Ask.GREETING, Ask.THANKS, Ask.CAPABILITY, Ask.MORE, Ask.REPEAT}
    )
    return replace(frame, asks=asks)


def _with_subjects(frame: Query, lent: tuple[Subject, ...]) -> Query:
    """The lent names stand in front of the question, and every place in it moves to the right."""
    prefix = "".join(f"{s.text}：" for s in lent)
    offset = 0
    placed: list[Subject] = []
    for subject in lent:
        placed.append(replace(subject, start=offset, end=offset + len(subject.text)))
        offset += len(subject.text) + 1
    moved = tuple(replace(s, start=s.start + len(prefix), end=s.end + len(prefix)) for s in frame.subjects)
    amounts = tuple(replace(a, start=a.start + len(prefix), end=a.end + len(prefix)) for a in frame.amounts)
    return replace(frame, standalone=prefix + frame.standalone, subjects=(*placed, *moved), amounts=amounts)
