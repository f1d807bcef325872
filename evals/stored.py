"""Reads a whole result back into the outcomes it was written from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.case import Case
from evals.results import ResultsError, RunFacts
from evals.run import Outcome
from evals.score import Score
from evals.stopwatch import RunTimes


@dataclass(frozen=True, slots=True)
class StoredRun:
    """`steps` are the milliseconds that the answers reported, by case id and step."""

    path: Path
    facts: RunFacts
    corpus_version: str
    outcomes: tuple[Outcome, ...]
    steps: Mapping[str, Mapping[str, float]]
    times: RunTimes | None = None


class _Read(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Score(_Read):
    name: str
    value: float | None
    reason: str = ""


class _Case(_Read):
    """What a result adds to the fields of a case."""

    id: str
    expected_status: list[str]
    scores: list[_Score]
    answer: dict[str, Any] | None


class _Timings(_Read):
    started_at: datetime
    milliseconds: dict[str, float]
    steps: dict[str, dict[str, float] | None] = {}
    run: RunTimes | None = None


class _Result(_Read):
    commit: str
    entry: str
    composer: str | None
    corpus_version: str
    cases: list[dict[str, Any]]
    timings: _Timings


def read_run(path: Path) -> StoredRun:
    """Raises ResultsError where the file cannot be read or is no result."""
    try:
        result = _Result.model_validate_json(path.read_bytes())
        outcomes = tuple(_read_outcome(fields, result.timings.milliseconds) for fields in result.cases)
    except OSError as error:
        raise ResultsError(f"结果文件 {path} 打不开（{error.strerror}）。请检查路径。") from error
    except (ValidationError, KeyError) as error:
        raise ResultsError(f"{path} 不是 python -m evals run 写出的结果，或由旧版写出。请重新评测。") from error
    facts = RunFacts(result.commit, result.entry, result.composer, result.timings.started_at)
    steps = {name: one for name, one in result.timings.steps.items() if one}
    return StoredRun(path, facts, result.corpus_version, outcomes, steps, result.timings.run)


def _read_outcome(fields: dict[str, Any], milliseconds: Mapping[str, float]) -> Outcome:
    added = _Case.model_validate(fields)
    # A result writes the status of the answer over the one that the case demands.
    gold = {name: value for name, value in fields.items() if name in Case.model_fields}
    case = Case.model_validate({**gold, "status": added.expected_status})
    scores = tuple(Score(s.name, s.value, s.reason) for s in added.scores)
    return Outcome(case, added.answer, scores, milliseconds[added.id])
