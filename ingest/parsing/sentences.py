"""Cuts running text into sentences and items, respecting quotation marks and brackets."""

from collections.abc import Iterator

from corpus.notice import Phrase

_OPEN = "“‘《〈（(【「『"
_CLOSE = "”’》〉）)】」』"
_SENTENCE_END = "。！？"
_ITEM_END = "；;"
_MAX_DEPTH_SPAN = 300


def cut_sentences(text: str, start: int) -> tuple[Phrase, ...]:
    """Sentences with their end mark; `start` is the offset of the text in the canonical text."""
    return tuple(_cut(text, start, _SENTENCE_END))


def cut_items(text: str, start: int) -> tuple[Phrase, ...]:
    """The spans between 。 or ； of a sentence, each with its end mark."""
    return tuple(_cut(text, start, _SENTENCE_END + _ITEM_END))


def _cut(text: str, start: int, ends: str) -> Iterator[Phrase]:
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
            yield from _phrase(text, begin, index + 1, start)
            begin = index + 1
    yield from _phrase(text, begin, len(text), start)


def _phrase(text: str, begin: int, end: int, start: int) -> Iterator[Phrase]:
    piece = text[begin:end]
    body = piece.strip()
    if body:
        offset = begin + len(piece) - len(piece.lstrip())
        yield Phrase(body, start + offset, start + offset + len(body))
