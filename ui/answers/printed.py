"""Reads how a notice is laid out: which lines are its title, number, addressee, headings, points, rows and signature."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.notice import Annex, Chapter, Measure, Notice, Phrase, Point, Provision, ProvisionKind

_LONGEST_TITLE_IN_LINES = 4
_WORDS_AROUND_TITLE = 24  # 关于印发《…》的通知
_NO_TITLE = "：:。；\t"
_INSIDE_BRACKETS = "《》“”〈〉"
# What sets the cells of a line apart; the first that occurs does.
_BETWEEN_CELLS = ("\t", "|", "｜", "  ", "\u3000")
_RULE = re.compile(r"[\s|｜:：\-—=+]+")


class BlockKind(StrEnum):
    """How a stretch of lines is printed."""

    RECORD = "record"  # a table of the website from which the text was taken, above the title
    TITLE = "title"
    INNER_TITLE = "inner-title"  # the title of what the notice prints and puts in force
    NUMBER = "number"
    ADDRESSEE = "to"
    CHAPTER = "chapter"
    MEASURE = "measure"
    POINT = "point"
    ROW = "row"
    CLOSING = "closing"
    ANNEX = "annex"
    ANNEX_LIST = "annex-list"
    NOTE = "note"  # contact, who printed it, contents and other lines that are none of its words
    SIGNATURE = "signature"
    TEXT = "text"


class RowKind(StrEnum):
    HEAD = "head"
    RULE = "rule"  # a line that is only drawn
    CELLS = "cells"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table; `skipped` cells at its beginning are merged with those above."""

    kind: RowKind
    provision: Provision
    cells: tuple[Phrase, ...]
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the canonical text without the white space around it; each knows what it begins."""

    kind: BlockKind
    start: int
    end: int
    chapter: Chapter | None = None
    measure: Measure | None = None
    point: Point | None = None
    annex: Annex | None = None
    row: Row | None = None


def read_blocks(notice: Notice, text: str) -> tuple[Block, ...]:
    """In reading order; between two blocks stands nothing but white space."""
    reading = _Reading(notice, text)
    lines = tuple(reading.name(block) for block in reading.cut())
    blocks = _join_titles(notice, text, lines)
    first = next((i for i, b in enumerate(blocks) if b.kind is BlockKind.TITLE), 0)
    if any(b.chapter or b.measure or b.annex for b in blocks[:first]):
        return blocks
    return tuple(replace(b, kind=BlockKind.RECORD) for b in blocks[:first]) + blocks[first:]


def _headings(notice: Notice) -> dict[int, Block]:
    """By their start; a heading that is chapter and measure in one is one block.

    A notice without headings is one measure under its own title, which is printed as a title.
    """
    found: dict[int, Block] = {}
    for chapter in notice.chapters:
        if chapter.heading:
            place = chapter.heading
            found[place.start] = Block(BlockKind.CHAPTER, place.start, place.end, chapter)
        for measure in chapter.measures:
            if measure.heading.start == notice.title_at.start:
                continue
            place = measure.heading
            above = found[place.start].chapter if place.start in found else None
            found[place.start] = Block(BlockKind.MEASURE, place.start, place.end, above, measure)
    for annex in notice.annexes:
        place = annex.heading
        found[place.start] = Block(BlockKind.ANNEX, place.start, place.end, annex=annex)
    return found


def read_rows(provisions: Sequence[Provision]) -> Mapping[int, Row]:
    """The lines of tables among sentences that follow one another, by their start."""
    rows: dict[int, Row] = {}
    heads: tuple[Phrase, ...] = ()
    for index, provision in enumerate(provisions):
        following = provisions[index + 1 : index + 3]
        if provision.kind is ProvisionKind.TABLE_ROW:
            cells = tuple(c.phrase for c in provision.cells)
            skipped = max(len(heads) - len(cells), 0) if any(c.head for c in provision.cells) else 0
            rows[provision.start] = Row(RowKind.CELLS, provision, cells, skipped)
        elif _RULE.fullmatch(provision.text):
            rows[provision.start] = Row(RowKind.RULE, provision, (_whole(provision),))
        elif names := _heads_of(following):
            cells = tuple(_cut_cells(provision))
            if names <= {c.text for c in cells}:
                rows[provision.start] = Row(RowKind.HEAD, provision, cells)
                heads = cells
    return rows


def _heads_of(following: Sequence[Provision]) -> set[str]:
    """What stands at the head of the columns of the row that comes next, a drawn line left aside."""
    for provision in following:
        if provision.kind is ProvisionKind.TABLE_ROW:
            return {c.head for c in provision.cells if c.head}
        if not _RULE.fullmatch(provision.text):
            break
    return set()


def _cut_cells(provision: Provision) -> Iterator[Phrase]:
    mark = next((m for m in _BETWEEN_CELLS if m in provision.text), None)
    at = provision.start
    for cell in provision.text.split(mark) if mark else (provision.text,):
        if words := cell.strip():
            begin = at + cell.index(words)
            yield Phrase(words, begin, begin + len(words))
        at += len(cell) + len(mark or "")


def _whole(provision: Provision) -> Phrase:
    return Phrase(provision.text, provision.start, provision.end)


class _Reading:
    """Cuts a notice into headings and lines, and names the lines by what the parser found in them."""

    def __init__(self, notice: Notice, text: str) -> None:
        self._notice = notice
        self._text = text
        self._headings = _headings(notice)
        self._points = {p.heading.start: p for m in notice.measures() for p in m.points}
        self._rows = read_rows(tuple(notice.provisions()))
        self._closing = {p.start for p in notice.closing}
        self._furniture = {p.start for p in notice.furniture}
        spans = [*(p.heading for p in self._points.values()), *(_whole(p) for p in notice.provisions())]
        # A sentence that runs on in the next line is no line's end.
        running = {s.start + m.start() for s in spans for m in re.finditer("\n", text[s.start : s.end])}
        ends = {m.start() for m in re.finditer("\n", text)} - running
        self._stops = sorted(ends | self._points.keys() | self._first_closing())

    def cut(self) -> Iterator[Block]:
        """Headings, and the lines between them as blocks of text; a point begins one of its own."""
        at = 0
        for start in sorted(self._headings):
            heading = self._headings[start]
            if start < at:
                continue
            yield from self._lines(at, start)
            yield heading
            at = heading.end
        yield from self._lines(at, len(self._text))

    def _lines(self, start: int, end: int) -> Iterator[Block]:
        begin = start
        stops = self._stops[bisect_left(self._stops, start) : bisect_left(self._stops, end)]
        for stop in [*stops, end]:
            words = self._text[begin:stop]
            if body := words.strip():
                first = begin + words.index(body[0])
                yield Block(BlockKind.TEXT, first, first + len(body))
            begin = stop

    def _first_closing(self) -> set[int]:
        """The first closing sentence of each line."""
        lines: dict[int, int] = {}
        for start in sorted(self._closing):
            lines.setdefault(self._text.rfind("\n", 0, start), start)
        return set(lines.values())

    def name(self, block: Block) -> Block:
        if block.kind is not BlockKind.TEXT:
            return block
        notice, start = self._notice, block.start
        if point := self._points.get(start):
            return replace(block, kind=BlockKind.POINT, point=point)
        if row := self._rows.get(start):
            return replace(block, kind=BlockKind.ROW, row=row)
        if start in self._closing:
            return replace(block, kind=BlockKind.CLOSING)
        line = self._text[start : block.end]
        if notice.document_number and line == notice.number_text:
            return replace(block, kind=BlockKind.NUMBER)
        if notice.addressee and start == notice.addressee.start:
            return replace(block, kind=BlockKind.ADDRESSEE)
        if any(phrase and line == phrase.text for phrase in (notice.issuer, notice.issued_on)):
            return replace(block, kind=BlockKind.SIGNATURE)
        return replace(block, kind=self._around(start))

    def _around(self, start: int) -> BlockKind:
        """What is none of the words of the notice, save its title."""
        listed = self._notice.annex_list
        if listed and listed.start <= start < listed.end:
            return BlockKind.ANNEX_LIST
        is_title = self._notice.title_at.start <= start < self._notice.title_at.end
        return BlockKind.NOTE if start in self._furniture and not is_title else BlockKind.TEXT


def _join_titles(notice: Notice, text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The lines of each printed title become one block; the first is the notice's own."""
    wanted = _squeeze(notice.title)
    joined: list[Block] = []
    kind = BlockKind.TITLE
    at = 0
    while at < len(blocks):
        length = _title_length(wanted, text, blocks[at:])
        if length:
            joined.append(replace(blocks[at], kind=kind, end=blocks[at + length - 1].end))
            kind = BlockKind.INNER_TITLE
        else:
            joined.append(blocks[at])
        at += length or 1
    return tuple(joined)


def _title_length(wanted: str, text: str, blocks: Sequence[Block]) -> int:
    """How many lines from here on print the title; 0 for none."""
    for count in range(1, _LONGEST_TITLE_IN_LINES + 1):
        run = blocks[:count]
        if len(run) < count or any(b.kind not in (BlockKind.TEXT, BlockKind.NOTE) for b in run):
            return 0
        printed = text[run[0].start : run[-1].end]
        if any(mark in printed for mark in _NO_TITLE) or len(printed) > len(wanted) + _WORDS_AROUND_TITLE:
            return 0
        if wanted in _squeeze(printed):
            return count
    return 0


def _squeeze(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c not in _INSIDE_BRACKETS)
