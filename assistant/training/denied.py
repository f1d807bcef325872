"""Trains the model that tells which names a list leaves out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from assistant.training.messages import LabelledClause, Message, mask
from assistant.training.wants import fold_authors
from assistant.understanding.denied import BUCKETS, nearest_to_denials, read_sides
from assistant.understanding.frame import TEXT
from assistant.understanding.head import CANDIDATE
from corpus.language.departments import DepartmentTable

_STRENGTH = 1.0


@dataclass(frozen=True, slots=True)
class DeniedAccuracy:
    """Of unseen authors: how many names, how many of those called left out are, and how many left out are found."""

    names: int
    precision: float
    recall: float


def train_denied(
    messages: Sequence[Message], departments: DepartmentTable
) -> tuple[dict[str, NDArray[np.generic]], DeniedAccuracy]:
    """The stored arrays, and what the folds measured."""
    rows = [
        (m.author, *row)
        for m in messages
        for c in m.clauses
        if c.listing.get("shows", TEXT) != TEXT
        for row in _names(c, departments)
    ]
    places = [read_sides(clause, is_nearest) for _, clause, is_nearest, _ in rows]
    starts = np.concatenate([[0], np.cumsum([len(p) for p in places])])
    features = csr_matrix((np.ones(starts[-1]), np.concatenate(places), starts), shape=(len(rows), BUCKETS))
    truth = np.array([is_left_out for *_, is_left_out in rows])
    authors = np.array([author for author, *_ in rows])
    guessed = np.zeros(len(rows), dtype=bool)
    for unseen in fold_authors(authors.tolist()):
        test = np.isin(authors, sorted(unseen))
        guessed[test] = _fit(features[~test], truth[~test]).predict(features[test])
    model = _fit(features, truth)
    stored: dict[str, NDArray[np.generic]] = {
        "weights": model.coef_[0].astype(np.float16),
        "bias": np.array(model.intercept_[0]),
    }
    precision, recall = float(truth[guessed].mean()), float(guessed[truth].mean())
    return stored, DeniedAccuracy(len(rows), precision, recall)


def _fit(features: csr_matrix, truth: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(C=_STRENGTH, max_iter=300, class_weight="balanced").fit(features, truth)


def _names(clause: LabelledClause, departments: DepartmentTable) -> list[tuple[str, bool, bool]]:
    """Each name: the masked clause around it, whether a denial points at it, whether it is left out."""
    spans: list[tuple[int, int]] = []
    for name in sorted({*clause.names, *clause.without}, key=len, reverse=True):
        start = clause.text.find(name)
        end = start + len(name)
        if start >= 0 and not any(a < end and start < b for a, b in spans):
            spans.append((start, end))
    spans.sort()
    is_of_money = clause.listing.get("money") == "unpriced"
    pointed = nearest_to_denials(clause.text, spans, is_of_money=is_of_money)
    found = []
    for place, (start, end) in enumerate(spans):
        rest = [clause.text[a:b] for a, b in spans if (a, b) != (start, end)]
        before = mask(clause.text[:start], rest, departments).text
        after = mask(clause.text[end:], rest, departments).text
        is_left_out = clause.text[start:end] in clause.without
        found.append((f"{before}{CANDIDATE}{after}", place in pointed, is_left_out))
    return found
