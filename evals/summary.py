"""Sums outcomes up by kind and over all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from evals.intervals import Interval, wilson_interval
from evals.run import Outcome

SHOWN_SCORES = (
    "strictly_right",
    "status_right",
    "facts_recalled",
    "clauses_cited",
    "departments_right",
    "nothing_forbidden",
    "citations_valid",
)
"""The columns of the table; the other scores stand in the overall figures and in the results."""

_OTHER_SCORES = (
    "partly_right",
    "clause_precision",
    "clause_f1",
    "exact_clauses",
    "list_exact",
    "role_right",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of case, or all; a figure is None where it applies to no case."""

    kind: str
    cases: int
    figures: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Summary:
    """`interval` is of the strictly right answers over all cases; `length` the median of code points."""

    kinds: tuple[Row, ...]
    overall: Row
    interval: Interval
    length: float | None


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    kinds = sorted({o.case.kind for o in outcomes})
    rows = tuple(_row(kind, [o for o in outcomes if o.case.kind == kind]) for kind in kinds)
    lengths = [v for o in outcomes if (v := o.value_of("length")) is not None]
    return Summary(
        kinds=rows,
        overall=_row("全部", outcomes),
        interval=wilson_interval(sum(o.is_right for o in outcomes), len(outcomes)),
        length=median(lengths) if lengths else None,
    )


def _row(kind: str, outcomes: Sequence[Outcome]) -> Row:
    figures = {name: _mean(o.value_of(name) for o in outcomes) for name in (*SHOWN_SCORES, *_OTHER_SCORES)}
    return Row(kind, len(outcomes), figures)


def _mean(values: Iterable[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return round(fmean(known), 6) if known else None
