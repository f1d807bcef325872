"""Plain BM25 over pairs of characters: the yardstick beside the product's own retrieval."""

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.keywords import KeywordIndex, write_keywords


class BigramIndex:
    """Texts by the pairs of neighbouring characters they share with a question; no words, no meaning."""

    def __init__(self, texts: Sequence[str]) -> None:
        with tempfile.TemporaryDirectory(prefix="policy-bigrams-") as folder:
            write_keywords(Path(folder), [cut_pairs(text) for text in texts])
            self._index = KeywordIndex(Path(folder))

    def rank(self, question: str, limit: int) -> list[int]:
        """Positions of the best texts, best first."""
        return [int(i) for i in np.argsort(-self._index.score(cut_pairs(question)), kind="stable")[:limit]]


def cut_pairs(text: str) -> list[str]:
    closed = re.sub(r"\s", "", text)
    return [closed[i : i + 2] for i in range(len(closed) - 1)] or [closed]
