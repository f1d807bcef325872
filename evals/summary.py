"""Sums outcomes up by kind and over all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from evals.groups import Robustness, measure_robustness
from evals.intervals import Interval, wilson_interval
from evals.retrieval_scores import RETRIEVAL_SCORES
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

OTHER_SCORES = (
    "partly_right",
    "clause_precision",
    "clause_f1",
    "exact_clauses",
    "list_exact",
    "role_right",
    "figures_faithful",
    "unanswerable_recognised",
    "answerable_answered",
    "refusal_justified",
    "half_stated_right",
    "redirected_right",
    "twin_agrees",
    *RETRIEVAL_SCORES,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of case, or all; a figure is None where it applies to no case."""

    kind: str
    cases: int
    figures: dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Summary:
    """`interval` is of the strictly right answers over all cases; `length` the median of code points;
    `robustness` None where no case has a paraphrase."""

    kinds: tuple[Row, ...]
    overall: Row
    interval: Interval
    length: float | None
    robustness: Robustness | None

    @property
    def over_refusal(self) -> float | None:
        """The share of answerable questions that got no answer."""
        answered = self.overall.figures["answerable_answered"]
        return None if answered is None else round(1 - answered, 6)


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    kinds = sorted({o.case.kind for o in outcomes})
    rows = tuple(_row(kind, [o for o in outcomes if o.case.kind == kind]) for kind in kinds)
    lengths = [v for o in outcomes if (v := o.value_of("length")) is not None]
    return Summary(
        kinds=rows,
        overall=_row("全部", outcomes),
        interval=wilson_interval(sum(o.is_right for o in outcomes), len(outcomes)),
        length=median(lengths) if lengths else None,
        robustness=measure_robustness([(o.case, o.is_right) for o in outcomes]),
    )


def _row(kind: str, outcomes: Sequence[Outcome]) -> Row:
    figures = {name: _mean(o.value_of(name) for o in outcomes) for name in (*SHOWN_SCORES, *OTHER_SCORES)}
    return Row(kind, len(outcomes), figures)


def _mean(values: Iterable[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return round(fmean(known), 6) if known else None
