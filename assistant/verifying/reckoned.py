"""Reckons again what a part reckons from numbers that are printed or told."""

import re
from decimal import Decimal

from assistant.composing.draft import DraftPart
from corpus.language.amounts import read_amounts
from corpus.language.numerals import NUMERAL, read_number

_REASON = re.compile(
    r"(?P<result>[^，：（）()是 ]+?)\s?[（(](?P<one>[^－×（）()]+)(?P<sign>[－×])(?P<other>[^－×（）()]+)[）)](?:：|: )(?P<clause>.+?)(?:。这是|\. The notice itself)"
)
_NUMBER = re.compile(NUMERAL)
_A_YEAR = Decimal(12)


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
    if (one - other if found["sign"] == "－" else one * other / (100 if is_share else 1)) != result:
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
    number = _NUMBER.search(text)
    return read_number(number.group()) if number else None


def _value_told(value: Decimal, told: str) -> str | None:
    return next((m.group() for m in _NUMBER.finditer(told) if read_number(m.group()) == value), None)
