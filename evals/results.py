"""Writes the outcomes of a run as JSON and reads those of an earlier one."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.run import Outcome
from evals.stopwatch import RunTimes
from evals.summary import Summary

RESULTS_FOLDER = Path(__file__).parent / "results"


class ResultsError(Exception):
    """An earlier result cannot be read; the message names the file."""


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What a run was made with; `commit` ends in + where files differ from it;
    `composer` is None where a service chose."""

    commit: str
    entry: str
    composer: str | None
    started_at: datetime


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class EarlierScore(_Read):
    name: str
    value: float | None
    reason: str = ""


class EarlierCase(_Read):
    """One case of an earlier run."""

    id: str
    question: str
    status: str | None
    scores: tuple[EarlierScore, ...]

    @property
    def is_right(self) -> bool:
        return any(s.name == "strictly_right" and s.value == 1.0 for s in self.scores)

    @property
    def reason(self) -> str:
        return next((s.reason for s in self.scores if s.name == "strictly_right"), "")


class EarlierResults(_Read):
    commit: str
    cases: tuple[EarlierCase, ...]


def read_results(path: Path) -> EarlierResults:
    try:
        return EarlierResults.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ResultsError(f"结果文件 {path} 打不开（{error.strerror}）。请检查路径。") from error
    except ValidationError as error:
        raise ResultsError(f"{path} 不是 python -m evals run 写出的结果文件。") from error


def encode_results(
    facts: RunFacts, summary: Summary, outcomes: Sequence[Outcome], times: RunTimes | None = None
) -> dict[str, Any]:
    """Everything that differs between two runs of the same state stands under `timings`."""
    versions = {str(o.answer.get("corpus_version")) for o in outcomes if o.answer}
    return {
        "commit": facts.commit,
        "entry": facts.entry,
        "composer": facts.composer,
        "corpus_version": "、".join(sorted(versions)),
        "summary": {**asdict(summary), "over_refusal": summary.over_refusal},
        "cases": [_encode_outcome(o) for o in outcomes],
        "timings": {
            "started_at": facts.started_at.isoformat(timespec="seconds"),
            "run": asdict(times) if times else None,
            "milliseconds": {o.case.id: round(o.milliseconds, 2) for o in outcomes},
            "steps": {o.case.id: o.answer.get("timings_ms") for o in outcomes if o.answer},
        },
    }


def _encode_outcome(outcome: Outcome) -> dict[str, Any]:
    answer = None if outcome.answer is None else {k: v for k, v in outcome.answer.items() if k != "timings_ms"}
    return {
        **outcome.case.model_dump(mode="json"),
        "expected_status": list(outcome.case.status),
        "status": outcome.status,
        "scores": [asdict(score) for score in outcome.scores],
        "answer": answer,
    }


def write_results(folder: Path, facts: RunFacts, results: dict[str, Any]) -> Path:
    """The new file; an earlier one of the same day and commit is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{facts.started_at:%Y-%m-%d}-{facts.commit.rstrip('+')}"
    path, number = folder / f"{stem}.json", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.json"
    path.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def read_commit() -> str:
    """The short hash of the checked-out commit, "nogit" outside a repository."""
    try:
        commit = _run_git("rev-parse", "--short", "HEAD")
        is_changed = bool(_run_git("status", "--porcelain", "--untracked-files=no"))
    except (OSError, subprocess.SubprocessError):
        return "nogit"
    return f"{commit}+" if is_changed else commit


def _run_git(*arguments: str) -> str:
    command = ["git", "-C", str(Path(__file__).parent), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=20).stdout.strip()
