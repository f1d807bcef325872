"""The reader: a notice as a page with contents, permanent addresses and tools; everything but copying needs no script."""

from collections.abc import Iterator

from markupsafe import Markup

from corpus.notice import Chapter, Measure, Notice
from ui.answers.citing import chapter_anchor, name_chapter, notice_address
from ui.language import TAGS, address_in
from ui.markup import element, icon, join
from ui.pages.article import Shown, render_article
from ui.pages.operator import render_operator
from ui.pages.shell import Page, Section, Visit, render_page

SAID_BY_READER = (
    "citation_copied",
    "copied",
    "copy_failed",
    "duty_of",
    "no_voice",
    "quiet",
    "reading",
    "speak",
)
_SHOWN_OF_UNTITLED = 16


def render_reader(shown: Shown, visit: Visit) -> str:
    """The whole document."""
    side = element(
        "aside",
        _arrival(visit),
        _contents(shown.notice, visit),
        _others(shown, visit),
        class_="reader__side",
        aria_label=visit.word("side"),
    )
    article = render_article(shown, visit.language)
    has_title = 'class="printed printed--title' in article
    title = "" if has_title else element("h1", shown.notice.title, class_="sr", lang="zh-CN")
    operator = render_operator(shown.notice.operator, visit.language)
    main = element("main", title, operator, _legend(visit), article, id="main", class_="reader__main")
    page = Page(
        visit.word("reader_title", title=shown.notice.title),
        Section.READER,
        element("div", side, main, class_="page reader"),
        ("pages",),
        ("reader",),
        SAID_BY_READER,
    )
    return render_page(page, visit)


def render_notice_list(visit: Visit) -> str:
    """The page that leads to each notice."""
    rows = (element("li", *_notice_row(n, visit), class_="notice-row") for n in visit.notices)
    count = element("p", visit.word("notice_count", count=len(visit.notices)))
    head = element("div", element("h1", visit.word("section_reader")), count, class_="page__head")
    content = element("main", head, element("ul", *rows, class_="notice-list"), id="main", class_="page")
    return render_page(Page(visit.word("section_reader"), Section.READER, content, ("pages",)), visit)


def _notice_row(notice: Notice, visit: Visit) -> Iterator[Markup]:
    yield element("a", notice.title, href=address_in(visit.language, notice_address(notice)), lang="zh-CN")
    number = (element("span", notice.number_text, class_="doc-number", lang="zh-CN"), " ") if notice.number_text else ()
    count = visit.word("measure_count", count=sum(1 for _ in notice.measures()))
    yield element("p", *number, count, class_="small")


def _arrival(visit: Visit) -> Markup:
    """Says which sentence was cited; a script fills and shows it, for the server never sees the part after #."""
    home = address_in(visit.language, "/")
    back = element("a", icon("left"), visit.word("back"), class_="tool", href=home, data_back=True)
    label = visit.word("copy_citation")
    copy = element(
        "button", icon("copy"), class_="tool", type="button", data_label=label, aria_label=label, data_copy_target=True
    )
    printing = element("button", icon("print"), visit.word("print"), class_="tool", type="button", data_print=True)
    where = element("b", "", data_arrival=True)
    said = element("p", class_="sr", role="status", data_said=True)
    tools = element("div", back, copy, printing, class_="arrival__tools")
    return join((element("div", where, tools, class_="arrival", hidden=True), said))


def _contents(notice: Notice, visit: Visit) -> Markup:
    summary = element("summary", element("h2", visit.word("contents_short")))
    entries = (piece for c in notice.chapters for piece in _chapter_entries(c, visit))
    annexes = (element("h3", element("a", f"{a.label} {a.title}".strip(), href=f"#{a.anchor}")) for a in notice.annexes)
    body = element("div", *entries, *annexes, class_="toc__body", lang="zh-CN")
    return element("nav", element("details", summary, body), class_="toc", aria_label=visit.word("contents"))


def _chapter_entries(chapter: Chapter, visit: Visit) -> Iterator[Markup]:
    if chapter.heading:
        link = element("a", name_chapter(chapter), href=f"#{chapter_anchor(chapter)}")
        yield element("h4" if chapter.above else "h3", link)
    measures = [m for m in chapter.measures if not (chapter.heading and m.heading.start == chapter.heading.start)]
    if measures:
        rows = (element("li", _measure_entry(m, visit)) for m in measures)
        yield element("ul", *rows, class_="toc__nested" if chapter.above else None)


def _measure_entry(measure: Measure, visit: Visit) -> Markup:
    label = element("span", measure.label, class_="label") if measure.label else ""
    has_sum = any(s.amount for p in measure.provisions for i in p.items for s in i.supports)
    flag = element("span", visit.word("has_sum"), class_="money", lang=TAGS[visit.language]) if has_sum else ""
    return element("a", label, element("span", entry_title(measure)), flag, href=f"#{measure.anchor}")


def entry_title(measure: Measure) -> str:
    """The title, or how the measure begins."""
    if measure.title or not measure.provisions:
        return measure.title
    first = measure.provisions[0].text
    return first if len(first) <= _SHOWN_OF_UNTITLED else f"{first[:_SHOWN_OF_UNTITLED]}……"


def _others(shown: Shown, visit: Visit) -> Markup | str:
    if shown.is_only:
        return ""
    every = visit.word("all_notices", count=len(visit.notices))
    return element("p", element("a", every, href=address_in(visit.language, "/notices")), class_="others")


def _legend(visit: Visit) -> Markup:
    looks = (
        element("span", element("span", visit.word(f"legend_{key}"), class_=style), visit.word(f"legend_{key}_means"))
        for key, style in (("sum", "sum"), ("department", "dept"))
    )
    return element("p", *looks, element("span", visit.word("legend_address")), class_="legend")
