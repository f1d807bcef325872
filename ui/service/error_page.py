"""What a visitor sees in place of a page that cannot be shown; programs get the same problem as JSON."""

from collections.abc import Mapping

from starlette.types import Scope

from ui.language import address_in, query_in
from ui.markup import element, icon
from ui.pages.shell import Page, Visit, render_page
from ui.service.problems import Problem

_FOR_PROGRAMS = ("/api/", "/v1/")


def wants_page(scope: Scope) -> bool:
    """Whether a browser opens an address that a person may have typed."""
    if scope["method"] not in ("GET", "HEAD") or scope["path"].startswith(_FOR_PROGRAMS):
        return False
    headers: Mapping[bytes, bytes] = dict(scope["headers"])
    return b"text/html" in headers.get(b"accept", b"")


def render_error_page(problem: Problem, visit: Visit) -> str:
    again = (
        element(
            "a", icon("again"), visit.word("try_again"), class_="button", href=query_in(visit.language, visit.query)
        )
        if problem.retry_after
        else ""
    )
    ways = (
        element("a", visit.word(key), class_="button", href=address_in(visit.language, address))
        for key, address in (("go_ask", "/"), ("see_measures", "/measures"))
    )
    title = visit.word("error_missing_title") if problem.status == 404 else _title(problem, visit)
    card = element(
        "div",
        element("h1", icon("warn"), title, class_="trouble__title"),
        element("p", _detail(problem, visit)),
        element("p", again, *ways, class_="row"),
        class_="trouble",
    )
    return render_page(Page(title, None, element("main", card, id="main", class_="page"), ("pages",)), visit)


def _title(problem: Problem, visit: Visit) -> str:
    """Problems are worded in Chinese."""
    return problem.title if visit.language == "zh" else visit.word("error_title")


def _detail(problem: Problem, visit: Visit) -> str:
    """The words for programs name addresses of the API."""
    if problem.status == 404:
        return visit.word("error_missing")
    return problem.detail if visit.language == "zh" else visit.word("error_other")
