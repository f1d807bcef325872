"""Recognises rows of a table in lines whose cells are set apart by tabs, bars or wide space."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.notice import Cell, Phrase
from ingest.parsing.view import View

_TAB = re.compile(r"[^\t]+")
_BAR = re.compile(r"[^|｜]+")
_WIDE = re.compile(r"\S+(?:\s\S+)*")
_RULE = re.compile(r"[\s|｜:：\-—=+]+")
_FEWEST_ROWS = 2
_LONGEST_HEAD = 24


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table; its head line has no cells."""

    words: View
    cells: tuple[Cell, ...] = ()


def find_rows(paragraphs: Sequence[View]) -> Iterator[View | Row]:
    """The paragraphs, those of a table as rows; the first line of a table is its head."""
    index = 0
    while index < len(paragraphs):
        size = _table_length(paragraphs, index)
        if not size:
            yield paragraphs[index]
            index += 1
            continue
        yield from _read_table(paragraphs[index : index + size])
        index += size


def is_row(line: View) -> bool:
    return len(_cells(line)) > 1


def _table_length(paragraphs: Sequence[View], begin: int) -> int:
    """How many lines from here on have as many cells as this one, 0 where that is no table."""
    width = len(_cells(paragraphs[begin]))
    if width < 2:
        return 0
    end = begin + 1
    while end < len(paragraphs) and (
        _RULE.fullmatch(paragraphs[end].text) or abs(len(_cells(paragraphs[end])) - width) <= max(0, width - 2)
    ):
        end += 1
    return end - begin if end - begin >= _FEWEST_ROWS else 0


def _read_table(lines: Sequence[View]) -> Iterator[Row]:
    heads = [cell.text for cell in _cells(lines[0])]
    has_heads = all(len(head) <= _LONGEST_HEAD for head in heads)
    for number, line in enumerate(lines):
        cells = _cells(line)
        if (number == 0 and has_heads) or _RULE.fullmatch(line.text):
            yield Row(line)
            continue
        # A row that is short begins under a cell that is merged with the one above.
        offset = len(heads) - len(cells) if 0 < len(heads) - len(cells) else 0
        named = [heads[i + offset] if has_heads and i + offset < len(heads) else "" for i in range(len(cells))]
        yield Row(line, tuple(Cell(head, cell) for head, cell in zip(named, cells, strict=True)))


def _cells(line: View) -> tuple[Phrase, ...]:
    text = line.text
    if "\t" in text:
        return _phrases(line, _TAB)
    if text.count("|") + text.count("｜") > 1:
        return _phrases(line, _BAR)
    if re.search(r"\S {2,}\S", text):
        return tuple(line.phrase(*m.span()) for m in _WIDE.finditer(text))
    return ()


def _phrases(line: View, pattern: re.Pattern[str]) -> tuple[Phrase, ...]:
    found = (line.part(*m.span()).trimmed() for m in pattern.finditer(line.text))
    return tuple(part.phrase(0, len(part.text)) for part in found if part)
