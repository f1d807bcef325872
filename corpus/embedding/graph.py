"""Writes the encoder as an ONNX graph whose matrices are held in 8 bits; sole user of onnx."""

from collections.abc import Sequence

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from corpus.embedding.weights import Floats, Weights

INPUT, OUTPUT = "rows", "states"
_MICROSOFT = "com.microsoft"
_OPSET, _MICROSOFT_OPSET, _IR_VERSION = 23, 1, 11
# Seven of the eight bits: processors without VNNI add pairs of products in 16 bits, which eight bits overflow there,
# so that the same text would get other vectors on another machine.
_GREATEST_LEVEL = 63


def write_graph(weights: Weights, scales: Sequence[Floats]) -> bytes:
    """The graph from rows of one text (1 × tokens × width: word, position and type added) to its states (the same shape).

    One text a run: the 8 bits are spread over all that runs together, so a neighbour would move the vector, and running
    several together saves no time. `scales` says for each layer by how much the channels inside its feed-forward
    network (inner) are divided, and their weights multiplied: beside one channel a hundred times as large, the others
    would be left a level or two, which costs 0.7 points of rank on questions of law and 0.3 so.
    """
    writer, width = _Writer(weights), weights.shape.width
    state = writer.normalise(INPUT, "emb.ln")
    for layer, divisors in enumerate(scales):
        state = writer.add_layer(f"l{layer}", state, divisors)
    writer.nodes.append(helper.make_node("Identity", [state], [OUTPUT]))
    graph = helper.make_graph(
        writer.nodes,
        "multilingual-e5-small",
        [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, [1, "tokens", width])],
        [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, "tokens", width])],
        writer.constants,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, _MICROSOFT_OPSET)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION)
    return bytes(model.SerializeToString())


class _Writer:
    """Collects the nodes and constants of one graph; every method that adds nodes returns the name of their output."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add_layer(self, layer: str, state: str, divisors: Floats) -> str:
        """Attention, then the feed-forward network, each added to what it reads and normalised."""
        width, inner = self._weights.shape.width, self._weights.shape.inner
        attended = self._attend(self._multiply(state, [f"{layer}.{part}" for part in "qkv"], (width, width)))
        answered = self._multiply(attended, [f"{layer}.ao"], (width, width))
        state = self.normalise(self._add("Add", [answered, state]), f"{layer}.aln")
        widened = self._add("Gelu", [self._multiply(state, [f"{layer}.fi"], (inner, width))])
        evened = self._add("Mul", [widened, self._constant(1 / divisors)])
        narrowed = self._multiply(evened, [f"{layer}.fo"], (width, inner), divisors)
        return self.normalise(self._add("Add", [narrowed, state]), f"{layer}.oln")

    def normalise(self, state: str, name: str) -> str:
        scale, shift = (
            self._constant(self._weights.read(f"{name}.{part}", self._weights.shape.width)) for part in "wb"
        )
        return self._add("LayerNormalization", [state, scale, shift], axis=-1, epsilon=self._weights.shape.epsilon)

    def _attend(self, joined: str) -> str:
        widths = self._constant(np.full(3, self._weights.shape.width, dtype=np.int64))
        parts = [f"{joined}.{part}" for part in "qkv"]
        self.nodes.append(helper.make_node("Split", [joined, widths], parts, axis=-1))
        heads = self._weights.shape.heads
        return self._add("Attention", parts, q_num_heads=heads, kv_num_heads=heads)

    def _multiply(
        self, state: str, names: Sequence[str], shape: tuple[int, int], divisors: float | Floats = 1.0
    ) -> str:
        """One product with the matrices (outputs × inputs) under each other, for inputs so divided; shifts added."""
        matrix = np.concatenate([self._weights.read(f"{name}.w", *shape) for name in names])
        shift = np.concatenate([self._weights.read(f"{name}.b", shape[0]) for name in names])
        levels, scales = _to_levels(np.asarray(matrix * divisors, dtype=np.float32))
        inputs = [state, self._constant(levels.T), self._constant(scales), "", self._constant(shift)]
        return self._add("DynamicQuantizeMatMul", inputs, _MICROSOFT)

    def _constant(self, values: NDArray[np.generic]) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _add(self, operator: str, inputs: Sequence[str], domain: str = "", **attributes: float) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], None, None, domain, None, **attributes))
        return name


def _to_levels(matrix: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Whole numbers and one scale an output, whose products are nearest to the matrix (outputs × inputs)."""
    scales = np.abs(matrix).max(axis=1) / _GREATEST_LEVEL
    levels = np.rint(matrix / scales[:, None])
    return levels.astype(np.int8), scales.astype(np.float32)
