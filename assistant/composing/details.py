"""Answers what the notice says about something: the items that fit best, a whole measure, a place, a meaning."""

import re
from dataclasses import replace
from itertools import islice, takewhile

from assistant.answer import CitationKind, Missing, PartKind
from assistant.composing.absent import find_absent, with_nearest
from assistant.composing.definitions import find_definition, term_meant
from assistant.composing.draft import (
    Absence,
    ClaimKind,
    DraftPart,
    Finding,
    Source,
    chapter_source,
    heading_source,
    quote_part,
    sentence_source,
)
from assistant.composing.english.titles import name_chapter, name_number, name_places, name_term, name_title
from assistant.composing.fixed import fixed_finding
from assistant.composing.stating import join_lines, quotes_of, state_item, state_support
from assistant.composing.values import as_likely, evidence_for, list_around
from assistant.composing.wording import name_label, name_measure, trim, unique_places
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch, terms_of
from assistant.naming.subject import Subject, SubjectKind
from corpus.catalogue import Place
from corpus.language.numerals import NUMERAL, read_number
from prompts import phrase

_ANNEX = "附件"
_OF_ANNEX = re.compile(rf"第\s*(?P<n>{NUMERAL})\s*[个项条号款]\s*(?P<of>指标|标准|项目|清单|任务|事项)?")
_MOST_ITEMS = 3
_MOST_POINTS = 12
_AS_GOOD = 0.5
_FULL_NAME = 4
_MOST_PRINTED = 3
_MOST_ALIKE = 2
_SHORT = 12


def find_detail(inquiry: Inquiry) -> Finding:
    """A whole measure or chapter where only it is named, else the items that fit best."""
    named = [s for s in inquiry.of_kind(SubjectKind.NUMBER, SubjectKind.MEASURE) if s.targets]
    if named and not terms_of(inquiry.names):
        if named[0].kind is SubjectKind.NUMBER or is_about_whole(inquiry):
            return _whole_measures(inquiry, named[0])
    chapters = [s for s in inquiry.of_kind(SubjectKind.CHAPTER) if s.targets]
    if chapters and not terms_of(inquiry.names) and not named:
        return whole_chapter(inquiry, chapters[0].targets[0])
    chosen = choose_items(inquiry)
    return state_items(inquiry, chosen) if chosen else find_absent(inquiry)


def is_about_whole(inquiry: Inquiry) -> bool:
    """Nothing but the name and words of asking."""
    return len(inquiry.clause.masked) <= _SHORT or not inquiry.content


def choose_items(inquiry: Inquiry) -> list[ItemMatch]:
    """The best item and those nearly as good in the same measure; every sentence that prints a full name, if few."""
    found = list(evidence_for(inquiry))
    if not found:
        return []
    best = found[0]
    near = [m for m in found if m.place.measure_key == best.place.measure_key and m.score >= best.score - _AS_GOOD]
    if len(near) == 1:
        near += as_likely(inquiry, found, best)
    return _all_that_print(inquiry, found) or near[:_MOST_ITEMS]


def _all_that_print(inquiry: Inquiry, found: list[ItemMatch]) -> list[ItemMatch]:
    names = [s.text for s in terms_of(inquiry.names) if len(s.text) >= _FULL_NAME]
    others = [w for w in inquiry.content if names and w not in names[0].casefold()]
    if len(names) != 1 or others:
        return []
    printing = [m for m in inquiry.items if names[0].casefold() in m.item.text.casefold()]
    return printing if 1 < len(printing) <= _MOST_PRINTED else []


def state_items(inquiry: Inquiry, chosen: list[ItemMatch]) -> Finding:
    """One line for each item, with the points that a sentence announces; then the sentences they are cut from."""
    telling = (*(s.text for s in inquiry.names), *inquiry.content)
    several = len(inquiry.corpus.catalogue.notices) > 1
    stated = [state_item(m, inquiry.language, telling, names_notice=several) for m in chosen]
    points = [sentence_source(p) for m in chosen for p in _points_after(m.place)]
    sources = [s for part in stated for s in part.sources]
    parts = (*stated, *quotes_of(sources, stated), *map(quote_part, points))
    return Finding(inquiry.clause.want, True, parts, unique_places(m.place for m in chosen))


def _points_after(place: Place) -> list[Place]:
    """（一）…（二）… after a sentence that ends in a colon."""
    if place.provision is None or not place.provision.text.rstrip().endswith(("：", ":")):
        return []
    if entries := list_around(place):
        return list(entries[:_MOST_POINTS])
    provisions = place.measure.provisions if place.measure else ()
    at = next((n for n, p in enumerate(provisions) if p.id == place.provision.id), len(provisions))
    after = takewhile(lambda p: p.point or p.lead_in, provisions[at + 1 :])
    return [Place(place.notice, place.chapter, place.measure, p) for p in islice(after, _MOST_POINTS)]


def _whole_measures(inquiry: Inquiry, named: Subject) -> Finding:
    """The measure; the few that are called alike; where only a number is named that many notices have, none of them."""
    places = [inquiry.corpus.catalogue.place_of_measure[key] for key in named.targets]
    if named.kind is SubjectKind.NUMBER and len({p.notice.id for p in places}) > _MOST_ALIKE:
        return fixed_finding("which_notice", inquiry.corpus, inquiry.language)
    found = [_whole_measure(inquiry, place) for place in places[:_MOST_ALIKE]]
    parts = tuple(part for f in found for part in f.parts)
    return replace(found[0], parts=parts, carriers=tuple(p for f in found for p in f.carriers))


def _whole_measure(inquiry: Inquiry, place: Place) -> Finding:
    measure = place.measure
    if measure is None:
        return find_absent(inquiry)
    sources = [sentence_source(Place(place.notice, place.chapter, measure, p)) for p in measure.provisions]
    name = name_measure(place, inquiry.language)
    given = inquiry.corpus.catalogue.supports_of_measure.get(place.measure_key, ())[:_MOST_ITEMS]
    if given and inquiry.language == "zh":
        told = "；".join(dict.fromkeys(map(state_support, given)))
        lead = phrase("whole_measure_gives", "zh", measure=name, count=len(sources), supports=told)
    else:
        lead = phrase("whole_measure", inquiry.language, measure=name, count=len(sources))
    direct = DraftPart(
        PartKind.DIRECT, lead, (heading_source(place), *(sentence_source(r.place, r.item) for r in given))
    )
    return Finding(inquiry.clause.want, True, (direct, *(quote_part(s) for s in sources)), (place,))


def whole_chapter(inquiry: Inquiry, chapter_id: str) -> Finding:
    places = [p for p in inquiry.corpus.catalogue.measures if p.chapter and p.chapter.id == chapter_id]
    chapter = places[0].chapter if places else None
    if chapter is None or chapter.heading is None:
        return find_absent(inquiry)
    is_chinese = inquiry.language == "zh"
    text = phrase(
        "whole_chapter",
        inquiry.language,
        number=chapter.number,
        label=chapter.label,
        title=chapter.title if is_chinese else name_title(chapter.title, places[0].notice),
        count=len(places),
        measures="、".join(name_measure(p, "zh") for p in places) if is_chinese else name_places(places),
    )
    sources = (chapter_source(places[0]), *(heading_source(p) for p in places))
    return Finding(inquiry.clause.want, True, (DraftPart(PartKind.DIRECT, text, sources),), shows_departments=False)


def find_where(inquiry: Inquiry) -> Finding:
    """The chapter and measure where something stands, with its heading and the item itself."""
    measure = inquiry.best_measure
    if measure is None or measure.measure is None:
        return find_absent(inquiry)
    chapter = measure.chapter
    has_chapter = chapter is not None and chapter.heading is not None
    name = name_measure(measure, inquiry.language)
    text = phrase("where", inquiry.language, chapter=_name_chapter(measure, inquiry.language), measure=name)
    sources: list[Source] = [heading_source(measure)]
    if has_chapter:
        sources.append(chapter_source(measure))
    direct = DraftPart(PartKind.DIRECT, text, tuple(sources))
    shown = [] if inquiry.of_kind(SubjectKind.NUMBER, SubjectKind.MEASURE) else choose_items(inquiry)[:1]
    stated = [
        state_item(m, inquiry.language, inquiry.content) for m in shown if m.place.measure_key == measure.measure_key
    ]
    quotes = quotes_of([s for p in stated for s in p.sources], stated)
    return Finding(inquiry.clause.want, True, (direct, *stated, *quotes), (measure,))


def _name_chapter(place: Place, language: str) -> str:
    """“四、做强应用科技服务品牌”的, before its measure; "" where there are no chapters."""
    chapter = place.chapter
    if chapter is None or chapter.heading is None:
        return ""
    return f"“{chapter.label}{chapter.title}”的" if language == "zh" else f"{name_chapter(place)}, "


def find_title(inquiry: Inquiry) -> Finding:
    """What a measure or a chapter is called."""
    chapters = [s for s in inquiry.of_kind(SubjectKind.CHAPTER) if s.targets]
    if chapters and not inquiry.of_kind(SubjectKind.NUMBER):
        return whole_chapter(inquiry, chapters[0].targets[0])
    place = inquiry.best_measure
    if place is None or place.measure is None:
        return find_absent(inquiry)
    if not place.measure.title:
        # A clause without a title is told by what it says.
        return find_detail(inquiry)
    is_chinese = inquiry.language == "zh"
    label = name_label(place.measure) if is_chinese else name_number(place)
    title = place.measure.title if is_chinese else name_title(place.measure.title, place.notice)
    text = phrase("measure_title", inquiry.language, label=label, title=title)
    return Finding(inquiry.clause.want, True, (DraftPart(PartKind.DIRECT, text, (heading_source(place),)),), (place,))


def find_meaning(inquiry: Inquiry) -> Finding:
    """A definition where the text prints one (…是指…, “1+N” beside what it stands for), else how the text uses it."""
    terms = terms_of(inquiry.names)
    if inquiry.of_kind(SubjectKind.NUMBER) and not terms:
        # What a numbered clause is, is what it says.
        return find_detail(inquiry)
    if defining := find_definition(inquiry):
        items = defining.provision.items if defining.provision else ()
        return state_items(inquiry, [ItemMatch(defining, i, 0.0) for i in items])
    if not terms:
        return find_detail(inquiry)
    chosen = choose_items(inquiry)
    if not chosen:
        return find_absent(inquiry)
    term = term_meant(terms)
    said = term if inquiry.language == "zh" else name_term(term, chosen[0].place.notice)
    text = phrase("meaning_absent", inquiry.language, subject=said)
    part = DraftPart(
        PartKind.MISSING, text, (), ClaimKind.ABSENT, absent=Absence("meaning", (term,), inquiry.notice_ids)
    )
    return with_nearest(inquiry, part, chosen[0], Missing("meaning", term, None))


def find_annex_point(inquiry: Inquiry) -> Finding | None:
    """附件第43项, 第43个指标: the one point of an annex that bears the number, and all that stands under it."""
    numbered = _OF_ANNEX.search(inquiry.clause.text)
    notice = inquiry.corpus.catalogue.notice(inquiry.notice_ids[0])
    if numbered is None or notice is None or any(s.targets for s in inquiry.of_kind(SubjectKind.NUMBER)):
        return None
    of_annex = [a for a in notice.annexes if _ANNEX in inquiry.frame.text or (numbered["of"] or _ANNEX) in a.title]
    number = read_number(numbered["n"])
    found = [(a, p) for a in of_annex for p in a.points if p.label.strip("、.．（）()") in {numbered["n"], str(number)}]
    if not found:
        return None
    # Notes behind a table are numbered once more.
    annex, point = found[0]
    under = [p for p in annex.provisions if p.point == point.path]
    if not under:
        return None
    heading = Source(CitationKind.ANNEX, Place(notice, provision=under[0]), point.heading)
    text = phrase("clause_stated", "zh", clause=join_lines(trim(point.heading.text)))
    part = DraftPart(PartKind.DIRECT, text, (heading,), is_verbatim=True)
    quotes = [quote_part(sentence_source(Place(notice, provision=p))) for p in under]
    return Finding(inquiry.clause.want, True, (part, *quotes), shows_departments=False)
