"""Lists for the card what the operator says beside a notice, each with its Chinese name."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date

from corpus.notice import Notice
from ingest.checking.words import word, word_table


def list_operator_notes(notice: Notice) -> list[tuple[str, str]]:
    """Name and words of everything that is said."""
    notes: object = getattr(notice, "operator", None)
    if not is_dataclass(notes) or isinstance(notes, type):
        return []
    said = ((field.name, getattr(notes, field.name)) for field in fields(notes))
    return [(word_table("operator").get(name, name), words) for name, value in said for words in _say(value)]


def _say(value: object) -> Iterator[str]:
    """Nothing for what was left out; each entry of a list apart."""
    match value:
        case bool():
            yield word("phrases", "yes" if value else "no")
        case str() if value:
            yield value
        case date():
            yield value.isoformat()
        case tuple():
            for entry in value:
                yield " → ".join(_list_words(entry))
        case _:
            return


def _list_words(entry: object) -> Iterator[str]:
    words = [entry]
    if is_dataclass(entry) and not isinstance(entry, type):
        words = [getattr(entry, field.name) for field in fields(entry)]
    yield from (said for said in words if isinstance(said, str) and said)
