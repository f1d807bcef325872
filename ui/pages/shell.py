"""What stands around the content of every page: head, header with navigation and switches, footer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.types import Scope

from corpus.notice import Notice
from ui.language import TAGS, address_in, choose_language, other_language, query_in
from ui.markup import element, icon, join
from ui.words import template_of, word

_STYLES = ("tokens", "base")


class Section(StrEnum):
    """The entries of the navigation."""

    CHAT = "chat"
    MEASURES = "measures"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Visit:
    """What is asked for with a page: its language and its query; with the notices that the service holds."""

    notices: Sequence[Notice]
    language: str = "zh"
    query: str = ""

    def word(self, key: str, **fields: object) -> str:
        return word(key, self.language, **fields)


def open_visit(scope: Scope, notices: Sequence[Notice] = ()) -> Visit:
    """What a request asks for."""
    query = scope["query_string"].decode("latin-1")
    language = choose_language(query, Headers(scope=scope).get("accept-language", ""))
    return Visit(notices, language, query)


@dataclass(frozen=True, slots=True)
class Page:
    """A server-rendered page; `styles` and `scripts` are names of files in ui/static without their ending.

    `said` are the keys of the words that the scripts say.
    """

    title: str
    section: Section | None
    content: Markup
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


def render_page(page: Page, visit: Visit) -> str:
    """The whole document."""
    product = visit.word("product")
    title = page.title if page.title == product else f"{page.title} · {product}"
    scripts = (element("script", type="module", src=f"/ui/{name}.js") for name in page.scripts)
    head = element("head", render_head(title, page.styles), *scripts)
    skip = element("a", visit.word("skip_to_text"), class_="skip", href="#main")
    foot = element("footer", element("p", visit.word("footer")), class_="foot")
    words = script_words(page.said, visit.language) if page.said else None
    body = element("body", skip, render_header(page.section, visit), page.content, foot, data_words=words)
    return f"<!doctype html>{element('html', head, body, lang=TAGS[visit.language])}"


def script_words(keys: Sequence[str], language: str, **more: object) -> str:
    """JSON for the scripts of a page: what they say, with $fields unfilled."""
    words = {key: template_of(key, language) for key in keys}
    return json.dumps({**words, "language": language, **more}, ensure_ascii=False)


def render_head(title: str, styles: Sequence[str] = ()) -> Markup:
    """What belongs into <head>; the switches come first and block, so that nobody sees the page change."""
    links = (element("link", rel="stylesheet", href=f"/ui/{name}.css") for name in (*_STYLES, *styles))
    return join(
        (
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", title),
            element("link", rel="icon", href="/ui/mark.svg"),
            element("script", src="/ui/switches.js"),
            *links,
        )
    )


def render_header(section: Section | None, visit: Visit) -> Markup:
    addresses = {Section.CHAT: "/", Section.MEASURES: "/measures", Section.READER: reader_address(visit.notices)}
    entries = (
        element(
            "li",
            element(
                "a",
                visit.word(f"section_{s}"),
                href=address_in(visit.language, address),
                aria_current="page" if s is section else None,
            ),
        )
        for s, address in addresses.items()
        if address
    )
    navigation = element("nav", element("ul", *entries), aria_label=visit.word("navigation"))
    row = element("div", _brand(visit), navigation, _switches(visit), class_="band__row")
    return element("header", row, class_="band")


def reader_address(notices: Sequence[Notice]) -> str:
    """The only notice, or the list of them; "" where there is none."""
    if len(notices) == 1:
        return f"/notices/{notices[0].id}"
    return "/notices" if notices else ""


def _brand(visit: Visit) -> Markup:
    mark = element("svg", element("use", href="/ui/icons.svg#mark"), aria_hidden="true")
    about = (element("small", visit.notices[0].title, lang="zh-CN"),) if len(visit.notices) == 1 else ()
    name = element("span", visit.word("product"), *about)
    return element("a", mark, name, class_="brand", href=address_in(visit.language, "/"))


def _switches(visit: Visit) -> Markup:
    buttons = (
        element("button", icon(sign), visit.word(key), type="button", data_toggle=name, aria_pressed="false")
        for name, sign, key in (("print", "big", "large_print"), ("contrast", "contrast", "high_contrast"))
    )
    switches = element("div", *buttons, class_="display__switches needs-script")
    other = other_language(visit.language)
    tag = TAGS[other]
    change = element("a", visit.word("other_language"), href=query_in(other, visit.query), lang=tag,
                     hreflang=tag)  # fmt: skip
    return element("div", switches, change, class_="display", role="group", aria_label=visit.word("display"))
