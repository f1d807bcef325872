"""Answers lists, counts and ranks from the catalogue: complete by construction, each row cited."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Count, PartKind
from assistant.composing.departments import find_departments, state_departments
from assistant.composing.details import find_detail, state_items
from assistant.composing.draft import ClaimKind, DraftItem, DraftPart, Finding, Recount
from assistant.composing.stating import quotes_of
from assistant.composing.wording import unique_places
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch
from assistant.listing.reading import read_selection
from assistant.listing.selection import Order, Rows, Selection, Table, Where, select
from assistant.listing.telling import Teller
from assistant.naming.subject import SubjectKind
from assistant.understanding.frame import Operation
from corpus.catalogue import Place
from corpus.notice import Role

_MOST_QUOTED = 2
_FEWEST_NAMES = 2
_OF_SEVERAL = frozenset({Operation.LIST, Operation.COUNT})
_KIND_ASKED = re.compile(
    r"(?:哪些|哪几(?:种|个|类)|[几多少]+(?:种|类|个))[“\"']?(?P<after>[\u4e00-\u9fff]{1,4})"
    r"|(?P<before>[\u4e00-\u9fff]{1,4}?)(?:(?:都|一共|总共|共)?有(?:哪些|哪几(?:种|个)|几种|几类|几个|多少个)|(?:一共|总共|共)(?:几|多少)个)"
)
_ENDS = {Order.MOST: Order.LEAST, Order.LEAST: Order.MOST}
_BOTH_ENDS = (re.compile("最[高多大]|highest|largest|most"), re.compile("最[低少小]|lowest|smallest|least"))
_MOST_TERMS = 2
_MEASURES_TOO = re.compile("[几多少]+条")
_CHAPTERS_TOO = re.compile("[几多少]+个?(?:大?部分|章|大块|板块)")


def find_list(inquiry: Inquiry) -> Finding | None:
    """The rows of the catalogue that the clause asks for; None where it asks for something else."""
    selection = read_selection(inquiry)
    if selection is None:
        return None
    if _asks_for_some(selection, inquiry):
        return None
    if selection.is_everything and (kinds := find_named_kinds(inquiry)):
        return kinds
    if _is_of_measures(selection, inquiry):
        keys = selection.where.inside
        return find_departments(inquiry) if len(keys) == 1 else find_shared(inquiry, keys)
    if _is_of_one_support(selection, inquiry):
        return None
    if _asks_for_too_much(selection, inquiry):
        return None
    answered = answer_selection(inquiry, selection)
    if selection.order in _ENDS and all(p.search(inquiry.clause.text) for p in _BOTH_ENDS):
        other = replace(selection, order=_ENDS[selection.order])
        return replace(answered, parts=(*answered.parts[:1], _headline(inquiry, other), *answered.parts[1:]))
    is_whole = selection.is_everything and selection.rows is Rows.MEASURES
    if is_whole and _CHAPTERS_TOO.search(inquiry.clause.text):
        return _with_chapters(inquiry, answered)
    is_of_chapters = selection.is_everything and selection.rows is Rows.CHAPTERS
    if is_of_chapters and _MEASURES_TOO.search(inquiry.clause.text):
        return replace(answered, parts=(_headline(inquiry, Selection(Rows.MEASURES)), *answered.parts))
    return answered


def _asks_for_too_much(selection: Selection, inquiry: Inquiry) -> bool:
    """No measure prints all of three words or more: they rather describe one that says it otherwise."""
    is_of_words = selection.rows is Rows.MEASURES and len(selection.where.terms) > _MOST_TERMS
    return is_of_words and not select(selection, inquiry.corpus.catalogue).members


def _with_chapters(inquiry: Inquiry, answered: Finding) -> Finding:
    """几个部分、多少条: how many chapters there are, too."""
    part = _headline(inquiry, Selection(Rows.CHAPTERS))
    has_some = part.recount is not None and bool(part.recount.keys)
    return replace(answered, parts=(part, *answered.parts)) if has_some else answered


def _headline(inquiry: Inquiry, selection: Selection) -> DraftPart:
    """The line that answers, without the list."""
    table = select(selection, inquiry.corpus.catalogue)
    teller = Teller(selection, table, inquiry.corpus, inquiry.language)
    told = table.members if selection.order in _ENDS else ()
    sources = tuple(dict.fromkeys(s for m in told for s in teller.item(m).sources))
    recount = Recount(selection, table.keys)
    return DraftPart(PartKind.DIRECT, teller.headline(), sources, ClaimKind.COUNTED, recount=recount)


def _asks_for_some(selection: Selection, inquiry: Inquiry) -> bool:
    """跟初创公司有关的条款: it is of some clauses, by words that no condition was made of; the whole list is no answer."""
    is_listed = inquiry.clause.want.operation in {Operation.LIST, Operation.STATE}
    is_whole = selection.is_everything and selection.rows is Rows.MEASURES and selection.order is Order.PRINTED
    return is_whole and is_listed and bool(inquiry.content)


def find_shared(inquiry: Inquiry, keys: tuple[str, ...]) -> Finding:
    """The departments of each measure, and those in common; these first where they are compared, but for who leads."""
    shared = answer_selection(inquiry, Selection(Rows.DEPARTMENTS, Where(inside=keys)))
    places = [inquiry.corpus.catalogue.place_of_measure[k] for k in keys]
    stated = [part for place in places for part in state_departments(place, inquiry)]
    compares = inquiry.clause.want.operation is Operation.COMPARE and inquiry.clause.listing.role != Role.LEAD
    parts = (*shared.parts, *stated) if compares else (*stated, *shared.parts)
    return Finding(inquiry.clause.want, True, parts, tuple(places))


def _is_of_measures(selection: Selection, inquiry: Inquiry) -> bool:
    """The departments of one measure, or of each that is named, are said with the role that each has there."""
    where, operation = selection.where, inquiry.clause.want.operation
    if selection.rows is not Rows.DEPARTMENTS or where != Where(inside=where.inside, role=where.role):
        return False
    if not where.inside or not set(where.inside) <= set(inquiry.corpus.catalogue.place_of_measure):
        return False
    return operation is not Operation.COUNT and not where.is_any


def _is_of_one_support(selection: Selection, inquiry: Inquiry) -> bool:
    """500万元是给谁的: what is asked of the only one, or of a thing that is named and has none, is stated and no list."""
    where, operation = selection.where, inquiry.clause.want.operation
    said = Where(terms=where.terms, is_priced=where.is_priced, paid=where.paid, sums=where.sums)
    if selection.rows is not Rows.SUPPORTS or operation in _OF_SEVERAL or where != said:
        return False
    given = len(select(Selection(Rows.SUPPORTS, where), inquiry.corpus.catalogue).members)
    return (given == 1 and operation is not Operation.RANK) or (given == 0 and bool(where.terms))


def find_named_kinds(inquiry: Inquiry) -> Finding | None:
    """有哪些券: the names of one kind, where the catalogue can tell that they are all."""
    named = {s.text for s in inquiry.names if s.kind is not SubjectKind.DOCUMENT}
    for match in _KIND_ASKED.finditer(inquiry.clause.text):
        noun = match["after"] or match["before"]
        ends = [noun[at:] for at in range(len(noun))]
        for kind in ends if match["before"] else [*(noun[: len(noun) - at] for at in range(len(noun))), *ends[1:]]:
            selection = Selection(Rows.NAMES, Where(terms=(kind,)))
            if named <= {kind} and len(select(selection, inquiry.corpus.catalogue).members) >= _FEWEST_NAMES:
                return answer_selection(inquiry, selection)
    return None


def answer_selection(inquiry: Inquiry, selection: Selection) -> Finding:
    """The rows that were selected: one line that answers, the list, a table where it holds sums."""
    table = select(selection, inquiry.corpus.catalogue)
    if not table.members and (other := _beside_brackets(inquiry, selection)):
        return other
    teller = Teller(selection, table, inquiry.corpus, inquiry.language)
    items = tuple(teller.item(m) for m in table.members)
    recount = Recount(selection, table.keys)
    sources = items[0].sources if len(items) == 1 else ()
    direct = DraftPart(PartKind.DIRECT, teller.headline(), sources, ClaimKind.COUNTED, recount=recount)
    shown = _table(inquiry, teller, items)
    return Finding(
        inquiry.clause.want,
        bool(items) or not _is_of_strangers(selection, inquiry),
        (direct, *shown, *_quotes(selection, items, direct)),
        carriers=_carriers(selection, items),
        items=items,
        count=_count(selection, table),
        recount=recount,
        shows_departments=selection.rows is Rows.SUPPORTS and len(items) == 1,
    )


def _is_of_strangers(selection: Selection, inquiry: Inquiry) -> bool:
    """By a word or a department that the notice does not print, so that an empty list says no more than that."""
    known = inquiry.corpus.catalogue.departments
    return bool(selection.where.terms) or any(d not in known for d in selection.where.departments)


def _table(inquiry: Inquiry, teller: Teller, items: Sequence[DraftItem]) -> list[DraftPart]:
    """Sums side by side, and whatever is wished as a table."""
    is_of_sums = teller.selection.rows is Rows.SUPPORTS or teller.selection.rows is Rows.SUMS
    if len(items) < _FEWEST_NAMES or not (is_of_sums or inquiry.clause.listing.table):
        return []
    return [DraftPart(PartKind.TABLE, "", columns=teller.columns(), rows=tuple(items))]


def _quotes(selection: Selection, items: Sequence[DraftItem], direct: DraftPart) -> list[DraftPart]:
    """The sentences themselves, where only one or two print a term, or one gives the sum."""
    is_one_support = selection.rows is Rows.SUPPORTS and len(items) == 1
    is_of_terms = selection.rows is Rows.MEASURES and bool(selection.where.terms) and len(items) <= _MOST_QUOTED
    if not is_one_support and not is_of_terms:
        return []
    sources = [s for i in items for s in i.sources if s.place.provision]
    return quotes_of(sources, (direct,))


def _carriers(selection: Selection, items: Sequence[DraftItem]) -> tuple[Place, ...]:
    """The measures of the supports, whose departments belong to the answer."""
    return unique_places(s.place for i in items for s in i.sources) if selection.rows is Rows.SUPPORTS else ()


def _count(selection: Selection, table: Table) -> Count | None:
    """Of the highest there is no count that anybody asked for."""
    if selection.order in {Order.MOST, Order.LEAST}:
        return None
    return Count(len(table.members), _whole(selection, table))


def _whole(selection: Selection, table: Table) -> int | None:
    """What the members are reckoned against, where conditions choose some of all."""
    is_reckoned = selection.rows in {Rows.MEASURES, Rows.SUPPORTS, Rows.CHAPTERS} and not selection.where.inside
    is_all = selection.is_everything and selection.order is Order.PRINTED
    return table.whole if is_reckoned and not is_all else None


def _beside_brackets(inquiry: Inquiry, selection: Selection) -> Finding | None:
    """Of a body that no measure names: what a sentence gives it to do, or what is said with words that are printed."""
    bodies = selection.where.departments
    if not any(d not in inquiry.corpus.catalogue.departments for d in bodies):
        return None
    if duties := _sentences_on_duties(bodies, inquiry):
        return state_items(inquiry, duties)
    knows = inquiry.corpus.keywords.knows
    named = "".join((*bodies, *(s.text for s in inquiry.of_kind(SubjectKind.DEPARTMENT))))
    return find_detail(inquiry) if any(knows(w) and w not in named for w in inquiry.content) else None


def _sentences_on_duties(bodies: Sequence[str], inquiry: Inquiry) -> list[ItemMatch]:
    """司法部负责组织协调: what a sentence outside the brackets gives the body to do."""
    found = [p for p in inquiry.corpus.catalogue.provisions if p.measure and p.provision]
    items = [ItemMatch(p, i, 0.0) for p in found if p.provision for i in p.provision.items]
    return [m for m in items if any(a.name.text in bodies for a in m.item.actors)][:_MOST_QUOTED]
