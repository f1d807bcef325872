"""Intervals and tests for shares of cases."""

from dataclasses import dataclass
from math import comb, sqrt

_Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Interval:
    """95 % of such intervals hold the true value."""

    low: float
    high: float


def wilson_interval(successes: int, trials: int) -> Interval:
    """For a share; (0, 1) where nothing was tried."""
    if trials == 0:
        return Interval(0.0, 1.0)
    p, z2 = successes / trials, _Z95**2
    centre = (p + z2 / (2 * trials)) / (1 + z2 / trials)
    half = _Z95 * sqrt(p * (1 - p) / trials + z2 / (4 * trials**2)) / (1 + z2 / trials)
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def mcnemar_p(gained: int, lost: int) -> float:
    """Exact two-sided p of as uneven a split of changed cases, if gain and loss were equally likely."""
    changed = gained + lost
    if changed == 0:
        return 1.0
    tail = sum(comb(changed, k) for k in range(min(gained, lost) + 1)) / (1 << changed)
    return min(1.0, 2 * tail)


def paired_interval(gained: int, lost: int, trials: int) -> Interval:
    """For the difference of two shares of the same cases (Agresti and Min 2005: half a case added to each cell)."""
    n, b, c = trials + 2, gained + 0.5, lost + 0.5
    difference = (b - c) / n
    half = _Z95 * sqrt(b + c - (b - c) ** 2 / n) / n
    return Interval(max(-1.0, difference - half), min(1.0, difference + half))
