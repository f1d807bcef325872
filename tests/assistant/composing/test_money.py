"""Money is stated by what is named, by a sum that is named, and added up; another level is not answered for."""

import pytest

from assistant.answer import Answer, PartKind, Status
from assistant.ask import Assistant

ANSWERED, NOT_STATED = Status.ANSWERED, Status.NOT_STATED
OWN = {PartKind.DIRECT, PartKind.CORRECTION, PartKind.MISSING}

HEAD = "支持世界500强企业、省外龙头企业等来鲁设立研发总部、研发中心、分支机构，对符合条件的企业按年度研发投入额最高给予500万元补助"
CENTRE = "面向重点产业领域，支持高校院所建设高价值专利培育中心，最高给予200万元"
POOL = "推动相关企业建设重点产业专利池，对成效显著的最高给予300万元"
PROOF = "对省级概念验证中心按绩效评价给予一定支持"
BASE = "对服务突出的省级中试基地，年度最高奖补200万元"
HATCHERY = (
    "加强科技型企业孵化器培育管理，构建多层级孵化器体系，对获得工业和信息化部认定的部级孵化器，"
    "依据认定层级给予每家最高200万元一次性补助"
)
CONTEST = "依托创新创业大赛，赛孵联动培育一批潜力大、成长快的科技型中小企业，最高给予50万元奖励"
VOUCHER = "支持科技服务业企业加入省大型科研仪器共享服务网，对符合条件的企业研发活动给予“创新券”补助"
POWER = "对按规定购买或提供人工智能算力并且应用成果显著的，实施“算力券”奖补"


def own_lines(answer: Answer) -> list[str]:
    return [p.text for p in answer.parts if p.kind in OWN]


def stated(*clauses: str) -> list[str]:
    return [f"{clause}。" for clause in clauses]


def absent(line: str, clause: str) -> tuple[Status, list[str]]:
    return NOT_STATED, [line, f"{clause}。"]


SUMS = [
    ("专利池给多少钱", (ANSWERED, stated(POOL))),
    ("研发总部给多少钱", (ANSWERED, stated(HEAD))),
    ("第九条给多少钱", (ANSWERED, stated(BASE))),
    ("第六条给多少钱", (ANSWERED, stated(CENTRE, POOL))),
    # A support without a sum is missing, not zero.
    ("算力券给多少钱", absent("“算力券”的金额，通知没有写明。", POWER)),
    ("创新券多少钱", absent("“创新券”的金额，通知没有写明。", VOUCHER)),
]
SUMS_NAMED = [
    ("300万元是给谁的", (ANSWERED, stated(POOL))),
    ("200万元给谁", (ANSWERED, stated(CENTRE, BASE, HATCHERY))),
    ("500万元是给谁的", (ANSWERED, stated(HEAD))),
    ("50万元是给谁的", (ANSWERED, stated(CONTEST))),
]
OTHER_LEVELS = [
    ("国家级中试基地给多少钱", absent("国家级的金额，通知没有写；写的是别的级别：", BASE)),
    ("市级中试基地给多少钱", absent("市级的金额，通知没有写；写的是别的级别：", BASE)),
    ("市级孵化器给多少钱", absent("市级的金额，通知没有写；写的是别的级别：", HATCHERY)),
    ("省级孵化器给多少", absent("省级的金额，通知没有写；写的是别的级别：", HATCHERY)),
    ("省级中试基地给多少钱", (ANSWERED, stated(BASE))),
    # What a ministry recognises is of national level.
    ("国家级孵化器给多少钱", (ANSWERED, stated(HATCHERY))),
]
PAID = [
    ("部级孵化器补助怎么发", (ANSWERED, [f"是一次性的：{HATCHERY}。"])),
    ("部级孵化器的补助是一次性的还是每年给", (ANSWERED, [f"是一次性的：{HATCHERY}。"])),
    ("中试基地的奖补是一次性还是每年", (ANSWERED, [f"按年度计：{BASE}。"])),
    ("专利池的钱是一次性的吗", absent("“专利池”的发放方式（一次性还是按年），通知没有写明。", POOL)),
]
RECKONED = [
    ("研发总部的补助怎么算", (ANSWERED, stated(HEAD))),
    ("概念验证中心的支持怎么算", (ANSWERED, stated(PROOF))),
]
RECIPIENTS = [
    ("谁能拿算力券", (ANSWERED, stated(POWER))),
    ("哪些企业能拿创新券", (ANSWERED, stated(VOUCHER))),
]


@pytest.mark.parametrize(("question", "expected"), [*SUMS, *SUMS_NAMED, *OTHER_LEVELS, *PAID, *RECKONED, *RECIPIENTS])
def test_states_money(question: str, expected: tuple[Status, list[str]], assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.status, own_lines(answer)) == expected


TOTALS = [
    ("专利池和中试基地加起来多少钱", "500万元", [POOL, BASE]),
    ("第六条两项加起来是多少", "500万元", [CENTRE, POOL]),
    ("研发总部加上专利池和大赛一共多少钱", "850万元", [HEAD, POOL, CONTEST]),
    ("所有补贴上限加起来多少", "1450万元", [HEAD, CENTRE, POOL, BASE, HATCHERY, CONTEST]),
]


@pytest.mark.parametrize(("question", "total", "sides"), TOTALS)
def test_adds_upper_limits(question: str, total: str, sides: list[str], assistant: Assistant) -> None:
    """The total is called one of limits, which the notice does not state itself; each side is cited."""
    answer = assistant.ask(question)
    said = f"{len(sides)}项各按上限相加是{total}：{'；'.join(sides)}。合计数是按上限相加得出的，通知本身没有写合计。"
    assert (answer.status, own_lines(answer)) == (ANSWERED, [said])
    quotes = [c.quote for c in answer.citations if c.number in answer.parts[0].citations]
    assert [side for side in sides if not any(side in quote for quote in quotes)] == []


def test_a_total_in_english_names_both_limits(assistant: Assistant) -> None:
    first = assistant.ask("What do the patent pool and the pilot base add up to in total?").parts[0].text
    assert first.startswith("The 2 upper limits add up to RMB 5 million: ")
    assert first.endswith("The notice itself states no total.")
