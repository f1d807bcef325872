"""Trains the model that reads asks from its examples, measures it on unseen ones and stores it."""

import hashlib
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, spmatrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from assistant.asks import BUCKETS, EXAMPLES, VECTOR_SCALE, WEIGHTS, read_grams
from corpus.embed import Embedder

_FOLDS = 5
_PAIRS = 3000
_STRENGTH = 10.0
_JOINTS = ("", "", "、", "和", "还有")
_SINGLE_ASKS_KEPT = 0.95
_BATCH = 64


@dataclass(frozen=True, slots=True)
class Examples:
    """Masked questions with one or two asks each; `members` are the single examples a pair was joined from."""

    texts: tuple[str, ...]
    asks: tuple[tuple[str, ...], ...]
    members: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Calibration:
    """What cross-validation measured: shares of unseen examples read rightly, and the confusions."""

    first_right: float
    first_two_right: float
    pairs_right: float
    second: float
    confusions: tuple[tuple[str, str, int], ...]


def load_examples(path: Path = EXAMPLES) -> Examples:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return Examples(tuple(r["text"] for r in rows), tuple((r["ask"],) for r in rows))


def calibrate(embedder: Embedder, path: Path = WEIGHTS) -> dict[str, Calibration]:
    """Trains with and without the embedding and writes both."""
    singles = load_examples()
    pairs = _make_pairs(singles)
    vectors = _embed(embedder, (*singles.texts, *pairs.texts))
    stored: dict[str, NDArray[np.generic]] = {}
    report: dict[str, Calibration] = {}
    for name, dense in (("words", None), ("both", vectors)):
        features = _features((*singles.texts, *pairs.texts), dense)
        result = _cross_validate(features, singles, pairs)
        model = _train(features, (*singles.asks, *pairs.asks))
        stored |= _pack(name, model, result.second)
        stored["asks"] = np.array(model.classes_)
        report[name] = result
    stored["embedder"] = np.array(embedder.identity)
    stored["examples"] = np.array(hash_examples())
    np.savez_compressed(path, **stored)  # type: ignore[arg-type]
    return report


def hash_examples(path: Path = EXAMPLES) -> str:
    """Names the examples that the stored weights were trained from."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _make_pairs(singles: Examples) -> Examples:
    """Two asks in one breath, without punctuation between them."""
    chance = random.Random(7)
    texts: list[str] = []
    asks: list[tuple[str, ...]] = []
    members: list[tuple[int, ...]] = []
    while len(texts) < _PAIRS:
        a, b = chance.randrange(len(singles.texts)), chance.randrange(len(singles.texts))
        one, two = singles.texts[a].rstrip("？?。！"), singles.texts[b].lstrip("◇")
        same_script = one.isascii() == two.isascii()
        if singles.asks[a] == singles.asks[b] or not same_script or len(one) + len(two) > 40:
            continue
        texts.append(one + (" and " if one.isascii() else chance.choice(_JOINTS)) + two)
        asks.append((*singles.asks[a], *singles.asks[b]))
        members.append((a, b))
    return Examples(tuple(texts), tuple(asks), tuple(members))


def _embed(embedder: Embedder, texts: Sequence[str]) -> NDArray[np.float32]:
    return np.concatenate([embedder.embed_questions(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)])


def _features(texts: Sequence[str], dense: NDArray[np.float32] | None) -> spmatrix:
    rows = [read_grams(t) for t in texts]
    values = np.concatenate([np.full(len(r), 1 / np.sqrt(max(len(r), 1))) for r in rows])
    starts = np.concatenate([[0], np.cumsum([len(r) for r in rows])])
    grams = csr_matrix((values, np.concatenate(rows), starts), shape=(len(texts), BUCKETS))
    return grams if dense is None else hstack([grams, csr_matrix(dense * VECTOR_SCALE)]).tocsr()


def _train(features: spmatrix, asks: Sequence[tuple[str, ...]]) -> LogisticRegression:
    rows = [i for i, labels in enumerate(asks) for _ in labels]
    labels = [label for several in asks for label in several]
    weights = [1 / len(several) for several in asks for _ in several]
    return LogisticRegression(C=_STRENGTH, max_iter=120).fit(features[rows], labels, sample_weight=weights)


def _cross_validate(features: spmatrix, singles: Examples, pairs: Examples) -> Calibration:
    labels = np.array([a[0] for a in singles.asks])
    count = len(labels)
    chances = np.zeros((count + len(pairs.texts), len(set(labels))), dtype=np.float64)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(np.zeros(count), labels)
    classes: NDArray[np.str_] = np.unique(labels)
    for train, test in folds:
        unseen = set(test.tolist())
        # A pair may teach only what its two members teach, so one unseen member keeps it out.
        seen_members = np.array([not unseen & set(m) for m in pairs.members])
        chosen = np.concatenate([train, count + np.flatnonzero(seen_members)])
        asks = [(*singles.asks, *pairs.asks)[i] for i in chosen]
        model = _train(features[chosen], asks)
        held = np.concatenate([test, count + np.flatnonzero([unseen.issuperset(m) for m in pairs.members])])
        chances[held] = model.predict_proba(features[held])
    return _summarise(chances, classes, labels, pairs)


def _summarise(
    chances: NDArray[np.float64], classes: NDArray[np.str_], labels: NDArray[np.str_], pairs: Examples
) -> Calibration:
    order = np.argsort(-chances, axis=1)
    ordered = np.take_along_axis(chances, order, axis=1)
    ratio = ordered[:, 1] / np.maximum(ordered[:, 0], 1e-12)
    count = len(labels)
    first, second = classes[order[:count, 0]], classes[order[:count, 1]]
    right = first == labels
    # A second ask is added only where it would rarely be added to a question that has one.
    threshold = float(np.quantile(ratio[:count][right], _SINGLE_ASKS_KEPT))
    both = [
        set(classes[order[i, :2]]) == set(asks) and ratio[i] >= threshold
        for i, asks in enumerate(pairs.asks, count)
        if chances[i].any()
    ]
    wrong = Counter(zip(labels[~right], first[~right], strict=True))
    return Calibration(
        first_right=float(right.mean()),
        first_two_right=float((right | (second == labels)).mean()),
        pairs_right=float(np.mean(both)),
        second=threshold,
        confusions=tuple((str(a), str(b), n) for (a, b), n in wrong.most_common(25)),
    )


def _pack(name: str, model: LogisticRegression, second: float) -> dict[str, NDArray[np.generic]]:
    packed: dict[str, NDArray[np.generic]] = {
        f"{name}_grams": model.coef_.T[:BUCKETS].astype(np.float16),
        f"{name}_bias": model.intercept_.astype(np.float32),
        f"{name}_second": np.array(second),
    }
    if model.coef_.shape[1] > BUCKETS:
        packed[f"{name}_vector"] = model.coef_.T[BUCKETS:].astype(np.float16)
    return packed
