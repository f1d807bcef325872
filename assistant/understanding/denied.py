"""Tells which of its names a clause leaves out (没有财政厅的, 除财政局外), from the words around each."""

import re
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.evidence.attributes import JOINED, denials_at
from assistant.understanding.head import CANDIDATE

WEIGHTS = Path(__file__).parent / "data" / "denied.npz"
"""Written by `python -m assistant.training`."""

BUCKETS = 1 << 14
Span = tuple[int, int]

_REACH = 8
_REACH_IN_LETTERS = 30
_MOST_WORDS = 4
_NEXT = 2
"""So many characters may stand between a denial and the name behind it that it denies."""

_MARKS_BEFORE, _MARKS_AFTER = "，。；,.;、", "，。；,.;"


class DeniedReader:
    """A linear model over the surroundings of a name, which knows what stands nearest to a denial."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        with np.load(weights, allow_pickle=False) as stored:
            self._weights: NDArray[np.float32] = stored["weights"].astype(np.float32)
            self._bias = float(stored["bias"])

    def is_denied(self, clause: str, is_nearest: bool) -> bool:
        """Whether the candidate of this masked clause is left out."""
        return float(self._weights[read_sides(clause, is_nearest)].sum() + self._bias) > 0


def read_sides(clause: str, is_nearest: bool) -> list[int]:
    """Buckets of what stands on both sides of the candidate of a masked clause."""
    before, _, after = clause.partition(CANDIDATE)
    left, right = before[-_REACH:], after[:_REACH]
    found = [f"l:{left[-n:]}" for n in range(1, len(left) + 1)]
    found += [f"r:{right[:n]}" for n in range(1, len(right) + 1)]
    found += [f"j:{left[-a:]}|{right[:b]}" for a in (1, 2) for b in (1, 2, 3)]
    found += [f"L:{gram}" for gram in _grams(left, (1, 2, 3))]
    found += [f"R:{gram}" for gram in _grams(right, (1, 2, 3))]
    found += [f"W:{w}" for w in _words(before[-_REACH_IN_LETTERS:])[-_MOST_WORDS:]]
    found += [f"V:{w}" for w in _words(after[:_REACH_IN_LETTERS])[:_MOST_WORDS]]
    own = before[max(map(before.rfind, _MARKS_BEFORE)) + 1 :]
    rest = after[: min((i for i in map(after.find, _MARKS_AFTER) if i >= 0), default=len(after))]
    found += [f"sl:{gram}" for gram in _grams(own, (1, 2))]
    found += [f"sr:{gram}" for gram in _grams(rest, (1, 2))]
    found += [f"rule:{is_nearest}", f"t:{is_nearest}{own[:1]}", f"t:{is_nearest}{rest[:1]}"]
    return sorted({zlib.crc32(f.encode()) % BUCKETS for f in found})


def nearest_to_denials(text: str, spans: Sequence[Span], *, is_of_money: bool) -> frozenset[int]:
    """Which of the spans a denial points at: the one right behind it (没有财政厅), else the one before it (财政厅没参与).

    What is joined to it by 和 or 、 is denied with it.
    `is_of_money` says that one denial is about the sums (没写金额): the one that stands farthest from a name.
    """
    if not spans:
        return frozenset()
    pointed = [_nearest(denial, spans) for denial in denials_at(_without_names(text, spans))]
    if is_of_money and pointed:
        pointed.remove(max(pointed, key=lambda found: found[1]))
    runs = _runs(text, spans)
    return frozenset(place for found, _ in pointed for run in runs if found in run for place in run)


def _runs(text: str, spans: Sequence[Span]) -> list[list[int]]:
    """The spans that stand joined: 财政厅、科技厅和教育厅."""
    runs: list[list[int]] = []
    last = 0
    for place, (start, end) in enumerate(spans):
        if runs and JOINED.fullmatch(text, last, start):
            runs[-1].append(place)
        else:
            runs.append([place])
        last = end
    return runs


def denies_only_a_name(text: str, spans: Sequence[Span]) -> bool:
    """Its only denial stands right before a name."""
    denials = denials_at(_without_names(text, spans))
    return len(denials) == 1 and any(0 <= start - denials[0][1] <= _NEXT for start, _ in spans)


def _without_names(text: str, spans: Sequence[Span]) -> str:
    """未来产业 denies nothing."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _nearest(denial: Span, spans: Sequence[Span]) -> tuple[int, int]:
    """Which span, and how far it stands from the denial."""
    behind = min(((s - denial[1], n) for n, (s, _) in enumerate(spans) if s >= denial[1]), default=None)
    before = min(((denial[0] - e, n) for n, (_, e) in enumerate(spans) if e <= denial[0]), default=None)
    if behind and (behind[0] <= _NEXT or before is None):
        return behind[1], behind[0]
    return (before[1], before[0]) if before else (0, 0)


def _grams(text: str, sizes: Sequence[int]) -> list[str]:
    return [text[k : k + n] for n in sizes for k in range(len(text) - n + 1)]


def _words(text: str) -> list[str]:
    return re.findall("[a-z]+", text.casefold())
