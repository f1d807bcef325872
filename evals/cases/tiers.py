"""Which cases are worked with, which nobody sees, and which are asked once: the rules that keep unseen cases unseen."""

import hashlib
import subprocess
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from evals.cases.case import CASES_FOLDER, Case, PlacedCase, find_case_files, read_cases
from evals.results import Run, read_commit, read_run, write_run

HELD_FOLDER, BLIND_FOLDER = CASES_FOLDER / "held", CASES_FOLDER / "blind"
_SEALS = "seals.json"
_PRODUCT = ("assistant", "corpus", "ingest", "prompts")


class SealBroken(Exception):
    """A blind file may not be asked; the message says why and what to do."""


class Seal(BaseModel):
    """The hash of a blind file, committed before it is asked; `spent` is the commit on which it was asked."""

    model_config = ConfigDict(frozen=True)

    sha256: str
    cases: int
    spent: str | None = None


_ALL_SEALS = TypeAdapter(dict[str, Seal])


def find_held_files() -> tuple[Path, ...]:
    return find_case_files(HELD_FOLDER)


def read_seals(folder: Path = BLIND_FOLDER) -> dict[str, Seal]:
    path = folder / _SEALS
    return _ALL_SEALS.validate_json(path.read_bytes()) if path.is_file() else {}


def seal_file(path: Path, folder: Path = BLIND_FOLDER) -> Seal:
    """Notes the hash of a file of blind cases by its author; the file itself stays where it is."""
    seals = read_seals(folder)
    if path.stem in seals:
        raise SealBroken(f"{path.stem} 已经封存过。请换一个文件名（作者名）。")
    seal = Seal(sha256=_hash(path), cases=len(read_cases([path])))
    _write_seals({**seals, path.stem: seal}, folder)
    return seal


def open_sealed(path: Path, folder: Path = BLIND_FOLDER) -> tuple[PlacedCase, ...]:
    """The cases of a sealed file that was never asked; raises SealBroken."""
    seal = read_seals(folder).get(path.stem)
    if seal is None:
        raise SealBroken(f"{path.stem} 没有封存。请先运行 python -m evals seal {path} 并提交。")
    if seal.spent:
        raise SealBroken(f"{path.stem} 已在提交 {seal.spent} 问过，只能问一次；以后的成绩不算盲测。")
    if seal.sha256 != _hash(path):
        raise SealBroken(f"{path} 与封存时不同，不能再作盲测。")
    commit = read_commit()
    if commit.endswith("+") or commit == "nogit" or not _is_committed(path.stem, seal, folder):
        raise SealBroken("封存的摘要或代码还没有提交。请先提交，再问。")
    return read_cases([path])


def spend(path: Path, run: Run, folder: Path = BLIND_FOLDER) -> Path:
    """Keeps the file beside its first result and marks it as asked."""
    folder.mkdir(parents=True, exist_ok=True)
    seals = read_seals(folder)
    _write_seals({**seals, path.stem: seals[path.stem].model_copy(update={"spent": run.commit})}, folder)
    (folder / path.name).write_bytes(path.read_bytes())
    return write_run(folder / "results", run)


def read_spent(folder: Path = BLIND_FOLDER) -> tuple[Run, ...]:
    """The blind runs of the newest round: all that were made with the product of the last one."""
    runs = [read_run(path) for path in sorted((folder / "results").glob("*.json"))]
    newest = max(runs, key=lambda run: run.started_at, default=None)
    return tuple(run for run in runs if newest and _is_same_product(run.commit, newest.commit, folder))


def is_home(case: Case | None) -> bool:
    """The case is about the notice that is shipped."""
    return case is not None and case.notice_id is None and not case.notice_ids


def refuse_held(paths: Sequence[Path]) -> None:
    """Cases that nobody may see are not named on the command line, where their answers would be shown."""
    if hidden := [p for p in paths if HELD_FOLDER in p.resolve().parents]:
        raise SealBroken(f"{hidden[0]} 是留出题，不显示题目和回答。请运行 python -m evals run --held。")


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise SealBroken(f"{path} 打不开（{error.strerror}）。请检查路径。") from error


def _write_seals(seals: dict[str, Seal], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _SEALS).write_bytes(_ALL_SEALS.dump_json(seals, indent=1) + b"\n")


def _is_same_product(one: str, other: str, folder: Path) -> bool:
    """Between the two commits nothing changed of which answers are made."""
    if one == other:
        return True
    command = ["git", "-C", str(folder), "diff", "--quiet", one, other, "--", *(f":/{name}" for name in _PRODUCT)]
    return subprocess.run(command, capture_output=True, timeout=20, check=False).returncode == 0


def _is_committed(author: str, seal: Seal, folder: Path) -> bool:
    command = ["git", "-C", str(folder), "show", f"HEAD:./{_SEALS}"]
    shown = subprocess.run(command, capture_output=True, timeout=20, check=False)
    return shown.returncode == 0 and _ALL_SEALS.validate_json(shown.stdout).get(author) == seal
