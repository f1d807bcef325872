"""Reads sums of money, percentages and their qualifiers out of Chinese and English text."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from corpus.language.numerals import read_number


class Bound(StrEnum):
    EXACT = "exact"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"


class Period(StrEnum):
    ONCE = "once"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class Amount:
    """金额: a sum in yuan or a percentage, with its place in the text it was read from."""

    text: str
    start: int
    end: int
    value: Decimal
    unit: str
    bound: Bound
    period: Period | None

    def equals(self, other: "Amount") -> bool:
        """The same value and unit, however written."""
        return self.value == other.value and self.unit == other.unit


_AT_MOST_BEFORE = "最高|不超过|至多|最多|上限|不高于|不得超过|up to|at most|maximum"
_AT_MOST_AFTER = "(?:（含）)?(?:以内|以下|封顶|为?上限)"
_AT_LEAST_BEFORE = "不低于|最低|至少|不少于|at least|minimum"
_AT_LEAST_AFTER = "(?:（含）)?(?:及?以上|起)"
# Arabic digits may carry 百 or 千, Chinese ones hold them; 几百万 and 数十万 are no figures.
_ARABIC = r"(?<!\d)(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)[百千]?"
_CHINESE = "(?<![几数])[零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]+"
_FIGURE = rf"(?:{_ARABIC}|{_CHINESE})(?:[万亿]+(?:{_ARABIC}|{_CHINESE}))*"
# 一万五 at the end of a clause is 15,000; 五万一次性 is not 51,000.
_LAST_DIGIT = r"[一二三四五六七八九](?=$|[，。；、？！,?!\s吗呢吧的])"
_COUNTED = (
    "余多万亿人个家户名亩吨次平条份台套辆件瓦千册字月小床箱头只株"
    "棵座处间所栋幢升度标场批例位群青斤级公英二三四五六七八九"
)
_FOREIGN = "美元|美金|港元|港币|欧元|日元|澳元|加元|卢布"
_MONEY = re.compile(
    rf"(?P<number>{_FIGURE}\s*[万亿]*)\s*(?:元(?!化|旦|宵)|块钱|(?<![一两这那])块(?!儿)|人民币)"
    rf"|(?![百千])(?P<bare>{_FIGURE}\s*[万亿]+(?:{_LAST_DIGIT})?)(?![{_COUNTED}]|年(?!度)|天(?!使)|{_FOREIGN})"
    r"|(?:(?:RMB|CNY|¥|yuan)\s*)?(?<![$€£\d.,])(?P<english>\d+(?:[.,]\d+)*)"
    r"\s*(?P<english_scale>million|billion|thousand)(?:\s*(?:RMB|CNY|yuan|renminbi))?"
    r"|(?:RMB|CNY|¥)\s*(?P<plain>\d+(?:,\d{3})*(?:\.\d+)?)(?!\s*(?:million|billion|thousand))"
    r"|(?<!\d)(?P<before_unit>\d+(?:,\d{3})*(?:\.\d+)?)\s*(?:RMB|CNY|yuan|renminbi)"
    r"|(?<!\d)(?P<percent>\d+(?:\.\d+)?)\s*[%％]|百分之(?P<chinese_percent>[零〇一二三四五六七八九十百]+)",
    re.IGNORECASE,
)
_ENGLISH_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_JOINED = frozenset("、和或及与—-－～~至到")
_REACH = 8
_YEARLY = re.compile(
    r"年度最高|年度奖|每年(?:度)?|年度补|按年(?!度)|一年|逐年|annual|yearly|per year|a year",
    re.IGNORECASE,
)
_ONCE = re.compile(r"一次性|one-?(?:off|time)", re.IGNORECASE)


def read_amounts(text: str) -> tuple[Amount, ...]:
    """All sums and percentages of the text in order; a clause's 一次性 or 年度 belongs to its sum."""
    found: list[Amount] = []
    for match in _MONEY.finditer(text):
        value, unit = _value(match)
        if value is None:
            continue
        bound, period = _qualify(text, match)
        if found and text[found[-1].end : match.start()] in _JOINED:
            # 一次性分别给予20万元、50万元: what is said before the first holds for all.
            bound = found[-1].bound if bound is Bound.EXACT else bound
            period = period or found[-1].period
        found.append(Amount(match.group(), match.start(), match.end(), value, unit, bound, period))
    return tuple(found)


def _qualify(text: str, match: re.Match[str]) -> tuple[Bound, Period | None]:
    clause_start = max(text.rfind(mark, 0, match.start()) for mark in "，。；、！？,;") + 1
    before = text[clause_start : match.start()]
    after = re.split("[，。；、！？,;]", text[match.end() : match.end() + 12], maxsplit=1)[0]
    return _bound(before, after), _period(before, after)


def _value(match: re.Match[str]) -> tuple[Decimal | None, str]:
    found = match.groupdict()
    if (figure := found["number"] or found["bare"]) is not None:
        return read_number(re.sub(r"\s", "", figure)), "元"
    if found["english"] is not None:
        return Decimal(found["english"].replace(",", "")) * _ENGLISH_SCALES[found["english_scale"].lower()], "元"
    if (plain := found["plain"] or found["before_unit"]) is not None:
        return Decimal(plain.replace(",", "")), "元"
    return read_number(found["percent"] or found["chinese_percent"]), "%"


def _bound(before: str, after: str) -> Bound:
    near = before[-_REACH * 2 :]
    if re.search(_AT_MOST_BEFORE, near, re.IGNORECASE) or re.match(_AT_MOST_AFTER, after):
        return Bound.AT_MOST
    if re.search(_AT_LEAST_BEFORE, near, re.IGNORECASE) or re.match(_AT_LEAST_AFTER, after):
        return Bound.AT_LEAST
    return Bound.EXACT


def _period(before: str, after: str) -> Period | None:
    if _ONCE.search(before) or _ONCE.search(after):
        return Period.ONCE
    return Period.YEARLY if _YEARLY.search(before) or re.match(r"[/每]年|/年", after) else None
