"""Scores where the wanted measures stand among those the product found, before anything is composed of them."""

from evals.case import Case
from evals.ranking import ndcg_at, recall_at, reciprocal_rank
from evals.reply import Reply
from evals.score import Score

DEPTHS = (1, 3, 5)
_DEEPEST = max(DEPTHS)
RETRIEVAL_SCORES = (*(f"recall_at_{depth}" for depth in DEPTHS), "reciprocal_rank", "ndcg_at_5", "all_gold_found")


def score_retrieval(case: Case, reply: Reply) -> tuple[Score, ...]:
    """Does not apply to a service, which shows no matches, and to answers from the catalogue, which is not searched."""
    gold = case.required
    if reply.matches is None or reply.items is not None or case.exact or not 0 < len(gold) <= _DEEPEST:
        return tuple(Score(name, None) for name in RETRIEVAL_SCORES)
    ranked = [
        m.measure_id if case.clauses else str(m.measure_number)
        for m in reply.matches
        if case.notice_id in (None, m.notice_id)
    ]
    reason = _explain(ranked, gold)
    found = gold <= set(ranked[:_DEEPEST])
    return (
        *(Score(f"recall_at_{depth}", recall_at(ranked, gold, depth), reason) for depth in DEPTHS),
        Score("reciprocal_rank", reciprocal_rank(ranked, gold), reason),
        Score("ndcg_at_5", ndcg_at(ranked, gold, _DEEPEST), reason),
        Score("all_gold_found", float(found), "" if found else reason),
    )


def _explain(ranked: list[str], gold: frozenset[str]) -> str:
    """Where each wanted measure stands; nothing where they all stand in front."""
    if gold <= set(ranked[: len(gold)]):
        return ""
    places = [f"第 {one} 条排在第 {ranked.index(one) + 1}" for one in sorted(gold) if one in ranked]
    missing = [f"第 {one} 条没有找到" for one in sorted(gold) if one not in ranked]
    return "、".join(places + missing)
