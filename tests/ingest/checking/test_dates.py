"""Dates that no calendar has."""

import pytest

from ingest.checking.dates import find_impossible_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年2月28日至3月31日", []),
        ("2024年2月29日", []),
        ("2025年2月29日", ["2025年2月29日"]),
        ("每年2月29日前", []),
        ("每年2月30日前", ["2月30日"]),
        ("于 2025 年 4 月 31 日前", ["2025 年 4 月 31 日"]),
        ("2025年13月", ["2025年13月"]),
        ("2025年0月1日", ["2025年0月1日"]),
        ("满24月的", []),
        ("2025-02-30", ["2025-02-30"]),
        ("2025/11/31", ["2025/11/31"]),
        ("2025-02-28", []),
        ("二〇二五年二月三十日", ["二〇二五年二月三十日"]),
        ("二○二五年二月二十八日", []),
        ("２０２５年１３月１日", ["２０２５年１３月１日"]),
        ("电话0531-12-34", []),
    ],
)
def test_finds_what_no_calendar_has(text: str, expected: list[str]) -> None:
    assert [date.text for date in find_impossible_dates(text)] == expected


def test_stands_where_it_says() -> None:
    text = "请在2025年6月31日前报送。"
    (date,) = find_impossible_dates(text)
    assert text[date.start : date.end] == date.text == "2025年6月31日"
