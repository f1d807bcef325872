"""Finds printed dates that no calendar has: 2月30日, 13月1日."""

import re
from calendar import monthrange
from collections.abc import Iterator

from corpus.language.numerals import read_number
from corpus.notice import Phrase

_LEAP_YEAR = 2000
_CHINESE = "[一二三四五六七八九十]{1,3}"
_DATE = re.compile(
    r"(?:(?<!\d)(?P<year>(?:19|20|１９|２０)\d{2})\s?年\s?)?(?<!\d)(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?日)?"
    r"|(?<!\d)(?P<year2>(?:19|20)\d{2})(?P<mark>[-/.])(?P<month2>\d{1,2})(?P=mark)(?P<day2>\d{1,2})(?![\d./-])"
    rf"|(?:(?P<year3>[〇○零一二三四五六七八九]{{4}})年)(?P<month3>{_CHINESE})月(?:(?P<day3>{_CHINESE})日)?"
)


def find_impossible_dates(text: str) -> Iterator[Phrase]:
    """In reading order; a day without its year may fall into a leap year."""
    for match in _DATE.finditer(text):
        found = match.groupdict()
        year = _read(found["year"] or found["year2"] or found["year3"])
        month = _read(found["month"] or found["month2"] or found["month3"])
        day = _read(found["day"] or found["day2"] or found["day3"])
        # 24月 alone is a length of time.
        if month is not None and (year or day) and not _is_possible(year or _LEAP_YEAR, month, day or 1):
            yield Phrase(match.group(), *match.span())


def _read(numeral: str | None) -> int | None:
    number = read_number(numeral.replace("○", "〇")) if numeral else None
    return int(number) if number is not None else None


def _is_possible(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
