"""Runs the encoder in plain arithmetic over two texts, to see which of its inner channels are outsized."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from corpus.embedding.pieces import PieceCutter
from corpus.embedding.weights import Floats, Weights

# Any texts show the same channels: they belong to the model, not to what is said.
_TEXTS = (
    "query: 中试基地一年最多奖补多少？由哪个部门负责？ How do I apply for the subsidy?",
    "passage: 技术转移转化和推广服务：对服务突出的省级中试基地，年度最高奖补200万元。（省科技厅、省财政厅按职责分工负责）"
    "本办法自2025年10月1日起施行，有效期5年；联系电话：0531-12345678。 The notice takes effect on the day it is issued.",
)
_USUAL = 0.99


def measure_scales(weights: Weights, cutter: PieceCutter) -> list[Floats]:
    """Of each layer, by how much a channel inside its feed-forward network (inner) is larger than 99 in 100; else 1."""
    greatest = [np.zeros(weights.shape.inner, dtype=np.float32) for _ in range(weights.shape.layers)]
    for text in _TEXTS:
        pieces = [weights.begin, *(piece.number for piece in cutter.cut(text)), weights.end]
        for most, values in zip(greatest, _run(weights, pieces), strict=True):
            np.maximum(most, np.abs(values).max(axis=0), out=most)
    return [np.maximum(1, most / np.quantile(most, _USUAL)).astype(np.float32) for most in greatest]


def _run(weights: Weights, pieces: list[int]) -> Iterator[Floats]:
    """What stands inside the feed-forward network of each layer (tokens × inner) for one text."""
    shape = weights.shape
    positions = weights.read("emb.pos", shape.longest, shape.width)[: len(pieces)]
    rows = weights.read_words(pieces) + positions + weights.read("emb.type", 1, shape.width)
    state = _normalise(weights, rows, "emb.ln")
    for layer in (f"l{number}" for number in range(shape.layers)):
        query, key, value = (_split(_multiply(weights, state, f"{layer}.{part}"), shape.heads) for part in "qkv")
        attended = _multiply(weights, _attend(query, key, value), f"{layer}.ao")
        state = _normalise(weights, attended + state, f"{layer}.aln")
        inner = _gelu(_multiply(weights, state, f"{layer}.fi"))
        yield inner
        state = _normalise(weights, _multiply(weights, inner, f"{layer}.fo") + state, f"{layer}.oln")


def _multiply(weights: Weights, state: Floats, name: str) -> Floats:
    outputs = weights.count(f"{name}.b")
    return state @ weights.read(f"{name}.w", outputs, state.shape[1]).T + weights.read(f"{name}.b", outputs)


def _normalise(weights: Weights, state: Floats, name: str) -> Floats:
    scale, shift = (weights.read(f"{name}.{part}", weights.shape.width) for part in "wb")
    centred = state - state.mean(axis=1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=1, keepdims=True) + weights.shape.epsilon)
    return np.asarray(centred / deviation * scale + shift, dtype=np.float32)


def _split(state: Floats, heads: int) -> Floats:
    """heads × tokens × width of a head."""
    return state.reshape(len(state), heads, -1).transpose(1, 0, 2)


def _attend(query: Floats, key: Floats, value: Floats) -> Floats:
    scores = query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[2])
    shares = np.exp(scores - scores.max(axis=2, keepdims=True))
    shares /= shares.sum(axis=2, keepdims=True)
    return np.asarray((shares @ value).transpose(1, 0, 2).reshape(query.shape[1], -1), dtype=np.float32)


def _gelu(state: Floats) -> Floats:
    """By the usual formula with tanh, which is near enough for measuring."""
    inner: NDArray[np.float32] = np.sqrt(2 / np.pi, dtype=np.float32) * (state + 0.044715 * state**3)
    return np.asarray(0.5 * state * (1 + np.tanh(inner)), dtype=np.float32)
