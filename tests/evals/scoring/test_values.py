"""Sums, shares, dates and counts are read apart from the product, and wordings match whole values only."""

from decimal import Decimal

import pytest

from evals.scoring.values import find_clause_numbers, find_counts, find_dates, find_shares, find_sums, holds_wording


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("每家最高200万元一次性补助", [2_000_000]),
        ("20—50万元", [500_000, 200_000]),
        ("五百万元", [5_000_000]),
        ("补二百万", [2_000_000]),
        ("up to RMB 2 million (200万元)", [2_000_000, 2_000_000]),
        ("5,000,000元", [5_000_000]),
        ("按每月1000元的标准", [1000]),
        ("十万分之一", []),
        ("100万人次", []),
        ("单元房", []),
    ],
)
def test_sums(text: str, yuan: list[int]) -> None:
    assert [v.value for v in find_sums(text)] == [Decimal(y) for y in yuan]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("按扣除标准的50%扣除，或百分之二十", [50, 20]),
        ("25 percent", [25]),
        ("第5条", []),
    ],
)
def test_shares(text: str, values: list[int]) -> None:
    assert [v.value for v in find_shares(text)] == values


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("自2019年1月1日起施行", ["2019-01-01"]),
        ("到2027年底", ["2027"]),
        ("二〇二五年十二月", ["2025"]),
        ("6月1日至6月30日", ["06-01", "06-30"]),
        ("2021年3月底前", ["2021-03"]),
        ("五年内", []),
    ],
)
def test_dates(text: str, dates: list[str]) -> None:
    assert [v.value for v in find_dates(text)] == dates


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("全文共16条，14个部门", [(16, "条"), (14, "个")]),
        ("第16条、第十二条共三项", [(3, "项")]),
        ("一次性补助", []),
        ("期限五年", [(5, "年")]),
    ],
)
def test_counts(text: str, counts: list[tuple[int, str]]) -> None:
    assert [(v.value, v.unit) for v in find_counts(text)] == [(Decimal(number), unit) for number, unit in counts]


def test_clause_numbers() -> None:
    numbers = [v.value for v in find_clause_numbers("第（九）条“技术”由第12条、measure 3 负责")]
    assert numbers == [9, 12, 3]


@pytest.mark.parametrize(
    ("text", "wording", "holds"),
    [
        ("最高给予五百万元补助", "500万元", True),
        ("最高给予5,000,000元补助", "500万元", True),
        ("up to RMB 2 million", "200万元", True),
        ("最高1500万元", "500万元", False),
        ("最高一千五百万元", "500万元", False),
        ("共17条措施", "7条", False),
        ("第七条", "七条", False),
        ("十四条", "四条", False),
        ("第五部分", "五部分", False),
        ("1.2 million", "2 million", False),
        ("160", "16", False),
        ("电话05318888", "0531", True),
        ('"技术经理人山东行"活动', "“技术经理人山东行”", True),
        ("ＡＩ＋检验检测", "AI+检验检测", True),
        ("2019年1月1日起", "2019年1月1日", True),
        ("2019年12月1日", "2019年1月1日", False),
    ],
)
def test_wording(text: str, wording: str, holds: bool) -> None:
    assert holds_wording(text, wording) is holds
