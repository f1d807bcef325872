"""Fills in what a notice states: supports, sums, values and actors item by item, then references and validity."""

import re
from dataclasses import replace

from corpus.language.amounts import read_amounts
from corpus.language.sentences import cut_items
from corpus.notice import Annex, Chapter, Item, Measure, Notice, Phrase, Provision, ProvisionKind
from ingest.facts.actors import read_actors
from ingest.facts.giving.continued import join_supports
from ingest.facts.reading import Reading
from ingest.facts.references import read_references
from ingest.facts.supports import place_amount, read_supports
from ingest.facts.validity import read_validity
from ingest.facts.values import names_year_only, read_values
from ingest.parsing.headings import read_heading_mark
from ingest.parsing.view import View

_TERM = re.compile(r"“([^“”]{1,24})”|「([^「」]{1,24})」")


def add_facts(notice: Notice, view: View) -> Notice:
    """The same notice with what its sentences state; `view` is that of its whole text."""
    around = _Around(view)
    full = replace(
        notice,
        preamble=tuple(around.fill(p, ()) for p in notice.preamble),
        chapters=tuple(_fill_chapter(c, around) for c in notice.chapters),
        closing=tuple(around.fill(p, ()) for p in notice.closing),
        annexes=tuple(_fill_annex(a, around) for a in notice.annexes),
        items=around.read(notice.contact, ()),
    )
    return replace(full, references=read_references(full, view), validity=read_validity(full, view))


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
                _without_mark(part, provision) if not items else part,
                self._item_before(headings),
                self._lead_ins.get(provision.lead_in),
                above,
                provision.cells,
            )
            items.append(_read_item(reading, part))
            self._before = (headings[0] if headings else None, part)
        return replace(provision, items=tuple(items), terms=_find_terms(provision))

    def read(self, line: Phrase | None, headings: tuple[Phrase, ...]) -> tuple[Item, ...]:
        """The items of a heading or another line that is no sentence; those of nothing where they state nothing."""
        if line is None:
            return ()
        words = self.view.within(line.start, line.end)
        above = tuple(self.view.within(h.start, h.end) for h in headings)
        parts = (words.part(b, e) for b, e in cut_items(words.text))
        read = (_read_item(Reading(part, headings=above), part) for part in parts)
        items = (replace(i, values=tuple(v for v in i.values if not names_year_only(v))) for i in read)
        return tuple(i for i in items if i.supports or i.amounts or i.values or i.actors)

    def _item_before(self, headings: tuple[Phrase, ...]) -> View | None:
        """The item before under the same heading."""
        is_same = self._before and self._before[0] == (headings[0] if headings else None)
        return self._before[1] if self._before and is_same else None


def _fill_chapter(chapter: Chapter, around: _Around) -> Chapter:
    above = (chapter.heading,) if chapter.heading else ()
    provisions = join_supports(tuple(around.fill(p, above) for p in chapter.provisions), around.view)
    return replace(
        chapter,
        provisions=provisions,
        measures=tuple(_fill_measure(m, above, around) for m in chapter.measures),
        items=around.read(chapter.heading, ()),
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
    points = {p.path: p.heading for p in annex.points}
    provisions = tuple(around.fill(p, (*_headings_of(p.point, points), annex.heading)) for p in annex.provisions)
    return replace(annex, provisions=provisions, items=around.read(annex.heading, ()))


def _without_mark(words: View, provision: Provision) -> View:
    """What a point says without the number it begins with."""
    mark = read_heading_mark(words.text) if provision.kind is ProvisionKind.POINT else None
    return words.part(mark.length, len(words.text)) if mark else words


def _read_item(reading: Reading, printed: View) -> Item:
    """Amounts carry the words and places of the canonical text, whatever they were read from."""
    words = reading.words
    amounts = read_amounts(words.text)
    placed = tuple(place_amount(a, words) for a in amounts)
    whole = printed.phrase(0, len(printed.text))
    supports, values, actors = read_supports(reading, amounts), read_values(reading), read_actors(reading.words)
    return Item(whole.text, whole.start, whole.end, supports, placed, values, actors)


def _find_terms(provision: Provision) -> tuple[Phrase, ...]:
    """Names in quotation marks, without the marks."""
    return tuple(
        Phrase(m[m.lastindex or 1], provision.start + m.start() + 1, provision.start + m.end() - 1)
        for m in _TERM.finditer(provision.text)
    )
