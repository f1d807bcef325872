"""What stands in another sentence than the one that fits best: behind it, in a paragraph it refers to, in an annex."""

import pytest

from assistant.answer import PartKind, Status
from assistant.ask import Assistant
from assistant.evidence.whether import asks_fund

OWN = {PartKind.DIRECT, PartKind.CORRECTION, PartKind.MISSING}
CHILD = "纳税人的子女接受全日制学历教育的相关支出，按照每个子女每月1000元的标准定额扣除。"

LINES = [
    # 按本条第一款规定执行, and what that paragraph prints.
    (
        "gf-2018-41",
        "孩子3岁半在家没上幼儿园一个月扣多少",
        ["年满3岁至小学入学前处于学前教育阶段的子女，按本条第一款规定执行。", CHILD],
    ),
    # Out of which fund, in another sentence of the measure.
    ("gf-2018-39", "技术技能提升补贴的钱从哪个基金出？", ["所需资金由失业保险基金列支。"]),
    # A numbered point of an annex, with what stands under it.
    ("gbf-2019-4", "附件第27项是什么指标", ["27.门诊收入占医疗收入比例。"]),
    (
        "gbf-2019-4",
        "微创手术占比怎么算？",
        ["出院患者微创手术占比▲：计算方法：出院患者微创手术台次数/同期出院患者手术台次数×100%。"],
    ),
]


@pytest.mark.parametrize(("notice", "question", "lines"), LINES)
def test_the_lines(notice: str, question: str, lines: list[str], everything: Assistant) -> None:
    answer = everything.ask(question, notice_ids=(notice,))
    assert (answer.status, [p.text for p in answer.parts if p.kind in OWN]) == (Status.ANSWERED, lines)


def test_two_sentences_that_count_one_thing_are_added_up(everything: Assistant) -> None:
    question = "三峡规划里的水环境保护项目，加上四川自己方案里新增的，合起来一共多少个？"
    first = everything.ask(question, notice_ids=("gbh-2004-71",)).parts[0]
    assert first.text.startswith("合计419个（191个＋228个）：")
    assert first.text.endswith("这是相加得出的，通知本身没有写。")
    assert len(first.citations) == 2


EACH = [
    ("我两个孩子都在念小学，子女教育两个加起来每月一共能扣多少？", "合计2000元（1000元×2）："),
    (
        "那个我有俩孩子啊一个五岁上大班一个上小学三年级孩子他妈没收入都算我头上的话一个月个税一共能扣多少呀",
        "合计2000元（1000元×2）：",
    ),
]


@pytest.mark.parametrize(("question", "opening"), EACH)
def test_what_each_gets_is_multiplied_by_those_who_are_told(question: str, opening: str, everything: Assistant) -> None:
    first = everything.ask(question, notice_ids=("gf-2018-41",)).parts[0]
    assert (first.text[: len(opening)], len(first.citations)) == (opening, 1)


def test_a_child_too_young_is_multiplied_by_nothing(everything: Assistant) -> None:
    answer = everything.ask("俩孩子，一个2岁一个8岁，一个月一共能扣多少", notice_ids=("gf-2018-41",))
    assert "2000" not in answer.text


def test_a_printed_limit_is_nobody_s_own_sum(everything: Assistant) -> None:
    question = "小微企业要申请最高三百万的创业担保贷款，得新招多少人、签多久的合同？"
    assert "75万元" not in everything.ask(question, notice_ids=("gf-2018-39",)).text


OF_THE_NOTICE = [
    ("gbh-2006-71", "国务院办公厅这封回信是写给谁的？", "印发给：周桂英等代表。"),
    ("gbh-2006-71", "里面的行政法规是从哪一年的开始收的？", "网站专门开设了“法律法规”栏目"),
    ("gf-2019-3", "这里头证监会参与的是哪件事？", "证监会参与负责的措施，全文21条中有1条：第20条。"),
    ("gbf-2019-4", "考核三级医院的指标分成哪几大方面？", "三级公立医院绩效考核指标体系由"),
]


@pytest.mark.parametrize(("notice", "question", "opening"), OF_THE_NOTICE)
def test_tells_what_is_asked_of_the_notice_from_what_is_in_it(
    notice: str, question: str, opening: str, everything: Assistant
) -> None:
    first = next(p.text for p in everything.ask(question, notice_ids=(notice,)).parts if p.kind in OWN)
    assert first[: len(opening)] == opening


def test_two_years_of_a_series_are_told_apart(everything: Assistant) -> None:
    answer = everything.ask("首次认定高企，2025年的奖励比2024年少了多少？", notice_ids=("hkf-2024-9", "hkf-2025-9"))
    assert answer.parts[0].text.startswith("相差8万元（20万元－12万元）：")


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [("这钱从哪个基金出", True), ("医保费谁来掏", True), ("能领多少钱", False), ("基金会要多少钱", False)],
)
def test_asks_out_of_which_fund(text: str, is_asked: bool) -> None:
    assert asks_fund(text) is is_asked


CLAIMED = [
    # What only asks whether the stretch before it is so is one claim with that.
    ("lkz-2025-128", "省级中试基地一年最高能奖300万，我跟客户这么讲没毛病吧？", "不是300万：对服务突出的省级中试基地"),
    ("lkz-2025-128", "报告里写聚焦9条标志性产业链，这个数字没错吧？", "不是9条：围绕产业链布局研发服务链"),
    # Whether two go together is told by no sentence that is of one of them.
    ("gf-2018-39", "我家零就业，失业金还在领，那个生活费补贴能一块儿拿不？", "不能：生活费补贴政策每人每年只享受一次"),
    ("gf-2018-39", "培训的生活费补贴和创业担保贷款能不能一起拿？", "通知写的是："),
    # A defined word that no table of names holds.
    ("gbf-2019-4", "医院老说的日间手术，在这个考核里是什么意思？", "其中，日间手术是指患者"),
    # It is not sure that a condition is asked for, and one sentence fits far better than any that prints one.
    ("gf-2018-38", "人民币跟新台币不绕弯直接清算，让哪个地方的金融机构先试？", "允许平潭各金融机构试点"),
    # Another city than the one that the thing is printed with; another department than the one that leads.
    ("lkz-2025-128", "那个科创金融改革试验区是摆在青岛搞的，是吧？", "不是青岛：高质量建设济南科创金融改革试验区"),
    (
        "lkz-2025-128",
        "统筹协调机制这块，牵头的是省发改委，没错吧？",
        "不是：第（十六）条“加强组织保障”由省科技厅牵头负责",
    ),
    # Two things are no papers.
    ("lkz-2025-128", "现在给孵化器打分，要新算进去哪两样东西？", "增强孵化育成能力"),
    # The points behind the sentence that fits best.
    ("gf-2018-41", "赡养老人每月扣多少", "（一）纳税人为独生子女的，按照每月2000元"),
]


@pytest.mark.parametrize(("notice", "question", "opening"), CLAIMED)
def test_the_first_line(notice: str, question: str, opening: str, everything: Assistant) -> None:
    answer = everything.ask(question, notice_ids=(notice,))
    assert next(p.text for p in answer.parts if p.kind in OWN)[: len(opening)] == opening
