"""Reads and writes Chinese and Arabic numerals."""

import re
from collections.abc import Sequence
from decimal import Decimal

_DIGITS = (
    {c: i for i, c in enumerate("零一二三四五六七八九")}
    | {"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
    | {c: i for c, i in zip("肆伍陆柒捌玖", range(4, 10), strict=True)}
)
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SCALES = {"万": 10_000, "亿": 100_000_000}
_KNOWN = frozenset((*_DIGITS, *_UNITS, *_SCALES))
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")

NUMERAL = (
    r"(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    r"|[零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]+)"
)
"""A number without its scale (万, 亿), for use inside larger patterns."""

_DATED = re.compile(
    "(?P<year>[〇零○一二三四五六七八九]{4})年(?:(?P<month>十[一二]?|[一二三四五六七八九])月)?"
    "(?:(?P<day>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日)?"
)


def read_number(text: str) -> Decimal | None:
    """The value of "500", "5,000,000", "1.5万", "五百万", "一亿二千万", "一万五"; None when it is no number."""
    tokens = re.findall(r"\d+(?:\.\d+)?|.", text.translate(_FULL_WIDTH).replace(",", "").strip())
    if not tokens or not all(t[0].isdecimal() or t in _KNOWN for t in tokens):
        return None
    return _read_units(tokens) if any(t in _UNITS or t in _SCALES for t in tokens) else _read_digits(tokens)


def _read_digits(tokens: Sequence[str]) -> Decimal | None:
    """One Arabic number, or Chinese digits in a row as years print them: 二〇二五."""
    if tokens[0][0].isdecimal():
        return Decimal(tokens[0]) if len(tokens) == 1 else None
    return Decimal("".join(str(_DIGITS[t]) for t in tokens)) if all(t in _DIGITS for t in tokens) else None


def _read_units(tokens: Sequence[str]) -> Decimal | None:
    total = section = Decimal(0)
    digit: Decimal | None = None
    for token in tokens:
        if token in _UNITS:
            section += (Decimal(1) if digit is None else digit) * _UNITS[token]
            digit = None
        elif token in _SCALES:
            below = section + (digit or 0)
            if total + below == 0:
                return None
            # 亿 counts everything before it (三万亿), 万 only what follows the 亿 (一亿二千万).
            total = (total + below) * _SCALES[token] if token == "亿" or below == 0 else total + below * _SCALES[token]
            section, digit = Decimal(0), None
        elif digit:
            return None
        else:
            digit = Decimal(_DIGITS.get(token, 0)) if token in _DIGITS else Decimal(token)
    return total + section + _read_last(tokens, digit)


def _read_last(tokens: Sequence[str], digit: Decimal | None) -> Decimal:
    """A last digit counts tenths of the unit right before it: 一百二 is 120, 一万五 is 15,000."""
    if digit is None:
        return Decimal(0)
    before = tokens[-2]
    unit = _UNITS.get(before, 0) or _SCALES.get(before, 0)
    return digit * unit / 10 if unit >= 100 and digit < 10 else digit


def write_chinese(number: int) -> str:
    """The numeral of 0–99 as headings print it: 10 → 十, 16 → 十六, 21 → 二十一."""
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


def in_digits(text: str) -> str:
    """二〇二五年九月七日 as 2025年9月7日: the dates whose year is printed in Chinese digits."""
    return _DATED.sub(_date_in_digits, text)


def _date_in_digits(date: re.Match[str]) -> str:
    parts = (("year", "年"), ("month", "月"), ("day", "日"))
    return "".join(f"{read_number(date[name].replace('○', '〇'))}{unit}" for name, unit in parts if date[name])
