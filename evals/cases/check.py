"""Checks golds against the notices: what cannot be is an error, what is only strange a warning."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.cases.case import Case, PlacedCase, allowed_statuses
from evals.context import Context
from evals.corpora import EVERYTHING, Library
from evals.scoring.first_line import read_marks
from evals.scoring.statement import HOME
from evals.scoring.values import holds_wording, read_values

_ANSWERING = frozenset({"answered", "partly_answered"})


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong or strange about a case, and where it stands."""

    case: PlacedCase
    reason: str
    is_error: bool = False

    def __str__(self) -> str:
        word = "错误" if self.is_error else "提醒"
        return f"{self.case.path} 第 {self.case.line} 行：{word}：{self.case.case.id}：{self.reason}"


def check_cases(cases: Sequence[PlacedCase], library: Library) -> tuple[Remark, ...]:
    context = library.open_context([placed.case for placed in cases])
    known = frozenset(context.texts) | {EVERYTHING}
    remarks: list[Remark] = []
    for placed in cases:
        case = placed.case
        named = (*case.notice_ids, *([case.notice_id] if case.notice_id else []))
        errors = [f"没有编号为 {name} 的通知" for name in named if name not in known]
        errors += _find_contradictions(case)
        remarks += [Remark(placed, reason, is_error=True) for reason in errors]
        remarks += [Remark(placed, reason) for reason in _find_strange(case, context)]
    return tuple(remarks)


def _find_contradictions(case: Case) -> Iterator[str]:
    wanted = [wording for fact in case.facts for wording in fact]
    yield from (f"“{f}”既是事实又是禁语" for f in case.forbidden if f in wanted)
    allowed = set(allowed_statuses(case))
    if case.answerable is True and allowed.isdisjoint({*_ANSWERING, "needs_detail"}):
        yield "answerable 为 true，status 里却没有回答"
    if case.answerable is False and allowed and allowed <= _ANSWERING:
        yield "answerable 为 false，却要求回答"


def _find_strange(case: Case, context: Context) -> Iterator[str]:
    yield from (f"多余的字段 {name}" for name in case.unread_fields)
    yield from (f"不认识的所缺 {ask}" for ask in case.missing if ask not in read_marks()["kinds"])
    names = [n for n in case.notice_ids if n != EVERYTHING] or ([case.notice_id] if case.notice_id else [HOME])
    text = "\n".join(context.texts.get(name, "") for name in names)
    measures = {m for name in names for m in context.spans.get(name, {})}
    numbers = {n for name in names for n in context.numbers.get(name, ())}
    yield from (f"解析出的通知里没有第 {n} 条" for n in case.measures if n not in numbers)
    yield from (f"解析出的通知里没有条款 {c}" for c in case.clauses if c not in measures)
    for words in case.evidence:
        if not any(context.find_words(name, words) for name in (*names, *context.texts)):
            yield f"原文里没有“{words[:20]}”"
    for fact in case.facts:
        sums = [w for w in fact if read_values(w)]
        if sums and case.kind != "arithmetic" and not any(holds_wording(text, w) for w in fact):
            yield f"原文没有印“{sums[0]}”"
    yield from (f"部门“{d}”没有印在原文里" for d in case.departments if d not in text)
    if case.answerable is True and not (case.facts or case.verdict or case.departments or case.exact or case.evidence):
        yield "没有要求任何内容，什么回答都算对"
