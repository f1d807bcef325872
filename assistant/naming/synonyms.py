"""Adds the words that notices print to the everyday words people say, for searching only."""

import csv
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from corpus.language.matching import NameMatcher
from corpus.operator import EverydayWord
from corpus.store import Corpus

_TABLE = Path(__file__).parent / "data" / "synonyms.csv"


def _read_table() -> Iterator[EverydayWord]:
    """Words that hold for any notice."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield EverydayWord(row["said"], row["printed"], bool(row["is_same"]))


def _beside(corpus: Corpus) -> Iterator[EverydayWord]:
    """Words that the operator gave for the published notices."""
    for notice in corpus.catalogue.notices:
        yield from notice.operator.words if notice.operator else ()


class Synonyms:
    """Everyday words that no notice prints and whose printed counterpart one does."""

    def __init__(self, corpus: Corpus) -> None:
        text = "\n".join(corpus.texts.values())
        # What stands beside a notice goes before what holds for any.
        words = [w for w in (*_read_table(), *_beside(corpus)) if w.printed in text and w.said not in text]
        self._printed: Mapping[str, str] = {w.said: w.printed for w in words}
        self._same = [w.said for w in words if w.is_same]

    @cached_property
    def _matcher(self) -> NameMatcher:
        return NameMatcher(self._printed)

    @cached_property
    def _same_matcher(self) -> NameMatcher:
        return NameMatcher(self._same)

    def said_in(self, text: str) -> tuple[str, ...]:
        """The everyday words of a question."""
        return tuple(found.name for found in self._matcher.find(text))

    def pairs_in(self, text: str) -> tuple[tuple[str, str], ...]:
        """Each everyday word of a question with its printed one."""
        return tuple((said, self._printed[said]) for said in self.said_in(text))

    def in_printed_words(self, text: str, nearly: bool = False) -> str:
        """The text with each everyday word replaced by the printed one that means the same, or nearly the same."""
        matcher = self._matcher if nearly else self._same_matcher
        for found in reversed(matcher.find(text)):
            text = f"{text[: found.start]} {self._printed[found.name]} {text[found.end :]}"
        return text

    def printed_for(self, text: str) -> tuple[str, ...]:
        """The printed words for what a question says."""
        return tuple(self._printed[said] for said in self.said_in(text))
