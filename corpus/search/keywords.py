"""Ranks passages by shared words (BM25); sole user of bm25s."""

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray


class KeywordsDamaged(Exception):
    """The keyword index cannot be read; the message gives the command that rebuilds it."""


def write_keywords(folder: Path, word_lists: Sequence[Sequence[str]]) -> None:
    """Creates an index over passages, each given as its search words."""
    index = bm25s.BM25()
    index.index([list(words) or [" "] for words in word_lists], show_progress=False)
    index.save(str(folder))


_FEW = 4
_SMALL_SHARE = 0.005


class KeywordIndex:
    """BM25 scores for every passage, in the order they were written."""

    def __init__(self, folder: Path) -> None:
        try:
            self._index = bm25s.BM25.load(str(folder))
            self.count = int(self._index.scores["num_docs"])
            if not isinstance(self._index.vocab_dict, dict):
                raise ValueError("vocab")
        except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise KeywordsDamaged(f"关键词索引无法读取（{error}）。请运行 python -m ingest build 重建。") from error

    def score(self, words: Sequence[str]) -> NDArray[np.float32]:
        """One score a passage; zeros where no word is known."""
        known = [w for w in words if w in self._index.vocab_dict]
        if not known:
            return np.zeros(self.count, dtype=np.float32)
        return np.asarray(self._index.get_scores(known), dtype=np.float32)

    def is_telling(self, word: str) -> bool:
        """Whether so few passages print the word that it says which one is meant."""
        number = self._index.vocab_dict.get(word)
        if number is None:
            return False
        ends = self._index.scores["indptr"]
        return int(ends[number + 1] - ends[number]) <= max(_FEW, self.count * _SMALL_SHARE)

    def knows(self, word: str) -> bool:
        return word in self._index.vocab_dict
