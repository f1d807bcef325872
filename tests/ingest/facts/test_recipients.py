"""Who gets a sum and for what act, where caps, lists, tiers and attributes tell it."""

import pytest

from corpus.language.amounts import read_amounts
from corpus.notice import Support
from ingest.facts.add import add_facts
from ingest.facts.supports import read_supports
from ingest.parsing.parse import parse_notice
from ingest.parsing.view import view_text
from tests.ingest.facts.items import read_item

FIELDS = ("who", "act", "condition", "paid", "payer")
# A cap on one of them belongs to the support before.
CAPS = {
    "对为小微商户提供首贷的农商银行，按贷款额的1%给予补贴，对单家银行的补贴上限为20万元。": [
        ("1%", "为小微商户提供首贷的农商银行", "为小微商户提供首贷"),
        ("20万元", "为小微商户提供首贷的农商银行", "为小微商户提供首贷"),
    ],
    "对引进展会的协会给予10万元补助，同一协会每年最高补助30万元。": [
        ("10万元", "引进展会的协会", "引进展会"),
        ("30万元", "引进展会的协会", "引进展会"),
    ],
    "企业参加境外展会的，按展位费的70%给予补贴，每个展位最高补贴2万元，每家企业每年不超过10万元。": [
        ("70%", "企业", "参加境外展会"),
        ("2万元", "企业", "参加境外展会"),
        ("10万元", "企业", "参加境外展会"),
    ],
}
# Each sum with its who, act and condition.
LISTS = {
    "对新建冷库、烘干房、晒场分别奖励30万元、20万元、5万元。": [
        ("30万元", "冷库", "新建", None),
        ("20万元", "烘干房", "新建", None),
        ("5万元", "晒场", "新建", None),
    ],
    "对新建的五星级、四星级酒店，五星级奖励80万元、四星级奖励40万元。": [
        ("80万元", "新建的五星级、四星级酒店", "新建", "五星级"),
        ("40万元", "新建的五星级、四星级酒店", "新建", "四星级"),
    ],
    "在城区新建的四星级、五星级，属于留用地的，四星级按30%奖励，五星级按50%奖励。": [
        ("30%", "在城区新建的四星级、五星级", "在城区新建", "四星级"),
        ("50%", "在城区新建的四星级、五星级", "在城区新建", "五星级"),
    ],
    "对新评定为4A、5A级的景区，分别给予50万元、100万元奖励。": [
        ("50万元", "新评定为4A、5A级的景区", "新评定为4A", None),
        ("100万元", "新评定为4A、5A级的景区", "5A级", None),
    ],
    "对取得初级、中级茶艺师证人员，从业满一年的，分别给予500元/年、800元/年补贴。": [
        ("500元", "取得初级、中级茶艺师证人员", "取得初级", "从业满一年"),
        ("800元", "取得初级、中级茶艺师证人员", "中级茶艺师证", "从业满一年"),
    ],
    "农户改厕后，每户补助1500元，其中省级补助500元，县级补助700元。": [
        ("1500元", "农户", None, "改厕后"),
        ("500元", "农户", None, "省级"),
        ("700元", "农户", None, "县级"),
    ],
    "高层次人才购房的，A类给予90万元、B类50万元购房补贴。": [
        ("90万元", "高层次人才", "购房", "A类"),
        ("50万元", "高层次人才", "购房", "B类"),
    ],
    "对完成股份制改造、成功上市的企业，分阶段给予50万元、300万元奖励。": [
        ("50万元", "完成股份制改造、成功上市的企业", "完成股份制改造", None),
        ("300万元", "完成股份制改造、成功上市的企业", "成功上市", None),
    ],
    "对主导制定国际标准、行业标准的企业，每项分别给予50万元、10万元奖励。": [
        ("50万元", "主导制定国际标准、行业标准的企业", "主导制定国际标准", None),
        ("10万元", "主导制定国际标准、行业标准的企业", "行业标准", None),
    ],
    "对年销售额首次突破1亿元、5亿元的商贸企业，分别给予10万元、30万元奖励。": [
        ("10万元", "年销售额首次突破1亿元、5亿元的商贸企业", None, "年销售额首次突破1亿元"),
        ("30万元", "年销售额首次突破1亿元、5亿元的商贸企业", None, "5亿元"),
    ],
}
# Fields of the only support; a field that is not named is not printed.
ATTRIBUTES = {
    "从事大棚蔬菜种植的农户，给予每亩800元补贴。": {"who": "从事大棚蔬菜种植的农户", "act": "从事大棚蔬菜种植"},
    "对纳入名录管理的宾馆，给予2万元补贴。": {"who": "纳入名录管理的宾馆", "act": "纳入名录管理"},
    "对首次升规入统的建筑企业，一次性奖励15万元。": {
        "who": "首次升规入统的建筑企业",
        "act": "首次升规入统",
        "paid": "一次性",
    },
    "获得省著名商标的企业奖励10万元。": {"who": "获得省著名商标的企业", "act": "获得省著名商标"},
    "对在本县缴纳社保满12个月的外来务工人员子女，补助500元。": {
        "who": "在本县缴纳社保满12个月的外来务工人员子女",
        "condition": "在本县缴纳社保满12个月",
    },
    "对农产品加工企业新增贷款，按2%给予贴息。": {"who": "农产品加工企业", "act": "新增贷款"},
    "乡镇卫生院引进医学人才的，县财政给予每人3万元补贴。": {
        "who": "乡镇卫生院",
        "act": "引进医学人才",
        "payer": "县财政",
    },
    "对企业经批准发行的绿色产品，给予5万元补助。": {"who": "企业", "act": "发行的绿色产品", "condition": "经批准"},
    "凡被评为诚信商户、放心餐馆等荣誉的，奖励2万元。": {"act": "被评为诚信商户、放心餐馆等荣誉"},
    "在村内开办民宿每间补助3000元。": {"act": "在村内开办民宿"},
    "对积极开展直播带货，对农产品销售有突出贡献的电商企业，给予不高于5万元的奖励。": {
        "who": "积极开展直播带货，对农产品销售有突出贡献的电商企业",
        "act": "积极开展直播带货",
        "condition": "农产品销售有突出贡献",
    },
    "对年接待学生达到5000人次以上的旅行社进行奖励，每满一千人奖励2000元。": {
        "who": "年接待学生达到5000人次以上的旅行社",
        "act": "年接待学生",
        "condition": "达到5000人次以上",
    },
    "对新开通的夜航线路，补助8万元。": {"who": "新开通的夜航线路", "act": "新开通"},
    "每引进一家总部企业，奖励引荐人20万元。": {"who": "引荐人", "act": "每引进一家总部企业"},
    "银行业金融机构发放信用贷款的，按0.5%给予奖励。": {"who": "银行业金融机构", "act": "发放信用贷款"},
    "租用冷库的合作社，给予三年补助，每年5万元。": {"who": "租用冷库的合作社", "act": "租用冷库", "paid": "每年"},
    "对贷款利率不高于6%的银行，按0.2%予以奖励。": {"who": "贷款利率不高于6%的银行"},
    "获得省质量奖的组织，给予50万元奖励。": {"who": "获得省质量奖的组织", "act": "获得省质量奖"},
    "按5%的比例对承办企业给予补助。": {"who": "承办企业"},
    "（责任单位：县商务局；联系人：张三；电话：5551234）对开设夜市的商户给予5000元补贴。": {
        "who": "开设夜市的商户",
        "act": "开设夜市",
    },
    "在2030年6月底前，发放创业补贴资金。": {"act": "创业", "paid": "在2030年6月底前"},
    "项目总投入2000万元—8000万元，奖励投资额的3%—6%。": {"who": "项目", "condition": "总投入2000万元—8000万元"},
}
SIZES = {
    "对开展送货业务超过500单（含）的快递网点，按照1元/单的标准予以奖励。": ("开展送货业务", "超过500单（含）"),
    "对引进连锁品牌店经营满三年以上的，一次性奖励4万元。": ("引进连锁品牌店", "经营满三年以上"),
    "对新招用脱贫人口10人以上的家政公司，给予2万元奖励。": ("新招用脱贫人口", "10人以上"),
    "组织大型文艺演出，经县文旅局审核给予3万元奖励。": ("组织大型文艺演出", "经县文旅局审核"),
    "对从事导游工作满2年的人员给予3000元奖励。": ("从事导游工作满2年", None),
}


def _read(text: str, before: str = "") -> tuple[Support, ...]:
    reading = read_item(text, before)
    return read_supports(reading, read_amounts(reading.words.text))


def _fields(support: Support) -> dict[str, str]:
    return {name: phrase.text for name in FIELDS if (phrase := getattr(support, name)) is not None}


@pytest.mark.parametrize(("text", "expected"), CAPS.items())
def test_a_cap_belongs_to_the_recipient_before(text: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(s.amount.text, s.who.text, s.act.text) for s in _read(text) if s.amount and s.who and s.act]
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), LISTS.items())
def test_each_of_a_list_gets_its_sum(text: str, expected: list[tuple[str, str | None, str | None, str | None]]) -> None:
    found = [(s.amount.text, *(_fields(s).get(name) for name in FIELDS[:3])) for s in _read(text) if s.amount]
    assert found == expected


@pytest.mark.parametrize(("text", "expected"), ATTRIBUTES.items())
def test_the_attribute_tells_the_act(text: str, expected: dict[str, str]) -> None:
    (support,) = _read(text)
    assert _fields(support) == expected


@pytest.mark.parametrize(("text", "expected"), SIZES.items())
def test_act_and_size_end_at_their_own_borders(text: str, expected: tuple[str, str | None]) -> None:
    (support,) = _read(text)
    fields = _fields(support)
    assert (fields.get("act"), fields.get("condition")) == expected


def test_what_is_said_before_a_list_of_levels_holds_for_all() -> None:
    text = "凡被评为文明市场的，县财政给予一次性奖励，国家级奖励8万元，省级奖励4万元，市级奖励2万元。"
    told = [(f["condition"], f["paid"], f["payer"]) for f in map(_fields, _read(text))]
    assert told == [(level, "一次性", "县财政") for level in ("国家级", "省级", "市级")]


def test_what_is_done_at_once_is_not_paid_at_once() -> None:
    assert [s.paid for s in _read("一次性引进工程师的企业，按每人2万元给予补贴。")] == [None]


@pytest.mark.parametrize("text", ["对拟建项目，参照上述标准给予补助。", "原有场馆改造，享受以上奖励政策。"])
def test_a_grant_may_point_to_one_told_before(text: str) -> None:
    (support,) = _read(text)
    assert support.amount is None


@pytest.mark.parametrize(
    ("body", "payer"),
    [
        ("县财政每年安排500万元专项资金，用于支持民宿发展。对新开民宿，每间奖励3000元。", "县财政"),
        ("对新开民宿，每间奖励3000元。奖励资金由旅游发展基金列支。", "旅游发展基金"),
        ("对新开民宿，每间奖励3000元，所需经费由市、区财政按5：5承担。", "市、区财政"),
    ],
)
def test_the_measure_says_who_pays(body: str, payer: str) -> None:
    text = f"关于测试的通知\n一、总则\n（一）民宿。{body}"
    notice = add_facts(parse_notice(text, "n"), view_text(text))
    (support,) = (s for p in notice.provisions() for i in p.items for s in i.supports)
    assert support.payer
    assert support.payer.text == payer
