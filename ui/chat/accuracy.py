"""Reads how accurate the answers were when that was last published."""

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
class KindAccuracy:
    """Of one kind of question: its id, what it is called, and the share of strictly right answers."""

    kind: str
    name: str
    cases: int
    right: int
    strictly_right: float
    interval: ShareInterval


@dataclass(frozen=True, slots=True)
class PublishedAccuracy:
    """Shares over all shipped cases, measured on `date` with the code of `commit` and that corpus.

    `partly_right` counts half an answer too; the last three are None where no case asks for them.
    """

    date: date
    commit: str
    corpus_version: str
    cases: int
    right: int
    strictly_right: float
    interval: ShareInterval
    partly_right: float
    citations_valid: float
    kinds: tuple[KindAccuracy, ...]
    refusal_recall: float | None = None
    over_refusal: float | None = None
    flip_rate: float | None = None


def read_published_accuracy(path: Path = ACCURACY_FILE) -> PublishedAccuracy | None:
    """None where nothing was published; raises AccuracyUnreadable."""
    if not path.is_file():
        return None
    try:
        return TypeAdapter(PublishedAccuracy).validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise AccuracyUnreadable(f"{path} 读不出来。请重新运行 python -m evals publish。") from error
