"""Reads printed dates and durations as calendar dates."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.language.numerals import read_number

_DIGIT = "0-9〇○零一二三四五六七八九十"
_DATE = re.compile(
    rf"(?P<year>[〇○零一二三四五六七八九0-9O]{{4}})年(?:(?P<month>[{_DIGIT}]{{1,3}})月(?:(?P<day>[{_DIGIT}]{{1,3}})[日号])?)?(?P<end>年?底|末)?"
)
_DURATION = re.compile(r"(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit>周?年|个月|个?工作日|日|天)")
_LAST_MONTH = 12
_EARLIEST, _LATEST = 1900, 2999


@dataclass(frozen=True, slots=True)
class Duration:
    """So many months, or so many days."""

    months: int
    days: int


def read_date(text: str, is_end: bool = False) -> date | None:
    """The first date; where month or day are not printed, the first day of the year or month, or its last one."""
    match = _DATE.search(text)
    year = _number(match["year"]) if match else None
    if match is None or year is None:
        return None
    is_end = is_end or match["end"] is not None
    month = _number(match["month"]) if match["month"] else (_LAST_MONTH if is_end else 1)
    if month is None or not 1 <= month <= _LAST_MONTH or not _EARLIEST <= year <= _LATEST:
        return None
    last = calendar.monthrange(year, month)[1]
    day = _number(match["day"]) if match["day"] else (last if is_end else 1)
    return date(year, month, day) if day is not None and 1 <= day <= last else None


def read_duration(text: str) -> Duration | None:
    """Of the first 5年, 二年, 6个月, 30日."""
    match = _DURATION.search(text)
    number = _number(match["number"]) if match else None
    if match is None or number is None:
        return None
    months = {"年": 12, "周年": 12, "个月": 1}.get(match["unit"], 0)
    return Duration(number * months, 0 if months else number)


def add_duration(begins: date, duration: Duration) -> date | None:
    """The day on which a duration is over; None beyond the calendar."""
    month = begins.month - 1 + duration.months
    year = begins.year + month // _LAST_MONTH
    if year > _LATEST:
        return None
    last = calendar.monthrange(year, month % _LAST_MONTH + 1)[1]
    return date(year, month % _LAST_MONTH + 1, min(begins.day, last)) + timedelta(days=duration.days)


def _number(text: str) -> int | None:
    value = read_number(text.replace("○", "〇").replace("O", "0"))
    return int(value) if value is not None else None
