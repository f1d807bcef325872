"""Says on which printed line a place of the canonical text stands, and whether spans of it hold the place."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable


class Lines:
    """The lines of a text, counted from 1 as editors count them."""

    def __init__(self, text: str) -> None:
        self._breaks = [n for n, character in enumerate(text) if character == "\n"]

    def number(self, place: int) -> int:
        return bisect_left(self._breaks, place) + 1


class Spans:
    """Stretches of a text from start to end, in order and joined where they overlap or touch."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        joined: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(joined[-1][1], end))
            else:
                joined.append((start, end))
        self.joined = tuple(joined)

    def __contains__(self, place: int) -> bool:
        at = bisect_right(self.joined, place, key=lambda span: span[0])
        return at > 0 and place < self.joined[at - 1][1]
