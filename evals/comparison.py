"""Compares a run with an earlier one, case by case."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.intervals import Interval, mcnemar_p, paired_interval
from evals.results import EarlierResults
from evals.run import Outcome


@dataclass(frozen=True, slots=True)
class Change:
    """A case that is strictly right in one run only; `reason` is of the run in which it is not."""

    id: str
    question: str
    is_gained: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Over the cases that both runs hold; `restated` counts those of equal verdict and another status."""

    commit: str
    cases: int
    changes: tuple[Change, ...]
    restated: int
    difference: float
    interval: Interval
    p: float


def compare_runs(earlier: EarlierResults, outcomes: Sequence[Outcome]) -> Comparison:
    before = {case.id: case for case in earlier.cases}
    pairs = [(before[o.case.id], o) for o in outcomes if o.case.id in before]
    changes = tuple(
        Change(
            now.case.id,
            now.case.question,
            now.is_right,
            old.reason if now.is_right else now.reason_of("strictly_right"),
        )
        for old, now in pairs
        if old.is_right != now.is_right
    )
    gained = sum(change.is_gained for change in changes)
    lost = len(changes) - gained
    return Comparison(
        commit=earlier.commit,
        cases=len(pairs),
        changes=changes,
        restated=sum(old.is_right == now.is_right and old.status != now.status for old, now in pairs),
        difference=(gained - lost) / len(pairs) if pairs else 0.0,
        interval=paired_interval(gained, lost, len(pairs)),
        p=mcnemar_p(gained, lost),
    )
