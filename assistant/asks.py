"""Decides what kind of thing a question wants, from examples, with a small linear model."""

import itertools
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.query import Ask
from corpus.embedding.embed import Vector

EXAMPLES = Path(__file__).parent / "data" / "asks.jsonl"
WEIGHTS = Path(__file__).parent / "data" / "asks.npz"

BUCKETS = 8192
VECTOR_SCALE = 1.0
"""Weight of the embedding beside the character n-grams; of clauses beside others 2 and 3 read fewer rightly."""


@dataclass(frozen=True, slots=True)
class AskWeights:
    """A trained model; rows of `grams` are hashed n-grams, of `vector` embedding dimensions, columns are asks."""

    asks: tuple[Ask, ...]
    grams: NDArray[np.float32]
    vector: NDArray[np.float32] | None
    bias: NDArray[np.float32]


def read_grams(text: str) -> NDArray[np.int64]:
    """Buckets of the character n-grams (Chinese) and words (Latin) of a masked text, without repetition."""
    folded = text.casefold()
    run = "^" + re.sub(r"[a-z0-9\s]+", "", folded) + "$"
    grams = [run[i : i + n] for n in (1, 2, 3) for i in range(len(run) - n + 1)]
    words = re.findall(r"[a-z0-9]+", folded)
    grams += [f"w:{w}" for w in words] + [f"w:{a} {b}" for a, b in itertools.pairwise(words)]
    return np.unique(np.fromiter((zlib.crc32(g.encode()) % BUCKETS for g in grams), dtype=np.int64))


class AskReader:
    """Reads asks with the embedder the weights were trained for, or from n-grams alone."""

    def __init__(self, weights: Path = WEIGHTS, embedder: str = "") -> None:
        with np.load(weights, allow_pickle=False) as stored:
            self._by_words = _unpack(stored, "words")
            self.shared_words = tuple(map(str, stored["shared"]))
            fits = bool(embedder) and _model_of(str(stored["embedder"])) == _model_of(embedder)
            self._by_both = _unpack(stored, "both") if fits else None

    @property
    def uses_vectors(self) -> bool:
        return self._by_both is not None

    def chances(self, text: str, vector: Vector | None) -> dict[Ask, float]:
        """The probability of every ask of a masked clause; `vector` is that of the clause as people wrote it,
        read beside the rest of the message."""
        weights = self._by_both if self._by_both is not None and vector is not None else self._by_words
        return dict(zip(weights.asks, map(float, self._chances(weights, text, vector)), strict=True))

    def _chances(self, weights: AskWeights, text: str, vector: Vector | None) -> NDArray[np.float32]:
        grams = read_grams(text)
        scores = weights.grams[grams].sum(axis=0) / np.sqrt(max(len(grams), 1)) + weights.bias
        if weights.vector is not None and vector is not None:
            scores = scores + VECTOR_SCALE * (vector @ weights.vector)
        exponentials = np.exp(scores - scores.max())
        return np.asarray(exponentials / exponentials.sum(), dtype=np.float32)


def _model_of(identity: str) -> str:
    """The embedder without the bytes of its graph: another spelling of the same model reads the same."""
    return identity.rpartition("-")[0]


def _unpack(stored: "np.lib.npyio.NpzFile", name: str) -> AskWeights:
    vector = f"{name}_vector"
    return AskWeights(
        asks=tuple(Ask(a) for a in stored["asks"]),
        grams=stored[f"{name}_grams"].astype(np.float32),
        vector=stored[vector].astype(np.float32) if vector in stored else None,
        bias=stored[f"{name}_bias"].astype(np.float32),
    )
