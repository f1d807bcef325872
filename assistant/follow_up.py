"""Lends a new question what it lacks from the questions before it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.cues import find_cues
from assistant.query import DOCUMENT_ASKS, LIST_ASKS, Ask, Query, Subject, SubjectKind
from corpus.catalogue import Catalogue
from corpus.notice import Role

_LENDING = frozenset(
    {SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM, SubjectKind.CHAPTER, SubjectKind.DEPARTMENT}
)
_SHORT = 8
_POINTS_BACK = re.compile(
    r"它|这(?:个|项|条|笔|些|两|几|里|事)|那(?:个|项|条|笔|些|两|几|事)|该|其(?!他|它|中)|上面|刚才|前面|上述|两者|二者|\b(?:it|its|this|that|they|them|those|these)\b",
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
_SEVERAL_BODIES = re.compile(r"(?:这|那|该)(?:几|些|两)|他们|它们")
_OF_THE_WHOLE = re.compile(
    r"全文|整个|整份|全部|一共|总共|(?:这|该)(?:份|个)?(?:文件|通知|政策)|^(?:文件|通知)", re.IGNORECASE
)
_WHOLE_ASKS = DOCUMENT_ASKS | {Ask.HIGHEST, Ask.LOWEST, Ask.CHAPTERS, Ask.BRANDS}
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


@dataclass(frozen=True, slots=True)
class Printed:
    """What a follow-up is looked up in: the catalogue, and whether a word stands in a notice."""

    catalogue: Catalogue
    knows: Callable[[str], bool]


def inherit(frame: Query, earlier: Sequence[Query], printed: Printed) -> Query:
    """The frame with the subject or the ask of the nearest earlier question that has one."""
    if not earlier:
        return frame
    if any(s.kind in _LENDING for s in frame.subjects):
        return _with_ask_of(frame, earlier) if _is_bare(frame) else frame
    if _starts_afresh(frame, printed.knows):
        return frame
    lenders = [q for q in earlier if any(s.kind in _LENDING for s in q.subjects)]
    if not lenders:
        return frame
    wanted = lenders[-2:] if _BOTH.search(frame.standalone) else lenders[-1:]
    if _OF_A_BODY.search(frame.standalone) and (bodies := _bodies_meant(frame, lenders[-1], printed.catalogue)):
        return _with_subjects(frame, bodies)
    lent = {s.text: s for q in wanted for s in q.subjects if s.kind in _LENDING}
    return _with_subjects(frame, tuple(lent.values()))


def without_loan(frame: Query, own: Query) -> Query:
    """A question of the whole document keeps nothing lent: 哪项金额最高？ after 第九条."""
    if frame.standalone == own.standalone or _POINTS_BACK.search(own.standalone):
        return frame
    listed = _WHOLE_ASKS | (LIST_ASKS if _OF_THE_WHOLE.search(own.standalone) else frozenset())
    if not frame.asks or not all(a.ask in listed for a in frame.asks):
        return frame
    asks = tuple(replace(a, subjects=tuple(s for s in a.subjects if not s.is_lent)) for a in frame.asks)
    return replace(own, asks=asks, vector=frame.vector)


def repeated(frame: Query, earlier: Sequence[Query]) -> Query | None:
    """The earlier question that 把刚才的金额再说一遍 asks to answer again; None where nothing is to be repeated."""
    wanted = {cue.ask for cue in find_cues(frame.standalone)}
    if Ask.REPEAT not in wanted or any(s.kind in _LENDING for s in frame.subjects):
        return None
    answered = [q for q in earlier if any(a.ask not in _NOT_INHERITED for a in q.asks)]
    fitting = [q for q in answered if any(a.ask in wanted for a in q.asks)]
    for lender in (fitting or answered)[-1:]:
        asks = [a for a in lender.asks if a.ask in wanted] or [a for a in lender.asks if a.ask not in _NOT_INHERITED]
        return replace(lender, asked=frame.asked, language=frame.language, asks=tuple(asks))
    return None


def _bodies_meant(frame: Query, lender: Query, catalogue: Catalogue) -> tuple[Subject, ...]:
    """The departments that were named, else those of the one measure that was spoken of: its lead, or its only one."""
    if named := lender.of_kind(SubjectKind.DEPARTMENT):
        return named
    keys = {key for s in lender.subjects for key in _measures_of(s, catalogue)}
    if len(keys) != 1:
        return ()
    measure = catalogue.place_of_measure[keys.pop()].measure
    responsibilities = measure.all_responsibilities if measure else ()
    leading = [d for r in responsibilities if r.role is Role.LEAD for d in r.departments]
    sharing = [d for r in responsibilities for d in r.departments]
    wants_all = bool(_SEVERAL_BODIES.search(frame.standalone)) or len(sharing) == 1
    names = sharing if wants_all else leading
    return tuple(Subject(SubjectKind.DEPARTMENT, name, 0, len(name), (name,)) for name in dict.fromkeys(names))


def _measures_of(subject: Subject, catalogue: Catalogue) -> tuple[str, ...]:
    if subject.kind in {SubjectKind.NUMBER, SubjectKind.MEASURE}:
        return subject.targets
    places = [catalogue.place_of_provision.get(t) for t in subject.targets if subject.kind is SubjectKind.TERM]
    return tuple(p.measure_key for p in places if p)


def _starts_afresh(frame: Query, known: Callable[[str], bool]) -> bool:
    """It names something of its own that the text prints, and does not point back."""
    asked = " ".join(frame.standalone[c.start : c.end] for c in find_cues(frame.standalone))
    names_own = any(known(word) and word not in asked for word in frame.content)
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
