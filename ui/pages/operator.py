"""What the operator says about a notice, beside its text and marked as theirs: 运营方提供，非原文."""

from collections.abc import Iterator

from markupsafe import Markup

from corpus.operator import OperatorNotes
from ui.templating import render
from ui.words import word


def render_operator(notes: OperatorNotes | None, language: str) -> Markup | str:
    """Nothing where the operator said nothing that readers are shown."""
    rows = tuple(_rows(notes, language)) if notes else ()
    return render("pages/operator", language, rows=rows) if rows else ""


def _rows(notes: OperatorNotes, language: str) -> Iterator[tuple[str, str]]:
    in_force = "" if notes.in_force is None else word("operator_yes" if notes.in_force else "operator_no", language)
    said = {
        "in_force": in_force,
        "repealed_by": notes.repealed_by,
        "expires": notes.expires.isoformat() if notes.expires else "",
        "title": notes.title,
        "issuer": notes.issuer,
        "issued": notes.issued.isoformat() if notes.issued else "",
        "telephone": notes.telephone,
    }
    yield from ((word(f"operator_{key}", language), value) for key, value in said.items() if value)
    for c in notes.corrections:
        corrected = word("operator_corrected", language, printed=c.printed, right=c.right, reason=c.reason)
        yield word("operator_correction", language), corrected
