"""What a reader of facts is given: an item as it reads, and what stands around it."""

from dataclasses import dataclass

from corpus.notice import Cell
from ingest.parsing.view import View


@dataclass(frozen=True, slots=True)
class Reading:
    """An item with its surroundings, which may carry what it leaves out.

    `before` is the item before it in the same measure or point, `lead_in` the sentence that opens its list, `headings`
    those around it, the innermost first. `cells` are those of a table row, else empty.
    """

    words: View
    before: View | None = None
    lead_in: View | None = None
    headings: tuple[View, ...] = ()
    cells: tuple[Cell, ...] = ()
