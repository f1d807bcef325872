"""Finds the provisions and measures a question is about: by words, by meaning and by its subjects, fused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from assistant.naming.subject import Subject, SubjectKind
from corpus.catalogue import Place
from corpus.embedding.embed import Vector
from corpus.store import Corpus

_CANDIDATES = 60
_MEASURED = 400
"""Of how many passages the meaning is compared; in a single notice of all."""

_LEAST_FOR_PEAK = 20
# Cosines of this model lie between 0.75 (unrelated) and 0.92 (the same thing said twice).
_LOWEST_COSINE = 0.75
_COSINE_WEIGHT = 60.0
_WORDS_WEIGHT = 1.0
_VERY_NEAR = 0.895
_SUBJECT_BOOST = 0.8
_TITLE_BOOST = 0.9
_NUMBER_BOOST = 12.0
# A single sentence seldom prints the place, the issuer or the occasion that a question names. The weight follows that
# of meaning: of 200 questions over 210 notices as many find their notice as before both were raised.
_NOTICE_WEIGHT = 5.0

_REST_OF_MESSAGE = 0.3
"""What the words beside a clause of several count."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for: the words of a clause, those of the whole message, its text, the names, its vector."""

    words: tuple[str, ...]
    whole: tuple[str, ...]
    text: str
    names: tuple[Subject, ...] = ()
    vector: Vector | None = None
    is_alone: bool = True


class FoundBy(StrEnum):
    WORDS = "words"
    MEANING = "meaning"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Match:
    """A place in the corpus with its score and how it was found."""

    place: Place
    score: float
    found_by: FoundBy


@dataclass(frozen=True, slots=True)
class Ranking:
    """Sentences and measures, best first.

    `similarity` is the best cosine and `peak` by how many standard deviations it stands out among the
    nearest passages; both are None in words-only operation.
    """

    provisions: tuple[Match, ...]
    measures: tuple[Match, ...]
    similarity: float | None
    peak: float | None

    @property
    def is_very_near(self) -> bool:
        """Nearer than any question of another field was to the notice it was asked of."""
        return (self.similarity or 0.0) > _VERY_NEAR


def retrieve(search: Search, corpus: Corpus, notice_ids: Sequence[str] = ()) -> Ranking:
    """The best candidates of the corpus, or of the named notices only."""
    words = corpus.keywords.score(search.words)
    cosines = _cosines(search, corpus, notice_ids)
    scores = _fuse(corpus, words, cosines)
    if not search.is_alone:
        scores += _REST_OF_MESSAGE * _relative(corpus.keywords.score(search.whole))
    scores += _NOTICE_WEIGHT * _notice_scores(search, corpus)[corpus.rows.notice]
    if notice_ids:
        scores[~corpus.rows.are_of(notice_ids)] = -np.inf
    boosts, place_of = _boosts(search, corpus), corpus.catalogue.place_of_passage
    provisions: list[Match] = []
    best: dict[str, Match] = {}
    nearest = np.argsort(-scores)[: _CANDIDATES * 2]
    nearest = nearest[np.isfinite(scores[nearest])]
    for index, fused, by_words in zip(*(a.tolist() for a in (nearest, scores[nearest], words[nearest])), strict=True):
        passage = corpus.passages[index]
        place = place_of[passage.id]
        key = place.measure_key
        score = fused + boosts.get(passage.id, 0.0) + boosts.get(key, 0.0)
        match = Match(place, score, _found_by(by_words, passage.id in cosines))
        if place.provision:
            provisions.append(match)
        if key and (key not in best or best[key].score < score):
            best[key] = Match(corpus.catalogue.place_of_measure[key], score, match.found_by)
    return Ranking(
        provisions=tuple(sorted(provisions, key=lambda m: -m.score)),
        measures=tuple(sorted(best.values(), key=lambda m: -m.score)),
        similarity=max(cosines.values(), default=None),
        peak=_peak(sorted(cosines.values(), reverse=True)[:_CANDIDATES]),
    )


def _cosines(search: Search, corpus: Corpus, notice_ids: Sequence[str]) -> dict[str, float]:
    if corpus.vectors is None or search.vector is None:
        return {}
    return {n.id: n.similarity for n in corpus.vectors.nearest(search.vector, _MEASURED, notice_ids)}


def _peak(cosines: Iterable[float]) -> float | None:
    values = np.fromiter(cosines, dtype=np.float64)
    if len(values) < _LEAST_FOR_PEAK or values.std() == 0:
        return None
    return float((values.max() - values.mean()) / values.std())


def _fuse(corpus: Corpus, words: NDArray[np.float32], cosines: dict[str, float]) -> NDArray[np.float64]:
    """Word scores relative to the best one plus meaning on a scale of its own; rank fusion throws both away."""
    fused = _WORDS_WEIGHT * _relative(words)
    if not cosines:
        return fused
    meaning = np.full(len(fused), min(cosines.values()))
    for passage_id, cosine in cosines.items():
        meaning[corpus.rows.of_passage[passage_id]] = cosine
    return np.asarray(fused + _COSINE_WEIGHT * np.maximum(0.0, meaning - _LOWEST_COSINE))


def _notice_scores(search: Search, corpus: Corpus) -> NDArray[np.float64]:
    """How well each notice as a whole fits all words of the question, its places and departments too."""
    count = len(corpus.rows.notice_ids)
    if count < 2:
        return np.zeros(count)
    whole = corpus.cutter.search_words(search.text)
    return _relative(corpus.notice_keywords.score([*whole, *(w for w in search.words if w not in whole)]))


def _relative(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Scores as shares of the best one."""
    best = float(scores.max()) if len(scores) and scores.max() > 0 else 1.0
    return np.asarray(scores, dtype=np.float64) / best


def _boosts(search: Search, corpus: Corpus) -> dict[str, float]:
    """What the recognised subjects add to their measures and sentences."""
    boosts: dict[str, float] = {}
    for subject in search.names:
        weight = {
            SubjectKind.NUMBER: _NUMBER_BOOST,
            SubjectKind.MEASURE: _TITLE_BOOST,
            SubjectKind.TERM: _SUBJECT_BOOST,
        }.get(subject.kind, 0.0)
        targets = subject.targets
        if subject.kind is SubjectKind.TERM:
            weight /= max(1.0, len(targets) ** 0.5)
        if subject.kind is SubjectKind.CHAPTER:
            places = corpus.catalogue.measures
            targets = tuple(p.measure_key for p in places if p.chapter and p.chapter.id in subject.targets)
            weight = _SUBJECT_BOOST
        for target in targets:
            boosts[target] = boosts.get(target, 0.0) + weight
    return boosts


def _found_by(word_score: float, is_near: bool) -> FoundBy:
    if word_score > 0 and is_near:
        return FoundBy.BOTH
    return FoundBy.MEANING if is_near else FoundBy.WORDS
