"""Keeps what is made of installed packages (graph, word pieces, dictionary) beside the index: made once, whole or not at all."""

import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.settings import CorpusSettings

_log = logging.getLogger(__name__)

_DIGESTS = "digests.json"
_DRAFT = ".draft-"


@contextmanager
def keep_prepared(kind: str, version: str, make: Callable[[Path], None]) -> Iterator[Path]:
    """The folder with the files that `make` writes; made now if missing or damaged, in a spare folder if read-only.

    `version` names everything the files depend on; those of the same kind and another version are removed. What is
    read in place (memory-mapped) stays readable after the folder is gone.
    """
    target = CorpusSettings().index_folder / "prepared" / f"{kind}-{version}"
    if _is_whole(target) or _make_beside(target, make):
        yield target
        return
    with tempfile.TemporaryDirectory(prefix=f"policy-{kind}-") as spare:
        make(Path(spare))
        yield Path(spare)


def digest_of(path: Path) -> str:
    """Hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def digest_sources(*paths: Path) -> str:
    """Hash of the code in these files."""
    return hashlib.sha256(b"\0".join(p.read_bytes() for p in paths)).hexdigest()[:12]


def _is_whole(folder: Path) -> bool:
    """Whether every file is there as it was written."""
    try:
        digests = json.loads((folder / _DIGESTS).read_text(encoding="utf-8"))
        return bool(digests) and all(digest_of(folder / name) == digest for name, digest in digests.items())
    except (OSError, ValueError, AttributeError):
        return False


def _make_beside(target: Path, make: Callable[[Path], None]) -> bool:
    """Makes the files under another name, then renames their folder; False where it cannot be written."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=target.parent))
    except OSError as error:
        _log.warning("%s 不能写入（%s），只为这一次运行准备。", target.parent, error)
        return False
    try:
        make(draft)
        digests = {path.name: digest_of(path) for path in sorted(draft.iterdir())}
        (draft / _DIGESTS).write_text(json.dumps(digests), encoding="utf-8")
        draft.chmod(0o755)
        shutil.rmtree(target, ignore_errors=True)
        draft.rename(target)
        _remove_others(target)
    except OSError as error:
        # Another process may have been faster; then its files serve.
        _log.info("%s：%s", target, error)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return _is_whole(target)


def _remove_others(target: Path) -> None:
    """What other versions left; a process that uses them has them open or in memory."""
    kind = target.name.partition("-")[0]
    for folder in target.parent.glob(f"{kind}-*"):
        if folder != target:
            shutil.rmtree(folder, ignore_errors=True)
