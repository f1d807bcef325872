"""The reader: a notice as a page with contents, permanent addresses and tools; everything but copying needs no script."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from corpus.notice import Chapter, Measure, Notice
from ui.article import Shown, render_article
from ui.citing import name_chapter, notice_address
from ui.markup import element, icon, join
from ui.shell import Page, Section, render_page

_SHOWN_OF_UNTITLED = 16


def render_reader(shown: Shown, notices: Sequence[Notice]) -> str:
    """The whole document."""
    side = element(
        "aside",
        _arrival(),
        _contents(shown.notice),
        _others(shown, notices),
        class_="reader__side",
        aria_label="引用和目录",
    )
    article = render_article(shown)
    title = "" if 'class="printed printed--title' in article else element("h1", shown.notice.title, class_="sr")
    main = element("main", title, _legend(), article, id="main", class_="reader__main")
    content = element("div", side, main, class_="page reader")
    page = Page(f"{shown.notice.title} · 通知原文", Section.READER, notices, content, ("pages",), ("reader",))
    return render_page(page)


def render_notice_list(notices: Sequence[Notice]) -> str:
    """The page that leads to each notice."""
    rows = (element("li", *_notice_row(n), class_="notice-row") for n in notices)
    head = element("div", element("h1", "通知原文"), element("p", f"共 {len(notices)} 份通知。"), class_="page__head")
    content = element("main", head, element("ul", *rows, class_="notice-list"), id="main", class_="page")
    return render_page(Page("通知原文", Section.READER, notices, content, ("pages",)))


def _notice_row(notice: Notice) -> Iterator[Markup]:
    measures = sum(1 for _ in notice.measures())
    yield element("a", notice.title, href=notice_address(notice))
    number = element("span", notice.number_text, class_="doc-number") if notice.number_text else ""
    yield element("p", number, f" 共 {measures} 条" if number else f"共 {measures} 条", class_="small")


def _arrival() -> Markup:
    """Says which sentence was cited; a script fills and shows it, for the server never sees the part after #."""
    back = element("a", icon("left"), "返回问答", class_="tool", href="/", data_back=True)
    copy = element(
        "button",
        icon("copy"),
        class_="tool",
        type="button",
        data_label="复制引用",
        aria_label="复制引用",
        data_copy_target=True,
    )
    printing = element("button", icon("print"), "打印", class_="tool", type="button", data_print=True)
    where = element("b", "", data_arrival=True)
    said = element("p", class_="sr", role="status", data_said=True)
    box = element(
        "div", where, element("div", back, copy, printing, class_="arrival__tools"), class_="arrival", hidden=True
    )
    return join((box, said))


def _contents(notice: Notice) -> Markup:
    summary = element("summary", element("h2", "目录"))
    body = element("div", *(piece for c in notice.chapters for piece in _chapter_entries(c)), class_="toc__body")
    return element("nav", element("details", summary, body), class_="toc", aria_label="通知目录")


def _chapter_entries(chapter: Chapter) -> Iterator[Markup]:
    if chapter.heading:
        anchor = f"#c{chapter.id.partition('/')[2]}"
        yield element("h3", element("a", name_chapter(chapter), href=anchor))
    measures = [m for m in chapter.measures if not (chapter.heading and m.heading.start == chapter.heading.start)]
    if measures:
        yield element("ul", *(element("li", _measure_entry(m)) for m in measures))


def _measure_entry(measure: Measure) -> Markup:
    label = element("span", measure.label, class_="label") if measure.label else ""
    has_sum = any(s.amount for p in measure.provisions for i in p.items for s in i.supports)
    flag = element("span", "有金额", class_="money") if has_sum else ""
    return element("a", label, element("span", entry_title(measure)), flag, href=f"#{measure.anchor}")


def entry_title(measure: Measure) -> str:
    """The title, or how the measure begins."""
    if measure.title or not measure.provisions:
        return measure.title
    first = measure.provisions[0].text
    return first if len(first) <= _SHOWN_OF_UNTITLED else f"{first[:_SHOWN_OF_UNTITLED]}……"


def _others(shown: Shown, notices: Sequence[Notice]) -> Markup | str:
    if shown.is_only:
        return ""
    return element("p", element("a", f"全部{len(notices)}份通知", href="/notices"), class_="others")


def _legend() -> Markup:
    return element(
        "p",
        element("span", element("span", "红色加粗", class_="sum"), "：金额"),
        element("span", element("span", "蓝色点线", class_="dept"), "：责任部门，点开看它负责的措施"),
        element("span", "小数字：每句话的固定地址"),
        class_="legend",
    )
