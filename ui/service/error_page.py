"""What a visitor sees in place of a page that cannot be shown; programs get the same problem as JSON."""

from collections.abc import Mapping

from starlette.types import Scope

from ui.language import query_in
from ui.pages.contents import list_notices
from ui.pages.shell import Page, Visit, open_visit, render_page
from ui.service.problems import Problem
from ui.templating import render

_FOR_PROGRAMS = ("/api/", "/v1/")
_MOST_LISTED = 12


def wants_page(scope: Scope) -> bool:
    """Whether a browser opens an address that a person may have typed."""
    if scope["method"] not in ("GET", "HEAD") or scope["path"].startswith(_FOR_PROGRAMS):
        return False
    headers: Mapping[bytes, bytes] = dict(scope["headers"])
    return b"text/html" in headers.get(b"accept", b"")


def answer_with_page(problem: Problem, scope: Scope) -> str:
    """A wrong address is answered with the notices that there are."""
    return render_error_page(problem, open_visit(scope))


def render_error_page(problem: Problem, visit: Visit) -> str:
    is_missing = problem.status == 404
    title = visit.word("error_missing_title") if is_missing else _title(problem, visit)
    content = render(
        "pages/error",
        visit.language,
        title=title,
        detail=_detail(problem, visit),
        again=query_in(visit.language, visit.query) if problem.retry_after else "",
        listed=tuple(list_notices(visit.notices[:_MOST_LISTED], visit.language)) if is_missing else (),
    )
    return render_page(Page(title, None, content, ("pages",)), visit)


def _title(problem: Problem, visit: Visit) -> str:
    """Problems are worded in Chinese."""
    return problem.title if visit.language == "zh" else visit.word("error_title")


def _detail(problem: Problem, visit: Visit) -> str:
    """The words for programs name addresses of the API."""
    if problem.status == 404:
        return visit.word("error_missing")
    return problem.detail if visit.language == "zh" else visit.word("error_other")
