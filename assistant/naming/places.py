"""Knows provinces and cities, and which province the notices speak for."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.language.matching import NameMatcher

_TABLE = Path(__file__).parent / "data" / "places.csv"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A province or city at its place in the question."""

    province: str
    text: str
    start: int
    end: int
    is_city: bool


class Places:
    """Provinces and cities by every name they go by."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._provinces: dict[str, str] = {}
        self._cities: dict[str, str] = {}
        self._english: dict[str, str] = {}
        for row in rows:
            names = [row["province"], *row["names"].split("|")]
            self._english[row["province"]] = next((n for n in names if n.isascii() and n), row["province"])
            self._provinces.update({name.casefold(): row["province"] for name in names if name})
            for city in filter(None, row["cities"].split("|")):
                self._cities.update({city: row["province"], f"{city.removesuffix('市')}市": row["province"]})
        self._matcher = NameMatcher([*self._provinces, *self._cities])

    def find(self, text: str) -> tuple[PlaceMention, ...]:
        mentions: list[PlaceMention] = []
        for found in self._matcher.find(text):
            name = found.name.casefold()
            is_city = name in self._cities and name not in self._provinces
            province = self._cities[name] if is_city else self._provinces[name]
            mentions.append(PlaceMention(province, text[found.start : found.end], found.start, found.end, is_city))
        return tuple(mentions)

    def english_name(self, province: str) -> str:
        """The English name, or the Chinese one where none is known."""
        return self._english.get(province, province)

    def home_of(self, texts: Iterable[str]) -> frozenset[str]:
        """The provinces that the notices speak for: named in most of what they say about any province."""
        counts = Counter(m.province for text in texts for m in self.find(text))
        most = max(counts.values(), default=0)
        return frozenset(p for p, n in counts.items() if n * 2 > most)


def is_for_every_province(text: str) -> bool:
    """Whether it speaks to 各省、自治区、直辖市, so that no place lies outside."""
    return "各省、自治区" in text


@cache
def load_places(path: Path = _TABLE) -> Places:
    with path.open(encoding="utf-8", newline="") as file:
        return Places(csv.DictReader(file))
