"""Everything composers look at: the question's frame, what was retrieved, and the items that fit an ask."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.naming.places import load_places
from assistant.naming.subject import Subject, SubjectKind
from assistant.query import AskReading, Query
from assistant.retrieve import Ranking
from corpus.catalogue import Place, SupportRow
from corpus.notice import Item
from corpus.store import Corpus

_OVERLAP_WEIGHT = 1.5
_NAMED_IN_ITEM = 1.0
_NAMED_IN_SENTENCE = 0.3
_SAME_FIT = 0.25
_WIDER_FIT = 0.6
_OF_ITS_KIND = 0.3
_NAMES_A_CITY = 0.6
_ABOUT_MONEY = re.compile(r"补助|补贴|奖励|奖补|奖金|资助|多少钱|subsid|grant|award|money", re.IGNORECASE)
_ABOUT_CITIES = re.compile(r"哪[几些一]?个?(?:市|城市|地市)|which cit", re.IGNORECASE)
_SEVERAL_SUMS = re.compile(
    r"(?<!第)[两二三四几]\s*(?:个|笔|项|种|处|档)(?:不同的?)?(?:数|金额|额度|钱|资金|补|奖|上限)"
)
_FULL_NAME = 4
_RARE = 2
_SHARE_OF_WHOLE = 0.4


@dataclass(frozen=True, slots=True)
class ItemMatch:
    """An item with its place and how well it fits the question."""

    place: Place
    item: Item
    score: float

    def names_any(self, names: Iterable[str]) -> bool:
        """Whether its sentence prints one of the names."""
        text = self.place.provision.text.casefold() if self.place.provision else ""
        return any(name in text for name in names)

    def is_headed(self, name: str) -> bool:
        """Whether it gives something and stands under a heading that prints the name, of its point or its measure."""
        provision, measure = self.place.provision, self.place.measure
        if not self.item.supports or provision is None or measure is None:
            return False
        point = measure.point(provision.point) if provision.point else None
        return name in f"{measure.title}{point.title if point else ''}".casefold()


class ItemIndex:
    """The words of every item of a corpus, for telling apart the clauses of one sentence."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    @cached_property
    def _words(self) -> dict[tuple[int, int, str], frozenset[str]]:
        return {
            (item.start, item.end, place.notice.id): frozenset(self._corpus.cutter.search_words(item.text))
            for place in self._corpus.catalogue.provisions
            if place.provision
            for item in place.provision.items
        }

    @cached_property
    def weights(self) -> dict[str, float]:
        """How telling each word of the corpus is."""
        counts = Counter(word for words in self._words.values() for word in words)
        return {word: math.log(1 + len(self._words) / n) for word, n in counts.items()}

    def is_rare(self, word: str, most: int) -> bool:
        """Whether at most so many items print the word."""
        return self.weights.get(word, 0.0) >= math.log(1 + len(self._words) / most)

    def known(self, words: Iterable[str]) -> dict[str, float]:
        """Those of the words that the corpus prints, by what share of them all each tells."""
        known = {w: self.weights[w] for w in words if w in self.weights}
        whole = sum(known.values())
        return {word: weight / whole for word, weight in known.items()}

    def overlap(self, known: Mapping[str, float], place: Place, item: Item) -> float:
        """The share of the question's known words, by weight, that the item prints."""
        own = self._words.get((item.start, item.end, place.notice.id), frozenset())
        return 0.0 if own.isdisjoint(known) else sum(share for word, share in known.items() if word in own)


def _names_city(item: Item) -> bool:
    return any(p.is_city for p in load_places().find(item.text))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one question has to go on."""

    query: Query
    ranking: Ranking
    corpus: Corpus
    index: ItemIndex

    @property
    def language(self) -> str:
        return self.query.language

    def items_for(self, ask: AskReading) -> tuple[ItemMatch, ...]:
        """Items of the candidate sentences by how well they fit the ask and its subjects, best first."""
        known = self.index.known(frozenset(ask.words or self.query.words))
        things = (s for s in ask.subjects if s.kind is SubjectKind.TERM or _is_city(s))
        names = {s.text.casefold(): _telling(s) for s in things}
        others = any(s not in ask.subjects for s in self.query.subjects)
        is_own_clause = bool(ask.words) and (others or not ask.subjects)
        allowed = self.measures_named(ask.subjects)
        of_gifts, of_cities = self._weight_of_gifts, self._weight_of_cities
        found: list[ItemMatch] = []
        for match in self.ranking.provisions:
            place = match.place
            if place.provision is None or (allowed and place.measure_key not in allowed):
                continue
            if place.measure is None and place.annex is None:
                continue
            sentence = place.provision.text.casefold()
            here = [n for n in names if n in sentence]
            in_sentence = _NAMED_IN_SENTENCE * len(here)
            for item in place.provision.items:
                named = sum(_NAMED_IN_ITEM * names[n] for n in here if n in item.text.casefold())
                overlap = _OVERLAP_WEIGHT * self.index.overlap(known, place, item)
                fit = of_gifts * bool(item.supports) + (of_cities * _names_city(item) if of_cities else 0.0)
                # The sentence was found for the whole question; a clause of its own counts by its own words.
                base = match.score * _SHARE_OF_WHOLE + overlap if is_own_clause else match.score
                found.append(ItemMatch(place, item, base + overlap + named + in_sentence + fit))
        return tuple(sorted(found, key=lambda m: -m.score))

    @property
    def _weight_of_gifts(self) -> float:
        """What gives something fits a question about money."""
        return _OF_ITS_KIND if _ABOUT_MONEY.search(self.query.standalone) else 0.0

    @property
    def _weight_of_cities(self) -> float:
        """What names a city fits a question about cities."""
        return _NAMES_A_CITY if _ABOUT_CITIES.search(self.query.standalone) else 0.0

    def measures_named(self, subjects: Sequence[Subject]) -> frozenset[str]:
        """Keys of the measures that subjects name by number, or by title where nothing narrower is named."""
        numbered = [t for s in subjects if s.kind is SubjectKind.NUMBER for t in s.targets]
        if numbered:
            return frozenset(numbered)
        titled = [t for s in subjects if s.kind is SubjectKind.MEASURE for t in s.targets]
        return frozenset(titled) if titled and not terms_of(subjects) else frozenset()

    def best_measure(self, ask: AskReading) -> Place | None:
        """The measure the ask is about: the one named, else that of the best item."""
        named = self.measures_named(ask.subjects)
        for key in named:
            return self.corpus.catalogue.place_of_measure.get(key)
        items = self.items_for(ask)
        if items:
            place = items[0].place
            return Place(place.notice, place.chapter, place.measure)
        return self.ranking.measures[0].place if self.ranking.measures else None

    def supports_for(self, ask: AskReading) -> tuple[SupportRow, ...]:
        """Supports that belong to what is asked about; empty where the text gives it nothing."""
        if whole := self._measure_of_several_sums():
            ask = replace(ask, subjects=whole)
        items = self.items_for(ask)
        if not items:
            return ()
        names = [s.text.casefold() for s in terms_of(ask.subjects)]
        if not names and self.measures_named(ask.subjects):
            in_order = sorted(items, key=lambda m: m.item.start)
            own = tuple(SupportRow(m.place, m.item, s) for m in in_order for s in m.item.supports)
            return own or self._given_under_longer_titles(ask)
        named = [m for m in items if any(n in m.item.text.casefold() or m.is_headed(n) for n in names)]
        if named:
            rows = [SupportRow(m.place, m.item, s) for m in named for s in m.item.supports]
            if rows or all(n in self.index.weights or len(n) > 2 for n in names):
                return tuple(_nearest(rows, named))
        best = items[0].score
        for reach in (_SAME_FIT, _WIDER_FIT):
            near = [m for m in items if m.score >= best - reach]
            if given := tuple(SupportRow(m.place, m.item, s) for m in near for s in m.item.supports):
                return given
        return ()

    def _given_under_longer_titles(self, ask: AskReading) -> tuple[SupportRow, ...]:
        """Where 失能老年人 only says who they are, what 失能老年人补贴 gives them."""
        names = [s.text for s in ask.subjects if s.kind is SubjectKind.MEASURE]
        rows = self.corpus.catalogue.supports
        return tuple(r for r in rows if r.place.measure and any(n in r.place.measure.title for n in names))

    def _measure_of_several_sums(self) -> tuple[Subject, ...]:
        """孵化这一条里两个数: everything the one measure gives, whatever is named beside it."""
        measures = [s for s in self.query.subjects if s.kind in {SubjectKind.NUMBER, SubjectKind.MEASURE}]
        is_asked = len(measures) == 1 and _SEVERAL_SUMS.search(self.query.standalone)
        return tuple(measures) if is_asked else ()


def _is_city(subject: Subject) -> bool:
    return subject.kind is SubjectKind.PLACE and any(p.is_city for p in load_places().find(subject.text))


def _telling(subject: Subject) -> float:
    """A long and rare name tells more than 科研 or 科技企业."""
    rarity = math.sqrt(max(1.0, len(subject.targets) / _RARE))
    return min(1.0, len(subject.text) / _FULL_NAME) / rarity


def _nearest(rows: Sequence[SupportRow], named: Sequence[ItemMatch]) -> Iterable[SupportRow]:
    """Supports of the measure that fits best, so that a word used in passing elsewhere brings no other sum along."""
    if not rows:
        return ()
    order = {(m.item.start, m.place.notice.id): i for i, m in enumerate(named)}
    first = min(rows, key=lambda r: order[(r.item.start, r.place.notice.id)])
    return [r for r in rows if r.place.measure_key == first.place.measure_key]


def terms_of(subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    return tuple(s for s in subjects if s.kind is SubjectKind.TERM)
