"""The notice beside the conversation: one measure, with the cited words marked."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from corpus.catalogue import Place
from corpus.notice import Measure, Phrase, Provision
from ui.answers.citing import (
    ask_address,
    cite_notice,
    cite_place,
    department_address,
    name_chapter,
    notice_address,
    place_address,
)
from ui.answers.marks import MarkKind, find_marks, within
from ui.answers.printed_facts import say_validity
from ui.language import TAGS, address_in
from ui.markup import element, icon, join, verbatim
from ui.pages.article import Shown
from ui.pages.contents import leads_to
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
    """The measure that holds the cited words, else what stands outside measures."""
    return _Source(shown, cited, language).render()


class _Source:
    def __init__(self, shown: Shown, cited: Cited, language: str) -> None:
        self._shown = shown
        self._cited = cited
        self._language = language
        notice = shown.notice
        self._places = [Place(notice, c, m) for c in notice.chapters for m in c.measures]
        self._marks = find_marks(notice)

    def _word(self, key: str, **fields: object) -> str:
        return word(key, self._language, **fields)

    def render(self) -> Markup:
        at = self._cited.start
        place = next(
            (p for p in self._places if p.measure and p.measure.heading.start <= at < _end_of(p.measure)), None
        )
        inside = self._measure(place) if place else self._outside()
        region = self._word("whole_measure", measure=_name(place)) if place else self._word("panel")
        scroll = element("div", inside, class_="panel__scroll", tabindex="0", role="region", aria_label=region)
        return join((self._head(), scroll, self._foot(place)))

    def _head(self) -> Markup:
        notice = self._shown.notice
        close = element(
            "button", icon("close"), self._word("close_panel"), type="button", class_="tool", data_close_panel=True
        )
        row = element("div", element("span", notice.number_text, class_="doc-number"), close, class_="row")
        title = element("h2", notice.title, lang="zh-CN")
        validity = element("p", icon("clock"), say_validity(notice, self._language), class_="validity")
        return element("div", row, title, validity, class_="panel__head")

    def _foot(self, place: Place | None) -> Markup:
        notice = self._shown.notice
        address = self._address(place) if place else notice_address(notice)
        copied = self._copied(place) if place else cite_notice(notice)
        copy = element(
            "button", icon("copy"), self._word("copy_citation"), type="button", class_="tool", data_copy_text=copied,
            data_address=address,
        )  # fmt: skip
        whole = element(
            "a", icon("book"), self._word("open_whole"), class_="tool", href=address_in(self._language, address)
        )
        ask: Markup | str = ""
        if place:
            href = ask_address(place, self._shown.is_only, self._language)
            ask = element("a", icon("chat"), self._word("ask_this"), class_="tool", href=href, data_draft=True)
        return element("div", copy, whole, ask, class_="panel__foot")

    def _copied(self, place: Place) -> str:
        """The official citation, of the sentence where one is cited."""
        return cite_place(self._sentence_in(place))

    def _address(self, place: Place) -> str:
        """Of the cited words, as far as they have one of their own."""
        assert place.measure
        duties = (r.phrase for r in place.measure.responsibilities)
        cited = next((p for p in duties if (p.start, p.end) == (self._cited.start, self._cited.end)), None)
        if cited:
            return notice_address(place.notice, place.measure.responsibility_anchor(cited))
        return place_address(self._sentence_in(place))

    def _sentence_in(self, place: Place) -> Place:
        assert place.measure
        cited = (p for p in place.measure.provisions if self._cited.touches(p.start, p.end))
        return Place(place.notice, place.chapter, place.measure, next(cited, None))

    def _measure(self, place: Place) -> Markup:
        measure = place.measure
        assert measure
        printed = measure.heading
        heading = self._words(printed.start, printed.start + len(printed.text.rstrip("。：")))
        where = self._where(measure)
        title = element(
            "h3",
            element("span", heading, lang="zh-CN"),
            element("span", where, class_="cite-no") if where else "",
            class_="measure-title",
        )
        text = element("div", *self._paragraphs(measure), class_="paper-text", lang="zh-CN")
        return join((self._neighbours(place), title, text))

    def _paragraphs(self, measure: Measure) -> Iterator[Markup]:
        """Sentences run on; departments stand by themselves, unless they are printed as a sentence."""
        spans = [(p.start, p.end) for p in measure.provisions]
        phrases = dict.fromkeys(r.phrase for r in measure.responsibilities)
        duties = [d for d in phrases if not any(d.start < end and start < d.end for start, end in spans)]
        waiting: list[Markup] = []
        pieces: list[Provision | Phrase] = [*measure.provisions, *duties]
        for piece in sorted(pieces, key=lambda p: p.start):
            if isinstance(piece, Provision):
                waiting.append(self._sentence(measure, piece))
                continue
            yield from [element("p", *waiting)] if waiting else []
            yield element("p", self._words(piece.start, piece.end), class_="duty")
            waiting = []
        yield from [element("p", *waiting)] if waiting else []

    def _where(self, measure: Measure) -> str:
        if self._cited.number is None:
            return ""
        cited = [p.number for p in measure.provisions if self._cited.touches(p.start, p.end)]
        if cited:
            named = self._word("cited_sentence", number=cited[0])
        else:
            is_heading = self._cited.touches(measure.heading.start, measure.heading.end)
            named = self._word("cited_heading" if is_heading else "cited_responsibility")
        return f"[{self._cited.number}] {named}"

    def _sentence(self, measure: Measure, provision: Provision) -> Markup:
        number = provision.number
        address = f"{notice_address(self._shown.notice)}#{measure.anchor}.{number}"
        says = self._word("sentence_address", measure=measure.label or measure.title, number=number)
        link = element("a", class_="anchor", href=address, data_n=number, aria_label=says,
                       lang=TAGS[self._language])  # fmt: skip
        return link + self._words(provision.start, provision.end)

    def _neighbours(self, place: Place) -> Markup:
        at = self._places.index(place)
        before = self._places[at - 1] if at else None
        after = self._places[at + 1] if at + 1 < len(self._places) else None
        chapter = name_chapter(place.chapter) if place.chapter else ""
        return element(
            "div",
            self._neighbour(before, "previous"),
            element("span", chapter, lang="zh-CN"),
            self._neighbour(after, "next"),
            class_="measure-nav",
        )

    def _neighbour(self, place: Place | None, key: str) -> Markup:
        if place is None or place.measure is None:
            return element("span")
        sign = icon("left" if key == "previous" else "right")
        label = place.measure.label or "……"
        inside = (sign, label) if key == "previous" else (label, sign)
        says = self._word(key, measure=_name(place))
        return element("a", *inside, class_="tool", href=place_address(place), aria_label=says, **leads_to(place))

    def _outside(self) -> Markup:
        """Title, preamble, chapter headings, closing: the text without its measures."""
        text = self._shown.text
        pieces: list[Markup] = []
        at = 0
        for place in self._places:
            assert place.measure
            pieces.append(self._paragraph(at, place.measure.heading.start))
            at = max(at, _end_of(place.measure))
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


def _name(place: Place | None) -> str:
    return f"{place.measure.label}{place.measure.title}" if place and place.measure else ""


def _end_of(measure: Measure) -> int:
    """Where its last words end."""
    return max(
        measure.heading.end,
        *(p.end for p in measure.provisions),
        *(r.phrase.end for r in measure.responsibilities),
    )
