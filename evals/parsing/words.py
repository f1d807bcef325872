"""When two places and two wordings mean the same: white space ignored, numbers by value, nouns by their head."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Span = tuple[int, int]

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_CHINESE = "[〇零一二两三四五六七八九十百千]{1,12}"
_NUMBER = re.compile(
    rf"百分之(?P<percent>{_CHINESE}|\d{{1,9}})|(?P<below>{_CHINESE}|\d{{1,9}})分之(?P<above>{_CHINESE}|\d{{1,9}})"
    rf"|(?P<number>\d[\d,]{{0,15}}(?:\.\d{{1,8}})?|{_CHINESE})(?P<times>[十百千]?万?亿?)"
    r"(?P<unit>元|%|‰|个百分点|倍|/\d{1,5})?"
)
_RANGE = re.compile(r"(?:元|%|‰)?[—–\-~至到]{1,2}")
_PRICED = {"元", "%", "‰", "个百分点", "倍", "/"}
_JOINTS = re.compile(r"[、，,;；和及或与并]")
_LOOSE = re.compile(r"[等的者时后]{1,3}$")


@dataclass(frozen=True, slots=True)
class Compact:
    """A text without white space; spans count its characters."""

    text: str
    _places: tuple[int, ...]

    def place(self, start: int, end: int) -> Span:
        """The span of code points of the whole text, counted here."""
        return bisect_left(self._places, start), bisect_left(self._places, end)

    def find_all(self, words: str, within: Span) -> tuple[Span, ...]:
        wanted, found, start = squeeze(words), [], within[0]
        while wanted and (start := self.text.find(wanted, start, within[1])) >= 0:
            found.append((start, start + len(wanted)))
            start += len(wanted)
        return tuple(found)


def compact(text: str) -> Compact:
    places = [n for n, c in enumerate(text) if not c.isspace()]
    return Compact("".join(text[n] for n in places), tuple(places))


def squeeze(words: str) -> str:
    return "".join(words.split())


def fold(words: str) -> str:
    """Letters and figures only, full-width ones as half-width ones."""
    return "".join(c for c in unicodedata.normalize("NFKC", words) if c.isalnum())


def overlap(one: Sequence[Span], other: Sequence[Span]) -> int:
    """Characters that the best pair of them shares."""
    return max((min(a[1], b[1]) - max(a[0], b[0]) for a in one for b in other), default=0)


def read_number(words: str) -> Fraction:
    """A figure, or a number in Chinese; a row of Chinese digits is a year."""
    if words[0].isdigit() and words[0] not in _DIGITS:
        return Fraction(words.replace(",", ""))
    if len(words) > 1 and all(c in _DIGITS for c in words):
        return Fraction("".join(str(_DIGITS[c]) for c in words))
    total, digit = 0, 0
    for c in words:
        if c in _DIGITS:
            digit = _DIGITS[c]
        else:
            total, digit = total + (digit or 1) * _TENS[c], 0
    return Fraction(total + digit)


def quantities(words: str) -> tuple[tuple[Fraction, str], ...]:
    """Numbers with their unit, "" where it is neither money nor a share; 20—50万元 are two sums."""
    text = squeeze(unicodedata.normalize("NFKC", words))
    matches, found = list(_NUMBER.finditer(text)), []
    for match, after in zip(matches, [*matches[1:], None], strict=False):
        if match["percent"]:
            found.append((read_number(match["percent"]), "%"))
        elif match["below"]:
            found.append((read_number(match["above"]) / (read_number(match["below"]) or 1), "/"))
        else:
            is_range = after and after["number"] and _RANGE.fullmatch(text, match.end("times"), after.start())
            times, unit = match["times"], match["unit"] or ""
            if after and is_range and not unit:
                times, unit = times or after["times"], after["unit"] or ""
            value = read_number(match["number"])
            for factor in times:
                value *= _TENS[factor]
            found.append((value / int(unit[1:] or 1), "/") if unit[:1] == "/" and int(unit[1:]) else (value, unit))
    return tuple(found)


def same_amount(ours: str, theirs: str) -> bool:
    """Money and shares where both print some, else numbers; what a sum is counted from (原50%) may be left out of `ours`."""
    a, b = quantities(ours), quantities(theirs)
    priced = [[q for q in quantity if q[1] in _PRICED] for quantity in (a, b)]
    if not all(priced):
        return {value for value, _ in a} == {value for value, _ in b}
    is_range = len(priced[1]) > 1 and re.search(r"\d\D{0,2}[—–~-]", unicodedata.normalize("NFKC", theirs))
    return set(priced[0]) == set(priced[1]) or bool(
        not is_range and set(priced[0]) < set(priced[1]) and priced[1][-1] in priced[0]
    )


def same_date(ours: str, theirs: str) -> bool:
    """The same figures, as a whole or as one end of a period; without figures one holds the other."""
    a, b = _read_dates(ours), _read_dates(theirs)
    if a or b:
        return bool(a & b)
    return holds(ours, theirs)


def _read_dates(words: str) -> set[tuple[Fraction, ...]]:
    parts = [words, *re.split(r"起?[至到—~]|起", words)] if not re.fullmatch(r"[\d-]+", words) else [words]
    figures = (tuple(value for value, _ in quantities(part.replace("-", " - "))) for part in parts)
    return {figure for figure in figures if figure}


def holds(ours: str, theirs: str) -> bool:
    a, b = fold(ours), fold(theirs)
    return bool(a and b) and (a in b or b in a)


def same_name(ours: str, theirs: str) -> bool:
    """One holds the other and they end alike."""
    return holds(ours, theirs) and fold(ours)[-2:] == fold(theirs)[-2:]


def same_head(ours: str, theirs: str) -> bool:
    """The last two characters of one of the joined nouns agree."""
    return bool(_heads(ours) & _heads(theirs))


def _heads(words: str) -> set[str]:
    parts = (_LOOSE.sub("", fold(part)) for part in _JOINTS.split(words))
    return {part[-2:] for part in parts if part}
