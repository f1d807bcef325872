"""Cuts text into the model's word pieces: SentencePiece unigram, decided as the package's own code decides."""

import re
from array import array
from pathlib import Path
from typing import NamedTuple

import marisa_trie
import numpy as np

from corpus.embedding.weights import Weights

_SPACE = "\u2581"
_SPACES = re.compile(" {2,}")
_UNREACHED = -1e30
# As the package has it: ten below the least likely piece.
_UNKNOWN_MALUS = 10.0


def write_pieces(weights: Weights, trie_file: Path, numbers_file: Path) -> None:
    """Writes the pieces as a trie that is read in place, and the model's numbers in the order of the trie.

    A dictionary of 250,000 strings would cost every process 40 MB and a tenth of a second.
    """
    pieces = weights.pieces()
    trie = marisa_trie.Trie(pieces)
    numbers = np.zeros(len(trie), dtype=np.int32)
    numbers[np.fromiter(map(trie.__getitem__, pieces), dtype=np.intp, count=len(pieces))] = np.arange(len(pieces))
    trie.save(str(trie_file))
    np.savez(numbers_file, numbers=numbers, longest=max(map(len, pieces)))


class Piece(NamedTuple):
    """A word piece by its number in the model, and where it ends in the normalised text."""

    number: int
    end: int


class PieceCutter:
    """The cutter of one model."""

    def __init__(self, weights: Weights, trie_file: Path, numbers_file: Path) -> None:
        self._trie = marisa_trie.Trie().mmap(str(trie_file))
        with np.load(numbers_file) as stored:
            numbers, self._longest = stored["numbers"], int(stored["longest"])
        # Arrays of C numbers are read one by one five times faster than numpy's.
        self._numbers = array("i", numbers.tobytes())
        self._scores = array("f", weights.scores[numbers].tobytes())
        self._normalisation = weights.normalisation()
        self._unknown = weights.unknown
        self._unknown_score = array("f", [float(weights.scores.min()) - _UNKNOWN_MALUS])[0]

    def cut(self, text: str) -> list[Piece]:
        """The pieces of a text without surrogates, in reading order, without marks of begin and end."""
        return self._likeliest(self._normalise(text))

    def measure(self, text: str) -> int:
        """How long the text is in the characters that `Piece.end` counts."""
        return len(self._normalise(text))

    def _normalise(self, text: str) -> str:
        text = _SPACES.sub(" ", text.translate(self._normalisation))
        return (text if text.startswith(" ") else f" {text}").replace(" ", _SPACE)

    def _likeliest(self, text: str) -> list[Piece]:
        """The pieces with the highest sum of scores (Viterbi), summed in single precision as the package sums."""
        best = array("f", [_UNREACHED]) * (len(text) + 1)
        best[0] = 0.0
        piece_to, came_from = [self._unknown] * (len(text) + 1), [0] * (len(text) + 1)
        sum_ = array("f", [0.0])
        for start in range(len(text)):
            so_far = best[start]
            for piece, place in self._trie.iter_prefixes_with_ids(text[start : start + self._longest]):
                sum_[0] = so_far + self._scores[place]
                end = start + len(piece)
                if sum_[0] > best[end] and self._numbers[place] != self._unknown:
                    best[end], piece_to[end], came_from[end] = sum_[0], self._numbers[place], start
            sum_[0] = so_far + self._unknown_score
            if sum_[0] > best[start + 1]:
                best[start + 1], piece_to[start + 1], came_from[start + 1] = sum_[0], self._unknown, start
        found, end = [], len(text)
        while end:
            found.append(Piece(piece_to[end], end))
            end = came_from[end]
        return found[::-1]
