"""Reads a message that is typed in pinyin by names of the corpus and everyday words that sound so; all of it or nothing."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from corpus.language.readings import Readings

_SPOKEN = Path(__file__).parent / "data" / "spoken_words.txt"
_INITIAL = "zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]"
_FINAL = (
    "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|van|ai|ei|ao|ou|an|en|in|un|vn|ia|ie|iu|ua|uo|ui|ue|ve|a|o|e|i|u|v"
)
_SYLLABLE = re.compile(f"(?:(?:{_INITIAL})(?:{_FINAL})|er|a|o|e|ai|ei|ao|ou|an|en|ang)")
_WORD = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)*")
# Written so in no English word that is otherwise made of syllables.
_ONLY_PINYIN = re.compile("zh[aeiou]|x[aeiou]|q[iu](?![u])", re.IGNORECASE)
_FEWEST = 3
_LONGEST_WORD = 8
_CHINESE = re.compile("[\u4e00-\u9fff]")


def is_pinyin(text: str) -> bool:
    """Several syllables of nothing but pinyin; one of them is of no English word."""
    words = _WORD.findall(text)
    if not words or _CHINESE.search(text) or not _ONLY_PINYIN.search(text):
        return False
    cuts = [next(_cut(w.casefold()), None) for w in words]
    return None not in cuts and sum(len(c) for c in cuts if c) >= _FEWEST


class PinyinReader:
    """Words by the syllables they are read as, those of the corpus before everyday ones."""

    def __init__(self, names: Iterable[str], everyday: Iterable[str], readings: Readings) -> None:
        self._words: dict[tuple[str, ...], str] = {}
        for word in (*_read_spoken(), *names, *everyday):
            syllables = _spoken(word, readings)
            if 0 < len(syllables) <= _LONGEST_WORD:
                self._words.setdefault(syllables, word)

    def read(self, text: str) -> str:
        """The Chinese that a pinyin message stands for, numbers as they are; "" where a syllable is of no known word."""
        if not is_pinyin(text):
            return ""
        pieces: list[str] = []
        end = 0
        for run in re.finditer(r"[A-Za-z' ]+", text):
            pieces.append(text[end : run.start()])
            end = run.end()
            words = _WORD.findall(run.group())
            said = next((s for cut in _cuts_of(words) if (s := self._join(cut))), "") if words else ""
            if words and not said:
                return ""
            pieces.append(said)
        return "".join((*pieces, text[end:])).strip()

    def _join(self, syllables: tuple[str, ...]) -> str:
        """The fewest words that make up all the syllables."""
        best: list[tuple[int, str] | None] = [(0, "")] + [None] * len(syllables)
        for end in range(1, len(syllables) + 1):
            for start in range(max(0, end - _LONGEST_WORD), end):
                before, word = best[start], self._words.get(syllables[start:end])
                if before is None or word is None:
                    continue
                found = (before[0] + 1, before[1] + word)
                here = best[end]
                best[end] = found if here is None or found[0] < here[0] else here
        whole = best[-1]
        return whole[1] if whole else ""


def _cuts_of(words: list[str]) -> Iterator[tuple[str, ...]]:
    """Ways to cut the words into syllables: xian is one or xi an."""
    if not words:
        yield ()
        return
    for first in _cut(words[0].casefold()):
        for rest in _cuts_of(words[1:]):
            yield (*first, *rest)


def _cut(word: str) -> Iterator[tuple[str, ...]]:
    """The longest syllables first."""
    word = word.lstrip("'")
    if not word:
        yield ()
        return
    for size in range(min(6, len(word)), 0, -1):
        if _SYLLABLE.fullmatch(word, 0, size):
            yield from ((word[:size], *rest) for rest in _cut(word[size:]))


def _spoken(word: str, readings: Readings) -> tuple[str, ...]:
    """Its syllables; none where it holds anything but Chinese."""
    if not word or not all(map(_CHINESE.match, word)):
        return ()
    named = readings.of_name(word)
    syllables = named or tuple(readings.of_character(c)[0] for c in word)
    return tuple(s.replace("ü", "v") for s in syllables)


@cache
def _read_spoken() -> tuple[str, ...]:
    return tuple(_SPOKEN.read_text(encoding="utf-8").split())
