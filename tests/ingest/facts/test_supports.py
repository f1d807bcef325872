"""What an item gives."""

import pytest

from corpus.language.amounts import read_amounts
from corpus.notice import Support
from ingest.facts.supports import read_supports
from tests.ingest.facts.items import read_item

# Beneficiary, form, sum, qualifiers and the words they are read from.
ROWS = {
    "对省级概念验证中心按绩效评价给予一定支持；": [
        ("省级概念验证中心", "一定支持", None, ["按绩效评价", "一定"], "对省级概念验证中心按绩效评价给予一定支持")
    ],
    "对服务突出的省级中试基地，年度最高奖补200万元。": [
        ("服务突出的省级中试基地", "奖补", "200万元", ["年度", "最高"], "对服务突出的省级中试基地，年度最高奖补200万元")
    ],
    "支持企业设立研发中心，对符合条件的企业按年度研发投入额最高给予500万元补助。": [
        (
            "符合条件的企业",
            "补助",
            "500万元",
            ["符合条件", "按年度研发投入额", "最高"],
            "对符合条件的企业按年度研发投入额最高给予500万元补助",
        )
    ],
    "支持高校院所建设高价值专利培育中心，最高给予200万元；": [
        (
            "高校院所建设高价值专利培育中心",
            "支持",
            "200万元",
            ["最高"],
            "支持高校院所建设高价值专利培育中心，最高给予200万元",
        )
    ],
    "推动相关企业建设重点产业专利池，对成效显著的最高给予300万元。": [
        ("成效显著的（相关企业建设重点产业专利池）", "支持", "300万元", ["最高"], "对成效显著的最高给予300万元")
    ],
    "对获得认定的部级孵化器，依据认定层级给予每家最高200万元一次性补助；": [
        (
            "获得认定的部级孵化器",
            "补助",
            "200万元",
            ["依据认定层级", "每家", "最高", "一次性"],
            "对获得认定的部级孵化器，依据认定层级给予每家最高200万元一次性补助",
        )
    ],
    "依托创新创业大赛，联动培育一批潜力大的科技型中小企业，最高给予50万元奖励。": [
        ("一批潜力大的科技型中小企业", "奖励", "50万元", ["最高"], "最高给予50万元奖励")
    ],
    "对符合条件的企业研发活动给予“创新券”补助。": [
        ("符合条件的企业研发活动", "创新券", None, ["符合条件"], "对符合条件的企业研发活动给予“创新券”补助")
    ],
    "对按规定购买算力并且成效显著的，实施“算力券”奖补。": [
        (
            "按规定购买算力并且成效显著的",
            "算力券",
            None,
            ["按规定"],
            "对按规定购买算力并且成效显著的，实施“算力券”奖补",
        )
    ],
    "对高级、中级雪道分别奖励100万元、50万元。": [
        ("高级、中级雪道", "奖励", "100万元", [], "对高级、中级雪道分别奖励100万元、50万元"),
        ("高级、中级雪道", "奖励", "50万元", [], "对高级、中级雪道分别奖励100万元、50万元"),
    ],
    "对于符合条件的企业，免征增值税。": [
        ("符合条件的企业", "免征", None, ["符合条件"], "对于符合条件的企业，免征增值税")
    ],
    "年营业额达到80万元以上的，一次性给予15万元奖励。": [("", "奖励", "15万元", ["一次性"], "一次性给予15万元奖励")],
    "对单家机构的补贴上限为100万元。": [("单家机构", "补贴", "100万元", [], "对单家机构的补贴上限为100万元")],
}
GIVES_NOTHING = [
    "支持企业做大做强。",
    "项目总投资500万元。",
    "设立规模不低于1亿元的引导资金。",
    "鼓励企业发行债券，给予便利。",
    "补贴期限不超过3年。",
    "提高补助标准。",
    "停止发放住房租赁补贴。",
    "对违反规定领取补贴的，取消资格，不给予奖励。",
    "推动科技成果转化。",
]


def _flatten(support: Support) -> tuple[str, str, str | None, list[str], str]:
    printed = support.amount.text if support.amount else None
    return support.beneficiary, support.form, printed, list(support.qualifiers), support.phrase.text


@pytest.mark.parametrize(("text", "expected"), ROWS.items())
def test_reads_what_an_item_gives(text: str, expected: list[tuple[str, str, str | None, list[str], str]]) -> None:
    supports = read_supports(read_item(text), read_amounts(text))
    assert [_flatten(support) for support in supports] == expected
    assert all(text[s.phrase.start : s.phrase.end] == s.phrase.text for s in supports)


@pytest.mark.parametrize("text", GIVES_NOTHING)
def test_gives_nothing(text: str) -> None:
    assert read_supports(read_item(text), read_amounts(text)) == ()


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("应届毕业生", "对应届毕业生给予一次性补贴。"),
        ("接种人员", "对接种人员给予补贴。"),
        ("企业", "面对困难，对企业给予补贴。"),
        ("", "补贴对象可享受就业补贴。"),
        ("", "按照对应标准发放补贴。"),
        ("孵化器", "对孵化器每年奖励10万元。"),
    ],
)
def test_names_the_beneficiary_as_printed(who: str, text: str) -> None:
    (support,) = read_supports(read_item(text), read_amounts(text))
    assert support.beneficiary == who
