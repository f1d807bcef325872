"""Yes and no only where a sentence tells it; else what it says, whatever kind of value the question looks like."""

import pytest

from assistant.answer import PartKind
from assistant.ask import Assistant

OWN = {PartKind.DIRECT, PartKind.CORRECTION, PartKind.MISSING}

OPENINGS = [
    # Nobody retired is spoken of, however common the word is.
    ("gf-2018-39", "退休人员能申请创业担保贷款吗", "通知写的是：符合创业担保贷款申请条件的人员"),
    # A body that recognises has a level.
    ("lkz-2025-128", "市里认定的孵化器，能不能也拿那笔最高200万的一次性补助？", "不是市级"),
    # A share that a bracket gives to larger firms only.
    (
        "gf-2018-39",
        "我们是五十来人的小微厂，今年新招的符合条件的人占到15%，签了一年合同，就能申请最高300万的创业担保贷款吗？",
        "通知写的是：小微企业当年新招用",
    ),
    # Every word is printed, of the verb too.
    ("gbf-2019-4", "考核结果公布吗", "是的，各省份于2019年11月底前"),
    ("gbf-2019-4", "考核结果要向社会公布吗", "是的，各省份于2019年11月底前"),
    # What is done to a 三级医院 is no other grade.
    ("gbf-2019-4", "考核排在最后的三级医院，会被降成二级，对吧？", "通知写的是："),
    # A sum that the notice prints of another thing is not called wrong.
    (
        "lkz-2025-128",
        "加入省大型科研仪器共享服务网的企业，一年的“创新券”最多能领50万吗？",
        "通知没有写这一项是50万，写的是：",
    ),
    # 一个月开三回 is no money.
    ("gf-2004-18", "国务院常务会议一般一个月开三回吗？", "通知写的是：国务院常务会议一般每月召开三次"),
    # 行吧 asks whether, and 属实吗 asks of the stretch before it.
    ("gf-2018-41", "同一年里我房贷利息和租房租金两样都扣，行吧", "通知写的是：纳税人及其配偶在一个纳税年度内不能"),
    ("lkz-2025-128", "听朋友讲部级孵化器一家能给到三百万，属实吗？", "不是三百万：加强科技型企业孵化器培育管理"),
]


@pytest.mark.parametrize(("notice", "question", "opening"), OPENINGS)
def test_opens_with(notice: str, question: str, opening: str, everything: Assistant) -> None:
    first = next(p.text for p in everything.ask(question, notice_ids=(notice,)).parts if p.kind in OWN)
    assert first[: len(opening)] == opening


COMPARED = [
    ("gf-2004-18", "国务院全体会议和常务会议，组成人员有什么不一样？", ("审计长", "国务院常务会议由总理")),
]


@pytest.mark.parametrize(("notice", "question", "words"), COMPARED)
def test_tells_of_each_what_is_said_of_it_alone(
    notice: str, question: str, words: tuple[str, ...], everything: Assistant
) -> None:
    lines = [p.text for p in everything.ask(question, notice_ids=(notice,)).parts if p.kind in OWN]
    assert all(word in line for word, line in zip(words, lines, strict=True))


LISTS = [
    (
        "lkz-2025-128",
        "第四章一共几条，写了金额的有几条",
        "“四、做强应用科技服务品牌”里写了金额的措施共1条：第（十）条。",
    ),
    ("gf-2018-38", "贸易便利化这块列了几项", "“二、提升贸易便利化水平”里的措施共19条。"),
    ("gf-2019-3", "主要任务底下，一共编了多少小项？", "“四、主要任务”里的措施共21条。"),
    ("gf-2018-39", "这个意见总共多少条", "全文共15条。"),
    ("gbf-1997-11", "领导让我列个提纲，民政部这份意见从头到尾分哪几部分？", "全文共5个部分、15条。"),
]


@pytest.mark.parametrize(("notice", "question", "line"), LISTS)
def test_counts_and_outlines(notice: str, question: str, line: str, everything: Assistant) -> None:
    answer = everything.ask(question, notice_ids=(notice,))
    assert line in [p.text for p in answer.parts]


def test_a_list_of_chapters_is_told_once(everything: Assistant) -> None:
    answer = everything.ask("办法一共几章，每章讲啥", notice_ids=("gf-2018-41",))
    assert [p.text for p in answer.parts if p.kind in OWN] == ["正文共9个部分。"]
    assert len(answer.items or ()) == 9


BODIES = [
    # Who stands in the sentence, in whatever role.
    ("gbf-2018-128", "“无废城市”建设指标体系由谁牵头", "生态环境部牵头"),
    ("gbf-2019-4", "满意度调查平台是哪个部门的", "国家卫生健康委"),
]


@pytest.mark.parametrize(("notice", "question", "words"), BODIES)
def test_names_the_body(notice: str, question: str, words: str, everything: Assistant) -> None:
    assert words in everything.ask(question, notice_ids=(notice,)).text
