"""Whether the words of a free sentence are printed, or plain ones that claim nothing of their own."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.language.amounts import read_amounts
from corpus.language.numerals import in_digits
from corpus.language.words import WordCutter

_LATIN = re.compile("[a-z0-9]", re.IGNORECASE)
_COUNT = re.compile(
    "(?:这|那|共|一共|上述|以上)?(?P<n>[两二三四五六七八九十]|十[一二三四五六七八九])(?:[个家笔项条种类句级]|个?(?:部门|方面|环节))"
)
_JOINED = re.compile("[、，]|和|与|及")
_DENIALS = "不没未无非"
_MAKE_WORDS = frozenset("以所上下前后内外中一最更各每第之只都将要")
"""Of a word that is not printed none of these may stand alone: 以下 is more than 以 and 下."""

_NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Printed:
    """The words of an evidence; `is_strict` allows no other word for one of them."""

    text: str
    words: frozenset[str]
    is_strict: bool

    def translate(self, statement: str, cutter: WordCutter) -> str:
        """The statement with printed words for plain phrases of several characters that mean the same."""
        if self.is_strict:
            return statement
        for phrase, same in _plain_for().items():
            at = statement.find(phrase) if len(phrase) > 1 else -1
            if at < 0 or phrase in self.text or _runs_on(statement, at, phrase, cutter):
                continue
            if said := next((w for w in same if w in self.text), ""):
                statement = statement.replace(phrase, said)
        return statement

    def find_strange(self, statement: str, allowed: frozenset[str], cutter: WordCutter) -> str:
        """The first word that is neither printed nor allowed, "" for none."""
        said = _COUNT.sub(lambda m: m.group() if not _counts_what_is_said(m, statement) else " ", statement)
        words = cutter.cut(_without_amounts(said))
        return next((word for word in words if not self._covers(word, allowed)), "")

    def says_something(self, statement: str, cutter: WordCutter) -> bool:
        """It has a word that is printed and not only plain, or a figure."""
        plain = words_of("function") | words_of("values")
        words = (w for w in cutter.cut(statement) if len(w) > 1 and w not in plain)
        return any(c.isdigit() for c in statement) or any(w in self.text or stand_for(w) for w in words)

    def _covers(self, word: str, allowed: frozenset[str]) -> bool:
        """Printed, allowed, of the same meaning, or made of such pieces; one character must be a word there too."""
        if word in allowed or word in self.words or (len(word) > 1 and word in self.text):
            return True
        if len(word) == 1 and word in _DENIALS:
            # Whether it is denied is compared as a whole.
            return True
        if not self.is_strict and any(same in self.text for same in _plain_for().get(word, ())):
            return True
        if _LATIN.search(word):
            return in_digits(word) in in_digits(self.text)
        cuts = ((word[:n], word[n:]) for n in range(1, len(word)))
        return any(all(self._covers(p, allowed) and p not in _MAKE_WORDS for p in two) for two in cuts)


def _runs_on(statement: str, at: int, phrase: str, cutter: WordCutter) -> bool:
    """It is a piece of a longer word: 按年 of 按年度, 公司 of 子公司."""
    before, behind = statement[at - 1 : at] if at else "", statement[at + len(phrase) : at + len(phrase) + 1]
    longer = [f"{phrase}{behind}", f"{phrase[-1]}{behind}"] if behind else []
    longer += [f"{before}{phrase}", f"{before}{phrase[0]}"] if before else []
    return any(map(cutter.knows, longer))


def _counts_what_is_said(match: re.Match[str], statement: str) -> bool:
    """三家 beside three names that are joined."""
    number = sum(_NUMERALS.find("二" if c == "两" else c) for c in match["n"])
    rest = [*re.split("[：:；;。]", statement[: match.start()])[-1:], re.split("[；;。]", statement[match.end() :])[0]]
    return any(len(_JOINED.split(part.strip("，,、：: "))) >= number > 1 for part in rest)


def _without_amounts(text: str) -> str:
    for amount in reversed(read_amounts(text)):
        text = f"{text[: amount.start]} {text[amount.end :]}"
    return text


def words_of(key: str) -> frozenset[str]:
    """A list of the table: function, consulting, values, money."""
    return _lists()[key]


def stand_for(word: str) -> tuple[str, ...]:
    """The printed words that a plain one may stand for."""
    return _plain_for().get(word, ())


def asked_for(printed: str) -> frozenset[str]:
    """How people ask for what a line names that says it is not written."""
    rows = _tables()["asked"]
    assert isinstance(rows, dict)
    named = (asked for names, asked in rows.items() if any(name in printed for name in names.split()))
    return frozenset(word for asked in named for word in asked.split())


@cache
def _tables() -> Mapping[str, object]:
    with (Path(__file__).parent / "data" / "plain_words.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    return {key: frozenset(words.split()) for key, words in _tables().items() if isinstance(words, str)}


@cache
def _plain_for() -> Mapping[str, tuple[str, ...]]:
    rows = _tables()["plain"]
    assert isinstance(rows, dict)
    return {word: tuple(printed.split()) for words, printed in rows.items() for word in words.split()}
