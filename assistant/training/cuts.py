"""Trains the two models that cut a message, the second on readings by models that have not seen the author."""

import warnings
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from assistant.training.messages import Message
from assistant.training.wants import make_features
from assistant.understanding.cuts import (
    BUCKETS,
    LEAST_TO_PROPOSE,
    MOST_PIECES,
    Border,
    look_at_border,
    read_around,
)
from assistant.understanding.frame import Act, Operation
from assistant.understanding.wants import HEADS, LISTING, Reading
from corpus.embedding.embed import Embedder

_STRENGTH = 0.3
_HIDDEN = (24,)
_DECAY = 1.0
_SEEDS = 1
_LONGEST_READ = 480
Floats = NDArray[np.float32]
Folds = Sequence[tuple[frozenset[str], Sequence[LogisticRegression]]]


@dataclass(frozen=True, slots=True)
class CutAccuracy:
    """Of unseen authors: precision, recall and F1 of the cuts, and the share of messages cut wholly right."""

    cuts: int
    precision: float
    recall: float
    f1: float
    messages_right: float


@dataclass(frozen=True, slots=True)
class _Looked:
    """A message cut at every proposed place: what each border looks like, and which are true."""

    looks: list[list[float]]
    truth: list[bool]
    missed: int


def train_cuts(
    messages: Sequence[Message], embedder: Embedder, folds: Folds
) -> tuple[dict[str, NDArray[np.generic]], CutAccuracy]:
    """The stored arrays, and what the folds measured; `folds` gives the readers that did not see some authors."""
    places = [(m, at) for m in messages for at in range(1, len(m.masked))]
    features = _features([read_around(m.masked, at) for m, at in places])
    ends = [_ends(m) for m in messages]
    truth = np.array([at in true for m, true in zip(messages, ends, strict=True) for at in range(1, len(m.masked))])
    authors = np.array([m.author for m, _ in places])
    chances = np.zeros(len(places))
    for unseen, _ in folds:
        test = np.isin(authors, sorted(unseen))
        chances[test] = _local(features[~test], truth[~test]).predict_proba(features[test])[:, 1]
    looked = _look(messages, chances, embedder, folds)
    looks = np.array([row for m in looked for row in m.looks])
    true = np.array([t for m in looked for t in m.truth])
    owners = np.array([k for k, m in enumerate(looked) for _ in m.truth])
    by_author = np.array([messages[k].author for k in owners])
    kept = np.zeros(len(true))
    for unseen, _ in folds:
        test = np.isin(by_author, sorted(unseen))
        for model, mean, scale in _deciders(looks[~test], true[~test]):
            kept[test] += model.predict_proba((looks[test] - mean) / scale)[:, 1] / _SEEDS
    least = max(np.arange(0.3, 0.7, 0.05), key=lambda t: _f1(kept > t, true, sum(m.missed for m in looked)))
    accuracy = _measure(kept > least, true, owners, looked)
    local = _local(features, truth)
    model, mean, scale = _deciders(looks, true)[0]
    stored: dict[str, NDArray[np.generic]] = {
        "around": local.coef_[0].astype(np.float16),
        "bias": np.array(local.intercept_[0]),
        "mean": mean,
        "scale": scale,
        "least": np.array(least),
        "layers": np.array(len(model.coefs_)),
    }
    for i, (weights, bias) in enumerate(zip(model.coefs_, model.intercepts_, strict=True)):
        stored |= {f"w{i}": weights.astype(np.float32), f"b{i}": bias.astype(np.float32)}
    return stored, accuracy


def _ends(message: Message) -> frozenset[int]:
    ends = np.cumsum([len(c.masked) for c in message.clauses]).tolist()
    return frozenset(ends[:-1])


def _features(rows: Sequence[Sequence[int]]) -> csr_matrix:
    unique = [np.unique(r) for r in rows]
    starts = np.concatenate([[0], np.cumsum([len(r) for r in unique])])
    return csr_matrix((np.ones(starts[-1]), np.concatenate(unique), starts), shape=(len(rows), BUCKETS))


def _local(features: csr_matrix, truth: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(C=_STRENGTH, max_iter=200).fit(features, truth)


def _deciders(looks: Floats, truth: NDArray[np.bool_]) -> list[tuple[MLPClassifier, Floats, Floats]]:
    warnings.simplefilter("ignore", ConvergenceWarning)
    mean, scale = looks.mean(axis=0), looks.std(axis=0) + 1e-6
    return [
        (
            MLPClassifier(_HIDDEN, alpha=_DECAY, max_iter=120, random_state=seed).fit((looks - mean) / scale, truth),
            mean,
            scale,
        )
        for seed in range(_SEEDS)
    ]


def _look(
    messages: Sequence[Message],
    chances: NDArray[np.float64],
    embedder: Embedder,
    folds: Folds,
) -> list[_Looked]:
    starts = np.concatenate([[0], np.cumsum([len(m.masked) - 1 for m in messages])])
    readers = {author: models for unseen, models in folds for author in unseen}

    def look(k: int) -> _Looked:
        message, own = messages[k], chances[starts[k] : starts[k + 1]]
        ends = _ends(message)
        borders = [Border(at, float(p)) for at, p in enumerate(own, 1) if p > LEAST_TO_PROPOSE]
        borders = sorted(sorted(borders, key=lambda b: -b.chance)[: MOST_PIECES - 1], key=lambda b: b.at)
        edges = [0, *(b.at for b in borders), len(message.masked)]
        pieces = [message.masked[a:b] for a, b in pairwise(edges)]
        vectors = _embed_pieces(message, edges, embedder)
        readings = _read(pieces, vectors, readers[message.author])
        looks = [
            look_at_border(b, (pieces[i], pieces[i + 1]), (readings[i], readings[i + 1])) for i, b in enumerate(borders)
        ]
        truth = [b.at in ends for b in borders]
        return _Looked(looks, truth, len(ends) - sum(truth))

    with ThreadPoolExecutor() as threads:
        return list(threads.map(look, range(len(messages))))


def _embed_pieces(message: Message, edges: Sequence[int], embedder: Embedder) -> Floats:
    """One vector a piece; edges count masked characters, and are moved to where these stand in the message."""
    places: list[int] = []
    said = 0
    for clause in message.clauses:
        places += [said + p for p in clause.masking.places[:-1]]
        said += len(clause.text)
    places.append(said)
    cut_off = max(0, said - _LONGEST_READ)
    moved = [max(0, places[e] - cut_off) for e in edges]
    return np.asarray(embedder.embed_clauses(message.text[cut_off:], list(pairwise(moved)))[1:])


def _read(pieces: Sequence[str], vectors: Floats, models: Sequence[LogisticRegression]) -> list[Reading]:
    features = make_features(pieces, list(vectors))
    chances = [m.predict_proba(features) for m in models]
    labels = [[str(c) for c in m.classes_] for m in models]
    found: list[Reading] = []
    for row in range(len(pieces)):
        act, value, operation, leans, elsewhere = (
            dict(zip(labels[h], chances[h][row].tolist(), strict=True)) for h in range(len(HEADS) - len(LISTING))
        )
        found.append(
            Reading(
                {Act(a): p for a, p in act.items()},
                value,
                {Operation(o): p for o, p in operation.items()},
                leans["yes"],
                elsewhere["yes"],
            )
        )
    return found


def _f1(kept: NDArray[np.bool_], truth: NDArray[np.bool_], missed: int) -> float:
    right = int((kept & truth).sum())
    return 2 * right / max(int(kept.sum()) + int(truth.sum()) + missed, 1)


def _measure(
    kept: NDArray[np.bool_], truth: NDArray[np.bool_], owners: NDArray[np.int64], looked: Sequence[_Looked]
) -> CutAccuracy:
    missed = sum(m.missed for m in looked)
    right, total = int((kept & truth).sum()), int(truth.sum()) + missed
    wrong = set(owners[kept != truth].tolist()) | {k for k, m in enumerate(looked) if m.missed}
    return CutAccuracy(
        total,
        right / max(int(kept.sum()), 1),
        right / max(total, 1),
        _f1(kept, truth, missed),
        1 - len(wrong) / len(looked),
    )
