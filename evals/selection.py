"""Chooses the cases of a run."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evals.case import Case


class HeldOut(StrEnum):
    """Which cases with regard to those kept out of development."""

    ONLY = "only"
    WITHOUT = "without"
    WITH = "with"


class NothingChosen(Exception):
    """No case is left; the message names the kinds there are."""


@dataclass(frozen=True, slots=True)
class Selection:
    """`kinds` and `ids` None where all are meant."""

    held_out: HeldOut = HeldOut.WITH
    kinds: Collection[str] | None = None
    ids: Collection[str] | None = None

    def includes(self, case: Case) -> bool:
        if self.held_out is not HeldOut.WITH and case.held_out is not (self.held_out is HeldOut.ONLY):
            return False
        return (self.kinds is None or case.kind in self.kinds) and (self.ids is None or case.id in self.ids)


def select_cases(cases: Iterable[Case], selection: Selection) -> tuple[Case, ...]:
    everything = tuple(cases)
    chosen = tuple(case for case in everything if selection.includes(case))
    if not chosen:
        kinds = "、".join(sorted({case.kind for case in everything}))
        raise NothingChosen(f"没有符合条件的题目。现有种类：{kinds}")
    return chosen


def sample_cases(cases: Sequence[Case], number: int | None) -> tuple[Case, ...]:
    """So many cases, evenly spaced over the kinds and their ids; all where no number is given."""
    ordered = sorted(cases, key=lambda case: (case.kind, case.id))
    if number is None or number >= len(ordered):
        return tuple(ordered)
    if number < 1:
        raise NothingChosen("--sample 应当是 1 或更大的整数。")
    return tuple(ordered[i * len(ordered) // number] for i in range(number))
