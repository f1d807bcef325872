"""Reads what an item prints besides supports (dates, telephones, shares …), by the rows of the table of kinds."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.kinds import Kind, load_kinds
from corpus.notice import Cell, Phrase, Value
from ingest.facts.nouns import base_beside, noun_beside
from ingest.facts.reading import Reading
from ingest.facts.tight import tighten
from ingest.parsing.view import View

_ROWS = tuple(kind for kind in load_kinds() if kind.patterns and not kind.is_on_demand)
# A year in the title or number of a document dates nothing here.
_CITED = re.compile(
    r"《[^《》]{1,120}》|〔\d{4}〕(?:第?\d{1,5}号)?|现将[^，。；《》]{2,60}(?:通知|公告|公布|印发|发布|通报)"
)
_YEAR_ALONE = re.compile(r"\d{4}年度?")
_NOUNS = {"share": base_beside, "quantity": noun_beside, "period": noun_beside}
_WITHOUT_CITED = frozenset(("date", "deadline", "period", "quantity", "validity", "share"))
_LIST_MARK = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）.、．]|[①-⑳])?\s*")
_END_MARKS = "。；;，,、"


@dataclass(frozen=True, slots=True)
class _Span:
    """A value in the text of an item, with its noun if that was read with it."""

    begin: int
    end: int
    of: tuple[int, int] | None = None


class _Taken:
    """Stretches of the text that values hold, none over another, in the order of the text."""

    def __init__(self) -> None:
        self._begins: list[int] = []
        self._ends: list[int] = []

    def take(self, span: _Span) -> bool:
        """False where the span is empty or another value stands in it."""
        at = bisect_left(self._begins, span.end)
        is_free = span.begin < span.end and (at == 0 or self._ends[at - 1] <= span.begin)
        if is_free:
            self._begins.insert(at, span.begin)
            self._ends.insert(at, span.end)
        return is_free


def read_values(reading: Reading) -> tuple[Value, ...]:
    """The values of an item in the order of the table; those of rows that are not wide never overlap."""
    words = tighten(reading.words)
    masked = _CITED.sub(lambda m: "《" * len(m.group()), words.text)
    taken = _Taken()
    found: list[Value] = []
    for row in _ROWS:
        text = masked if row.key in _WITHOUT_CITED else words.text
        if not (reading.cells or reading.lead_in or _has_sign(row, text)):
            continue
        own = _Taken() if row.is_wide else taken
        spans = [s for s in (*_listed(row, reading, words), *_find(row, reading, words, text)) if own.take(s)]
        for span in sorted(spans, key=lambda s: s.begin):
            found.append(Value(row.key, words.phrase(span.begin, span.end), _noun_of(row, words, span)))
    return tuple(found)


def names_year_only(value: Value) -> bool:
    """As titles do: 2025年工作安排."""
    return value.kind == "date" and _YEAR_ALONE.fullmatch(value.phrase.text) is not None


def _find(row: Kind, reading: Reading, words: View, text: str) -> Iterator[_Span]:
    if row.each and row.heads:
        yield from _in_cells(row, reading.cells, words)
    if not _has_sign(row, text):
        return
    for pattern in row.patterns:
        has_value = "value" in pattern.groupindex
        for match in pattern.finditer(text):
            begin, end = match.span("value") if has_value else match.span()
            if row.each and has_value:
                yield from (_Span(*m.span()) for m in row.each.finditer(text, begin, end))
            else:
                yield _trim(text, begin, end, match)


def _has_sign(row: Kind, text: str) -> bool:
    # Asked for every row of every item, where a generator costs three times as much.
    for sign in row.signs:
        if sign in text:
            return True
    return False


def _trim(text: str, begin: int, end: int, match: re.Match[str]) -> _Span:
    of = match.span("of") if "of" in match.re.groupindex and match["of"] else None
    body = text[begin:end]
    begin += len(body) - len(body.lstrip())
    return _Span(begin, begin + len(body.strip()), of)


def _in_cells(row: Kind, cells: tuple[Cell, ...], words: View) -> Iterator[_Span]:
    for cell in cells:
        if row.heads and row.each and row.heads.search(cell.head):
            begin, end = (bisect_left(words.starts, place) for place in (cell.phrase.start, cell.phrase.end))
            yield from (_Span(*m.span()) for m in row.each.finditer(words.text, begin, end))


def _listed(row: Kind, reading: Reading, words: View) -> Iterator[_Span]:
    """The whole item, without its list mark, where its list was opened as one of such values."""
    if row.lead_in and reading.lead_in and words and row.lead_in.search(tighten(reading.lead_in).text.rstrip()):
        mark = _LIST_MARK.match(words.text)
        yield _Span(mark.end() if mark else 0, len(words.text.rstrip(_END_MARKS)))


def _noun_of(row: Kind, words: View, span: _Span) -> Phrase | None:
    """What was read as the noun, else what stands beside the number."""
    place = span.of
    if place is None and row.key in _NOUNS:
        place = _NOUNS[row.key](words, span.begin, span.end)
    if place is None:
        return None
    begin, end = place
    noun = words.text[begin:end]
    begin, end = begin + len(noun) - len(noun.lstrip("的 ")), end - len(noun) + len(noun.rstrip("的： "))
    return words.phrase(begin, end) if begin < end else None
