"""One clause with everything there is to answer it from."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from assistant.evidence.items import ItemIndex, ItemMatch, Sought, is_place_name, measures_named, rank_items, terms_of
from assistant.evidence.quantities.limits import fits, tells_number
from assistant.evidence.whether import without_tag
from assistant.naming.subject import Subject, SubjectKind
from assistant.naming.synonyms import Synonyms
from assistant.naming.vocabulary import QuestionVocabulary
from assistant.retrieving.retrieve import Ranking, Search, retrieve
from assistant.understanding.frame import Act, Clause, Frame, Operation, Want
from corpus.catalogue import Place, SupportRow
from corpus.embedding.embed import EmbeddingFailed, Vector
from corpus.language.amounts import Amount
from corpus.notice import Item
from corpus.store import Corpus

_REST_OF_MESSAGE = 0.3
_TAKEN_OVER = 0.5
_REACH = 0.25, 0.6
_NOT_TOLD_APART = 0.25
LIKE_BEST = 1.5
"""How much worse an item of another notice may fit that says the same of itself."""

_TIERS = 12
_MOST_SCOPES = 64
_LIFT = 1.0
_WHERE = frozenset({SubjectKind.PLACE, SubjectKind.DOCUMENT})
_NUMBERED = frozenset({SubjectKind.NUMBER, SubjectKind.DOCUMENT})
_COMPOUND = 3
_OF_SUPPORT = frozenset({"sum", "payment", "calculation", "condition", "recipient", "route", "materials"})
_DENIALS = frozenset("不没未无")
_ENDS = frozenset("。？！?!；;\n")


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a finder looks at; `items` are ranked for this clause, best first.

    `content` are the words that tell what the clause is about, as notices print them; `is_alone` says that nothing
    else is asked in the message.
    """

    clause: Clause
    frame: Frame
    corpus: Corpus
    index: ItemIndex
    ranking: Ranking
    items: tuple[ItemMatch, ...]
    words: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    claimed: tuple[str, ...] = ()
    """Those of them that an item must print to say the same."""
    told: tuple[str, ...] = ()
    """Those of what is told beside it, and of the sentence that it ends."""
    home: tuple[str, ...] = ()
    """The places of the message that the notices speak for."""
    is_alone: bool = True
    meant: tuple[tuple[str, str], ...] = ()
    """The everyday words of the message, each with the printed one."""

    def about(self, *names: Subject) -> "Inquiry":
        """The same asked of other names: what prints them stands first."""
        sought = Sought(self.words, names, self.value, measures_named(names))
        said = [s.text.casefold() for s in terms_of(names)]
        items = rank_items(sought, self.ranking, self.index)
        items = tuple(sorted(items, key=lambda m: not any(n in m.item.text.casefold() for n in said)))
        return replace(self, clause=replace(self.clause, names=names, inherited=()), items=items)

    def wanting(self, value: str) -> "Inquiry":
        """The same for another value."""
        sought = Sought(self.words, self.names, value, measures_named(self.names))
        clause = replace(self.clause, want=Want(value, Operation.STATE))
        return replace(self, clause=clause, items=rank_items(sought, self.ranking, self.index))

    def again(self) -> "Inquiry":
        """The same as it was asked before."""
        before = self.clause.before
        if before is None:
            return self
        clause = replace(self.clause, act=before.act, want=before.want, before=before.before)
        sought = Sought(self.words, self.names, before.want.value, measures_named(self.names))
        return replace(self, clause=clause, items=rank_items(sought, self.ranking, self.index))

    @property
    def language(self) -> str:
        return self.frame.language

    @property
    def value(self) -> str:
        return self.clause.want.value

    @property
    def names(self) -> tuple[Subject, ...]:
        return self.clause.all_names

    @property
    def text(self) -> str:
        """The clause, or the whole message where nothing else is asked in it."""
        return self.frame.text if self.is_alone else self.clause.text

    @property
    def notice_ids(self) -> tuple[str, ...]:
        """The one notice that is asked, else the one that the clause fits best."""
        notices = self.corpus.catalogue.notices
        best = self.items[0].place.notice if self.items else notices[0]
        return (notices[0].id,) if len(notices) == 1 else (best.id,)

    @property
    def asked(self) -> str:
        """The clause with the names that it took over."""
        return " ".join((*(s.text for s in self.clause.inherited), self.clause.text))

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The sums that the clause itself names."""
        return tuple(a for a in self.frame.amounts if self.clause.start <= a.start < self.clause.end)

    def fits(self, item: Item) -> int:
        """Whether the numbers that the message tells lie within the limits of an item, as `limits.fits` says it."""
        return fits(self.frame.text, item.text, self.words_told)

    @property
    def words_told(self) -> tuple[str, ...]:
        """The words of the message that may tell what a number in it is of."""
        cutter = self.corpus.cutter
        words = cutter.cut(self.frame.text)
        return tuple(w for w in words if len(w) > 1 and cutter.knows(w) and not cutter.is_functional(w))

    def of_kind(self, *kinds: SubjectKind) -> tuple[Subject, ...]:
        return tuple(s for s in self.names if s.kind in kinds)

    @property
    def best_measure(self) -> Place | None:
        """The measure the clause is about: the one named, else that of the best item."""
        for key in measures_named(self.names):
            return self.corpus.catalogue.place_of_measure.get(key)
        best = next((m.place for m in self.items if m.place.measure), None)
        if best is not None:
            return best.in_charge
        return self.ranking.measures[0].place if self.ranking.measures else None

    @property
    def supports(self) -> tuple[SupportRow, ...]:
        """Supports that belong to what is asked about; empty where the text gives it nothing."""
        if not self.items:
            return ()
        names = [s.text.casefold() for s in terms_of(self.names)]
        if not names and measures_named(self.names):
            in_order = sorted(self.items, key=lambda m: m.item.start)
            own = tuple(SupportRow(m.place, m.item, s) for m in in_order for s in m.item.supports)
            return own or self._given_under_longer_titles()
        named = [m for m in self.items if any(n in m.item.text.casefold() or m.is_headed(n) for n in names)]
        if named:
            rows = [SupportRow(m.place, m.item, s) for m in named for s in m.item.supports]
            if rows or all(n in self.index.weights or len(n) > 2 for n in names):
                return _of_best_measure(rows, named)
        first = self.items[0]
        beside = self._alike_in_others(first) if self.clause.want.operation is Operation.COMPARE else ()
        for reach in _REACH:
            near = [m for m in self.items if m.score >= first.score - reach or _is_listed_under(first, m)]
            near += [m for m in beside if m not in near]
            if given := tuple(SupportRow(m.place, m.item, s) for m in near for s in m.item.supports):
                return given
        return ()

    def _alike_in_others(self, first: ItemMatch) -> list[ItemMatch]:
        """What fits best in each of the other notices that are asked, where it fits nearly as well."""
        best = {m.place.notice.id: m for m in reversed(self.items) if m.item.supports}
        return [m for i, m in best.items() if i != first.place.notice.id and m.score >= first.score - LIKE_BEST]

    def _given_under_longer_titles(self) -> tuple[SupportRow, ...]:
        """Where 失能老年人 only says who they are, what 失能老年人补贴 gives them."""
        names = [s.text for s in self.names if s.kind is SubjectKind.MEASURE]
        rows = self.corpus.catalogue.supports
        return tuple(r for r in rows if r.place.measure and any(n in r.place.measure.title for n in names))


def _is_listed_under(opening: ItemMatch, match: ItemMatch) -> bool:
    """按照以下标准定额扣除：, and one of the points behind it."""
    one, other = opening.place.provision, match.place.provision
    return one is not None and other is not None and other.lead_in == one.id


def _of_best_measure(rows: Sequence[SupportRow], named: Sequence[ItemMatch]) -> tuple[SupportRow, ...]:
    """Supports of the measure that fits best, so that a word used in passing elsewhere brings no other sum along;
    of several measures where nothing that was asked tells one from the next."""
    if not rows:
        return ()
    scores = {(m.item.start, m.place.notice.id): m.score for m in named}

    def fit(row: SupportRow) -> float:
        return scores[(row.item.start, row.place.notice.id)]

    first = max(rows, key=fit)
    near = [r for r in rows if r.place.notice is first.place.notice and fit(r) >= fit(first) - _NOT_TOLD_APART]
    fitting = {r.place.measure_key for r in near}
    alike: dict[str, SupportRow] = {}
    for row in sorted(rows, key=fit, reverse=True):
        if row.place.notice is not first.place.notice and fit(row) >= fit(first) - LIKE_BEST:
            alike.setdefault(row.place.notice.id, row)
    fitting |= {r.place.measure_key for r in alike.values()}
    own = tuple(r for r in rows if r.place.measure_key in fitting)
    # A sentence that only stands in the same measure tells nothing of another notice.
    likely = {r.item.start for r in alike.values()}
    return tuple(r for r in own if r.place.notice is first.place.notice or r.item.start in likely)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a clause is looked for: a corpus with the tables of these notices, () for all, and how."""

    corpus: Corpus
    notice_ids: tuple[str, ...] = ()
    is_alone: bool = True
    retrieve: Callable[[Search, Corpus, Sequence[str]], Ranking] = retrieve


@dataclass(frozen=True, slots=True)
class _Texts:
    """The notices that are asked, told apart by their ids."""

    ids: tuple[str, ...]
    corpus: Corpus = field(compare=False)


def _read_synonyms(texts: _Texts) -> Synonyms:
    return Synonyms(texts.corpus)


class Inquirer:
    """Makes inquiries with the words of one corpus."""

    def __init__(
        self,
        corpus: Corpus,
        vocabulary: QuestionVocabulary,
        synonyms: Synonyms,
        is_home: Callable[[Subject], bool] = lambda place: False,
    ) -> None:
        self._corpus = corpus
        self._is_home = is_home
        self._vocabulary = vocabulary
        self._synonyms = synonyms
        self._synonyms_of = lru_cache(_MOST_SCOPES)(_read_synonyms)
        self._index = ItemIndex(corpus)

    def search_for(
        self, clause: Clause, frame: Frame, is_alone: bool = True, synonyms: Synonyms | None = None
    ) -> Search:
        """What a clause is searched by: its own words and names first, the rest of the message behind them."""
        names = " ".join(s.text for s in clause.inherited)
        whole = self._search_words(frame.text, synonyms)
        told = " ".join((clause.about, *(_without_where(c) for c in frame.clauses if c.act is Act.TOLD)))
        is_whole = is_alone and not (names or clause.about)
        own = whole if is_whole else self._search_words(f"{names} {told} {clause.text}", synonyms)
        vector = self._meaning_of(clause, frame, is_alone)
        return Search(own, whole, frame.text, clause.all_names, vector, is_alone)

    def _meaning_of(self, clause: Clause, frame: Frame, is_alone: bool) -> Vector | None:
        """That of a message with one question; of several as each is read beside the others, with a little of the message;
        and half as much of the names that it took over."""
        if frame.vector is None or (is_alone and not clause.inherited):
            return frame.vector
        own = frame.vector if clause.vector is None or is_alone else clause.vector + _REST_OF_MESSAGE * frame.vector
        if clause.inherited and self._corpus.embedder:
            with suppress(EmbeddingFailed):
                lent = " ".join(s.text for s in clause.inherited)
                own = own + _TAKEN_OVER * self._corpus.embedder.embed_questions([lent])[0]
        return np.asarray(own / np.linalg.norm(own), dtype=np.float32)

    def search_for_all(self, frame: Frame) -> Search:
        """What a message as a whole is searched by."""
        lent = tuple({s.text: s for c in frame.clauses for s in c.inherited}.values())
        words = self._search_words(" ".join((*(s.text for s in lent), frame.text)))
        return Search(words, words, frame.text, (*lent, *frame.names), frame.vector)

    def inquire(self, clause: Clause, frame: Frame, scope: "Scope") -> Inquiry:
        """The clause with its ranked sentences and items."""
        is_alone = scope.is_alone
        titles = [n.title for n in scope.corpus.catalogue.notices if n.id in scope.notice_ids or not scope.notice_ids]
        clause = _without_cities(clause, titles[0] if len(titles) == 1 else "")
        synonyms = self._synonyms_of(_Texts(tuple(scope.corpus.texts), scope.corpus))
        search = self.search_for(clause, frame, is_alone, synonyms)
        ranking = scope.retrieve(search, scope.corpus, scope.notice_ids)
        sought = Sought(search.words, clause.all_names, clause.want.value, measures_named(clause.all_names))
        items = self._by_tier(rank_items(sought, ranking, self._index), frame.text)
        content = self._content(clause, frame, synonyms)
        beside = [c for c in frame.clauses if c.act is Act.TOLD or _is_same_sentence(c, clause, frame.text)]
        about = self._vocabulary.content_words(synonyms.in_printed_words(clause.about))
        told = (*about, *(w for c in beside for w in self._told_by(c, frame, synonyms)))
        claimed = self._told_by(clause, frame, synonyms)
        home = tuple(s.text for s in frame.names if s.kind is SubjectKind.PLACE and self._is_home(s))
        return Inquiry(
            clause,
            frame,
            scope.corpus,
            self._index,
            ranking,
            items,
            search.words,
            content,
            claimed,
            told,
            home,
            is_alone,
            synonyms.pairs_in(frame.text),
        )

    def _by_tier(self, items: tuple[ItemMatch, ...], message: str) -> tuple[ItemMatch, ...]:
        """Of tiers that a number tells apart (户籍人口超过100万的, 不超过100万的) the one first that what is told lies in."""
        cutter = self._corpus.cutter
        if not items or not tells_number(message):
            return items
        words = [w for w in cutter.cut(message) if len(w) > 1 and cutter.knows(w) and not cutter.is_functional(w)]
        key = items[0].place.measure_key
        own = [m for m in items[:_TIERS] if m.place.measure_key == key]
        found = {id(m): fits(message, m.item.text, words) for m in own}
        if not {1, -1} <= set(found.values()):
            return items
        best = max(m.score for m in own)
        lifted = {i: best + _LIFT for i, fit in found.items() if fit > 0}
        moved = (replace(m, score=lifted.get(id(m), m.score + _LIFT * min(found.get(id(m), 0), 0))) for m in items)
        return tuple(sorted(moved, key=lambda m: -m.score))

    def _told_by(self, clause: Clause, frame: Frame, synonyms: Synonyms) -> tuple[str, ...]:
        """The words that a claim stands on, without wrong cuts (能免) and denials, which are read apart."""
        named = [s for s in frame.names if s.kind is SubjectKind.PLACE]
        places = {s.text for s in named if not self._corpus.keywords.knows(s.text) or self._is_whole_home(s)}
        words = [p for w in self._content(clause, frame, synonyms) if w not in places for p in self._pieces(w)]
        return tuple(w for w in words if w.isascii() or (self._is_word(w) and w[0] not in _DENIALS))

    def _pieces(self, word: str) -> Sequence[str]:
        """A word of the dictionary itself; of any other, such as 培训课, the words in it."""
        cutter = self._corpus.cutter
        if word.isascii() or cutter.knows(word) or len(word) < _COMPOUND:
            return (word,)
        return [w for w in cutter.search_words(word) if len(w) > 1 and cutter.knows(w)] or (word,)

    def _is_whole_home(self, place: Subject) -> bool:
        """The province that the notices speak for, which tells no item from the next."""
        return self._is_home(place) and any(
            place.text.removesuffix("省") == t.removesuffix("省") for t in place.targets
        )

    def _is_word(self, word: str) -> bool:
        """Of the dictionary, or with a character that is hardly ever seen (瞪羚, not 给到)."""
        cutter = self._corpus.cutter
        return cutter.knows(word) or any(cutter.is_rare(c) or not cutter.knows(c) for c in word)

    def _content(self, clause: Clause, frame: Frame, synonyms: Synonyms) -> tuple[str, ...]:
        """Without sums and the numbers of measures and documents, whose pieces name nothing."""
        spans = [(a.start, a.end) for a in frame.amounts]
        spans += [(s.start, s.end) for s in clause.names if s.kind in _NUMBERED]
        text = frame.text
        for start, end in sorted(spans, reverse=True):
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
        own = without_tag(text[clause.start : clause.end])
        return self._vocabulary.content_words(synonyms.in_printed_words(own))

    def _search_words(self, text: str, synonyms: Synonyms | None = None) -> tuple[str, ...]:
        """The telling words, without the names of departments, and the printed words for everyday ones."""
        for mention in reversed(self._corpus.departments.find(text)):
            text = f"{text[: mention.start]} {text[mention.end :]}"
        printed = " ".join((synonyms or self._synonyms).printed_for(text))
        return self._vocabulary.search_words(f"{text} {printed}")


def _without_cities(clause: Clause, title: str) -> Clause:
    """搬到济南能给多少: who asks for money says where they are, and the city is not what it is given for; nor tells the city
    of the title one sentence from the next."""
    is_of_money = clause.want.value in _OF_SUPPORT
    own, lent = (
        tuple(
            s
            for s in names
            if s.kind is not SubjectKind.TERM or not is_place_name(s.text) or not (is_of_money or s.text in title)
        )
        for names in (clause.names, clause.inherited)
    )
    return replace(clause, names=own, inherited=lent)


def _without_where(clause: Clause) -> str:
    """我在石鼓县开农家乐 says which notice is meant, which tells none of its sentences from the next."""
    text = clause.text
    for named in clause.names:
        text = text.replace(named.text, " ") if named.kind in _WHERE else text
    return text


def _is_same_sentence(before: Clause, clause: Clause, text: str) -> bool:
    return before.end <= clause.start and not _ENDS.intersection(text[before.start : clause.start])
