"""Reads and writes Chinese and Arabic numerals."""

import re
from decimal import Decimal, InvalidOperation

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3} | {
    c: i for c, i in zip("肆伍陆柒捌玖", range(4, 10), strict=True)
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SCALES = {"万": 10_000, "亿": 100_000_000}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")

NUMERAL = r"(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]+)"
"""A number without its scale (万, 亿), for use inside larger patterns."""


def read_number(text: str) -> Decimal | None:
    """The value of "500", "5,000,000", "1.5万", "五百万", "两千"; None when it is no number."""
    text = text.translate(_FULL_WIDTH).replace(",", "").strip()
    scale = Decimal(1)
    while text and text[-1] in _SCALES:
        scale *= _SCALES[text[-1]]
        text = text[:-1]
    if not text:
        return None
    if re.fullmatch(r"\d+(\.\d+)?[百千]?", text):
        factor = _UNITS.get(text[-1], 1)
        try:
            return Decimal(text.rstrip("百千")) * factor * scale
        except InvalidOperation:
            return None
    value = _read_chinese(text)
    return None if value is None else Decimal(value) * scale


def _read_chinese(text: str) -> int | None:
    if any(c not in _DIGITS and c not in _UNITS and c not in _SCALES for c in text):
        return None
    if not any(c in _UNITS or c in _SCALES for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            section += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            total = (total + section + digit) * _SCALES[c]
            section = digit = 0
    return total + section + digit


def write_chinese(number: int) -> str:
    """The numeral of 0–99 as headings print it: 10 → 十, 16 → 十六, 21 → 二十一."""
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
