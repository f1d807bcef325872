"""What a judge is measured by: claims bent on purpose, and its agreement with the scorers."""

import pytest

from evals.agreement import Agreement, cohen_kappa, measure_agreement
from evals.judging import Claim, with_a_bent_one


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        # Counts of (yes, yes), (yes, no), (no, yes), (no, no).
        ((20, 5, 10, 15), 0.4),
        ((5, 0, 0, 5), 1.0),
        ((0, 5, 5, 0), -1.0),
        ((25, 25, 25, 25), 0.0),
        ((10, 0, 0, 0), None),
        ((9, 1, 0, 0), None),
        ((0, 0, 0, 0), None),
    ],
)
def test_kappa(table: tuple[int, ...], kappa: float | None) -> None:
    kinds = [(True, True), (True, False), (False, True), (False, False)]
    pairs = [pair for pair, count in zip(kinds, table, strict=True) for _ in range(count)]
    found = cohen_kappa(pairs)
    assert (round(found, 6) if found is not None else None) == kappa
    assert measure_agreement([(True, True), (True, False)]) == Agreement(2, 0.5, None)


@pytest.mark.parametrize(
    ("claim", "bent"),
    [
        ("最高200万元。", "最高400万元。"),
        ("Up to RMB 2 million (200万元).", "Up to RMB 2 million (400万元)."),
        ("最高两百万元。", None),
        ("有奖补。", None),
    ],
)
def test_bent_claim(claim: str, bent: str | None) -> None:
    source = "年度最高奖补200万元、两百万元"
    added = with_a_bent_one([Claim(claim, source)])[1:]
    assert added == ((Claim(bent, source, is_bent=True),) if bent else ())
