"""Every way of spoiling spoils as it says, the score notices, and where it cannot be done nothing is made."""

import json
from dataclasses import replace
from typing import Any

import pytest

from evals.cases.case import Case
from evals.context import Context
from evals.mutation.mutate import Spoilt, count_noticed, spoil_answers
from evals.mutation.spoil import Answer, own_parts, told_text
from evals.mutation.ways import WAYS
from evals.report.terminal import name_way
from evals.results import Outcome
from evals.scoring.judge import RIGHT, score_answer
from tests.evals.answers import make_outcome
from tests.evals.mutation.specimens import make_answers, make_specimen

NAMES = ("sum", "pool", "owners", "list", "check", "gap", "date", "elsewhere", "english", "any")


def is_right(case: Case, answer: Answer, context: Context) -> bool:
    return next(s for s in score_answer(case, answer, context) if s.name == RIGHT).is_full


@pytest.mark.parametrize("name", NAMES)
def test_what_is_spoilt_was_right(name: str, context: Context) -> None:
    case, answer = make_answers(context)[name]
    assert [s.reason for s in score_answer(case, answer, context) if s.name == RIGHT] == [""]


# By way the answer that it spoils, and what our own words say then, or a word of it and one that is gone.
SAID: list[tuple[str, str, str]] = [
    ("nonsense", "sum", "今天天气很好。"),
    ("nonsense", "english", "The weather is fine today."),
    ("verdict_flipped", "check", "是的，省级中试基地年度最高奖补200万元。"),
    ("verdict_flipped", "english", "No, an outstanding provincial pilot base gets up to 2 million yuan annually."),
    ("role_swapped", "pool", "建设重点产业专利池，成效显著的最高给予300万元，由省市场监管局按职责分工负责。"),
    ("role_swapped", "owners", "第（九）条由省科技厅、省工业和信息化厅、省财政厅牵头负责。"),
    ("sum_swapped", "pool", "建设重点产业专利池，成效显著的最高给予200万元，由省市场监管局牵头负责。"),
    ("sum_swapped", "sum", "服务突出的省级中试基地，年度最高奖补500万元。"),
    ("qualifier_lost", "sum", "服务突出的省级中试基地，奖补200万元。"),
    ("date_shifted", "date", "文件是2028年的，文号鲁科字〔2025〕128号。"),
    ("department_dropped", "owners", "第（九）条由省科技厅、省财政厅按职责分工负责。"),
    (
        "count_shifted",
        "list",
        "写明最高200万元的，17条中有2条。\n第（九）条 技术转移转化和推广服务\n第（十）条 企业孵化服务",
    ),
    ("pointer_only", "sum", "通知对此有规定："),
    ("pointer_only", "english", "The notice says on this:"),
    ("absence_claimed", "sum", "这一点，通知没有写明。"),
    ("meaning_negated", "pool", "建设重点产业专利池，成效显著的最高不予300万元，由省市场监管局牵头负责。"),
    ("missing_deleted", "gap", ""),
    ("quotation_only", "sum", ""),
]


@pytest.mark.parametrize(("way", "name", "said"), SAID)
def test_words_are_spoilt(way: str, name: str, said: str, context: Context) -> None:
    specimen = make_specimen(name, context)
    spoilt = WAYS[way](specimen)
    assert spoilt is not None
    assert told_text(spoilt) == said
    assert not is_right(specimen.case, spoilt, context)


def spoil(way: str, name: str, context: Context) -> Answer:
    """Spoilt, and noticed."""
    specimen = make_specimen(name, context)
    before = json.dumps(specimen.answer)
    spoilt = WAYS[way](specimen)
    assert spoilt is not None
    assert json.dumps(specimen.answer) == before, "the right answer itself was changed"
    assert not is_right(specimen.case, spoilt, context)
    return spoilt


def test_other_own_words_are_those_of_another_answer(context: Context) -> None:
    spoilt = spoil("other_own_words", "sum", context)
    answers = make_answers(context)
    mine = answers.pop("sum")[1]
    firsts = {own_parts(answer)[0]["text"] for _, answer in answers.values()}
    assert own_parts(spoilt)[0]["text"] in firsts
    assert spoilt["citations"] == mine["citations"]


def test_a_recipient_is_somebody_else(context: Context) -> None:
    spoilt = told_text(spoil("recipient_swapped", "sum", context))
    assert "省级中试基地" not in spoilt and spoilt.endswith("，年度最高奖补200万元。")


def test_an_item_is_emptied(context: Context) -> None:
    texts = [item["text"] for item in spoil("item_emptied", "list", context)["items"]]
    assert sorted(map(bool, texts)) == [False, True]


def test_an_item_is_dropped_with_its_citation(context: Context) -> None:
    spoilt = spoil("item_dropped", "list", context)
    (item,) = spoilt["items"]
    assert [c["number"] for c in spoilt["citations"]] == item["citations"]
    assert spoilt["parts"][0]["citations"] == item["citations"]
    assert (spoilt["count"], spoilt["parts"][0]["text"]) == ({"value": 1, "of": 16}, "写明最高200万元的，16条中有1条。")


def test_an_item_is_added_with_a_citation(context: Context) -> None:
    spoilt = spoil("item_added", "list", context)
    assert [item["citations"] for item in spoilt["items"]] == [[1], [2], [3]]
    assert spoilt["citations"][2]["measure_id"] not in ("3.9", "4.10")
    assert (spoilt["count"]["value"], spoilt["parts"][0]["text"]) == (3, "写明最高200万元的，16条中有3条。")


def test_the_first_line_rests_on_a_clause_too_many(context: Context) -> None:
    spoilt = spoil("clause_added", "sum", context)
    assert [part["citations"] for part in spoilt["parts"]] == [[1, 2], [1]]
    assert [c["measure_id"] == "3.9" for c in spoilt["citations"]] == [True, False]


def test_only_quotations_are_left(context: Context) -> None:
    assert [part["kind"] for part in spoil("quotation_only", "check", context)["parts"]] == ["quote"]


@pytest.mark.parametrize(("name", "status"), [("sum", "not_stated"), ("gap", "answered"), ("elsewhere", "answered")])
def test_a_status_is_swapped(name: str, status: str, context: Context) -> None:
    assert spoil("status_swapped", name, context)["status"] == status


def test_a_stranger_stands_for_a_department(context: Context) -> None:
    spoilt = told_text(spoil("department_swapped", "owners", context))
    assert "省科技厅" not in spoilt and "省工业和信息化厅、省财政厅" in spoilt


def test_a_quotation_is_altered(context: Context) -> None:
    spoilt = spoil("quotation_altered", "sum", context)
    assert spoilt["citations"][0]["quote"] == "对服务突出的省级中试基地，年度最高奖补200万等"


def test_a_mark_leads_to_another_clause(context: Context) -> None:
    spoilt = spoil("citation_moved", "sum", context)
    assert [(c["number"], c["measure_id"] == "3.9") for c in spoilt["citations"]] == [(1, False)]
    assert [part["kind"] for part in spoilt["parts"]] == ["direct"]


# By way an answer that cannot be spoilt so, and what makes it one: fields of the answer, `case` those of the case.
CANNOT: list[tuple[str, str, dict[str, Any]]] = [
    ("other_own_words", "sum", {"parts": [{"kind": "quote", "text": "有", "citations": []}]}),
    ("nonsense", "sum", {"parts": [{"kind": "quote", "text": "有", "citations": []}]}),
    ("verdict_flipped", "sum", {}),
    # Not stated cannot become a yes by an opener that it has already.
    ("verdict_flipped", "check", {"parts": []}),
    ("role_swapped", "sum", {}),
    ("recipient_swapped", "gap", {}),
    ("sum_swapped", "owners", {}),
    ("qualifier_lost", "pool", {}),
    ("qualifier_lost", "owners", {}),
    ("qualifier_lost", "sum", {"case": {"question": "中试基地每年给多少？"}}),
    ("date_shifted", "sum", {}),
    ("missing_deleted", "sum", {}),
    ("missing_deleted", "elsewhere", {}),
    ("item_emptied", "sum", {}),
    ("item_dropped", "sum", {}),
    ("item_dropped", "list", {"items": [{"text": "第（九）条", "citations": [1]}]}),
    ("item_added", "sum", {}),
    ("clause_added", "check", {}),
    ("clause_added", "sum", {"case": {"kind": "stories"}}),
    ("quotation_only", "owners", {}),
    ("status_swapped", "any", {}),
    ("status_swapped", "sum", {"case": {"status": ("answered", "not_stated")}}),
    ("department_swapped", "sum", {}),
    ("department_dropped", "owners", {"case": {"departments": ("省科技厅",)}}),
    ("count_shifted", "sum", {}),
    ("pointer_only", "list", {}),
    ("pointer_only", "sum", {"case": {"kind": "details"}}),
    ("quotation_altered", "elsewhere", {}),
    ("citation_moved", "elsewhere", {}),
    ("citation_moved", "check", {}),
    ("absence_claimed", "gap", {}),
    ("absence_claimed", "owners", {}),
    ("meaning_negated", "owners", {}),
    ("meaning_negated", "pool", {"status": "partly_answered"}),
]


@pytest.mark.parametrize(("way", "name", "changes"), CANNOT)
def test_what_cannot_be_spoilt_is_left(way: str, name: str, changes: dict[str, Any], context: Context) -> None:
    assert WAYS[way](make_specimen(name, context, **changes)) is None


def test_foreign_clauses_need_another_answer(context: Context) -> None:
    for way in ("other_own_words", "clause_added", "citation_moved"):
        assert WAYS[way](replace(make_specimen("sum", context), others=())) is None
    assert WAYS["item_added"](replace(make_specimen("list", context), others=())) is None


def test_nobody_noted_anything_of_an_unknown_notice(context: Context) -> None:
    for way, name in (("recipient_swapped", "sum"), ("sum_swapped", "sum"), ("department_swapped", "owners")):
        assert WAYS[way](replace(make_specimen(name, context), annotation=None)) is None


def test_every_way_is_tried_here_both_ways_and_has_a_name() -> None:
    own = {
        *("other_own_words", "recipient_swapped", "item_emptied", "item_dropped", "item_added", "clause_added"),
        *("status_swapped", "department_swapped", "quotation_altered", "citation_moved"),
    }
    assert {way for way, *_ in SAID} | own == set(WAYS)
    assert {way for way, *_ in CANNOT} == set(WAYS)
    assert [way for way in WAYS if name_way(way) == way] == []


@pytest.fixture(scope="module")
def outcomes(context: Context) -> tuple[Outcome, ...]:
    made = make_answers(context).values()
    return tuple(Outcome.of(case, answer, score_answer(case, answer, context), 1.0) for case, answer in made)


def test_right_answers_are_spoilt_and_no_others(outcomes: tuple[Outcome, ...], context: Context) -> None:
    """What anything answers rightly, what was wrong, sealed or broken is left out."""
    wrong = make_outcome("wrong", False, facts=[["1"]])
    steps: list[None] = []
    spoilt = list(spoil_answers([*outcomes, wrong, wrong.sealed], context, lambda: steps.append(None)))
    assert {s.outcome.id for s in spoilt} == {*NAMES} - {"any"}
    assert len(steps) == len(NAMES) - 1
    assert all(s.answer != s.outcome.answer for s in spoilt)


def test_the_same_is_spoilt_every_time(outcomes: tuple[Outcome, ...], context: Context) -> None:
    assert list(spoil_answers(outcomes, context)) == list(spoil_answers(outcomes, context))


def test_answers_lend_words_to_those_of_the_same_notices_only(context: Context) -> None:
    """Each of these is alone in its place, so nothing of another answer can be put into it."""
    made = make_answers(context)
    (case, answer), (_, other) = made["sum"], made["pool"]
    here = Outcome.of(case, answer, score_answer(case, answer, context), 1.0)
    away = make_outcome("away", answer=other, notice_ids=["gf-2018-39", "lkz-2025-128"])
    ways = {s.way for s in spoil_answers([here, away], context) if s.outcome is here}
    assert ways & {"other_own_words", "clause_added", "citation_moved"} == set()
    assert "nonsense" in ways


def test_what_is_noticed_is_counted_by_way() -> None:
    outcome = make_outcome("a")
    spoilt = [Spoilt(way, outcome, {}, noticed) for way, noticed in [("nonsense", True), ("nonsense", False)]]
    spoilt.append(Spoilt("sum_swapped", outcome, {}, True))
    assert count_noticed(spoilt) == {"nonsense": (1, 2), "sum_swapped": (1, 1)}
    assert count_noticed([]) == {}
