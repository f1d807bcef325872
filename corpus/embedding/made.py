"""Keeps what is made of a model's weights, the graph and the word pieces, in a folder: made once, whole or not at all."""

import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.embedding.pieces import write_pieces
from corpus.embedding.weights import Weights

_log = logging.getLogger(__name__)

_GRAPH, _TRIE, _NUMBERS, _DIGESTS = "graph.onnx", "pieces.marisa", "numbers.npz", "digests.json"
_DRAFT = ".draft-"


@dataclass(frozen=True, slots=True)
class Made:
    """The files made of one model; `digest` names the bytes of the graph."""

    folder: Path
    digest: str

    @property
    def graph(self) -> Path:
        return self.folder / _GRAPH

    @property
    def trie(self) -> Path:
        return self.folder / _TRIE

    @property
    def numbers(self) -> Path:
        return self.folder / _NUMBERS


@contextmanager
def keep_made(weights: Weights, folder: Path) -> Iterator[Made]:
    """The files in `folder`, made now if they are missing, damaged or of older code; elsewhere if it cannot be written."""
    target = folder / f"{weights.digest}-{_hash_own_code()}"
    made = _read(target) or _make_beside(weights, target)
    if made is not None:
        yield made
        return
    with tempfile.TemporaryDirectory(prefix="policy-encoder-") as spare:
        yield _make(weights, Path(spare))


def _make_beside(weights: Weights, target: Path) -> Made | None:
    """Makes the files under another name, then renames their folder; None where it cannot be written."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=target.parent))
    except OSError as error:
        _log.warning("向量模型的文件不能存进 %s（%s），这次只为本进程准备。", target.parent, error)
        return None
    try:
        _make(weights, draft)
        draft.chmod(0o755)
        shutil.rmtree(target, ignore_errors=True)
        draft.rename(target)
    except OSError as error:
        # Another process may have been faster; then its files serve.
        _log.info("%s：%s", target, error)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _remove_others(target)
    return _read(target)


def _make(weights: Weights, folder: Path) -> Made:
    # onnx is needed only here and takes longer to import than an answer takes.
    from corpus.embedding.graph import write_graph

    (folder / _GRAPH).write_bytes(write_graph(weights))
    write_pieces(weights, folder / _TRIE, folder / _NUMBERS)
    digests = {name: _hash(folder / name) for name in (_GRAPH, _TRIE, _NUMBERS)}
    (folder / _DIGESTS).write_text(json.dumps(digests), encoding="utf-8")
    return Made(folder, digests[_GRAPH])


def _read(folder: Path) -> Made | None:
    """None where a file is missing or is not as it was written."""
    try:
        digests = json.loads((folder / _DIGESTS).read_text(encoding="utf-8"))
        is_whole = all(_hash(folder / name) == digests[name] for name in (_GRAPH, _TRIE, _NUMBERS))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Made(folder, digests[_GRAPH]) if is_whole else None


def _remove_others(target: Path) -> None:
    """What older code or other weights left; a process that uses it has it open or in memory."""
    for folder in target.parent.iterdir():
        if folder != target and not folder.name.startswith(_DRAFT):
            shutil.rmtree(folder, ignore_errors=True)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


@cache
def _hash_own_code() -> str:
    """Names the code that makes the files."""
    sources = (p.read_bytes() for p in sorted(Path(__file__).parent.glob("*.py")))
    return hashlib.sha256(b"\0".join(sources)).hexdigest()[:12]
