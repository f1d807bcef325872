"""Measures of a ranking against its gold set; each is None where there is no gold."""

from collections.abc import Collection, Sequence
from math import log2


def recall_at(ranked: Sequence[str], gold: Collection[str], depth: int) -> float | None:
    """The share of the gold among the first `depth`."""
    return len(set(ranked[:depth]) & set(gold)) / len(set(gold)) if gold else None


def reciprocal_rank(ranked: Sequence[str], gold: Collection[str], depth: int | None = None) -> float | None:
    """One over the place of the first gold; 0 where none is among the first `depth`, or anywhere."""
    if not gold:
        return None
    return next((1 / place for place, one in enumerate(ranked[:depth], 1) if one in gold), 0.0)


def ndcg_at(ranked: Sequence[str], gold: Collection[str], depth: int) -> float | None:
    """Gold counts less the deeper it stands, against the best possible order; a repetition counts once."""
    wanted = set(gold)
    if not wanted:
        return None
    places = {one: place for place, one in reversed(list(enumerate(ranked[:depth], 1)))}
    gained = sum(1 / log2(place + 1) for one, place in places.items() if one in wanted)
    return gained / sum(1 / log2(place + 1) for place in range(1, min(len(wanted), depth) + 1))


def first_rank(ranked: Sequence[str], gold: Collection[str]) -> int | None:
    """The place of the first gold, counted from 1."""
    return next((place for place, one in enumerate(ranked, 1) if one in gold), None)


def hit_at(rank: int | None, depth: int) -> float:
    """1 where the first gold stands among the first `depth`."""
    return float(rank is not None and rank <= depth)


def inverse_rank(rank: int | None, depth: int) -> float:
    """One over the place of the first gold, 0 beyond `depth`."""
    return 1 / rank if rank is not None and rank <= depth else 0.0
