from fractions import Fraction

import pytest

from evals.parsing.words import compact, quantities, same_amount, same_date, same_head, same_name


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("最高3万元", [(30000, "元")]),
        ("10,000元", [(10000, "元")]),
        ("一百二十万元", [(1200000, "元")]),
        ("20—50万元", [(200000, "元"), (500000, "元")]),
        ("5%-20%", [(5, "%"), (20, "%")]),
        ("百分之五十", [(50, "%")]),
        ("三分之二", [(Fraction(2, 3), "/")]),
        ("2/3", [(Fraction(2, 3), "/")]),
        ("二〇二五年三月", [(2025, ""), (3, "")]),
        ("十二个月", [(12, "")]),
        ("全额", []),
    ],
)
def test_quantities(words: str, expected: list[tuple[Fraction, str]]) -> None:
    assert list(quantities(words)) == expected


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("3万元", "30000元", True),
        ("最高３万元", "3万元", True),
        ("3万元", "5万元", False),
        ("50%", "2月份租金50%", True),
        ("20万元", "20—50万元", False),
        ("70%", "由原50%提高至70%", True),
        ("50%", "由原50%提高至70%", False),
        ("3万元", "3%", False),
        ("全额", "全额补助", True),
    ],
)
def test_same_amount(ours: str, theirs: str, expected: bool) -> None:
    assert same_amount(ours, theirs) is expected


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("2025-01-01", "2025年1月1日", True),
        ("二〇二五年一月一日", "2025年1月1日", True),
        ("2025年", "2025年1月1日", False),
        ("1月1日", "当年1月1日至12月31日", True),
        ("有效期5年", "五年", True),
        ("自印发之日起施行", "印发之日", True),
        ("印发之日", "毕业前", False),
    ],
)
def test_same_date(ours: str, theirs: str, expected: bool) -> None:
    assert same_date(ours, theirs) is expected


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("符合条件的企业", "小微企业、个体工商户等", True),
        ("年营业收入5000万元以上的", "营业收入5000万元以上", True),
        ("新建的民宿项目", "新建的民宿", False),
    ],
)
def test_same_head(ours: str, theirs: str, expected: bool) -> None:
    assert same_head(ours, theirs) is expected


def test_a_title_may_lack_its_beginning_but_not_its_end() -> None:
    assert same_name("关于稳定就业的\n若干措施", "东湖市关于稳定就业的若干措施")
    assert not same_name("关于印发稳定就业若干措施的通知", "稳定就业若干措施")


def test_places_count_no_white_space() -> None:
    text = compact("一、 补\n贴\n二、补贴")
    assert text.find_all("补 贴", (0, 8)) == ((2, 4), (6, 8))
    assert text.place(3, 6) == (2, 4)
