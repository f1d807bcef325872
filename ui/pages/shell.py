"""What stands around the content of every page: head, header with navigation and switches, footer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.types import Scope

from corpus.notice import Notice
from ui.language import TAGS, address_in, choose_language, other_language, query_in
from ui.site import Site, neutral_site
from ui.templating import render
from ui.words import template_of, word

_STYLES = ("tokens", "base")


class Section(StrEnum):
    """The entries of the navigation."""

    CHAT = "chat"
    MEASURES = "measures"
    MATCH = "match"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Visit:
    """What is asked for with a page: its language and its query; with the notices that the service holds, and whose it is."""

    notices: Sequence[Notice]
    language: str = "zh"
    query: str = ""
    site: Site = field(default_factory=neutral_site)

    @property
    def name(self) -> str:
        """What the operator calls the service."""
        return self.site.name(self.language)

    def word(self, key: str, **fields: object) -> str:
        return word(key, self.language, **fields)


def open_visit(scope: Scope, notices: Sequence[Notice] | None = None) -> Visit:
    """What a request asks for; without `notices` those that are held already, for pages that must open whatever happens."""
    query = scope["query_string"].decode("latin-1")
    language = choose_language(query, Headers(scope=scope).get("accept-language", ""))
    return Visit(_state(scope, "notices", tuple)() if notices is None else notices, language, query, site_of(scope))


def site_of(scope: Scope) -> Site:
    """The one that the service was started with; where nothing of it is at hand, the neutral one."""
    return _state(scope, "site", None) or neutral_site()


def _state(scope: Scope, name: str, otherwise: Any) -> Any:  # noqa: ANN401
    return getattr(getattr(scope.get("app"), "state", None), name, otherwise)


@dataclass(frozen=True, slots=True)
class Page:
    """A server-rendered page; `styles` and `scripts` are names of files in ui/static without their ending.

    `said` are the keys of the words that the scripts say; `description` is for those who show a link to the page.
    """

    title: str
    section: Section | None
    content: Markup
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    description: str = ""


def render_page(page: Page, visit: Visit) -> str:
    """The whole document."""
    title = page.title if page.title == visit.name else f"{page.title} · {visit.name}"
    return render(
        "pages/page",
        visit.language,
        page=page,
        head=render_head(title, page.styles, visit, page.description),
        header=render_header(page.section, visit),
        footer=render_footer(visit),
        words=script_words(page.said, visit.language) if page.said else None,
    )


def script_words(keys: Sequence[str], language: str, **more: object) -> str:
    """JSON for the scripts of a page: what they say, with $fields unfilled."""
    words = {key: template_of(key, language) for key in keys}
    return json.dumps({**words, "language": language, **more}, ensure_ascii=False)


def render_head(title: str, styles: Sequence[str] = (), visit: Visit | None = None, description: str = "") -> Markup:
    """What belongs into <head>; the switches come first and block, so that nobody sees the page change.

    Only with a visit are there its operator's colours and words for those who show a link.
    """
    language = visit.language if visit else "zh"
    described = description or word("description", language) if visit else ""
    site = visit.site if visit else neutral_site()
    return render("pages/head", language, title=title, styles=(*_STYLES, *styles), site=site, description=described)


def render_header(section: Section | None, visit: Visit) -> Markup:
    """With a line that only print shows: whose page it is."""
    paths = ((Section.CHAT, "/"), (Section.MEASURES, "/measures"), (Section.MATCH, "/match"))
    addresses = {**dict(paths), Section.READER: reader_address(visit.notices)}
    entries = [
        {"section": s, "address": address_in(visit.language, a), "current": "page" if s is section else None}
        for s, a in addresses.items()
        if a
    ]
    own = visit.site.footer
    other = other_language(visit.language)
    return render(
        "pages/header",
        visit.language,
        site=visit.site,
        about=visit.notices[0].title if len(visit.notices) == 1 else "",
        entries=entries,
        other_address=query_in(other, visit.query),
        other_tag=TAGS[other],
        imprint=[said for said in (visit.site.named, own.organiser, own.contact, own.hotline) if said],
    )


def render_footer(visit: Visit) -> Markup:
    """Whose page it is, what it stores, and the operator's links: the only ones that lead to other sites."""
    return render("pages/footer", visit.language, site=visit.site)


def reader_address(notices: Sequence[Notice]) -> str:
    """The only notice, or the list of them; "" where there is none."""
    if len(notices) == 1:
        return f"/notices/{notices[0].id}"
    return "/notices" if notices else ""
