"""Trains the model that tells unprinted subjects from printed ones on the cases, and measures it on unseen ones."""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.answer import Status
from assistant.retrieve import retrieve
from assistant.scope import WEIGHTS, ScopeLook, depends_on_scope, look_at_scope
from assistant.training.cases import LearntCase
from assistant.understand import Understander
from corpus.store import Corpus

_FOLDS = 5
_OTHER_STEPS = frozenset({"other_places", "manipulation", "arithmetic", "near_miss"})
_UNPRINTED = frozenset({Status.NOT_STATED, Status.OUT_OF_SCOPE})
_MOST_REFUSED = 0.04
"""The share of answerable questions with unprinted words that may be refused; few of all questions have such words."""


@dataclass(frozen=True, slots=True)
class ScopeAccuracy:
    """Shares of unseen questions: of the unprinted ones recognised, of the answerable ones refused."""

    recognised: float
    refused: float
    unprinted: int
    answerable: int


def train_scope(corpus: Corpus, cases: Sequence[LearntCase], path: Path = WEIGHTS) -> ScopeAccuracy:
    """Trains on the cases whose question names a word that no notice prints, and writes the weights."""
    understander = Understander(corpus)
    labelled = [(case, label) for case in cases if (label := _label(case)) is not None]
    seen = [(look, label) for case, label in labelled if (look := _look(case, understander, corpus))]
    looks = np.array([astuple(look) for look, _ in seen])
    labels = np.array([label for _, label in seen])
    model = make_pipeline(StandardScaler(), LogisticRegression())
    chances = cross_val_predict(model, looks, labels, cv=_FOLDS, method="predict_proba")[:, 1]
    least = float(np.quantile(chances[~labels], 1 - _MOST_REFUSED))
    model.fit(looks, labels)
    path.write_text(json.dumps(_pack(model[0], model[1], least), indent=1) + "\n", encoding="utf-8")
    recognised, refused = float((chances[labels] > least).mean()), float((chances[~labels] > least).mean())
    return ScopeAccuracy(recognised, refused, int(labels.sum()), int((~labels).sum()))


def _label(case: LearntCase) -> bool | None:
    """True where nothing of the notice answers it, False where something does; None for what other steps decide."""
    if case.history or case.kind in _OTHER_STEPS or case.answerable is None:
        return None
    if case.answerable:
        return False
    is_unprinted = _UNPRINTED.intersection(case.status or _UNPRINTED) and not (case.measures or case.clauses)
    return True if is_unprinted else None


def _look(case: LearntCase, understander: Understander, corpus: Corpus) -> ScopeLook | None:
    """None where scope decides nothing; English words are translated, and the rest of them stands in no notice."""
    query = understander.understand(case.question)
    if query.language != "zh" or not depends_on_scope(query):
        return None
    return look_at_scope(query, retrieve(query, corpus), corpus)


def _pack(scaler: StandardScaler, model: LogisticRegression, least: float) -> dict[str, object]:
    names = [field.name for field in fields(ScopeLook)]
    columns: list[NDArray[np.float64]] = [scaler.mean_, scaler.scale_, model.coef_[0]]
    features = {
        name: {
            key: round(float(column[i]), 4) for key, column in zip(("mean", "scale", "weight"), columns, strict=True)
        }
        for i, name in enumerate(names)
    }
    return {"features": features, "bias": round(float(model.intercept_[0]), 4), "least": round(least, 4)}
