"""Reads what a clause does and wants, from examples, with small linear models over one set of features."""

import itertools
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.evidence.attributes import DENIED_NAME
from assistant.understanding.frame import NOTHING_LISTED, Act, Listing, Operation
from corpus.embedding.embed import Vector

WEIGHTS = Path(__file__).parent / "data" / "wants.npz"
"""Written by `python -m assistant.training`."""

BUCKETS = 8192
LISTING = ("shows", "money", "paid", "role", "join", "group", "order", "by", "bound", "table")
"""Heads that only what is listed is read by."""

HEADS = ("act", "value", "operation", "leans", "elsewhere", *LISTING)
NONE = "none"
"""The label of a head of lists where nothing is asked."""

SAME = "same"
"""The value of a clause that only names something (那专利池呢): it wants what was wanted before."""

_LATIN = re.compile(r"[a-z0-9]+")
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one clause looks like: the chance of every act, value and operation, that it leans on a name before it, and
    that the foreign place it names is asked about."""

    acts: Mapping[Act, float]
    values: Mapping[str, float]
    operations: Mapping[Operation, float]
    leans: float
    elsewhere: float
    listing: Listing = NOTHING_LISTED

    @property
    def act(self) -> Act:
        return max(self.acts, key=lambda a: self.acts[a])

    @property
    def value(self) -> str:
        return max(self.values, key=lambda v: self.values[v])

    @property
    def operation(self) -> Operation:
        return max(self.operations, key=lambda o: self.operations[o])


@dataclass(frozen=True, slots=True)
class _Weights:
    """Rows of `grams` are hashed n-grams, of `vector` embedding dimensions; columns are the labels of all heads."""

    grams: Floats
    vector: Floats | None
    bias: Floats


def read_grams(text: str) -> NDArray[np.int64]:
    """Buckets of the character n-grams (Chinese) and words (Latin) of a masked text, without repetition."""
    folded = DENIED_NAME.sub("⊖", text.casefold())
    run = "^" + re.sub(r"[a-z0-9\s]+", "", folded) + "$"
    grams = [run[i : i + n] for n in (1, 2, 3) for i in range(len(run) - n + 1)]
    words = _LATIN.findall(folded)
    grams += [f"w:{w}" for w in words] + [f"w:{a} {b}" for a, b in itertools.pairwise(words)]
    return np.unique(np.fromiter((zlib.crc32(g.encode()) % BUCKETS for g in grams), dtype=np.int64))


class WantReader:
    """Reads clauses with the embedder that the weights were trained for, or from n-grams alone."""

    def __init__(self, weights: Path = WEIGHTS, embedder: str = "") -> None:
        with np.load(weights, allow_pickle=False) as stored:
            self._labels = {head: tuple(map(str, stored[head])) for head in HEADS}
            self.shared_words = tuple(map(str, stored["shared"]))
            fits = bool(embedder) and _model_of(str(stored["embedder"])) == _model_of(embedder)
            self._by_words = _unpack(stored, "words")
            self._by_both = _unpack(stored, "both") if fits else None

    @property
    def uses_vectors(self) -> bool:
        return self._by_both is not None

    def read(self, masked: str, vector: Vector | None) -> Reading:
        """A masked clause; `vector` is that of the clause as people wrote it, read beside the rest of its message."""
        weights = self._by_both if self._by_both is not None and vector is not None else self._by_words
        grams = read_grams(masked)
        scores = weights.grams[grams].sum(axis=0) / np.sqrt(max(len(grams), 1)) + weights.bias
        if weights.vector is not None and vector is not None:
            scores = scores + vector @ weights.vector
        chances, position = {}, 0
        for head in HEADS:
            labels = self._labels[head]
            chances[head] = dict(zip(labels, _softmax(scores[position : position + len(labels)]), strict=True))
            position += len(labels)
        return Reading(
            {Act(a): p for a, p in chances["act"].items()},
            chances["value"],
            {Operation(o): p for o, p in chances["operation"].items()},
            chances["leans"]["yes"],
            chances["elsewhere"]["yes"],
            _listing(chances),
        )


def _listing(chances: Mapping[str, Mapping[str, float]]) -> Listing:
    best = {head: max(chances[head], key=lambda label: chances[head][label]) for head in LISTING}
    said = {head: "" if label == NONE else label for head, label in best.items()}
    return Listing(**said, chance=chances["shows"][best["shows"]])


def _softmax(scores: Floats) -> Sequence[float]:
    exponentials = np.exp(scores - scores.max())
    return (exponentials / exponentials.sum()).tolist()  # type: ignore[no-any-return]


def _model_of(identity: str) -> str:
    """The embedder without the bytes of its graph: another spelling of the same model reads the same."""
    return identity.rpartition("-")[0]


def _unpack(stored: "np.lib.npyio.NpzFile", name: str) -> _Weights:
    vector = f"{name}_vector"
    return _Weights(
        grams=stored[f"{name}_grams"].astype(np.float32),
        vector=stored[vector].astype(np.float32) if vector in stored else None,
        bias=stored[f"{name}_bias"].astype(np.float32),
    )
