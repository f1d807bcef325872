"""What a question claims is confirmed or corrected with the clause; what claims nothing is left alone."""

import pytest

from assistant.answer import PartKind, Status
from assistant.ask import Assistant

NO, YES = PartKind.CORRECTION, PartKind.DIRECT
CHECKED = [
    ("专利池给200万元对吧", NO, "不是200万元：推动相关企业建设重点产业专利池，对成效显著的最高给予300万元。"),
    ("专利池最高给300万元对吧", YES, "是的，推动相关企业建设重点产业专利池，对成效显著的最高给予300万元。"),
    ("中试基地年度最高奖补二百万元对吗", YES, "是的，对服务突出的省级中试基地，年度最高奖补200万元。"),
    ("中试基地是一次性200万元吗", NO, "不是一次性：对服务突出的省级中试基地，年度最高奖补200万元。"),
    ("世界500强来鲁固定给500万元对吗", NO, "不是固定金额：对符合条件的企业按年度研发投入额最高给予500万元补助。"),
    ("创新券是500万元吗", NO, "通知没有写明这个金额，只写明：对符合条件的企业研发活动给予“创新券”补助。"),
    # The sum is right; who gets it, and on what condition, is more than the clause prints.
    ("高校建专利池给300万元对不对", YES, "通知写明的是：推动相关企业建设重点产业专利池，对成效显著的最高给予300万元。"),
    ("市级中试基地也能拿年度200万元吗", YES, "通知写明的是：对服务突出的省级中试基地，年度最高奖补200万元。"),
    ("中试基地要绩效评价才给200万元吧", YES, "通知写明的是：对服务突出的省级中试基地，年度最高奖补200万元。"),
    ("省级中试基地都能拿200万元对吧", NO, "不是固定金额：对服务突出的省级中试基地，年度最高奖补200万元。"),
    ("第六条由省科技厅牵头吗", NO, "不是，第（六）条“知识产权服务”由省市场监管局牵头负责。"),
    ("第六条由省市场监管局牵头吗", YES, "是的，第（六）条“知识产权服务”由省市场监管局牵头负责。"),
    (
        "第九条由省财政厅牵头对吗",
        NO,
        "不是，第（九）条“技术转移转化和推广服务”由省科技厅、省工业和信息化厅、省财政厅按职责分工负责。",
    ),
    (
        "省财政厅负责第九条吗",
        YES,
        "是的，第（九）条“技术转移转化和推广服务”由省科技厅、省工业和信息化厅、省财政厅按职责分工负责。",
    ),
    ("一共有14条吗", NO, "不是14条，全文共16条。"),
    ("全文共十六条，对吗", YES, "是的，全文共16条。"),
    ("通知分为6个部分对吗", NO, "不是6个部分，全文共5个部分。"),
]


@pytest.mark.parametrize(("question", "kind", "text"), CHECKED)
def test_checks_the_claim(question: str, kind: PartKind, text: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert (answer.parts[0].kind, answer.parts[0].text) == (kind, text)


@pytest.mark.parametrize("question", ["部级孵化器每年都给200万元吗", "科技部认定的孵化器给200万元吗"])
def test_corrects_period_and_body(question: str, assistant: Assistant) -> None:
    first = assistant.ask(question).parts[0]
    assert first.kind is NO
    assert "工业和信息化部认定的部级孵化器，依据认定层级给予每家最高200万元一次性补助" in first.text


@pytest.mark.parametrize(
    "question", ["Is the patent pool given 2 million yuan?", "Does the patent pool get RMB 2 million?"]
)
def test_corrects_in_english(question: str, assistant: Assistant) -> None:
    first = assistant.ask(question).parts[0]
    assert first.kind is NO
    assert first.text.startswith("No: ") and "RMB 3 million (300万元)" in first.text


NOTHING = ["专利池给多少钱", "第九条由谁负责", "有多少条措施", "中试基地什么时候申报", "第九条讲什么"]


@pytest.mark.parametrize("question", NOTHING)
def test_leaves_open_questions_alone(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert not any(p.kind is NO for p in answer.parts)
    assert not answer.text.startswith(("是的", "不是"))


@pytest.mark.parametrize("question", ["创新券是500万元吗", "专利池给800万元对吧", "中试基地给1000万元吗"])
def test_never_affirms_the_asker_s_figure(question: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    claimed = assistant._understander.understand(question).amounts[0].text
    affirmed = [p.text.split("：", 1)[-1] for p in answer.parts]
    assert not any(claimed in text for text in affirmed)


COMPARED = [
    ("专利池和中试基地哪个给得多", "上限较高的是最高300万元，另一项是最高200万元："),
    ("孵化器、专利池、大赛，哪个钱最多", "上限从高到低：最高300万元、最高200万元、最高50万元："),
]


@pytest.mark.parametrize(("question", "verdict"), COMPARED)
def test_says_which_limit_is_higher(question: str, verdict: str, assistant: Assistant) -> None:
    assert assistant.ask(question).parts[0].text == verdict


COUNTED = [
    ("标杆示范场景每年遴选10个以上对吗", "是的，通知写明：10个以上。"),
    ("标杆场景每年只有1个对吗", "不是最多1个：通知写明的是10个以上。"),
    ("标志性产业链有20条对吧", "不是20条：通知写明的是19条。"),
    ("五个部分十五条对不对", "不是15条，全文共16条。"),
    ("一共有20个责任部门对吗", "是的，全文共20个责任部门。"),
]


@pytest.mark.parametrize(("question", "said"), COUNTED)
def test_a_claimed_count_is_confirmed_or_denied(question: str, said: str, assistant: Assistant) -> None:
    assert assistant.ask(question).parts[0].text == said
