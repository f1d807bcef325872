"""Intervals and tests against values that were worked out by hand; cases of one gold count once."""

import pytest

from evals.statistics import Interval, Paired, Share, agreement, mcnemar_p, mean, pair, paired_interval, share_of


@pytest.mark.parametrize(
    ("share", "interval"),
    [
        # (p + z²/2n ± z·√(p(1 - p)/n + z²/4n²)) / (1 + z²/n) with z = 1.959964
        (Share(9, 10, 10), Interval(0.595850, 0.982124)),
        (Share(1, 2, 2), Interval(0.094531, 0.905469)),
        (Share(0, 4, 4), Interval(0.0, 0.489891)),
        (Share(4, 4, 4), Interval(0.510109, 1.0)),
        (Share(0, 0, 0), Interval(0.0, 1.0)),
    ],
)
def test_wilson(share: Share, interval: Interval) -> None:
    assert share.interval == interval


def test_more_cases_of_the_same_golds_are_no_more_evidence() -> None:
    assert Share(90, 100, 10).interval == Share(9, 10, 10).interval
    narrow, wide = Share(90, 100, 100).interval, Share(90, 100, 10).interval
    assert wide.low < narrow.low < 0.9 < narrow.high < wide.high


def test_verdicts_are_counted_with_their_golds() -> None:
    share = share_of([("g", True), ("g", False), ("h", True)])
    assert (share, share.value) == (Share(2, 3, 2), 2 / 3)
    assert (share_of([]), share_of([]).value) == (Share(0, 0, 0), None)


@pytest.mark.parametrize(
    ("gained", "lost", "p"),
    [
        (0, 0, 1.0),
        (1, 0, 1.0),
        (5, 5, 1.0),
        (6, 0, 2 / 2**6),
        (10, 2, 2 * (1 + 12 + 66) / 2**12),
        (2, 10, 2 * (1 + 12 + 66) / 2**12),
    ],
)
def test_mcnemar(gained: int, lost: int, p: float) -> None:
    assert mcnemar_p(gained, lost) == pytest.approx(p, abs=1e-12)


def test_paired_interval_of_single_cases() -> None:
    """About 0.2 ± 1.96·√(0.2·0.8/100)."""
    found = paired_interval([(str(i), float(i < 20)) for i in range(100)])
    assert [found.low, found.high] == pytest.approx([0.12, 0.28], abs=0.015)


def test_paired_interval_draws_golds_with_their_cases() -> None:
    """Two of ten golds changed, with all their cases: about 0.2 ± 1.96·√(0.2·0.8/10), cut at nought."""
    found = paired_interval([(str(i % 10), float(i % 10 < 2)) for i in range(100)])
    assert [found.low, found.high] == pytest.approx([0.0, 0.45], abs=0.06)


def test_paired_interval_weighs_golds_by_their_cases() -> None:
    many, one = [("many", 1.0)] * 9, [("one", -1.0)]
    assert paired_interval([*many, *one]) == Interval(-1.0, 1.0)
    middle = paired_interval([*[(f"m{i}", 1.0) for i in range(30)], *[("big", -1.0)] * 30])
    assert middle.low < 0.0 < middle.high


@pytest.mark.parametrize(
    ("differences", "both"),
    [([], 0.0), ([("a", 0.0), ("b", 0.0)], 0.0), ([("a", 1.0), ("a", 0.0)], 0.5), ([("a", 1.0), ("b", 1.0)], 1.0)],
)
def test_paired_interval_of_next_to_nothing_is_a_point(differences: list[tuple[str, float]], both: float) -> None:
    assert paired_interval(differences) == Interval(both, both)


def test_paired_interval_is_the_same_every_time() -> None:
    differences = [(str(i), float(i % 7 == 0) - float(i % 5 == 0)) for i in range(60)]
    assert paired_interval(differences) == paired_interval(differences)
    turned = paired_interval([(gold, -difference) for gold, difference in differences])
    assert turned == Interval(-paired_interval(differences).high, -paired_interval(differences).low)


def test_kappa() -> None:
    """Observed 0.7, by chance 0.5 · 0.6 + 0.5 · 0.4 = 0.5, so (0.7 - 0.5) / (1 - 0.5)."""
    ones = [*"y" * 25, *"n" * 25]
    others = [*"y" * 20, *"n" * 5, *"y" * 10, *"n" * 15]
    assert agreement(ones, others) == pytest.approx(0.4)
    assert agreement(ones, ones) == 1.0
    assert agreement([*"yn"], [*"ny"]) == -1.0


@pytest.mark.parametrize(("ones", "others"), [("yy", "yn"), ("yn", "nn"), ("", "")])
def test_kappa_needs_two_answers_of_both(ones: str, others: str) -> None:
    assert agreement([*ones], [*others]) is None


def test_paired_answers_are_compared() -> None:
    """Six gained and none lost of six golds; as many gained as lost; nothing at all."""
    gained = pair([(str(number), 1.0) for number in range(6)])
    assert gained == Paired(1.0, Interval(1.0, 1.0), 0.03125)
    even = pair([("a", 1.0), ("b", -1.0), ("c", 0.0)])
    assert (even.difference, even.p) == (0.0, 1.0) and even.interval.low < 0.0 < even.interval.high
    assert pair([]) == Paired(0.0, Interval(0.0, 0.0), 1.0)
    assert (mean([]), mean([1.0, 0.0, 0.0])) == (0.0, 0.333333)
