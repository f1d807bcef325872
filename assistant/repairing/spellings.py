"""Indexes names by how they sound and by how they look with one character wrong, missing or doubled."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain
from pathlib import Path

from corpus.language.readings import Readings

_CONFUSED = Path(__file__).parent / "data" / "confused_characters.txt"
LONGEST_NAME = 16
_NAME = re.compile(rf"(?=.*[\u4e00-\u9fff])[\u4e00-\u9fff0-9]{{2,{LONGEST_NAME}}}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NUMERALS = frozenset("零一二两三四五六七八九十百千万亿")
_SHORTEST_LOOK = 4
_SHORTEST_WITH_GAP = 5
_FIRST_CODE = 0xE000
WRONG = "\x00"


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a misspelling may stand for, with the lengths of the words it is cut into."""

    text: str
    words: tuple[str, ...]
    is_department: bool = False
    is_everyday: bool = False

    def inner_places(self) -> Iterator[int]:
        """Places of characters that are no word of their own."""
        start = 0
        for word in self.words:
            if len(word) > 1:
                yield from range(start, start + len(word))
            start += len(word)

    def same_word(self, one: int, other: int) -> bool:
        """Whether the characters at these two places belong to one word."""
        ends = list(accumulate(len(w) for w in self.words))
        return bisect_right(ends, one) == bisect_right(ends, other)


class Sounds:
    """Gives every character one code for its syllable, alike for zh and z, n and l, an and ang."""

    def __init__(self, readings: Readings) -> None:
        self._readings = readings
        self._codes: dict[str, str] = {}
        self._syllables: dict[str, frozenset[str]] = {}
        self._of_characters: dict[str, str] = {}

    def code(self, text: str) -> str:
        """One character for each character of the text; what is not Chinese stands for itself."""
        known = self._of_characters
        return "".join([known.get(c) or self._learn(c) for c in text])

    def are_same(self, one: str, other: str) -> bool:
        """Whether two characters can be read as the same syllable, tones aside."""
        self.code(one + other)
        readings = (self._syllables.get(c, frozenset({c})) for c in (one, other))
        return bool(next(readings) & next(readings))

    def code_of_syllable(self, syllable: str) -> str:
        return self._codes.setdefault(_blur(syllable), chr(_FIRST_CODE + len(self._codes)))

    def _learn(self, character: str) -> str:
        if not _CHINESE.match(character):
            return character
        syllables = self._readings.of_character(character)
        self._syllables[character] = frozenset(syllables)
        self._of_characters[character] = self.code_of_syllable(syllables[0])
        return self._of_characters[character]


class Spellings:
    """Names by the spellings they may be found under."""

    def __init__(self, names: Iterable[Name], readings: Readings) -> None:
        self.sounds = Sounds(readings)
        self._readings = readings
        self._confused = load_confused()
        self.names: Mapping[str, Name] = {n.text: n for n in names if _NAME.fullmatch(n.text)}
        self.by_sound: dict[str, list[Name]] = {}
        self.with_one_wrong: dict[str, list[Name]] = {}
        self.with_one_missing: dict[str, list[Name]] = {}
        self.lengths: dict[str, list[int]] = {}
        self.pairs: set[str] = set()
        self.frames: set[str] = set()
        self.beginnings: set[str] = set()
        self.gaps: set[str] = set()
        self.words_by_sound: dict[str, set[str]] = {}
        for name in self.names.values():
            self._index_sounds(name)
            if not name.is_department:
                self._index_wrong(name)
            if len(name.text) >= _SHORTEST_WITH_GAP:
                self._index_missing(name)
        self._index_lengths()

    def are_confused(self, typed: str, meant: str) -> bool:
        return meant in self._confused.get(typed, "")

    def _index_sounds(self, name: Name) -> None:
        text = name.text
        for code in self._codes_of(name):
            self.by_sound.setdefault(code, []).append(name)
            for i in range(1, len(text)):
                self.pairs.update((text[i - 1] + code[i], code[i - 1] + text[i]))
        if len(text) >= _SHORTEST_LOOK:
            for word in name.words:
                if len(word) > 1:
                    self.words_by_sound.setdefault(self.sounds.code(word), set()).add(word)

    def _codes_of(self, name: Name) -> set[str]:
        """The code of each character alone, as read in this name, and with one character taken for its double."""
        text = name.text
        plain = self.sounds.code(text)
        found = {plain}
        if not name.is_department and (reading := self._readings.of_name(text)):
            spoken = iter(reading)
            codes = [self.sounds.code_of_syllable(next(spoken)) if _CHINESE.match(c) else c for c in text]
            found.add("".join(codes))
        for i, character in enumerate(text):
            found.update(plain[:i] + self.sounds.code(c) + plain[i + 1 :] for c in self._confused.get(character, ""))
        return found

    def _index_wrong(self, name: Name) -> None:
        text = name.text
        if len(text) < _SHORTEST_LOOK:
            return
        for i in name.inner_places():
            self.with_one_wrong.setdefault(text[:i] + WRONG + text[i + 1 :], []).append(name)
            self.beginnings.add(text[:i] + WRONG)
            self.frames.add((text[i - 1] if i else "") + WRONG + text[i + 1 : i + 2])

    def _index_missing(self, name: Name) -> None:
        text = name.text
        for i in name.inner_places():
            if 0 < i < len(text) - 1 and _CHINESE.match(text[i]) and text[i] not in _NUMERALS:
                self.with_one_missing.setdefault(text[:i] + text[i + 1 :], []).append(name)
                self.gaps.add(text[i - 1] + text[i + 1])

    def _index_lengths(self) -> None:
        lengths: dict[str, set[int]] = {}
        for code in chain(self.by_sound, (self.sounds.code(t) for t in self.with_one_missing)):
            lengths.setdefault(code[0], set()).add(len(code))
        self.lengths = {first: sorted(sizes) for first, sizes in lengths.items()}


def load_confused(path: Path = _CONFUSED) -> Mapping[str, str]:
    """For each character those that are mistaken for it."""
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {c: "".join(o for o in line if o != c) for line in lines for c in line}


@cache
def _blur(syllable: str) -> str:
    """The syllable as southern speakers and voice input may hear it."""
    open_initial = re.sub(r"^([zcs])h", r"\1", syllable)
    return re.sub(r"(?<=[aei])ng$", "n", re.sub(r"^n(?=[a-zü])", "l", open_initial))
