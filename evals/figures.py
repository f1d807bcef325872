"""One part of a measurement on other people's data, with its figures beside those of a yardstick."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from evals.intervals import Interval, mcnemar_p, paired_interval


@dataclass(frozen=True, slots=True)
class Figure:
    """A share or a mean; `plain` is that of BM25 over pairs of characters in the same run, `published` that
    which the data's own description gives for it; `bar` is the value to stay above."""

    name: str
    ours: float
    plain: float | None = None
    published: float | None = None
    bar: float | None = None

    @property
    def is_ok(self) -> bool:
        return self.bar is None or self.ours > self.bar


@dataclass(frozen=True, slots=True)
class Paired:
    """How much more often the product is right than the yardstick on the same questions."""

    name: str
    difference: float
    interval: Interval
    p: float


@dataclass(frozen=True, slots=True)
class PartResult:
    """`scope` says what was asked of what, and what of it is a sample."""

    name: str
    scope: str
    is_sample: bool
    figures: tuple[Figure, ...]
    paired: tuple[Paired, ...]
    rows: tuple[dict[str, Any], ...]


def mean(values: Iterable[float]) -> float:
    known = list(values)
    return round(fmean(known), 6) if known else 0.0


def compare_paired(name: str, pairs: Sequence[tuple[float, float]]) -> Paired:
    """Of hits (0 or 1), ours and the yardstick's, question by question."""
    gained, lost = sum(a > b for a, b in pairs), sum(a < b for a, b in pairs)
    trials = max(1, len(pairs))
    difference = round((gained - lost) / trials, 6)
    return Paired(name, difference, paired_interval(gained, lost, trials), mcnemar_p(gained, lost))
