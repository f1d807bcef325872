"""The bars of the product, and what falls below them."""

from dataclasses import replace
from pathlib import Path

import pytest

from evals.gate import Gate, GateError, find_fallen, read_gate
from evals.groups import Robustness
from evals.intervals import wilson_interval
from evals.summary import Row, Summary

GATE = Gate.model_validate(
    {
        "at_least": {
            "strictly_right": 0.9,
            "every_kind": 0.8,
            "citations_valid": 1.0,
            "catalogue_exact": 1.0,
            "figures_faithful": 1.0,
            "refusal_recall": 0.96,
        },
        "at_most": {"over_refusal": 0.02, "flip_rate": 0.08, "cpu_seconds": 25},
        "bench": {
            "question_in_n5": 0.25,
            "passage_share": 0.15,
            "answer_in_n5": 0.45,
            "answers_to_bare_service": 1.2,
            "seconds_to_first_answer": 3,
            "index_in_n5": 272,
            "megabytes": 400,
            "http_milliseconds": 3,
            "http_errors": 0,
            "seconds_to_normal": 2,
            "polite_answered": 0.95,
            "polite_seconds": 2,
            "first_event_milliseconds": 100,
            "start_megabytes": 420,
            "memory_drift": 0.05,
        },
    }
)
FIGURES: dict[str, float | None] = {
    "strictly_right": 0.9,
    "citations_valid": 1.0,
    "list_exact": 1.0,
    "figures_faithful": 1.0,
    "unanswerable_recognised": 0.96,
    "answerable_answered": 0.98,
}
ROBUST = Robustness(groups=50, mean=0.98, worst=0.92, flip_rate=0.08, flipped=(), forms={})


def make_summary(changes: dict[str, float | None]) -> Summary:
    figures = {**FIGURES, **changes}
    return Summary((Row("sums", 4, figures),), Row("全部", 4, figures), wilson_interval(1, 2), None, ROBUST)


@pytest.mark.parametrize(
    ("changes", "fallen"),
    [
        ({}, ()),
        (dict.fromkeys(FIGURES), ()),
        ({"strictly_right": 0.85}, ("严格正确率 85.00% 低于下限 90.00%",)),
        ({"strictly_right": 0.7}, ("严格正确率 70.00% 低于下限 90.00%", "sums 的严格正确率 70.00% 低于下限 80.00%")),
        ({"citations_valid": 0.998}, ("引文逐字有效率 99.80% 低于下限 100.00%",)),
        ({"list_exact": 0.99}, ("目录回答（名单、计数）全对率 99.00% 低于下限 100.00%",)),
        ({"figures_faithful": 0.99}, ("金额与限定语属实率 99.00% 低于下限 100.00%",)),
        ({"unanswerable_recognised": 0.95}, ("答不出的题认出率 95.00% 低于下限 96.00%",)),
        ({"answerable_answered": 0.97}, ("误拒率 3.00% 高于上限 2.00%",)),
    ],
)
def test_what_falls_is_named(changes: dict[str, float | None], fallen: tuple[str, ...]) -> None:
    assert find_fallen(make_summary(changes), GATE) == fallen


def test_flips_and_seconds() -> None:
    summary = make_summary({})
    flipping = replace(summary, robustness=replace(ROBUST, flip_rate=0.1))
    assert find_fallen(flipping, GATE) == ("换说法时对错不一的组 10.00% 高于上限 8.00%",)
    assert find_fallen(replace(summary, robustness=None), GATE, cpu_seconds=25.0) == ()
    assert find_fallen(summary, GATE, cpu_seconds=75.4) == ("全部题目用处理器 75 秒，高于上限 25 秒",)


def test_the_bars_that_ship() -> None:
    """They may be raised, not lowered."""
    least, most = read_gate().at_least, read_gate().at_most
    assert (least.citations_valid, least.catalogue_exact, least.figures_faithful) == (1.0, 1.0, 1.0)
    assert least.strictly_right >= 0.96
    assert least.every_kind >= 0.88
    assert least.refusal_recall >= 0.96
    assert most.over_refusal <= 0.02
    assert most.flip_rate <= 0.08
    assert most.cpu_seconds <= 25


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("strictly_right = 90", "at_least、at_most、bench、strictly_right"),
        ("[at_least]\nstrictly_right = 90", "at_least.strictly_right、at_least.every_kind"),
    ],
)
def test_bad_gate_names_the_field(tmp_path: Path, text: str, fields: str) -> None:
    path = tmp_path / "gate.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GateError, match=f"的字段不对：{fields}"):
        read_gate(path)
