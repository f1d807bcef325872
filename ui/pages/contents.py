"""The contents of a notice: beside its text, and beside a conversation that has not begun."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corpus.catalogue import Place
from corpus.notice import Chapter, Measure, Notice
from ui.answers.citing import anchor_of, chapter_anchor, cite_notice, name_chapter, notice_address, talk_address
from ui.printed_facts import say_validity
from ui.templating import render

_MOST_LISTED = 12
_SHOWN_OF_UNTITLED = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; `start` is where it begins in the text, None where nothing can be shown by itself."""

    anchor: str
    label: str
    title: str = ""
    has_sum: bool = False
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A chapter or an annex with its measures; no heading where a notice has no chapters."""

    heading: Entry | None
    is_inner: bool = False
    entries: tuple[Entry, ...] = ()


def list_contents(notice: Notice) -> tuple[Group, ...]:
    """In reading order; a measure under a heading of its own words stands there only."""
    annexes = (Group(Entry(a.anchor, f"{a.label} {a.title}".strip(), start=a.heading.start)) for a in notice.annexes)
    return (*(_group(notice, c) for c in notice.chapters), *annexes)


def _group(notice: Notice, chapter: Chapter) -> Group:
    at = chapter.heading.start if chapter.heading else None
    begins = any(m.heading.start == at for m in chapter.measures)
    heading = Entry(chapter_anchor(chapter), name_chapter(chapter), start=at if begins else None)
    entries = tuple(_entry(Place(notice, chapter, m), m) for m in chapter.measures if m.heading.start != at)
    return Group(heading if chapter.heading else None, bool(chapter.above), entries)


def _entry(place: Place, measure: Measure) -> Entry:
    has_sum = any(s.amount for p in measure.provisions for i in p.items for s in i.supports)
    return Entry(anchor_of(place), measure.label, entry_title(measure), has_sum, measure.heading.start)


def entry_title(measure: Measure) -> str:
    """The title, or how the measure begins."""
    if measure.title or not measure.provisions:
        return measure.title
    first = measure.provisions[0].text
    return first if len(first) <= _SHOWN_OF_UNTITLED else f"{first[:_SHOWN_OF_UNTITLED]}……"


@dataclass(frozen=True, slots=True)
class Listed:
    """A notice with its contents, as a page or the panel shows them."""

    notice: Notice
    name: str
    address: str
    talk: str
    groups: tuple[Group, ...]
    validity: str

    @property
    def measures(self) -> int:
        return sum(1 for _ in self.notice.measures())


def list_notices(notices: Sequence[Notice], language: str) -> Iterator[Listed]:
    for notice in notices:
        said = say_validity(notice, language)
        yield Listed(
            notice, cite_notice(notice), notice_address(notice), talk_address(notice.id), list_contents(notice), said
        )


def render_contents(notices: Sequence[Notice], language: str) -> Markup:
    """What the panel shows before anything is cited."""
    listed = tuple(list_notices(notices[:_MOST_LISTED], language))
    return render(
        "pages/contents", language, listed=listed, whole=listed[0].address if len(notices) == 1 else "/notices"
    )
