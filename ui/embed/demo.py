"""A sample host page that shows the widget: somebody else's plain site, with one line of ours."""

from markupsafe import Markup

from ui.language import TAGS, query_in
from ui.markup import element
from ui.pages.shell import Visit

_SECTIONS = ("home", "notices", "policies", "services", "exchange")
_ITEMS = range(1, 8)
_MODES = ("bubble", "inline", "full")


def render_demo(visit: Visit, mode: str, measure: str) -> str:
    """`mode` and `measure` go to the widget; what it does not know it leaves aside."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", visit.word("demo_title")),
        element("link", rel="icon", href="/ui/mark.svg"),
        element("link", rel="stylesheet", href="/ui/embed/demo.css"),
        element("script", src="/widget.js", defer=True, data_mode=mode, data_into="#ask-here", data_measure=measure),
    )
    body = element("body", *_top(visit), _main(visit, mode), _foot(visit))
    return f"<!doctype html>{element('html', head, body, lang=TAGS[visit.language])}"


def _top(visit: Visit) -> tuple[Markup, Markup]:
    name = element("p", visit.word("demo_office"), class_="office")
    header = element("header", element("div", name, element("p", visit.word("demo_note")), class_="in"))
    entries = (
        element(
            "li",
            element("a", visit.word(f"demo_{s}"), href=f"#{s}", aria_current="page" if s == "notices" else None),
        )
        for s in _SECTIONS
    )
    nav = element(
        "nav", element("ul", *entries, class_="in"), aria_label=visit.word("demo_sections"), class_="sections"
    )
    return header, nav


def _main(visit: Visit, mode: str) -> Markup:
    items = (element("li", element("a", visit.word(f"demo_item_{n}"), href=f"#n{n}")) for n in _ITEMS)
    title = visit.notices[0].title if visit.notices else ""
    notice = element("li", element("a", title, href="#n0", lang="zh-CN")) if title else ""
    place = element("div", id="ask-here") if mode == "inline" else ""
    return element("main", element("h1", visit.word("demo_notices")), place, element("ul", notice, *items), class_="in")


def _foot(visit: Visit) -> Markup:
    modes = (
        element("li", element("a", visit.word(f"demo_{m}"), href=query_in(visit.language, f"mode={m}"))) for m in _MODES
    )
    nav = element("nav", element("ul", *modes, class_="in"), aria_label=visit.word("demo_modes"))
    return element("footer", nav, element("p", visit.word("demo_foot")))
