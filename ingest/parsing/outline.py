"""Decides from a notice's own order which heading style is a chapter and which a measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ingest.parsing.headings import STYLES, HeadingMark, HeadingStyle, read_heading_mark
from ingest.parsing.lines import Line

_RANK = {style.name: rank for rank, style in enumerate(STYLES)}
_ALWAYS_MEASURE = "article"
_ABOVE_ARTICLES = "chapter"
_LARGEST_GAP = 2
_SHARE_WITH_PARTS = 1 / 3


class Level(Enum):
    CHAPTER = 1
    MEASURE = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens a chapter or a measure."""

    level: Level
    mark: HeadingMark
    line_index: int


@dataclass(frozen=True, slots=True)
class _Styles:
    chapter: HeadingStyle | None
    measure: HeadingStyle | None


def read_outline(lines: Sequence[Line]) -> tuple[Heading, ...]:
    """The headings of the body in order; empty where the notice numbers nothing."""
    marks = {i: mark for i, line in enumerate(lines) if (mark := read_heading_mark(line.text)) is not None}
    begin = next((i for i, mark in marks.items() if _may_come_first(mark)), None)
    if begin is None:
        return ()
    body = {i: mark for i, mark in marks.items() if i >= begin}
    return _in_sequence(body, _choose_styles(body))


def _may_come_first(mark: HeadingMark) -> bool:
    """A body begins with number 1; an excerpt may begin with 第二条."""
    return mark.number == 1 or (mark.style.name in {_ALWAYS_MEASURE, _ABOVE_ARTICLES} and mark.number <= _LARGEST_GAP)


def _choose_styles(body: dict[int, HeadingMark]) -> _Styles:
    first = next(iter(body.values())).style
    if first.name == _ALWAYS_MEASURE:
        # The first chapter's heading may be missing.
        return _Styles(next((m.style for m in body.values() if m.style.name == _ABOVE_ARTICLES), None), first)
    deeper = [m.style for m in body.values() if _RANK[m.style.name] > _RANK[first.name]]
    article = next((style for style in deeper if style.name == _ALWAYS_MEASURE), None)
    second = article or (deeper[0] if deeper else None)
    if second is None or _share_with_parts(body, first, second) < _SHARE_WITH_PARTS:
        return _Styles(None, first)
    return _Styles(first, second)


def _share_with_parts(body: dict[int, HeadingMark], first: HeadingStyle, second: HeadingStyle) -> float:
    """How many of the first style's headings hold at least one deeper heading."""
    has_parts: list[bool] = []
    for mark in body.values():
        if mark.style is first:
            has_parts.append(False)
        elif has_parts and _RANK[mark.style.name] >= _RANK[second.name]:
            has_parts[-1] = True
    return sum(has_parts) / len(has_parts)


def _in_sequence(body: dict[int, HeadingMark], styles: _Styles) -> tuple[Heading, ...]:
    headings: list[Heading] = []
    last_chapter = last_measure = 0
    chapter_measure_style: HeadingStyle | None = styles.measure
    for index, mark in body.items():
        if mark.style is styles.chapter and _follows(mark.number, last_chapter):
            headings.append(Heading(Level.CHAPTER, mark, index))
            last_chapter, chapter_measure_style = mark.number, None
            continue
        if styles.chapter and chapter_measure_style is None and _opens_measures(mark, styles):
            chapter_measure_style = mark.style
        if mark.style is chapter_measure_style and _follows(mark.number, last_measure):
            headings.append(Heading(Level.MEASURE, mark, index))
            last_measure = mark.number
    return tuple(headings)


def _opens_measures(mark: HeadingMark, styles: _Styles) -> bool:
    if styles.measure and styles.measure.name == _ALWAYS_MEASURE:
        return mark.style is styles.measure
    return styles.chapter is not None and _RANK[mark.style.name] > _RANK[styles.chapter.name]


def _follows(number: int, last: int) -> bool:
    return number == 1 or last < number <= last + _LARGEST_GAP
