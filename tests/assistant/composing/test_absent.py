"""What is said to be missing is missing, by its name, beside what comes nearest and nothing that does not."""

from collections.abc import Mapping

import pytest

from assistant.answer import PartKind, Status
from assistant.ask import Assistant
from tests.assistant.conftest import BONDED, HOME, INN, JOBS, PRIZE, TAX

ANSWERED, NOT_STATED, RELATED = Status.ANSWERED, Status.NOT_STATED, Status.RELATED
OWN = {PartKind.DIRECT, PartKind.CORRECTION, PartKind.MISSING}
HEAD = "支持世界500强企业、省外龙头企业等来鲁设立研发总部、研发中心、分支机构，对符合条件的企业按年度研发投入额最高给予500万元补助。"
LOAN = "符合创业担保贷款申请条件的人员自主创业的，可申请最高不超过15万元的创业担保贷款。"
POWER = "对按规定购买或提供人工智能算力并且应用成果显著的，实施“算力券”奖补。"
CASE = "您说的这种情况，通知没有写明金额；最接近的是："
NO_CONTACT = "联系方式，通知没有写明。"
NO_MONEY = "这方面给不给钱、给多少，通知没有写明。"

SAID = [
    # A printed piece of a word that only this question has is no absent name.
    (HOME, "买算力给钱吗", ANSWERED, [f"是的，{POWER}"]),
    # The word for a value that is asked for is no absent name either.
    (HOME, "有没有咨询电话啊", NOT_STATED, [NO_CONTACT]),
    (INN, "有没有咨询电话", NOT_STATED, [NO_CONTACT]),
    (BONDED, "有没有咨询电话", NOT_STATED, [NO_CONTACT]),
    (HOME, "科普馆门票要钱不", NOT_STATED, ["费用，通知没有写明。"]),
    # What is truly absent stays absent.
    (PRIZE, "科技型中小企业有奖励吗", NOT_STATED, ["通知没有提到“科技型中小企业”，对此没有作出规定。"]),
    (BONDED, "企业所得税减不减", NOT_STATED, ["通知没有提到“企业所得税”，对此没有作出规定。"]),
    # Whether there is money, where the notice speaks of the thing and gives it nothing.
    (
        *(HOME, "我们检测实验室有没有直接给钱的", NOT_STATED),
        ["“检测实验室”给不给钱、给多少，通知没有写明。", "推广“AI+检验检测”、第三方实验室、虚拟实验室等新模式。"],
    ),
    (HOME, "生二胎给不给钱", NOT_STATED, [NO_MONEY]),
    (JOBS, "买房给补贴吗", NOT_STATED, [NO_MONEY]),
    (
        *(HOME, "专利代理所给补贴吗", NOT_STATED),
        [
            "“专利代理”的金额，通知没有写明。",
            "深入实施知识产权服务主体培育行动，引进培育一批专业化、品牌化、高端化知识产权服务机构，强化知识产权代理、咨询、评估、"
            "交易和投融资等服务能力。",
        ],
    ),
    # Other sums are of who asks.
    (HOME, "研发投入一千万能拿五百万吗", ANSWERED, [f"通知写的是：{HEAD}"]),
    (JOBS, "开网店能贷15万吗", NOT_STATED, [CASE, LOAN]),
    (JOBS, "我是残疾人，想开个店能贷款吗", ANSWERED, [f"通知写的是：{LOAN}"]),
    # A kind of recipient under another word for it.
    (HOME, "大学能拿多少钱", ANSWERED, ["面向重点产业领域，支持高校院所建设高价值专利培育中心，最高给予200万元。"]),
    # A day is asked about, and not whether the first day is another.
    (INN, "8月1号还有效吗", ANSWERED, ["通知写的是：本措施自2025年6月1日起施行，有效期三年。"]),
    # The case that is told: what is for those from elsewhere, or what prints a word of it.
    (HOME, "公司想整个从北京搬到济南，三十来人，到底能给多少", NOT_STATED, [CASE, HEAD]),
    (
        *(HOME, "小微律所能不能申请", NOT_STATED),
        [
            "您说的这种情况，通知没有写明支持对象；最接近的是：",
            "支持和引导信息咨询、会计律师事务所、投资和管理咨询等专业服务机构重点服务科技型中小企业。",
        ],
    ),
    # A date of something else is no answer to a date of nothing that was named.
    (HOME, "截止到几号报名", NOT_STATED, ["时间，通知没有写明。"]),
    (INN, "截止到几号报名", NOT_STATED, ["时间，通知没有写明。"]),
    (PRIZE, "什么时候申报", ANSWERED, ["申报时间为当年6月1日至6月30日。"]),
    # What is printed of the first home is said to be of that, and of no other.
    (
        *(TAX, "二套房贷利息扣不扣", RELATED),
        ["通知没有写二套的，写的是：纳税人只能享受一次首套住房贷款的利息扣除。"],
    ),
]


@pytest.mark.parametrize(("notice_id", "question", "status", "lines"), SAID)
def test_the_first_lines(
    notice_id: str, question: str, status: Status, lines: list[str], alone: Mapping[str, Assistant]
) -> None:
    answer = alone[notice_id].ask(question)
    assert (answer.status, [p.text for p in answer.parts if p.kind in OWN]) == (status, lines)


SOMETHING = [
    (HOME, "老乡合作社能拿到啥钱"),
    (HOME, "上规模了奖多少"),
    (HOME, "五百万和三百万那两笔分别给谁"),
    (PRIZE, "高新企业第一次评上给多少"),
]


@pytest.mark.parametrize(("notice_id", "question"), SOMETHING)
def test_who_names_a_thing_is_not_asked_to_name_one(
    notice_id: str, question: str, alone: Mapping[str, Assistant]
) -> None:
    assert alone[notice_id].ask(question).status is not Status.NEEDS_DETAIL


@pytest.mark.parametrize("notice_id", [HOME, JOBS, TAX, INN, PRIZE])
def test_who_names_nothing_is_asked_with_examples(notice_id: str, alone: Mapping[str, Assistant]) -> None:
    answer = alone[notice_id].ask("能给我们多少补助啊")
    assert (answer.status, "例如：“" in answer.parts[0].text) == (Status.NEEDS_DETAIL, True)
