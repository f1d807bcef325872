"""Sums up groups of paraphrases: the same question, asked in other words, has the same answer."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from evals.case import Case


@dataclass(frozen=True, slots=True)
class Robustness:
    """Over groups of at least two paraphrases.

    `mean` is the mean share of right answers in a group, `worst` the share of groups without a wrong one,
    `flip_rate` the share of groups with both right and wrong ones; `forms` the share right by form.
    """

    groups: int
    mean: float
    worst: float
    flip_rate: float
    flipped: tuple[str, ...]
    forms: dict[str, float]


def measure_robustness(verdicts: Sequence[tuple[Case, bool]]) -> Robustness | None:
    """Of cases with their verdicts; None where no group has two members."""
    members: dict[str, list[bool]] = defaultdict(list)
    for case, is_right in verdicts:
        if case.group:
            members[case.group].append(is_right)
    groups = {name: rights for name, rights in members.items() if len(rights) > 1}
    if not groups:
        return None
    flipped = tuple(sorted(name for name, rights in groups.items() if any(rights) and not all(rights)))
    return Robustness(
        groups=len(groups),
        mean=_round(fmean(fmean(rights) for rights in groups.values())),
        worst=_round(fmean(all(rights) for rights in groups.values())),
        flip_rate=_round(len(flipped) / len(groups)),
        flipped=flipped,
        forms=_share_by_form((case, is_right) for case, is_right in verdicts if case.group in groups),
    )


def _share_by_form(verdicts: Iterable[tuple[Case, bool]]) -> dict[str, float]:
    forms: dict[str, list[bool]] = defaultdict(list)
    for case, is_right in verdicts:
        if case.form:
            forms[case.form].append(is_right)
    return {form: _round(fmean(rights)) for form, rights in sorted(forms.items())}


def _round(share: float) -> float:
    return round(share, 6)
