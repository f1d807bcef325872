"""The items that a clause may be answered from, by how well each fits its words, its names and its want."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.evidence.printed import printed
from assistant.naming.places import load_places
from assistant.naming.subject import Subject, SubjectKind
from assistant.retrieving.retrieve import Ranking
from assistant.understanding.frame import SAID
from corpus.catalogue import Place
from corpus.language.numerals import NUMERAL, read_number
from corpus.notice import Item, Provision
from corpus.store import Corpus

_OVERLAP_WEIGHT = 1.8
_OF_ITS_KIND = 1.0
_OF_TIME = 1.5
_TIMES = frozenset({"deadline", "period"})
"""What few sentences print, and who asks for it in words of their own means one that does."""

_BESIDE = -2.6
"""A sentence of nothing but a bracket says who or where, and one that asks says nothing."""

_SAYS_LITTLE = re.compile("[（(][^（）()]*[）)][。；]?|.*[？?]", re.DOTALL)
_OUTSIDE_MEASURES = 0.4
"""What stands alone shares no heading with the question."""

_ANY_TEXT = frozenset({SAID, "clause", "purpose", "role", "name"})
"""Values that do not tell one item from the next."""


@dataclass(frozen=True, slots=True)
class ItemMatch:
    """An item with its place and how well it fits the clause."""

    place: Place
    item: Item
    score: float

    @property
    def sentence(self) -> str:
        return self.place.provision.text if self.place.provision else ""

    @property
    def read_text(self) -> str:
        """Its sentence and what it inherits, as names and words are looked for in it."""
        return f"{self.sentence} {self.headings}".casefold()

    def names_any(self, names: Iterable[str]) -> bool:
        """Whether its sentence prints one of the names."""
        return any(name in self.sentence.casefold() for name in names)

    @property
    def headings(self) -> str:
        """What it inherits: the headings of its chapter, measure and point, and the sentence that opens its list."""
        place = self.place
        provision, measure, chapter = place.provision, place.measure, place.chapter
        point = place.heading_point
        opening = provision.lead_in if provision else ""
        lead = next((p.text for p in measure.provisions if p.id == opening), "") if measure and opening else ""
        annex = place.annex
        titles = (chapter and chapter.title, measure and measure.title, point and point.title, annex and annex.title)
        return " ".join(t for t in (*titles, lead) if t)

    def is_headed(self, name: str) -> bool:
        """Whether it gives something and stands under a heading that prints the name."""
        return bool(self.item.supports) and name in self.headings.casefold()


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


_REFERS = re.compile(f"(?:按照?|依照|参照|比照|适用|依据)(?:本条)?(?:第(?P<n>{NUMERAL})款|前款)")


@dataclass(frozen=True, slots=True)
class Sought:
    """What items are ranked by: the words of a clause, its names, the measures it is confined to, its value."""

    words: tuple[str, ...]
    names: tuple[Subject, ...]
    value: str
    within: frozenset[str] = frozenset()


def rank_items(sought: Sought, ranking: Ranking, index: ItemIndex) -> tuple[ItemMatch, ...]:
    """The items of the candidate sentences, best first."""
    known = index.known(frozenset(sought.words))
    tells_kind = sought.value not in _ANY_TEXT
    bonus = _OF_TIME if sought.value in _TIMES else _OF_ITS_KIND
    found: list[ItemMatch] = []
    for match in ranking.provisions:
        place = match.place
        if place.provision is None or (sought.within and place.measure_key not in sought.within):
            continue
        base = match.score + (0.0 if place.measure or place.annex else _OUTSIDE_MEASURES)
        for item in place.provision.items:
            overlap = _OVERLAP_WEIGHT * index.overlap(known, place, item)
            fit = bonus if tells_kind and printed(sought.value, place, item) else 0.0
            beside = _BESIDE if _SAYS_LITTLE.fullmatch(item.text.strip()) else 0.0
            found.append(ItemMatch(place, item, base + overlap + fit + beside))
    return tuple(sorted(found, key=lambda m: -m.score))


def is_place_name(name: str) -> bool:
    return any(p.text == name for p in load_places().find(name))


def terms_of(subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    return tuple(s for s in subjects if s.kind is SubjectKind.TERM)


def measures_named(subjects: Sequence[Subject]) -> frozenset[str]:
    """Keys of the measures that are named by number, or by title where nothing narrower is named."""
    numbered = [t for s in subjects if s.kind is SubjectKind.NUMBER for t in s.targets]
    if numbered:
        return frozenset(numbered)
    titled = [t for s in subjects if s.kind is SubjectKind.MEASURE for t in s.targets]
    return frozenset(titled) if titled and not terms_of(subjects) else frozenset()


def referred_to(match: ItemMatch, text: str) -> tuple[ItemMatch, ...]:
    """What 按本条第一款规定执行 and 依照前款规定 refer to within a measure: the sentences of that paragraph of the text."""
    place, found = match.place, _REFERS.search(match.item.text)
    if found is None or place.measure is None or place.provision is None:
        return ()
    paragraphs: list[list[Provision]] = []
    for provision in place.measure.provisions:
        if not paragraphs or "\n" in text[paragraphs[-1][-1].end : provision.start]:
            paragraphs.append([])
        paragraphs[-1].append(provision)
    own = next(n for n, lines in enumerate(paragraphs) if place.provision in lines)
    number = read_number(found["n"]) if found["n"] else None
    at = int(number) - 1 if number is not None else own - 1
    meant = paragraphs[at] if 0 <= at < len(paragraphs) and at != own else []
    places = [Place(place.notice, place.chapter, place.measure, p) for p in meant]
    return tuple(ItemMatch(p, i, 0.0) for p in places if p.provision for i in p.provision.items)
