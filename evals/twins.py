"""Scores a follow-up against its stand-alone twin: what it was understood as, asked by itself."""

from evals.case import Case
from evals.clauses import cited_measures, sort_measures
from evals.reply import Reply
from evals.score import Score


def score_twin(case: Case, reply: Reply, twin: Reply | None) -> Score:
    """The twin brings the same status and cites the same measures; does not apply without one."""
    if twin is None:
        return Score("twin_agrees", None)
    wrong = [] if reply.status is twin.status else [f"单独问时结论为 {twin.status}，接着问时为 {reply.status}"]
    together, alone = cited_measures(case, reply.citations), cited_measures(case, twin.citations)
    if together != alone:
        wrong.append(f"单独问时引第 {_list(alone)} 条，接着问时引第 {_list(together)} 条")
    return Score("twin_agrees", 0.0 if wrong else 1.0, "；".join(wrong))


def _list(measures: frozenset[str]) -> str:
    return "、".join(sort_measures(measures)) or "0"
