"""The contents of the notices, beside a conversation that has not begun."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from corpus.catalogue import Place
from corpus.notice import Annex, Chapter, Notice, Phrase
from ui.answers.citing import cite_notice, name_chapter, notice_address, place_address
from ui.language import address_in
from ui.markup import element, icon, join
from ui.printed_facts import say_validity
from ui.words import word

_MOST_LISTED = 12


def render_contents(notices: Sequence[Notice], language: str) -> Markup:
    """What the panel shows before anything is cited."""
    if len(notices) == 1:
        inside = join((_cover(notices[0], language), _table_of(notices[0], language)))
    else:
        inside = join(_folded(n, language) for n in notices[:_MOST_LISTED])
    scroll = element(
        "div", inside, class_="panel__scroll", tabindex="0", role="region", aria_label=word("contents", language)
    )
    whole = notice_address(notices[0]) if len(notices) == 1 else "/notices"
    foot = (
        element("a", icon("book"), word("open_whole", language), class_="tool", href=address_in(language, whole)),
        element("a", icon("list"), word("as_table", language), class_="tool", href=address_in(language, "/measures")),
    )
    return join((scroll, element("div", *foot, class_="panel__foot")))


def _cover(notice: Notice, language: str) -> Markup:
    number = element("p", notice.number_text, class_="doc-number") if notice.number_text else ""
    validity = element("p", icon("clock"), say_validity(notice, language), class_="validity")
    return element("div", number, element("h2", notice.title, lang="zh-CN"), validity, class_="cover")


def _folded(notice: Notice, language: str) -> Markup:
    summary = element("summary", element("span", cite_notice(notice), lang="zh-CN"))
    return element("details", summary, _table_of(notice, language), class_="folded")


def _table_of(notice: Notice, language: str) -> Markup:
    rows = (piece for chapter in notice.chapters for piece in _chapter_rows(notice, chapter, language))
    annexes = (element("h3", _annex_entry(notice, annex, language)) for annex in notice.annexes)
    return element(
        "nav",
        *rows,
        *annexes,
        class_="toc",
        aria_label=f"{word('contents', language)} {notice.number_text}",
        lang="zh-CN",
    )


def _chapter_rows(notice: Notice, chapter: Chapter, language: str) -> Iterator[Markup]:
    if chapter.heading:
        yield element("h4" if chapter.above else "h3", name_chapter(chapter))
    if chapter.measures:
        rows = (element("li", _entry(Place(notice, chapter, m), language)) for m in chapter.measures)
        yield element("ul", *rows, class_="toc__nested" if chapter.above else None)


def _annex_entry(notice: Notice, annex: Annex, language: str) -> Markup:
    address = address_in(language, notice_address(notice, annex.anchor))
    return element("a", f"{annex.label} {annex.title}".strip(), href=address, **leads_to(notice, annex.heading))


def _entry(place: Place, language: str) -> Markup:
    measure = place.measure
    assert measure
    has_sum = any(s.amount for p in measure.provisions for i in p.items for s in i.supports)
    flag = element("span", word("has_sum", language), class_="money", lang=language) if has_sum else ""
    label = element("span", measure.label, class_="label")
    return element(
        "a",
        label,
        element("span", measure.title),
        flag,
        href=address_in(language, place_address(place)),
        **leads_to(place.notice, measure.heading),
    )


def leads_to(notice: Notice, heading: Phrase) -> dict[str, str | int]:
    """What the page's script needs to show the measure or annex in the panel instead of leaving the page."""
    return {"data_notice": notice.id, "data_start": heading.start, "data_end": heading.start}
