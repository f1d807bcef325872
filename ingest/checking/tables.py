"""Finds rows of tables that have fewer cells than their table has heads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.notice import Notice, Provision, ProvisionKind
from ingest.parsing.tables import Row, find_rows
from ingest.parsing.view import view_text


@dataclass(frozen=True, slots=True)
class ShortRows:
    """Those of one table; `heads` is how many heads it has."""

    heads: int
    rows: tuple[Provision, ...]


def find_short_rows(notice: Notice) -> Iterator[ShortRows]:
    above: Provision | None = None
    table: list[Provision] = []
    for provision in (*notice.provisions(), None):
        if provision is not None and provision.kind is ProvisionKind.TABLE_ROW:
            table.append(provision)
            continue
        if table and (short := _compare(above, table)):
            yield short
        above, table = provision, []


def _compare(head: Provision | None, rows: Sequence[Provision]) -> ShortRows | None:
    heads = _count_cells(head.text) if head else 0
    short = tuple(row for row in rows if len(row.cells) < heads)
    return ShortRows(heads, short) if short else None


def _count_cells(line: str) -> int:
    """How many cells it would have as a row, 0 where it is none."""
    view = view_text(line)
    _, row = find_rows((view, view))
    return len(row.cells) if isinstance(row, Row) else 0
