"""Turns texts into unit vectors with ONNX Runtime; sole user of onnxruntime."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.embedding.pieces import PieceCutter, write_pieces
from corpus.embedding.weights import Floats, Weights
from corpus.prepared import digest_of, digest_sources, keep_prepared

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_INPUT = "rows"
_GRAPH, _TRIE, _NUMBERS = "graph.onnx", "pieces.marisa", "numbers.npz"
_MADE_BY = [Path(__file__).with_name(name) for name in ("encoder.py", "graph.py", "pieces.py", "weights.py")]

_MARKS = 2
# Any text shows which channels are outsized: they belong to the model, not to what is said.
_ANY_TEXT = (
    "passage: 技术转移转化和推广服务：对服务突出的省级中试基地，年度最高奖补200万元。（省科技厅、省财政厅按职责分工负责）"
    "本办法自2025年10月1日起施行，有效期5年；联系电话：0531-12345678。 How do I apply for the subsidy?"
)
_MOST_THREADS = 8
_ERRORS_ONLY = 3
# The kernel that ONNX Runtime puts in place of an addition and a normalisation takes three times as long as they do.
_SLOWER_THAN_ITS_PARTS = ["SkipLayerNormFusion"]


class EncoderUnavailable(Exception):
    """ONNX Runtime or the weights are missing or do not work here; the message says what."""


class Encoder:
    """The model whose weights lie in this file; `identity` names the weights and the graph made of them."""

    def __init__(self, weights_file: Path) -> None:
        try:
            self._weights = Weights(weights_file)
            version = f"{self._weights.digest}-{digest_sources(*_MADE_BY)}"
            with keep_prepared("encoder", version, self._make) as folder:
                self._open(folder)
                self.identity = f"{self._weights.digest}-int8-{digest_of(folder / _GRAPH)}"
            # A processor that cannot run the graph shows it here.
            self.encode(" ")
        # onnxruntime and onnx have an exception for each fault and no common class.
        except Exception as error:
            raise EncoderUnavailable(f"ONNX Runtime 运行不了模型 {weights_file}（{error}）") from error

    def _make(self, folder: Path) -> None:
        # onnx is needed only here and takes longer to import than an answer takes.
        from corpus.embedding.graph import find_scales, write_graph

        write_pieces(self._weights, folder / _TRIE, folder / _NUMBERS)
        self._cutter = self._open_cutter(folder)
        session = _open_session(write_graph(self._weights, {}, shows_inputs=True))
        _, *products = (output.name for output in session.get_outputs())
        _, *inputs = session.run(None, {_INPUT: self._rows_of(self.cut(_ANY_TEXT))})
        scales = find_scales(dict(zip(products, inputs, strict=True)))
        (folder / _GRAPH).write_bytes(write_graph(self._weights, scales))

    def _open(self, folder: Path) -> None:
        self._session = _open_session(folder / _GRAPH)
        self._cutter = self._open_cutter(folder)

    def _open_cutter(self, folder: Path) -> PieceCutter:
        return PieceCutter(self._weights, folder / _TRIE, folder / _NUMBERS)

    @property
    def width(self) -> int:
        return self._weights.shape.width

    def cut(self, text: str) -> list[int]:
        """The numbers of the word pieces of a text without surrogates; the marks of begin and end are left out."""
        return [piece.number for piece in self._cutter.cut(text)]

    def encode(self, text: str) -> Floats:
        """A unit vector (width); a text too long for one run is the mean of its stretches, weighted by their pieces."""
        pieces = self.cut(text)
        stretches = [pieces[at : at + self._most_pieces] for at in range(0, len(pieces), self._most_pieces)]
        means = [self._run(stretch).mean(axis=0) for stretch in stretches]
        return _to_unit(np.average(means, axis=0, weights=[len(stretch) for stretch in stretches]))

    def encode_parts(self, text: str, spans: Sequence[tuple[int, int]]) -> Floats:
        """Unit vectors ((1 + spans) × width) of the text and of each span of it, as read in the text, from one run.

        A span that holds no piece, or begins where the text is too long for one run, has the vector of the text.
        """
        pieces = self._cutter.cut(text)[: self._most_pieces]
        states = self._run([piece.number for piece in pieces])
        ends = np.array([piece.end for piece in pieces])
        whole = states.mean(axis=0)
        vectors = [whole]
        for start, end in spans:
            # A piece belongs to the span in which it ends.
            first, last = np.searchsorted(ends, [self._measure(text[:start]), self._measure(text[:end])], side="right")
            inside = states[1 + first : 1 + last]
            vectors.append(inside.mean(axis=0) if len(inside) else whole)
        return np.array([_to_unit(vector) for vector in vectors])

    def encode_all(self, texts: Sequence[str]) -> Floats:
        """One vector a text (texts × width), on all cores."""
        if len(texts) < 2:
            return np.array([self.encode(text) for text in texts], dtype=np.float32).reshape(-1, self.width)
        with ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1)) as threads:
            return np.array(list(threads.map(self.encode, texts)), dtype=np.float32)

    def _run(self, pieces: Sequence[int]) -> Floats:
        """The states of one text with its marks of begin and end ((1 + pieces + 1) × width)."""
        (states,) = self._session.run(None, {_INPUT: self._rows_of(pieces)})
        return np.asarray(states[0], dtype=np.float32)

    def _rows_of(self, pieces: Sequence[int]) -> Floats:
        rows = self._weights.read_words([self._weights.begin, *pieces, self._weights.end])
        return (rows + self._places[: len(rows)])[None]

    def _measure(self, text: str) -> int:
        return self._cutter.measure(text) if text else 0

    @property
    def _most_pieces(self) -> int:
        return self._weights.shape.longest - _MARKS

    @cached_property
    def _places(self) -> Floats:
        """What the place of a piece adds to its row (longest × width); there is one type of text."""
        shape = self._weights.shape
        positions = self._weights.read("emb.pos", shape.longest, shape.width)
        return positions + self._weights.read("emb.type", 1, shape.width)


def _open_session(graph: Path | bytes) -> "InferenceSession":
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread a text; several texts run side by side.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Without an arena a long text leaves no memory behind, and no text takes longer.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = _ERRORS_ONLY
    return onnxruntime.InferenceSession(
        graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER_THAN_ITS_PARTS
    )


def _to_unit(vector: NDArray[np.floating]) -> Floats:
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)
