"""Cuts a masked message where what is asked changes: a local model proposes, and the readings of both sides decide."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.understanding.frame import Act
from assistant.understanding.wants import Reading
from corpus.embedding.embed import Vector

WEIGHTS = Path(__file__).parent / "data" / "cuts.npz"
"""Written by `python -m assistant.training`."""

BUCKETS = 1 << 15
LEAST_TO_PROPOSE = 0.06
"""Chance from which on a place is looked at again: 19 of 20 true cuts lie above it, and one in two that do is true."""

MOST_PIECES = 12
_AROUND = 6
_MARKS = frozenset("，,。？?！!；;：:、\n ")
_NAMES = frozenset("◇◎№▣※⌂")
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Border:
    """A place where a message may be cut, with how likely the characters around it make that."""

    at: int
    chance: float


def read_around(masked: str, at: int) -> list[int]:
    """Buckets of what stands around a place of a masked message."""
    left, right = masked[max(0, at - _AROUND) : at], masked[at : at + _AROUND]
    begin = max((masked.rfind(m, 0, at - 1) + 1 for m in _MARKS), default=0)
    ends = [e for m in _MARKS if (e := masked.find(m, at)) >= 0]
    before, after = masked[begin:at], masked[at : min(ends, default=len(masked))]
    is_marked = masked[at - 1] in _MARKS
    found = [f"l:{left[-n:]}" for n in range(1, len(left) + 1)]
    found += [f"r:{right[:n]}" for n in range(1, len(right) + 1)]
    found += [f"j:{left[-a:]}|{right[:b]}" for a in (1, 2, 3) for b in (1, 2, 3) if len(left) >= a and len(right) >= b]
    found += [f"L:{before[k : k + 2]}" for k in range(len(before) - 1)]
    found += [f"R:{after[k : k + 2]}" for k in range(len(after) - 1)]
    found.append(f"n:{not _NAMES.isdisjoint(before)}{not _NAMES.isdisjoint(after)}{is_marked}")
    found.append(f"s:{min(len(before) // 4, 5)}{min(len(after) // 4, 5)}{is_marked}")
    return [zlib.crc32(f.encode()) % BUCKETS for f in found]


def look_at_border(border: Border, sides: tuple[str, str], readings: tuple[Reading, Reading]) -> list[float]:
    """How a border looks once both pieces beside it were read."""
    left, (one, other) = sides[0], readings
    chance = min(max(border.chance, 1e-4), 1 - 1e-4)
    return [
        float(np.log(chance / (1 - chance))),
        *(reading.acts.get(act, 0.0) for reading in readings for act in (Act.ASK, Act.TOLD, Act.GREETING)),
        *(max(reading.values.values()) for reading in readings),
        *(max(reading.operations.values()) for reading in readings),
        _alike(one.acts, other.acts),
        _alike(one.values, other.values),
        _alike(one.operations, other.operations),
        *(float(not _NAMES.isdisjoint(side)) for side in sides),
        *(float(sum(c in _NAMES for c in side)) for side in sides),
        *(float(np.log1p(len(side))) for side in sides),
        *(reading.leans for reading in readings),
        float(left[-1:] in "，,"),
        float(left[-1:] in "。？?！!；;"),
        float(left[-1:] in "、"),
        float(left[-1:] == " "),
    ]


def _alike(one: Mapping[Any, float], other: Mapping[Any, float]) -> float:
    """The chance that two draws give the same label."""
    return float(sum(p * other.get(label, 0.0) for label, p in one.items()))


_JOINS = "的、"


def _joins(masked: str, at: int) -> bool:
    """Between 的、 and a condition, or between two names of a kind: 像郑州、西安那样."""
    before = masked[max(at - 2, 0) : at]
    return before == _JOINS or (before[1:] == "、" and before[0] in _NAMES and masked[at] == before[0])


class Cutter:
    """The two models."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        with np.load(weights, allow_pickle=False) as stored:
            self._around = stored["around"].astype(np.float32)
            self._bias = float(stored["bias"])
            self._layers = [(stored[f"w{i}"], stored[f"b{i}"]) for i in range(int(stored["layers"]))]
            self._mean, self._scale = stored["mean"], stored["scale"]
            self._least = float(stored["least"])

    def propose(self, masked: str) -> tuple[Border, ...]:
        """The likeliest places in reading order, at most as many as leave twelve pieces."""
        found: list[Border] = []
        for at in (n for n in range(1, len(masked)) if not _joins(masked, n)):
            score = float(self._around[np.unique(read_around(masked, at))].sum()) + self._bias
            chance = 1 / (1 + np.exp(-score))
            if chance > LEAST_TO_PROPOSE:
                found.append(Border(at, float(chance)))
        found = sorted(found, key=lambda b: -b.chance)[: MOST_PIECES - 1]
        return tuple(sorted(found, key=lambda b: b.at))

    def keep(self, looks: Sequence[Sequence[float]]) -> tuple[bool, ...]:
        """Which of the proposed places are cut."""
        if not looks:
            return ()
        state = (np.array(looks) - self._mean) / self._scale
        for weights, bias in self._layers[:-1]:
            state = np.maximum(state @ weights + bias, 0)
        weights, bias = self._layers[-1]
        chances = 1 / (1 + np.exp(-(state @ weights + bias)))
        return tuple(bool(c > self._least) for c in chances[:, 0])


def join_vectors(vectors: Sequence[Vector], lengths: Sequence[int]) -> Vector:
    """The vector of pieces read together, by their lengths."""
    joined = np.average(np.array(vectors), axis=0, weights=np.maximum(lengths, 1))
    return np.asarray(joined / np.linalg.norm(joined), dtype=np.float32)
