"""Cuts a message into clauses and reads each: one run of the encoder for the whole message and all its pieces."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.naming.masks import Masked
from assistant.naming.numbers import find_numbered
from assistant.understanding.cuts import Border, Cutter, join_vectors, look_at_border
from assistant.understanding.frame import Act
from assistant.understanding.wants import Reading, WantReader
from corpus.embedding.embed import Embedder, EmbeddingFailed, Vector

# A long story costs the model half a second; the question stands at its end.
_LONGEST_EMBEDDED = 160


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A stretch of the masked message (start to end) with how it was read, and its vector as read in the message."""

    start: int
    end: int
    reading: Reading
    vector: Vector | None = None


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """The clauses of a message in reading order, and the vector of the whole; None without an embedder."""

    clauses: tuple[ReadClause, ...]
    vector: Vector | None


class ClauseReader:
    """Reads messages with one embedder, or from the words alone."""

    def __init__(self, embedder: Embedder | None) -> None:
        self.wants = WantReader(embedder=embedder.identity if embedder else "")
        self._embedder = embedder
        self._cutter = Cutter()

    def read(self, masked: Masked, text: str, uses_embedder: bool = True) -> ReadMessage:
        """`text` is the message that was masked; without its embedder it is read from n-grams."""
        numbered = find_numbered(masked.text)
        proposed = {b.at: b for b in self._cutter.propose(masked.text)} | {at: Border(at, 1.0) for at in numbered if at}
        borders = tuple(proposed[at] for at in sorted(proposed))
        edges = [0, *(b.at for b in borders), len(masked.text)]
        vector, vectors = self._embed(masked, text, edges if uses_embedder else [])
        pieces = [masked.text[a:b] for a, b in pairwise(edges)]
        none: list[Vector | None] = [None] * len(pieces)
        readings = [self.wants.read(p, v) for p, v in zip(pieces, vectors or none, strict=True)]
        looks = [
            look_at_border(b, (pieces[i], pieces[i + 1]), (readings[i], readings[i + 1])) for i, b in enumerate(borders)
        ]
        groups: list[list[int]] = [[0]]
        for i, is_cut in enumerate(self._cutter.keep(looks), 1):
            if is_cut or borders[i - 1].at in numbered:
                groups.append([i])
            else:
                groups[-1].append(i)
        clauses: list[ReadClause] = []
        for group in groups:
            start, end = edges[group[0]], edges[group[-1] + 1]
            joined = vectors[group[0]] if vectors else None
            if len(group) > 1 and vectors:
                joined = join_vectors([vectors[i] for i in group], [edges[i + 1] - edges[i] for i in group])
            reading = readings[group[0]] if len(group) == 1 else self.wants.read(masked.text[start:end], joined)
            if start < end == min(numbered, default=-1) and not masked.text[start:end].rstrip().endswith(("?", "？")):
                # What stands before the first number says what the asks are about.
                reading = replace(reading, acts={act: float(act is Act.TOLD) for act in reading.acts})
            clauses.append(ReadClause(start, end, reading, joined))
        return ReadMessage(tuple(clauses), vector)

    def read_at(self, masked: Masked, text: str, edges: Sequence[int]) -> tuple[ReadClause, ...]:
        """The stretches between these places of the masked message, each read for itself beside the rest."""
        _, vectors = self._embed(masked, text, edges)
        spans = list(pairwise(edges))
        none: list[Vector | None] = [None] * len(spans)
        pairs = zip(spans, vectors or none, strict=True)
        return tuple(ReadClause(a, b, self.wants.read(masked.text[a:b], v), v) for (a, b), v in pairs)

    def _embed(self, masked: Masked, text: str, edges: Sequence[int]) -> tuple[Vector | None, list[Vector]]:
        """The vector of the message, and one for each piece where the weights were trained with this embedder."""
        if self._embedder is None or not edges:
            return None, []
        cut_off = max(0, len(text) - _LONGEST_EMBEDDED)
        try:
            if not self.wants.uses_vectors:
                return self._embedder.embed_questions([text[cut_off:]])[0], []
            spans = (masked.span_of(a, b) for a, b in pairwise(edges))
            inside = [(max(0, a - cut_off), max(0, b - cut_off)) for a, b in spans]
            whole, *own = self._embedder.embed_clauses(text[cut_off:], inside)
            return whole, own
        except EmbeddingFailed:
            return None, []
