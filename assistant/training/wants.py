"""Trains the models of acts, values, operations and leaning, and measures them on authors they have not seen."""

import random
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, spmatrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from assistant.naming.places import load_places
from assistant.training.messages import LabelledClause, Masking, Message, Single, mask
from assistant.understanding.frame import TEXT
from assistant.understanding.wants import BUCKETS, HEADS, LISTING, NONE, read_grams
from corpus.embedding.embed import Embedder
from corpus.language.departments import DepartmentTable

_STRENGTH = 10.0
_ROUNDS = 150
_LONGEST_READ = 480
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Row:
    """One clause to learn from: its labels by head, "" where it has none, and who wrote it."""

    masked: str
    labels: tuple[str, ...]
    author: str
    vector: Floats
    is_measured: bool


@dataclass(frozen=True, slots=True)
class HeadAccuracy:
    """The share of clauses of unseen authors that one head reads rightly, and what it confuses."""

    head: str
    clauses: int
    right: float
    confusions: tuple[tuple[str, str, int], ...]


def make_rows(
    messages: Sequence[Message], singles: Sequence[Single], embedder: Embedder, departments: DepartmentTable
) -> list[Row]:
    """Every clause with its names masked, again with some names as said, and the single clauses."""
    keep = random.Random(3)
    rows: list[Row] = []
    for message, vectors in zip(messages, _embed_messages(embedder, messages), strict=True):
        for clause, vector in zip(message.clauses, vectors, strict=True):
            asks = clause.asks
            labels = (
                clause.act,
                clause.learnt_value if asks else "",
                clause.operation if asks else "",
                ("yes" if clause.inherited else "no") if asks and clause.is_later else "",
                ("yes" if clause.act == "elsewhere" else "no") if asks and "※" in clause.masked else "",
                *_listing_labels(clause),
            )
            rows.append(Row(clause.masked, labels, message.author, vector, True))
            places = [p.text for p in load_places().find(clause.text)]
            partly = mask(clause.text, (*clause.names, *places), departments, Masking(keep, clause.foreign)).text
            if partly != clause.masked:
                rows.append(Row(partly, labels, message.author, vector, False))
    with ThreadPoolExecutor() as threads:
        alone = list(threads.map(lambda s: embedder.embed_questions([s.masked])[0], singles))
    for single, vector in zip(singles, alone, strict=True):
        labels = (single.act, single.value, single.operation, *[""] * (len(HEADS) - 3))
        rows.append(Row(single.masked, labels, "", vector, False))
    return rows


def _listing_labels(clause: LabelledClause) -> tuple[str, ...]:
    """Of what is labelled as listed; a clause that states or checks one thing shows text."""
    if clause.listing.get("shows", TEXT) != TEXT:
        return tuple(clause.listing.get(head, NONE).lower() for head in LISTING)
    is_text = clause.asks and (clause.listing or clause.operation in {"state", "check"})
    return (TEXT if is_text else "", *[""] * (len(LISTING) - 1))


def make_features(masked: Sequence[str], vectors: Sequence[Floats] | None) -> spmatrix:
    grams = [read_grams(m) for m in masked]
    values = np.concatenate([np.full(len(g), 1 / np.sqrt(max(len(g), 1))) for g in grams])
    starts = np.concatenate([[0], np.cumsum([len(g) for g in grams])])
    sparse = csr_matrix((values, np.concatenate(grams), starts), shape=(len(masked), BUCKETS))
    return sparse if vectors is None else hstack([sparse, csr_matrix(np.array(vectors))]).tocsr()


def train_heads(features: spmatrix, rows: Sequence[Row], chosen: NDArray[np.bool_]) -> list[LogisticRegression]:
    """One model a head, in the order of `HEADS`."""
    # Further rounds move the weights and not what unseen authors get.
    warnings.simplefilter("ignore", ConvergenceWarning)

    def train(head: int) -> LogisticRegression:
        own = np.flatnonzero(chosen & np.array([bool(r.labels[head]) for r in rows]))
        labels = [rows[i].labels[head] for i in own.tolist()]
        return LogisticRegression(C=_STRENGTH, max_iter=_ROUNDS).fit(features[own], labels)

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(train, range(len(HEADS))))


def fold_authors(authors: Sequence[str], folds: int = 4) -> Iterator[frozenset[str]]:
    """Authors in as many groups; each is unseen in turn."""
    names = sorted(set(authors) - {""})
    yield from (frozenset(names[i::folds]) for i in range(folds))


def measure_heads(
    rows: Sequence[Row], unseen: Sequence[tuple[NDArray[np.int64], list[LogisticRegression]]], features: spmatrix
) -> list[HeadAccuracy]:
    """By the models that did not see the author of a clause."""
    found: list[HeadAccuracy] = []
    for head, name in enumerate(HEADS):
        right, total, wrong = 0, 0, Counter[tuple[str, str]]()
        for places, models in unseen:
            own = [i for i in places.tolist() if rows[i].is_measured and rows[i].labels[head]]
            if not own:
                continue
            guessed = models[head].predict(features[own])
            labels = [rows[i].labels[head] for i in own]
            right += sum(a == b for a, b in zip(labels, guessed, strict=True))
            total += len(own)
            wrong.update((a, str(b)) for a, b in zip(labels, guessed, strict=True) if a != b)
        common = tuple((a, b, n) for (a, b), n in wrong.most_common(25))
        found.append(HeadAccuracy(name, total, right / max(total, 1), common))
    return found


def pack_heads(name: str, models: Sequence[LogisticRegression]) -> dict[str, NDArray[np.generic]]:
    """The columns of all heads side by side; a head of two labels gets a column for each."""
    weights, biases = zip(*(_columns(m) for m in models), strict=True)
    joined, bias = np.concatenate(weights), np.concatenate(biases)
    packed: dict[str, NDArray[np.generic]] = {
        f"{name}_grams": joined.T[:BUCKETS].astype(np.float16),
        f"{name}_bias": bias.astype(np.float32),
    }
    if joined.shape[1] > BUCKETS:
        packed[f"{name}_vector"] = joined.T[BUCKETS:].astype(np.float16)
    return packed


def _columns(model: LogisticRegression) -> tuple[Floats, Floats]:
    # scikit-learn keeps one column for two labels.
    if len(model.coef_) == 1:
        return np.concatenate([-model.coef_ / 2, model.coef_ / 2]), np.concatenate(
            [-model.intercept_ / 2, model.intercept_ / 2]
        )
    return model.coef_, model.intercept_


def _embed_messages(embedder: Embedder, messages: Sequence[Message]) -> list[Floats]:
    """One vector a clause, read beside the rest of its message."""

    def embed(message: Message) -> Floats:
        cut_off = max(0, len(message.text) - _LONGEST_READ)
        spans, start = [], 0
        for clause in message.clauses:
            end = start + len(clause.text)
            spans.append((max(0, start - cut_off), max(0, end - cut_off)))
            start = end
        return np.asarray(embedder.embed_clauses(message.text[cut_off:], spans)[1:])

    with ThreadPoolExecutor() as threads:
        return list(threads.map(embed, messages))
