"""The levels and recipients that a text names, and whether it affirms or denies."""

import pytest

from assistant.evidence.attributes import is_denied, is_rhetorical, levels_of, recipients_of

LEVELS = [
    ("国家级中试基地", {"国家级"}),
    # What a ministry recognises is of national level.
    ("部级孵化器", {"国家级"}),
    ("国家级和省级实验室", {"国家级", "省级"}),
    ("市级、县级平台", {"市级", "县级"}),
    ("区级试点", {"区级"}),
    ("不是省级，是市级", {"市级"}),
    ("非国家级基地", set()),
    ("还没评上国家级", set()),
    ("没有省级认定的中心", set()),
    ("省里的中试基地", set()),
    ("国家大学科技园", set()),
    ("", set()),
]


@pytest.mark.parametrize(("text", "levels"), LEVELS)
def test_levels(text: str, levels: set[str]) -> None:
    assert levels_of(text) == levels


SIZES = [
    ("大型企业", {"大"}),
    ("大厂和大集团", {"大"}),
    ("科技型中小企业", {"小"}),
    ("小微企业", {"小"}),
    ("个体工商户", {"小"}),
    ("大企业和小企业", {"大", "小"}),
    # To make firms grow is to name none.
    ("做大企业规模", set()),
    ("强大企业", set()),
    ("企业", set()),
]
ORIGINS = [
    ("本省的龙头企业", {"本地"}),
    ("省内企业", {"本地"}),
    ("当地的大型企业", {"本地"}),
    ("省外龙头企业", {"外来"}),
    ("外资企业", {"外来"}),
    ("世界500强企业来鲁设立研发总部", {"外来"}),
    ("来山东投资", {"外来"}),
    ("企业", set()),
]
KINDS = [
    ("企业", {"企业"}),
    ("高校院所", {"高校", "院所"}),
    ("大学", {"高校"}),
    ("科研院所", {"院所"}),
    ("老百姓", {"个人"}),
    ("大学生", {"个人"}),
    ("农民", {"个人"}),
    ("农民合作社", {"合作社"}),
    ("银行", {"金融机构"}),
    ("融资担保公司", {"金融机构", "企业"}),
    ("行业协会", {"社会组织"}),
    ("社区医院", {"医院"}),
    # No bodies: buildings, parks, and each of some things.
    ("厂房", set()),
    ("大学科技园", set()),
    ("每个人", set()),
    ("中试基地", set()),
]
RECIPIENTS = [(by, *row) for by, table in (("size", SIZES), ("origin", ORIGINS), ("kind", KINDS)) for row in table]


@pytest.mark.parametrize(("by", "text", "groups"), RECIPIENTS)
def test_recipients(by: str, text: str, groups: set[str]) -> None:
    assert recipients_of(text)[by] == groups


DENIED = [
    "不鼓励各市出台政策",
    "没有补贴",
    "不可同时领取失业保险金",
    "不征税",
    "免征增值税",
    "禁止生产",
    "严禁转让",
    "取消资格",
    "收款单位拒绝提供",
    "个体户除外",
    "不是年年发的吧",
    "不是300万元吧",
    "no subsidy is given",
    "it is not required",
    "given without departments",
    "省财政厅不管的条款",
    "excluding the finance department",
    "neither is named",
]
AFFIRMED = [
    "鼓励各市出台政策",
    # A不A and the like ask.
    "是不是鼓励",
    "能不能申请",
    "有没有补贴",
    "是否给予",
    "有补贴没",
    "行不行",
    "没看错吧",
    "没问题吧",
    # Bounds, and names that hold a denial.
    "不超过500万元",
    "不得超过五年",
    "不少于10个",
    "不满16岁",
    "未就业毕业生",
    "未成年子女",
    "无人机企业",
    "无废城市",
    "不动产登记",
    "免费",
    # Two denials affirm.
    "收款单位不能拒绝提供",
    "不能不给",
    "not only universities",
    "can it be given",
    "",
]


@pytest.mark.parametrize(("text", "expected"), [*((t, True) for t in DENIED), *((t, False) for t in AFFIRMED)])
def test_denies(text: str, expected: bool) -> None:
    assert is_denied(text) is expected


RHETORICAL = [
    ("不是300万元吗", True),
    ("不也是按绩效评价给支持吗", True),
    ("难道不是300万元吗", True),
    ("难道要交材料", True),
    ("非得先考个证", True),
    ("不是300万元吧", False),
    ("不是，300万元是给谁的吗", False),
    ("是不是300万元", False),
    ("300万元吗", False),
]


@pytest.mark.parametrize(("text", "expected"), RHETORICAL)
def test_rhetorical(text: str, expected: bool) -> None:
    assert is_rhetorical(text) is expected


@pytest.mark.parametrize("text", [text for text, is_asked in RHETORICAL[:3] if is_asked])
def test_a_rhetorical_question_denies_nothing(text: str) -> None:
    assert not is_denied(text)
