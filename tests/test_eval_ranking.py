from math import log2

import pytest

from evals.ranking import first_rank, hit_at, inverse_rank, ndcg_at, recall_at, reciprocal_rank

TABLE = [
    # ranked, gold, R@1, R@3, RR, nDCG@3
    (["a", "b", "c"], {"a"}, 1.0, 1.0, 1.0, 1.0),
    (["a", "b", "c"], {"c"}, 0.0, 1.0, 1 / 3, 1 / log2(4)),
    (["a", "b", "c"], {"x"}, 0.0, 0.0, 0.0, 0.0),
    ([], {"x"}, 0.0, 0.0, 0.0, 0.0),
    (["a", "b", "c"], {"a", "b"}, 0.5, 1.0, 1.0, 1.0),
    (["a", "b", "c"], {"b", "x"}, 0.0, 0.5, 0.5, (1 / log2(3)) / (1 + 1 / log2(3))),
    (["a", "b", "c", "d"], {"d"}, 0.0, 0.0, 0.25, 0.0),
    (["a", "a", "b"], {"a", "b"}, 0.5, 1.0, 1.0, (1 + 1 / log2(4)) / (1 + 1 / log2(3))),
]


@pytest.mark.parametrize(("ranked", "gold", "first", "third", "rank", "gain"), TABLE)
def test_a_ranking_is_measured_against_its_gold(ranked, gold, first, third, rank, gain):
    measured = (
        recall_at(ranked, gold, 1),
        recall_at(ranked, gold, 3),
        reciprocal_rank(ranked, gold),
        ndcg_at(ranked, gold, 3),
    )
    assert measured == pytest.approx((first, third, rank, gain))


def test_without_gold_nothing_applies():
    assert (recall_at(["a"], (), 1), reciprocal_rank(["a"], ()), ndcg_at(["a"], (), 5)) == (None, None, None)


def test_a_rank_beyond_the_depth_counts_nothing():
    assert (reciprocal_rank(["a", "b"], {"b"}, 1), reciprocal_rank(["a", "b"], {"b"}, 2)) == (0.0, 0.5)


@pytest.mark.parametrize(
    ("gold", "rank", "hits", "inverse"), [("a", 1, 1.0, 1.0), ("bc", 2, 1.0, 0.5), ("x", None, 0.0, 0.0)]
)
def test_the_first_gold(gold, rank, hits, inverse):
    found = first_rank("abc", gold)
    assert (found, hit_at(found, 2), inverse_rank(found, 2)) == (rank, hits, inverse)
    assert (hit_at(3, 2), inverse_rank(3, 2)) == (0.0, 0.0)
