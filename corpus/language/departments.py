"""Knows the bodies of government: full name, level, everyday names, English name."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.language.matching import NameMatcher

_TABLE = Path(__file__).parents[1] / "data" / "departments.csv"


class Level(StrEnum):
    NATIONAL = "national"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Department:
    """部门: `name` is the form official documents print."""

    name: str
    level: Level
    aliases: tuple[str, ...]
    english: str


@dataclass(frozen=True, slots=True)
class DepartmentMention:
    """A department's name in a text; several candidates where an everyday name fits several levels."""

    text: str
    start: int
    end: int
    candidates: tuple[Department, ...]


class DepartmentTable:
    """All departments by every name they go by."""

    def __init__(self, departments: Iterable[Department]) -> None:
        self.departments = tuple(departments)
        self._by_name = {d.name: d for d in self.departments}
        self._by_any_name: dict[str, list[Department]] = {}
        for department in self.departments:
            for name in dict.fromkeys((department.name, *department.aliases)):
                self._by_any_name.setdefault(name.casefold(), []).append(department)
        self._matcher = NameMatcher(self._by_any_name)

    def find(self, text: str) -> tuple[DepartmentMention, ...]:
        """Departments in the order they are named."""
        return tuple(
            DepartmentMention(text[f.start : f.end], f.start, f.end, tuple(self._by_any_name[f.name]))
            for f in self._matcher.find(text)
        )

    def named(self, name: str) -> Department | None:
        """The department of exactly this full name or only everyday name."""
        if name in self._by_name:
            return self._by_name[name]
        candidates = self._by_any_name.get(name.casefold(), [])
        return candidates[0] if len(candidates) == 1 else None

    def english_name(self, name: str) -> str:
        """The English name, or the Chinese one where none is known."""
        department = self.named(name)
        return department.english if department and department.english else name

    def names(self) -> tuple[str, ...]:
        """Every name in use, for the user dictionary of the word cutter."""
        return tuple(dict.fromkeys(n for d in self.departments for n in (d.name, *d.aliases)))

    def with_printed(self, names: Iterable[str]) -> "DepartmentTable":
        """The table with names that notices print and it lacks; their level is read from the first character."""
        unknown = [n for n in dict.fromkeys(names) if n.casefold() not in self._by_any_name]
        return DepartmentTable((*self.departments, *(Department(n, _guess_level(n), (), "") for n in unknown)))


def load_departments(path: Path = _TABLE) -> DepartmentTable:
    with path.open(encoding="utf-8", newline="") as file:
        return DepartmentTable(
            Department(
                row["name"], Level(row["level"]), tuple(a for a in row["aliases"].split("|") if a), row["english"]
            )
            for row in csv.DictReader(file)
        )


def _guess_level(name: str) -> Level:
    if name.startswith("省"):
        return Level.PROVINCIAL
    if name.startswith(("市", "各市")):
        return Level.MUNICIPAL
    return Level.COUNTY if name.startswith(("县", "区", "各县", "各区")) else Level.NATIONAL
