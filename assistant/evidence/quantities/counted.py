"""Sums, shares and other numbers of a claim against those that a sentence prints."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from assistant.evidence.difference import Aspect, Claim, Difference
from corpus.language.amounts import Bound, read_amounts
from corpus.language.numerals import NUMERAL, read_number
from corpus.notice import Item

COUNTED = re.compile(
    rf"(?<!第)(?P<n>{NUMERAL})\s*(?P<unit>个?工作日|个月|个|家|项|场|名|批|座|条|件|人|次|回|级|岁|年|天|日|倍|小时)(?P<after>以上|以下|以内|左右)?"
)
FIRM = re.compile(
    r"固定|定额|白送|白给|白拿|一律|统一给|保底|肯定|必定|必然|直接给|guaranteed|fixed|flat|exactly|always|都(?:能|会|可以)?(?:给|拿|奖|补|有|领)|就(?:能|会|可以)?(?:给|拿|奖|补|领)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"(?P<of>{NUMERAL})分之(?P<part>{NUMERAL})|(?P<percent>\d+(?:\.\d+)?)\s*[%％]|(?<![\d一二三四五六七八九十])(?P<tenths>[一二三四五六七八九\d])成(?!功|果|立|本|为|员|长|熟|都|绩|效|型|人)|(?:一|减|折)(?P<half>半)"
)
FORMER = re.compile(
    "由[^，。；]{2,40}?(?=(?:放宽|扩展|扩大|提高|调整|延长|降低|缩短|增加|减少|下调|上调|变更|改)(?:至|到|为))"
)
EXCEPTED = re.compile(
    "（[^（）]*(?:除外|不含|不包括)[^（）]*）|(?:不含|不包括|(?<![扣免解排清废消开拆删去切破剔])除)[^，。；]{1,20}(?:以外|之外|外)?(?=[，。；]|$)"
)
NOT_SO = re.compile(f"{FORMER.pattern}|{EXCEPTED.pattern}")
_BOUND = re.compile("(?:不超过|不少于|不低于|不得超过|最高|最多|至少|以上|低于|高于|超过)[^，。；]{0,3}$")
_NUMBERS = frozenset({"share", "quantity", "period", "deadline"})
_RANGE = re.compile(
    rf"(?P<first>{NUMERAL})(?:周?岁|个?月|年)?(?:—|－|-|–|~|～|至|到){{1,2}}(?P<last>{NUMERAL})(?P<unit>岁|个月|年|人|家|个|天|日|级)"
)
_OWN_SUM = re.compile(
    "(?:自付|自费|自掏|花|投入?|交|缴|掏|支出|收入|营收|营业额|产值|工资|薪|贷|欠|买|付|赚|挣|租金|费用?|成本)(?:[了过着]|额|是|有|要)?(?:大概|大约|约|差不多)?$"
)
"""Before a sum that somebody spent or earned, which claims nothing of what is given."""

_WIDE = frozenset({"以上", "以下", "以内"})
_MORE_THAN_ONE = re.compile(r"(?:好几|许多|很多|不止一)(?P<unit>个|家|项|条|所|座|处|名|次)")
_AT_MOST = re.compile("(?:最多|顶多|至多|不超过|只有?|仅|限|上限)[^，。]{0,6}$")
_AT_LEAST = re.compile("(?:最少|至少|起码|不少于|不低于|超过)[^，。]{0,6}$")
_BRACKET = re.compile("（[^（）]{4,40}）")
_MORE_THAN = re.compile(rf"(?:超过|多于|大于|高于)(?P<n>{NUMERAL})(?=[人家名户])")
_HEADS = re.compile(rf"(?P<n>{NUMERAL})[来多余几]?[个号名]?(?=人|户|家|员工)")
_OF_GRADE = re.compile("[一二三四五]级(?=[\u4e00-\u9fff])(?!以|左右|大?地?震|强震|吗|吧|呢|的?[，。])")
"""三级医院 is of a grade, and counts nothing."""

_BECOMES = re.compile("[成为到至]$")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
YEAR = re.compile(r"\d{4}年|\d{1,2}月\d{1,2}[日号]|\d{1,2}月(?!\d)")


def differing_numbers(claim: Claim, item: Item) -> Iterator[Difference]:
    """Every number of the claim that the item prints otherwise, or not at all."""
    yield from _sums(claim, item)
    yield from _numbers(claim, item)
    yield from _several(claim, item)
    yield from _shares(claim, item)
    yield from _figures(claim, item)
    yield from _of_tier(claim, item)


def _of_tier(claim: Claim, item: Item) -> Iterator[Difference]:
    """15 % of a firm of fifty, where a bracket gives it to those of more than a hundred only."""
    told = claim.whole or claim.text
    numbers = [n for m in _HEADS.finditer(told) if (n := read_number(m["n"])) is not None]
    for bracket in _BRACKET.findall(item.text):
        least = next((read_number(m["n"]) for m in _MORE_THAN.finditer(bracket)), None)
        own = [f for f in _FIGURE.findall(bracket) if f in _FIGURE.findall(told)]
        outside = item.text.replace(bracket, " ")
        if least is not None and any(f not in outside for f in own) and not any(n > least for n in numbers):
            yield Difference(Aspect.SCOPE, claim.text, bracket)


def prints_number(item: Item) -> bool:
    """Any share, number, period or sum."""
    return bool(item.amounts or _SHARE.search(item.text) or any(v.kind in _NUMBERS for v in item.values))


def prints_number_of(unit: str, text: str) -> bool:
    """Of 项 also where it stands as 191个水环境保护项目."""
    counted = rf"{NUMERAL}\s*[余多]?个?{re.escape(unit)}"
    projects = rf"|{NUMERAL}\s*[余多]?个[\u4e00-\u9fff]{{0,10}}项目" if unit == "项" else ""
    return re.search(counted + projects, text) is not None


def _sums(claim: Claim, item: Item) -> Iterator[Difference]:
    printed = [*item.amounts, *(s.amount for s in item.supports if s.amount)]
    strange = [a for a in claim.amounts if not any(p.equals(a) for p in printed)]
    for amount in strange:
        same_unit = [p for p in printed if p.unit == amount.unit]
        at = claim.text.find(amount.text)
        if at >= 0 and _OWN_SUM.search(claim.text[:at]):
            yield Difference(Aspect.WORDS, amount.text)
            continue
        if len(strange) < len(claim.amounts):
            # 投入一千万能拿五百万吗: who names the printed sum tells another of themselves.
            yield Difference(Aspect.WORDS, amount.text)
            continue
        aspect = Aspect.SHARE if amount.unit == "%" else Aspect.SUM
        yield Difference(aspect, amount.text, "、".join(dict.fromkeys(p.text for p in same_unit)))
    bounds = {s.amount.bound for s in item.supports if s.amount and any(s.amount.equals(a) for a in claim.amounts)}
    firm = FIRM.search(claim.text)
    if firm and bounds == {Bound.AT_MOST}:
        yield Difference(Aspect.BOUND, firm.group(), "最高")


def _numbers(claim: Claim, item: Item) -> Iterator[Difference]:
    counted = counted_in(NOT_SO.sub(" ", item.text))
    former = {(read_number(m["n"]), m["unit"]) for f in FORMER.findall(item.text) for m in counted_in(f)}
    sums = [(a.start, a.end) for a in read_amounts(claim.text)]
    for match in counted_in(claim.text):
        value = read_number(match["n"])
        if any(a <= match.start() < b for a, b in sums) or (value == 1 and match["unit"] not in {"年", "倍", "岁"}):
            continue
        if match["unit"] == "级" and _OF_GRADE.match(claim.text, match.start()):
            continue
        if match["unit"] == "级" and _BECOMES.search(claim.text[: match.start()]):
            # 降成二级 is what is done to a 三级医院.
            yield Difference(Aspect.WORDS, match.group())
            continue
        rivals = [m for m in counted if m["unit"] == match["unit"]]
        if value is not None and (within := within_range(value, match["unit"], item.text)) is not None:
            yield from (
                () if within else (Difference(Aspect.NUMBER, match.group(), _range_of(match["unit"], item.text)),)
            )
            continue
        if same := next((m for m in rivals if read_number(m["n"]) == value), None):
            if _bounds(claim.text[: match.start()], match["after"]) * _bounds("", same["after"]) < 0:
                bound = _AT_MOST.search(claim.text[: match.start()]) or _AT_LEAST.search(claim.text[: match.start()])
                said = claim.text[bound.start() if bound else match.start() : match.end()]
                yield Difference(Aspect.BOUND, said, same.group())
            continue
        # 五年以内 holds four.
        exact = not any(m["after"] in _WIDE or _BOUND.search(m.string[: m.start()]) for m in rivals)
        exact = exact or (value, match["unit"]) in former
        printed = "、".join(dict.fromkeys(m.group() for m in rivals)) if exact else ""
        yield Difference(Aspect.NUMBER if printed else Aspect.WORDS, match.group(), printed)


def _range_of(unit: str, text: str) -> str:
    """16—24岁; "" where the text prints no range of this unit, or several."""
    found = [m.group() for m in _RANGE.finditer(text) if m["unit"] == unit]
    return found[0] if len(found) == 1 else ""


def within_range(value: Decimal, unit: str, text: str) -> bool | None:
    """Whether 18 lies in 16—24岁; None where no one range of the unit is printed."""
    found = _RANGE.search(_range_of(unit, text))
    first, last = (read_number(found["first"]), read_number(found["last"])) if found else (None, None)
    return first <= value <= last if first is not None and last is not None else None


def _several(claim: Claim, item: Item) -> Iterator[Difference]:
    """好几个, where one is printed."""
    for match in _MORE_THAN_ONE.finditer(claim.text):
        rivals = [m for m in counted_in(item.text) if m["unit"] == match["unit"]]
        if rivals and all(read_number(m["n"]) == 1 for m in rivals):
            yield Difference(Aspect.NUMBER, match.group(), rivals[0].group())


def counted_in(text: str) -> list[re.Match[str]]:
    """7月5日 counts no days."""
    days = [m.span() for m in YEAR.finditer(text)]
    return [m for m in COUNTED.finditer(text) if not any(a <= m.start() < b for a, b in days)]


def _bounds(before: str, after: str | None) -> int:
    """-1 for at most, 1 for at least, 0 for neither."""
    if _AT_MOST.search(before) or after in {"以下", "以内"}:
        return -1
    return 1 if _AT_LEAST.search(before) or after == "以上" else 0


def _shares(claim: Claim, item: Item) -> Iterator[Difference]:
    """三分之一 and 九成 by their value."""
    printed = {_value_of(m): m.group() for m in _SHARE.finditer(item.text)}
    for match in _SHARE.finditer(claim.text):
        if _value_of(match) not in printed and not match["percent"]:
            yield Difference(Aspect.SHARE, match.group(), "、".join(printed.values()))


def _value_of(share: re.Match[str]) -> Fraction:
    if share["half"]:
        return Fraction(1, 2)
    if share["tenths"]:
        return Fraction(int(read_number(share["tenths"]) or 0), 10)
    if share["percent"]:
        return Fraction(share["percent"]) / 100
    of, part = read_number(share["of"]), read_number(share["part"])
    return Fraction(int(part or 0), int(of or 1) or 1)


def _figures(claim: Claim, item: Item) -> Iterator[Difference]:
    """扣2000 without a unit: digits that the item does not print."""
    text = item.text.replace(",", "").replace("，", "，")
    spans = [(a.start, a.end) for a in read_amounts(claim.text)]
    spans += [m.span() for m in (*_SHARE.finditer(claim.text), *COUNTED.finditer(claim.text))] + [
        m.span() for m in YEAR.finditer(claim.text)
    ]
    for match in _FIGURE.finditer(claim.text):
        if not any(a <= match.start() < b for a, b in spans) and match.group() not in text:
            sums = "、".join(dict.fromkeys(a.text for a in item.amounts)) if claim.value == "sum" else ""
            yield Difference(Aspect.NUMBER if sums else Aspect.WORDS, match.group(), sums)
