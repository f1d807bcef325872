"""Puts the scores of one answer together: strictly right and partly right."""

from collections.abc import Mapping
from typing import Any

from evals import clauses, refusals, scorers
from evals.case import Case
from evals.context import Context
from evals.fidelity import score_figures
from evals.reply import Reply, read_reply
from evals.retrieval_scores import score_retrieval
from evals.score import Score
from evals.twins import score_twin

_STRICT = (
    "status_right",
    "facts_recalled",
    "clauses_cited",
    "exact_clauses",
    "departments_right",
    "nothing_forbidden",
    "citations_valid",
    "figures_faithful",
)
_FALSEHOODS = ("nothing_forbidden", "citations_valid", "figures_faithful")
_DEMANDS = ("status_right", "facts_recalled", "clauses_cited", "departments_right")
ENOUGH_FOR_PARTLY = 0.5
"""The mean of what is demanded from which on an answer without falsehood counts as partly right."""

FAILED = "error"
"""Name of the score that an answer gets which could not be had at all."""


def score_answer(
    case: Case, answer: Mapping[str, Any], context: Context, twin: Mapping[str, Any] | None = None
) -> tuple[Score, ...]:
    """All scores of one answer, the verdicts first; `twin` is the answer to a follow-up's stand-alone question.

    Raises BadReply where the JSON is not an answer.
    """
    reply = read_reply(answer)
    scores = (*_score_reply(case, reply, context), score_twin(case, reply, read_reply(twin) if twin else None))
    return (_judge_strictly(case, scores), _judge_softly(scores), *scores)


def score_failure(reason: str) -> tuple[Score, ...]:
    """The scores of a question that brought no answer."""
    return (Score("strictly_right", 0.0, reason), Score("partly_right", 0.0), Score(FAILED, 0.0, reason))


def _score_reply(case: Case, reply: Reply, context: Context) -> tuple[Score, ...]:
    return (
        scorers.score_status(case, reply),
        scorers.score_facts(case, reply),
        clauses.score_clauses(case, reply),
        clauses.score_precision(case, reply),
        clauses.score_f1(case, reply),
        clauses.score_exact(case, reply),
        clauses.score_list(case, reply),
        scorers.score_departments(case, reply, context),
        scorers.score_role(case, reply),
        scorers.score_forbidden(case, reply),
        scorers.score_citations(reply, context),
        score_figures(case, reply, context),
        refusals.score_recognised(case, reply),
        refusals.score_answered(case, reply),
        refusals.score_withheld(case, reply),
        refusals.score_half_stated(case, reply),
        refusals.score_redirect(case, reply, context),
        *score_retrieval(case, reply),
        scorers.score_length(reply),
    )


def _judge_strictly(case: Case, scores: tuple[Score, ...]) -> Score:
    demanded = _FALSEHOODS if case.answerable is None else _STRICT
    failed = [s for s in scores if s.name in demanded and not s.is_full]
    return Score("strictly_right", 0.0 if failed else 1.0, "；".join(s.reason for s in failed))


def _judge_softly(scores: tuple[Score, ...]) -> Score:
    is_false = any(s.name in _FALSEHOODS and not s.is_full for s in scores)
    held = [s.value for s in scores if s.name in _DEMANDS and s.value is not None]
    is_enough = not held or sum(held) / len(held) >= ENOUGH_FOR_PARTLY
    return Score("partly_right", 1.0 if is_enough and not is_false else 0.0)
