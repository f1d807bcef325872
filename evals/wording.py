"""Decides whether a text holds an expected wording: whole numbers only, equal sums however written."""

import re
import unicodedata

from corpus.amounts import Amount, read_amounts

_CHINESE_DIGITS = "零〇一二两三四五六七八九十"
_CHINESE_NUMERALS = _CHINESE_DIGITS + "百千万亿"
_SPACE_BESIDE_CHINESE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


def holds_wording(text: str, wording: str) -> bool:
    """True where the wording stands in the text and is not the tail of a longer number, or where its sum does."""
    folded, wanted = _fold(text), _fold(wording)
    if any(_is_whole(folded, match.start(), match.end()) for match in re.finditer(re.escape(wanted), folded)):
        return True
    amount = _as_amount(wording)
    return amount is not None and any(amount.equals(other) for other in read_amounts(text))


def _fold(text: str) -> str:
    """Half-width letters and digits in lower case, straight quotation marks, no spaces beside Chinese."""
    narrow = unicodedata.normalize("NFKC", text).casefold()
    plain = narrow.translate(str.maketrans("“”‘’", "\"\"''"))
    return _SPACE_BESIDE_CHINESE.sub("", plain).strip()


def _is_whole(text: str, start: int, end: int) -> bool:
    """False for 7条 in 17条 and in 第7条, for 四条 in 十四条, for 2 million in 1.2 million, for 16 in 160."""
    before, first = text[max(0, start - 2) : start], text[start]
    if first in _CHINESE_DIGITS:
        return not before or before[-1] not in _CHINESE_NUMERALS + "第"
    if first.isdigit() and re.search(r"\d[.,]?$|第$", before):
        return False
    # No figure begins with 0: such digits are the start of a telephone number, and more may follow.
    return first == "0" or not re.match(r"\d\d", text[end - 1 : end + 1])


def _as_amount(wording: str) -> Amount | None:
    """The sum that the wording is, as a whole; None for anything else."""
    amounts = read_amounts(wording)
    is_whole = len(amounts) == 1 and amounts[0].text.strip() == wording.strip()
    return amounts[0] if is_whole else None
