"""Of a clause that names nothing as notices do, what is printed is not called missing, and nothing else answers for it."""

import pytest

from assistant.answer import Status
from tests.assistant.answers.conftest import Open

ANSWERED, PARTLY, RELATED = Status.ANSWERED, Status.PARTLY_ANSWERED, Status.RELATED
NOT_STATED, OUTSIDE = Status.NOT_STATED, Status.OUT_OF_SCOPE


SAID = [
    # The sentence that fits best by far prints the value, in words that the visitor does not use.
    ("shapes/ll", "材料交上去受理了，几天之内给批不批的准话？", ANSWERED, "自受理之日起3个工作日内作出决定。"),
    # The sentence that only names the thing stands before the one that counts it.
    ("gbh-2004-71", "三峡库区那个水污染《规划》里包了多少个项目？", ANSWERED, "共191个水环境保护项目"),
    # 多少 without a word of money asks for any number.
    ("gbf-1996-2", "1995年咱们国家5级以上的地震一共震了多少回？", ANSWERED, "5级以上地震48次"),
    # A telephone is printed once, whatever word asks for it.
    ("shapes/table", "有事打哪个号码？", ANSWERED, "咨询电话0599-0000000"),
    # A date that only says when is no question of its own.
    ("gbf-2018-128", "到2020年，畜禽粪污综合利用率要做到多少？", ANSWERED, "75%以上"),
    # From when it holds is printed, and not until when.
    ("gf-2018-41", "个税专项附加扣除办法从哪天起施行？到哪天失效？", PARTLY, "有效到哪天为止，通知没有写明。"),
    ("gf-2018-41", "这个办法从哪天起施行？", ANSWERED, "通知写明：自2019年1月1日起施行。"),
    ("several/lanjiang", "这个措施有效期到什么时候？", ANSWERED, "有效期三年"),
    # What is given is asked for, and not how much.
    ("lkz-2025-128", "算力券是奖补什么的？", ANSWERED, "对按规定购买或提供人工智能算力并且应用成果显著的"),
    # What a notice excepts from its end is not called expired with the rest.
    (
        *("gbf-2018-124", "转制为企业后企业所得税免多久？", ANSWERED),
        "已经过期；原文写明“除第二十三条、第二十四条所列政策外”，是否还有效请问责任部门。",
    ),
    # Behind a question that names the thing, and behind what only tells it.
    (
        *("gf-2019-3", "区内企业进口专业设备做软件测试外包，哪几个部门负责，补助多少钱？", PARTLY),
        "的金额，通知没有写明。",
    ),
    ("gf-2019-3", "社保卡丢了去哪补办", OUTSIDE, "不在我的回答范围内"),
    # It reads like another field, and the notice does not speak of it; where one does, that is told.
    ("gbf-1996-2", "成都公积金贷款买二套房首付比例多少？", OUTSIDE, "不在我的回答范围内"),
    ("gf-2018-41", "公积金贷款的利息，每月按多少元扣除？", ANSWERED, "每月1000元"),
    # What tells 法人资格 from other words is printed.
    ("gbf-1997-11", "有法人资格的学会，全国的和地方的比，要求的家底各是多少？", ANSWERED, "10万元以上资金"),
    # What is free is not to be paid for; a fee that is printed nowhere is missing.
    ("gbh-2006-71", "查法规要交钱吗", ANSWERED, "不用交钱：网站专门开设了"),
    ("gf-2018-39", "参加培训要交学费吗", NOT_STATED, "的费用，通知没有写明"),
    # No sum is missing where the sentence that fits best prints one, whatever it calls the thing.
    ("gf-2018-41", "我在国内读在职硕士，一个月能扣多少？", RELATED, "最接近的是"),
    ("gf-2018-38", "驾照过期半年了还能不能换？", OUTSIDE, "不在我的回答范围内"),
]


@pytest.mark.parametrize(("path", "question", "status", "words"), SAID)
def test_says(path: str, question: str, status: Status, words: str, open_notice: Open) -> None:
    answer = open_notice(path).ask(question)
    assert (answer.status, words in answer.text) == (status, True), answer.text


def test_outlines_whatever_the_document_is_called(open_notice: Open) -> None:
    chapters = open_notice("gf-2004-18").ask("这份规则都分了哪些章，列一下").text
    assert all(title in chapters for title in ("组成人员职责", "会议制度", "作风纪律"))
    parts = open_notice("gf-2019-3").ask("给我这份意见的大纲，五个部分的名字就行").text
    assert all(title in parts for title in ("指导思想", "基本原则", "发展目标", "主要任务", "有关要求"))
    tasks = open_notice("gbf-2018-128").ask("把方案里“主要任务”的六个方面列给我，一行一个").text
    assert "无废" in tasks or "强化顶层设计引领" in tasks
    assert "重大意义" not in tasks
