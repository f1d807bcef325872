"""Readings of single items, as the tests of facts need them."""

from ingest.facts.reading import Reading
from ingest.parsing.view import view_text


def read_item(text: str, before: str = "", lead_in: str = "", headings: tuple[str, ...] = ()) -> Reading:
    """An item that stands alone, or after and under these words."""
    return Reading(
        view_text(text),
        view_text(before) if before else None,
        view_text(lead_in) if lead_in else None,
        tuple(view_text(h) for h in headings),
    )
