"""Says how the cases of a result differ from those that the product ships."""

from collections.abc import Sequence

from evals.case import Case
from evals.run import Outcome


def describe_gap(outcomes: Sequence[Outcome], shipped: Sequence[Case]) -> str | None:
    """None where the result holds exactly the shipped cases, unchanged."""
    run, own = {o.case.id: o.case for o in outcomes}, {case.id: case for case in shipped}
    unknown, absent = len(run.keys() - own.keys()), len(own.keys() - run.keys())
    changed = sum(_gold(run[name]) != _gold(own[name]) for name in run.keys() & own.keys())
    gaps = [
        f"自带的 {len(own)} 题里有 {absent} 题没有跑" if absent else "",
        f"有 {unknown} 题不是自带的" if unknown else "",
        f"有 {changed} 题后来改过" if changed else "",
    ]
    return "，".join(filter(None, gaps)) or None


def _gold(case: Case) -> dict[str, object]:
    return case.model_dump(mode="json")
