"""Who gets what for which act, under which condition, how paid and by whom; what is no support at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.amounts import Bound, read_amounts
from corpus.notice import Cell, Phrase, Support
from ingest.facts.add import add_facts
from ingest.facts.reading import Reading
from ingest.facts.supports import read_supports
from ingest.parsing.parse import parse_notice
from ingest.parsing.view import view_text
from tests.ingest.facts.items import read_item

FIELDS = ("who", "act", "condition", "paid", "payer")
# The sum, then only the fields that are printed.
GIVEN = [
    (
        "餐饮企业招用退役军人，签订两年以上合同的，按每人3000元给予一次性补贴。",
        [("3000元", {"who": "餐饮企业", "act": "招用退役军人", "condition": "签订两年以上合同", "paid": "一次性"})],
    ),
    (
        "支持村集体建设冷库，最高给予20万元补助，所需资金由县财政承担。",
        [("20万元", {"who": "村集体", "act": "建设冷库", "payer": "县财政"})],
    ),
    (
        "对获得省级认定的博物馆，一次性奖励30万元。",
        [("30万元", {"who": "获得省级认定的博物馆", "act": "获得省级认定", "paid": "一次性"})],
    ),
    (
        "年营业收入5000万元以上的企业，按投资额的10%给予最高200万元奖励，资金由同级财政承担。",
        [
            (
                "10%",
                {"who": "年营业收入5000万元以上的企业", "condition": "年营业收入5000万元以上", "payer": "同级财政"},
            ),
            (
                "200万元",
                {"who": "年营业收入5000万元以上的企业", "condition": "年营业收入5000万元以上", "payer": "同级财政"},
            ),
        ],
    ),
    (
        "对种植大户按每亩200元补贴，分两年发放。",
        [("200元", {"who": "种植大户", "paid": "分两年发放"})],
    ),
    (
        "对遭受水灾的养殖户给予饲料补贴。",
        [(None, {"who": "遭受水灾的养殖户", "act": "饲料"})],
    ),
    ("纳税人进修的，按照每年3600元的标准定额扣除。", [("3600元", {"who": "纳税人", "act": "进修", "paid": "每年"})]),
    ("对小微企业减半征收房产税。", [("减半", {"who": "小微企业", "act": "房产税"})]),
    ("全额返还已缴纳的诉讼费。", [("全额", {"act": "已缴纳的诉讼费"})]),
    (
        "由市财政局从文化发展资金中列支，对剧场给予演出补贴。",
        [(None, {"who": "剧场", "act": "演出", "payer": "文化发展资金"})],
    ),
    ("对香港青年给予港币50,000元资助。", [("50,000元", {"who": "香港青年"})]),
]
TIERS = [
    (
        "对吸纳就业的企业，吸纳100人以上的奖励4.5万元，50人以上的奖励3万元。",
        [("4.5万元", "吸纳100人以上"), ("3万元", "50人以上")],
    ),
    (
        "对新认定的企业给予奖励，国家级100万元、省级50万元。",
        [("100万元", "国家级"), ("50万元", "省级")],
    ),
    (
        "对高级、中级技工学校，分别给予50万元、30万元奖励。",
        [("50万元", "高级"), ("30万元", "中级")],
    ),
]
NO_SUPPORTS = [
    "对营业收入500万元以上的企业不予补助。",
    "拒不改正的，处500元以上2000元以下罚款。",
    "设立1亿元基金，支持企业发展。",
    "项目总投资5000万元以上。",
    "每户每年缴纳物业费1200元。",
    "停止发放补贴，追回已发放的5万元。",
    "加大支持力度，完善补贴政策。",
    "力争产值增长20%，覆盖率达到90%。",
    "本办法所称补助，是指对农户给予的补贴。",
    "乡镇政府负责补贴申请的受理。",
    "鼓励房东为租户减免租金。",
    "（三）未享受过其他补贴的；",
    "门票每张60元。",
]


def _read(text: str, before: str = "", lead_in: str = "") -> tuple[Support, ...]:
    reading = read_item(text, before, lead_in)
    return read_supports(reading, read_amounts(reading.words.text))


def _fields(support: Support) -> dict[str, str]:
    return {name: phrase.text for name in FIELDS if (phrase := getattr(support, name)) is not None}


@pytest.mark.parametrize(("text", "expected"), GIVEN)
def test_reads_the_fields_of_a_support(text: str, expected: list[tuple[str | None, dict[str, str]]]) -> None:
    assert [(s.amount and s.amount.text, _fields(s)) for s in _read(text)] == expected


@pytest.mark.parametrize(("text", "expected"), TIERS)
def test_each_tier_is_a_support_with_its_condition(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(s.amount.text, s.condition.text) for s in _read(text) if s.amount and s.condition]
    assert found == expected


def test_cases_and_sums_are_paired_in_order() -> None:
    text = "对获得国家级、省级、市级认定的工坊，分别给予9万元、6万元、3万元奖励。"
    acts = [(s.amount.text, s.act.text) for s in _read(text) if s.amount and s.act]
    assert acts == [("9万元", "获得国家级"), ("6万元", "省级"), ("3万元", "市级认定")]


@pytest.mark.parametrize("text", NO_SUPPORTS)
def test_takes_nothing_else_for_a_support(text: str) -> None:
    assert _read(text) == ()


@pytest.mark.parametrize(
    ("text", "around", "who"),
    [
        ("给予50万元。", {"before": "支持村集体建设冷库。"}, "村集体"),
        ("县级医院，每家50万元；", {"lead_in": "对下列单位给予补贴："}, "县级医院"),
        ("投保的，每亩补助30元；", {"lead_in": "对种粮农户给予下列补贴："}, "种粮农户"),
        ("对其给予2万元补助。", {"before": "支持非遗传承人开设工坊。"}, "非遗传承人"),
        ("给予企业2万元奖励。", {"before": "企业参加展会的，减免展位费。"}, "企业"),
    ],
)
def test_takes_the_recipient_from_what_stands_around(text: str, around: dict[str, str], who: str) -> None:
    (support,) = _read(text, **around)
    assert support.who
    assert support.who.text == who


def test_takes_the_recipient_from_the_heading() -> None:
    reading = read_item("每人每月600元。", headings=("（三）失能老年人补贴",))
    (support,) = read_supports(reading, read_amounts(reading.words.text))
    assert support.who
    assert support.amount
    assert (support.who.text, support.amount.per) == ("失能老年人", "每人每月")


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("给予20—50万元补助。", 200_000, 500_000),
        ("按5%-20%给予奖励。", 5, 20),
        ("奖励10万元至30万元。", 100_000, 300_000),
    ],
)
def test_a_range_keeps_both_ends(text: str, least: int, most: int) -> None:
    (support,) = _read(text)
    assert support.least
    assert support.amount
    assert [int(support.least.value), int(support.amount.value)] == [least, most]


def test_sums_up_to_and_exact_sums_never_mix() -> None:
    bounds = [s.amount.bound for s in _read("最高给予20万元、10万元补助，另给予企业5万元奖励。") if s.amount]
    assert bounds == [Bound.AT_MOST, Bound.AT_MOST, Bound.EXACT]


def _row(*cells: tuple[str, str]) -> Reading:
    text = "\t".join(words for _, words in cells)
    placed = tuple(
        Cell(head, Phrase(words, text.index(words), text.index(words) + len(words))) for head, words in cells
    )
    return Reading(view_text(text), cells=placed)


def test_the_heads_of_a_table_say_what_its_cells_are() -> None:
    reading = _row(
        ("序号", "1"),
        ("补贴项目", "一次性开店补贴"),
        ("补贴对象", "返乡青年"),
        ("申请条件", "营业满半年"),
        ("补贴标准（元/人）", "8000"),
        ("资金来源", "就业资金"),
    )
    (support,) = read_supports(reading, ())
    assert support.amount
    assert (support.amount.value, support.amount.unit, support.amount.per) == (Decimal(8000), "元", "人")
    assert _fields(support) == {
        "who": "返乡青年",
        "act": "开店",
        "condition": "营业满半年",
        "paid": "一次性",
        "payer": "就业资金",
    }


def test_a_table_of_charges_gives_nothing() -> None:
    assert read_supports(_row(("项目", "停车"), ("收费标准（元/次）", "5")), ()) == ()


def test_the_sentences_of_a_measure_tell_one_support_in_turn() -> None:
    body = "返乡青年开办农家乐的，可申请开店补贴。补贴标准为每人8000元。上述资金由就业资金列支。"
    text = f"关于测试的通知\n一、总则\n（一）开店。{body}"
    notice = add_facts(parse_notice(text, "n"), view_text(text))
    (support,) = (s for p in notice.provisions() for i in p.items for s in i.supports)
    assert support.amount
    assert support.amount.text == "8000元"
    assert _fields(support) == {"who": "返乡青年", "act": "开办农家乐", "payer": "就业资金"}


def test_amounts_and_phrases_stand_in_the_canonical_text() -> None:
    text = "前言（略）\n对企业给予\n５０\n万元补助。"
    view = view_text(text)
    words = view.part(6, len(view.text))
    (support,) = read_supports(Reading(words), read_amounts(words.text))
    assert support.amount
    assert text[support.amount.start : support.amount.end] == support.amount.text == "５０\n万元"
    assert text[support.phrase.start : support.phrase.end] == support.phrase.text


def test_an_endless_item_is_read_in_parts() -> None:
    text = "对企业给予1万元，" * 300
    assert len(_read(text)) == 300


@given(st.text(alphabet="对给予企业补贴最高1万元，。、；的（）“”%年月每人支持按由财政从中列支可申请", max_size=80))
def test_every_field_stands_where_it_says(text: str) -> None:
    reading = read_item(text, before=text) if text else read_item("空")
    canonical = reading.words.canonical
    for support in read_supports(reading, read_amounts(reading.words.text)):
        phrases = [support.phrase, *(p for name in FIELDS if (p := getattr(support, name)) is not None)]
        assert all(canonical[p.start : p.end] == p.text for p in phrases)
