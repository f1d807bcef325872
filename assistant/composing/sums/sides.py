"""Finds the printed supports that the sides of a comparison or a total speak of, side by side in the question."""

import re

from assistant.evidence.inquiry import Inquiry
from corpus.catalogue import SupportRow

_BETWEEN = re.compile(
    r"[，,。；;、？?\n]|和|与|跟|同(?!时)|还是|加(?!大|强|快|入|起|在|上|总|工|盟|速)|加上|减(?:去|掉)?|以及|相比|比起?|另一|\band\b|\bor\b|\bthan\b|\bplus\b|\bversus\b|\bvs\b",
    re.IGNORECASE,
)
_LEAST_SHARE = 0.4
_RARE = 3


def find_sides(inquiry: Inquiry) -> tuple[SupportRow, ...]:
    """For each piece of the question the support with a sum that prints most of its words; each once, in reading order."""
    found: dict[int, SupportRow] = {}
    for piece in _BETWEEN.split(inquiry.text):
        row = _best_row(piece, inquiry)
        if row is not None:
            found.setdefault(row.support.phrase.start, row)
    return tuple(found.values())


def _best_row(piece: str, inquiry: Inquiry) -> SupportRow | None:
    index = inquiry.index
    printed = " ".join(word for said, word in inquiry.meant if said in piece)
    words = frozenset(inquiry.corpus.cutter.search_words(f"{piece} {printed}"))
    rows = [r for r in inquiry.corpus.catalogue.supports if r.support.amount and r.support.amount.unit == "元"]
    known = index.known(words)
    scored = [(index.overlap(known, r.place, r.item), -i, r) for i, r in enumerate(rows)]
    share, _, row = max(scored, default=(0.0, 0, None), key=lambda s: s[:2])
    return row if row and share >= _LEAST_SHARE and _shares_rare_word(words, row, inquiry) else None


def _shares_rare_word(words: frozenset[str], row: SupportRow, inquiry: Inquiry) -> bool:
    """企业 alone, which every second sentence prints, names no support."""
    text = row.item.text
    telling = {w.removeprefix("#") for w in words if inquiry.index.is_rare(w, _RARE)}
    return any(len(w) > 1 and w in text for w in telling)
