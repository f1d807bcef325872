"""Lays out every wrong answer for readers: what was asked, expected and got, and where it went wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import PartKind
from evals.case import Case
from evals.context import Library
from evals.failing import Failure, find_failure
from evals.names import name_ask, name_kind, name_status, name_statuses
from evals.reply import Reply, read_reply
from evals.run import Outcome
from evals.scorers import allowed_statuses
from evals.sources import Block, show_sources

_PART_NAMES = {
    PartKind.DIRECT: "直接回答",
    PartKind.QUOTE: "引文",
    PartKind.CORRECTION: "更正",
    PartKind.MISSING: "没有写明",
    PartKind.DEPARTMENTS: "责任部门",
    PartKind.NOTE: "说明",
    PartKind.SOURCE: "出处",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled line of what is expected."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """A part of the answer, or an item of its list."""

    label: str
    text: str
    numbers: tuple[int, ...]
    is_quote: bool = False


@dataclass(frozen=True, slots=True)
class Miss:
    """`reasons` in words without codes; `said` and `blocks` are empty where no answer came."""

    id: str
    kind: str
    held_out: bool
    history: tuple[str, ...]
    question: str
    expected: tuple[Line, ...]
    status: str
    said: tuple[Said, ...]
    reasons: tuple[str, ...]
    failure: Failure
    understood: str
    blocks: tuple[Block, ...]


def find_misses(outcomes: Sequence[Outcome], library: Library) -> tuple[Miss, ...]:
    """By kind, in the order of the cases."""
    wrong = [o for o in outcomes if not o.is_right]
    return tuple(_lay_out(o, library) for o in sorted(wrong, key=lambda o: o.case.kind))


def _lay_out(outcome: Outcome, library: Library) -> Miss:
    case = outcome.case
    reply = read_reply(outcome.answer) if outcome.answer is not None else None
    return Miss(
        id=case.id,
        kind=name_kind(case.kind),
        held_out=case.held_out,
        history=case.history,
        question=case.question,
        expected=describe_expected(case),
        status=name_status(outcome.status),
        said=_read_said(reply) if reply else (),
        reasons=tuple(name_statuses(r) for r in outcome.reason_of("strictly_right").split("；") if r),
        failure=_in_words(find_failure(outcome)),
        understood=_describe_reading(reply),
        blocks=show_sources(case, reply.citations if reply else (), library),
    )


def _describe_reading(reply: Reply | None) -> str:
    """What was heard, empty where that is not known."""
    if reply is None or reply.understood is None:
        return ""
    asks = "、".join(map(name_ask, reply.understood.asks)) or "没有认出"
    subjects = "、".join(reply.understood.subjects) or "没有认出"
    return f"所问 {asks}；所指 {subjects}"


def _in_words(failure: Failure) -> Failure:
    return replace(failure, basis=name_statuses(failure.basis))


def describe_expected(case: Case) -> tuple[Line, ...]:
    """Everything the case demands of an answer."""
    statuses = " 或 ".join(name_status(s) for s in allowed_statuses(case))
    measures = "、".join(case.clauses or [str(n) for n in case.measures])
    lines = [
        Line("结论", statuses or "不限"),
        Line("只引" if case.exact else "引用", f"第 {measures} 条" if measures else ""),
        *(Line("写到", " 或 ".join(alternatives)) for alternatives in case.facts),
        Line("部门", "、".join(case.departments)),
        Line("不说", "、".join(case.forbidden)),
    ]
    return tuple(line for line in lines if line.text)


def _read_said(reply: Reply) -> tuple[Said, ...]:
    """The parts, with the items of a list after the first of them, as readers see them."""
    parts = [Said(_PART_NAMES[p.kind], p.text, p.citations, p.kind is PartKind.QUOTE) for p in reply.parts]
    items = [Said(f"第 {n} 项", item.text, item.citations) for n, item in enumerate(reply.items or (), 1)]
    return (*parts[:1], *items, *parts[1:])
