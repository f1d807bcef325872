"""Replaces English names of things and departments in a question by the Chinese names that the notices print."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.naming.english.departments import EnglishDepartments
from assistant.naming.english.words import Match, Token, choose_matches, cut_english, write_together
from corpus.operator import EnglishTerm
from corpus.store import Corpus

_TABLE = Path(__file__).parents[1] / "data" / "english_terms.csv"
_HAS_ENGLISH = re.compile(r"[A-Za-z]{3}")
_LEVELS = {
    "provincial": ("省级", "省"),
    "national": ("国家级", "国家"),
    "state": ("国家级", "国家"),
    "ministry": ("部级",),
}


@dataclass(frozen=True, slots=True)
class EnglishName:
    """An English name as typed, and the Chinese name it stands for."""

    english: str
    chinese: str


@dataclass(frozen=True, slots=True)
class Translated:
    """The question with Chinese names, and what was replaced in reading order."""

    text: str
    names: tuple[EnglishName, ...]


class EnglishNames:
    """The English names of one corpus: terms of the glossary that it prints, others that it must know, and departments."""

    def __init__(self, corpus: Corpus, unprinted: frozenset[str] = frozenset()) -> None:
        self._terms = _Terms(corpus, unprinted)
        self._departments = EnglishDepartments(corpus)

    @property
    def printed_terms(self) -> frozenset[str]:
        """The Chinese terms of the glossary that the notices print."""
        return self._terms.printed

    def translate(self, text: str) -> Translated:
        """The question as it is where it holds no English word."""
        if not _HAS_ENGLISH.search(text):
            return Translated(text, ())
        tokens = cut_english(text)
        pieces, names, position = [], [], 0
        for match in choose_matches([*self._terms.find(tokens), *self._departments.find(tokens)]):
            start, end = tokens[match.first].start, tokens[match.last].end
            pieces += [text[position:start].rstrip(" "), match.chinese]
            names.append(EnglishName(text[start:end], match.chinese))
            position = end + len(text[end:]) - len(text[end:].lstrip(" "))
        pieces.append(text[position:])
        return Translated(" ".join(filter(None, pieces)), tuple(names))


def read_glossary(corpus: Corpus) -> Iterator[EnglishTerm]:
    """Terms that the operator gave for the published notices, then those that hold for any."""
    for notice in corpus.catalogue.notices:
        yield from notice.operator.english if notice.operator else ()
    with _TABLE.open(encoding="utf-8", newline="") as file:
        yield from (EnglishTerm(row["english"], row["chinese"]) for row in csv.DictReader(file))


class _Terms:
    """Glossary terms by their words written together, so that big data, big-data and bigdata are one."""

    def __init__(self, corpus: Corpus, unprinted: frozenset[str]) -> None:
        bodies = {mention.text for text in corpus.texts.values() for mention in corpus.departments.find(text)}
        # Social security is no subject of a notice that only names the department of that name.
        printed = "\n".join(_without(re.sub(r"\s", "", text), bodies) for text in corpus.texts.values())
        rows = [(write_together(t.english), t.chinese) for t in read_glossary(corpus)]
        terms = [(key, chinese) for key, chinese in rows if chinese in printed or chinese in bodies]
        self._chinese: dict[str, str] = {}
        others = [(key, chinese) for key, chinese in rows if chinese in unprinted]
        for key, chinese in (*terms, *_with_levels(terms, printed), *others):
            self._chinese.setdefault(key, chinese)
        self.printed = frozenset(chinese for _, chinese in terms)
        self._beginnings = frozenset(key[:n] for key in self._chinese for n in range(1, len(key) + 1))

    def find(self, tokens: Sequence[Token]) -> Iterator[Match]:
        for first, token in enumerate(tokens):
            key = token.word
            last = first
            while key in self._beginnings:
                if key in self._chinese and tokens[last].word:
                    yield Match(first, last, self._chinese[key], last - first + 1)
                last += 1
                if last == len(tokens) or tokens[last].opens:
                    break
                key += tokens[last].key


def _with_levels(terms: Iterable[tuple[str, str]], printed: str) -> Iterator[tuple[str, str]]:
    """Terms with the level before them, where the notices print them so."""
    for key, chinese in terms:
        for level, marks in _LEVELS.items():
            yield from ((level + key, mark + chinese) for mark in marks if mark + chinese in printed)


def _without(text: str, names: Iterable[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "\n")
    return text
