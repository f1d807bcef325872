"""A small run with every kind of outcome, for the reports."""

from typing import Any

from evals.results import Run
from evals.scoring.judge import UNTRUE
from tests.evals.answers import HOSTILE, make_answer, make_failure, make_outcome, make_run

RIGHT_ANSWER = make_answer(
    ("direct", "年度最高奖补200万元。"),
    citations=[{"number": 1, "quote": f"年度最高奖补200万元{HOSTILE}", "measure_id": "3.9"}],
)
_GOLD: dict[str, Any] = {"measures": [9], "facts": [["200万元", "二百万元"]]}


def make_small_run(**fields: object) -> Run:
    """One right answer, and of the others one wrong, one with a sign before it, one refused, one broken, one hostile."""
    said = {"facts_shown": 1.0, "citations_valid": 1.0, "answerable_answered": 1.0, UNTRUE: 0.0}
    facts = {"mutation": {"nonsense": (1, 1), "sum_swapped": (1, 2)}, "seconds": 12.4, "times_n5": 0.31}
    return make_run(
        make_outcome("r1", True, said, answer=RIGHT_ANSWER, group="g", **_GOLD),
        make_outcome("r2", False, {**said, UNTRUE: 2.0}, answer=RIGHT_ANSWER, group="g", history=["先问一句"], **_GOLD),
        make_outcome(
            "=1+1", False, answer=make_answer(("direct", "-2")), question="+3", verdict="no", exact=True, measures=[10]
        ),
        make_outcome("u1", False, {"nothing_to_read": 0.0}, kind="near_miss", answerable=False, said="refused"),
        make_failure("e1", kind="自定", notice_id="gf-2018-39"),
        make_outcome("h1", False, kind=HOSTILE, question=HOSTILE, answer=make_answer(("direct", HOSTILE))),
        **{"baselines": {"bm25": {"r1": (True, True), "r2": (True, True)}}, **facts, **fields},
    )
