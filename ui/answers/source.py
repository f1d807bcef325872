"""The notice beside the conversation: one measure or annex, with the cited words marked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from corpus.catalogue import Place
from corpus.notice import Annex, Measure, Notice, Provision
from ui.answers.citing import (
    ask_address,
    cite_notice,
    cite_place,
    is_alone,
    is_row,
    name_annex,
    name_chapter,
    notice_address,
    number_of,
    place_address,
    point_labels,
)
from ui.pages.article import Cited, Piece, PieceKind, Shown, end_of, read_article
from ui.printed_facts import say_validity
from ui.templating import render
from ui.words import word

__all__ = ["Cited", "render_source"]


@dataclass(frozen=True, slots=True)
class Section:
    """A measure or an annex: what the panel shows at once; `end` is where its last words end."""

    place: Place
    part: Measure | Annex
    end: int

    @property
    def start(self) -> int:
        return self.part.heading.start

    @property
    def name(self) -> str:
        gap = "" if self.place.measure else " "
        return f"{self.part.label}{gap}{self.part.title}".strip()

    @property
    def chapter(self) -> str:
        return name_chapter(self.place.chapter) if self.place.chapter else ""

    @property
    def address(self) -> str:
        return notice_address(self.place.notice, self.part.anchor)


def render_source(shown: Shown, cited: Cited, language: str) -> Markup:
    """The measure or annex that holds the cited words, else what stands outside them."""
    notice = shown.notice
    sections = _sections(notice)
    section = next((s for s in sections if s.start <= cited.start < s.end), None)
    place = _cited_place(notice, section, cited)
    address = _address(section, place, cited)
    pieces = read_article(shown, language, cited)
    printed = _part(pieces, section.part.anchor) if section else None
    return render(
        "pages/panel",
        language,
        notice=notice,
        validity=say_validity(notice, language),
        base=notice_address(notice),
        section=section,
        before=_beside(sections, section, -1),
        after=_beside(sections, section, 1),
        where=_where(section, place, cited, language) if section else "",
        heading=_without_end(printed.heading) if printed else (),
        pieces=printed.inside if printed else tuple(p for p in pieces if p.kind not in _SECTIONS),
        copied=_copied(section, place),
        address=address,
        ask=ask_address(place, shown.is_only, language) if place.measure else "",
    )


_SECTIONS = frozenset({PieceKind.MEASURE, PieceKind.ANNEX})


def _part(pieces: Sequence[Piece], anchor: str) -> Piece:
    """A notice without headings is one measure under its own title, whose text stands outside."""
    found = next((p for p in pieces if p.kind in _SECTIONS and p.anchor == anchor), None)
    return found or Piece(PieceKind.MEASURE, tuple(pieces))


def _without_end(heading: Sequence[Piece]) -> tuple[Piece, ...]:
    """A heading that runs on in the text ends with a full stop there."""
    if not heading:
        return ()
    last = heading[-1]
    return (*heading[:-1], replace(last, text=last.text.rstrip("。："), inside=_without_end(last.inside)))


def _sections(notice: Notice) -> tuple[Section, ...]:
    measures = (Section(Place(notice, c, m), m, end_of(m)) for c in notice.chapters for m in c.measures)
    ends = ((a, max(a.heading.end, *(p.end for p in a.provisions), 0)) for a in notice.annexes)
    return (*measures, *(Section(Place(notice), annex, end) for annex, end in ends))


def _beside(sections: Sequence[Section], section: Section | None, step: int) -> Section | None:
    at = sections.index(section) + step if section else -1
    return sections[at] if 0 <= at < len(sections) else None


def _cited_place(notice: Notice, section: Section | None, cited: Cited) -> Place:
    """The section, or the sentence where one is cited."""
    if section:
        sentence = next((p for p in section.part.provisions if cited.touches(p.start, p.end)), None)
        return replace(section.place, provision=sentence)
    places = [Place(notice, c, provision=p) for c in notice.chapters for p in c.provisions]
    places += [Place(notice, provision=p) for p in (*notice.preamble, *notice.closing)]
    found = (p for p in places if p.provision and cited.touches(p.provision.start, p.provision.end))
    return next(found, Place(notice))


def _address(section: Section | None, place: Place, cited: Cited) -> str:
    """Of the cited words, as far as they have one of their own."""
    if place.measure:
        duties = (r.phrase for r in place.measure.all_responsibilities)
        duty = next((p for p in duties if (p.start, p.end) == (cited.start, cited.end)), None)
        if duty:
            return notice_address(place.notice, place.measure.responsibility_anchor(duty))
    if place.provision or section is None:
        return place_address(place)
    return section.address


def _copied(section: Section | None, place: Place) -> str:
    """In the official form."""
    copied = cite_place(place) if place.measure or place.provision else cite_notice(place.notice)
    annex = section.part if section and not place.provision else None
    return f"{copied}{name_annex(annex)}" if isinstance(annex, Annex) else copied


def _where(section: Section, place: Place, cited: Cited, language: str) -> str:
    """[1] 第3句, [1] 标题."""
    if cited.number is None:
        return ""
    if place.provision:
        named = _name(place, place.provision, language)
    else:
        points = place.measure.points if place.measure else ()
        headings = (section.part.heading, *(p.heading for p in points))
        is_heading = any(cited.touches(h.start, h.end) for h in headings)
        named = word("cited_heading" if is_heading else "cited_responsibility", language)
    return f"[{cited.number}] {named}"


def _name(place: Place, provision: Provision, language: str) -> str:
    points = "".join(point_labels(place.measure, provision.point)) if place.measure else ""
    if is_alone(place.measure, provision):
        return points
    key = "cited_row" if is_row(provision) else "cited_sentence"
    return f"{points}{word(key, language, number=number_of(provision))}"
