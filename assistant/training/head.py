"""Trains the model that tells what a clause is about from the other things it mentions."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from assistant.training.messages import LabelledClause, Message, mask
from assistant.training.wants import fold_authors
from assistant.understanding.head import BUCKETS, CANDIDATE, read_place
from corpus.language.departments import DepartmentTable
from corpus.language.words import WordCutter

_STRENGTH = 1.0
_MOST_OTHERS = 8
_SURE = 0.7
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class HeadAccuracy:
    """Of unseen authors: clauses with several candidates whose head is found; how often a candidate above the bar is one."""

    clauses: int
    found: float
    sure: float


@dataclass(frozen=True, slots=True)
class _Candidate:
    place: list[int]
    is_head: bool
    clause: int
    author: str


def train_head(
    messages: Sequence[Message], cutter: WordCutter, departments: DepartmentTable
) -> tuple[dict[str, NDArray[np.generic]], HeadAccuracy]:
    """The stored arrays, and what the folds measured."""
    chance = random.Random(11)
    rows: list[_Candidate] = []
    clauses = [(m.author, c) for m in messages for c in m.clauses if c.asks and c.names]
    for number, (author, clause) in enumerate(clauses):
        for place, is_head in _candidates(clause, cutter, departments, chance):
            rows.append(_Candidate(place, is_head, number, author))
    starts = np.concatenate([[0], np.cumsum([len(r.place) for r in rows])])
    features = csr_matrix(
        (np.ones(starts[-1]), np.concatenate([r.place for r in rows]), starts), shape=(len(rows), BUCKETS)
    )
    truth = np.array([r.is_head for r in rows])
    authors = np.array([r.author for r in rows])
    chances = np.zeros(len(rows))
    for unseen in fold_authors(authors.tolist()):
        test = np.isin(authors, sorted(unseen))
        chances[test] = _fit(features[~test], truth[~test]).predict_proba(features[test])[:, 1]
    model = _fit(features, truth)
    stored: dict[str, NDArray[np.generic]] = {
        "weights": model.coef_[0].astype(np.float16),
        "bias": np.array(model.intercept_[0]),
    }
    return stored, _measure(rows, chances, truth)


def _fit(features: csr_matrix, truth: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(C=_STRENGTH, max_iter=200).fit(features, truth)


def _measure(rows: Sequence[_Candidate], chances: NDArray[np.float64], truth: NDArray[np.bool_]) -> HeadAccuracy:
    of_clause: dict[int, list[int]] = {}
    for i, row in enumerate(rows):
        of_clause.setdefault(row.clause, []).append(i)
    several = [own for own in of_clause.values() if len(own) > 1]
    found = sum(bool(truth[max(own, key=lambda i: chances[i])]) for own in several)
    sure = chances > _SURE
    return HeadAccuracy(len(several), found / len(several), float(truth[sure].mean()))


def _candidates(
    clause: LabelledClause, cutter: WordCutter, departments: DepartmentTable, chance: random.Random
) -> list[tuple[list[int], bool]]:
    """The head, the other names, and some words that name nothing asked about."""
    names = list(clause.names)
    others = [w for w in cutter.cut(clause.text) if len(w) >= _SHORTEST and not any(w in n for n in names)]
    chosen = [*names, *chance.sample(others, min(_MOST_OTHERS, len(others)))]
    found: list[tuple[list[int], bool]] = []
    for candidate in dict.fromkeys(chosen):
        start = clause.text.casefold().find(candidate.casefold())
        if start < 0:
            continue
        rest = [n for n in names if n != candidate]
        before = mask(clause.text[:start], rest, departments).text
        after = mask(clause.text[start + len(candidate) :], rest, departments).text
        found.append((read_place(f"{before}{CANDIDATE}{after}"), candidate == names[0]))
    return found
