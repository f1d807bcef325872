"""What stands around the content of every page: head, header with navigation and switches, footer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from corpus.notice import Notice
from ui.markup import element, icon, join

PRODUCT = "政策问答"
_STYLES = ("tokens", "base")


class Section(StrEnum):
    """The entries of the navigation."""

    CHAT = "chat"
    MEASURES = "measures"
    READER = "reader"


_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "product": PRODUCT,
        "navigation": "主导航",
        "display": "显示方式",
        "print": "大字",
        "contrast": "高对比",
        Section.CHAT: "问答",
        Section.MEASURES: "措施一览",
        Section.READER: "通知原文",
    },
    "en": {
        "product": "Policy Q&A",
        "navigation": "Main navigation",
        "display": "Display",
        "print": "Large print",
        "contrast": "High contrast",
        Section.CHAT: "Ask",
        Section.MEASURES: "Measures",
        Section.READER: "Notice",
    },
}


@dataclass(frozen=True, slots=True)
class Page:
    """A server-rendered page; `styles` and `scripts` are names of files in ui/static without their ending."""

    title: str
    section: Section | None
    notices: Sequence[Notice]
    content: Markup
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


def render_page(page: Page) -> str:
    """The whole document."""
    head = element("head", render_head(page.title, page.styles, page.scripts))
    skip = element("a", "跳到正文", class_="skip", href="#main")
    body = element("body", skip, render_header(page.section, page.notices), page.content, _FOOTER)
    return f"<!doctype html>{element('html', head, body, lang='zh-CN')}"


def render_head(title: str, styles: Sequence[str] = (), scripts: Sequence[str] = ()) -> Markup:
    """What belongs into <head>; the switches come first and block, so that nobody sees the page change."""
    links = (element("link", rel="stylesheet", href=f"/ui/{name}.css") for name in (*_STYLES, *styles))
    loaded = (element("script", src=f"/ui/{name}.js", defer=True) for name in scripts)
    return join(
        (
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", title if title == PRODUCT else f"{title} · {PRODUCT}"),
            element("link", rel="icon", href="/ui/mark.svg"),
            element("script", src="/ui/switches.js"),
            *links,
            *loaded,
        )
    )


def render_header(section: Section | None, notices: Sequence[Notice], language: str = "zh", more: str = "") -> Markup:
    """`more` is markup that joins the switches, a language switch for one."""
    words = _WORDS[language]
    addresses = {Section.CHAT: "/", Section.MEASURES: "/measures", Section.READER: reader_address(notices)}
    entries = (
        element("li", element("a", words[s], href=address, aria_current="page" if s is section else None))
        for s, address in addresses.items()
        if address
    )
    navigation = element("nav", element("ul", *entries), aria_label=words["navigation"])
    row = element("div", _brand(words["product"], notices), navigation, _switches(words, more), class_="band__row")
    return element("header", row, class_="band")


def reader_address(notices: Sequence[Notice]) -> str:
    """The only notice, or the list of them; "" where there is none."""
    if len(notices) == 1:
        return f"/notices/{notices[0].id}"
    return "/notices" if notices else ""


def _brand(product: str, notices: Sequence[Notice]) -> Markup:
    mark = element("svg", element("use", href="/ui/icons.svg#mark"), aria_hidden="true")
    about = (element("small", notices[0].title, lang="zh-CN"),) if len(notices) == 1 else ()
    return element("a", mark, element("span", product, *about), class_="brand", href="/")


def _switches(words: Mapping[str, str], more: str) -> Markup:
    buttons = (
        element("button", icon(sign), words[name], type="button", data_toggle=name, aria_pressed="false")
        for name, sign in (("print", "big"), ("contrast", "contrast"))
    )
    switches = element("div", *buttons, class_="display__switches needs-script")
    return element("div", switches, more, class_="display", role="group", aria_label=words["display"])


_FOOTER = element(
    "footer",
    element("p", "以通知原文为准。本站不使用 Cookie，不向其他网站发送任何内容。"),
    class_="foot",
)
