"""Turns texts into unit vectors with ONNX Runtime; sole user of onnxruntime."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import numpy as np

from corpus.embedding.pieces import PieceCutter, write_pieces
from corpus.embedding.weights import Floats, Weights
from corpus.prepared import digest_of, digest_sources, keep_prepared

_GRAPH, _TRIE, _NUMBERS = "graph.onnx", "pieces.marisa", "numbers.npz"
_MADE_BY = [Path(__file__).with_name(name) for name in ("graph.py", "pieces.py", "weights.py")]

_MARKS = 2
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
        from corpus.embedding.graph import write_graph

        (folder / _GRAPH).write_bytes(write_graph(self._weights))
        write_pieces(self._weights, folder / _TRIE, folder / _NUMBERS)

    def _open(self, folder: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # One thread a text; several texts run side by side.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # Without an arena a long text leaves no memory behind, and no text takes longer.
        options.enable_cpu_mem_arena = False
        options.log_severity_level = _ERRORS_ONLY
        self._session = onnxruntime.InferenceSession(
            folder / _GRAPH,
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=_SLOWER_THAN_ITS_PARTS,
        )
        self._cutter = PieceCutter(self._weights, folder / _TRIE, folder / _NUMBERS)

    @property
    def width(self) -> int:
        return self._weights.shape.width

    def cut(self, text: str) -> list[int]:
        """The numbers of the word pieces of a text without surrogates; the marks of begin and end are left out."""
        return self._cutter.cut(text)

    def encode(self, text: str) -> Floats:
        """A unit vector (width); a text too long for one run is the mean of its stretches, weighted by their pieces."""
        pieces, size = self.cut(text), self._weights.shape.longest - _MARKS
        stretches = [pieces[at : at + size] for at in range(0, len(pieces), size)]
        means = [self._encode(stretch) for stretch in stretches]
        mean = np.average(means, axis=0, weights=[len(stretch) for stretch in stretches])
        return np.asarray(mean / np.linalg.norm(mean), dtype=np.float32)

    def encode_all(self, texts: Sequence[str]) -> Floats:
        """One vector a text (texts × width), on all cores."""
        if len(texts) < 2:
            return np.array([self.encode(text) for text in texts], dtype=np.float32).reshape(-1, self.width)
        with ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1)) as threads:
            return np.array(list(threads.map(self.encode, texts)), dtype=np.float32)

    def _encode(self, pieces: Sequence[int]) -> Floats:
        """The mean of the states of one run (width)."""
        rows = self._weights.read_words([self._weights.begin, *pieces, self._weights.end])
        (mean,) = self._session.run(None, {"rows": (rows + self._places[: len(rows)])[None]})
        return np.asarray(mean[0], dtype=np.float32)

    @cached_property
    def _places(self) -> Floats:
        """What the place of a piece adds to its row (longest × width); there is one type of text."""
        shape = self._weights.shape
        positions = self._weights.read("emb.pos", shape.longest, shape.width)
        return positions + self._weights.read("emb.type", 1, shape.width)
