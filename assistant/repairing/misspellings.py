"""Finds the spans of a cut question that may be a misspelt name, and how near they are to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from assistant.repairing.spellings import LONGEST_NAME, WRONG, Name, Spellings

# With a known word inside, a shorter name proves nothing: 中式 is a word, 中式基地 is not.
_SHORTEST_AROUND_A_WORD = 4
_SHORTEST_DOUBLED = 4
_SHORTEST_AROUND_A_SINGLE = 5
_SHORTEST_UNKNOWN = 3


class Likeness(IntEnum):
    """How near a misspelling is to its name, nearest first."""

    SAME_SOUND = 0
    SIMILAR_SOUND = 1
    DOUBLED = 2
    MISSING = 3
    WRONG = 4


class Doubt(IntEnum):
    """How a word of the question stands to the dictionaries; a homophone is known, and sounds like a word of a name."""

    KNOWN = 0
    HOMOPHONE = 1
    SINGLE = 2
    UNKNOWN = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word at its place in the question."""

    start: int
    end: int
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may stand for a name; `changed` are the places in the question that are wrong."""

    start: int
    end: int
    name: Name
    likeness: Likeness
    changed: tuple[int, ...]

    @property
    def rank(self) -> tuple[int, int, int]:
        """Smaller is better: long names first, then near ones."""
        return -len(self.name.text), self.likeness, len(self.changed)

    def applied_to(self, text: str) -> str:
        return text[: self.start] + self.name.text + text[self.end :]

    def overlaps(self, other: "Candidate") -> bool:
        return self.start < other.end and other.start < self.end


class NeverRepaired:
    """Words that are right as they stand, and sets of words of which none stands for another."""

    def __init__(self, table: str) -> None:
        lines = [line.split() for line in table.splitlines() if line.strip()]
        self.characters = frozenset(line[0] for line in lines if len(line) == 1 and len(line[0]) == 1)
        self._words = frozenset(line[0] for line in lines if len(line) == 1) - self.characters
        self._sets = tuple(frozenset(line) for line in lines if len(line) > 1)
        self._lengths = sorted({len(w) for w in self._words})

    def keep_apart(self, typed: str, meant: str) -> bool:
        return any(typed in s and meant in s for s in self._sets)

    def covers(self, text: str, place: int) -> bool:
        """Whether the character at this place belongs to a word that is right."""
        return any(
            text[start : start + n] in self._words
            for n in self._lengths
            for start in range(max(0, place - n + 1), place + 1)
        )


class Search:
    """The candidates of one question."""

    def __init__(self, text: str, words: Sequence[Word], spellings: Spellings) -> None:
        self._text = text
        self._words = words
        self._spellings = spellings
        self._code = spellings.sounds.code(text)
        self._word_at = {i: w for w in words for i in range(w.start, w.end)}

    def candidates(self) -> list[Candidate]:
        found: dict[tuple[int, int, str], Candidate] = {}
        for word in self._words:
            if word.doubt is not Doubt.KNOWN:
                for place in range(word.start, word.end):
                    for one in self._around(place, word.doubt):
                        found.setdefault((one.start, one.end, one.name.text), one)
        return list(found.values())

    def _around(self, place: int, doubt: Doubt) -> Iterator[Candidate]:
        text, code, index = self._text, self._code[place], self._spellings
        before, after = text[max(0, place - 1) : place], text[place + 1 : place + 2]
        if (before and before + code in index.pairs) or (after and code + after in index.pairs):
            yield from self._sounding_like_names(place)
        if doubt is Doubt.HOMOPHONE:
            return
        frames = (before + WRONG + after, *((WRONG + after, before + WRONG) if doubt is Doubt.UNKNOWN else ()))
        if any(f in index.frames for f in frames):
            yield from self._with_one_wrong(place, doubt)
        if before + text[place] in index.gaps or text[place] + after in index.gaps:
            yield from self._with_one_missing(place)
        if text[place] in (before, after) and before:
            yield from self._with_one_doubled(place)

    def _windows(self, code: str, place: int) -> Iterator[tuple[int, int]]:
        lengths = self._spellings.lengths
        for start in range(max(0, place - LONGEST_NAME + 1), place + 1):
            for length in lengths.get(code[start], ()):
                if place < start + length <= len(code):
                    yield start, start + length

    def _sounding_like_names(self, place: int) -> Iterator[Candidate]:
        by_sound = self._spellings.by_sound
        for start, end in self._windows(self._code, place):
            for name in by_sound.get(self._code[start:end], ()):
                typed = zip(range(start, end), name.text, strict=True)
                changed = tuple(i for i, meant in typed if self._text[i] != meant)
                if changed and (len(changed) * 2 <= end - start or self._is_no_word(start, end, changed)):
                    likeness = self._likeness_of_sound(start, name, changed)
                    candidate = Candidate(start, end, name, likeness, changed)
                    if all(self._may_be_wrong(candidate, i) for i in changed):
                        yield candidate

    def _is_no_word(self, start: int, end: int, changed: Sequence[int]) -> bool:
        """算利卷 is in no dictionary as a whole: most of it may be wrong, if it sounds like a name."""
        word = self._word_at.get(start)
        is_whole = word is not None and (word.start, word.end, word.doubt) == (start, end, Doubt.UNKNOWN)
        return is_whole and len(changed) < end - start >= _SHORTEST_UNKNOWN

    def _likeness_of_sound(self, start: int, name: Name, changed: tuple[int, ...]) -> Likeness:
        same = all(self._spellings.sounds.are_same(self._text[i], name.text[i - start]) for i in changed)
        return Likeness.SAME_SOUND if same else Likeness.SIMILAR_SOUND

    def _may_be_wrong(self, candidate: Candidate, place: int) -> bool:
        """Whether this character may be a slip in a name that sounds alike."""
        word, name, length = self._word_at.get(place), candidate.name, candidate.end - candidate.start
        if word is None:
            return False
        same = candidate.likeness is Likeness.SAME_SOUND
        if word.doubt <= Doubt.HOMOPHONE and self._is_cut_away(candidate, place, word):
            return same and len(candidate.changed) == 1
        if word.doubt is Doubt.KNOWN and not self._stands_by_an_unknown_word(candidate, word):
            return False
        if word.doubt <= Doubt.HOMOPHONE:
            inside = candidate.start <= word.start and word.end <= candidate.end
            return same and inside and len(candidate.changed) == 1 and length >= _SHORTEST_AROUND_A_WORD
        if length == 2:
            is_the_word = (candidate.start, candidate.end) == (word.start, word.end)
            return same and word.doubt is Doubt.UNKNOWN and (is_the_word or name.is_everyday)
        if length == 3 and word.doubt is Doubt.SINGLE:
            return same or self._spellings.are_confused(self._text[place], name.text[place - candidate.start])
        return True

    def _stands_by_an_unknown_word(self, candidate: Candidate, word: Word) -> bool:
        """Whether a known word is there by chance, as 正厅 in 省财 正厅."""
        beside = (self._word_at.get(word.start - 1), self._word_at.get(word.end))
        return any(
            w and w.doubt is Doubt.UNKNOWN and candidate.start <= w.start < w.end <= candidate.end for w in beside
        )

    def _is_cut_away(self, candidate: Candidate, place: int, word: Word) -> bool:
        """Whether a chance word took the end of a name and left a single character: 知识 产 全归 for 知识产权归."""
        left = self._word_at.get(word.start - 1)
        return (
            word.start == place == candidate.end - 1 < word.end - 1
            and left is not None
            and left.doubt is Doubt.SINGLE
            and candidate.end - candidate.start >= _SHORTEST_AROUND_A_WORD
            and candidate.name.same_word(place - candidate.start, place - candidate.start - 1)
        )

    def _with_one_wrong(self, place: int, doubt: Doubt) -> Iterator[Candidate]:
        text, names = self._text, self._spellings.with_one_wrong
        for start in range(max(0, place - LONGEST_NAME + 1), place + 1):
            beginning = text[start:place] + WRONG
            if beginning not in self._spellings.beginnings:
                continue
            for end in range(place + 1, min(len(text), start + LONGEST_NAME) + 1):
                is_inner = start < place < end - 1 and end - start >= _SHORTEST_AROUND_A_SINGLE
                if doubt is Doubt.UNKNOWN or is_inner:
                    for name in names.get(beginning + text[place + 1 : end], ()):
                        yield Candidate(start, end, name, Likeness.WRONG, (place,))

    def _with_one_missing(self, place: int) -> Iterator[Candidate]:
        text, names = self._text, self._spellings.with_one_missing
        for start, end in self._windows(self._code, place):
            for name in names.get(text[start:end], ()):
                gap = next(
                    i for i, c in enumerate(name.text) if text[start + i : start + i + 1] != c or start + i >= end
                )
                # What is left of the word that lost a character must be no word itself.
                if place in (start + gap - 1, start + gap) and name.same_word(
                    gap, place - start + (place >= start + gap)
                ):
                    yield Candidate(start, end, name, Likeness.MISSING, (place,))

    def _with_one_doubled(self, place: int) -> Iterator[Candidate]:
        shorter = self._text[:place] + self._text[place + 1 :]
        for start in range(max(0, place - LONGEST_NAME), place):
            for end in range(max(place + 1, start + _SHORTEST_DOUBLED), min(len(shorter), start + LONGEST_NAME) + 1):
                name = self._spellings.names.get(shorter[start:end])
                if name is not None:
                    yield Candidate(start, end + 1, name, Likeness.DOUBLED, (place,))
