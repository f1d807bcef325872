"""Chinese and Arabic numerals, read and written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.numerals import in_digits, read_number, write_chinese

READ = [
    ("0", "0"),
    ("500", "500"),
    ("１２", "12"),
    ("0.5", "0.5"),
    ("5,000,000", "5000000"),
    ("5，000", "5000"),
    (" 16 ", "16"),
    ("3百", "300"),
    ("5千", "5000"),
    ("1.5万", "15000"),
    ("１．５万", "15000"),
    ("５００万", "5000000"),
    ("50百万", "50000000"),
    ("1.2亿", "120000000"),
    ("1亿2千万", "120000000"),
    ("3万亿", "3000000000000"),
    ("零", "0"),
    ("两", "2"),
    ("十", "10"),
    ("十六", "16"),
    ("二十", "20"),
    ("二十一", "21"),
    ("一百零五", "105"),
    ("一百二十", "120"),
    ("两千", "2000"),
    ("一千零一十", "1010"),
    ("一万零五", "10005"),
    ("一万五千", "15000"),
    ("十二万五千", "125000"),
    ("五十万", "500000"),
    ("五百万", "5000000"),
    ("三千五百万", "35000000"),
    ("一亿二千万", "120000000"),
    ("九百九十九万九千九百九十九", "9999999"),
    ("壹佰", "100"),
    ("伍拾万", "500000"),
    ("二〇二五", "2025"),
    ("一九八一", "1981"),
    ("一百二", "120"),
    ("两百五", "250"),
    ("一万五", "15000"),
]
NO_NUMBERS = [
    "",
    " ",
    "万",
    "亿",
    "万亿",
    "万五千",
    "元",
    "五百万元",
    "五 百",
    "-5",
    "1.2.3",
    "十三五",
    "一二十",
    "N",
    "廿",
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_reads_the_value(text: str, expected: str) -> None:
    assert read_number(text) == Decimal(expected)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_refuses_what_is_no_number(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "零"),
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (16, "十六"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
    ],
)
def test_writes_headings_numbers(number: int, expected: str) -> None:
    assert write_chinese(number) == expected


@given(st.integers(min_value=0, max_value=99))
def test_reads_what_it_writes(number: int) -> None:
    assert read_number(write_chinese(number)) == number


@given(st.text(max_size=40))
def test_reads_any_text_without_failing(text: str) -> None:
    value = read_number(text)
    assert value is None or value >= 0


IN_DIGITS = [
    ("二〇二五年九月七日", "2025年9月7日"),
    ("二零二五年十二月三十一日", "2025年12月31日"),
    ("自二〇二六年一月一日起，每家一百万元", "自2026年1月1日起，每家一百万元"),
    ("三年", "三年"),
    ("2025年9月7日", "2025年9月7日"),
    ("十五个工作日", "十五个工作日"),
    ("第九条", "第九条"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), IN_DIGITS)
def test_dates_are_written_in_digits(text: str, expected: str) -> None:
    assert in_digits(text) == expected
