"""What an item says otherwise than a claim, by aspect; and what a question asks for or quotes."""

import pytest

from assistant.evidence.claims import compare, lies_within, quoted_falsely, tells_all
from assistant.evidence.difference import Aspect, Claim, Difference
from assistant.evidence.quantities.counted import prints_number_of
from assistant.evidence.scope import claims_only
from assistant.evidence.whether import unit_asked
from corpus.language.amounts import read_amounts
from tests.assistant.evidence.conftest import FindItem

HOME, JOBS, TAX, ZONES = "lkz-2025-128", "gf-2018-39", "gf-2018-41", "gf-2018-38"
POOL, HATCHERY, BASE = (HOME, "重点产业专利池"), (HOME, "部级孵化器"), (HOME, "省级中试基地")
VOUCHER, SCENES, CITIES = (HOME, "“创新券”补助"), (HOME, "标杆示范场景10个"), (HOME, "鼓励各市结合自身实际")
REFUND, KEPT, BEGINS = (JOBS, "失业保险费的50%"), (TAX, "应当留存五年"), (JOBS, "从2019年1月1日起")
AFRESH, RECEIPT = (TAX, "不能结转以后年度扣除"), (TAX, "收款单位不能拒绝提供")
CENTRE, CONTEST, HEAD = (HOME, "高价值专利培育中心"), (HOME, "最高给予50万元奖励"), (HOME, "研发投入额最高给予500万元")
CLOUD, CLUSTERS, CHAINS = (HOME, "国家级智算云服务试点"), (HOME, "东营油气"), (HOME, "19条标志性产业链")
STAFF, TRAINED = (JOBS, "返还标准可按6个月"), (JOBS, "可组织开展职工在岗培训")
LIVING = (JOBS, "不可同时领取失业保险金")
NONE: tuple[str, ...] = ()

Row = tuple[tuple[str, str], str, tuple[str, str] | None]

# An item, a claim on it, and what was said and is printed where they differ.
TABLES: dict[Aspect, list[Row]] = {
    Aspect.SUM: [
        (POOL, "专利池给300万元", None),
        (POOL, "专利池给3百万", None),
        (POOL, "专利池给200万元", ("200万元", "300万元")),
        (HATCHERY, "给三百万", ("三百万", "200万元")),
        (VOUCHER, "创新券给20万元", ("20万元", "")),
    ],
    Aspect.SHARE: [
        (REFUND, "返还失业保险费的50%", None),
        (REFUND, "返还一半失业保险费", None),
        (REFUND, "返还二分之一", None),
        (REFUND, "返还失业保险费的70%", ("70%", "50%")),
        (REFUND, "返还三成失业保险费", ("三成", "50%")),
        (REFUND, "返还三分之一", ("三分之一", "50%")),
        (VOUCHER, "按合同金额的30%给", ("30%", "")),
    ],
    Aspect.NUMBER: [
        (CHAINS, "聚焦19条标志性产业链", None),
        (CHAINS, "聚焦十九条标志性产业链", None),
        (CHAINS, "聚焦21条标志性产业链", ("21条", "19条")),
        (KEPT, "留存5年", None),
        (KEPT, "留存十年", ("十年", "五年")),
    ],
    Aspect.DATE: [
        (BEGINS, "2019年1月1日起实施", None),
        (BEGINS, "3月1日起实施", ("3月1日", "2019年、1月1日")),
        # From the 1st of January to the 31st of December.
        (STAFF, "6月20号还能返还吗", None),
        (TRAINED, "7月5日可组织培训", None),
    ],
    Aspect.PAYMENT: [
        (HATCHERY, "部级孵化器一次性200万元", None),
        (HATCHERY, "部级孵化器每年给200万元", ("每年", "一次性")),
        (BASE, "中试基地每年最高200万元", None),
        (BASE, "中试基地一次性给200万元", ("一次性", "年度")),
    ],
    Aspect.BOUND: [
        (SCENES, "标杆示范场景至少遴选10个", None),
        (SCENES, "标杆示范场景顶多遴选10个", ("顶多遴选10个", "10个以上")),
        (POOL, "专利池最高300万元", None),
        (POOL, "专利池固定给300万元", ("固定", "最高")),
        (POOL, "专利池肯定给300万元", ("肯定", "最高")),
        (HATCHERY, "每家都给200万元", ("都给", "最高")),
    ],
    Aspect.LEVEL: [
        (BASE, "省级中试基地", None),
        (BASE, "市级中试基地", ("市级", "省级")),
        (BASE, "国家级中试基地", ("国家级", "省级")),
        (HATCHERY, "国家级孵化器", None),
    ],
    Aspect.RECIPIENT: [
        (CONTEST, "中小企业奖50万元", None),
        (CONTEST, "大型企业奖50万元", ("大", "小")),
        (POOL, "高校建专利池", ("高校", "企业")),
        (CENTRE, "企业建高价值专利培育中心", ("企业", "院所、高校")),
        (HEAD, "省外企业设研发总部", None),
        (HEAD, "本地企业设研发总部", ("本地", "外来")),
    ],
    Aspect.DUTY: [
        (CITIES, "鼓励各市出台政策", None),
        (CITIES, "各市必须出台政策", ("必须", "鼓励")),
        # What is printed as a duty may be claimed as one.
        (KEPT, "必须留存五年", None),
    ],
    Aspect.SCOPE: [
        (POOL, "企业建专利池", None),
        (POOL, "所有企业建专利池", ("所有", "")),
        (POOL, "只有企业建专利池", ("只有", "")),
        (HATCHERY, "每家200万元", None),
    ],
}
CLAIMS = [(aspect, *row) for aspect, rows in TABLES.items() for row in rows]


@pytest.mark.parametrize(("aspect", "item", "text", "said_and_printed"), CLAIMS)
def test_compares_one_aspect(
    aspect: Aspect, item: tuple[str, str], text: str, said_and_printed: tuple[str, str] | None, find_item: FindItem
) -> None:
    match = find_item(*item)
    found = compare(Claim(text, amounts=read_amounts(text)), match.place, match.item, match.headings)
    assert found == ((Difference(aspect, *said_and_printed),) if said_and_printed else ())


# What the item does not print at all is no ground for a no.
UNPRINTED = [
    (SCENES, "每年遴选20个", "20个"),
    (KEPT, "留存三个月", "三个月"),
    (POOL, "专利池每年给", "每年"),
    (POOL, "专利池一次性给", "一次性"),
    (POOL, "国家级专利池", "国家级"),
    (POOL, "扣2000", "2000"),
    (SCENES, "银行办场景", "金融机构"),
]


@pytest.mark.parametrize(("item", "text", "word"), UNPRINTED)
def test_what_is_not_printed_is_a_word_that_is_missing(
    item: tuple[str, str], text: str, word: str, find_item: FindItem
) -> None:
    match = find_item(*item)
    found = compare(Claim(text, amounts=read_amounts(text)), match.place, match.item)
    assert found == (Difference(Aspect.WORDS, word),)


CONTENT = [
    (POOL, "企业建专利池", ("企业", "专利池"), NONE),
    (POOL, "专利池叠加", ("专利池", "叠加"), ("叠加",)),
    # Words of one attitude stand for each other.
    (CITIES, "支持各市出台政策", ("支持", "各市", "政策"), NONE),
    (CLUSTERS, "东营油气", ("东营", "油气"), NONE),
]


@pytest.mark.parametrize(("item", "text", "content", "missing"), CONTENT)
def test_words(
    item: tuple[str, str], text: str, content: tuple[str, ...], missing: tuple[str, ...], find_item: FindItem
) -> None:
    match = find_item(*item)
    found = compare(Claim(text, content=content), match.place, match.item)
    assert found == tuple(Difference(Aspect.WORDS, word) for word in missing)


def test_two_places_have_each_its_own(find_item: FindItem) -> None:
    """Said together, printed each with something else."""
    match = find_item(*CLUSTERS)
    found = compare(Claim("青岛油气", content=("青岛", "油气")), match.place, match.item)
    assert found == (Difference(Aspect.PAIR, "青岛油气"),)


@pytest.mark.parametrize(
    ("text", "who"),
    [("大赛那50万是给主办方的，是吧", "主办方"), ("大赛那50万是给中小企业的，是吧", None), ("50万给多少", None)],
)
def test_whom_a_sum_is_said_to_be_for(text: str, who: str | None, find_item: FindItem) -> None:
    match = find_item(*CONTEST)
    claim = Claim(text, amounts=read_amounts(text), content=("大赛", "主办方", "中小企业"))
    found = [d.said for d in compare(claim, match.place, match.item) if d.aspect is Aspect.RECIPIENT]
    assert found == ([who] if who else [])


def test_what_is_inherited_counts_as_printed(find_item: FindItem) -> None:
    match = find_item(*POOL)
    claim = Claim("知识产权服务", content=("知识产权服务",))
    assert compare(claim, match.place, match.item, match.headings) == ()
    assert compare(claim, match.place, match.item) == (Difference(Aspect.WORDS, "知识产权服务"),)


def test_the_level_is_that_of_what_is_named(find_item: FindItem) -> None:
    """国家级试点 and 省级中心 stand in one item."""
    match = find_item(*CLOUD)
    claims = [Claim(f"省级智算云服务{x}", content=("智算云", x)) for x in ("中心", "试点")]
    found = [[d for d in compare(c, match.place, match.item) if d.aspect is Aspect.LEVEL] for c in claims]
    assert found == [[], [Difference(Aspect.LEVEL, "省级", "国家级")]]


def test_what_is_only_meant_to_be_is_not_so_yet(find_item: FindItem) -> None:
    match = find_item(*CLOUD)
    plain, meant = "中国算力平台山东分中心落地", "争取中国算力平台山东分中心落地"
    found = [compare(Claim(text), match.place, match.item) for text in (plain, meant)]
    assert found == [(Difference(Aspect.SCOPE, plain, "争取"),), ()]


DEPARTMENTS = [
    (POOL, ("省市场监管局",), NONE),
    (POOL, ("省科技厅",), ("省科技厅", "省市场监管局")),
    ((TAX, "不动产登记信息"), ("自然资源部门",), NONE),
    ((TAX, "不动产登记信息"), ("住房城乡建设部门",), ("住房城乡建设部门", "")),
]


@pytest.mark.parametrize(("item", "names", "said_and_printed"), DEPARTMENTS)
def test_departments(
    item: tuple[str, str], names: tuple[str, ...], said_and_printed: tuple[str, ...], find_item: FindItem
) -> None:
    match = find_item(*item)
    found = compare(Claim("归谁管", departments=(names,)), match.place, match.item)
    assert found == ((Difference(Aspect.DEPARTMENT, *said_and_printed),) if said_and_printed else ())


POLARITY = [
    (AFRESH, "不能结转以后年度扣除", ("结转",), None),
    (AFRESH, "可以结转以后年度扣除", ("结转",), Aspect.POLARITY),
    (LIVING, "不可同时领取失业保险金", ("领取", "失业保险金"), None),
    (LIVING, "可以同时领取失业保险金", ("领取", "失业保险金"), Aspect.POLARITY),
    (RECEIPT, "收款单位不能拒绝提供", ("收款单位", "提供"), None),
    # The claim itself denies: the scope of a 不 is not read.
    (RECEIPT, "收款单位可以拒绝提供", ("收款单位", "提供"), Aspect.SCOPE),
    (CITIES, "不鼓励各市出台政策", ("各市", "政策"), Aspect.SCOPE),
]


@pytest.mark.parametrize(("item", "text", "content", "aspect"), POLARITY)
def test_polarity(
    item: tuple[str, str], text: str, content: tuple[str, ...], aspect: Aspect | None, find_item: FindItem
) -> None:
    match = find_item(*item)
    found = compare(Claim(text, content=content), match.place, match.item)
    assert [(d.aspect, d.said) for d in found] == ([(aspect, text)] if aspect else [])


VALUES = [("sum", True), ("contact", False), ("materials", False), ("recipient", True), ("condition", True)]


@pytest.mark.parametrize(("value", "is_told"), VALUES)
def test_a_value_is_told_where_it_is_printed(value: str, is_told: bool, find_item: FindItem) -> None:
    """Who may get something, and on what condition, any words may tell."""
    match = find_item(*POOL)
    found = compare(Claim("有没有", value), match.place, match.item)
    assert found == (() if is_told else (Difference(Aspect.VALUE, value),))


def test_what_who_asks_tells_of_themselves_is_not_printed(find_item: FindItem) -> None:
    match = find_item(*POOL)
    claim = Claim("给专利池", whole="我开了十年店，给专利池")
    assert compare(claim, match.place, match.item) == (Difference(Aspect.WORDS, "十年"),)


TOLD = [
    (("甲", "乙", "丙"), "materials", [], True),
    (("甲", "乙", "丙"), "materials", [Aspect.VALUE], True),
    # Too few words, a value that is told in one way only, and another difference beside it.
    (("甲", "乙"), "materials", [Aspect.VALUE], False),
    (("甲", "乙", "丙"), "stacking", [Aspect.VALUE], False),
    (("甲", "乙", "丙"), "materials", [Aspect.VALUE, Aspect.WORDS], False),
]


@pytest.mark.parametrize(("content", "value", "aspects", "expected"), TOLD)
def test_tells_all(content: tuple[str, ...], value: str, aspects: list[Aspect], expected: bool) -> None:
    assert tells_all(Claim("", value, content=content), [Difference(a, "") for a in aspects]) is expected


UNITS = [
    ("一共多少条", "条"),
    ("要几个工作日", "工作日"),
    ("有几家企业", "家"),
    ("聚焦多少个项目", "项"),
    ("满多少周岁", ""),
    ("给多少钱", ""),
    ("专利池给300万元", ""),
]


@pytest.mark.parametrize(("text", "unit"), UNITS)
def test_unit_asked(text: str, unit: str) -> None:
    assert unit_asked(text) == unit


NUMBERS = [
    ("条", "聚焦19条产业链", True),
    ("个", "遴选10余个", True),
    ("名", "十多名", True),
    ("条", "聚焦产业链条", False),
]


@pytest.mark.parametrize(("unit", "text", "expected"), NUMBERS)
def test_prints_number_of(unit: str, text: str, expected: bool) -> None:
    assert prints_number_of(unit, text) is expected


PRINTED_TEXT = "第一条 高质量建设济南科创金融改革试验区。\n第二条 对成效显著的，\n最高给予300万元。"
QUOTED = [
    ("写了“高质量建设济南科创金融改革试验区”吗", ""),
    # Marks and line breaks do not count.
    ("写了“对成效显著的最高给予300万元。”吗", ""),
    ("写了「入库企业一律补助」吗", "入库企业一律补助"),
    ("“成效显著的”和“上不封顶吗”都写了？", "上不封顶吗"),
    # Names in quotation marks are no quotation.
    ("“创新券”多少钱", ""),
    ("没有引号", ""),
]


@pytest.mark.parametrize(("text", "words"), QUOTED)
def test_quoted_falsely(text: str, words: str) -> None:
    assert quoted_falsely(text, ("另一份通知", PRINTED_TEXT)) == words


DAYS = [
    ("6月20号", "申报时间为当年6月1日至6月30日", True),
    ("6月1日", "6月1日-30日受理", True),
    ("7月5号", "申报时间为当年6月1日至6月30日", False),
    ("6月20号", "6月1日起施行，6月30日公布", False),
    ("2024年", "2024年6月1日至6月30日", False),
]


@pytest.mark.parametrize(("day", "text", "expected"), DAYS)
def test_a_day_lies_within_printed_days(day: str, text: str, expected: bool) -> None:
    assert lies_within(day, text) is expected


ONLY = [
    ("光省科协一家在管", True),
    ("只有省科技厅负责", True),
    ("仅省科技厅负责", True),
    ("Is it only one?", True),
    ("只要报名就行", False),
    ("省科技厅负责", False),
]


@pytest.mark.parametrize(("text", "expected"), ONLY)
def test_claims_only(text: str, expected: bool) -> None:
    assert claims_only(text) is expected
