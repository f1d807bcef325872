"""Answers what is asked of a whole notice: its outline, gist, best points, what is in it for somebody, its text."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from assistant.answer import Count, Missing, PartKind
from assistant.composing.absent import find_nearest, with_nearest
from assistant.composing.details import find_detail, whole_chapter
from assistant.composing.document import state_purpose
from assistant.composing.draft import (
    ClaimKind,
    DraftItem,
    DraftPart,
    Finding,
    Recount,
    Source,
    chapter_source,
    heading_source,
    quote_part,
    responsibility_sources,
    sentence_source,
)
from assistant.composing.stating import state_item, who_and_act
from assistant.composing.wording import name_label, unique_places
from assistant.evidence.attributes import is_kind_of_recipient, recipients_of
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch, terms_of
from assistant.evidence.whether import asks_outline, names_document
from assistant.listing.selection import Member, Order, Rows, Selection, Table, Where, select
from assistant.listing.telling import Teller
from assistant.naming.subject import SubjectKind
from assistant.understanding.frame import SAID, TEXT, Operation
from corpus.catalogue import Catalogue, Place
from corpus.notice import Notice
from prompts import label, listed

_THINGS = (SubjectKind.TERM, SubjectKind.MEASURE, SubjectKind.NUMBER, SubjectKind.CHAPTER)
_MOST_SENTENCES = 90
_MOST_NAMED = 8
_FEW = 3
_A_WORD = 2
_MOST_GIVEN = 10
_PRICED = Selection(Rows.SUPPORTS, Where(is_priced=True), order=Order.SORTED)
_UNPRICED = Selection(Rows.SUPPORTS, Where(is_priced=False))


def find_whole(inquiry: Inquiry) -> Finding | None:
    """None where the clause asks nothing of a whole notice."""
    clause = inquiry.clause
    find = _BY_SHOWN.get(clause.listing.shows)
    chapters = [s for s in inquiry.of_kind(SubjectKind.CHAPTER) if s.targets]
    if find is _outline and len(chapters) == 1:
        return whole_chapter(inquiry, chapters[0].targets[0])
    if find is None and asks_outline(inquiry.frame.text) and _is_of_document(inquiry):
        find = _outline
    if find is None and _asks_of_nothing_else(inquiry):
        find = _summary if clause.want.value == SAID else _outline
    return find(inquiry) if find else None


def _is_of_document(inquiry: Inquiry) -> bool:
    """The stretch names none of the notice's things, but for what the title names and the word for an outline."""
    title = _notice_meant(inquiry).title
    things = [s.text for s in inquiry.of_kind(*_THINGS) if s.text not in title and not asks_outline(f"列{s.text}")]
    is_named = names_document(inquiry.frame.text) or not inquiry.clause.names
    return is_named and not things and inquiry.clause.listing.shows in {TEXT, "measures", "chapters"}


def _asks_of_nothing_else(inquiry: Inquiry) -> bool:
    """What does it say, of nothing that it names but what its title names, too: of the notice."""
    clause, title = inquiry.clause, _notice_meant(inquiry).title
    if clause.listing.shows != TEXT:
        return False
    if clause.want.operation is Operation.OUTLINE:
        # 列个大纲 names no 大纲 of the notice, even where that prints the word.
        return not any(s.text not in title and len(s.text) > _A_WORD for s in inquiry.names)
    # 关于人才评价，文件是怎么写的 names its thing beside what is asked.
    says_nothing = not (inquiry.names or inquiry.content or inquiry.told)
    return clause.want.value == SAID and says_nothing and len(inquiry.frame.clauses) == 1


def _outline(inquiry: Inquiry) -> Finding:
    """Each chapter with its measures; measures alone where there are no chapters."""
    catalogue = inquiry.corpus.catalogue
    chapters, measures = (select(Selection(r), catalogue) for r in (Rows.CHAPTERS, Rows.MEASURES))
    shown = chapters if chapters.members else measures
    selection = Selection(Rows.CHAPTERS if chapters.members else Rows.MEASURES)
    items = tuple(_outlined(m, inquiry) for m in shown.members)
    recount = Recount(selection, shown.keys)
    key = "outline" if chapters.members and measures.members else "outline_chapters" if chapters.members else ""
    fields = {"chapters": len(chapters.members), "measures": len(measures.members)}
    text = listed(key or "outline_flat", inquiry.language, **_counted(inquiry.language, fields))
    direct = DraftPart(PartKind.DIRECT, text, (), ClaimKind.COUNTED, recount=recount)
    count = Count(len(items), None)
    return Finding(
        inquiry.clause.want, True, (direct,), items=items, count=count, recount=recount, shows_departments=False
    )


def _outlined(member: Member, inquiry: Inquiry) -> DraftItem:
    place = member.places[0]
    if place.chapter is None or place.measure:
        return Teller(Selection(Rows.MEASURES), Table((member,), 1), inquiry.corpus, inquiry.language).item(member)
    names = "；".join(f"{name_label(m)} {m.title}".strip() for m in place.chapter.measures)
    title = f"{place.chapter.label}{place.chapter.title}"
    return DraftItem(f"{title}：{names}" if names else title, (chapter_source(place), *_headings(place)))


def _counted(language: str, counts: Mapping[str, int]) -> dict[str, str]:
    """5个部分, 1 measure."""
    return {name: listed(f"counted_{name}", language, count=count) for name, count in counts.items()}


def _headings(chapter: Place) -> list[Source]:
    measures = chapter.chapter.measures if chapter.chapter else ()
    return [heading_source(Place(chapter.notice, chapter.chapter, m)) for m in measures]


def _summary(inquiry: Inquiry) -> Finding:
    """What it is for, what it is made of, the money in it, who is responsible: one line each."""
    notice = _notice_meant(inquiry)
    lines = [*_about(inquiry, notice), *_money(inquiry), *_bodies(inquiry)]
    return Finding(inquiry.clause.want, bool(lines), tuple(lines), shows_departments=False)


def _highlights(inquiry: Inquiry) -> Finding:
    """What it gives, the most first; else what it is about."""
    lines = list(_money(inquiry))
    table = select(_PRICED, inquiry.corpus.catalogue)
    teller = Teller(_PRICED, table, inquiry.corpus, inquiry.language)
    rows = tuple(teller.item(m) for m in table.members)
    shown = [DraftPart(PartKind.TABLE, "", columns=teller.columns(), rows=rows)] if len(rows) > 1 else []
    parts = (*lines, *shown) if rows else (*_about(inquiry, _notice_meant(inquiry)), *lines)
    return Finding(inquiry.clause.want, True, parts, shows_departments=False)


def _benefits(inquiry: Inquiry) -> Finding:
    """What is printed for such a person or organisation, and where it is mentioned besides."""
    catalogue = inquiry.corpus.catalogue
    groups = tuple(sorted(g for group in recipients_of(inquiry.frame.text).values() for g in group))
    terms = tuple(dict.fromkeys(s.text for s in terms_of(inquiry.names) if not is_kind_of_recipient(s.text)))
    if not groups and not terms:
        return _highlights(inquiry)
    given = [m for m in select(Selection(Rows.SUPPORTS), catalogue).members if _is_given(m, groups, terms, catalogue)]
    named = [f"“{t}”" for t in terms] or [label("recipients", g, inquiry.language) for g in groups]
    names = _join(named, inquiry.language)
    mentioned = list(_mentioned(inquiry, terms or tuple(s.text for s in terms_of(inquiry.names))))
    if not given and mentioned:
        return _said_of(inquiry, mentioned)
    parts = [_given(inquiry, given, names), *(_table_of(inquiry, given) if given else ()), *mentioned]
    return Finding(inquiry.clause.want, bool(given), tuple(parts), unique_places(m.places[0] for m in given))


def _said_of(inquiry: Inquiry, mentioned: Sequence[DraftPart]) -> Finding:
    """Nothing is given to them, but they are spoken of: what is said, where, and that no money is printed."""
    said = find_detail(inquiry)
    no_money = DraftPart(PartKind.MISSING, listed("no_money_for_them", inquiry.language), (), ClaimKind.ABSENT)
    return replace(said, parts=(*said.parts, *mentioned, no_money))


def tell_given(inquiry: Inquiry) -> Finding | None:
    """That nothing is printed for the case that was told, and what comes nearest, else who gets something; None where
    nobody does."""
    if (nearest := find_nearest(inquiry)) is not None:
        text = listed("nearest_to_this", inquiry.language, ask=label("kinds", inquiry.value, inquiry.language))
        part = DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT)
        return with_nearest(inquiry, part, nearest, Missing(inquiry.value, "", None))
    members = select(Selection(Rows.SUPPORTS), inquiry.corpus.catalogue).members
    given = _recipients(members, inquiry.language)
    if not given:
        return None
    text = listed("not_for_this", inquiry.language, given=given)
    part = DraftPart(PartKind.MISSING, text, tuple(_sources(members)), ClaimKind.ABSENT)
    return Finding(inquiry.clause.want, False, (part,), missing=Missing(inquiry.value, "", None))


def _recipients(members: Sequence[Member], language: str) -> str:
    """Who gets something, as printed; of many the first, with a word that there are others."""
    printed = (m.support.support.who.text for m in members if m.support and m.support.support.who)
    unique = list(dict.fromkeys(printed))
    told = _join(unique[:_MOST_GIVEN], language)
    return listed("and_others", language, names=told) if len(unique) > _MOST_GIVEN else told


def _is_given(member: Member, groups: Sequence[str], terms: Sequence[str], catalogue: Catalogue) -> bool:
    """Of terms and groups the terms say more exactly who is meant."""
    support = member.support.support if member.support else None
    if support is None:
        return False
    if terms:
        words = (
            f"{support.who.text if support.who else ''} {support.act.text if support.act else ''} {support.beneficiary}"
        )
        return any(t.casefold() in words.casefold() for t in terms)
    where = Selection(Rows.SUPPORTS, Where(recipients=tuple(groups)))
    return member.key in select(where, catalogue).keys


def _given(inquiry: Inquiry, given: Sequence[Member], names: str) -> DraftPart:
    if given:
        teller = Teller(Selection(Rows.SUPPORTS), Table(tuple(given), 0), inquiry.corpus, inquiry.language)
        told = "；".join(teller.support_item(m).text for m in given[:_FEW])
        text = listed("for_whom", inquiry.language, names=names, count=len(given), supports=told)
        keys = tuple(m.key for m in given)
        recount = Recount(Selection(Rows.SUPPORTS, among=keys), keys)
        return DraftPart(PartKind.DIRECT, text, tuple(_sources(given)), ClaimKind.COUNTED, recount=recount)
    members = select(Selection(Rows.SUPPORTS), inquiry.corpus.catalogue).members
    others = _recipients(members, inquiry.language)
    key = "not_for_whom" if others else "no_money"
    text = listed(key, inquiry.language, **({"names": names, "given": others} if others else {}))
    return DraftPart(PartKind.MISSING, text, tuple(_sources(members)), ClaimKind.ABSENT)


def _table_of(inquiry: Inquiry, members: Sequence[Member]) -> list[DraftPart]:
    teller = Teller(Selection(Rows.SUPPORTS), Table(tuple(members), 0), inquiry.corpus, inquiry.language)
    rows = tuple(teller.item(m) for m in members)
    return [DraftPart(PartKind.TABLE, "", columns=teller.columns(), rows=rows)] if len(rows) > _FEW else []


def _mentioned(inquiry: Inquiry, terms: Sequence[str]) -> Iterator[DraftPart]:
    if not terms:
        return
    selection = Selection(Rows.MEASURES, Where(terms=tuple(terms), is_any=True))
    table = select(selection, inquiry.corpus.catalogue)
    if not table.members:
        return
    teller = Teller(selection, table, inquiry.corpus, inquiry.language)
    clauses = _join(dict.fromkeys(teller.item(m).cells[0] for m in table.members), inquiry.language)
    text = listed("mentions", inquiry.language, names="”“".join(terms), count=len(table.members), clauses=clauses)
    sources = tuple(s for m in table.members for s in teller.item(m).sources)
    yield DraftPart(PartKind.DIRECT, text, sources, ClaimKind.COUNTED, recount=Recount(selection, table.keys))


def _full_text(inquiry: Inquiry) -> Finding:
    """Every sentence; of a long notice every measure, which leads to its text."""
    notice = _notice_meant(inquiry)
    places = [p for p in inquiry.corpus.catalogue.provisions if p.notice == notice]
    measures = [p for p in inquiry.corpus.catalogue.measures if p.notice == notice]
    language = inquiry.language
    if len(places) <= _MOST_SENTENCES or not measures:
        text = listed("full_text", language, count=len(places))
        shown = [quote_part(sentence_source(p)) for p in places[:_MOST_SENTENCES]]
        direct = DraftPart(PartKind.NOTE, text, (), ClaimKind.FIXED)
        return Finding(inquiry.clause.want, True, (direct, *shown), shows_departments=False)
    selection = Selection(Rows.MEASURES, among=tuple(p.measure_key for p in measures))
    table = select(selection, inquiry.corpus.catalogue)
    teller = Teller(selection, table, inquiry.corpus, language)
    text = listed("full_text_long", language, count=len(places), **_counted(language, {"measures": len(measures)}))
    recount = Recount(selection, table.keys)
    part = DraftPart(PartKind.DIRECT, text, (), ClaimKind.COUNTED, recount=recount)
    items = tuple(teller.item(m) for m in table.members)
    count = Count(len(items), None)
    return Finding(
        inquiry.clause.want, True, (part,), items=items, count=count, recount=recount, shows_departments=False
    )


def _about(inquiry: Inquiry, notice: Notice) -> Iterator[DraftPart]:
    """Its parts by name, then what it is for; of a letter without any its first sentences."""
    catalogue, language = inquiry.corpus.catalogue, inquiry.language
    chapters = [c for c in notice.chapters if c.heading]
    measures = [p for p in catalogue.measures if p.notice == notice]
    key = "about_parts" if chapters else "about_measures"
    counts = {"measures": len(measures), **({"chapters": len(chapters)} if chapters else {})}
    parts = listed(key, language, **_counted(language, counts))
    if not chapters and len(measures) == 1 and measures[0].measure and not measures[0].measure.label:
        yield from islice(_first_sentences(inquiry, notice), _FEW)
        return
    titled = [f"{c.label}{c.title}" for c in chapters] or [p.measure.title for p in measures if p.measure]
    names = "；".join(t for t in titled if t)
    if names:
        text = listed("about", language, title=notice.title, parts=parts, names=names)
        sources = [chapter_source(Place(notice, c)) for c in chapters] or [heading_source(p) for p in measures]
        keys = tuple(c.id for c in chapters) or tuple(p.measure_key for p in measures)
        recount = Recount(Selection(Rows.CHAPTERS if chapters else Rows.MEASURES, among=keys), keys)
        yield DraftPart(PartKind.DIRECT, text, tuple(sources), ClaimKind.COUNTED, recount=recount)
    yield from state_purpose(notice, language)


def _first_sentences(inquiry: Inquiry, notice: Notice) -> Iterator[DraftPart]:
    """Those of the text that do not only open a list."""
    for place in (p for p in inquiry.corpus.catalogue.provisions if p.measure and p.notice == notice):
        provision = place.provision
        if provision and provision.items and not provision.text.rstrip().endswith(("：", ":")):
            yield state_item(ItemMatch(place, provision.items[0], 0.0), inquiry.language)


def _money(inquiry: Inquiry) -> Iterator[DraftPart]:
    catalogue, language = inquiry.corpus.catalogue, inquiry.language
    priced, unpriced = (select(s, catalogue).members for s in (_PRICED, _UNPRICED))
    if not priced and not unpriced:
        text = listed("no_money", language)
        yield DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT)
        return
    if priced:
        first = priced[0]
        teller = Teller(_PRICED, Table(priced, len(priced)), inquiry.corpus, language)
        fields = {"count": len(priced), "amount": teller.amount(first), "support": teller.support_item(first).text}
        text = listed("money" if len(priced) > 1 else "money_one", language, **fields)
        recount = Recount(_PRICED, tuple(m.key for m in priced))
        yield DraftPart(PartKind.DIRECT, text, tuple(_sources([first])), ClaimKind.COUNTED, recount=recount)
    if unpriced:
        whom = dict.fromkeys(who_and_act(m.support.support) for m in unpriced if m.support)
        supports = "；".join([w for w in whom if w][:_MOST_NAMED])
        key = "money_unpriced" if priced else "money_none_priced"
        text = listed(key, language, count=len(unpriced), supports=supports)
        recount = Recount(_UNPRICED, tuple(m.key for m in unpriced))
        sources = tuple(_sources(unpriced))
        yield DraftPart(PartKind.DIRECT, text, sources, ClaimKind.COUNTED, recount=recount)


def _bodies(inquiry: Inquiry) -> Iterator[DraftPart]:
    selection = Selection(Rows.DEPARTMENTS, counted=Rows.MEASURES, order=Order.SORTED)
    table = select(selection, inquiry.corpus.catalogue)
    if not table.members:
        return
    most = [m for m in table.members if m.size == table.members[0].size][:_FEW]
    names = _join((m.key for m in most), inquiry.language)
    text = listed("bodies", inquiry.language, count=len(table.members), names=names, size=f"{most[0].size:f}")
    sources = tuple(s for m in most for s in responsibility_sources(m.places[0])[:1])
    yield DraftPart(PartKind.DIRECT, text, sources, ClaimKind.COUNTED, recount=Recount(selection, table.keys))


def _join(names: Iterable[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(names)


def _sources(members: Sequence[Member]) -> Iterator[Source]:
    return (sentence_source(m.support.place, m.support.item) for m in members if m.support)


def _notice_meant(inquiry: Inquiry) -> Notice:
    """The one that the message fits best."""
    best = next((m.place.notice for m in inquiry.ranking.provisions), None)
    return best or inquiry.corpus.catalogue.notices[0]


_BY_SHOWN: Mapping[str, Callable[[Inquiry], Finding]] = {
    "outline": _outline,
    "summary": _summary,
    "highlights": _highlights,
    "benefits": _benefits,
    "full_text": _full_text,
}
