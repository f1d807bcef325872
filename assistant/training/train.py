"""Trains all models of understanding, measures each on authors that it has not seen, and stores them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.training.cuts import CutAccuracy, train_cuts
from assistant.training.denied import DeniedAccuracy, train_denied
from assistant.training.head import HeadAccuracy, train_head
from assistant.training.messages import Message, hash_examples, load_messages, load_singles
from assistant.training.wants import (
    HeadAccuracy as ClauseAccuracy,
)
from assistant.training.wants import (
    fold_authors,
    make_features,
    make_rows,
    measure_heads,
    pack_heads,
    train_heads,
)
from assistant.understanding import cuts, denied, head, wants
from corpus.language.words import WordCutter
from corpus.store import Corpus

_LEAST_AUTHORS = 14
"""A word that so many of the authors use around what they ask about asks, and names nothing."""


class NoEmbedder(Exception):
    """The models are trained on vectors too."""


@dataclass(frozen=True, slots=True)
class Trained:
    """How many messages of how many authors, and what cross-validation by authors measured."""

    messages: int
    authors: int
    heads: tuple[ClauseAccuracy, ...]
    cuts: CutAccuracy
    head: HeadAccuracy
    denied: DeniedAccuracy


def train(corpus: Corpus) -> Trained:
    """Reads the labelled messages, writes the weights; raises `NoEmbedder`."""
    embedder, departments = corpus.embedder, corpus.departments
    if embedder is None:
        raise NoEmbedder("没有向量模型，不能训练。请先运行 python -m assistant doctor。")
    messages, singles = load_messages(departments), load_singles()
    rows = make_rows(messages, singles, embedder, departments)
    features = make_features([r.masked for r in rows], [r.vector for r in rows])
    authors = np.array([r.author for r in rows])
    unseen = list(fold_authors([m.author for m in messages]))
    folds = [(fold, train_heads(features, rows, ~np.isin(authors, sorted(fold)))) for fold in unseen]
    measured = measure_heads(
        rows, [(np.flatnonzero(np.isin(authors, sorted(fold))), models) for fold, models in folds], features
    )
    everything = np.ones(len(rows), dtype=bool)
    both = train_heads(features, rows, everything)
    words = train_heads(make_features([r.masked for r in rows], None), rows, everything)
    stored: dict[str, NDArray[np.generic]] = {
        **pack_heads("words", words),
        **pack_heads("both", both),
        **{name: np.array(model.classes_) for name, model in zip(wants.HEADS, both, strict=True)},
        "shared": np.array(_shared_words(messages, corpus.cutter)),
        "embedder": np.array(embedder.identity),
        "examples": np.array(hash_examples()),
    }
    cut_weights, cut_accuracy = train_cuts(_cut_by_hand(messages), embedder, folds)
    head_weights, head_accuracy = train_head(messages, corpus.cutter, departments)
    denied_weights, denied_accuracy = train_denied(messages, departments)
    np.savez_compressed(wants.WEIGHTS, **stored)  # type: ignore[arg-type]
    np.savez_compressed(cuts.WEIGHTS, **cut_weights)  # type: ignore[arg-type]
    np.savez_compressed(head.WEIGHTS, **head_weights)  # type: ignore[arg-type]
    np.savez_compressed(denied.WEIGHTS, **denied_weights)  # type: ignore[arg-type]
    count = len({m.author for m in messages})
    return Trained(len(messages), count, tuple(measured), cut_accuracy, head_accuracy, denied_accuracy)


def _cut_by_hand(messages: Sequence[Message]) -> list[Message]:
    """Of the authors who cut messages; those of whom every message is one clause did not look for cuts."""
    cutting = {m.author for m in messages if len(m.clauses) > 1}
    return [m for m in messages if m.author in cutting]


def _shared_words(messages: Sequence[Message], cutter: WordCutter) -> list[str]:
    """Words that many authors use around the names."""
    authors: dict[str, set[str]] = {}
    for message in messages:
        for clause in message.clauses:
            for word in cutter.cut(clause.masked) if clause.asks else ():
                authors.setdefault(word, set()).add(message.author)
    return sorted(word for word, own in authors.items() if len(own) >= _LEAST_AUTHORS)
