"""Tells the words of asking (多少钱, 哪个部门, 怎么申报) from the words that name what is asked about."""

import re
from collections.abc import Iterable
from pathlib import Path

from corpus.language.words import WordCutter

_GENERAL_WORDS = Path(__file__).parent / "data" / "general_words.txt"
_ASKING_SIGNS = re.compile(
    r"[谁哪啥咋]|什么|^多[长大高远宽久快重深]|多少|几[个条章项家年月]|^第.{1,4}[条章项款部]|^[一二三四五六七八九十百千万零两几半]+[个条项家笔万年次回天月]?$"
)


class QuestionVocabulary:
    """The words that examples of many different asks share (`AskReader.shared_words`), and a list of general words."""

    def __init__(self, cutter: WordCutter, shared: Iterable[str]) -> None:
        self._cutter = cutter
        self.general = frozenset(_GENERAL_WORDS.read_text(encoding="utf-8").split())
        # Nouns are left to the list: however often examples say 孵化器, it names something.
        self._purely_asking = frozenset(w for w in shared if w in self.general or self._is_no_noun(w))
        self._asking = self._purely_asking | self.general

    def _is_no_noun(self, word: str) -> bool:
        return word.isascii() or len(word) == 1 or not (self._cutter.knows(word) and self._cutter.may_name(word))

    def is_asking(self, word: str) -> bool:
        if len(word) == 1 and not word.isascii():
            return True
        return word in self._asking or _ASKING_SIGNS.search(word) is not None or self._cutter.is_functional(word)

    def names(self, word: str) -> bool:
        """Whether a word alone tells what a question is about: 孵化, not 符合."""
        return not self.is_asking(word) and not self._cutter.is_everyday(word)

    def is_single_asking_word(self, term: str) -> bool:
        """研发中心 names something though both its words are general; 补贴 does not."""
        words = self._cutter.cut(term)
        return len(words) <= 1 and not self.content_words(term)

    def search_words(self, text: str) -> tuple[str, ...]:
        """The words to search by: without those of asking, unless there are no others."""
        words = self._cutter.search_words(text)
        telling = [w for w in words if w.removeprefix("#") not in self._purely_asking]
        return tuple(telling or words)

    def content_words(self, text: str) -> tuple[str, ...]:
        """The words that name something, in reading order."""
        return tuple(w for w in self._cutter.cut(text) if not self.is_asking(w) and not w.isdigit())
