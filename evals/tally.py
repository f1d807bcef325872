"""Counts what a report shows: shares with intervals, the table of kinds, groups of paraphrases, statuses, latency."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles

from assistant.answer import Status
from evals.intervals import Interval, wilson_interval
from evals.names import score_order
from evals.run import Outcome

THIN = 5
_NOT_SHARES = frozenset({"length", "error"})


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `of` cases."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> Interval:
        return wilson_interval(self.count, self.of)


@dataclass(frozen=True, slots=True)
class KindShare:
    """A share of the cases of one kind."""

    kind: str
    share: Share


@dataclass(frozen=True, slots=True)
class Cell:
    """The mean of one score over the cases of a kind to which it applies; None where there is none."""

    value: float | None
    of: int

    @property
    def is_thin(self) -> bool:
        """Too few cases to say anything about the kind."""
        return 0 < self.of < THIN


@dataclass(frozen=True, slots=True)
class HeatRow:
    """The means of one kind in the order of the columns."""

    kind: str
    cases: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Kinds by scores, the kind with the fewest right answers first."""

    scores: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    overall: HeatRow


@dataclass(frozen=True, slots=True)
class Group:
    """Paraphrases of one question."""

    name: str
    outcomes: tuple[Outcome, ...]

    @property
    def share(self) -> Share:
        return Share(sum(o.is_right for o in self.outcomes), len(self.outcomes))


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds: of each answer, and the median of each step."""

    answers: tuple[float, ...]
    median: float
    p95: float
    steps: tuple[tuple[str, float], ...]


def share_of(outcomes: Iterable[Outcome], score: str = "strictly_right") -> Share:
    """Full scores among the outcomes to which the score applies."""
    values = [v for o in outcomes if (v := o.value_of(score)) is not None]
    return Share(sum(v >= 1.0 for v in values), len(values))


def share_by_kind(outcomes: Sequence[Outcome], score: str = "strictly_right") -> tuple[KindShare, ...]:
    """Worst first; kinds to which the score applies."""
    shares = [KindShare(kind, share_of(own, score)) for kind, own in by_kind(outcomes)]
    known = [one for one in shares if one.share.of]
    return tuple(sorted(known, key=lambda one: (one.share.value or 0.0, -one.share.of, one.kind)))


def by_kind(outcomes: Sequence[Outcome]) -> list[tuple[str, list[Outcome]]]:
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        kinds[outcome.case.kind].append(outcome)
    return sorted(kinds.items())


def make_heat(outcomes: Sequence[Outcome]) -> Heat:
    """Every score that is a share, the named ones first."""
    present = {s.name for o in outcomes for s in o.scores if s.value is not None} - _NOT_SHARES
    order = score_order()
    scores = tuple(n for n in order if n in present) + tuple(sorted(present - set(order)))
    own = dict(by_kind(outcomes))
    rows = tuple(_heat_row(one.kind, own[one.kind], scores) for one in share_by_kind(outcomes))
    return Heat(scores, rows, _heat_row("", outcomes, scores))


def _heat_row(kind: str, outcomes: Sequence[Outcome], scores: Sequence[str]) -> HeatRow:
    values = [[v for o in outcomes if (v := o.value_of(name)) is not None] for name in scores]
    return HeatRow(kind, len(outcomes), tuple(Cell(fmean(v) if v else None, len(v)) for v in values))


def count_statuses(outcomes: Sequence[Outcome]) -> dict[bool | str | None, Counter[tuple[str | None, bool]]]:
    """By what the case says can be answered: how often each status came, and whether it was right."""
    counts: dict[bool | str | None, Counter[tuple[str | None, bool]]] = defaultdict(Counter)
    for outcome in outcomes:
        is_right = outcome.value_of("status_right") in (None, 1.0)
        counts[outcome.case.answerable][(outcome.status, is_right)] += 1
    return counts


STATUSES: tuple[str | None, ...] = (*Status, None)


def find_groups(outcomes: Sequence[Outcome]) -> tuple[Group, ...]:
    """Groups of at least two paraphrases, worst first."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.case.group:
            groups[outcome.case.group].append(outcome)
    found = [Group(name, tuple(own)) for name, own in groups.items() if len(own) > 1]
    return tuple(sorted(found, key=lambda g: (g.share.value or 0.0, g.name)))


def measure_latency(outcomes: Sequence[Outcome], steps: Iterable[Mapping[str, float]]) -> Latency | None:
    """None where no answer came."""
    answers = tuple(o.milliseconds for o in outcomes if o.answer is not None)
    if len(answers) < 2:
        return None
    by_step: dict[str, list[float]] = defaultdict(list)
    for one in steps:
        for name, milliseconds in one.items():
            if name != "total":
                by_step[name].append(milliseconds)
    medians = tuple((name, median(values)) for name, values in by_step.items())
    return Latency(answers, median(answers), quantiles(answers, n=20, method="inclusive")[-1], medians)
