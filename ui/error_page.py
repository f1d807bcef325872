"""What a visitor sees in place of a page that cannot be shown; programs get the same problem as JSON."""

from collections.abc import Mapping

from starlette.types import Scope

from ui.markup import element, icon
from ui.problems import Problem
from ui.shell import Page, render_page

_FOR_PROGRAMS = ("/api/", "/v1/")
# The words for programs name addresses of the API.
_NOT_FOUND = "没有这个页面，或者这份通知已经换了编号。请从下面继续。"


def wants_page(scope: Scope) -> bool:
    """Whether a browser opens an address that a person may have typed."""
    if scope["method"] not in ("GET", "HEAD") or scope["path"].startswith(_FOR_PROGRAMS):
        return False
    headers: Mapping[bytes, bytes] = dict(scope["headers"])
    return b"text/html" in headers.get(b"accept", b"")


def render_error_page(problem: Problem) -> str:
    detail = _NOT_FOUND if problem.status == 404 else problem.detail
    again = element("a", icon("again"), "再试一次", class_="button", href="?") if problem.retry_after else ""
    ways = element(
        "p",
        again,
        element("a", "去提问", class_="button", href="/"),
        element("a", "看措施一览", class_="button", href="/measures"),
        class_="row",
    )
    card = element(
        "div",
        element("h1", icon("warn"), problem.title, class_="trouble__title"),
        element("p", detail),
        ways,
        class_="trouble",
    )
    content = element("main", card, id="main", class_="page")
    return render_page(Page(problem.title, None, (), content, ("pages",)))
