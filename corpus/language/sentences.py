"""Cuts running text into sentences and items, respecting quotation marks and brackets."""

from collections.abc import Iterator

_OPEN = "“‘《〈（(【「『"
_CLOSE = "”’》〉）)】」』"
_SENTENCE_END = "。！？"
_ITEM_END = "；;"
_MAX_DEPTH_SPAN = 300


def cut_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence begins and ends, its end mark included."""
    return tuple(_cut(text, _SENTENCE_END))


def cut_items(text: str) -> tuple[tuple[int, int], ...]:
    """Where the spans between 。 or ； of a sentence begin and end, each with its end mark."""
    return tuple(_cut(text, _SENTENCE_END + _ITEM_END))


def _cut(text: str, ends: str) -> Iterator[tuple[int, int]]:
    begin = depth = 0
    opened_at = 0
    for index, char in enumerate(text):
        if char in _OPEN:
            depth += 1
            opened_at = index
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        # A bracket that never closes must not swallow the rest of the document.
        is_inside = depth > 0 and index - opened_at < _MAX_DEPTH_SPAN
        closes_quote = char in "”’」』" and index > 0 and text[index - 1] in ends and depth == 0
        if (char in ends and not is_inside) or closes_quote:
            if char in ends and index + 1 < len(text) and text[index + 1] in "”’」』）)":
                continue
            yield from _trim(text, begin, index + 1)
            begin = index + 1
    yield from _trim(text, begin, len(text))


def _trim(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[begin:end]
    if body := piece.strip():
        start = begin + len(piece) - len(piece.lstrip())
        yield start, start + len(body)
