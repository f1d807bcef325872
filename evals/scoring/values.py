"""Reads sums, shares, dates and counts out of a text, and tells whether it holds an expected wording or value."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from corpus.language.numerals import read_number

_CHINESE = "零〇一二两三四五六七八九十百千"
_FIGURE = rf"(?:\d{{1,3}}(?:[,，]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|[{_CHINESE}]+)"
_SCALE = "[百千]?[万亿]{0,2}"
_SUM = re.compile(
    rf"(?:(?P<low>{_FIGURE})(?P<low_scale>{_SCALE})元?\s*[—–~～至到-]+\s*)?"
    rf"(?P<figure>{_FIGURE})\s*(?P<scale>{_SCALE})\s*(?:元(?![化旦宵])|块钱|(?<=\d)块(?!儿)|人民币)"
    rf"|(?P<bare>{_FIGURE})\s*(?P<bare_scale>[百千]?[万亿]+)(?![人个家户名亩吨次平条份台套件字余多{_CHINESE}]|年(?!度)|分之)"
    r"|(?:RMB|CNY|¥|yuan)?\s*(?P<english>\d+(?:[.,]\d+)*)\s*(?P<english_scale>million|billion|thousand)"
    r"|(?:RMB|CNY|¥)\s*(?P<plain>\d+(?:,\d{3})*)(?!\s*(?:million|billion|thousand))|(?P<yuan>\d+(?:,\d{3})*)\s*yuan",
    re.IGNORECASE,
)
_SHARE = re.compile(rf"(?P<figure>\d+(?:\.\d+)?)\s*(?:%|％|per ?cent)|百分之(?P<chinese>{_FIGURE})", re.IGNORECASE)
_DATE = re.compile(
    rf"(?<!\d)(?P<year>\d{{4}}|[{_CHINESE}]{{4}})年(?:度|末|底|前|以?后|起)?"
    r"(?:\s*(?P<month>\d{1,2})月(?:\s*(?P<day>\d{1,2})日)?)?"
    r"|(?<!\d)(?P<alone_month>\d{1,2})月(?P<alone_day>\d{1,2})日"
)
# A notice is read for every sentence that is held against it.
_KEPT = 4096
_ENGLISH_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_COUNTERS = "条|项|个|家|部分|章|类|名|所|种|位|笔|步|批|次(?!性)|年(?![度底末])|个?月|日|天|个?工作日|周|小时"
_COUNT = re.compile(rf"(?<![第\d.,（({_CHINESE}万亿]){_FIGURE[:-1]})\s*(?:大)?(?P<unit>{_COUNTERS})")
_NUMBER_OF_CLAUSE = re.compile(
    rf"第[（(]?(?P<number>{_FIGURE})[)）]?(?=[条项款]|$|[，。、“])|measure\s+(?P<english>\d+)", re.I
)


@dataclass(frozen=True, slots=True)
class Value:
    """`value` is in yuan, per cent or pieces; a date is written as 2025, 2025-06, 2025-06-30 or 06-30."""

    kind: str
    value: Decimal | str
    unit: str
    text: str
    start: int
    end: int

    def equals(self, other: "Value") -> bool:
        return (self.kind, self.value, self.unit) == (other.kind, other.value, other.unit)


@lru_cache(_KEPT)
def find_sums(text: str) -> tuple[Value, ...]:
    """Sums of money; both ends of a range."""
    return tuple(v for match in _SUM.finditer(text) for v in _read_sum(match))


def _read_sum(match: re.Match[str]) -> Iterator[Value]:
    found = match.groupdict()
    pairs = [(found["figure"], found["scale"]), (found["bare"], found["bare_scale"])]
    if found["low"]:
        pairs.append((found["low"], found["low_scale"] or found["scale"]))
    amounts = [read_number(f"{figure.replace('，', ',')}{scale or ''}") for figure, scale in pairs if figure]
    if found["english"]:
        factor = _ENGLISH_SCALES[found["english_scale"].casefold()]
        amounts.append(_to_decimal(found["english"].replace(",", ""), factor))
    amounts += [_to_decimal(found[name].replace(",", "")) for name in ("plain", "yuan") if found[name]]
    yield from (Value("sum", a.normalize(), "元", match[0].strip(), *match.span()) for a in amounts if a)


def _to_decimal(figure: str, factor: int = 1) -> Decimal | None:
    try:
        return Decimal(figure) * factor
    except InvalidOperation:
        return None


@lru_cache(_KEPT)
def find_shares(text: str) -> tuple[Value, ...]:
    values = ((m, read_number(m["figure"] or m["chinese"])) for m in _SHARE.finditer(text))
    return tuple(Value("share", v.normalize(), "%", m[0], *m.span()) for m, v in values if v is not None)


@lru_cache(_KEPT)
def find_dates(text: str) -> tuple[Value, ...]:
    return tuple(Value("date", _write_date(m), "", m[0], *m.span()) for m in _DATE.finditer(text))


def _write_date(match: re.Match[str]) -> str:
    if match["alone_month"]:
        return f"{int(match['alone_month']):02}-{int(match['alone_day']):02}"
    year = str(read_number(match["year"]) or match["year"])
    rest = (f"{int(part):02}" for part in (match["month"], match["day"]) if part)
    return "-".join((year, *rest))


@lru_cache(_KEPT)
def find_counts(text: str) -> tuple[Value, ...]:
    """Numbers with a counter, 16条 or 五年; numbers of clauses (第16条) are none."""
    found = []
    for match in _COUNT.finditer(text):
        number = read_number(match[0][: match.start("unit") - match.start()].strip().removesuffix("大"))
        if number is not None:
            found.append(Value("count", number.normalize(), match["unit"], match[0], *match.span()))
    return tuple(found)


@lru_cache(_KEPT)
def find_clause_numbers(text: str) -> tuple[Value, ...]:
    """Clauses that are named by number, 第（九）条 or measure 9."""
    found = ((m, read_number(m["number"] or m["english"])) for m in _NUMBER_OF_CLAUSE.finditer(text))
    return tuple(Value("clause", n, "条", m[0], *m.span()) for m, n in found if n is not None)


_CHINESE_DIGITS = "零〇一二两三四五六七八九十"
_CHINESE_NUMERALS = _CHINESE_DIGITS + "百千万亿"
_SPACE_BESIDE_CHINESE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


def holds_wording(text: str, wording: str) -> bool:
    """True where the wording stands in the text and is not the tail of a longer number, or where its value does."""
    folded, wanted = fold(text), fold(wording)
    if any(_is_whole(folded, match.start(), match.end()) for match in re.finditer(re.escape(wanted), folded)):
        return True
    value = _as_value(wording)
    return value is not None and any(value.equals(other) for other in read_values(text))


@lru_cache(4096)
def fold(text: str) -> str:
    """Half-width letters and digits in lower case, straight quotation marks, no spaces beside Chinese."""
    narrow = unicodedata.normalize("NFKC", text).casefold()
    plain = narrow.translate(str.maketrans("“”‘’「」", '""\'\'""'))
    return _SPACE_BESIDE_CHINESE.sub("", plain).strip()


@lru_cache(4096)
def read_values(text: str) -> tuple[Value, ...]:
    """Sums, shares and dates."""
    return (*find_sums(text), *find_shares(text), *find_dates(text))


def _is_whole(text: str, start: int, end: int) -> bool:
    """False for 7条 in 17条 and in 第7条, for 四条 in 十四条, for 2 million in 1.2 million, for 16 in 160."""
    before, first = text[max(0, start - 2) : start], text[start]
    if first in _CHINESE_DIGITS:
        return not before or before[-1] not in _CHINESE_NUMERALS + "第"
    if first.isdigit() and re.search(r"\d[.,]?$|第$", before):
        return False
    # No figure begins with 0: such digits are the start of a telephone number, and more may follow.
    return first == "0" or not re.match(r"\d\d", text[end - 1 : end + 1])


def _as_value(wording: str) -> Value | None:
    """The sum, share or date that the wording is, as a whole; None for anything else."""
    values = read_values(wording)
    return values[0] if len(values) == 1 and values[0].text.strip() == wording.strip() else None
