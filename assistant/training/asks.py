"""Trains the model that reads asks from its examples, measures it on unseen ones and stores it."""

import hashlib
import json
import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, spmatrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from assistant.asks import BUCKETS, EXAMPLES, VECTOR_SCALE, WEIGHTS, read_grams
from assistant.query import Ask
from corpus.embedding.embed import Embedder
from corpus.language.dictionary import load_dictionary
from corpus.store import Corpus

_FOLDS = 5
_PAIRS = 3000
_STRENGTH = 10.0
_JOINTS = ("", "", "、", "和", "还有")
_LONGEST_PAIR = 40
_NOT_ABOUT_POLICY = frozenset({Ask.OFF_TOPIC, Ask.UNSAFE, Ask.MANIPULATION, Ask.STATEMENT})
_LEAST_ASKS = 8
_CLAUSES = 8000
_BORDERS = ("，", "，", "？", "；", "，那")
_LONGEST_NAME = 9
_COMMON = 20
_SPOKEN = {
    "№": ("第三条", "第九条", "第（六）条", "第12条"),
    "¤": ("200万元", "50万", "五百万元", "1000万元"),
    "▣": ("这份通知", "这个文件", "这个政策", "《若干措施》"),
    "※": ("山东", "济南", "青岛", "江苏"),
}
"""What questions say in the place of each mark of a masked text, beside things and departments of the corpus."""


@dataclass(frozen=True, slots=True)
class Example:
    """A masked clause with one or two asks, and what stands before and after it in its message.

    `members` are the places of the single examples that it was joined from.
    """

    text: str
    asks: tuple[str, ...]
    members: tuple[int, ...]
    before: str = ""
    after: str = ""

    @property
    def is_beside_others(self) -> bool:
        return bool(self.before or self.after)


@dataclass(frozen=True, slots=True)
class AskAccuracy:
    """What cross-validation measured: shares of unseen examples read rightly, alone and in messages; the confusions."""

    first_right: float
    first_two_right: float
    clauses_right: float | None
    confusions: tuple[tuple[str, str, int], ...]


def load_examples(path: Path = EXAMPLES) -> tuple[Example, ...]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(Example(row["text"], (row["ask"],), (place,)) for place, row in enumerate(rows))


def train_asks(corpus: Corpus, embedder: Embedder, path: Path = WEIGHTS) -> dict[str, AskAccuracy]:
    """Trains with and without the embedding and writes both; names of the corpus stand for those that are masked."""
    singles = load_examples()
    examples = (*singles, *_make_pairs(singles), *_make_clauses(singles))
    alone = [e for e in examples if not e.is_beside_others]
    stored: dict[str, NDArray[np.generic]] = {}
    report: dict[str, AskAccuracy] = {}
    for name, chosen, dense in (("words", alone, None), ("both", examples, _embed(embedder, examples, corpus))):
        features = _features([e.text for e in chosen], dense)
        report[name] = _cross_validate(features, chosen, len(singles))
        model = _train(features, [e.asks for e in chosen])
        stored |= _pack(name, model)
        stored["asks"] = np.array(model.classes_)
    stored["shared"] = np.array(_shared_words(singles, corpus))
    stored["embedder"] = np.array(embedder.identity)
    stored["examples"] = np.array(hash_examples())
    np.savez_compressed(path, **stored)  # type: ignore[arg-type]
    return report


def hash_examples(path: Path = EXAMPLES) -> str:
    """Names the examples that the stored weights were trained from."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _shared_words(singles: Sequence[Example], corpus: Corpus) -> list[str]:
    """Words that examples of many different asks of policy share; they ask, whatever is asked about."""
    asks_of: dict[str, set[str]] = {}
    for example in singles:
        if Ask(example.asks[0]) not in _NOT_ABOUT_POLICY:
            for word in corpus.cutter.cut(example.text):
                asks_of.setdefault(word, set()).add(example.asks[0])
    return sorted(word for word, asks in asks_of.items() if len(asks) >= _LEAST_ASKS)


def _make_pairs(singles: Sequence[Example]) -> list[Example]:
    """Two asks in one breath, without punctuation between them."""
    chance = random.Random(7)
    pairs: list[Example] = []
    while len(pairs) < _PAIRS:
        a, b = chance.choice(singles), chance.choice(singles)
        one, two = a.text.rstrip("？?。！"), b.text.lstrip("◇")
        same_script = one.isascii() == two.isascii()
        if a.asks == b.asks or not same_script or len(one) + len(two) > _LONGEST_PAIR:
            continue
        joint = " and " if one.isascii() else chance.choice(_JOINTS)
        pairs.append(Example(one + joint + two, (*a.asks, *b.asks), (*a.members, *b.members)))
    return pairs


def _make_clauses(singles: Sequence[Example]) -> list[Example]:
    """Each of two clauses that stand in one message."""
    chance = random.Random(11)
    clauses: list[Example] = []
    while len(clauses) < _CLAUSES:
        a, b = chance.choice(singles), chance.choice(singles)
        one, two = a.text.rstrip("？?。！"), b.text
        if one.isascii() != two.isascii():
            continue
        border = ", " if one.isascii() else chance.choice(_BORDERS)
        members = (*a.members, *b.members)
        clauses += [
            Example(one, a.asks, members, after=border + two),
            Example(two, b.asks, members, before=one + border),
        ]
    return clauses


class _Speaker:
    """Says masked texts as people write them: a name in the place of each mark."""

    def __init__(self, corpus: Corpus) -> None:
        departments = set(corpus.departments.names())
        own = [n for n in corpus.lexicon.names if 1 < len(n) <= _LONGEST_NAME and n not in departments]
        owners = {d for place in corpus.catalogue.measures if place.measure for d in place.measure.departments}
        # Names of one notice alone would teach that its topics ask; any noun may be asked about.
        nouns = [w for w in load_dictionary().words() if _is_common_noun(w)]
        self._chance = random.Random(5)
        things = (*own, *self._chance.sample(nouns, len(own)))
        self._names = {**_SPOKEN, "◇": things, "◎": tuple(sorted(owners))}

    def say(self, text: str) -> str:
        return "".join(self._chance.choice(self._names[c]) if c in self._names else c for c in text)


def _is_common_noun(word: str) -> bool:
    dictionary = load_dictionary()
    return 1 < len(word) < _LONGEST_NAME and (dictionary.count(word) or 0) > _COMMON and not dictionary.class_of(word)


def _embed(embedder: Embedder, examples: Sequence[Example], corpus: Corpus) -> NDArray[np.float32]:
    """One vector a clause, read beside the rest of its message."""
    speaker = _Speaker(corpus)
    spoken = [[speaker.say(part) for part in (e.before, e.text, e.after)] for e in examples]

    def embed(parts: Sequence[str]) -> NDArray[np.float32]:
        before, text, after = parts
        span = (len(before), len(before) + len(text))
        return np.asarray(embedder.embed_clauses(before + text + after, [span])[1])

    with ThreadPoolExecutor() as threads:
        return np.array(list(threads.map(embed, spoken)))


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


def _cross_validate(features: spmatrix, examples: Sequence[Example], singles: int) -> AskAccuracy:
    """The first `singles` examples are unseen in turn, and with them everything that was joined from one of them."""
    labels = np.array([e.asks[0] for e in examples])
    classes: NDArray[np.str_] = np.unique(labels)
    chances = np.zeros((len(labels), len(classes)), dtype=np.float64)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(np.zeros(singles), labels[:singles])
    for _, test in folds:
        unseen = set(test.tolist())
        chosen = np.flatnonzero([unseen.isdisjoint(e.members) for e in examples])
        model = _train(features[chosen], [examples[i].asks for i in chosen.tolist()])
        held = np.flatnonzero([unseen.issuperset(e.members) for e in examples])
        chances[held] = model.predict_proba(features[held])
    order = np.argsort(-chances, axis=1)
    first, second = classes[order[:, 0]], classes[order[:, 1]]
    right = first == labels
    clauses = [i for i, e in enumerate(examples) if e.is_beside_others and chances[i].any()]
    wrong = Counter((labels[i], first[i]) for i in range(singles) if not right[i])
    return AskAccuracy(
        first_right=float(right[:singles].mean()),
        first_two_right=float((right | (second == labels))[:singles].mean()),
        clauses_right=float(right[clauses].mean()) if clauses else None,
        confusions=tuple((str(a), str(b), n) for (a, b), n in wrong.most_common(25)),
    )


def _pack(name: str, model: LogisticRegression) -> dict[str, NDArray[np.generic]]:
    packed: dict[str, NDArray[np.generic]] = {
        f"{name}_grams": model.coef_.T[:BUCKETS].astype(np.float16),
        f"{name}_bias": model.intercept_.astype(np.float32),
    }
    if model.coef_.shape[1] > BUCKETS:
        packed[f"{name}_vector"] = model.coef_.T[BUCKETS:].astype(np.float16)
    return packed
