"""Adds the words that notices print to the everyday words people say, for searching only."""

import csv
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from corpus.language.matching import NameMatcher
from corpus.store import Corpus

_TABLE = Path(__file__).parent / "data" / "synonyms.csv"


class Synonyms:
    """Everyday words that no notice prints and whose printed counterpart one does."""

    def __init__(self, corpus: Corpus) -> None:
        text = "\n".join(corpus.texts.values())
        with _TABLE.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["printed"] in text and row["said"] not in text]
        self._printed: Mapping[str, str] = {row["said"]: row["printed"] for row in rows}
        self._same = [row["said"] for row in rows if row["is_same"]]

    @cached_property
    def _matcher(self) -> NameMatcher:
        return NameMatcher(self._printed)

    @cached_property
    def _same_matcher(self) -> NameMatcher:
        return NameMatcher(self._same)

    def said_in(self, text: str) -> tuple[str, ...]:
        """The everyday words of a question."""
        return tuple(found.name for found in self._matcher.find(text))

    def in_printed_words(self, text: str, nearly: bool = False) -> str:
        """The text with each everyday word replaced by the printed one that means the same, or nearly the same."""
        matcher = self._matcher if nearly else self._same_matcher
        for found in reversed(matcher.find(text)):
            text = f"{text[: found.start]} {self._printed[found.name]} {text[found.end :]}"
        return text

    def printed_for(self, text: str) -> tuple[str, ...]:
        """The printed words for what a question says."""
        return tuple(self._printed[said] for said in self.said_in(text))
