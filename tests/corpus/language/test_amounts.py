"""Sums and percentages in Chinese and English text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.amounts import Amount, Bound, Period, read_amounts

EXACT, MOST, LEAST = Bound.EXACT, Bound.AT_MOST, Bound.AT_LEAST
ONCE, YEARLY = Period.ONCE, Period.YEARLY

ONE_SUM = [
    ("500万元", "500万元", "5000000", EXACT, None),
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
    "500万美元",
    "$5 million",
    "第16条",
]


@pytest.mark.parametrize(("text", "printed", "value", "bound", "period"), ONE_SUM)
def test_reads_a_sum(text: str, printed: str, value: str, bound: Bound, period: Period | None) -> None:
    start = text.index(printed)
    expected = Amount(printed, start, start + len(printed), Decimal(value), "元", bound, period)
    assert read_amounts(text) == (expected,)


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


@given(st.text(alphabet="0123456789一二十百千万亿元.,，%最高每年起以上 RMBmilon", max_size=60))
def test_every_amount_stands_where_it_says(text: str) -> None:
    assert [text[a.start : a.end] for a in read_amounts(text)] == [a.text for a in read_amounts(text)]
