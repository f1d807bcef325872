"""What the service says about itself: what it stores, how accessible it is; and the operator's style, logo and icon."""

from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from corpus.embedding.embed import EndpointEmbedder
from ui.api.ask import Desk
from ui.pages.routes import Visiting
from ui.pages.shell import Page, Visit, render_page, site_of
from ui.service.files import pack, send_file
from ui.service.problems import DETAILS
from ui.settings import UiSettings
from ui.templating import render

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
_MARK = Path(__file__).parents[1] / "static" / "mark.svg"
# A picture that is opened by itself runs and loads nothing either.
_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


@router.get("/privacy")
def read_privacy(request: Request, visit: Visiting, desk: Desk) -> str:
    """From the settings in force and from what answers now."""
    settings: UiSettings = request.app.state.settings
    assistant = desk.opening.current()
    services = {
        "model": assistant.endpoint is not None,
        "embedder": isinstance(assistant.corpus.embedder, EndpointEmbedder),
    }
    sent = [name for name, is_asked in services.items() if is_asked]
    said = {
        "questions": ("logged" if settings.log_questions else "not_logged", "counted", "limited"),
        "feedback": ("rated", "consent", "ballot"),
        "browser": ("talk", "display", "cookies"),
        "elsewhere": (*(sent or ["nobody"]), "operator"),
    }

    def say(key: str) -> str:
        return visit.word(f"privacy_{key}", days=settings.feedback_days)

    sections = [(say(heading), [say(key) for key in keys]) for heading, keys in said.items()]
    return _render_statement(say("title"), [say("lead")], sections, visit)


@router.get("/accessibility")
def read_accessibility(visit: Visiting) -> str:
    own = visit.site.footer
    if own.accessibility is None or own.accessibility_address != "/accessibility":
        raise HTTPException(404, DETAILS[404])
    paragraphs = own.accessibility.said(visit.language).splitlines()
    return _render_statement(visit.word("accessibility"), paragraphs, (), visit)


def _render_statement(
    title: str, paragraphs: Sequence[str], sections: Sequence[tuple[str, Sequence[str]]], visit: Visit
) -> str:
    content = render("site/statement", visit.language, title=title, paragraphs=paragraphs, sections=sections)
    return render_page(Page(title, None, content, ("pages",)), visit)


@router.get("/site/style.css")
def read_style(request: Request) -> Response:
    return send_file(pack(site_of(request.scope).style.encode(), "text/css"), request.scope)


@router.get("/site/logo.{suffix}")
def read_logo(request: Request, suffix: str) -> Response:
    logo = site_of(request.scope).logo
    if logo is None or logo.suffix != suffix:
        raise HTTPException(404, DETAILS[404])
    return read_icon(request)


@router.get("/favicon.ico")
def read_icon(request: Request) -> Response:
    """For browsers that look here whatever the page says, and for addresses that are no pages."""
    logo = site_of(request.scope).logo
    icon = pack(logo.content, logo.media_type) if logo else pack(_MARK.read_bytes(), "image/svg+xml")
    return send_file(icon, request.scope, Content_Security_Policy=_PICTURE_POLICY)
