"""Cuts Chinese text into search words, for the index and the question alike, with jieba."""

import logging
import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

import jieba

from corpus.language.dictionary import WordClass, load_dictionary, make_tokenizer

jieba.setLogLevel(logging.WARNING)

_WORD = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9][a-z0-9.+%-]*", re.IGNORECASE)
_NOUN_FLAGS = ("n", "vn", "j", "l", "i", "eng", "an", "v", "b", "a", "nz", "x", "m", "f", "s", "k")
_ADVERBS = frozenset({"统一", "按规定"})
"""Which the dictionary takes for nouns."""

_MONTHS_AND_DAYS = ("年", "月", "日", "号")
_RARE = 5
_NOUN_ENDS = ("n", "vn", "j", "nz", "nt", "ns", "eng", "l")
_LONGEST_NOUN_PHRASE = 12
_TERM_FREQUENCY = 100_000
_TEXTS_REMEMBERED = 64


@lru_cache(maxsize=1)
def _tokenizer_with(own_words: frozenset[str]) -> jieba.Tokenizer:
    """Weighing thousands of words takes a while, so cutters with the same words share one tokenizer."""
    tokenizer = make_tokenizer()
    # In order, because jieba weighs a short word by those added before it.
    for word in sorted(own_words):
        tokenizer.add_word(word, _TERM_FREQUENCY if len(word) > 2 else None)
    # A question is cut whole, by clauses, and with a few words more: half of its stretches were looked up before.
    tokenizer.get_DAG = lru_cache(maxsize=_TEXTS_REMEMBERED)(tokenizer.get_DAG)
    return tokenizer


class WordCutter:
    """A private jieba with the corpus's own words; jieba's cache in the shared temp folder is never read or written."""

    def __init__(self, own_words: Iterable[str] = ()) -> None:
        self.own_words = frozenset(w for w in own_words if w and not w.isspace())
        self._tokenizer = _tokenizer_with(self.own_words)
        # An answer cuts the same question and clauses several times.
        self._remembered = lru_cache(maxsize=_TEXTS_REMEMBERED)(self._cut)
        self.word_set = lru_cache(maxsize=_TEXTS_REMEMBERED)(self._word_set)

    def cut(self, text: str) -> tuple[str, ...]:
        """Words in reading order, case folded, without punctuation."""
        return self._remembered(text)

    def _word_set(self, text: str) -> frozenset[str]:
        return frozenset(self.cut(text))

    def _cut(self, text: str) -> tuple[str, ...]:
        return tuple(w.casefold() for w in self._tokenizer.cut(text) if _WORD.fullmatch(w))

    def search_words(self, text: str) -> list[str]:
        """Words, the words inside long ones, and pairs of neighbouring characters."""
        words = [w.casefold() for w in self._tokenizer.cut_for_search(text) if _WORD.fullmatch(w)]
        pairs = [run[i : i + 2] for run in re.findall(r"[\u4e00-\u9fff]+", text) for i in range(len(run) - 1)]
        return [*words, *(f"#{pair}" for pair in pairs)]

    def knows(self, word: str) -> bool:
        """Whether the word is in jieba's dictionary or the corpus's own."""
        return bool(self._tokenizer.FREQ.get(word)) or word in self.own_words

    def is_rare(self, word: str) -> bool:
        """Whether jieba's dictionary has hardly ever seen the word."""
        return 0 < (self._tokenizer.FREQ.get(word) or 0) <= _RARE

    def may_name(self, word: str) -> bool:
        """Whether a word can name a thing: a noun of the dictionary, a Latin word, or no word of the dictionary."""
        return WordClass.NAMELESS not in load_dictionary().class_of(word)

    def is_functional(self, word: str) -> bool:
        """Whether a word only joins others, counts or points (那些, 刚才, 究竟); never one of the corpus's own."""
        return word not in self.own_words and WordClass.FUNCTIONAL in load_dictionary().class_of(word)

    def is_everyday(self, word: str) -> bool:
        """Whether a word names nothing and stands in every text (符合, 突出)."""
        return WordClass.EVERYDAY in load_dictionary().class_of(word)

    @cached_property
    def _tagger(self) -> "jieba.posseg.POSTokenizer":
        # Only ingest needs word classes, and loading them costs every start a quarter of a second.
        import jieba.posseg

        # Made by hand, because making one reads the whole dictionary again.
        tagger = jieba.posseg.POSTokenizer.__new__(jieba.posseg.POSTokenizer)
        tagger.tokenizer, tagger.word_tag_tab = self._tokenizer, jieba.posseg.dt.word_tag_tab
        return tagger

    def noun_phrases(self, text: str) -> tuple[str, ...]:
        """Runs of words that can name a thing, and the runs that end them: 省级中试基地, 中试基地, 基地."""
        found: dict[str, None] = {}
        run: list[tuple[str, str]] = []
        for word, flag in [*((p.word, p.flag) for p in self._tagger.cut(text)), ("", "w")]:
            # Two characters that only look like somebody's name are a wrong cut: 费从失业保险基金.
            is_guess = flag == "nr" and len(word) == 2 and not self.knows(word)
            if flag.startswith(_NOUN_FLAGS) and _WORD.fullmatch(word) and not is_guess and word not in _ADVERBS:
                run.append((word, flag))
                continue
            found.update(dict.fromkeys(_name_runs(run)))
            run = []
        return tuple(found)


def _name_runs(run: Sequence[tuple[str, str]]) -> list[str]:
    names: list[str] = []
    for end in range(1, len(run) + 1):
        if not run[end - 1][1].startswith(_NOUN_ENDS):
            continue
        for begin in range(max(0, end - 4), end):
            # 支持企业 is something done to 企业, not the name of a thing.
            if run[begin][1] == "v" and begin < end - 1:
                continue
            if run[begin][0].isdigit() and begin < end - 1 and run[begin + 1][0].startswith(_MONTHS_AND_DAYS):
                continue
            name = "".join(word for word, _ in run[begin:end])
            if 2 <= len(name) <= _LONGEST_NOUN_PHRASE:
                names.append(name)
    return names
