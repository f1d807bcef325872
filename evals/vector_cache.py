"""Keeps the vectors of texts between runs, by embedder and by what the text says; an interrupted run goes on."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from corpus.embed import Embedder, Vector

_CHUNK = 512


class VectorCache:
    """A folder of vectors, one subfolder an embedder; safe to delete at any time."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._embedder = embedder
        self._folder = folder / re.sub(r"[^\w.-]", "_", embedder.identity)

    def embed(self, texts: Sequence[str], tell: Callable[[int], None] = lambda count: None) -> Vector:
        """The vectors of the texts in their order; `tell` hears how many more are done."""
        known = self._read()
        keys = [_key(text) for text in texts]
        missing = list({key: text for key, text in zip(keys, texts, strict=True) if key not in known}.items())
        tell(len(keys) - len(missing))
        for begin in range(0, len(missing), _CHUNK):
            chunk = missing[begin : begin + _CHUNK]
            vectors = self._embedder.embed_passages([text for _, text in chunk])
            self._write([key for key, _ in chunk], vectors)
            known.update(zip((key for key, _ in chunk), vectors, strict=True))
            tell(len(chunk))
        return np.asarray([known[key] for key in keys], dtype=np.float32)

    def _read(self) -> dict[str, Vector]:
        return {key: row for path in sorted(self._folder.glob("*.npz")) for key, row in _read_chunk(path)}

    def _write(self, keys: Sequence[str], vectors: Vector) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{_key(''.join(keys))}.npz"
        # A half-written file must never be read as a whole one.
        fresh = path.with_suffix(".part")
        with fresh.open("wb") as file:
            np.savez(file, keys=np.asarray(keys), vectors=vectors)
        fresh.replace(path)


def _read_chunk(path: Path) -> Iterator[tuple[str, Vector]]:
    with np.load(path) as chunk:
        yield from zip((str(key) for key in chunk["keys"]), chunk["vectors"], strict=True)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
