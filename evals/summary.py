"""Sums outcomes up by kind and over all, with what plain search engines reach on the same cases."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from evals.results import Outcome, Run
from evals.scoring.judge import FIGURES, RIGHT, UNTRUE
from evals.statistics import Interval, Share, mcnemar_p, paired_interval, share_of

EVERY_KIND = "全部"


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of case, or all; `figures` are means over the cases to which they apply, `shown` the share of the
    answerable ones whose facts stand anywhere in the answer, `baselines` the same of plain engines."""

    kind: str
    right: Share
    figures: Mapping[str, float | None]
    shown: Share
    baselines: Mapping[str, Share]

    @property
    def is_below_search(self) -> bool:
        """Whoever took the three best sentences of BM25 would have found the facts more often."""
        plain = self.baselines.get("bm25")
        return plain is not None and (plain.value or 0.0) > (self.shown.value or 0.0)


@dataclass(frozen=True, slots=True)
class Robustness:
    """Over groups of paraphrases of one question: how many there are, and how many are right and wrong by turns."""

    groups: int
    flipped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """`untrue` and `to_read` are sentences per 100 answers."""

    kinds: tuple[Row, ...]
    overall: Row
    untrue: float
    to_read: float
    robustness: Robustness

    @property
    def over_refusal(self) -> float | None:
        """The share of answerable questions that got no answer."""
        answered = self.overall.figures["answerable_answered"]
        return None if answered is None else round(1 - answered, 6)


def summarise(run: Run) -> Summary:
    """Kinds with the fewest right answers first."""
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in run.cases:
        kinds[outcome.kind].append(outcome)
    rows = [_row(kind, own, run.baselines) for kind, own in kinds.items()]
    unread = [o for o in run.cases if o.value_of("nothing_to_read") == 0.0]
    return Summary(
        kinds=tuple(sorted(rows, key=lambda row: (row.right.value or 0.0, row.kind))),
        overall=_row(EVERY_KIND, run.cases, run.baselines),
        untrue=_per_hundred(sum(o.value_of(UNTRUE) or 0.0 for o in run.cases), len(run.cases)),
        to_read=_per_hundred(len(unread), len(run.cases)),
        robustness=_find_flips(run.cases),
    )


def _per_hundred(count: float, answers: int) -> float:
    return round(100 * count / answers, 2) if answers else 0.0


def _row(
    kind: str, outcomes: Sequence[Outcome], baselines: Mapping[str, Mapping[str, tuple[bool, bool | None]]]
) -> Row:
    shown = {o.id: o for o in outcomes if o.value_of("facts_shown") is not None}
    plain = {
        name: share_of((shown[i].gold, found[i][1] is True) for i in shown if i in found)
        for name, found in baselines.items()
    }
    return Row(
        kind=kind,
        right=share_of((o.gold, o.is_right) for o in outcomes),
        figures={name: _mean(o.value_of(name) for o in outcomes) for name in FIGURES},
        shown=share_of((o.gold, o.value_of("facts_shown") == 1.0) for o in shown.values()),
        baselines=plain,
    )


def _mean(values: Iterable[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return round(fmean(known), 6) if known else None


def _find_flips(outcomes: Sequence[Outcome]) -> Robustness:
    groups: dict[str, list[bool]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.case and outcome.case.group:
            groups[outcome.case.group].append(outcome.is_right)
    whole = {name: rights for name, rights in groups.items() if len(rights) > 1}
    flipped = (name for name, rights in whole.items() if any(rights) and not all(rights))
    return Robustness(len(whole), tuple(sorted(flipped)))


@dataclass(frozen=True, slots=True)
class Change:
    """A case that is right in one run only; `question` is empty where nobody may see it."""

    id: str
    question: str
    is_gained: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Over the cases that both runs hold."""

    commit: str
    cases: int
    changes: tuple[Change, ...]
    difference: float
    interval: Interval

    @property
    def gained(self) -> int:
        return sum(change.is_gained for change in self.changes)

    @property
    def p(self) -> float:
        return mcnemar_p(self.gained, len(self.changes) - self.gained)


def compare_runs(earlier: Run, later: Run) -> Comparison:
    before = {o.id: o for o in earlier.cases}
    pairs = [(before[o.id], o) for o in later.cases if o.id in before]
    changes = tuple(
        Change(
            new.id, new.case.question if new.case else "", new.is_right, (old if new.is_right else new).reason_of(RIGHT)
        )
        for old, new in pairs
        if old.is_right != new.is_right
    )
    differences = [(new.gold, float(new.is_right) - float(old.is_right)) for old, new in pairs]
    mean = fmean(d for _, d in differences) if differences else 0.0
    return Comparison(earlier.commit, len(pairs), changes, mean, paired_interval(differences))
