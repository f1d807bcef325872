"""Reads how often earlier runs were right on the same cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.results import EarlierCase
from evals.stored import StoredRun
from evals.tally import Share

MOST_RUNS = 24
"""Reading a result of a thousand cases takes a tenth of a second."""
_LEAST_SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Point:
    """A run, with its share over those of its cases that the reported run holds too."""

    name: str
    commit: str
    started_at: datetime
    share: Share
    is_this: bool


@dataclass(frozen=True, slots=True)
class History:
    """In the order of time; `unread` are files of the folder that are no results."""

    points: tuple[Point, ...]
    unread: tuple[str, ...]


class _Timings(BaseModel):
    started_at: datetime


class _Earlier(BaseModel):
    model_config = ConfigDict(extra="ignore")

    commit: str
    entry: str
    composer: str | None
    cases: tuple[EarlierCase, ...]
    timings: _Timings


def read_history(run: StoredRun) -> History:
    """The latest runs in the folder of this one that went the same way and share half of its cases."""
    ids = {o.case.id for o in run.outcomes}
    verdicts = [o.is_right for o in run.outcomes]
    points = [Point(run.path.stem, run.facts.commit, run.facts.started_at, _count(verdicts), is_this=True)]
    unread = []
    for path in _latest(run.path):
        try:
            earlier = _Earlier.model_validate_json(path.read_bytes())
        except (OSError, ValidationError):
            unread.append(path.name)
            continue
        shared = [case.is_right for case in earlier.cases if case.id in ids]
        is_same_way = (earlier.entry, earlier.composer) == (run.facts.entry, run.facts.composer)
        if is_same_way and len(shared) >= _LEAST_SHARED * len(ids):
            points.append(Point(path.stem, earlier.commit, earlier.timings.started_at, _count(shared), is_this=False))
    return History(tuple(sorted(points, key=lambda p: p.started_at)), tuple(unread))


def _count(verdicts: Sequence[bool]) -> Share:
    return Share(sum(verdicts), len(verdicts))


def _latest(path: Path) -> list[Path]:
    others = [p for p in path.parent.glob("*.json") if p.resolve() != path.resolve()]
    return sorted(others, key=lambda p: p.stat().st_mtime)[-MOST_RUNS:]
