"""Outcomes are summed up by kind, beside plain search, and two runs are compared case by case."""

from typing import Any

import pytest

from evals.scoring.judge import FIGURES, UNTRUE
from evals.statistics import Share
from evals.summary import EVERY_KIND, Change, Robustness, compare_runs, summarise
from tests.evals.answers import make_failure, make_outcome, make_run

FACT: dict[str, Any] = {"facts": [["200万元"]]}
RUN = make_run(
    make_outcome("a", True, {"facts_said": 1.0, "facts_shown": 1.0, UNTRUE: 0.0, "answerable_answered": 1.0}, **FACT),
    make_outcome("b", False, {"facts_said": 0.5, "facts_shown": 0.5, UNTRUE: 2.0, "answerable_answered": 0.0}, **FACT),
    make_outcome("c", True, {"facts_said": None, "nothing_to_read": 0.0}, kind="lists", measures=[1]),
    make_failure("d", kind="lists", measures=[2]),
    make_outcome("e", False, {"facts_shown": 1.0}, kind="voice", facts=[["别的"]]),
    baselines={"bm25": {"a": (True, True), "b": (False, True), "c": (True, None), "e": (False, False)}},
)


def test_kinds_stand_with_the_weakest_first() -> None:
    summary = summarise(RUN)
    assert [(row.kind, row.right) for row in summary.kinds] == [
        ("voice", Share(0, 1, 1)),
        ("lists", Share(1, 2, 2)),
        ("sums", Share(1, 2, 1)),
    ]
    assert (summary.overall.kind, summary.overall.right) == (EVERY_KIND, Share(2, 5, 4))


def test_figures_are_means_over_the_cases_to_which_they_apply() -> None:
    figures = summarise(RUN).overall.figures
    assert set(figures) == set(FIGURES)
    assert (figures["facts_said"], figures["answerable_answered"], figures["role_right"]) == (0.75, 0.5, None)
    assert summarise(RUN).over_refusal == 0.5
    assert summarise(make_run(make_outcome("a"))).over_refusal is None


def test_untrue_sentences_are_counted_per_hundred_answers() -> None:
    summary = summarise(RUN)
    assert (summary.untrue, summary.to_read) == (40.0, 20.0)
    nothing = summarise(make_run())
    assert (nothing.untrue, nothing.to_read, nothing.overall.right) == (0.0, 0.0, Share(0, 0, 0))


def test_plain_search_is_held_against_the_same_cases() -> None:
    """Facts that stand anywhere in the answer: two of three here, two of three there, where any were demanded."""
    summary = summarise(RUN)
    assert (summary.overall.shown, summary.overall.baselines) == (Share(2, 3, 2), {"bm25": Share(2, 3, 2)})
    rows = {row.kind: row for row in summary.kinds}
    assert (rows["sums"].shown, rows["sums"].baselines["bm25"]) == (Share(1, 2, 1), Share(2, 2, 1))
    assert {kind: row.is_below_search for kind, row in rows.items()} == {"sums": True, "lists": False, "voice": False}
    assert not summarise(RUN.model_copy(update={"baselines": {}})).kinds[2].is_below_search


@pytest.mark.parametrize(
    ("groups", "found"),
    [
        ([("g", True), ("g", False), ("h", True), ("h", True)], Robustness(2, ("g",))),
        ([("g", False), ("g", False)], Robustness(1, ())),
        ([("g", True), (None, False)], Robustness(0, ())),
        ([("z", True), ("a", True), ("z", False), ("a", False)], Robustness(2, ("a", "z"))),
    ],
)
def test_groups_of_paraphrases_flip(groups: list[tuple[str | None, bool]], found: Robustness) -> None:
    outcomes = [make_outcome(str(i), is_right, group=group) for i, (group, is_right) in enumerate(groups)]
    assert summarise(make_run(*outcomes)).robustness == found


def test_sealed_outcomes_are_summed_up_alike() -> None:
    sealed = make_run(*(o.sealed for o in RUN.cases), baselines=RUN.baselines)
    assert summarise(sealed) == summarise(RUN)


EARLIER = make_run(
    *(
        make_outcome(name, bool(is_right), question=f"{name}？")
        for name, is_right in zip("abcd", [1, 0, 1, 0], strict=True)
    ),
    commit="old0000",
)
LATER = make_run(
    *(
        make_outcome(name, bool(is_right), question=f"{name}？")
        for name, is_right in zip("abce", [0, 1, 1, 1], strict=True)
    )
)


def test_runs_are_compared_over_the_cases_that_both_hold() -> None:
    comparison = compare_runs(EARLIER, LATER)
    assert comparison.changes == (Change("a", "a？", False, "a 错了"), Change("b", "b？", True, "b 错了"))
    assert (comparison.commit, comparison.cases, comparison.gained, comparison.p) == ("old0000", 3, 1, 1.0)
    assert comparison.difference == 0.0


def test_better_on_six_cases_of_six() -> None:
    names = [str(number) for number in range(6)]
    before = make_run(*(make_outcome(name, False, facts=[[name]]) for name in names))
    after = make_run(*(make_outcome(name, True, facts=[[name]]) for name in names))
    comparison = compare_runs(before, after)
    assert (comparison.difference, comparison.gained, comparison.p) == (1.0, 6, 0.03125)
    assert (comparison.interval.low, comparison.interval.high) == (1.0, 1.0)


def test_a_comparison_of_sealed_runs_shows_no_question() -> None:
    sealed = [make_run(*(o.sealed for o in run.cases)) for run in (EARLIER, LATER)]
    assert [(c.id, c.question, c.reason) for c in compare_runs(*sealed).changes] == [("a", "", ""), ("b", "", "")]


def test_runs_without_a_common_case() -> None:
    comparison = compare_runs(make_run(make_outcome("a")), make_run(make_outcome("b")))
    assert (comparison.cases, comparison.changes, comparison.difference, comparison.p) == (0, (), 0.0, 1.0)
