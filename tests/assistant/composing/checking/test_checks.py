"""Yes only where one item says all of a claim, no where one says otherwise, naming it; else what the notice says."""

import pytest

from assistant.answer import Missing, PartKind, Status
from assistant.ask import Assistant

NO, OWN = PartKind.CORRECTION, PartKind.DIRECT
HEAD = "支持世界500强企业、省外龙头企业等来鲁设立研发总部、研发中心、分支机构，对符合条件的企业按年度研发投入额最高给予500万元补助。"
POOL = "推动相关企业建设重点产业专利池，对成效显著的最高给予300万元。"
BASE = "对服务突出的省级中试基地，年度最高奖补200万元。"
HATCHERY = (
    "加强科技型企业孵化器培育管理，构建多层级孵化器体系，对获得工业和信息化部认定的部级孵化器，"
    "依据认定层级给予每家最高200万元一次性补助。"
)
CONTEST = "依托创新创业大赛，赛孵联动培育一批潜力大、成长快的科技型中小企业，最高给予50万元奖励。"
VOUCHER = "支持科技服务业企业加入省大型科研仪器共享服务网，对符合条件的企业研发活动给予“创新券”补助。"
SCENES = (
    "拓宽科技成果应用场景，每年遴选标杆示范场景10个以上，每年认定一批场景应用友好单位，加快以应用场景驱动科技成果转化。"
)
CITIES = (
    "鼓励各市结合自身实际，出台支持科技服务业高质量发展的政策措施，发挥优势地区、重点企业引领示范作用，"
    "及时总结成效及典型案例，营造科技服务业发展的良好氛围。"
)
JINAN = "高质量建设济南科创金融改革试验区。"
SIX = "第（六）条“知识产权服务”由省市场监管局牵头负责。"
NINE = "第（九）条“技术转移转化和推广服务”由省科技厅、省工业和信息化厅、省财政厅按职责分工负责。"

AFFIRMED = [
    ("专利池最高给300万元对吧", POOL),
    ("专利池能给到三百万吗", POOL),
    ("中试基地年度最高奖补二百万元对吗", BASE),
    ("研发总部能拿500万吗", HEAD),
    ("部级孵化器的补助是一次性的吗", HATCHERY),
    ("每个部级孵化器最高给200万元是吗", HATCHERY),
    ("标杆示范场景每年遴选10个以上对吗", SCENES),
    ("省里是不是鼓励各市出台政策", CITIES),
    ("第六条由省市场监管局牵头吗", SIX),
    ("省财政厅负责第九条吗", NINE),
    ("第六条只由省市场监管局一家负责对吗", SIX),
    # Tags behind the claim.
    ("中试基地每年最高200万元，我没记错吧？", BASE),
    ("世界500强企业来鲁设立研发总部，按年度研发投入额最高给予500万元补助，是吗", HEAD),
    # Denied, and so it is.
    ("专利池不是200万元吧", POOL),
    ("部级孵化器那笔钱不是年年发的吧", HATCHERY),
    ("省教育厅不负责第九条吧", NINE),
    # Denied only as a manner of speaking.
    ("专利池不是300万元吗", POOL),
    ("难道专利池不是最高300万元吗", POOL),
    ("通知里说“高质量建设济南科创金融改革试验区”对吗", JINAN),
]
DENIED = [
    ("标杆示范场景一年顶多遴选10个，没记错吧？", f"不是顶多遴选10个：{SCENES}"),
    ("标杆场景每年只有1个对吗", f"不是，您说的是1个，通知写的是10个以上：{SCENES}"),
    ("专利池给200万元对吧", f"不是200万元：{POOL}"),
    ("中试基地是一次性200万元吗", f"不是一次性：{BASE}"),
    ("世界500强来鲁固定给500万元对吗", f"不是固定：{HEAD}"),
    ("省级中试基地都能拿200万元对吧", f"不是都能拿：{BASE}"),
    ("市级中试基地也能拿年度200万元吗", f"不是市级：{BASE}"),
    ("高校建专利池给300万元对不对", f"不是给高校的：{POOL}"),
    ("专利池的300万元是给个人的对吧", f"不是给个人的：{POOL}"),
    ("创新券是500万元吗", f"通知没有写这一项是500万元，写的是：{VOUCHER}"),
    ("创新券是700万元吗", f"通知没有写700万元，写的是：{VOUCHER}"),
    ("第六条由省科技厅牵头吗", f"不是：{SIX}"),
    ("专利池由省科技厅牵头吗", f"不是：{SIX}"),
    ("第九条由省财政厅牵头对吗", f"不是：{NINE}"),
    ("省财政厅不负责第九条，对吧", f"不是：{NINE}"),
    ("第九条只有省科技厅一家管吗", f"不是：{NINE}"),
    ("通知里写了“入库即奖”对吧", "不是，原文没有“入库即奖”这句话。"),
    ("第五十条是讲知识产权的吗", "通知没有第50条，全文共16条，从第（一）条到第（十六）条。"),
]
# One word of the claim is not printed, or the claim denies what is printed: neither yes nor no.
OPEN = [
    ("中试基地要绩效评价才给200万元吧", BASE),
    ("科技部认定的孵化器给200万元吗", HATCHERY),
    ("中试基地可以申请银行贷款吗", BASE),
    ("部级孵化器的补助不是一次性的吧", HATCHERY),
    ("省里不鼓励各市出台政策吧", CITIES),
]
CHECKED = [
    *((question, OWN, f"是的，{clause}") for question, clause in AFFIRMED),
    *((question, NO, line) for question, line in DENIED),
    *((question, OWN, f"通知写的是：{clause}") for question, clause in OPEN),
]


@pytest.mark.parametrize(("question", "kind", "line"), CHECKED)
def test_checks_the_claim(question: str, kind: PartKind, line: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.parts[0].kind, answer.parts[0].text) == (Status.ANSWERED, kind, line)


RELATED = [
    ("个人能拿专利池的300万元吗", "个人", f"通知没有写给个人，写的是：{POOL}"),
    ("大型企业能拿创新创业大赛的50万元吗", "大", f"通知没有写给大型企业，写的是：{CONTEST}"),
    (
        "我开了十年面馆，有三个员工，能拿创新券吗",
        "",
        f"您说的情况，通知没有直接写，不能替您说是或不是；最接近的是：{VOUCHER}",
    ),
]


def test_a_department_is_checked_for_the_measure_named_before(assistant: Assistant) -> None:
    answer = assistant.ask("科技金融服务那一条（第十一条），山东证监局也列在责任单位里了，对不对？")
    assert answer.parts[0].kind is PartKind.CORRECTION
    assert answer.parts[0].text.startswith("不是：第（十一）条“科技金融服务”由")


@pytest.mark.parametrize(("question", "who", "line"), RELATED)
def test_who_asks_is_not_spoken_of(question: str, who: str, line: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.parts[0].text) == (Status.RELATED, line)
    assert answer.missing == (Missing("recipient", who, None),)


ABSENT = [
    ("中试基地有联系电话吗", "“中试基地”的联系方式，通知没有写明。"),
    ("专利池的钱是一次性的吗", "“专利池”的发放方式（一次性还是按年），通知没有写明。"),
]


@pytest.mark.parametrize(("question", "line"), ABSENT)
def test_a_value_printed_nowhere_is_absent(question: str, line: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.parts[0].text) == (Status.NOT_STATED, line)


def test_what_is_near_a_false_quotation_follows_it(assistant: Assistant) -> None:
    answer = assistant.ask("通知里写了“入库即奖”对吧")
    assert answer.parts[1].text.startswith("建立“准四上”“种子”科技服务业企业培育信息库")
    assert answer.missing == (Missing("said", "入库即奖", None),)


def test_the_period_is_corrected_with_the_clause(assistant: Assistant) -> None:
    first = assistant.ask("部级孵化器每年都给200万元吗").parts[0]
    assert (first.kind, first.text.endswith(f"：{HATCHERY}")) == (NO, True)


ENGLISH = [
    ("Is the patent pool given 2 million yuan?", "2 million yuan"),
    ("Does the patent pool get RMB 2 million?", "RMB 2 million"),
]


@pytest.mark.parametrize(("question", "said"), ENGLISH)
def test_corrects_in_english(question: str, said: str, assistant: Assistant) -> None:
    first = assistant.ask(question).parts[0]
    line = (
        f"No, not {said}. Relevant companies building key industry patent pools, with outstanding results: "
        f"up to RMB 3 million (最高给予300万元). The notice says: “{POOL.rstrip('。')}”."
    )
    assert (first.kind, first.text) == (NO, line)


NOTHING_CLAIMED = ["专利池给多少钱", "第九条由谁负责", "有多少条措施", "中试基地什么时候申报", "第九条讲什么"]


@pytest.mark.parametrize("question", NOTHING_CLAIMED)
def test_leaves_open_questions_alone(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert not any(p.kind is NO for p in answer.parts)
    assert not answer.text.startswith(("是的", "不是"))


@pytest.mark.parametrize("question", ["创新券是500万元吗", "专利池给800万元对吧", "中试基地给1000万元吗"])
def test_never_affirms_the_asker_s_figure(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    frame, _ = assistant.read(question)
    stated = [p.text.split("：", 1)[-1] for p in answer.parts]
    assert not any(frame.amounts[0].text in text for text in stated)


def test_who_gets_nothing_is_named_only_where_the_clause_speaks_of_the_thing(assistant: Assistant) -> None:
    answer = assistant.ask("特教老师的特岗津贴，普通学校的资源教师有没有份？")
    assert not any("通知没有写给" in part.text for part in answer.parts)
