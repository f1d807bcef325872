"""What stands in the raw text of the shipped notice, read by a few lines of its own, and what an answer lists.

Neither the parser nor the catalogue has a part in the gold: it is titles, brackets and sentences that print a sum.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Answer, PartKind

NUMERALS = "一二三四五六七八九十"
_HEADING = re.compile(r"^（([一二三四五六七八九十]{1,3})）([^。\n]{2,20})。", re.MULTILINE)
_CHAPTER = re.compile(r"^([一二三四五])、(.{4,20})$", re.MULTILINE)
_BRACKET = re.compile(r"（([^（）]*?)(按职责分工负责|牵头负责)）")
_GIVING = re.compile(r"[^；。]*最高[^，。；]{0,6}?(\d+)万元[^；。]*")
_SUM = re.compile(r"(\d+)万元")
_COUNTED = re.compile(r"^(?P<name>[^：（]+)(?:：(?P<count>\d+)[条个项次])?")
_ENDING = re.compile(r"：(?P<names>[^：。]+)。$")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in units of 10,000 yuan, in the measure with this number."""

    measure: int
    value: int


@dataclass(frozen=True, slots=True)
class Given:
    """A sum and the words around it."""

    sum: Sum
    words: str


@dataclass(frozen=True, slots=True)
class Measure:
    number: int
    chapter: int
    text: str
    departments: tuple[str, ...]
    role: str
    given: tuple[Given, ...]


def read_numeral(numeral: str) -> int:
    if len(numeral) == 1:
        return NUMERALS.index(numeral) + 1
    return 10 + NUMERALS.index(numeral[1]) + 1


def write_numeral(number: int) -> str:
    return NUMERALS[number - 1] if number <= len(NUMERALS) else f"十{NUMERALS[number - 11]}"


def read_measures(text: str) -> tuple[Measure, ...]:
    headings = list(_HEADING.finditer(text))
    chapters = [m.start() for m in _CHAPTER.finditer(text)]
    found = []
    for heading, after in zip(headings, [*(h.start() for h in headings[1:]), len(text)], strict=True):
        body = text[heading.start() : after]
        bracket = list(_BRACKET.finditer(body))[-1]
        number = read_numeral(heading[1])
        chapter = sum(start < heading.start() for start in chapters)
        given = tuple(Given(Sum(number, int(g[1])), g[0]) for g in _GIVING.finditer(body))
        role = "lead" if "牵头" in bracket[2] else "shared"
        found.append(Measure(number, chapter, body, tuple(bracket[1].split("、")), role, given))
    return tuple(found)


Listed = frozenset[object]


def listed_measures(answer: Answer) -> Listed:
    """The numbers of the measures that the items of the list cite."""
    cited = {c.number: c.measure_number for c in answer.citations}
    return frozenset(cited[n] for item in answer.items or () for n in item.citations)


def listed_sums(answer: Answer) -> Listed:
    """The sum of each item; of one that is stated, not listed, that of its line."""
    cited = {c.number: c.measure_number or 0 for c in answer.citations}
    lines = [(item.text, item.citations) for item in answer.items or ()]
    stated = [(p.text, p.citations) for p in answer.parts if p.kind is PartKind.DIRECT]
    found = [(cited[n], _SUM.findall(text)) for text, numbers in lines or stated for n in numbers]
    return frozenset(Sum(measure, int(sums[-1])) for measure, sums in found if sums)


def listed_names(answer: Answer) -> Listed:
    """The names of the items; else those in which the last line ends (共同的责任部门共2个：…)."""
    if answer.items:
        return frozenset(_split(item.text)[0] for item in answer.items)
    direct = [p.text for p in answer.parts if p.kind is PartKind.DIRECT]
    ending = _ENDING.search(direct[-1]) if direct else None
    return frozenset(ending["names"].split("、")) if ending else frozenset()


def listed_counts(answer: Answer) -> Listed:
    """The name of each item with its number."""
    return frozenset(_split(item.text) for item in answer.items or ())


def listed_chapters(answer: Answer) -> Listed:
    """The number of each chapter with how much it comes to."""
    return frozenset((_chapter_of(name), count) for name, count in map(_split, _texts(answer)))


def chosen_chapters(answer: Answer) -> Listed:
    return frozenset(_chapter_of(_split(text)[0]) for text in _texts(answer))


def _texts(answer: Answer) -> Iterable[str]:
    return (item.text for item in answer.items or ())


def _split(text: str) -> tuple[str, int]:
    found = _COUNTED.match(text)
    return (found["name"], int(found["count"] or 0)) if found else (text, 0)


def _chapter_of(name: str) -> int:
    """0 for what is no chapter."""
    return read_numeral(name[0]) if name[1:2] == "、" and name[0] in NUMERALS else 0
