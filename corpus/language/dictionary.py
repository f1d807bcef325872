"""jieba's dictionary as a trie that is read in place: how often each word occurs, and whether it can name a thing."""

from array import array
from enum import IntFlag
from functools import cache
from importlib.metadata import version
from pathlib import Path

import jieba
import marisa_trie
import numpy as np

from corpus.prepared import digest_sources, keep_prepared

_WORDS, _COUNTS, _CLASSES = "words.marisa", "counts.bin", "classes.bin"
_COUNT_TYPE, _CLASS_TYPE = "i", "B"
_NAMING_FLAGS = ("n", "vn", "j", "eng")
_FUNCTION_FLAGS = ("r", "d", "c", "p", "u", "y", "e", "o", "q", "m", "t", "f", "z")
_EVERYDAY = 4400


class WordClass(IntFlag):
    """What a word does besides or instead of naming a thing; a word with none of these names one."""

    NAMELESS = 1
    """Verbs, adjectives and the words below."""

    FUNCTIONAL = 2
    """Only joins others, counts or points (那些, 刚才)."""

    EVERYDAY = 4
    """Names nothing and stands in every text (符合, 突出)."""


class Dictionary:
    """The shipped words of jieba with their counts and classes; beginnings of words count 0, as jieba has them."""

    def __init__(self, folder: Path) -> None:
        self._trie = marisa_trie.Trie().mmap(str(folder / _WORDS))
        self._counts = array(_COUNT_TYPE, (folder / _COUNTS).read_bytes())
        self._classes = array(_CLASS_TYPE, (folder / _CLASSES).read_bytes())
        self.total = self._counts.pop()
        """How often all words occur together."""

    def count(self, word: str) -> int | None:
        """How often the corpus behind jieba has the word; 0 for the beginning of one, None for anything else."""
        place = self._trie.get(word)
        return None if place is None else self._counts[place]

    def words(self) -> list[str]:
        """All words and beginnings of words, in a fixed order."""
        return list(self._trie.keys())

    def class_of(self, word: str) -> WordClass:
        place = self._trie.get(word)
        return WordClass(0 if place is None else self._classes[place])


@cache
def load_dictionary() -> Dictionary:
    """One for the process; a dictionary in Python's own types takes a second to read and 85 MB."""
    name = f"{version('jieba')}-{digest_sources(Path(__file__))}"
    with keep_prepared("dictionary", name, _write_dictionary) as folder:
        return Dictionary(folder)


def _write_dictionary(folder: Path) -> None:
    with jieba.get_dict_file() as file:
        cells = file.read().decode("utf-8").split()
    words, flags = cells[::3], cells[2::3]
    occurrences = np.array(cells[1::3], dtype=np.int64)
    trie = marisa_trie.Trie({word[:end] for word in words for end in range(1, len(word) + 1)})
    places = np.fromiter(map(trie.__getitem__, words), dtype=np.intp, count=len(words))
    counts, classes = np.zeros(len(trie), dtype=_COUNT_TYPE), np.zeros(len(trie), dtype=_CLASS_TYPE)
    counts[places] = occurrences
    class_of = {flag: _classify(flag) for flag in set(flags)}
    np.bitwise_or.at(classes, places, [class_of[flag] for flag in flags])
    classes[(classes > 0) & (counts > _EVERYDAY)] |= WordClass.EVERYDAY.value
    trie.save(str(folder / _WORDS))
    (folder / _COUNTS).write_bytes(np.append(counts, occurrences.sum()).astype(_COUNT_TYPE).tobytes())
    (folder / _CLASSES).write_bytes(classes.tobytes())


def _classify(flag: str) -> int:
    """What jieba's mark of a word says of it, as a plain number."""
    if flag.startswith(_NAMING_FLAGS):
        return 0
    return WordClass.NAMELESS | (WordClass.FUNCTIONAL if flag.startswith(_FUNCTION_FLAGS) else 0)


class Counts:
    """The counts as jieba's tokenizer looks them up, with the words that it is given besides."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._own: dict[str, int] = {}

    def get(self, word: str, default: int | None = None) -> int | None:
        count = self._own.get(word)
        if count is None:
            count = self._dictionary.count(word)
        return default if count is None else count

    def __contains__(self, word: str) -> bool:
        return self.get(word) is not None

    def __getitem__(self, word: str) -> int:
        count = self.get(word)
        if count is None:
            raise KeyError(word)
        return count

    def __setitem__(self, word: str, count: int) -> None:
        self._own[word] = count


def make_tokenizer() -> jieba.Tokenizer:
    """A tokenizer of its own over the shared dictionary; words added to it stay its own."""
    dictionary = load_dictionary()
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = Counts(dictionary), dictionary.total, True
    return tokenizer
