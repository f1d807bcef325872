"""Turns an answer into the JSON of the API and the command line."""

from dataclasses import is_dataclass
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Part, PartKind

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_PLAIN = (str, int, float, type(None))


def encode_answer(answer: Answer) -> dict[str, Any]:
    """Plain dictionaries, lists and strings, in the order the README documents."""
    ordered: dict[str, Any] = {}
    for name, value in _fields_of(answer).items():
        if name == "parts":
            ordered["answer"] = answer.text
        ordered[name] = value
    ordered["parts"] = tuple(map(encode_part, answer.parts))
    ordered["repairs"] = [{"from": r.typed, "to": r.understood} for r in answer.repairs]
    times = _fields_of(answer.timings_ms).items()
    # Only a model writes.
    ordered["timings_ms"] = {step: round(ms, 2) for step, ms in times if ms or step != "write"}
    return ordered


def encode_part(part: Part) -> dict[str, Any]:
    """Only a table has columns and rows, and only a sentence of a model its wording."""
    fields = _fields_of(part)
    if part.wording is None:
        del fields["wording"]
    if part.kind is not PartKind.TABLE:
        del fields["columns"], fields["rows"]
    return fields


def _fields_of(value: "DataclassInstance") -> dict[str, Any]:
    """As `dataclasses.asdict`, without its copies of what cannot change, which take several times as long."""
    return {name: _to_plain(getattr(value, name)) for name in value.__dataclass_fields__}


def _to_plain(value: object) -> object:
    if isinstance(value, _PLAIN):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return _fields_of(value)
    return tuple(map(_to_plain, value)) if isinstance(value, tuple) else value
