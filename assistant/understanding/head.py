"""Tells which of the things that a clause mentions it is about, from the words around each."""

import re
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent / "data" / "head.npz"
"""Written by `python -m assistant.training`."""

BUCKETS = 1 << 14
CANDIDATE = "◆"
"""Stands in a masked clause for the thing that is looked at."""

_REACH = 5
_NAMES = re.compile("[◇◎№▣※⌂]")


def read_place(clause: str) -> list[int]:
    """Buckets of what stands around the candidate of a masked clause."""
    before, _, after = clause.partition(CANDIDATE)
    left, right = before[-_REACH:], after[:_REACH]
    found = [f"l:{left[-n:]}" for n in range(1, len(left) + 1)]
    found += [f"r:{right[:n]}" for n in range(1, len(right) + 1)]
    found += [f"j:{left[-a:]}|{right[:b]}" for a in (1, 2) for b in (1, 2, 3)]
    found += [f"L:{before[k : k + 2]}" for k in range(len(before) - 1)]
    found += [f"R:{after[k : k + 2]}" for k in range(len(after) - 1)]
    found += [f"b:{not before.strip()}", f"a:{not after.strip('。？?！! ')}"]
    found += [f"n:{len(_NAMES.findall(before))}", f"m:{len(_NAMES.findall(after))}"]
    return sorted({zlib.crc32(f.encode()) % BUCKETS for f in found})


class HeadReader:
    """A linear model over the surroundings of a candidate."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        with np.load(weights, allow_pickle=False) as stored:
            self._weights: NDArray[np.float32] = stored["weights"].astype(np.float32)
            self._bias = float(stored["bias"])

    def chance(self, clause: str) -> float:
        """That the candidate of this masked clause is what it is about."""
        return float(1 / (1 + np.exp(-(self._weights[read_place(clause)].sum() + self._bias))))
