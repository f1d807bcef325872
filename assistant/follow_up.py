"""Lends a new question what it lacks from the questions before it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.query import Ask, Query, Subject, SubjectKind

_LENDING = frozenset(
    {SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM, SubjectKind.CHAPTER, SubjectKind.DEPARTMENT}
)
_SHORT = 8
_POINTS_BACK = re.compile(
    r"它|这(?:个|项|条|笔|些|两|里|事)|那(?:个|项|条|笔|些|两|事)|该|其(?!他|它|中)|上面|刚才|前面|上述|两者|二者|\b(?:it|its|this|that|they|them|those|these)\b",
    re.IGNORECASE,
)
_OF_A_BODY = re.compile(
    r"(?:它|他们?|这个(?:部门|单位|局|厅)|该(?:部门|单位|局|厅)).{0,10}(?:负责|管|参与|牵头|列全)|还(?:负责|管|参与)"
)
_BOTH = re.compile(
    r"两(?:个|项|者|条|笔|种)|二者|它们|他们|分别|哪个|\b(?:both|two|they|them|which one)\b", re.IGNORECASE
)
_ELLIPTIC = re.compile(
    r"^(?:那|那么|那如果|还有|另外|再问一?下|and|what about|how about)?[，, ]*(?P<rest>.{0,24}?)(?:呢|咧|嘞|吗|\?)?[？?。]*$",
    re.IGNORECASE,
)
_NEXT = re.compile(r"下一?(?:条|项|个)|后一?(?:条|项)|next (?:one|measure|article|clause)", re.IGNORECASE)
_PREVIOUS = re.compile(r"上一?(?:条|项)|前一?(?:条|项)|previous (?:one|measure|article|clause)", re.IGNORECASE)
_NOT_INHERITED = frozenset(
    {Ask.GREETING, Ask.THANKS, Ask.CAPABILITY, Ask.MORE, Ask.REPEAT, Ask.OFF_TOPIC, Ask.STATEMENT}
)


def step_number(text: str, earlier: Sequence[Query]) -> str:
    """下一条 → 第八条 after a question about 第七条; the text as it is where no number went before."""
    for pattern, step in ((_NEXT, 1), (_PREVIOUS, -1)):
        if pattern.search(text):
            numbers = [s.number for q in earlier for s in q.of_kind(SubjectKind.NUMBER) if s.number]
            if numbers:
                return pattern.sub(f"第{numbers[-1] + step}条", text, count=1)
    return text


def inherit(frame: Query, earlier: Sequence[Query], known: Callable[[str], bool]) -> Query:
    """The frame with the subject or the ask of the nearest earlier question that has one; `known` words are printed."""
    if not earlier:
        return frame
    if any(s.kind in _LENDING for s in frame.subjects):
        return _with_ask_of(frame, earlier) if _is_bare(frame) else frame
    if _starts_afresh(frame, known):
        return frame
    lenders = [q for q in earlier if any(s.kind in _LENDING for s in q.subjects)]
    if not lenders:
        return frame
    wanted = lenders[-2:] if _BOTH.search(frame.standalone) else lenders[-1:]
    if _OF_A_BODY.search(frame.standalone) and (bodies := _bodies_of(lenders[-1])):
        return _with_subjects(frame, bodies)
    lent = {s.text: s for q in wanted for s in q.subjects if s.kind in _LENDING}
    return _with_subjects(frame, tuple(lent.values()))


def _bodies_of(frame: Query) -> tuple[Subject, ...]:
    return frame.of_kind(SubjectKind.DEPARTMENT)


def _starts_afresh(frame: Query, known: Callable[[str], bool]) -> bool:
    """It names something of its own that the text prints, and does not point back."""
    names_own = any(known(word) for word in frame.content)
    return names_own and len(frame.standalone) > _SHORT and not _POINTS_BACK.search(frame.standalone)


def _is_bare(frame: Query) -> bool:
    """Nothing but a name: 专利池呢？ 第二条呢？"""
    match = _ELLIPTIC.match(frame.standalone)
    if match is None:
        return False
    rest = match["rest"]
    for subject in frame.subjects:
        rest = rest.replace(subject.text, "")
    return len(re.sub(r"[那的和与呢吧啊吗，,。？? ]", "", rest)) <= 1


def _with_ask_of(frame: Query, earlier: Sequence[Query]) -> Query:
    own = tuple(s for s in frame.subjects if s.kind in _LENDING)
    for lender in reversed(earlier):
        asks = tuple(replace(a, subjects=own) for a in lender.asks if a.ask not in _NOT_INHERITED)
        if asks:
            return replace(frame, asks=asks)
    return frame


def _with_subjects(frame: Query, lent: tuple[Subject, ...]) -> Query:
    """The lent names stand in front of the question, and every place in it moves to the right."""
    prefix = "、".join(s.text for s in lent) + "："
    offset = 0
    placed: list[Subject] = []
    for subject in lent:
        placed.append(replace(subject, start=offset, end=offset + len(subject.text), is_lent=True))
        offset += len(subject.text) + 1
    moved = tuple(replace(s, start=s.start + len(prefix), end=s.end + len(prefix)) for s in frame.subjects)
    amounts = tuple(replace(a, start=a.start + len(prefix), end=a.end + len(prefix)) for a in frame.amounts)
    return replace(frame, standalone=prefix + frame.standalone, subjects=(*placed, *moved), amounts=amounts)
