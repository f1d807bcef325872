"""Finds what a question is about: departments, measures, chapters, documents, terms, places; and masks the names."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from string import ascii_lowercase

from assistant.naming.mentions import find_mentioned
from assistant.naming.numbers import NumberReference, find_number_references
from assistant.naming.places import PlaceMention, is_for_every_province, load_places
from assistant.naming.subject import Subject, SubjectKind
from assistant.naming.titles import ChapterTopics, MeasureTopics
from assistant.naming.vocabulary import QuestionVocabulary
from corpus.catalogue import Catalogue
from corpus.language.numerals import read_number
from corpus.lexicon import Mention, NameKind
from corpus.notice import Measure, Notice
from corpus.store import Corpus

_MOST_MEASURES_OF_A_TERM = 0.3
_COUNTERS = frozenset("个项条")
_LEAST_COMPOUND = 5
_FROM_THE_END = re.compile(
    r"最后(?:的)?(?:那|这)?一?(?:条|项)|末(?:尾)?一?条|倒数第(?P<n>[一二三四五六七八九十\d]{1,3})(?:条|项)|last (?:measure|article|clause)"
)
_THIS_DOCUMENT = re.compile(
    r"[这本该](?:份|个|项|部)?[\u4e00-\u9fff]{0,4}?(?:意见|办法|方案|通知|决定|规定|措施|条例|批复|细则|规则|规程|规范|指引|指南|答复|公告|通告|公约|章程|纲要|计划|文件|政策)"
)
_YEAR = re.compile(r"(?:19|20)\d{2}年(?!\d)")
_THINGS = frozenset({SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM, SubjectKind.DEPARTMENT})
_KIND_ORDER = (
    (NameKind.DEPARTMENT, SubjectKind.DEPARTMENT),
    (NameKind.DOCUMENT, SubjectKind.DOCUMENT),
    (NameKind.MEASURE, SubjectKind.MEASURE),
    (NameKind.CHAPTER, SubjectKind.CHAPTER),
    (NameKind.TERM, SubjectKind.TERM),
)


class SubjectFinder:
    """Finds subjects with the names of one corpus."""

    def __init__(self, corpus: Corpus, vocabulary: QuestionVocabulary, policy_terms: Iterable[str] = ()) -> None:
        self._corpus = corpus
        self._lexicon = corpus.lexicon.with_terms(_places_of(policy_terms, corpus))
        self._places = load_places()
        self._vocabulary = vocabulary
        self._topics = MeasureTopics(corpus.catalogue.measures)
        self._chapters = ChapterTopics([c for n in corpus.catalogue.notices for c in n.chapters])

    @cached_property
    def home(self) -> frozenset[str]:
        """The provinces that any notice speaks for, however often the others name theirs."""
        if self._is_national:
            return frozenset()
        return frozenset().union(*(self._places.home_of([text]) for text in self._corpus.texts.values()))

    @cached_property
    def _is_national(self) -> bool:
        """Whether a notice is addressed to every province, so that none lies outside."""
        addressees = (n.addressee.text for n in self._corpus.catalogue.notices if n.addressee)
        return any(map(is_for_every_province, addressees))

    def find(self, text: str) -> tuple[Subject, ...]:
        """Subjects in reading order, without overlap."""
        found: list[Subject] = [self._numbered(r) for r in self._counted_from_the_end(text)]
        topics = (*self._chapters.find(text), *self._topics.find(text))
        found += [s for s in topics if not any(_overlap(s, other) for other in found)]
        numbered = [self._numbered(r) for r in find_number_references(text)]
        mentions = self._lexicon.find(text)
        named = [s for m in mentions if (s := self._named(m, text)) is not None]
        places = [self._placed(p) for p in self._places.find(text)]
        for subject in (*numbered, *named, *places, *self._mentioned(text)):
            if subject.kind is SubjectKind.PLACE and any(_overlap(subject, other) for other in found):
                subject = _without_its_last_word(subject)
            if not any(_overlap(subject, other) for other in found):
                found.append(subject)
        # 这份指导意见 is the document, and 指导 no subject.
        own = [m.span() for m in _THIS_DOCUMENT.finditer(text)]
        found = [
            s for s in found if s.kind is not SubjectKind.TERM or not any(a <= s.start and s.end <= b for a, b in own)
        ]
        found = [*self._demote_titles(found, text), *self._editions(text)]
        return self._demote_cities(sorted(found, key=lambda s: s.start), text)

    def _mentioned(self, text: str) -> list[Subject]:
        """Words asked after as they stand, however short or common: 哪几条提到“券”."""
        catalogue = self._corpus.catalogue
        return [
            Subject(SubjectKind.TERM, m.name, m.start, m.end, _provision_ids(m.name, catalogue))
            for m in find_mentioned(text, lambda word: bool(catalogue.provisions_with(word)))
        ]

    def _demote_titles(self, subjects: Sequence[Subject], text: str) -> list[Subject]:
        """工程监理转型升级: a piece of a title beside a term whose own sentence prints both is no title."""
        terms = [s for s in subjects if s.kind is SubjectKind.TERM]
        return [self._as_term(s, terms, text) if s.kind is SubjectKind.MEASURE else s for s in subjects]

    def _as_term(self, titled: Subject, terms: Sequence[Subject], text: str) -> Subject:
        places = self._corpus.catalogue.place_of_provision
        for term in (
            t
            for t in terms
            if not re.search("[，。？！；,;?!]", text[min(t.end, titled.end) : max(t.start, titled.start)])
        ):
            printed = [places[i] for i in term.targets if i in places]
            both = [p.provision.id for p in printed if p.provision and titled.text in p.provision.text]
            if both and not any(p.measure_key in titled.targets for p in printed):
                return replace(titled, kind=SubjectKind.TERM, targets=tuple(both))
        return titled

    def _demote_cities(self, subjects: Sequence[Subject], text: str) -> tuple[Subject, ...]:
        """A city that the notices print is a term of its own only where its sentence names nothing else."""
        things = [s for s in subjects if s.kind in _THINGS and not self.is_city(s.text)]
        return tuple(
            self._as_place(s)
            if s.kind is SubjectKind.TERM and self.is_city(s.text) and any(_same_sentence(s, t, text) for t in things)
            else s
            for s in subjects
        )

    def _as_place(self, subject: Subject) -> Subject:
        return replace(subject, kind=SubjectKind.PLACE, targets=(self._places.find(subject.text)[0].province,))

    def names(self, word: str) -> bool:
        """Whether a word of a question tells what it is about."""
        if not self._vocabulary.names(word):
            return False
        cutter = self._corpus.cutter
        # Two characters that no dictionary knows are most often a wrong cut (事归).
        is_word = word.isascii() or len(word) > 2 or cutter.knows(word)
        return self.is_printed(word) or (is_word and cutter.may_name(word))

    def is_printed(self, word: str) -> bool:
        """As a word, or as a piece of one where no dictionary has it: 鲁科 of 鲁科贷."""
        if self._corpus.keywords.knows(word):
            return True
        is_piece = len(word) > 1 and not self._corpus.cutter.knows(word)
        return is_piece and any(word in text for text in self._corpus.texts.values())

    def is_home(self, subject: Subject) -> bool:
        """Whether a place lies in the provinces that the notices speak for."""
        return self._is_national or bool(self.home & set(subject.targets))

    def is_ours(self, place: Subject) -> bool:
        """A place that a notice speaks for or prints."""
        return self.is_home(place) or self.is_printed(place.text)

    def is_city(self, name: str) -> bool:
        """Whether a name that the notices print is also the name of a city."""
        mentions = self._places.find(name)
        return len(mentions) == 1 and mentions[0].is_city and mentions[0].text == name

    def _counted_from_the_end(self, text: str) -> tuple[NumberReference, ...]:
        """最后一条, 倒数第二条."""
        numbers = [p.measure.number for p in self._corpus.catalogue.measures if p.measure]
        found: list[NumberReference] = []
        for match in _FROM_THE_END.finditer(text):
            back = read_number(match["n"]) if match["n"] else 1
            if back is not None and 0 < back <= len(numbers):
                number = numbers[-int(back)]
                found.append(NumberReference(number, False, match.group(), match.start(), match.end()))
        return tuple(found)

    def _numbered(self, reference: NumberReference) -> Subject:
        catalogue = self._corpus.catalogue
        kind = SubjectKind.CHAPTER if reference.is_chapter else SubjectKind.NUMBER
        if reference.is_chapter:
            numbered = [c for n in catalogue.notices for c in n.chapters if c.number == reference.number]
            # 第四部分 is 四、 and not the （四） of another part.
            chapters = [c for c in numbered if not c.above] or numbered
            return _subject(kind, reference, [c.id for c in chapters], reference.number)
        places = catalogue.measures_numbered(reference.number)
        exact = [p for p in places if p.measure and _key_of(p.measure) == reference.key]
        keys = [p.measure_key for p in exact or (() if reference.inserted else places)]
        return _subject(kind, reference, keys, reference.number)

    def _named(self, mention: Mention, text: str) -> Subject | None:
        for name_kind, kind in _KIND_ORDER:
            if mention.is_a(name_kind):
                if kind is SubjectKind.DEPARTMENT and text[mention.end : mention.end + 1] == "门":
                    return None
                targets = mention.targets(name_kind)
                if kind is SubjectKind.TERM and (owner := self._opens_title(mention.text)):
                    return _subject(SubjectKind.DOCUMENT, mention, [owner])
                if kind is SubjectKind.TERM and self._is_general(mention.text, targets):
                    return None
                return _subject(kind, mention, self._printed(targets) if name_kind is NameKind.DEPARTMENT else targets)
        return None

    def _editions(self, text: str) -> list[Subject]:
        """2023年那一版: of several notices the one whose title alone names that year, or those of yearly series."""
        found: list[Subject] = []
        for match in _YEAR.finditer(text):
            if owners := self._titled.get(match.group()):
                found.append(Subject(SubjectKind.DOCUMENT, match.group(), match.start(), match.end(), owners))
        return found

    @cached_property
    def _titled(self) -> dict[str, tuple[str, ...]]:
        """The notices that are told apart by each year: the only one whose title names it, else those of yearly series."""
        notices = self._corpus.catalogue.notices
        series = Counter(_YEAR.sub("", n.title) for n in notices if _YEAR.search(n.title))
        found: dict[str, list[Notice]] = {}
        for notice in notices if len(notices) > 1 else ():
            for year in set(_YEAR.findall(notice.title)):
                found.setdefault(year, []).append(notice)
        return {
            year: tuple(n.id for n in own if len(own) == 1 or series[_YEAR.sub("", n.title)] > 1)
            for year, own in found.items()
        }

    def _opens_title(self, term: str) -> str:
        """The one of several notices whose title begins with the term, as with its place; "" for none."""
        notices = self._corpus.catalogue.notices
        owners = [n.id for n in notices if n.title.startswith(term)]
        return owners[0] if len(owners) == 1 < len(notices) else ""

    def _printed(self, names: Sequence[str]) -> tuple[str, ...]:
        """The departments that the notices name, under any of their names, of those meant; all where none is named."""
        printed = self._corpus.catalogue.departments
        meant = [name for n in names if (d := self._corpus.departments.named(n)) for name in (d.name, *d.aliases)]
        return tuple(dict.fromkeys(n for n in (*names, *meant) if n in printed)) or tuple(names)

    def _is_general(self, term: str, provision_ids: Sequence[str]) -> bool:
        if len(term) < 2 or term in self._vocabulary.general or term[0] in _COUNTERS:
            return True
        is_short = len(term) < _LEAST_COMPOUND and not any(c.isdigit() for c in term)
        if is_short and self._vocabulary.is_single_asking_word(term):
            return True
        places = self._corpus.catalogue.place_of_provision
        measures = {places[i].measure_key for i in provision_ids if i in places}
        total = len(self._corpus.catalogue.measures)
        return total > 3 and len(measures) > _MOST_MEASURES_OF_A_TERM * total

    def _placed(self, mention: PlaceMention) -> Subject:
        return _subject(SubjectKind.PLACE, mention, (mention.province,))


def _key_of(measure: Measure) -> str:
    """3, or 3-1 for 第三条之一; letters tell apart what is numbered alike in one chapter."""
    return measure.id.rpartition(".")[2].rstrip(ascii_lowercase)


def _places_of(terms: Iterable[str], corpus: Corpus) -> dict[str, list[str]]:
    """The provisions that print each term."""
    found = {t: list(_provision_ids(t, corpus.catalogue)) for t in terms}
    return {term: ids for term, ids in found.items() if ids}


def _provision_ids(term: str, catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(p.provision.id for p in catalogue.provisions_with(term) if p.provision)


def _subject(
    kind: SubjectKind,
    place: Mention | PlaceMention | NumberReference,
    targets: Sequence[str],
    number: int | None = None,
) -> Subject:
    return Subject(kind, place.text, place.start, place.end, tuple(targets), number)


def _without_its_last_word(place: Subject) -> Subject:
    """河南 in 河南省级中试基地, whose 省 belongs to what follows."""
    name = place.text.removesuffix("省").removesuffix("市")
    return replace(place, text=name, end=place.start + len(name)) if name else place


def _same_sentence(one: Subject, other: Subject, text: str) -> bool:
    start, end = min(one.end, other.end), max(one.start, other.start)
    return not re.search("[。？！?!;；]", text[start:end])


def _overlap(one: Subject, other: Subject) -> bool:
    return one.start < other.end and other.start < one.end
