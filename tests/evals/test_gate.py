"""Each bar falls when its figure does, and is named with value and bar."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from evals.gate import Gate, GateError, find_fallen, read_gate
from evals.results import HELD, Run
from tests.evals.answers import make_failure, make_outcome, make_run

PRODUCT = {
    "strictly_right": 0.5,
    "citations_valid": 1.0,
    "refusal_recall": 0.75,
    "untrue": 25.0,
    "over_refusal": 0.25,
}
GATE = Gate.model_validate(
    {
        "development": PRODUCT,
        "held": {**PRODUCT, "strictly_right": 0.75},
        "suite": {"spoilt_noticed": 0.95, "spoilt_every_way": 0.85, "cpu_seconds": 90},
        "bench": read_gate().bench.model_dump(),
        "hostile": {"false_shown": 0, "true_kept": 0.8},
    }
)
FIGURES: Mapping[str, float | None] = {
    "citations_valid": 1.0,
    "unanswerable_recognised": 1.0,
    "answerable_answered": 1.0,
    "untrue_sentences": 0.0,
}


def make_rights(rights: Mapping[str, str], figures: Mapping[str, float | None] = FIGURES, **fields: object) -> Run:
    """By kind a word of 1 and 0; the first case of the first kind has the figures, the others the good ones."""
    names = [(kind, number, mark == "1") for kind, marks in rights.items() for number, mark in enumerate(marks)]
    outcomes = [make_outcome(f"{kind}{number}", is_right, FIGURES, kind=kind) for kind, number, is_right in names]
    first = make_outcome("first", names[0][2], figures, kind=names[0][0])
    return make_run(first, *outcomes[1:], **fields)


@pytest.mark.parametrize(
    ("rights", "figures", "fallen"),
    [
        ({"sums": "1100"}, {}, ()),
        ({"sums": "1111"}, dict.fromkeys(FIGURES), ()),
        ({"sums": "1000"}, {}, ("严格正确率 25.00% 低于下限 50.00%",)),
        ({"sums": "0000", "lists": "1111"}, {}, ()),
        ({"sums": "0000", "lists": "111"}, {}, ("严格正确率 42.86% 低于下限 50.00%",)),
        ({"sums": "1111"}, {"citations_valid": 0.0}, ("引文逐字有效率 75.00% 低于下限 100.00%",)),
        ({"sums": "11"}, {"unanswerable_recognised": 0.0}, ("答不出的题认出率 50.00% 低于下限 75.00%",)),
        ({"sums": "1111"}, {"unanswerable_recognised": 0.0}, ()),
        ({"sums": "1111"}, {"untrue_sentences": 1.0}, ()),
        ({"sums": "1111"}, {"untrue_sentences": 2.0}, ("每百个回答里不实的句子 50 高于上限 25",)),
        ({"sums": "1111"}, {"answerable_answered": 0.0}, ()),
        ({"sums": "11"}, {"answerable_answered": 0.0}, ("误拒率 50.00% 高于上限 25.00%",)),
    ],
)
def test_what_falls_is_named(
    rights: Mapping[str, str], figures: Mapping[str, float | None], fallen: tuple[str, ...]
) -> None:
    assert find_fallen(make_rights(rights, {**FIGURES, **figures}), GATE, is_whole=False) == fallen


def test_held_cases_have_bars_of_their_own() -> None:
    run = make_rights({"sums": "1100"}, tier=HELD)
    assert find_fallen(run, GATE, is_whole=True) == ("严格正确率 50.00% 低于下限 75.00%",)


@pytest.mark.parametrize(
    ("mutation", "seconds", "fallen"),
    [
        ({"nonsense": (19, 20)}, 90.0, ()),
        ({}, None, ()),
        ({"nonsense": (9, 10)}, 1.0, ("弄坏的回答被认出 90.00% 低于下限 95.00%",)),
        (
            {"nonsense": (100, 100), "sum_swapped": (4, 5)},
            1.0,
            ("弄坏的回答被认出（sum_swapped） 80.00% 低于下限 85.00%",),
        ),
        ({}, 91.26, ("全部题目用处理器秒数 91.26 高于上限 90",)),
    ],
)
def test_the_suite_is_held_to_its_own_bars(
    mutation: dict[str, tuple[int, int]], seconds: float | None, fallen: tuple[str, ...]
) -> None:
    run = make_rights({"sums": "11"}, mutation=mutation, seconds=seconds)
    assert find_fallen(run, GATE, is_whole=True) == fallen
    assert find_fallen(run, GATE, is_whole=False) == ()
    assert find_fallen(run.model_copy(update={"tier": HELD}), GATE, is_whole=True) == ()


def test_a_question_without_an_answer_is_wrong() -> None:
    assert find_fallen(make_run(make_failure("a")), GATE, is_whole=False) == ("严格正确率 0.00% 低于下限 50.00%",)


def test_the_bars_that_ship() -> None:
    """Quotations are true and the suite notices what is spoilt; the other bars are raised with the product."""
    gate = read_gate()
    assert (gate.development.citations_valid, gate.held.citations_valid) == (1.0, 1.0)
    assert gate.suite.spoilt_noticed >= 0.95
    assert gate.suite.spoilt_every_way >= 0.85
    assert gate.suite.cpu_seconds <= 90


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("strictly_right = 90", "的字段不对：development、held、suite、bench、hostile、strictly_right。"),
        ("[suite]\nspoilt_noticed = 95", "suite.spoilt_noticed、suite.spoilt_every_way、suite.cpu_seconds"),
        ("[suite", "读不出来"),
    ],
)
def test_a_bad_gate_is_named(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "gate.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GateError) as caught:
        read_gate(path)
    assert str(caught.value).startswith(str(path)) and reason in str(caught.value)


def test_an_absent_gate_is_named(tmp_path: Path) -> None:
    with pytest.raises(GateError, match=r"none\.toml 读不出来"):
        read_gate(tmp_path / "none.toml")
