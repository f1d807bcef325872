"""The printed text of a notice as a tree of pieces: every character of the canonical text, with its marks and addresses.

The reader draws the whole tree, the panel beside a conversation one part of it, both by the template `pages/printed`.
Labels of buttons and numbers of sentences are drawn by the style sheet from attributes, so that they are no text of
the notice and are never copied with it.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from markupsafe import Markup

from corpus.catalogue import Catalogue, Place
from corpus.notice import Measure, Notice, Point
from ui.answers.citing import (
    ask_address,
    chapter_anchor,
    cite_notice,
    cite_place,
    department_address,
    is_numbered,
    is_row,
    name_annex,
    name_part,
    name_points,
    name_scope,
    name_sentences,
    notice_address,
    number_of,
    place_address,
    say_place,
)
from ui.answers.marks import Mark, MarkKind, Target, find_marks, find_targets, within
from ui.answers.printed import Block, BlockKind, Row, RowKind, read_blocks
from ui.language import address_in
from ui.templating import render
from ui.words import word

_TAGS = {BlockKind.TITLE: "h1", BlockKind.INNER_TITLE: "h2", BlockKind.ANNEX: "h2"}
_IN_MEASURE = frozenset({BlockKind.TEXT, BlockKind.POINT, BlockKind.ROW, BlockKind.NOTE})
_LOWEST_HEADING = 4
# Where a line was broken inside a sentence; between Chinese characters no space belongs.
_WRAP = re.compile(r"(?<![\x00-\x7f])\s*\n\s*|\s*\n\s*(?![\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice with its canonical text; `is_only` where the corpus holds no other."""

    notice: Notice
    text: str
    is_only: bool = True


@dataclass(frozen=True, slots=True)
class Cited:
    """The words an answer cites, in code points of the canonical text; an empty stretch marks nothing."""

    start: int
    end: int
    number: int | None = None

    def touches(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


_NOTHING = Cited(0, 0)


class PieceKind(StrEnum):
    """The values are the names that the template knows."""

    TEXT = "text"
    WRAP = "wrap"
    HIDDEN = "hidden"
    SUM = "sum"
    DEPARTMENT = "department"
    HIT = "hit"
    TARGET = "target"
    BLOCK = "block"
    MEASURE = "measure"
    POINT = "point"
    ANNEX = "annex"
    CLOSING = "closing"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the printed text; `inside` and, before it, `heading` hold its pieces, a leaf has `text`.

    `anchor` is its address, drawn as `drawn` where it has a link of its own; `name` is what who arrives there is told,
    `part` how it is cited. `tag` and `style` are those of a block, `skipped` the cells that a row shares with the row
    above, `place` that of a measure.
    """

    kind: PieceKind
    inside: tuple["Piece", ...] = ()
    heading: tuple["Piece", ...] = ()
    text: str = ""
    anchor: str = ""
    name: str = ""
    part: str = ""
    tag: str = "p"
    style: str = ""
    address: str = ""
    drawn: str = ""
    skipped: int = 0
    place: Place | None = None


def render_article(shown: Shown, language: str = "zh") -> Markup:
    """`language` is that of the tools; the notice stays as it is printed."""
    cited, address = cite_notice(shown.notice), notice_address(shown.notice)
    return render(
        "pages/article",
        language,
        pieces=read_article(shown, language),
        cited=cited,
        address=address,
        cite=cite_place,
        place_address=place_address,
        ask=lambda place: ask_address(place, shown.is_only, language),
    )


def read_article(shown: Shown, language: str, cited: Cited = _NOTHING) -> tuple[Piece, ...]:
    """The pieces of the whole text, joined the text itself."""
    return tuple(_Article(shown, language, cited).pieces())


class _Article:
    """Reads the blocks one after another; what stands between them is white space and becomes a piece too."""

    def __init__(self, shown: Shown, language: str, cited: Cited) -> None:
        self._shown = shown
        self._language = language
        self._cited = cited
        self._text = shown.text
        self._waiting = deque(read_blocks(shown.notice, shown.text))
        self._at = 0
        self._targets = find_targets(shown.notice)
        self._marks = find_marks(shown.notice)
        self._places = {p.measure.anchor: p for p in Catalogue((shown.notice,)).measures if p.measure}
        self._place: Place | None = None
        self._target_of = {t.anchor: t for t in _flatten(self._targets)}

    def pieces(self) -> Iterator[Piece]:
        while self._waiting:
            yield from self._next()
        yield from self._gap(len(self._text))

    def _next(self) -> Iterator[Piece]:
        """The next block with what it holds."""
        block = self._waiting.popleft()
        yield from self._gap(block.start)
        self._at = block.end
        yield self._whole(block)

    def _whole(self, block: Block) -> Piece:
        if block.measure:
            return self._measure(block, block.measure)
        if block.point:
            return self._point(block, block.point)
        if block.row:
            return self._table(block.row)
        if block.annex:
            printed = self._block(block)
            held = self._held(lambda b: b.annex is None)
            return Piece(PieceKind.ANNEX, held, (printed,), anchor=block.annex.anchor)
        if block.kind is BlockKind.CLOSING:
            return Piece(PieceKind.CLOSING, (self._block(block), *self._held(lambda b: b.kind is BlockKind.CLOSING)))
        return self._block(block)

    def _held(self, belongs: Callable[[Block], bool]) -> tuple[Piece, ...]:
        """The blocks that follow as long as they belong."""
        found: list[Piece] = []
        while self._waiting and belongs(self._waiting[0]):
            found += self._next()
        return tuple(found)

    def _block(self, block: Block) -> Piece:
        return Piece(
            PieceKind.BLOCK,
            self._inline(block.start, block.end),
            anchor=chapter_anchor(block.chapter) if block.chapter else block.annex.anchor if block.annex else "",
            part=name_annex(block.annex) if block.annex else "",
            tag=_heading(block) if block.chapter else _TAGS.get(block.kind, "p"),
            style=block.kind.value,
        )

    def _gap(self, end: int) -> Iterator[Piece]:
        """White space between blocks; a wide space would open a line of its own."""
        gap, self._at = self._text[self._at : end], end
        if gap:
            yield Piece(PieceKind.HIDDEN if gap.strip(" \t\n") else PieceKind.TEXT, text=gap)

    def _measure(self, block: Block, measure: Measure) -> Piece:
        place = self._place = self._places[measure.anchor]
        last = end_of(measure)
        return Piece(
            PieceKind.MEASURE,
            heading=self._inline(block.start, block.end),
            inside=self._held(lambda b: b.kind in _IN_MEASURE and b.start < last),
            anchor=measure.anchor,
            name=name_sentences(place),
            tag=_heading(block, place),
            address=chapter_anchor(block.chapter) if block.chapter else "",
            place=place,
        )

    def _point(self, block: Block, point: Point) -> Piece:
        """With the points below it; departments of the whole measure may stand after the last one."""
        place = self._place
        assert place and place.measure
        last = end_of(place.measure)
        duties = {r.phrase.start for r in place.measure.responsibilities}
        name = name_scope(place, point.path)
        # A point within a point may have the address of a sentence, which goes before.
        anchor = point.anchor if point.anchor not in self._target_of else ""
        title_end = min(point.heading.end, block.end) if point.title else block.start
        below = self._held(
            lambda b: (
                b.start < last
                and b.kind in _IN_MEASURE
                and b.start not in duties
                and (b.point is None or b.point.path.startswith(f"{point.path}."))
            )
        )
        return Piece(
            PieceKind.POINT,
            # Without a title the mark is a part of the sentence.
            heading=self._inline(block.start, title_end) if point.title else (),
            inside=(
                Piece(PieceKind.BLOCK, self._inline(title_end, block.end), style="point" if point.title else ""),
                *below,
            ),
            anchor=anchor,
            name=name,
            part=name_points(place.measure, point.path),
            drawn="#" if anchor else "",
        )

    def _table(self, first: Row) -> Piece:
        """What stands between two rows belongs to the last cell of the first."""
        rows = [first]
        while self._waiting and (row := self._waiting[0].row) and row.kind is not RowKind.HEAD:
            rows.append(row)
            self._at = self._waiting.popleft().end
        ends = [*(r.provision.start for r in rows[1:]), rows[-1].provision.end]
        return Piece(PieceKind.TABLE, tuple(self._row(row, end) for row, end in zip(rows, ends, strict=True)))

    def _row(self, row: Row, end: int) -> Piece:
        target = self._target_of.get(row.provision.anchor)
        cells: list[Piece] = []
        stops = [*(c.start for c in row.cells[1:]), end]
        at = row.provision.start
        for cell, stop in zip(row.cells, stops, strict=True):
            words = self._inline(cell.start, cell.end, target.inside if target else ())
            before, after = self._between(at, cell.start), self._between(cell.end, stop)
            cells.append(Piece(PieceKind.CELL, (*words, *after), before))
            at = stop
        piece = Piece(PieceKind.ROW, tuple(cells), style=row.kind.value, skipped=row.skipped)
        return self._addressed(piece, target, row.kind is RowKind.CELLS) if target else piece

    def _between(self, start: int, end: int) -> tuple[Piece, ...]:
        """Tabs and bars that the cells themselves take the place of."""
        text = self._text[start:end]
        kind = PieceKind.HIDDEN if text.strip(" \t\n") else PieceKind.TEXT
        return (Piece(kind, text=text),) if text else ()

    def _inline(self, start: int, end: int, targets: Sequence[Target] | None = None) -> tuple[Piece, ...]:
        """The text from start to end with the targets that it holds or shares."""
        pieces: list[Piece] = []
        at = start
        for target in self._targets if targets is None else targets:
            if target.end <= start or target.start >= end:
                continue
            first, last = max(target.start, start), min(target.end, end)
            pieces += [*self._cited_words(at, first), self._target(target, first, last)]
            at = last
        return (*pieces, *self._cited_words(at, end))

    def _target(self, target: Target, start: int, end: int) -> Piece:
        """A target that is broken by what stands between has its address where it begins."""
        piece = Piece(
            PieceKind.TARGET,
            self._inline(start, end, target.inside),
            style="duty" if ".responsibility" in target.anchor else "",
        )
        if start != target.start:
            return piece
        return self._addressed(piece, target, True)

    def _addressed(self, piece: Piece, target: Target, has_link: bool) -> Piece:
        """With how a visitor who arrives there is told the place, and how it is cited.

        The link is drawn as the number of the sentence, that of a row not, for it may begin with a number. A point's only
        sentence has the link of the point.
        """
        place = target.place
        if place is None or place.provision is None:
            return replace(piece, anchor=target.anchor)
        drawn = "#" if is_row(place.provision) else str(number_of(place.provision))
        name, part = say_place(place, self._language), name_part(place)
        shown = drawn if has_link and is_numbered(place) else ""
        return replace(piece, anchor=target.anchor, name=name, part=part, drawn=shown)

    def _cited_words(self, start: int, end: int) -> Iterator[Piece]:
        """The text of a stretch with the cited part of it marked."""
        first, last = max(start, self._cited.start), min(end, self._cited.end)
        if first >= last:
            yield from self._marked(start, end)
            return
        yield from self._marked(start, first)
        yield Piece(PieceKind.HIT, tuple(self._marked(first, last)))
        yield from self._marked(last, end)

    def _marked(self, start: int, end: int) -> Iterator[Piece]:
        at = start
        for mark in within(self._marks, start, end):
            yield from self._words(at, mark.start)
            yield self._mark(mark)
            at = mark.end
        yield from self._words(at, end)

    def _mark(self, mark: Mark) -> Piece:
        words = tuple(self._words(mark.start, mark.end))
        if mark.kind is MarkKind.SUM:
            return Piece(PieceKind.SUM, words)
        address = address_in(self._language, department_address(mark.name))
        asks = word("ask_department", self._language, department=mark.name)
        return Piece(PieceKind.DEPARTMENT, words, address=address, name=asks)

    def _words(self, start: int, end: int) -> Iterator[Piece]:
        """A line that was broken inside a sentence goes on; titles keep their lines."""
        at = start
        for wrap in _WRAP.finditer(self._text, start, end):
            if wrap.start() > at:
                yield Piece(PieceKind.TEXT, text=self._text[at : wrap.start()])
            yield Piece(PieceKind.WRAP, text=wrap.group())
            at = wrap.end()
        if end > at:
            yield Piece(PieceKind.TEXT, text=self._text[at:end])


def _flatten(targets: Sequence[Target]) -> Iterator[Target]:
    for target in targets:
        yield target
        yield from _flatten(target.inside)


def _heading(block: Block, place: Place | None = None) -> str:
    """The level of a group's heading, or of a measure's within its group."""
    chapter = block.chapter or (place.chapter if place else None)
    depth = len(chapter.above) if chapter else 0
    is_below = block.chapter is None and chapter is not None and chapter.heading is not None
    return f"h{min(2 + depth + is_below, _LOWEST_HEADING)}"


def end_of(measure: Measure) -> int:
    """Where its last words end."""
    spans = (
        measure.heading.end,
        *(p.heading.end for p in measure.points),
        *(p.end for p in measure.provisions),
        *(r.phrase.end for r in measure.all_responsibilities),
    )
    return max(spans)
