"""Understands misspelt words: spans that no dictionary knows and that sound or look like a name of the corpus."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from assistant.answer import Repair
from assistant.naming.places import load_places
from assistant.repairing.misspellings import Candidate, Doubt, Likeness, NeverRepaired, Search, Word
from assistant.repairing.pinyin import PinyinReader, is_pinyin
from assistant.repairing.spellings import Name, Spellings
from corpus.language.amounts import read_amounts
from corpus.language.matching import NameMatcher
from corpus.store import Corpus

_DATA = Path(__file__).parent / "data"
_MOST_REPAIRS = 4
_WORDS_REMEMBERED = 10_000
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_HOW_MANY_ELSEWHERE = re.compile(r"几多|好多(?=钱|万|元|[？?。！]?\s*$)")
_QUOTED = re.compile(r"[“‘「『《〈\"']([^“”‘’「」『』《》〈〉\"']{2,60})[”’」』》〉\"']")
_EITHER = re.compile(r"([\u4e00-\u9fff]{1,2})[不没]\1")
"""能不能 is no piece of 功能."""

_NUMBER = re.compile(
    r"第?[零一二两三四五六七八九十百千万亿\d]+(?=[家个条项名种类年月日天批次轮章款级届位号点倍元％%几])"
)


@dataclass(frozen=True, slots=True)
class Repaired:
    """A question as it is understood, and what was changed in it."""

    text: str
    repairs: tuple[Repair, ...]


class Repairer:
    """Repairs with the names of one corpus and a list of everyday words."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._places = load_places()
        self._never = NeverRepaired(_read("never_repair.txt"))
        everyday = _read_everyday()
        self._everyday = NameMatcher(everyday)
        self._spellings = Spellings(
            _vocabulary(corpus, frozenset(everyday)),
            replace(corpus.readings, names={**corpus.readings.names, **everyday}),
        )
        # A word in no dictionary is sought among all of the corpus's own words, one by one.
        self._knows = lru_cache(maxsize=_WORDS_REMEMBERED)(corpus.cutter.knows)

    def repair(self, text: str) -> Repaired:
        """The text, in simplified characters, with at most four misspelt names put right and 多少 for 几多 and 好多."""
        text = _HOW_MANY_ELSEWHERE.sub("多少", text)
        if not _CHINESE.search(text):
            return self._read_pinyin(text)
        words = self._cut(text)
        if all(w.doubt is Doubt.KNOWN for w in words):
            return Repaired(text, ())
        found = [c for c in Search(text, words, self._spellings).candidates() if self._is_allowed(c, text)]
        if not found:
            return Repaired(text, ())
        names = [(m.start, m.end) for m in self._corpus.lexicon.find(text)]
        untouchable, sums = self._untouchable(text, names), read_amounts(text)
        found = [c for c in found if untouchable.isdisjoint(c.changed) and not self._is_corpus_word(c, text, words)]
        # 50万奖励 is short for 50万元奖励, and no slip.
        found = [c for c in found if not any(c.start < a.end and a.start < c.end for a in sums)]
        known = [*names, *((w.start, w.end) for w in words if w.doubt <= Doubt.HOMOPHONE)]
        return _apply(text, _choose(text, found)[:_MOST_REPAIRS], known)

    def _read_pinyin(self, text: str) -> Repaired:
        """zhongshi jidi duoshao qian as 中试基地多少钱; the text itself where it is not pinyin or not read wholly."""
        said = self._pinyin.read(text) if is_pinyin(text) else ""
        return Repaired(said, (Repair(text, said),)) if said else Repaired(text, ())

    @cached_property
    def _pinyin(self) -> PinyinReader:
        return PinyinReader(self._corpus.lexicon.names, _read_everyday(), self._corpus.readings)

    def _cut(self, text: str) -> tuple[Word, ...]:
        words: list[Word] = []
        position = 0
        for word in self._corpus.cutter.cut(text):
            # Only Chinese matters, and Chinese is not folded.
            start = text.find(word, position) if _CHINESE.fullmatch(word) else -1
            if start >= 0:
                position = start + len(word)
                words.append(Word(start, position, self._doubt(word)))
        return tuple(words)

    def _doubt(self, word: str) -> Doubt:
        if len(word) == 1:
            return Doubt.KNOWN if word in self._never.characters else Doubt.SINGLE
        if not self._knows(word):
            return Doubt.UNKNOWN
        alike = self._spellings.words_by_sound.get(self._spellings.sounds.code(word))
        if not alike or word in alike:
            return Doubt.KNOWN
        # 专力 stands in the dictionary, but nobody writes it.
        return Doubt.UNKNOWN if self._corpus.cutter.is_rare(word) else Doubt.HOMOPHONE

    def _is_allowed(self, candidate: Candidate, text: str) -> bool:
        if self._never.keep_apart(text[candidate.start : candidate.end], candidate.name.text):
            return False
        if any(self._never.covers(text, i) for i in candidate.changed):
            return False
        is_long_and_alike = candidate.likeness <= Likeness.SIMILAR_SOUND and len(candidate.name.text) > 2
        if not is_long_and_alike and any(text[i] in self._never.characters for i in candidate.changed):
            return False
        if candidate.likeness in (Likeness.DOUBLED, Likeness.MISSING):
            return True
        meant = {i: candidate.name.text[i - candidate.start] for i in candidate.changed}
        return not any(self._never.keep_apart(text[i], c) for i, c in meant.items())

    def _untouchable(self, text: str, names: Sequence[tuple[int, int]]) -> frozenset[int]:
        """Places in names that are right already, in provinces and cities, numbers, and quotations from the corpus."""
        spans = [*names, *((f.start, f.end) for f in self._everyday.find(text))]
        spans += [(p.start, p.end) for p in self._places.find(text)]
        spans += [m.span() for m in _NUMBER.finditer(text)]
        spans += [m.span() for m in _EITHER.finditer(text)]
        spans += [m.span(1) for m in _QUOTED.finditer(text) if self._occurs(m[1])]
        return frozenset(i for start, end in spans for i in range(start, end))

    def _is_corpus_word(self, candidate: Candidate, text: str, words: Sequence[Word]) -> bool:
        """Whether a word that only looks like a name stands in the notices itself: 引育 is not 培育."""
        if candidate.likeness is not Likeness.WRONG:
            return False
        typed = (
            text[w.start : w.end] for w in words if w.end - w.start > 1 and w.start <= candidate.changed[0] < w.end
        )
        return any(self._occurs(word) for word in typed)

    def _occurs(self, words: str) -> bool:
        return self._corpus.lexicon.knows(words) or any(words in text for text in self._corpus.texts.values())


def _read(file_name: str) -> str:
    return (_DATA / file_name).read_text(encoding="utf-8")


def _read_everyday() -> dict[str, str]:
    """Everyday words, each with its reading where the file gives one because a character is not read as usual."""
    lines = (line.partition(" ") for line in _read("repair_words.txt").splitlines())
    return {word: reading for word, _, reading in lines if word}


def _vocabulary(corpus: Corpus, everyday: frozenset[str]) -> Iterator[Name]:
    departments = frozenset(corpus.departments.names())
    for name in dict.fromkeys((*corpus.lexicon.names, *sorted(everyday))):
        is_department = name in departments
        words = (name,) if is_department else corpus.cutter.cut(name)
        yield Name(name, words, is_department, name in everyday)


def _choose(text: str, found: Sequence[Candidate]) -> list[Candidate]:
    """The best candidates without overlap, in reading order; none where two are equally good and differ."""
    chosen: list[Candidate] = []
    settled: list[Candidate] = []
    for candidate in sorted(found, key=lambda c: (c.rank, c.start)):
        if any(candidate.overlaps(other) for other in settled):
            continue
        settled.append(candidate)
        rivals = [c for c in found if c.rank == candidate.rank and c.overlaps(candidate)]
        if len({c.applied_to(text) for c in rivals}) == 1:
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)


def _apply(text: str, chosen: Sequence[Candidate], known: Sequence[tuple[int, int]]) -> Repaired:
    pieces: list[str] = []
    repairs: list[Repair] = []
    position = 0
    for candidate in chosen:
        start, end = _widen(candidate, known)
        head, tail = text[max(start, position) : candidate.start], text[candidate.end : end]
        repairs.append(Repair(text[max(start, position) : end], head + candidate.name.text + tail))
        pieces += [text[position : candidate.start], candidate.name.text]
        position = candidate.end
    return Repaired("".join((*pieces, text[position:])), tuple(dict.fromkeys(repairs)))


def _widen(candidate: Candidate, known: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The span up to the borders of known words and names, as people read it: 高价直…, not 价直…."""
    right = [(s, e) for s, e in known if not any(s <= i < e for i in candidate.changed)]
    start = min((s for s, e in right if s < candidate.start < e), default=candidate.start)
    return start, max((e for s, e in right if s < candidate.end < e), default=candidate.end)
