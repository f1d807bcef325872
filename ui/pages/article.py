"""A notice as an HTML article: every character of the canonical text and no other, with its marks and addresses.

Labels of buttons and numbers of sentences are drawn by the style sheet from attributes, so that they are no text of
the article and are never copied with it.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

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
from ui.language import TAGS, address_in
from ui.markup import Value, element, icon, join, verbatim
from ui.pages.tables import TableWriter
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


def render_article(shown: Shown, language: str = "zh") -> Markup:
    """`language` is that of the tools; the notice stays as it is printed."""
    article = _Article(shown, language)
    cited, address = cite_notice(shown.notice), notice_address(shown.notice)
    return element("article", *article.pieces(), class_="sheet", lang="zh-CN", data_copy=cited, data_address=address)


class _Article:
    """Writes the blocks one after another; what stands between them is white space and is written too."""

    def __init__(self, shown: Shown, language: str) -> None:
        self._shown = shown
        self._language = language
        self._text = shown.text
        self._waiting = deque(read_blocks(shown.notice, shown.text))
        self._at = 0
        self._targets = find_targets(shown.notice)
        self._marks = find_marks(shown.notice)
        self._places = Catalogue((shown.notice,)).measures
        self._place: Place | None = None
        self._tables = TableWriter(shown.text, language, self._cell, self._row_link, self._row_address)
        self._target_of = {t.anchor: t for t in _flatten(self._targets)}

    def pieces(self) -> Iterator[Markup]:
        while self._waiting:
            yield self._next()
        yield self._gap(len(self._text))

    def _next(self) -> Markup:
        """The next block with what it holds."""
        block = self._waiting.popleft()
        gap = self._gap(block.start)
        self._at = block.end
        return gap + self._whole(block)

    def _whole(self, block: Block) -> Markup:
        if block.measure:
            return self._measure(block, block.measure)
        if block.point:
            return self._point(block, block.point)
        if block.row:
            return self._table(block.row)
        if block.annex:
            return element("section", self._block(block), *self._held(lambda b: b.annex is None), class_="annex")
        if block.kind is BlockKind.CLOSING:
            held = self._held(lambda b: b.kind is BlockKind.CLOSING)
            return element("div", self._block(block), *held, class_="closing")
        return self._block(block)

    def _held(self, belongs: Callable[[Block], bool]) -> list[Markup]:
        """The blocks that follow as long as they belong."""
        found: list[Markup] = []
        while self._waiting and belongs(self._waiting[0]):
            found.append(self._next())
        return found

    def _block(self, block: Block) -> Markup:
        inside = self._inline(block.start, block.end)
        anchor = chapter_anchor(block.chapter) if block.chapter else block.annex.anchor if block.annex else None
        style = f"printed printed--{block.kind}" + (" target" if anchor else "")
        tag = _heading(block) if block.chapter else _TAGS.get(block.kind, "p")
        name = name_annex(block.annex) if block.annex else None
        return element(tag, inside, class_=style, id=anchor, data_part=name)

    def _gap(self, end: int) -> Markup:
        """White space between blocks; a wide space would open a line of its own."""
        gap, self._at = self._text[self._at : end], end
        return element("span", verbatim(gap), hidden=True) if gap.strip(" \t\n") else verbatim(gap)

    def _measure(self, block: Block, measure: Measure) -> Markup:
        place = next(p for p in self._places if p.measure is measure)
        self._place = place
        heading_id = f"h-{measure.anchor}"
        words = self._inline(block.start, block.end)
        heading = element(_heading(block, place), words, class_="measure__title", id=heading_id)
        head = element("div", heading, self._tools(place, measure), class_="measure__head")
        alias = element("span", id=chapter_anchor(block.chapter)) if block.chapter else ""
        last = end_of(measure)
        return element(
            "section",
            alias,
            head,
            *self._held(lambda b: b.kind in _IN_MEASURE and b.start < last),
            class_="measure",
            id=measure.anchor,
            data_label=name_sentences(place),
            aria_labelledby=heading_id,
        )

    def _point(self, block: Block, point: Point) -> Markup:
        """With the points below it; departments of the whole measure may stand after the last one."""
        place = self._place
        assert place and place.measure
        last = end_of(place.measure)
        duties = {r.phrase.start for r in place.measure.responsibilities}
        name = name_scope(place, point.path)
        # A point within a point may have the address of a sentence, which goes before.
        anchor = point.anchor if point.anchor not in self._target_of else None
        link = self._link(anchor, "#", name) if anchor else ""
        heading = join((link, self._point_words(block, point)))
        style = f"printed printed--point{' printed--titled' if point.title else ''}"
        below = self._held(
            lambda b: (
                b.start < last
                and b.kind in _IN_MEASURE
                and b.start not in duties
                and (b.point is None or b.point.path.startswith(f"{point.path}."))
            )
        )
        return element(
            "div",
            element("p", heading, class_=style),
            *below,
            class_="point",
            id=anchor,
            data_name=name,
            data_part=name_points(place.measure, point.path),
        )

    def _point_words(self, block: Block, point: Point) -> Markup:
        """The title in a bolder print; without one the mark is a part of the sentence."""
        if not point.title:
            return self._inline(block.start, block.end)
        end = min(point.heading.end, block.end)
        title = element("b", self._inline(block.start, end))
        return title + self._inline(end, block.end)

    def _table(self, first: Row) -> Markup:
        rows = [first]
        while self._waiting and (row := self._waiting[0].row) and row.kind is not RowKind.HEAD:
            rows.append(row)
            self._at = self._waiting.popleft().end
        return self._tables.write(rows)

    def _cell(self, row: Row, start: int, end: int) -> Markup:
        target = self._target_of.get(row.provision.anchor)
        return self._inline(start, end, target.inside if target else ())

    def _row_link(self, row: Row) -> str:
        target = self._target_of.get(row.provision.anchor)
        return self._number(target) if target and row.kind is RowKind.CELLS else ""

    def _row_address(self, row: Row) -> dict[str, Value]:
        target = self._target_of.get(row.provision.anchor)
        return {"class_": "target", "id": target.anchor, **self._said(target)} if target else {}

    def _tools(self, place: Place, measure: Measure) -> Markup:
        cited, address = cite_place(place), place_address(place)
        ask = ask_address(place, self._shown.is_only, self._language)
        tools = (
            element("button", icon("copy"), class_="tool needs-script", type="button", data_copy=cited,
                    data_address=address, **self._label("copy_citation", measure)),
            element("button", icon("speak"), class_="tool needs-script", type="button", data_speak=True,
                    **self._label("speak", measure)),
            element("a", icon("chat"), class_="tool", href=ask, **self._label("ask_this", measure)),
        )  # fmt: skip
        return element("div", *tools, class_="measure__tools", lang=TAGS[self._language])

    def _label(self, key: str, measure: Measure) -> dict[str, str]:
        """Seen in short, heard with the measure that it is about."""
        action = word(key, self._language)
        about = word("about_measure", self._language, action=action, measure=f"{measure.label}{measure.title}")
        return {"data_label": action, "aria_label": about}

    def _inline(self, start: int, end: int, targets: Sequence[Target] | None = None) -> Markup:
        """The text from start to end with the targets that it holds or shares."""
        pieces: list[Markup] = []
        at = start
        for target in self._targets if targets is None else targets:
            if target.end <= start or target.start >= end:
                continue
            first, last = max(target.start, start), min(target.end, end)
            pieces += [self._marked(at, first), self._target(target, first, last)]
            at = last
        return join([*pieces, self._marked(at, end)])

    def _target(self, target: Target, start: int, end: int) -> Markup:
        if start != target.start:
            return element("span", self._inline(start, end, target.inside), class_="target")
        inside = self._inline(start, end, target.inside)
        return element("span", self._number(target), inside, class_="target", id=target.anchor, **self._said(target))

    def _said(self, target: Target) -> dict[str, Value]:
        """How a visitor who arrives there is told the place, and how it is cited."""
        place = target.place
        if place is None:
            return {}
        return {"data_name": say_place(place, self._language) or None, "data_part": name_part(place)}

    def _number(self, target: Target) -> str:
        """The link to a sentence, drawn as its number, that of a row not, for it may begin with a number.

        A point's only sentence has the link of the point.
        """
        place = target.place
        if place is None or place.provision is None or not is_numbered(place):
            return ""
        drawn = "#" if is_row(place.provision) else number_of(place.provision)
        return self._link(target.anchor, drawn, say_place(place, self._language))

    def _link(self, anchor: str, drawn: int | str, name: str) -> Markup:
        says = word("address_of", self._language, place=name)
        return element("a", class_="anchor", href=f"#{anchor}", data_n=drawn, aria_label=says,
                       lang=TAGS[self._language])  # fmt: skip

    def _marked(self, start: int, end: int) -> Markup:
        pieces: list[Markup] = []
        at = start
        for mark in within(self._marks, start, end):
            pieces += [self._words(at, mark.start), self._mark(mark)]
            at = mark.end
        return join([*pieces, self._words(at, end)])

    def _mark(self, mark: Mark) -> Markup:
        words = self._words(mark.start, mark.end)
        if mark.kind is MarkKind.SUM:
            return element("span", words, class_="sum")
        return element("a", words, class_="dept", href=address_in(self._language, department_address(mark.name)))

    def _words(self, start: int, end: int) -> Markup:
        """A line that was broken inside a sentence goes on; titles keep their lines."""
        pieces: list[Markup] = []
        at = start
        for wrap in _WRAP.finditer(self._text, start, end):
            pieces += [verbatim(self._text[at : wrap.start()]), element("span", verbatim(wrap.group()), class_="wrap")]
            at = wrap.end()
        return join([*pieces, verbatim(self._text[at:end])])


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
