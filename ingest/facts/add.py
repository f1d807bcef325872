"""Fills in what the items of a notice state: supports, sums, counted quantities, slots, terms, references."""

import re
from dataclasses import replace

from corpus.language.amounts import read_amounts
from corpus.language.sentences import cut_items
from corpus.notice import Annex, Chapter, Item, Measure, Notice, Phrase, Provision, Reference
from ingest.facts.giving.continued import join_supports
from ingest.facts.reading import Reading
from ingest.facts.supports import place_amount, read_supports
from ingest.facts.values import read_values
from ingest.parsing.front import DOCUMENT_NUMBER
from ingest.parsing.view import View

_TERM = re.compile(r"“([^“”]{1,24})”|「([^「」]{1,24})」")
_REFERENCE = re.compile(r"《(?P<title>[^《》]{2,80})》(?:[（(](?P<number>[^（）()]{4,40}号)[）)])?")
# Several documents in a row (根据《甲》《乙》和《丙》) share one verb and its issuers.
_BASIS = re.compile(
    r"(?:根据|依据|按照|落实|遵照)(?P<issuers>[^《》。；]{0,80})(?:《[^《》]*》(?:（[^（）]*）)?[、，和及以与]*)*$"
)
_ISSUERS = re.compile(r"(?:[^，。；]*(?:部|委|院|厅|局|办|会|政府|中央)[^，。；]*)$")


def add_facts(notice: Notice, view: View) -> Notice:
    """The same notice with what its sentences state; `view` is that of its whole text."""
    around = _Around(view)
    full = replace(
        notice,
        preamble=tuple(around.fill(p, ()) for p in notice.preamble),
        chapters=tuple(_fill_chapter(c, around) for c in notice.chapters),
        closing=tuple(around.fill(p, ()) for p in notice.closing),
        annexes=tuple(_fill_annex(a, around) for a in notice.annexes),
    )
    return replace(full, references=_find_references(full))


class _Around:
    """Fills in sentence by sentence and remembers what was read before."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._lead_ins: dict[str, View] = {}
        self._before: tuple[Phrase | None, View] | None = None

    def fill(self, provision: Provision, headings: tuple[Phrase, ...]) -> Provision:
        """`headings` stand above it, the innermost first."""
        words = self.view.within(provision.start, provision.end)
        self._lead_ins[provision.id] = words
        above = tuple(self.view.within(h.start, h.end) for h in headings)
        items: list[Item] = []
        for begin, end in cut_items(words.text):
            part = words.part(begin, end)
            reading = Reading(
                part, self._item_before(headings), self._lead_ins.get(provision.lead_in), above, provision.cells
            )
            items.append(_read_item(reading))
            self._before = (headings[0] if headings else None, part)
        return replace(provision, items=tuple(items), terms=_find_terms(provision))

    def _item_before(self, headings: tuple[Phrase, ...]) -> View | None:
        """The item before under the same heading."""
        is_same = self._before and self._before[0] == (headings[0] if headings else None)
        return self._before[1] if self._before and is_same else None


def _fill_chapter(chapter: Chapter, around: _Around) -> Chapter:
    above = (chapter.heading,) if chapter.heading else ()
    provisions = join_supports(tuple(around.fill(p, above) for p in chapter.provisions), around.view)
    return replace(
        chapter, provisions=provisions, measures=tuple(_fill_measure(m, above, around) for m in chapter.measures)
    )


def _fill_measure(measure: Measure, above: tuple[Phrase, ...], around: _Around) -> Measure:
    points = {p.path: p.heading for p in measure.points}
    filled = (around.fill(p, (*_headings_of(p.point, points), measure.heading, *above)) for p in measure.provisions)
    return replace(measure, provisions=join_supports(tuple(filled), around.view))


def _headings_of(path: str, points: dict[str, Phrase]) -> tuple[Phrase, ...]:
    """Of the point and those around it, the innermost first."""
    found: list[Phrase] = []
    while path:
        if path in points:
            found.append(points[path])
        path = path.rpartition(".")[0]
    return tuple(found)


def _fill_annex(annex: Annex, around: _Around) -> Annex:
    return replace(annex, provisions=tuple(around.fill(p, (annex.heading,)) for p in annex.provisions))


def _read_item(reading: Reading) -> Item:
    """Amounts carry the words and places of the canonical text, whatever they were read from."""
    words = reading.words
    amounts = read_amounts(words.text)
    placed = tuple(place_amount(a, words) for a in amounts)
    whole = words.phrase(0, len(words.text))
    return Item(whole.text, whole.start, whole.end, read_supports(reading, amounts), placed, read_values(reading))


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
