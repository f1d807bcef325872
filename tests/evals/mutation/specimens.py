"""Right answers to spoil, one for each form that an answer takes, with their cases."""

from collections.abc import Mapping
from random import Random

from evals.cases.case import Case
from evals.context import Context
from evals.mutation.spoil import Answer, Specimen
from tests.evals.answers import HATCHERY, HOME, PILOT, POOL, cite, make_answer, make_case

OWNERS = ("省科技厅", "省工业和信息化厅", "省财政厅")
_SHARED = {"measure_id": "3.9", "measure_number": 9, "role": "按职责分工负责", "departments": list(OWNERS)}
_LEAD = {"measure_id": "2.6", "measure_number": 6, "role": "牵头负责", "departments": ["省市场监管局"]}


def _sum(context: Context) -> tuple[Case, Answer]:
    case = make_case(
        id="sum", question="中试基地奖多少？", measures=[9], facts=[["200万元"], ["年度"]], forbidden=["500万元"]
    )
    parts = (("direct", "服务突出的省级中试基地，年度最高奖补200万元。"), ("quote", PILOT))
    return case, make_answer(*parts, citations=[cite(context, 1, PILOT)])


def _pool(context: Context) -> tuple[Case, Answer]:
    """The sum stands beside another one in its sentence; who pays is led by one department."""
    case = make_case(id="pool", question="专利池最多给多少？", measures=[6], facts=[["300万元"]], role="lead")
    parts = (
        ("direct", "建设重点产业专利池，成效显著的最高给予300万元，由省市场监管局牵头负责。"),
        ("quote", POOL),
    )
    quoted = cite(context, 1, "支持高校院所建设高价值专利培育中心，最高给予200万元；" + POOL)
    return case, make_answer(*parts, citations=[quoted], responsibilities=[_LEAD])


def _owners(context: Context) -> tuple[Case, Answer]:
    case = make_case(
        id="owners", kind="departments", question="中试基地归谁管？", measures=[9], departments=OWNERS, role="shared"
    )
    quote = "（省科技厅、省工业和信息化厅、省财政厅按职责分工负责）"
    direct = "第（九）条由省科技厅、省工业和信息化厅、省财政厅按职责分工负责。"
    cited = [cite(context, 1, quote, "responsibility")]
    return case, make_answer(("direct", direct), citations=cited, responsibilities=[_SHARED])


def _list(context: Context) -> tuple[Case, Answer]:
    case = make_case(id="list", kind="lists", question="写明最高200万元的是哪几条？", measures=[9, 10], exact=True)
    items = [
        {"text": "第（九）条 技术转移转化和推广服务", "citations": [1]},
        {"text": "第（十）条 企业孵化服务", "citations": [2]},
    ]
    cited = [cite(context, 1, PILOT), cite(context, 2, HATCHERY)]
    answer = make_answer(("direct", "写明最高200万元的，16条中有2条。"), citations=cited, items=items)
    return case, {**answer, "count": {"value": 2, "of": 16}}


def _check(context: Context) -> tuple[Case, Answer]:
    case = make_case(
        id="check", kind="premises", question="中试基地是不是一次性给500万元？", verdict="no", facts=[["200万元"]]
    )
    parts = (("correction", "不是，省级中试基地年度最高奖补200万元。"), ("quote", PILOT))
    return case, make_answer(*parts, citations=[cite(context, 1, PILOT)])


def _gap(context: Context) -> tuple[Case, Answer]:
    case = make_case(
        id="gap", kind="near_miss", question="中试基地什么时候截止申报？", answerable=False, missing=["deadline"]
    )
    parts = (("missing", "中试基地申报的截止时间，通知没有写明。"), ("quote", PILOT))
    return case, make_answer(*parts, status="not_stated", citations=[cite(context, 1, PILOT)])


def _date(context: Context) -> tuple[Case, Answer]:
    number = "鲁科字〔2025〕128号"
    case = make_case(id="date", kind="document_facts", question="这份文件是哪一年的？", facts=[["2025年"]])
    return case, make_answer(
        ("direct", "文件是2025年的，文号鲁科字〔2025〕128号。"), citations=[cite(context, 1, number, "number")]
    )


def _elsewhere(context: Context) -> tuple[Case, Answer]:
    case = make_case(id="elsewhere", kind="out_of_scope", question="今天天气怎么样？", answerable=False)
    return case, make_answer(("direct", "这个问题不在我的回答范围内。"), status="out_of_scope")


def _english(context: Context) -> tuple[Case, Answer]:
    case = make_case(id="english", kind="english", question="Does a pilot base get money?", verdict="yes", measures=[9])
    parts = (("direct", "Yes, an outstanding provincial pilot base gets up to 2 million yuan annually."),)
    return case, make_answer(*parts, citations=[cite(context, 1, PILOT)], language="en")


def _any(context: Context) -> tuple[Case, Answer]:
    """Whatever is said is right."""
    return make_case(id="any", kind="manipulation", answerable=None), make_answer(("direct", "您好。"))


_MADE = (_sum, _pool, _owners, _list, _check, _gap, _date, _elsewhere, _english, _any)


def make_answers(context: Context) -> dict[str, tuple[Case, Answer]]:
    """Cases with a right answer each, by id."""
    return {case.id: (case, answer) for case, answer in (make(context) for make in _MADE)}


def make_specimen(name: str, context: Context, case: Mapping[str, object] | None = None, **changes: object) -> Specimen:
    """One of them beside all the others; `changes` are fields of the answer, `case` fields of the case."""
    answers = make_answers(context)
    own, answer = answers.pop(name)
    changed = Case.model_validate({**own.model_dump(), **(case or {})})
    others = [other for _, other in answers.values()]
    return Specimen(changed, {**answer, **changes}, context.annotations[HOME], others, Random(name))
