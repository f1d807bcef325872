"""Puts the scores of one answer together: strictly right if nothing that the case demands is lacking or wrong."""

from collections.abc import Mapping
from typing import Any

from evals.cases.case import Case, allowed_statuses
from evals.context import Context
from evals.scoring import clauses, said
from evals.scoring.first_line import score_first_line
from evals.scoring.reply import Reply, Score, read_reply
from evals.scoring.untrue import find_untruths, score_untrue

STRICT = (
    "status_right",
    "first_line_right",
    "facts_said",
    "missing_named",
    "clauses_cited",
    "exact_clauses",
    "nothing_surplus",
    "departments_right",
    "role_right",
    "list_whole",
    "nothing_forbidden",
    "citations_valid",
    "nothing_untrue",
)
"""In the order in which a report shows them."""
_FALSEHOODS = ("nothing_forbidden", "citations_valid", "nothing_untrue")
_GIVEN = frozenset({"answered", "partly_answered"})

RIGHT, UNTRUE, FAILED = "strictly_right", "untrue_sentences", "error"
FIGURES = (RIGHT, *STRICT, "nothing_to_read", "facts_shown", "unanswerable_recognised", "answerable_answered", UNTRUE)


def score_answer(case: Case, answer: Mapping[str, Any], context: Context) -> tuple[Score, ...]:
    """All scores of one answer, the verdict first; raises BadReply where the JSON is not an answer."""
    reply = read_reply(answer)
    scores = _score_reply(case, reply, context)
    demanded = _FALSEHOODS if case.answerable is None else STRICT
    failed = [s for s in scores if s.name in demanded and not s.is_full]
    return (Score(RIGHT, 0.0 if failed else 1.0, "；".join(s.reason for s in failed)), *scores)


def score_failure(reason: str) -> tuple[Score, ...]:
    """The scores of a question that brought no answer."""
    return (Score(RIGHT, 0.0, reason), Score(FAILED, 0.0, reason))


def _score_reply(case: Case, reply: Reply, context: Context) -> tuple[Score, ...]:
    return (
        said.score_status(case, reply),
        score_first_line(case, reply),
        said.score_facts(case, reply),
        said.score_missing(case, reply),
        clauses.score_clauses(case, reply, context),
        clauses.score_exact(case, reply),
        clauses.score_surplus(case, reply),
        clauses.score_departments(case, reply, context),
        clauses.score_role(case, reply),
        said.score_list(case, reply),
        said.score_forbidden(case, reply),
        clauses.score_citations(reply, context),
        *score_untrue(find_untruths(case, reply, context)),
        said.score_facts_shown(case, reply),
        _score_recognised(case, reply),
        _score_answered(case, reply),
    )


def _score_recognised(case: Case, reply: Reply) -> Score:
    """An unanswerable question gets no answer; the mean is the refusal recall."""
    if case.answerable is not False:
        return Score("unanswerable_recognised", None)
    is_right = reply.status not in _GIVEN or reply.status in allowed_statuses(case)
    return Score("unanswerable_recognised", float(is_right))


def _score_answered(case: Case, reply: Reply) -> Score:
    """An answerable question gets an answer; one minus the mean is the over-refusal."""
    if case.answerable is not True:
        return Score("answerable_answered", None)
    is_right = reply.status in _GIVEN or reply.status in allowed_statuses(case)
    return Score("answerable_answered", float(is_right))
