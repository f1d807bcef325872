"""Scores whether what cannot be answered is recognised, and what can be answered is."""

from assistant.answer import PartKind, Status
from evals.case import Case
from evals.context import Context
from evals.reply import Reply
from evals.score import Score
from evals.scorers import allowed_statuses, score_facts

_GIVEN = frozenset({Status.ANSWERED, Status.PARTLY_ANSWERED})
_ELSEWHERE = frozenset({Status.OUT_OF_SCOPE, Status.REFUSED})


def score_recognised(case: Case, reply: Reply) -> Score:
    """An unanswerable question gets no answer; the mean is the refusal recall."""
    if case.answerable is not False:
        return Score("unanswerable_recognised", None)
    if reply.status not in _GIVEN or reply.status in allowed_statuses(case):
        return Score("unanswerable_recognised", 1.0)
    return Score("unanswerable_recognised", 0.0, f"原文答不出，却给了回答（{reply.status}）")


def score_answered(case: Case, reply: Reply) -> Score:
    """An answerable question gets an answer; one minus the mean is the over-refusal."""
    if case.answerable is not True:
        return Score("answerable_answered", None)
    if reply.status in _GIVEN or reply.status in allowed_statuses(case):
        return Score("answerable_answered", 1.0)
    return Score("answerable_answered", 0.0, f"原文答得出，却没有回答（{reply.status}）")


def score_withheld(case: Case, reply: Reply) -> Score:
    """Where no answer is given there is none to give; the mean is the refusal precision."""
    if reply.status in _GIVEN or case.answerable is None:
        return Score("refusal_justified", None)
    if case.answerable is False or reply.status in allowed_statuses(case):
        return Score("refusal_justified", 1.0)
    return Score("refusal_justified", 0.0, f"不该以 {reply.status} 结束")


def score_half_stated(case: Case, reply: Reply) -> Score:
    """Of a half stated question: the status, what is printed, and that the rest is missing."""
    if case.answerable != "partly":
        return Score("half_stated_right", None)
    facts = score_facts(case, reply)
    wrong = [] if reply.status in allowed_statuses(case) else [f"结论为 {reply.status}"]
    wrong += [] if facts.is_full else [facts.reason]
    if reply.status is not Status.ANSWERED and not reply.texts_of(PartKind.MISSING):
        wrong.append("没有说明缺什么")
    return Score("half_stated_right", 0.0 if wrong else 1.0, "；".join(wrong))


def score_redirect(case: Case, reply: Reply, context: Context) -> Score:
    """Where nothing is stated, the departments to ask are those of the wanted measures;
    what belongs elsewhere is sent there by its status."""
    allowed = allowed_statuses(case)
    if case.answerable is False and allowed and _ELSEWHERE.issuperset(allowed):
        is_right = reply.status in allowed
        return Score("redirected_right", float(is_right), "" if is_right else f"应为 {'/'.join(allowed)}")
    wanted = _departments_of(case, context)
    if case.answerable is not False or reply.status is not Status.NOT_STATED or not wanted:
        return Score("redirected_right", None)
    named = {d for r in reply.responsibilities for d in r.departments}
    wrong = [f"没有指明可问 {d}" for d in sorted(wanted - named)] + [f"误指 {d}" for d in sorted(named - wanted)]
    return Score("redirected_right", 0.0 if wrong else 1.0, "、".join(wrong))


def _departments_of(case: Case, context: Context) -> frozenset[str]:
    """Who is responsible for the wanted measures; nobody where the notice is not known."""
    return frozenset(
        department
        for notice in context.notices.values()
        if case.notice_id in (None, notice.id)
        for measure in notice.measures()
        if (measure.id if case.clauses else str(measure.number)) in case.required
        for department in measure.departments
    )
