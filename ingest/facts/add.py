"""Fills in what the items of a notice state: supports, sums, counted quantities, slots, terms, references."""

import re
from dataclasses import replace

from corpus.language.amounts import read_amounts
from corpus.notice import Chapter, Item, Measure, Notice, Phrase, Provision, Reference
from ingest.facts.slots import read_slots
from ingest.facts.supports import read_supports
from ingest.parsing.front import DOCUMENT_NUMBER
from ingest.parsing.sentences import cut_items

_TERM = re.compile(r"“([^“”]{1,24})”|「([^「」]{1,24})」")
_REFERENCE = re.compile(r"《(?P<title>[^《》]{2,80})》(?:[（(](?P<number>[^（）()]{4,40}号)[）)])?")
# Several documents in a row (根据《甲》《乙》和《丙》) share one verb and its issuers.
_BASIS = re.compile(
    r"(?:根据|依据|按照|落实|遵照)(?P<issuers>[^《》。；]{0,80})(?:《[^《》]*》(?:（[^（）]*）)?[、，和及以与]*)*$"
)
_ISSUERS = re.compile(r"(?:[^，。；]*(?:部|委|院|厅|局|办|会|政府|中央)[^，。；]*)$")


def add_facts(notice: Notice) -> Notice:
    """The same notice with items, supports, slots, terms and references filled in."""
    full = replace(
        notice,
        preamble=tuple(_fill(p) for p in notice.preamble),
        chapters=tuple(_fill_chapter(c) for c in notice.chapters),
        closing=tuple(_fill(p) for p in notice.closing),
    )
    return replace(full, references=_find_references(full))


def _fill_chapter(chapter: Chapter) -> Chapter:
    measures = tuple(_fill_measure(m) for m in chapter.measures)
    return replace(chapter, provisions=tuple(_fill(p) for p in chapter.provisions), measures=measures)


def _fill_measure(measure: Measure) -> Measure:
    return replace(measure, provisions=tuple(_fill(p) for p in measure.provisions))


def _fill(provision: Provision) -> Provision:
    items = tuple(_fill_item(phrase) for phrase in cut_items(provision.text, provision.start))
    return replace(provision, items=items, terms=_find_terms(provision))


def _fill_item(phrase: Phrase) -> Item:
    amounts = tuple(
        replace(a, start=a.start + phrase.start, end=a.end + phrase.start) for a in read_amounts(phrase.text)
    )
    return Item(phrase.text, phrase.start, phrase.end, read_supports(phrase, amounts), amounts, read_slots(phrase))


def _find_terms(provision: Provision) -> tuple[Phrase, ...]:
    """Names in quotation marks, without the marks."""
    return tuple(
        Phrase(m[m.lastindex or 1], provision.start + m.start() + 1, provision.start + m.end() - 1)
        for m in _TERM.finditer(provision.text)
    )


def _find_references(notice: Notice) -> tuple[Reference, ...]:
    """Other documents by title, once each; a basis is one that the preamble says the notice follows."""
    found: dict[str, Reference] = {}
    preamble = {p.id for p in notice.preamble}
    for provision in notice.provisions():
        for match in _REFERENCE.finditer(provision.text):
            title = match["title"]
            if title in notice.title or notice.title in title or title in found:
                continue
            basis = _BASIS.search(provision.text[: match.start()])
            issuers = _ISSUERS.search(basis["issuers"]) if basis else None
            number = match["number"] if match["number"] and DOCUMENT_NUMBER.search(match["number"]) else None
            place = Phrase(match.group(), provision.start + match.start(), provision.start + match.end())
            is_basis = basis is not None and provision.id in preamble
            found[title] = Reference(title, number, issuers.group() if issuers else None, is_basis, place)
    return tuple(found.values())
