"""An answer that is to be spoilt, and small ways to change it that several ways of spoiling share."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from evals.cases.case import Case
from evals.context import Annotation
from evals.scoring.reply import OWN_KINDS

Answer = dict[str, Any]
_TOLD = frozenset({*OWN_KINDS, "departments", "table"})


@dataclass(frozen=True, slots=True)
class Specimen:
    """A right answer with its case, what people noted of its notice, and right answers to other cases."""

    case: Case
    answer: Answer
    annotation: Annotation | None
    others: Sequence[Answer]
    dice: Random

    def copy(self) -> Answer:
        copied: Answer = json.loads(json.dumps(self.answer))
        return copied

    def pick_other(self, fits: Callable[[Answer], bool]) -> Answer | None:
        """A right answer to another case that fits, drawn at random but always the same."""
        start = self.dice.randrange(len(self.others)) if self.others else 0
        turned = (*self.others[start:], *self.others[:start])
        return next((other for other in turned if fits(other)), None)

    @property
    def is_english(self) -> bool:
        return self.answer.get("language") == "en"


def own_parts(answer: Answer) -> list[dict[str, Any]]:
    return [part for part in answer["parts"] if part["kind"] in OWN_KINDS]


def told_text(answer: Answer) -> str:
    """All that the answer says in its own words."""
    items = (item["text"] for item in answer.get("items") or ())
    return "\n".join((*(part["text"] for part in answer["parts"] if part["kind"] in _TOLD), *items))


def change_told(answer: Answer, change: Callable[[str], str]) -> Answer:
    """The same change in every part and item of our own words."""
    for part in answer["parts"]:
        if part["kind"] in _TOLD:
            part["text"] = change(part["text"])
        for row in part.get("rows") or ():
            row["cells"] = [change(cell) for cell in row["cells"]]
    for item in answer.get("items") or ():
        item["text"] = change(item["text"])
    return answer


def replace_told(specimen: Specimen, old: str, new: str) -> Answer | None:
    """None where our own words do not hold it."""
    if not old or old == new or old not in told_text(specimen.answer):
        return None
    return change_told(specimen.copy(), lambda text: text.replace(old, new))


def without_parts(answer: Answer, kinds: Iterable[str]) -> Answer:
    kept = [part for part in answer["parts"] if part["kind"] not in set(kinds)]
    return {**answer, "parts": kept}


def foreign_citation(specimen: Specimen) -> dict[str, Any] | None:
    """A citation of the same notice that leads to a measure which the answer does not cite."""
    cited = {c["measure_id"] for c in specimen.answer["citations"]}
    notices = {c["notice_id"] for c in specimen.answer["citations"]}
    allowed = {str(n) for n in specimen.case.may_cite}

    def fits(citation: dict[str, Any]) -> bool:
        if citation["notice_id"] not in notices or not citation["measure_id"]:
            return False
        return citation["measure_id"] not in cited and str(citation["measure_number"]) not in allowed

    other = specimen.pick_other(lambda a: any(map(fits, a["citations"])))
    found = next(filter(fits, other["citations"]), None) if other else None
    if found is None:
        return None
    number = 1 + max((c["number"] for c in specimen.answer["citations"]), default=0)
    return {**found, "number": number}


def shift_number(text: str, pattern: re.Pattern[str], by: int = 1) -> str | None:
    """The text with the first Arabic number that the pattern finds made larger; None where there is none."""
    match = pattern.search(text)
    if match is None:
        return None
    return f"{text[: match.start('n')]}{int(match['n']) + by}{text[match.end('n') :]}"


def change_first(specimen: Specimen, change: Callable[[str], str | None]) -> Answer | None:
    """The first own part or item that can be changed so, and no other."""
    answer = specimen.copy()
    for place in _places(answer):
        changed = change(place["text"])
        if changed is not None and changed != place["text"]:
            place["text"] = changed
            return answer
    return None


def _places(answer: Answer) -> Iterator[dict[str, Any]]:
    yield from own_parts(answer)
    yield from answer.get("items") or ()
