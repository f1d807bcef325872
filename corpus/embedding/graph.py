"""Writes the encoder as an ONNX graph whose matrices are held in 8 bits; sole user of onnx."""

from collections.abc import Mapping, Sequence

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from corpus.embedding.weights import Floats, Weights

INPUT, OUTPUT = "rows", "states"
_USUAL = 0.99
_MICROSOFT = "com.microsoft"
_OPSET, _MICROSOFT_OPSET, _IR_VERSION = 23, 1, 11
# Processors without VNNI add two neighbouring products in 16 bits: an input (0…255) times a level, twice. What two
# neighbouring levels of one sign add up to stays below this, so that every machine gives a text the same vector.
_GREATEST_PAIR = 128
_GREATEST_LEVEL = 127
PRODUCTS = {"qkv": ("q", "k", "v"), "ao": ("ao",), "fi": ("fi",), "fo": ("fo",)}
"""The products of a layer, and the matrices that each holds under each other."""


def write_graph(weights: Weights, scales: Mapping[str, Floats], shows_inputs: bool = False) -> bytes:
    """The graph from rows of one text (1 × tokens × width: word, position and type added) to its states (the same shape).

    One text a run: the 8 bits are spread over all that runs together, so a neighbour would move the vector, and running
    several together saves no time. `scales` says by how much what a product reads is divided (inputs), and its matrix
    multiplied. Where `shows_inputs`, what each product reads is a further output (1 × tokens × inputs), named like it.
    """
    writer, width = _Writer(weights, scales), weights.shape.width
    state = writer.normalise(INPUT, "emb.ln")
    for layer in range(weights.shape.layers):
        state = writer.add_layer(f"l{layer}", state)
    shown = {OUTPUT: state, **(writer.read_by if shows_inputs else {})}
    writer.nodes += [helper.make_node("Identity", [state], [name]) for name, state in shown.items()]
    graph = helper.make_graph(
        writer.nodes,
        "multilingual-e5-small",
        [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, [1, "tokens", width])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "tokens", None]) for name in shown],
        writer.constants,
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, _MICROSOFT_OPSET)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION)
    return bytes(model.SerializeToString())


def find_scales(inputs: Mapping[str, Floats]) -> dict[str, Floats]:
    """By how much a channel of what each product reads (1 × tokens × inputs) is larger than 99 in 100 are; else 1.

    Beside a channel ten times as large, the others are left a tenth of the levels. Rounded to powers of two, so that
    another machine's last bits make no other graph; products whose channels are all of a size are left out.
    """
    greatest = {name: np.abs(values).max(axis=(0, 1)) for name, values in inputs.items()}
    shares = {name: np.maximum(1, most / np.quantile(most, _USUAL)) for name, most in greatest.items()}
    scales = {name: np.exp2(np.rint(np.log2(by))).astype(np.float32) for name, by in shares.items()}
    return {name: by for name, by in scales.items() if by.max() > 1}


class _Writer:
    """Collects the nodes and constants of one graph; every method that adds nodes returns the name of their output."""

    def __init__(self, weights: Weights, scales: Mapping[str, Floats]) -> None:
        self._weights = weights
        self._scales = scales
        self.read_by: dict[str, str] = {}
        """Which output each product reads, by the product's name."""
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add_layer(self, layer: str, state: str) -> str:
        """Attention, then the feed-forward network, each added to what it reads and normalised."""
        attended = self._multiply(self._attend(self._multiply(state, layer, "qkv")), layer, "ao")
        state = self.normalise(self._add("Add", [attended, state]), f"{layer}.aln")
        widened = self._add("Gelu", [self._multiply(state, layer, "fi")])
        narrowed = self._multiply(widened, layer, "fo")
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

    def _multiply(self, state: str, layer: str, product: str) -> str:
        """One product with the matrices (outputs × inputs) under each other, its inputs evened out; shifts added."""
        names, scales = [f"{layer}.{part}" for part in PRODUCTS[product]], self._scales.get(f"{layer}.{product}")
        self.read_by[f"{layer}.{product}"] = state
        shift = np.concatenate([self._weights.read(f"{name}.b", self._weights.count(f"{name}.b")) for name in names])
        matrix = np.concatenate([self._weights.read(f"{name}.w", self._weights.count(f"{name}.w")) for name in names])
        matrix = matrix.reshape(len(shift), -1)
        if scales is not None:
            state, matrix = self._add("Mul", [state, self._constant(1 / scales)]), matrix * scales
        levels, steps = to_levels(matrix)
        inputs = [state, self._constant(levels.T), self._constant(steps), "", self._constant(shift)]
        return self._add("DynamicQuantizeMatMul", inputs, _MICROSOFT)

    def _constant(self, values: NDArray[np.generic]) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _add(self, operator: str, inputs: Sequence[str], domain: str = "", **attributes: float) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], None, None, domain, None, **attributes))
        return name


def to_levels(matrix: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Whole numbers, and the step of each output, whose products are nearest to the matrix (outputs × inputs)."""
    positive, negative = np.maximum(matrix, 0), np.maximum(-matrix, 0)
    most = [(sign[:, ::2] + sign[:, 1::2]).max(axis=1) for sign in (positive, negative)]
    # Rounding may add a level to each pair.
    steps = np.maximum(np.abs(matrix).max(axis=1) / _GREATEST_LEVEL, np.maximum(*most) / (_GREATEST_PAIR - 1))
    return np.rint(matrix / steps[:, None]).astype(np.int8), steps.astype(np.float32)
