"""Checks that each figure of a part stands in one cited clause with its bound, its period and what it is for."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.composing.draft import DraftPart, Source
from assistant.composing.wording import trim
from corpus.language.amounts import Amount, Period, read_amounts
from corpus.language.numerals import NUMERAL, read_number
from corpus.lexicon import Lexicon, NameKind

_PERIODS = {
    Period.ONCE: re.compile(r"一次性|one-?(?:off|time)", re.IGNORECASE),
    Period.YEARLY: re.compile(
        r"年度(?:最高|奖|补)|按年度计|每年|年年|一年|逐年|按年(?!度)|per year|yearly|annual|every year|a year",
        re.IGNORECASE,
    ),
}
_ENDS_OF_SEGMENT = re.compile(r"[。；;\n]")
_LEAST_NAME = 3
_REASON = re.compile(
    r"(?P<result>[^，：（）()是 ]+?)\s?[（(](?P<one>[^－×＋（）()]+)(?P<sign>[－×＋])(?P<other>[^－×＋（）()]+)[）)](?:：|: )(?P<clause>.+?)(?:。这是|\. The notice itself)"
)
_NUMERAL = re.compile(NUMERAL)
_A_YEAR = Decimal(12)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A clause that may carry a figure, with what is said around it, and the figures whose unit heads their column."""

    text: str
    around: str
    bare: tuple[Amount, ...] = ()

    def prints(self, name: str) -> bool:
        return name.casefold() in self.text.casefold() or name.casefold() in self.around.casefold()


@dataclass(frozen=True, slots=True)
class _Claim:
    """A figure as a part states it: of what, once or yearly."""

    amount: Amount
    names: tuple[str, ...]
    periods: frozenset[Period]

    def holds_in(self, passage: _Passage) -> bool:
        """The same figure as firmly bound, of something named there, neither with another period nor without its own."""
        said = periods_of(passage.text)
        for printed in (*read_amounts(passage.text), *passage.bare):
            allowed = said | ({printed.period} if printed.period else set())
            keeps_period = not self.names or printed.period is None or printed.period in self.periods
            if self.amount.equals(printed) and self.amount.bound is printed.bound and keeps_period:
                return self.periods <= allowed and all(passage.prints(n) for n in self.names)
        return False


def check_figures(text: str, sources: Iterable[Source], lexicon: Lexicon) -> str | None:
    """Every figure stands in one cited clause together with what the part says it is for."""
    passages = [p for s in sources for p in _passages(s)]
    for segment in _ENDS_OF_SEGMENT.split(text):
        if any(trim(segment) == trim(p.text) for p in passages):
            # Of 一次性分别给予10万元、50万元 each figure keeps what stands before the first.
            continue
        for claim in _claims(segment, lexicon):
            if not any(claim.holds_in(p) for p in passages):
                return f"{claim.amount.text} 不在所引条款中，或不属于所说的对象"
    return None


def _passages(source: Source) -> Iterator[_Passage]:
    """The clause of a source, or each clause of its sentence; clauses that give nothing are said around it, and what a
    support takes from above it."""
    place = source.place
    titles = (
        place.notice.title,
        place.chapter.title if place.chapter else "",
        place.measure.title if place.measure else "",
    )
    items = place.provision.items if place.provision else ()
    around = "\n".join((*titles, *(i.text for i in items if not i.amounts and not i.supports)))
    for item in (source.item,) if source.item is not None else items:
        taken = (p.text for s in item.supports for p in (s.who, s.act, s.condition) if p)
        amounts = (s.amount for s in item.supports if s.amount and s.amount.unit not in s.amount.text)
        yield _Passage(item.text, "\n".join((around, *taken)), tuple(amounts))
    if source.item is None and not items:
        yield _Passage(source.phrase.text, around)


def _claims(segment: str, lexicon: Lexicon) -> Iterator[_Claim]:
    """Figures with the names said since the figure before, or after it where none was."""
    said = 0
    for amount in _without_repetition(segment):
        end = _end_of_clause(segment, amount.end)
        after = segment[end : _end_of_clause(segment, end + 1)]
        names = _names(segment[said : amount.end], lexicon)
        periods = periods_of(segment[said:end] + ("" if read_amounts(after) else after))
        said = amount.end
        if not names:
            names, said = _names(segment[amount.end : end], lexicon), end
        yield _Claim(amount, names, periods)


def _end_of_clause(segment: str, start: int) -> int:
    return min((i for i in (segment.find(mark, start) for mark in "，：,:") if i >= 0), default=len(segment))


def _without_repetition(segment: str) -> Iterator[Amount]:
    """RMB 2 million (200万元) is one figure."""
    last: Amount | None = None
    for amount in read_amounts(segment):
        between = segment[last.end : amount.start] if last else ""
        if last and last.equals(amount) and re.fullmatch(r"\s*[（(]\s*", between):
            continue
        last = amount
        yield amount


def _names(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    found = (m for m in lexicon.find(text) if m.is_a(NameKind.TERM) and not m.is_a(NameKind.DEPARTMENT))
    return tuple(m.text for m in found if len(m.text) >= _LEAST_NAME)


def periods_of(text: str) -> frozenset[Period]:
    return frozenset(period for period, pattern in _PERIODS.items() if pattern.search(text))


def check_reckoned(part: DraftPart) -> str | None:
    """None where both numbers are printed in the cited words or told by who asks, and the result is theirs."""
    found = _REASON.search(part.text)
    if found is None or not part.sources:
        return "没有可以重算的数"
    printed, told = "".join(s.phrase.text for s in part.sources), "".join(part.denied)
    one, other, result = (_value_of(found[name]) for name in ("one", "other", "result"))
    if one is None or other is None or result is None:
        return "没有可以重算的数"
    is_share = found["other"].strip().endswith(("%", "％"))
    reckoned = {"－": one - other, "＋": one + other, "×": one * other / (100 if is_share else 1)}
    if reckoned[found["sign"]] != result:
        return f"算出来不是 {found['result']}"
    if found["one"] not in printed and found["one"] not in told:
        return f"{found['one']} 不在原文和问题里"
    is_year = found["sign"] == "×" and other == _A_YEAR
    if not is_year and found["other"] not in printed and _value_told(other, told) is None:
        return f"{found['other']} 不在原文和问题里"
    pieces = found["clause"].split("；")
    is_verbatim = all(piece in printed for piece in pieces) or not part.text[:1] > "\u4e00"
    return None if is_verbatim else "所引的句子与原文不符"


def _value_of(text: str) -> Decimal | None:
    if amounts := read_amounts(text):
        return amounts[0].value
    number = _NUMERAL.search(text)
    return read_number(number.group()) if number else None


def _value_told(value: Decimal, told: str) -> str | None:
    plain = told.replace("俩", "两").replace("仨", "三")
    return next((m.group() for m in _NUMERAL.finditer(plain) if read_number(m.group()) == value), None)
