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


class _Writer:
    """Collects the nodes and constants of one graph."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, values: NDArray[np.generic]) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, operator: str, inputs: Sequence[str], domain: str = "", **attributes: float) -> str:
        """A node with one output, whose name is returned."""
        (output,) = self.add_split(operator, inputs, 1, domain, **attributes)
        return output

    def add_split(
        self, operator: str, inputs: Sequence[str], outputs: int, domain: str = "", **attributes: float
    ) -> list[str]:
        names = [f"n{len(self.nodes)}.{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(operator, inputs, names, None, None, domain, None, **attributes))
        return names


def write_graph(weights: Weights) -> bytes:
    """The graph from rows of one text (1 × tokens × width: word, position and type added) to its states (the same shape).

    One text a run: a scale of the 8 bits is taken over all that runs together, so a neighbour would move the vector,
    and running several together saves no time.
    """
    writer, width = _Writer(), weights.shape.width
    state = _normalise(writer, weights, INPUT, "emb.ln")
    for layer in range(weights.shape.layers):
        state = _add_layer(writer, weights, state, f"l{layer}")
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


def _add_layer(writer: _Writer, weights: Weights, state: str, layer: str) -> str:
    """Attention and feed-forward network, each added to what it reads and normalised."""
    width, inner = weights.shape.width, weights.shape.inner
    joined = _multiply(writer, weights, state, [f"{layer}.{part}" for part in "qkv"], (width, width))
    widths = writer.constant(np.full(3, width, dtype=np.int64))
    parts = writer.add_split("Split", [joined, widths], 3, axis=-1)
    heads = weights.shape.heads
    attended = writer.add("Attention", parts, q_num_heads=heads, kv_num_heads=heads)
    answered = _multiply(writer, weights, attended, [f"{layer}.ao"], (width, width))
    state = _normalise(writer, weights, writer.add("Add", [answered, state]), f"{layer}.aln")
    widened = writer.add("Gelu", [_multiply(writer, weights, state, [f"{layer}.fi"], (inner, width))])
    narrowed = _multiply(writer, weights, widened, [f"{layer}.fo"], (width, inner))
    return _normalise(writer, weights, writer.add("Add", [narrowed, state]), f"{layer}.oln")


def _normalise(writer: _Writer, weights: Weights, state: str, name: str) -> str:
    scale, shift = (writer.constant(weights.read(f"{name}.{part}", weights.shape.width)) for part in "wb")
    return writer.add("LayerNormalization", [state, scale, shift], axis=-1, epsilon=weights.shape.epsilon)


def _multiply(writer: _Writer, weights: Weights, state: str, names: Sequence[str], shape: tuple[int, int]) -> str:
    """One product with the matrices (out × in) under each other, their shifts added."""
    matrix = np.concatenate([weights.read(f"{name}.w", *shape) for name in names])
    shift = np.concatenate([weights.read(f"{name}.b", shape[0]) for name in names])
    levels, scales = _to_levels(matrix)
    inputs = [state, writer.constant(levels.T), writer.constant(scales), "", writer.constant(shift)]
    return writer.add("DynamicQuantizeMatMul", inputs, _MICROSOFT)


def _to_levels(matrix: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Whole numbers and one scale an output, whose products are nearest to the matrix."""
    scales = np.abs(matrix).max(axis=1) / _GREATEST_LEVEL
    levels = np.rint(matrix / scales[:, None])
    return levels.astype(np.int8), scales.astype(np.float32)
