"""The notice beside the conversation: one measure or annex, with the cited words marked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from corpus.catalogue import Place
from corpus.notice import Annex, Measure, Notice, Phrase, Provision
from ui.answers.citing import (
    ask_address,
    cite_notice,
    cite_place,
    department_address,
    is_alone,
    is_numbered,
    is_row,
    name_annex,
    name_chapter,
    notice_address,
    number_of,
    place_address,
    point_labels,
    say_place,
)
from ui.answers.marks import MarkKind, find_marks, within
from ui.answers.printed import Row, RowKind, read_rows
from ui.language import TAGS, address_in
from ui.markup import element, icon, join, verbatim
from ui.pages.article import Shown, end_of
from ui.pages.contents import leads_to
from ui.pages.tables import TableWriter
from ui.printed_facts import say_validity
from ui.words import word


@dataclass(frozen=True, slots=True)
class Cited:
    """The words an answer cites, in code points of the canonical text; an empty stretch marks nothing."""

    start: int
    end: int
    number: int | None = None

    def touches(self, start: int, end: int) -> bool:
        return self.start < end and start < self.end


def render_source(shown: Shown, cited: Cited, language: str) -> Markup:
    """The measure or annex that holds the cited words, else what stands outside them."""
    return _Source(shown, cited, language).render()


@dataclass(frozen=True, slots=True)
class _Section:
    """A measure or an annex: what the panel shows at once."""

    start: int
    end: int
    heading: Phrase
    place: Place
    annex: Annex | None = None

    @property
    def label(self) -> str:
        return self.annex.label if self.annex else self._measure.label

    @property
    def name(self) -> str:
        if self.annex:
            return f"{self.annex.label} {self.annex.title}".strip()
        return f"{self._measure.label}{self._measure.title}"

    @property
    def address(self) -> str:
        return notice_address(self.place.notice, self.annex.anchor) if self.annex else place_address(self.place)

    @property
    def provisions(self) -> tuple[Provision, ...]:
        return (self.annex or self._measure).provisions

    @property
    def _measure(self) -> Measure:
        assert self.place.measure
        return self.place.measure


def _sections(notice: Notice) -> tuple[_Section, ...]:
    measures = (
        _Section(m.heading.start, end_of(m), m.heading, Place(notice, c, m))
        for c in notice.chapters
        for m in c.measures
    )
    annexes = (
        _Section(a.heading.start, max(a.heading.end, *(p.end for p in a.provisions), 0), a.heading, Place(notice), a)
        for a in notice.annexes
    )
    return (*measures, *annexes)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a section: a sentence, the title of a point or printed departments."""

    start: int
    end: int
    style: str = ""
    path: str = ""
    provision: Provision | None = None


def _pieces(section: _Section) -> tuple[_Piece, ...]:
    """In reading order; departments that are printed as a sentence and marks of points are part of their sentence."""
    sentences = [_Piece(p.start, p.end, _style(p.point), p.point, p) for p in section.provisions]
    starts = {s.start for s in sentences}
    others: list[_Piece] = []
    if measure := section.place.measure:
        titled = ((p.heading, p.path) for p in measure.points if p.heading.start not in starts)
        others += [_Piece(h.start, h.end, _style(path), path) for h, path in titled]
        duties = {r.phrase: "" for r in measure.responsibilities}
        duties |= {r.phrase: p.path for p in measure.points for r in p.responsibilities}
        others += [_Piece(d.start, d.end, f"duty {_style(path)}".strip(), path) for d, path in duties.items()]
    kept = [o for o in others if not any(o.start < s.end and s.start < o.end for s in sentences)]
    return tuple(sorted((*sentences, *kept), key=lambda p: p.start))


def _style(path: str) -> str:
    """Points are set in, those within others more."""
    return "" if not path else "point point--inner" if "." in path else "point"


class _Source:
    def __init__(self, shown: Shown, cited: Cited, language: str) -> None:
        self._shown = shown
        self._cited = cited
        self._language = language
        notice = shown.notice
        self._sections = _sections(notice)
        self._marks = find_marks(notice)
        self._rows = read_rows(tuple(notice.provisions()))

    def _word(self, key: str, **fields: object) -> str:
        return word(key, self._language, **fields)

    def render(self) -> Markup:
        at = self._cited.start
        section = next((s for s in self._sections if s.start <= at < s.end), None)
        inside = self._section(section) if section else self._outside()
        region = self._word("whole_measure", measure=section.name) if section else self._word("panel")
        scroll = element("div", inside, class_="panel__scroll", tabindex="0", role="region", aria_label=region)
        return join((self._head(), scroll, self._foot(section)))

    def _head(self) -> Markup:
        notice = self._shown.notice
        close = element(
            "button", icon("close"), self._word("close_panel"), type="button", class_="tool", data_close_panel=True
        )
        row = element("div", element("span", notice.number_text, class_="doc-number"), close, class_="row")
        title = element("h2", notice.title, lang="zh-CN")
        validity = element("p", icon("clock"), say_validity(notice, self._language), class_="validity")
        return element("div", row, title, validity, class_="panel__head")

    def _foot(self, section: _Section | None) -> Markup:
        place = self._cited_place(section)
        address = self._address(section, place)
        copied = cite_place(place) if place.measure or place.provision else cite_notice(place.notice)
        if section and section.annex and not place.provision:
            copied = f"{copied}{name_annex(section.annex)}"
        copy = element(
            "button", icon("copy"), self._word("copy_citation"), type="button", class_="tool", data_copy_text=copied,
            data_address=address,
        )  # fmt: skip
        whole = element(
            "a", icon("book"), self._word("open_whole"), class_="tool", href=address_in(self._language, address)
        )
        ask: Markup | str = ""
        if place.measure:
            href = ask_address(place, self._shown.is_only, self._language)
            ask = element("a", icon("chat"), self._word("ask_this"), class_="tool", href=href, data_draft=True)
        return element("div", copy, whole, ask, class_="panel__foot")

    def _address(self, section: _Section | None, place: Place) -> str:
        """Of the cited words, as far as they have one of their own."""
        if place.measure:
            duties = (r.phrase for r in place.measure.all_responsibilities)
            cited = next((p for p in duties if (p.start, p.end) == (self._cited.start, self._cited.end)), None)
            if cited:
                return notice_address(place.notice, place.measure.responsibility_anchor(cited))
        if place.provision or section is None:
            return place_address(place)
        return section.address

    def _cited_place(self, section: _Section | None) -> Place:
        """The section, or the sentence where one is cited."""
        notice = self._shown.notice
        if section:
            cited = next((p for p in section.provisions if self._touches(p)), None)
            return replace(section.place, provision=cited)
        places = [Place(notice, c, provision=p) for c in notice.chapters for p in c.provisions]
        places += [Place(notice, provision=p) for p in (*notice.preamble, *notice.closing)]
        return next((p for p in places if p.provision and self._touches(p.provision)), Place(notice))

    def _touches(self, provision: Provision) -> bool:
        return self._cited.touches(provision.start, provision.end)

    def _section(self, section: _Section) -> Markup:
        printed = section.heading
        heading = self._words(printed.start, printed.start + len(printed.text.rstrip("。：")))
        where = self._where(section)
        title = element(
            "h3",
            element("span", heading, lang="zh-CN"),
            element("span", where, class_="cite-no") if where else "",
            class_="measure-title",
        )
        text = element("div", *self._paragraphs(section), class_="paper-text", lang="zh-CN")
        return join((self._neighbours(section), title, text))

    def _paragraphs(self, section: _Section) -> Iterator[Markup]:
        """Sentences of a line run on; points, tables and departments stand by themselves."""
        groups: list[list[_Piece]] = []
        for piece in _pieces(section):
            if groups and self._runs_on(groups[-1][-1], piece):
                groups[-1].append(piece)
            else:
                groups.append([piece])
        for group in groups:
            if rows := [r for p in group if (r := self._row(p))]:
                yield self._table(section).write(rows)
            else:
                words = (self._sentence(section, p) for p in group)
                yield element("p", *words, class_=group[0].style or None)

    def _runs_on(self, before: _Piece, piece: _Piece) -> bool:
        above, row = self._row(before), self._row(piece)
        if above or row:
            return bool(above and row and row.kind is not RowKind.HEAD)
        return (
            before.style == piece.style and before.path == piece.path and not self._ends_line(before.end, piece.start)
        )

    def _ends_line(self, start: int, end: int) -> bool:
        return "\n" in self._shown.text[start:end]

    def _row(self, piece: _Piece) -> Row | None:
        return self._rows.get(piece.start) if piece.provision else None

    def _table(self, section: _Section) -> TableWriter:
        return TableWriter(
            self._shown.text,
            self._language,
            lambda row, start, end: self._words(start, end),
            lambda row: self._link(section, row.provision) if row.kind is RowKind.CELLS else "",
            lambda row: {},
        )

    def _where(self, section: _Section) -> str:
        if self._cited.number is None:
            return ""
        cited = self._cited_place(section)
        if cited.provision:
            named = self._name(cited, cited.provision)
        else:
            points = cited.measure.points if cited.measure else ()
            headings = (section.heading, *(p.heading for p in points))
            is_heading = any(self._cited.touches(h.start, h.end) for h in headings)
            named = self._word("cited_heading" if is_heading else "cited_responsibility")
        return f"[{self._cited.number}] {named}"

    def _name(self, place: Place, provision: Provision) -> str:
        points = "".join(point_labels(place.measure, provision.point)) if place.measure else ""
        if is_alone(place.measure, provision):
            return points
        key = "cited_row" if is_row(provision) else "cited_sentence"
        return f"{points}{self._word(key, number=number_of(provision))}"

    def _sentence(self, section: _Section, piece: _Piece) -> Markup:
        link = self._link(section, piece.provision) if piece.provision else ""
        return join((link, self._words(piece.start, piece.end)))

    def _link(self, section: _Section, provision: Provision) -> Markup:
        place = replace(section.place, provision=provision)
        says = self._word("address_of", place=say_place(place, self._language))
        drawn = number_of(provision) if is_numbered(place) and not is_row(provision) else "#"
        return element("a", class_="anchor", href=place_address(place), data_n=drawn, aria_label=says,
                       lang=TAGS[self._language])  # fmt: skip

    def _neighbours(self, section: _Section) -> Markup:
        at = self._sections.index(section)
        before = self._sections[at - 1] if at else None
        after = self._sections[at + 1] if at + 1 < len(self._sections) else None
        chapter = name_chapter(section.place.chapter) if section.place.chapter else ""
        return element(
            "div",
            self._neighbour(before, "previous"),
            element("span", chapter, lang="zh-CN"),
            self._neighbour(after, "next"),
            class_="measure-nav",
        )

    def _neighbour(self, section: _Section | None, key: str) -> Markup:
        if section is None:
            return element("span")
        sign = icon("left" if key == "previous" else "right")
        label = section.label or "……"
        inside = (sign, label) if key == "previous" else (label, sign)
        says = self._word(key, measure=section.name)
        target = leads_to(section.place.notice, section.heading)
        return element("a", *inside, class_="tool", href=section.address, aria_label=says, **target)

    def _outside(self) -> Markup:
        """Title, preamble, chapter headings, closing: the text without its measures and annexes."""
        text = self._shown.text
        pieces: list[Markup] = []
        at = 0
        for section in self._sections:
            pieces.append(self._paragraph(at, section.start))
            at = max(at, section.end)
        return element("div", *pieces, self._paragraph(at, len(text)), class_="paper-text outside", lang="zh-CN")

    def _paragraph(self, start: int, end: int) -> Markup:
        stretch = self._shown.text[start:end]
        words = self._words(start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip()))
        return element("p", words) if stretch.strip() else Markup("")

    def _words(self, start: int, end: int) -> Markup:
        """The text of a stretch with the cited part of it marked."""
        first, last = max(start, self._cited.start), min(end, self._cited.end)
        if first >= last:
            return self._coloured(start, end)
        hit = element("mark", self._coloured(first, last))
        return self._coloured(start, first) + hit + self._coloured(last, end)

    def _coloured(self, start: int, end: int) -> Markup:
        """Departments as links, sums in red."""
        text, pieces, at = self._shown.text, [], start
        for mark in within(self._marks, start, end):
            words = verbatim(text[mark.start : mark.end])
            is_sum = mark.kind is MarkKind.SUM
            pieces.append(verbatim(text[at : mark.start]))
            pieces.append(
                element("span", words, class_="sum")
                if is_sum
                else element(
                    "a",
                    words,
                    class_="dept",
                    href=department_address(mark.name),
                    data_ask=self._word("ask_department", department=mark.name),
                )
            )
            at = mark.end
        return join([*pieces, verbatim(text[at:end])])
