"""Sums and percentages in Chinese and English text."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.amounts import Amount, Bound, Period, read_amounts, read_lower_end

EXACT, MOST, LEAST = Bound.EXACT, Bound.AT_MOST, Bound.AT_LEAST
ONCE, YEARLY = Period.ONCE, Period.YEARLY

ONE_SUM = [
    ("500万元", "500万元", "5000000", EXACT, None),
    ("5 万 元", "5 万 元", "50000", EXACT, None),
    ("5\n万\n元", "5\n万\n元", "50000", EXACT, None),
    ("五百万元", "五百万元", "5000000", EXACT, None),
    ("5,000,000元", "5,000,000元", "5000000", EXACT, None),
    ("500 万元", "500 万元", "5000000", EXACT, None),
    ("５００万元", "５００万元", "5000000", EXACT, None),
    ("5百万", "5百万", "5000000", EXACT, None),
    ("一万五千元", "一万五千元", "15000", EXACT, None),
    ("十二万五千元", "十二万五千元", "125000", EXACT, None),
    ("1亿2千万元", "1亿2千万元", "120000000", EXACT, None),
    ("2万亿元", "2万亿元", "2000000000000", EXACT, None),
    ("1.5亿元", "1.5亿元", "150000000", EXACT, None),
    ("奖一万五吗？", "一万五", "15000", EXACT, None),
    ("给200万一次性补助", "200万", "2000000", EXACT, ONCE),
    ("200万年度奖补", "200万", "2000000", EXACT, None),
    ("是不是给500万？", "500万", "5000000", EXACT, None),
    ("两块钱", "两块钱", "2", EXACT, None),
    ("最高给予500万元补助", "500万元", "5000000", MOST, None),
    ("最高不超过15万元的贷款", "15万元", "150000", MOST, None),
    ("200万元以内", "200万元", "2000000", MOST, None),
    ("200万元封顶", "200万元", "2000000", MOST, None),
    ("200万元（上限）", "200万元", "2000000", MOST, None),
    ("不低于10万元", "10万元", "100000", LEAST, None),
    ("10万元以上", "10万元", "100000", LEAST, None),
    ("10万元（含）以上", "10万元", "100000", LEAST, None),
    ("年度最高奖补200万元", "200万元", "2000000", MOST, YEARLY),
    ("按年度研发投入额最高给予500万元补助", "500万元", "5000000", MOST, None),
    ("每年50万元", "50万元", "500000", EXACT, YEARLY),
    ("50万元/年", "50万元", "500000", EXACT, YEARLY),
    ("给予每家最高200万元一次性补助", "200万元", "2000000", MOST, ONCE),
    ("按每月1000元的标准", "1000元", "1000", EXACT, None),
    ("up to RMB 2 million", "RMB 2 million", "2000000", MOST, None),
    ("at least 5 million yuan", "5 million yuan", "5000000", LEAST, None),
    ("500,000 RMB", "500,000 RMB", "500000", EXACT, None),
    ("¥5,000 a year", "¥5,000", "5000", EXACT, None),
]
PERCENTAGES = [("按50%补贴", "50%", "50"), ("1.5％", "1.5％", "1.5"), ("百分之五十", "百分之五十", "50")]
NO_AMOUNTS = [
    "人社厅管哪一块",
    "两笔加一块儿",
    "这两块业务",
    "10万人",
    "3万多人",
    "5万余家",
    "5万亿斤",
    "100万千瓦",
    "10万公里",
    "5万年",
    "万人计划",
    "百万青年见习计划",
    "千亿级产业集群",
    "几十万元",
    "100多万元",
    "多元化",
    "一元化",
    "世界500强",
    "鲁科字〔2025〕128号",
    "2025年10月1日",
    "$5 million",
    "第16条",
]


@pytest.mark.parametrize(("text", "printed", "value", "bound", "period"), ONE_SUM)
def test_reads_a_sum(text: str, printed: str, value: str, bound: Bound, period: Period | None) -> None:
    start = text.index(printed)
    expected = Amount(printed, start, start + len(printed), Decimal(value), "元", bound, period)
    assert tuple(replace(a, per=None) for a in read_amounts(text)) == (expected,)


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("每人每月1000元", "每人每月"),
        ("每招用1人不超过1500元", "每招用1人"),
        ("给予每家最高200万元", "每家"),
        ("每年50万元", "每年"),
        ("每亩补助300元", "每亩"),
        ("100元/亩", "亩"),
        ("1000元/人·月", "人·月"),
        ("1.2\n元/千瓦时", "千瓦时"),
        ("300元每平方米", "每平方米"),
        ("每家企业奖励5万元", "每家"),
        ("对企业奖励5万元", None),
        ("年度最高奖补200万元", None),
    ],
)
def test_reads_for_what_each_sum_is_given(text: str, per: str | None) -> None:
    assert [a.per for a in read_amounts(text)] == [per]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("港币50,000元", "50000", "港元"),
        ("50,000港元", "50000", "港元"),
        ("5万美元", "50000", "美元"),
        ("500万美金", "5000000", "美元"),
        ("2亿欧元", "200000000", "欧元"),
    ],
)
def test_foreign_sums_are_no_yuan(text: str, value: str, unit: str) -> None:
    assert [(a.value, a.unit) for a in read_amounts(text)] == [(Decimal(value), unit)]


@pytest.mark.parametrize(
    ("text", "lower"),
    [
        ("20—50万元", "200000"),
        ("二十至五十万元", "200000"),
        ("5-20%", "5"),
        ("10万-20万元", "100000"),
        ("50万元", None),
        ("共3项，50万元", None),
    ],
)
def test_reads_the_lower_end_of_a_range(text: str, lower: str | None) -> None:
    found = read_lower_end(text, read_amounts(text)[-1])
    assert (found and found.value) == (lower and Decimal(lower))


def test_what_is_said_before_a_list_holds_for_that_list_only() -> None:
    text = "最高分别给予10万元、20万元和奖励30万元"
    assert [a.bound for a in read_amounts(text)] == [MOST, MOST, EXACT]


@pytest.mark.parametrize(("text", "printed", "value"), PERCENTAGES)
def test_reads_a_percentage(text: str, printed: str, value: str) -> None:
    start = text.index(printed)
    assert read_amounts(text) == (Amount(printed, start, start + len(printed), Decimal(value), "%", EXACT, None),)


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_takes_no_other_figure_for_a_sum(text: str) -> None:
    assert read_amounts(text) == ()


def test_reads_all_sums_with_the_words_of_their_own_clause() -> None:
    text = "支持建设中心，最高给予200万元；对池，一次性给予300万元，每年不低于10%。"
    assert [(a.text, a.bound, a.period) for a in read_amounts(text)] == [
        ("200万元", MOST, None),
        ("300万元", EXACT, ONCE),
        ("10%", LEAST, YEARLY),
    ]


def test_equal_sums_are_equal_however_written() -> None:
    first, *others = (read_amounts(t)[0] for t in ["500万元", "五百万元", "5,000,000元", "RMB 5 million", "最高500万"])
    assert [first.equals(other) for other in others] == [True] * 4


def test_percentages_and_sums_are_never_equal() -> None:
    assert not read_amounts("50%")[0].equals(read_amounts("50元")[0])


@pytest.mark.parametrize(
    ("piece", "found"),
    [("百", 0), ("百百万", 0), ("1", 0), ("1,111", 0), ("1.1", 0), ("一万", 1), ("5 ", 0), (" 1", 0)],
)
def test_reads_a_mark_a_thousand_times_over(piece: str, found: int) -> None:
    """A pattern that tries every way to part them would never end."""
    assert len(read_amounts(piece * 1_000)) == found


class _Counted(str):
    """A text that counts how many of its characters are sliced out."""

    __slots__ = ()
    seen = 0

    def __getitem__(self, place: Any) -> str:
        found = super().__getitem__(place)
        _Counted.seen += len(found)
        return found


@pytest.mark.parametrize("piece", ["百百万", "1元", "最高1元", "每人1元", "1万", "，1元、", "1.1", "5%"])
def test_four_times_the_text_takes_four_times_the_work(piece: str) -> None:
    """Counted in characters that are looked at around sums, not in time."""
    work = []
    for size in (500, 2_000):
        _Counted.seen = 0
        read_amounts(_Counted(piece * size))
        work.append(_Counted.seen)
    assert work[1] <= 4.2 * work[0] + 1_000


@given(st.text(alphabet="0123456789一二十百千万亿元.,，%最高每年起以上 RMBmilon", max_size=60))
def test_every_amount_stands_where_it_says(text: str) -> None:
    assert [text[a.start : a.end] for a in read_amounts(text)] == [a.text for a in read_amounts(text)]
