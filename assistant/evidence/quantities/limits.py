"""Numbers that somebody tells of their case, held against the limits that a sentence prints: 六年半 against 五年以内."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.evidence.attributes import is_denied
from corpus.language.numerals import NUMERAL, read_number

_UNIT = r"周岁|岁|个?工作日|个月|个(?!人|月|工作日|百分点|小时|学期|季度|部分|方面|年)|月|年|天|日|小时|分钟|人|名|家|户|亩|毫米|厘米|公里|平方米|米|吨|公斤|张|台|辆|次|级|倍|成|[%％]|[万亿](?![元块美港]|以?[上下内]的?罚)"
_MEASURED = re.compile(
    rf"(?<![第\d])(?P<n>{NUMERAL}|[零〇一二两三四五六七八九十]+点[零〇一二两三四五六七八九十]+)\s*[多余来]?(?:[个号](?=人))?(?P<unit>{_UNIT})(?P<half>半)?(?P<after>[及或含]?(?:以上|以下|以内|之内))?"
)
_AT_LEAST = re.compile("(?:不低于|不少于|不小于|不短于|高于|大于|超过|至少|达到?|年?满)[^，。；\\d]{0,3}$")
_AT_MOST = re.compile(
    "(?:不超过|不得超过|不高于|不多于|不大于|低于|少于|小于|不足|不满|不到|不够|未满|将近|差不多|最多|至多)[^，。；\\d]{0,3}$"
)
_ABOVE, _BELOW = frozenset({"以上"}), frozenset({"以下", "以内", "之内"})
_STRICT = re.compile("(?<![不得])(?:低于|少于|小于|不足|不满|不到|不够|未满|高于|大于|超过)[^，。；\\d]{0,3}$")
_FORBIDDEN = re.compile("禁止|不得|严禁|不准|不许|不予")
_STRETCH = re.compile("[，；、。？！?!,;（）()]")
_IN_BRACKETS = re.compile("（[^（）]*）")
"""Another tier, or a remark."""

_TIER = re.compile(
    r"人数?(?:的)?(?P<share>\d+(?:\.\d+)?[%％])(?:[（(](?:超过|大于|多于)(?P<above>\d+)人的[^（）()]{0,8}?(?P<then>\d+(?:\.\d+)?[%％])[）)])?"
)
_TWO = 2
_MOSTLY = re.compile("一般|原则上|左右|约")
_BARE_AGE = re.compile(r"(?<=今年)\d{1,2}(?![\d年月万元个家人%％岁周])")
_SCALES = frozenset({"万", "亿"})
_BARE_RULE = 30
"""A sentence so short says nothing but the limit."""

_OF_ONE_KIND = frozenset({"岁", "毫米", "厘米", "公里"})
"""Units in which only one thing of a case is measured."""

_SAME = {"周岁": "岁", "名": "人", "％": "%", "天": "日", "月": "个月"}
_MONTHS = {"年": ("个月", 12)}
_DATE_BEHIND = re.compile(r"^(?:\d|[一二三四五六七八九十]{1,2}月)")
_A_YEAR = 1900


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its unit as it stands in a stretch of text; `bound` is 1 for at least, -1 for at most, 0 for neither."""

    text: str
    value: Decimal
    unit: str
    stretch: str
    bound: int = 0
    is_strict: bool = False
    is_forbidden: bool = False

    def holds(self, told: "Measured") -> bool:
        """Whether what is told lies within this limit."""
        if told.value == self.value:
            return not self.is_strict
        return (told.value > self.value) is (self.bound > 0)


@dataclass(frozen=True, slots=True)
class Crossing:
    """What is told, and the limit of the sentence that decides it against who asks."""

    told: str
    limit: str
    is_of_age: bool = False


def find_crossing(message: str, sentence: str, words: Collection[str]) -> Crossing | None:
    """The number told that lies outside a limit of the sentence, or inside one that it forbids; None where no number is
    surely of the same thing: the only one of its unit on both sides, or beside the same one of `words`."""
    held = _held_against(message, sentence, words)
    crossed = (
        Crossing(_as_told(t.text, message), x.text, t.unit == "岁") for t, x in held if x.holds(t) is x.is_forbidden
    )
    return next(crossed, None) or _too_few(message, sentence)


def _as_told(text: str, message: str) -> str:
    """58 for 今年58, and 半年 for six months."""
    if text in message:
        return text
    return "半年" if text == "6个月" else text.removesuffix("岁")


def share_due(sentence: str, whole: Decimal) -> str:
    """人数25%（超过100人的企业达到15%）: the share that is asked of so many, "" where the sentence asks for none or several."""
    tiers = list(_TIER.finditer(sentence))
    if len(tiers) != 1:
        return ""
    above, value = tiers[0]["above"], read_number(tiers[0]["above"] or "")
    return tiers[0]["then"] if above and value is not None and whole > value else tiers[0]["share"]


def counted_people(message: str) -> list[Measured]:
    """How many people are told, the most first; 120号人, and 其中24个 beside those who are called people."""
    told = [m for m in _measured_in(message) if m.unit in {"人", "个"} and not m.bound]
    is_of_people = any(m.unit == "人" for m in told) or "职工" in message or "员工" in message
    return sorted(told, key=lambda m: -m.value) if is_of_people else []


def _too_few(message: str, sentence: str) -> Crossing | None:
    """30 of 260 people, where a share of 15% is asked for."""
    people = counted_people(message)
    if len(people) != _TWO or not people[0].value:
        return None
    share = share_due(sentence, people[0].value)
    reached = people[1].value / people[0].value * 100
    if not share or reached >= Decimal(share.rstrip("%％")):
        return None
    return Crossing(people[1].text, share)


def fits(message: str, sentence: str, words: Collection[str]) -> int:
    """-1 where what is told lies outside a limit of the sentence, 1 where it lies within one, 0 where neither is sure."""
    held = [x.holds(t) is not x.is_forbidden for t, x in _held_against(message, sentence, words)]
    return 0 if not held else 1 if all(held) else -1


def tells_number(message: str) -> bool:
    """Whether there is anything to be held against limits."""
    return any(not m.bound for m in _measured_in(message))


def _held_against(message: str, sentence: str, words: Collection[str]) -> Iterator[tuple[Measured, Measured]]:
    """Each limit of the sentence with the one number told that is surely of the same thing."""
    told = [m for m in _measured_in(message) if not m.bound]
    limits = [m for m in _measured_in(_IN_BRACKETS.sub(" ", sentence)) if m.bound and not _MOSTLY.search(m.stretch)]
    for limit in limits:
        same = [m for m in told if m.unit == limit.unit]
        rivals = {(m.value, m.bound) for m in limits if m.unit == limit.unit}
        is_plain = len(same) == 1 and (
            limit.unit in _OF_ONE_KIND or (len(sentence) <= _BARE_RULE and limit.unit not in _SCALES)
        )
        own = same if is_plain else [m for m in same if any(w in m.stretch and w in limit.stretch for w in words)]
        if len(own) == 1 and len(rivals) == 1:
            yield own[0], limit


def _measured_in(text: str) -> Iterator[Measured]:
    text = _BARE_AGE.sub(r"\g<0>岁", text).replace("半年", "6个月")
    for stretch in _STRETCH.split(text):
        for match in _MEASURED.finditer(stretch):
            value = _value_of(match)
            behind = stretch[match.end() :]
            is_date = (match["unit"] in {"年", "月", "日"} and (value or 0) > _A_YEAR) or _DATE_BEHIND.match(behind)
            if value is None or is_date:
                continue
            yield _read(match, stretch, value)


def _read(match: re.Match[str], stretch: str, value: Decimal) -> Measured:
    before, after = stretch[: match.start()], (match["after"] or "").lstrip("及或含")
    least, most = _AT_LEAST.search(before), _AT_MOST.search(before)
    bound = 1 if after in _ABOVE or (least and not most) else -1 if after in _BELOW or most else 0
    strict = _STRICT.search(before) is not None
    leading = most or least
    start = leading.start() if leading and not after else match.start()
    text = stretch[start : match.end()]
    unit = _SAME.get(match["unit"], match["unit"].removeprefix("个") if match["unit"] == "个工作日" else match["unit"])
    if unit in _MONTHS:
        unit, factor = _MONTHS[unit]
        value *= factor
    forbidden = bool(_FORBIDDEN.search(before)) and is_denied(stretch)
    return Measured(text, value, unit, stretch, bound, strict, forbidden)


def _value_of(match: re.Match[str]) -> Decimal | None:
    whole, _, part = match["n"].partition("点")
    value = read_number(whole)
    if value is None:
        return None
    if part:
        digits = "".join(str(read_number(d)) for d in part)
        value += Decimal(f"0.{digits}") if digits.isdigit() else 0
    return value + (Decimal("0.5") if match["half"] else 0)
