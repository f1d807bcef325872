"""Reads sums of money, percentages and their qualifiers out of Chinese and English text."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

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
    """金额: a sum or a percentage, with its place in the text it was read from.

    `unit` is 元, % or, for foreign money, 港元, 美元 and so on. `per` is for what each sum is given, as printed (每人每月,
    亩 of 元/亩), None where nothing is printed.
    """

    text: str
    start: int
    end: int
    value: Decimal
    unit: str
    bound: Bound
    period: Period | None
    per: str | None = None

    def equals(self, other: "Amount") -> bool:
        """The same value and unit, however written."""
        return self.value == other.value and self.unit == other.unit


_AT_MOST = re.compile("最高|不超过|至多|最多|上限|不高于|不得超过|up to|at most|maximum", re.IGNORECASE)
_AT_MOST_END = re.compile("(?:（含）)?(?:以内|以下|封顶|为?上限|（上限）)")
_AT_LEAST = re.compile("不低于|最低|至少|不少于|at least|minimum", re.IGNORECASE)
_AT_LEAST_END = re.compile("(?:（含）)?(?:及?以上|起)")
# Every repetition is bounded and a Chinese figure begins where its characters begin, so that reading is linear.
_DIGITS = r"\d{1,3}(?:[,，]\d{3}){1,6}(?:\.\d{1,8})?|\d{1,18}(?:\.\d{1,8})?"
_NUMERALS = "零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟"
_UNITS = "十百千万亿"
# Arabic digits may carry 百 or 千, Chinese ones hold them; 几百万 and 数十万 are no figures.
_ARABIC = rf"(?<!\d)(?:{_DIGITS})[百千]?"
_CHINESE = rf"(?<![几数{_NUMERALS}])[{_NUMERALS}]{{1,16}}"
_SCALE = r"\s{0,4}[万亿]{1,3}"
_FIGURE = rf"(?:{_ARABIC}|{_CHINESE})(?:{_SCALE}(?:{_ARABIC}|{_CHINESE})){{0,3}}"
# 一万五 at the end of a clause is 15,000; 五万一次性 is not 51,000.
_LAST_DIGIT = r"[一二三四五六七八九](?=$|[，。；、？！,?!\s吗呢吧的])"
_COUNTED = (
    "余多万亿人个家户名亩吨次平条份台套辆件瓦千册字月小床箱头只株"
    "棵座处间所栋幢升度标场批例位群青斤级公英二三四五六七八九"
)
_FOREIGN = {
    **dict.fromkeys(("港元", "港币", "港纸"), "港元"),
    **dict.fromkeys(("美元", "美金"), "美元"),
    **{name: name for name in ("欧元", "日元", "英镑", "澳元", "加元", "澳门元", "新台币", "卢布", "瑞士法郎")},
}
_FOREIGN_NAMES = "|".join(_FOREIGN)
_MONEY = re.compile(
    rf"(?P<number>{_FIGURE}(?:{_SCALE})?)\s{{0,4}}(?:(?P<abroad>{_FOREIGN_NAMES})|元(?!化|旦|宵)|块钱"
    rf"|(?<![一两这那])块(?!儿)|人民币)"
    rf"|(?![百千])(?P<bare>{_FIGURE}{_SCALE}(?:{_LAST_DIGIT})?)(?![{_COUNTED}]|年(?!度)|天(?!使)|一[{_UNITS}]|{_FOREIGN_NAMES})"
    r"|(?:(?:RMB|CNY|¥|yuan)\s{0,4})?(?<![$€£\d.,])(?P<english>\d{1,18}(?:[.,]\d{1,18}){0,6})"
    r"\s{0,4}(?P<english_scale>million|billion|thousand)(?:\s{0,4}(?:RMB|CNY|yuan|renminbi))?"
    r"|(?:RMB|CNY|¥)\s{0,4}(?P<plain>\d{1,18}(?:,\d{3}){0,6}(?:\.\d{1,8})?)(?!\s{0,4}(?:million|billion|thousand))"
    r"|(?<!\d)(?P<before_unit>\d{1,18}(?:,\d{3}){0,6}(?:\.\d{1,8})?)\s{0,4}(?:RMB|CNY|yuan|renminbi)"
    r"|(?<![\d×÷*])(?P<percent>\d{1,18}(?:\.\d{1,8})?)\s{0,4}[%％]|百分之(?P<chinese_percent>[零〇一二三四五六七八九十百]{1,8})",
    re.IGNORECASE,
)
_FOREIGN_BEFORE = re.compile(rf"({_FOREIGN_NAMES})\s{{0,2}}$")
_ENGLISH_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_DASH = r"(?:[—\-－–~～]{1,2}|至|到)"
_JOINED = re.compile(rf"[、和或及与]|{_DASH}")
_REACH = 16
_CLAUSE = 80
_MARKS = "，。；、！？,;"
# What a sum is given for each of: 每人每月, 每招用1人, 元/亩, 元每平方米.
_EACH = (
    "人次|人|学年|学期|年|个月|月|季度?|日|天|周|次|户|家|平方米|立方米|个|亩|件|项|名|台|辆|位|套|所|场|吨|头|只|张|份|"
    "千瓦时|千瓦|公里|公顷|度|标箱|例|篇|床|期|批|条|株|班|课时|小时"
)
_PER_BEFORE = re.compile(rf"(?P<per>(?:每[^每，。；、元%]{{0,6}}?(?:{_EACH})){{1,3}})[^每，。；、元%]{{0,14}}$")
_PER_AFTER = re.compile(rf"\s{{0,4}}[/／]?(?P<per>每?(?<=[/／每])(?:{_EACH})(?:[/／·.每](?:{_EACH})){{0,2}})")
_LOWER_END = re.compile(
    rf"(?P<figure>(?:{_DIGITS})|[{_NUMERALS}]{{1,8}})\s{{0,2}}(?P<scale>[百千万亿]{{0,2}})\s{{0,2}}[元%]?\s{{0,2}}{_DASH}\s{{0,2}}$"
)
_LONGEST_LOWER_END = 20
_YEARLY = re.compile(
    r"年度最高|年度奖|每年(?:度)?|年度补|按年(?!度)|一年|逐年|annual|yearly|per year|a year",
    re.IGNORECASE,
)
_A_YEAR = re.compile(r"[/每]年|/年")
_ONCE = re.compile(r"一次性|one-?(?:off|time)", re.IGNORECASE)


@lru_cache(maxsize=512)
def read_amounts(text: str) -> tuple[Amount, ...]:
    """All sums and percentages of the text in order; a clause's 一次性 or 年度 belongs to its sum."""
    found: list[Amount] = []
    for match in _MONEY.finditer(text):
        value, unit = _value(match, text)
        if value is not None:
            said = _qualify(text, match.span(), found[-1] if found else None)
            found.append(Amount(match.group(), match.start(), match.end(), value, unit, *said))
    return tuple(found)


def read_lower_end(text: str, amount: Amount) -> Amount | None:
    """The 20万元 that the 20 of 20—50万元 stands for; `amount` is the upper end as read from the same text."""
    begin = max(0, amount.start - _LONGEST_LOWER_END)
    match = _LOWER_END.search(text, begin, amount.start)
    upper = re.search("[百千万亿]{1,2}", amount.text)
    scale = (match["scale"] or (upper.group() if upper and amount.unit != "%" else "")) if match else ""
    value = read_number(match["figure"] + scale) if match else None
    if match is None or value is None or value >= amount.value:
        return None
    end = match.end("scale") if match["scale"] else match.end("figure")
    return replace(amount, text=text[match.start() : end], start=match.start(), end=end, value=value)


def _qualify(text: str, span: tuple[int, int], last: Amount | None) -> tuple[Bound, Period | None, str | None]:
    """What its clause says of a sum; for its bound only what stands after the sum before it."""
    start, end = span
    window = text[max(start - _CLAUSE, 0) : start]
    before = window[max(window.rfind(mark) for mark in _MARKS) + 1 :]
    after = text[end : end + 12]
    for mark in _MARKS:
        after = after.partition(mark)[0]
    per = _PER_AFTER.match(text, end) or _PER_BEFORE.search(before, max(len(before) - 2 * _REACH, 0))
    near = before[-min(_REACH, start - (last.end if last else 0)) :] if not last or start > last.end else ""
    bound, period, each = _bound(near, after), _period(before, after), per["per"] if per else None
    if last is None or not _JOINED.fullmatch(text, last.end, start):
        return bound, period, each
    # 一次性分别给予20万元、50万元: what is said before the first holds for all.
    return last.bound if bound is Bound.EXACT else bound, period or last.period, each or last.per


def _value(match: re.Match[str], text: str) -> tuple[Decimal | None, str]:
    found = match.groupdict()
    if (figure := found["number"] or found["bare"]) is not None:
        return read_number(re.sub(r"\s", "", figure)), _currency(match, text)
    if found["english"] is not None:
        return Decimal(found["english"].replace(",", "")) * _ENGLISH_SCALES[found["english_scale"].lower()], "元"
    if (plain := found["plain"] or found["before_unit"]) is not None:
        return Decimal(plain.replace(",", "")), "元"
    return read_number(found["percent"] or found["chinese_percent"]), "%"


def _currency(match: re.Match[str], text: str) -> str:
    """港元 of 5万港元 and of 港币5万元."""
    if match["abroad"]:
        return _FOREIGN[match["abroad"]]
    before = _FOREIGN_BEFORE.search(text, max(match.start() - 6, 0), match.start())
    return _FOREIGN[before.group(1)] if before else "元"


def _bound(near: str, after: str) -> Bound:
    if _AT_MOST.search(near) or _AT_MOST_END.match(after):
        return Bound.AT_MOST
    if _AT_LEAST.search(near) or _AT_LEAST_END.match(after):
        return Bound.AT_LEAST
    return Bound.EXACT


def _period(before: str, after: str) -> Period | None:
    if _ONCE.search(before) or _ONCE.search(after):
        return Period.ONCE
    return Period.YEARLY if _YEARLY.search(before) or _A_YEAR.match(after) else None
