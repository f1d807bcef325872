"""Answers what the notice says about something: the sentences themselves, a whole measure, a place, a meaning."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, takewhile

from assistant.answer import Missing, PartKind
from assistant.composing.absent import find_absent, find_slot
from assistant.composing.definitions import asks_what_it_is, find_definition, term_meant
from assistant.composing.draft import (
    DraftPart,
    Finding,
    chapter_source,
    heading_source,
    quote_part,
    sentence_source,
)
from assistant.composing.wording import name_label, name_measure, unique_places
from assistant.evidence import Evidence, ItemMatch, terms_of
from assistant.naming.places import load_places
from assistant.naming.subject import SubjectKind
from assistant.query import Ask, AskReading
from corpus.catalogue import Place
from prompts import phrase

_MOST_SENTENCES = 2
_MOST_POINTS = 12
_POINT = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)]|[.．、])|[①-⑳]|[一二三四五六七八九]是")
_AS_GOOD = 0.7
_FULL_NAME = 4
_MOST_PRINTED = 3
_WHICH_PLACE = re.compile(
    r"哪一?(?:个|座)?(?:市|城市|地方|区|县|里|儿)|which (?:city|town|county|place)|where", re.IGNORECASE
)
_OF_DEFINITION = re.compile(
    r"意思(?![吗吧])|定义|含义|涵义|解释|概念|何谓|什么叫|啥叫|怎么理解|咋理解|mean|defin|stands? for|explain",
    re.IGNORECASE,
)


def find_detail(ask: AskReading, evidence: Evidence) -> Finding:
    """A definition where one is asked for, a whole measure where only it is named, else the sentences that fit best."""
    if asks_what_it_is(ask) and (defining := find_definition(ask, evidence)):
        return quote_sentences(ask, evidence, [defining])
    named = [s for s in ask.subjects if s.kind in {SubjectKind.NUMBER, SubjectKind.MEASURE} and s.targets]
    if named and not terms_of(ask.subjects):
        place = evidence.corpus.catalogue.place_of_measure[named[0].targets[0]]
        if named[0].kind is SubjectKind.NUMBER or is_about_whole(ask):
            return _whole_measure(ask, evidence, place)
    chapters = [s for s in ask.subjects if s.kind is SubjectKind.CHAPTER and s.targets]
    if chapters and not terms_of(ask.subjects) and not named:
        return _whole_chapter(ask, evidence, chapters[0].targets[0])
    places = _only_in_preamble(ask, evidence) or choose_sentences(ask, evidence)
    if not places:
        return find_absent(ask, evidence)
    return quote_sentences(ask, evidence, places)


def _only_in_preamble(ask: AskReading, evidence: Evidence) -> list[Place]:
    """Sentences before the first measure, where what is asked about stands nowhere else."""
    catalogue = evidence.corpus.catalogue
    names = [s.text for s in terms_of(ask.subjects)]
    if any(catalogue.provisions_with(n) for n in names):
        return []
    return [p for p in catalogue.provisions if p.provision and any(n in p.provision.text for n in names)]


def is_about_whole(ask: AskReading) -> bool:
    """Nothing but the name and words of asking around it; a clause without the name has words of its own."""
    return len(ask.text.replace("◇", "")) <= 12 and ("◇" in ask.text or not ask.words)


def choose_sentences(ask: AskReading, evidence: Evidence) -> list[Place]:
    """The best sentence and those nearly as good in the same measure, in reading order."""
    items = evidence.items_for(ask)
    if not items:
        return []
    if printed := _all_that_print(ask, evidence):
        return printed
    best = items[0]
    names = [s.text.casefold() for s in terms_of(ask.subjects)]
    chosen: dict[str, ItemMatch] = {}
    for match in items:
        provision = match.place.provision
        if provision is None or match.place.measure_key != best.place.measure_key:
            continue
        names_it = any(n in provision.text.casefold() for n in names)
        if match.score >= best.score - (_AS_GOOD * 2 if names_it else _AS_GOOD):
            chosen.setdefault(provision.id, match)
    top = list(chosen.values())[:_MOST_SENTENCES]
    return [m.place for m in sorted(top, key=lambda m: m.item.start)]


def _all_that_print(ask: AskReading, evidence: Evidence) -> list[Place]:
    """Every sentence that prints a full name, where there are few: what the notice says is all of them."""
    names = [s.text for s in terms_of(ask.subjects) if len(s.text) >= _FULL_NAME]
    if len(names) != 1 or _names_more(names[0], evidence):
        return []
    places = list(evidence.corpus.catalogue.provisions_with(names[0]))
    return places if 1 < len(places) <= _MOST_PRINTED and not _tells_apart(ask, evidence, places) else []


def _tells_apart(ask: AskReading, evidence: Evidence, places: Sequence[Place]) -> bool:
    """Whether a word of the clause stands in some of the sentences only: 要更新哪些库."""
    texts = [p.provision.text for p in places if p.provision]
    words = [w for w in evidence.corpus.cutter.search_words(ask.text) if len(w) > 1]
    return any(0 < sum(w in text for text in texts) < len(texts) for w in words)


def _names_more(name: str, evidence: Evidence) -> bool:
    """Whether the question tells something beside the name, which narrows what is wanted."""
    known = evidence.corpus.keywords.knows
    return any(w not in name.casefold() and known(w) for w in evidence.query.content)


def quote_sentences(ask: AskReading, evidence: Evidence, places: Sequence[Place]) -> Finding:
    """The sentences under the measures they stand in, with the points that one of them announces."""
    places = [p for place in places for p in (place, *_points_after(place))]
    measures = unique_places(places)
    names = "、".join(name_measure(p, evidence.language) for p in measures or places[:1])
    sources = [sentence_source(p) for p in places]
    lead = phrase("detail", evidence.language, measure=names)
    direct = DraftPart(PartKind.DIRECT, lead, tuple(sources))
    return Finding(ask.ask, True, (direct, *(quote_part(s) for s in sources)), measures)


def _points_after(place: Place) -> list[Place]:
    """（一）…（二）… after a sentence that ends in a colon."""
    if place.provision is None or place.measure is None or not place.provision.text.rstrip().endswith(("：", ":")):
        return []
    provisions = place.measure.provisions
    after = provisions[provisions.index(place.provision) + 1 :] if place.provision in provisions else ()
    points = takewhile(lambda p: _POINT.match(p.text), after)
    return [Place(place.notice, place.chapter, place.measure, p) for p in islice(points, _MOST_POINTS)]


def _whole_measure(ask: AskReading, evidence: Evidence, place: Place) -> Finding:
    measure = place.measure
    if measure is None:
        return find_absent(ask, evidence)
    sources = [sentence_source(Place(place.notice, place.chapter, measure, p)) for p in measure.provisions]
    name = name_measure(place, evidence.language)
    lead = phrase("whole_measure", evidence.language, measure=name, count=len(sources))
    direct = DraftPart(PartKind.DIRECT, lead, (heading_source(place),))
    return Finding(ask.ask, True, (direct, *(quote_part(s) for s in sources)), (place,))


def _whole_chapter(ask: AskReading, evidence: Evidence, chapter_id: str) -> Finding:
    places = [p for p in evidence.corpus.catalogue.measures if p.chapter and p.chapter.id == chapter_id]
    if not places or places[0].chapter is None or places[0].chapter.heading is None:
        return find_absent(ask, evidence)
    chapter = places[0].chapter
    names = "、".join(name_measure(p, evidence.language) for p in places)
    text = f"“{chapter.label}{chapter.title}”共{len(places)}条：{names}。"
    if evidence.language == "en":
        text = f"Chapter {chapter.number} (“{chapter.title}”) has {len(places)} measures: {names}."
    sources = (chapter_source(places[0]), *(heading_source(p) for p in places))
    return Finding(ask.ask, True, (DraftPart(PartKind.DIRECT, text, sources),), shows_departments=False)


def find_where(ask: AskReading, evidence: Evidence) -> Finding:
    """The chapter and measure where something stands, with its heading."""
    measure = evidence.best_measure(ask)
    if measure is None or measure.measure is None:
        return find_absent(ask, evidence)
    chapter = measure.chapter
    has_chapter = chapter is not None and chapter.heading is not None
    chapter_name = f"“{chapter.label}{chapter.title}”" if chapter and has_chapter else ""
    name = name_measure(measure, evidence.language)
    joint = "的" if has_chapter and evidence.language == "zh" else ", " if has_chapter else ""
    text = phrase("where", evidence.language, chapter=chapter_name + joint, measure=name)
    sources = [heading_source(measure)]
    if has_chapter:
        sources.append(chapter_source(measure))
    is_numbered = any(s.kind in {SubjectKind.NUMBER, SubjectKind.MEASURE} for s in ask.subjects)
    places = [] if is_numbered else choose_sentences(ask, evidence)
    quotes = [quote_part(sentence_source(p)) for p in places[:1] if p.measure_key == measure.measure_key]
    return Finding(ask.ask, True, (DraftPart(PartKind.DIRECT, text, tuple(sources)), *quotes), (measure,))


def find_address(ask: AskReading, evidence: Evidence) -> Finding:
    """Where something is: the sentence that names the place, else a printed address."""
    items = evidence.items_for(ask)
    if items and _WHICH_PLACE.search(ask.text) and any(p.is_city for p in load_places().find(items[0].item.text)):
        return quote_sentences(ask, evidence, [items[0].place])
    return find_slot(ask, evidence)


def find_measure_title(ask: AskReading, evidence: Evidence) -> Finding:
    chapters = [s for s in ask.subjects if s.kind is SubjectKind.CHAPTER and s.targets]
    if chapters and not any(s.kind is SubjectKind.NUMBER for s in ask.subjects):
        return _whole_chapter(ask, evidence, chapters[0].targets[0])
    place = evidence.best_measure(ask)
    if place is None or place.measure is None:
        return find_absent(ask, evidence)
    if not place.measure.title:
        # A clause without a title is told by what it says.
        return find_detail(replace(ask, ask=Ask.DETAIL), evidence)
    label = name_label(place.measure)
    text = phrase("measure_title", evidence.language, label=label, title=place.measure.title)
    return Finding(ask.ask, True, (DraftPart(PartKind.DIRECT, text, (heading_source(place),)),), (place,))


def find_meaning(ask: AskReading, evidence: Evidence) -> Finding:
    """A definition where the text prints one (…是指…, “1+N” beside what it stands for), else how the text uses it."""
    terms = terms_of(ask.subjects)
    if any(s.kind is SubjectKind.NUMBER for s in ask.subjects):
        # What a numbered clause is, is what it says.
        return find_detail(replace(ask, ask=Ask.DETAIL), evidence)
    if defining := find_definition(ask, evidence):
        return quote_sentences(ask, evidence, [defining])
    if not terms:
        return find_detail(ask, evidence)
    term = term_meant(terms)
    chosen = choose_sentences(ask, evidence)[:1]
    if not chosen or not _OF_DEFINITION.search(evidence.query.standalone):
        return find_detail(ask, evidence)
    text = phrase("meaning_absent", evidence.language, subject=term)
    source = sentence_source(chosen[0])
    measure = chosen[0].measure
    return Finding(
        ask.ask,
        False,
        (DraftPart(PartKind.MISSING, text, (source,)), quote_part(source)),
        unique_places(chosen),
        Missing(ask.ask, term, measure.id if measure else None),
    )
