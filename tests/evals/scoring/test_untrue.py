"""Sentences that the notice contradicts are found, and true ones are left alone."""

from typing import Any

import pytest

from evals.context import Context
from evals.scoring.judge import RIGHT, score_answer
from evals.scoring.reply import read_reply
from evals.scoring.untrue import find_untruths
from tests.evals.answers import HATCHERY, PILOT, POOL, cite, make_answer, make_case

LEAD = "（省市场监管局牵头负责）"
ASKED = {"question": "文件里的中试基地和专利池怎么给钱？", "measures": [9]}
NAMED: list[tuple[str, str, str, dict[str, Any]]] = [
    # what is cited, our own sentence, what is untrue about it, fields of the case
    (PILOT, "服务突出的省级中试基地，年度最高奖补200万元。", "", {}),
    (PILOT, "省级中试基地，年度最高奖补900万元。", "sum", {}),
    (PILOT, "省级中试基地，年度最高奖补500万元。", "sum", {}),
    (PILOT, "省级中试基地，年度奖补200万元。", "qualifier", {"question": "中试基地给多少？"}),
    (PILOT, "省级中试基地，最高奖补200万元。", "qualifier", {}),
    (PILOT, "普通居民，年度最高奖补200万元。", "recipient", {}),
    (PILOT, "部级孵化器，年度最高奖补200万元。", "recipient", {}),
    (HATCHERY, "部级孵化器，每年最高200万元。", "qualifier", {"question": "孵化器给多少？"}),
    (POOL, "推动相关企业建设重点产业专利池，对成效显著的最高给予300万元。", "", {}),
    (POOL, "推动相关企业建设重点产业专利池，对成效显著的最高不予300万元。", "polarity", {}),
    (PILOT, "不是500万元，省级中试基地年度最高200万元。", "", {"question": "中试基地是不是500万元？"}),
    (PILOT, "省级中试基地在2026年年度最高奖补200万元。", "date", {}),
    (PILOT, "通知写明：2019年1月1日。", "date", {"facts": [["2020年3月1日"]], "question": "哪天截止？"}),
    (PILOT, "第（十）条写明，省级中试基地年度最高奖补200万元。", "clause", {}),
    (PILOT, "全文共17条。", "number", {}),
    (PILOT, "全文共16条。", "", {}),
    (LEAD, "第（六）条由省市场监管局牵头负责。", "", {"measures": [6]}),
    (LEAD, "第（六）条由省科技厅牵头负责。", "department", {"measures": [6]}),
    (LEAD, "第（六）条由省市场监管局按职责分工负责。", "role", {"measures": [6]}),
    (PILOT, "“中试基地”，通知没有提到。", "absent", {}),
    (PILOT, "“量子科技”，通知没有提到。", "", {}),
    (PILOT, "金额，通知没有写明。", "absent", {"facts": [["200万元"]], "question": "金额多少？"}),
    (PILOT, "金额，通知没有写明。", "", {"answerable": False, "question": "金额多少？"}),
    (PILOT, "是的，省级中试基地年度最高奖补200万元。", "polarity", {"verdict": "no"}),
    (PILOT, "不是，省级中试基地年度最高奖补200万元。", "polarity", {"verdict": "yes"}),
]


@pytest.mark.parametrize(("quote", "sentence", "kind", "fields"), NAMED, ids=[n[1] for n in NAMED])
def test_what_a_sentence_claims(context: Context, quote: str, sentence: str, kind: str, fields: dict[str, Any]) -> None:
    reply = read_reply(make_answer(("direct", sentence), citations=[cite(context, 1, quote)]))
    found = find_untruths(make_case(**{**ASKED, **fields}), reply, context)
    assert {u.kind for u in found if u.is_sure} == ({kind} if kind else set())


def test_a_department_list_is_held_against_what_people_noted(context: Context) -> None:
    cited = [cite(context, 1, "（省科技厅、省工业和信息化厅、省财政厅按职责分工负责）", kind="responsibility")]
    for told, kinds in (
        ("省科技厅、省工业和信息化厅、省财政厅（按职责分工负责）", set()),
        ("省科技厅、省教育厅（按职责分工负责）", {"department"}),
        ("省科技厅（牵头负责）", {"role"}),
        ("Provincial Department of Science and Technology (省科技厅) (lead)", {"role"}),
    ):
        reply = read_reply(make_answer(("departments", told), citations=cited))
        assert {u.kind for u in find_untruths(make_case(**ASKED), reply, context)} == kinds


def test_totals_are_no_invention(context: Context) -> None:
    cited = [cite(context, 1, PILOT), cite(context, 2, HATCHERY)]
    case = make_case(question="加起来多少？", measures=[9, 10], facts=[["400万元"]], kind="arithmetic")
    for told, kinds in (("合计最高400万元。", set()), ("合计最高437万元。", {"sum"})):
        found = find_untruths(case, read_reply(make_answer(("direct", told), citations=cited)), context)
        assert {u.kind for u in found if u.is_sure and u.kind == "sum"} == kinds


def test_an_untrue_sentence_makes_an_answer_wrong(context: Context) -> None:
    case = make_case(question="中试基地一年最高奖多少？", measures=[9], facts=[["200万元"]])
    cited = [cite(context, 1, PILOT)]
    right = make_answer(("direct", "省级中试基地年度最高奖补200万元。"), citations=cited)
    wrong = make_answer(("direct", "省级中试基地年度最高奖补200万元，大型企业最高900万元。"), citations=cited)
    values = [{s.name: s.value for s in score_answer(case, answer, context)} for answer in (right, wrong)]
    assert [v[RIGHT] for v in values] == [1.0, 0.0]
    assert [v["untrue_sentences"] for v in values] == [0.0, 1.0]
