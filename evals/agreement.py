"""How far a judge agrees with the scorers, beyond what chance brings."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """`kappa` None where one side says the same of everything: then agreement tells nothing."""

    judged: int
    share: float
    kappa: float | None


def cohen_kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Agreement of two raters beyond chance (Cohen 1960): 1 complete, 0 as chance, below worse."""
    if not pairs:
        return None
    n = len(pairs)
    first, second = sum(a for a, _ in pairs) / n, sum(b for _, b in pairs) / n
    if first in {0.0, 1.0} or second in {0.0, 1.0}:
        return None
    expected = first * second + (1 - first) * (1 - second)
    return (sum(a is b for a, b in pairs) / n - expected) / (1 - expected)


def measure_agreement(pairs: Sequence[tuple[bool, bool]]) -> Agreement:
    share = sum(a is b for a, b in pairs) / len(pairs) if pairs else 0.0
    return Agreement(len(pairs), share, cohen_kappa(pairs))
