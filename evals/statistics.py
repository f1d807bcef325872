"""Intervals and tests for shares of cases; cases of one gold are no independent evidence and count once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
from scipy.stats import binomtest, bootstrap
from sklearn.metrics import cohen_kappa_score

_SEED, _RESAMPLES = 20251130, 2_000


@dataclass(frozen=True, slots=True)
class Interval:
    """95 % of such intervals hold the true value."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `of`; `golds` is how many distinct golds stand behind them."""

    count: int
    of: int
    golds: int

    @property
    def value(self) -> float | None:
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> Interval:
        """Wilson's, as if each gold had been asked once."""
        if not self.of:
            return Interval(0.0, 1.0)
        found = binomtest(round(self.count / self.of * self.golds), self.golds).proportion_ci(method="wilson")
        return Interval(round(float(found.low), 6), round(float(found.high), 6))


def share_of(verdicts: Iterable[tuple[str, bool]]) -> Share:
    """Of verdicts with their golds."""
    known = list(verdicts)
    return Share(sum(right for _, right in known), len(known), len({gold for gold, _ in known}))


def mcnemar_p(gained: int, lost: int) -> float:
    """Exact two-sided p of as uneven a split of changed cases, if gain and loss were equally likely."""
    return float(binomtest(min(gained, lost), gained + lost).pvalue) if gained + lost else 1.0


def paired_interval(differences: Sequence[tuple[str, float]]) -> Interval:
    """For the mean of differences (after minus before) with their golds; golds are drawn anew, with their cases."""
    clusters: dict[str, list[float]] = defaultdict(list)
    for gold, difference in differences:
        clusters[gold].append(difference)
    sums, sizes = np.array([sum(c) for c in clusters.values()]), np.array([len(c) for c in clusters.values()])
    if len(clusters) < 2 or not sums.any():
        mean = fmean(d for _, d in differences) if differences else 0.0
        return Interval(mean, mean)
    drawn = bootstrap(
        (sums, sizes),
        lambda s, n, axis=-1: s.sum(axis) / n.sum(axis),
        paired=True,
        n_resamples=_RESAMPLES,
        method="percentile",
        rng=_SEED,
    ).confidence_interval
    return Interval(round(float(drawn.low), 6), round(float(drawn.high), 6))


@dataclass(frozen=True, slots=True)
class Paired:
    """How much more often the one is right than the other on the same cases."""

    difference: float
    interval: Interval
    p: float


def mean(values: Iterable[float]) -> float:
    """0 where there are none."""
    known = list(values)
    return round(fmean(known), 6) if known else 0.0


def pair(differences: Sequence[tuple[str, float]]) -> Paired:
    """Of differences with their golds, each of them 1, 0 or -1."""
    gained, lost = sum(d > 0 for _, d in differences), sum(d < 0 for _, d in differences)
    return Paired(mean(d for _, d in differences), paired_interval(differences), mcnemar_p(gained, lost))


def agreement(ones: Sequence[str], others: Sequence[str]) -> float | None:
    """Cohen's kappa of two readers on the same answers; None where one of them said the same of all."""
    if len(set(ones)) < 2 or len(set(others)) < 2:
        return None
    return float(cohen_kappa_score(ones, others))
