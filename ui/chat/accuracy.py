"""Reads how accurate the answers were when questions nobody had tuned for were last asked."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

ACCURACY_FILE = Path(__file__).parents[1] / "data" / "accuracy.json"


class AccuracyUnreadable(Exception):
    """The published figures cannot be read; the message says how to write them anew."""


@dataclass(frozen=True, slots=True)
class ShareInterval:
    """95 % of such intervals hold the true share."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BlindAccuracy:
    """Of questions that were asked once, on `date` with the code of `commit`; `untrue` sentences per 100 answers."""

    date: date
    commit: str
    cases: int
    strictly_right: float
    interval: ShareInterval
    untrue: float


@dataclass(frozen=True, slots=True)
class BlindResults:
    """The notice that is shipped, and notices that nobody tuned for; None where there were no such questions."""

    home: BlindAccuracy | None = None
    others: BlindAccuracy | None = None


@dataclass(frozen=True, slots=True)
class PublishedAccuracy:
    """What pages show; `blind` is None until questions were asked blindly, and then they show nothing."""

    blind: BlindResults | None


def read_published_accuracy(path: Path = ACCURACY_FILE) -> PublishedAccuracy | None:
    """None where nothing was published; raises AccuracyUnreadable."""
    if not path.is_file():
        return None
    try:
        return TypeAdapter(PublishedAccuracy).validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise AccuracyUnreadable(f"{path} 读不出来。请重新运行 python -m evals publish。") from error
