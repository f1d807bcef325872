"""Relief without a sum is a support, with its time, its recipient and who bears it; a mere wish is none."""

import time

import pytest

from corpus.language.amounts import Bound, read_amounts
from corpus.notice import Support
from ingest.facts.supports import read_supports
from tests.ingest.facts.items import read_item

FIELDS = ("who", "act", "condition", "paid", "payer")
# The amount as printed, then only the fields that are printed.
RELIEF = [
    ("对受灾农户，可延期缴纳水费，最长不超过6个月。", "6个月", {"who": "受灾农户", "act": "延期缴纳水费"}),
    ("受灾农户可缓缴电费，缓缴期最长3个月。", "3个月", {"who": "受灾农户", "act": "缓缴电费"}),
    ("对停业的商户，可延缓两个月支付。", "两个月", {"who": "停业的商户"}),
    ("对停业的商户，经批准后延期缴纳，最长不超过2个月。", "2个月", {"who": "停业的商户"}),
    ("受灾的商户可向银行申请展期还款，展期期限不超过1年。", "1年", {"who": "受灾的商户"}),
    ("免征小微茶企水利基金部分，免征期限不超过4个月。", "4个月", {}),
    (
        "各县可根据灾情，免征农业企业污水处理费，免征期限不超过4个月。",
        "4个月",
        {"who": "农业企业", "act": "污水处理费"},
    ),
    ("免征渔业企业缴纳的港口建设费。", None, {"who": "渔业企业", "act": "港口建设费"}),
    ("对其他参保单位保险缴费部分可减半征收，减征期限不超过3个月。", "减半", {}),
    ("对茶叶企业更新烘干设备允许税前一次性扣除。", None, {"who": "茶叶企业", "act": "更新烘干设备"}),
    ("对养殖户的检疫实行零收费。", None, {}),
    ("对受灾的商户，未交的摊位费产生的利息，视情况予以部分或全部免除。", None, {"who": "受灾的商户"}),
    ("所涉水费违约金不予计收。", None, {}),
    ("对受灾的农户，保险费用给予全额支持。", "全额", {"who": "受灾的农户"}),
    ("延期缴费期间，不收取滞纳金。", None, {"act": "延期缴费"}),
    ("经核准缓缴水费的，缓缴期内免收违约金。", None, {"act": "缓缴水费", "condition": "经核准"}),
    ("对承租市场摊位的商户，摊位租金减半。", "减半", {"who": "承租市场摊位的商户", "act": "承租市场摊位"}),
    ("对停业的商户酌情降低担保费率。", None, {"who": "停业的商户"}),
    ("对受灾企业降低担保费率0.5个百分点。", "0.5个百分点", {"who": "受灾企业"}),
    (
        "安排农业发展资金，重点支持农机合作社更新农机。",
        None,
        {"who": "农机合作社", "act": "更新农机", "payer": "农业发展资金"},
    ),
    (
        "支持各县统筹财政资金用于茶农的设备补助、贷款贴息。",
        None,
        {"who": "茶农", "act": "设备补助、贷款贴息", "payer": "各县统筹财政资金"},
    ),
    ("支持茶叶企业享受各级技改奖补政策。", None, {"who": "茶叶企业", "act": "技改"}),
    ("对停工的企业，组织职工参加培训的，可按规定纳入补贴范围。", None, {"who": "停工的企业"}),
    ("对招用渔民的企业，可适当提高培训补贴标准。", None, {"who": "招用渔民的企业", "act": "招用渔民"}),
    ("对稳岗的企业，按3个月的当地失业保险金标准落实返还政策。", "3个月", {"who": "稳岗的企业"}),
    (
        "对茶农滞销的茶叶，可由县政府回购等方式兜底解决，所需费用市县财政共同承担。",
        None,
        {"payer": "市县财政"},
    ),
]
# The act and the condition end at their own border.
BORDERS = [
    ("对坚持不裁员的企业，可返还上年度水费的50%。", "坚持不裁员的企业", "坚持不裁员", None),
    ("针对参加防汛的企业和受灾较重的农户，按利息的50%给予贴息。", "参加防汛的企业和受灾较重的农户", None, None),
    (
        "对符合条件的坚持不裁员的茶叶企业，返还其上年度水费的50%。",
        "符合条件的坚持不裁员的茶叶企业",
        "坚持不裁员",
        "符合条件",
    ),
    (
        "因洪水导致茶农发生重大损失，缴纳水费确有困难的，可申请水费减免。",
        None,
        "水费",
        "因洪水导致茶农发生重大损失，缴纳水费确有困难",
    ),
    ("对茶叶运输收入免征水利基金。", None, "茶叶运输收入", None),
    ("支持旅行社渡过难关，向旅行社退还部分保证金，标准为现有保证金的60%。", "旅行社", "渡过难关", None),
]
PAID = [
    ("对值守人员给予每人每天80元补助，补助期限为15天。", "补助期限为15天"),
    ("对值守人员给予每人每天80元补助。", None),
    ("对茶企给予3%的贴息，贴息期限不超过2年。", "贴息期限不超过2年"),
    ("对店员按每人每天50元补贴，从3月5日起发放。", "从3月5日起发放"),
    ("对值守人员给予80元补助，纳入一次性奖补范畴。", None),
]
PAYERS = [
    ("市级财政根据各县茶园的面积、产量和完成进度等，对各县给予奖励。", "市级财政"),
    ("各县人民政府、管委会对减免摊位费的业主可给予适度补贴。", "各县人民政府、管委会"),
    ("对茶农给予补助，所需资金省市财政按比例分担。", "省市财政"),
]
WISHES = [
    "加大支持力度，优化服务。",
    "鼓励金融机构降低企业融资成本。",
    "进一步提高补贴标准。",
    "设立1亿元发展资金，支持企业发展。",
    "加大财政资金支持力度。",
    "完善延期缴纳税款办法。",
    "逾期不缴费的，收取滞纳金。",
    "降低制度性交易成本。",
    "现就阶段性减免茶企水费有关事项通知如下。",
    "结合实际确定减免企业对象。",
    "按照通知规定的减免范围执行。",
    "严格落实不停车、不检查、不收费。",
    "对困难茶农，通过适当下调贷款利率等方式，帮助其渡过难关。",
    "对裁员的茶企，指导其依法支付经济补偿。",
]


def _read(text: str) -> tuple[Support, ...]:
    reading = read_item(text)
    return read_supports(reading, read_amounts(reading.words.text))


@pytest.mark.parametrize(("text", "amount", "fields"), RELIEF)
def test_reads_relief_without_a_sum(text: str, amount: str | None, fields: dict[str, str]) -> None:
    (support,) = _read(text)
    found = {name: phrase.text for name in FIELDS if (phrase := getattr(support, name)) is not None}
    assert support.amount is None if amount is None else support.amount and support.amount.text == amount
    assert {name: found.get(name) for name in fields} == fields


@pytest.mark.parametrize(("text", "who", "act", "condition"), BORDERS)
def test_each_field_ends_at_its_border(text: str, who: str | None, act: str | None, condition: str | None) -> None:
    (support,) = _read(text)
    printed = [phrase and phrase.text for phrase in (support.who, support.act, support.condition)]
    assert printed == [who, act, condition]


@pytest.mark.parametrize(("text", "paid"), PAID)
def test_how_long_is_how_it_is_paid_and_a_daily_rate_is_not(text: str, paid: str | None) -> None:
    (support,) = _read(text)
    assert (support.paid.text if support.paid else None) == paid


@pytest.mark.parametrize(("text", "payer"), PAYERS)
def test_the_body_that_gives_pays(text: str, payer: str) -> None:
    (support,) = _read(text)
    assert support.payer
    assert support.payer.text == payer


def test_each_waiver_of_a_list_is_a_gift() -> None:
    supports = _read("对承租摊位的商户，1个月摊位租金免收、2个月摊位租金减半。")
    assert [s.amount and s.amount.text for s in supports] == ["1个月", "减半"]


def test_a_raised_share_is_given() -> None:
    (support,) = _read("对担保公司，将风险补偿比例由10%提高至30%。")
    assert support.amount
    assert support.amount.text == "30%"


@pytest.mark.parametrize("text", WISHES)
def test_a_wish_is_no_relief(text: str) -> None:
    assert _read(text) == ()


def test_time_at_most_is_bounded() -> None:
    (support,) = _read("对受灾农户，可延期缴纳水费，最长不超过6个月。")
    assert support.amount
    assert (support.amount.bound, support.amount.unit) == (Bound.AT_MOST, "个月")


@pytest.mark.parametrize(
    "words",
    [
        "可延期",
        "采取",
        "由政府",
        "安排专项资金",
        "降低",
        "支持享受",
        "按6个月的",
        "缓缴期",
        "免征企业",
        "个月租免、",
        "因受影响",
    ],
)
def test_relief_is_read_in_linear_time(words: str) -> None:
    begin = time.process_time()
    _read(words * (40_000 // len(words)))
    assert time.process_time() - begin < 8
