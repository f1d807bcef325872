"""Rankings are rated as the literature does, side by side with plain BM25."""

import pytest

from evals.external.figures import HITS, RECALLS, Figure, Ranked, compare_paired, rank_figures, rate

RANKINGS = [
    # names, right, Success@1, R@1, R@5, RR@10
    ("abc", "a", 1.0, 1.0, 1.0, 1.0),
    ("abc", "c", 0.0, 0.0, 1.0, 1 / 3),
    ("abc", "x", 0.0, 0.0, 0.0, 0.0),
    ("", "x", 0.0, 0.0, 0.0, 0.0),
    ("abc", "", 0.0, 0.0, 0.0, 0.0),
    ("abc", "ab", 1.0, 0.5, 1.0, 1.0),
    ("abc", "bx", 0.0, 0.0, 0.5, 0.5),
    ("abcdefghijk", "k", 0.0, 0.0, 0.0, 0.0),
]


@pytest.mark.parametrize(("measure", "column"), [("Success@1", 2), ("R@1", 3), ("R@5", 4), ("RR@10", 5)])
def test_each_ranking_is_rated_in_its_place(measure: str, column: int) -> None:
    """Whatever stands beside it."""
    wanted = [row[column] for row in RANKINGS]
    ours = [Ranked(tuple(names), ("x", "y"), tuple(right)) for names, right, *_ in RANKINGS]
    plain = [Ranked(("x", "y"), tuple(names), tuple(right)) for names, right, *_ in RANKINGS]
    assert rate(ours, measure)[0] == rate(plain, measure)[1] == pytest.approx(wanted)


def test_nothing_is_rated_as_nothing() -> None:
    assert rate([], "R@1") == ([], [])
    assert rank_figures("法条", [], RECALLS, False)[0] == Figure("法条 R@1", 0.0, 0.0)


def beside(ours: str, plain: str) -> Ranked:
    return Ranked(tuple(ours), tuple(plain), ("a", "b"))


def test_figures_stand_beside_plain_and_published_ones() -> None:
    rankings = [beside("ab", "xa"), beside("xy", "xb")]
    assert rank_figures("文件", rankings, HITS, False) == [
        Figure("文件 R@1", 0.5, 0.0, 0.8, 0.8),
        Figure("文件 R@5", 0.5, 1.0),
        Figure("文件 R@10", 0.5, 1.0),
        Figure("文件 MRR@10", 0.5, 0.5, 0.867),
    ]
    assert rank_figures("法条", rankings, RECALLS, True)[:2] == [
        Figure("法条 R@1", 0.25, 0.0),
        Figure("法条 R@5", 0.5, 0.5),
    ]


def test_paired_difference() -> None:
    paired = compare_paired([beside("a", "x"), beside("b", "x"), beside("x", "a"), beside("a", "b")], "Success@1")
    assert (paired.difference, paired.p) == (0.25, 1.0)
    assert paired.interval.low < 0.25 < paired.interval.high
