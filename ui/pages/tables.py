"""Writes printed tables as HTML tables in which every character of the text stands once, in its order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corpus.notice import Phrase
from ui.answers.printed import Row, RowKind
from ui.language import TAGS
from ui.markup import Value, element, join, verbatim
from ui.words import word


@dataclass(frozen=True, slots=True)
class TableWriter:
    """How the rows of one notice are written.

    `words` writes a stretch of a row, `opening` what stands before its first words, `attributes` are those of the row.
    """

    text: str
    language: str
    words: Callable[[Row, int, int], Markup]
    opening: Callable[[Row], str]
    attributes: Callable[[Row], dict[str, Value]]

    def write(self, rows: Sequence[Row]) -> Markup:
        """The rows of one table; what stands between two of them belongs to the last cell of the first."""
        starts = [row.provision.start for row in rows[1:]]
        ends = [*starts, rows[-1].provision.end]
        written = [(row.kind, self._row(row, end)) for row, end in zip(rows, ends, strict=True)]
        heads = [markup for kind, markup in written if kind is RowKind.HEAD]
        body = [markup for kind, markup in written if kind is not RowKind.HEAD]
        table = element(
            "table",
            element("thead", *heads) if heads else "",
            element("tbody", *body) if body else "",
            class_="grid",
            lang="zh-CN",
        )
        says = word("table_scrolls", self.language)
        return element(
            "div", table, class_="grid-scroll", role="group", tabindex="0", aria_label=says, lang=TAGS[self.language]
        )

    def _row(self, row: Row, end: int) -> Markup:
        kind = row.kind
        cells = [element("td", class_="grid__above") for _ in range(row.skipped)]
        stops = [*(c.start for c in row.cells[1:]), end]
        for number, (cell, stop) in enumerate(zip(row.cells, stops, strict=True)):
            before = self._between(row.provision.start, cell.start) if number == 0 else ""
            opening = self.opening(row) if number == 0 else ""
            inside = join((before, opening, self._cell(row, cell), self._between(cell.end, stop)))
            is_head = kind is RowKind.HEAD
            cells.append(element("th" if is_head else "td", inside, scope="col" if is_head else None))
        return element("tr", *cells, hidden=kind is RowKind.RULE, **self.attributes(row))

    def _cell(self, row: Row, cell: Phrase) -> Markup:
        return self.words(row, cell.start, cell.end)

    def _between(self, start: int, end: int) -> Markup:
        """Tabs and bars that the cells themselves take the place of."""
        between = self.text[start:end]
        return verbatim(between) if not between.strip(" \t\n") else element("span", verbatim(between), hidden=True)
