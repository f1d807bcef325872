"""The one format in which a run is written and read: what was asked, answered and scored, and the sums of it."""

import hashlib
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.cases.case import Case
from evals.scoring.judge import RIGHT
from evals.scoring.reply import Score

DEVELOPMENT, HELD, BLIND = "development", "held", "blind"
"""The tiers of cases: those that everybody works with, those that nobody sees, those that are asked once."""
RESULTS_FOLDER = Path(__file__).parent / "results"


class ResultsError(Exception):
    """A result cannot be read; the message names the file."""


class _Stored(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Outcome(_Stored):
    """One case with its answer, None where none came, and its scores.

    Of a case that nobody may see, `case` and `answer` are None and no score gives a reason; `gold` is a hash.
    """

    id: str
    kind: str
    gold: str
    status: str | None
    scores: tuple[Score, ...]
    case: Case | None = None
    answer: dict[str, Any] | None = None
    milliseconds: float = 0.0

    @classmethod
    def of(cls, case: Case, answer: dict[str, Any] | None, scores: Sequence[Score], milliseconds: float) -> "Outcome":
        gold = hashlib.sha256(case.gold.encode()).hexdigest()[:16]
        status = str(answer["status"]) if answer else None
        return cls(
            id=case.id,
            kind=case.kind,
            gold=gold,
            status=status,
            scores=tuple(scores),
            case=case,
            answer=answer,
            milliseconds=milliseconds,
        )

    @property
    def sealed(self) -> "Outcome":
        """Without anything from which question or answer could be told."""
        scores = tuple(Score(s.name, s.value) for s in self.scores)
        return self.model_copy(update={"case": None, "answer": None, "scores": scores})

    def value_of(self, name: str) -> float | None:
        return next((s.value for s in self.scores if s.name == name), None)

    def reason_of(self, name: str) -> str:
        return next((s.reason for s in self.scores if s.name == name), "")

    @property
    def is_right(self) -> bool:
        return self.value_of(RIGHT) == 1.0


class Run(_Stored):
    """`commit` ends in + where files differed from it; `composer` is None where a service chose;
    `baselines` are facts shown and right by name and case id."""

    commit: str
    entry: str
    composer: str | None
    corpus_version: str
    tier: str
    started_at: datetime
    cases: tuple[Outcome, ...]
    baselines: Mapping[str, Mapping[str, tuple[bool, bool | None]]] = {}
    mutation: Mapping[str, tuple[int, int]] = {}
    seconds: float | None = None
    times_n5: float | None = None

    @property
    def stem(self) -> str:
        name = "" if self.tier == DEVELOPMENT else f"-{self.tier.replace('/', '-')}"
        return f"{self.started_at:%Y-%m-%d}-{self.commit.rstrip('+')}{name}"


def read_run(path: Path) -> Run:
    """Raises ResultsError where the file cannot be read or is no result."""
    try:
        return Run.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ResultsError(f"结果文件 {path} 打不开（{error.strerror}）。请检查路径。") from error
    except ValidationError as error:
        raise ResultsError(f"{path} 不是 python -m evals run 写出的结果，或由旧版写出。请重新评测。") from error


def write_run(folder: Path, run: Run) -> Path:
    """The new file; an earlier one of the same day and commit is kept."""
    return write_new(folder, run.stem, run.model_dump_json(indent=1))


def write_new(folder: Path, stem: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path, number = folder / f"{stem}.json", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.json"
    path.write_text(f"{text}\n", encoding="utf-8")
    return path


def find_version(answers: Iterable[Mapping[str, Any] | None]) -> str:
    return "、".join(sorted({str(a.get("corpus_version")) for a in answers if a}))


def read_commit() -> str:
    """The short hash of the checked-out commit, "nogit" outside a repository."""
    try:
        commit = _run_git("rev-parse", "--short", "HEAD")
        # A blind file that was asked leaves its mark, which is no change of the product or of the evaluation.
        rest = ("--", ":/", ":(top,exclude)evals/cases/blind")
        is_changed = bool(_run_git("status", "--porcelain", "--untracked-files=no", *rest))
    except (OSError, subprocess.SubprocessError):
        return "nogit"
    return f"{commit}+" if is_changed else commit


def _run_git(*arguments: str) -> str:
    command = ["git", "-C", str(Path(__file__).parent), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=20).stdout.strip()
