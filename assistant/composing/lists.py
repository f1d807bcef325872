"""Answers lists and counts from the catalogue: complete by construction, each member cited."""

import re
from collections.abc import Sequence

from assistant.answer import Count, PartKind
from assistant.composing.absent import find_absent
from assistant.composing.details import find_detail, state_items
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
from assistant.composing.list_kinds import Selection, choose_list
from assistant.composing.recount import brands, leads, named_kinds, priced_supports, recompute, support_id
from assistant.composing.stating import state_support
from assistant.composing.wording import join_names, name_label, name_measure, unique_places
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch
from assistant.naming.subject import SubjectKind
from corpus.catalogue import Catalogue, Place, SupportRow

_MOST_NAMED_REST = 4
_MOST_QUOTED = 2
_NAMES_BODIES = frozenset({"measures_fewest_departments", "measures_of_one"})
_LONGEST_OPENING = 40
_END_OF_OPENING = re.compile("[，。；：]")
_ASKS_FOR_BODIES = re.compile(r"谁负责|归谁|谁管|牵头|部门|单位|responsible|department|in charge", re.IGNORECASE)
_CALLED = re.compile(r"(?:叫|带|称)(?:做|作)?[“\"']?(?P<name>[\u4e00-\u9fff]{1,3})[”\"']?(?:字)?的")
_KIND_ASKED = re.compile(
    r"(?:哪些|哪几(?:种|个|类)|[几多少]+(?:种|类|个))[“\"']?(?P<after>[\u4e00-\u9fff]{1,4})"
    r"|(?P<before>[\u4e00-\u9fff]{1,4}?)(?:都|一共|总共)?有(?:哪些|哪几(?:种|个)|几种|几类)"
)


def find_list(inquiry: Inquiry) -> Finding:
    """The members of the list that the question means, counted."""
    return _find(inquiry, choose_list(inquiry))


def find_named_kinds(inquiry: Inquiry) -> Finding | None:
    """有哪些券: the names of one kind, where the catalogue can tell that they are all."""
    called = _CALLED.search(inquiry.text)
    named = {s.text for s in inquiry.names if s.kind is not SubjectKind.DOCUMENT}
    nouns = [(m["after"] or m["before"], bool(m["before"])) for m in _KIND_ASKED.finditer(inquiry.clause.text)]
    for noun, is_before in [*([(called["name"], False)] if called else []), *nouns]:
        for start in range(len(noun)):
            kind = noun[start:] if is_before else noun[: len(noun) - start]
            if named <= {kind} and len(recompute("named_kinds", (kind,), inquiry.corpus)) > 1:
                selection = Selection(
                    "named_kinds", (kind,), f"通知用引号点名的{kind}", f"Names of {kind} in quotation marks", "种"
                )
                return _find(inquiry, selection)
    return None


def _find(inquiry: Inquiry, selection: Selection) -> Finding:
    members = recompute(selection.table, selection.keys, inquiry.corpus)
    items = _items(selection, members, inquiry)
    recount = Recount(selection.table, selection.keys, members)
    if not items and selection.is_unknown_department:
        if duties := _sentences_on_duties(selection, inquiry):
            return state_items(inquiry, duties)
        if _tells_more(selection, inquiry):
            return find_detail(inquiry)
    if not items:
        return _nothing(inquiry, selection)
    text = _headline(selection, members, inquiry)
    part = DraftPart(PartKind.DIRECT, text, _headline_sources(selection, items), ClaimKind.COUNTED, recount=recount)
    return Finding(
        inquiry.clause.want,
        True,
        (part, *_quotes_of_few(selection, items)),
        carriers=_carriers(selection, items),
        items=items,
        count=Count(len(members), _whole(selection, inquiry)),
        recount=recount,
        shows_departments=len(items) == 1 and bool(_ASKS_FOR_BODIES.search(inquiry.text)),
    )


def _quotes_of_few(selection: Selection, items: Sequence[DraftItem]) -> list[DraftPart]:
    """The sentences themselves, where only one or two print a term, or one gives the sum."""
    is_one_support = selection.table.startswith("supports") and len(items) == 1
    if not is_one_support and (selection.table != "measures_with" or len(items) > _MOST_QUOTED):
        return []
    sources = dict.fromkeys(s for i in items for s in i.sources if s.place.provision)
    return [quote_part(s) for s in sources]


def _carriers(selection: Selection, items: Sequence[DraftItem]) -> tuple[Place, ...]:
    """The measure of a single support, whose departments belong to the answer."""
    return unique_places(s.place for i in items for s in i.sources) if selection.table.startswith("supports") else ()


def _items(selection: Selection, members: Sequence[str], inquiry: Inquiry) -> tuple[DraftItem, ...]:
    catalogue = inquiry.corpus.catalogue
    if selection.table.startswith("measures"):
        places = [catalogue.place_of_measure[m] for m in members]
        return tuple(_measure_item(p, selection, inquiry) for p in places)
    if selection.table.startswith("supports"):
        rows = {support_id(r): r for r in catalogue.supports}
        return tuple(_support_item(rows[m]) for m in members)
    if selection.table.startswith("chapters"):
        return tuple(_chapter_item(p) for p in _places_of(members, catalogue))
    if selection.table == "brands":
        places_of = {term: place for place, term in brands(catalogue)}
        return tuple(DraftItem(m, (sentence_source(places_of[m]),)) for m in members)
    if selection.table == "named_kinds":
        return tuple(DraftItem(m, (sentence_source(p),)) for p, m in named_kinds(catalogue, selection.keys[0]))
    return tuple(_department_item(m, selection, inquiry) for m in members)


def _measure_item(place: Place, selection: Selection, inquiry: Inquiry) -> DraftItem:
    """The measure by label and title; the few departments where the list is about their number."""
    opening = _opening(place)
    name = _name_in_list(place, inquiry.language) + (f" {opening[1]}" if opening else "")
    departments = place.measure.departments if place.measure else ()
    if selection.table in _NAMES_BODIES and len(departments) <= _MOST_NAMED_REST:
        names = join_names(departments, inquiry.language, inquiry.corpus.departments)
        name = f"{name}（{names}）" if inquiry.language == "zh" else f"{name}: {names}"
    sources = _measure_sources(selection, place)
    return DraftItem(name, (*sources, opening[0]) if opening and opening[0] not in sources else sources)


def _opening(place: Place) -> tuple[Source, str] | None:
    """The first words of a measure without a title, which by its number alone says nothing."""
    provision = next(iter(place.measure.provisions), None) if place.measure else None
    if provision is None or (place.measure and place.measure.title):
        return None
    source = sentence_source(Place(place.notice, place.chapter, place.measure, provision))
    words = _END_OF_OPENING.split(provision.text, maxsplit=1)[0]
    return source, words if len(words) <= _LONGEST_OPENING else f"{words[:_LONGEST_OPENING]}…"


def _name_in_list(place: Place, language: str) -> str:
    if language == "en" or place.measure is None:
        return name_measure(place, language)
    return f"{name_label(place.measure)} {place.measure.title}".strip()


def _measure_sources(selection: Selection, place: Place) -> tuple[Source, ...]:
    """The words that make the measure a member: its departments, the sentence with the term, else its heading."""
    if selection.by_departments and (sources := responsibility_sources(place)):
        return sources
    if selection.table == "measures_with" and place.measure:
        for provision in place.measure.provisions:
            if any(k.casefold() in provision.text.casefold() for k in selection.keys):
                return (sentence_source(Place(place.notice, place.chapter, place.measure, provision)),)
    return (heading_source(place),)


def _support_item(row: SupportRow) -> DraftItem:
    label = name_label(row.place.measure) if row.place.measure else ""
    return DraftItem(f"{state_support(row)}（{label}）", (sentence_source(row.place, row.item),))


def _places_of(chapter_ids: Sequence[str], catalogue: Catalogue) -> list[Place]:
    """With measures in them or without."""
    places = {c.id: Place(n, c) for n in catalogue.notices for c in n.chapters}
    return [places[i] for i in chapter_ids]


def _chapter_item(place: Place) -> DraftItem:
    chapter = place.chapter
    labels = "、".join(name_label(m) for m in chapter.measures) if chapter else ""
    return DraftItem(f"{chapter.label}{chapter.title}（{labels}）" if chapter else "", (chapter_source(place),))


def _department_item(name: str, selection: Selection, inquiry: Inquiry) -> DraftItem:
    places = inquiry.corpus.catalogue.measures_of(name)
    inside = [p for p in places if not selection.keys or p.measure_key in selection.keys]
    if selection.table == "departments_leading":
        inside = [p for p in places if leads(p, name)]
    text = name if inquiry.language == "zh" else join_names([name], "en", inquiry.corpus.departments)
    return DraftItem(text, responsibility_sources((inside or list(places))[0]))


def _headline_sources(selection: Selection, items: Sequence[DraftItem]) -> tuple[Source, ...]:
    """Only short lists repeat their sources on the headline; in long ones each item has its own mark."""
    return tuple(s for item in items for s in item.sources) if len(items) == 1 else ()


def _headline(selection: Selection, members: Sequence[str], inquiry: Inquiry) -> str:
    whole = _whole(selection, inquiry)
    if inquiry.language == "en":
        of = f" of {whole}" if whole else ""
        return f"{selection.english}: {len(members)}{of}."
    unit = selection.unit
    if selection.table.startswith(("departments_most", "departments_least")):
        share = len(inquiry.corpus.catalogue.measures_of(members[0]))
        return f"{selection.chinese}是{'、'.join(members)}，{share}条。"
    if selection.table in {"measures", "departments", "chapters", "departments_of"}:
        return f"{selection.chinese}共{len(members)}{unit}。"
    if selection.table in {"measures_most_departments", "measures_fewest_departments"}:
        share = len(recompute("departments_of", tuple(members[:1]), inquiry.corpus))
        return f"{selection.chinese}有{share}个责任部门，全文{whole}条中有{len(members)}条。"
    of = f"全文{whole}{unit}中有{len(members)}{unit}" if whole else f"共{len(members)}{unit}"
    return f"{selection.chinese}：{of}。{_rest(selection, members, inquiry)}"


def _rest(selection: Selection, members: Sequence[str], inquiry: Inquiry) -> str:
    """The few measures that are not in a long list, by name."""
    catalogue = inquiry.corpus.catalogue
    if not selection.table.startswith("measures") or selection.table == "measures_in_chapter":
        return ""
    others = [p for p in catalogue.measures if p.measure_key not in members]
    if not 0 < len(others) <= _MOST_NAMED_REST or len(catalogue.notices) > 1:
        return ""
    return f"不在其中的是{'、'.join(name_label(p.measure) for p in others if p.measure)}。"


def _whole(selection: Selection, inquiry: Inquiry) -> int | None:
    catalogue = inquiry.corpus.catalogue
    if selection.table.startswith("measures") and selection.table != "measures":
        return len(catalogue.measures)
    if selection.table in {"supports_of_sum", "supports_period"}:
        return len(priced_supports(catalogue))
    return None


def _sentences_on_duties(selection: Selection, inquiry: Inquiry) -> list[ItemMatch]:
    """司法部负责组织协调: what a sentence outside the brackets gives the body to do."""
    found = [p for p in inquiry.corpus.catalogue.provisions if p.measure and p.provision]
    duty = re.compile(f"(?:{'|'.join(map(re.escape, selection.keys))})(?:要|应当?|负责|会同|牵头|统筹|组织|加强|抓紧)")
    items = [ItemMatch(p, i, 0.0) for p in found if p.provision for i in p.provision.items]
    return [m for m in items if duty.search(m.item.text)][:_MOST_QUOTED]


def _tells_more(selection: Selection, inquiry: Inquiry) -> bool:
    """工信部提出了哪些办公方式: beside the body that no measure names, words that the text prints."""
    knows = inquiry.corpus.keywords.knows
    named = "".join((*selection.keys, *(s.text for s in inquiry.of_kind(SubjectKind.DEPARTMENT))))
    return any(knows(w) and w not in named for w in inquiry.content)


def _nothing(inquiry: Inquiry, selection: Selection) -> Finding:
    """No member: counted as none where the catalogue can tell, and said so."""
    if selection.table == "supports_all":
        return find_absent(inquiry)
    text = f"{selection.chinese}：没有，目录中一条也没有。"
    if inquiry.language == "en":
        text = f"{selection.english}: none."
    recount = Recount(selection.table, selection.keys, ())
    part = DraftPart(PartKind.DIRECT, text, (), ClaimKind.COUNTED, recount=recount)
    is_filled = selection.table != "measures_with" and not selection.is_unknown_department
    return Finding(
        inquiry.clause.want, is_filled, (part,), count=Count(0, _whole(selection, inquiry)), shows_departments=False
    )
