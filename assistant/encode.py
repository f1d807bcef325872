"""Turns an answer into the JSON of the API and the command line."""

from dataclasses import asdict
from typing import Any

from assistant.answer import Answer


def encode_answer(answer: Answer) -> dict[str, Any]:
    """Plain dictionaries, lists and strings, in the order the README documents."""
    fields = asdict(answer)
    ordered: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "parts":
            ordered["answer"] = answer.text
        ordered[name] = value
    ordered["repairs"] = [{"from": r.typed, "to": r.understood} for r in answer.repairs]
    ordered["timings_ms"] = {step: round(ms, 2) for step, ms in fields["timings_ms"].items()}
    return ordered
