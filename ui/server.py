"""Puts the service together: routes, pages, guards."""

import contextlib
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from assistant.origin import product_version
from ui.api import ask, health, metrics, notices
from ui.api.describing import describe_app
from ui.api.mcp.door import PATH, AgentDoor
from ui.api.openai import routes as openai
from ui.api.openai.errors import OpenAiErrors
from ui.callers.callers import Callers
from ui.callers.key_check import KeyCheck
from ui.callers.keys import read_keys
from ui.callers.request_id import RequestId
from ui.chat.mount import Service, mount_chat
from ui.embed import conversation
from ui.embed import routes as embed
from ui.feedback import routes as feedback
from ui.feedback.limit import FeedbackLimit
from ui.feedback.store import FeedbackStore
from ui.pages import routes as pages
from ui.records.journal import Journal
from ui.records.observing import Observing
from ui.service.answering import AnswerDesk, Asking, Opening, show_desk
from ui.service.closing import ClosingFile
from ui.service.errors import add_error_handlers
from ui.service.files import PackedFiles
from ui.service.guard import BodyLimit, ErrorNet, PossibleAddresses, SecurityHeaders
from ui.service.turns import PageTurns
from ui.settings import UiSettings
from ui.site import pages as site_pages
from ui.site import read_site

_STATIC = Path(__file__).parent / "static"


def create_app(assistant: Asking | Callable[[], Asking], settings: UiSettings) -> FastAPI:
    """The whole service; an opener is called when the assistant is first needed, and again after it failed."""
    journal = Journal(settings.log_questions)
    desk = AnswerDesk(Opening(assistant), journal, ClosingFile(settings.closed_file))
    show_desk(journal.metrics, desk)
    store = FeedbackStore(settings.feedback_file, settings.feedback_days)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with feedback.keep_tidy(store, journal.gaps):
            yield
        desk.close()

    app = FastAPI(
        title="政策问答",
        summary="按通知原文回答政策问题，逐句标明出处和责任部门。",
        version=product_version(),
        docs_url=None,  # the built-in pages load their scripts from a CDN
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        middleware=_make_guards(settings, journal),
    )
    _show_state(app, settings, desk, journal)
    app.state.feedback = store
    add_error_handlers(app)
    for module in (ask, openai, conversation, notices, pages, site_pages, feedback, embed, health, metrics):
        app.include_router(module.router)
    app.mount("/ui", PackedFiles(directory=_STATIC))
    door = AgentDoor(desk, settings.host, settings.allowed_origins)
    # A stream opened with GET would stay open for messages that never come.
    app.router.routes.append(Route(PATH, door, methods=["POST"]))
    mount_chat(app, Service(desk, settings.trusted_proxies, partial(feedback.keep_verdict, app.state)))
    app.openapi = lambda: describe_app(app)  # type: ignore[method-assign]
    return app


def _show_state(app: FastAPI, settings: UiSettings, desk: AnswerDesk, journal: Journal) -> None:
    """What routes and pages find in the app."""
    site = read_site(settings.site_file)
    app.state.site = site
    app.state.notices = lambda: desk.opening.current().corpus.catalogue.notices if desk.opening.is_open else ()
    app.state.settings = settings
    app.state.desk = desk
    app.state.embed_origins = tuple(dict.fromkeys((*settings.embed_origins, *site.embed_origins)))
    app.state.journal = journal
    app.state.metrics_token = settings.metrics_token.get_secret_value()
    app.state.feedback_limit = FeedbackLimit()


def _make_guards(settings: UiSettings, journal: Journal) -> list[Middleware]:
    """Outermost first. With a CORSMiddleware here gradio does not add its own, which reflects any origin."""
    return [
        Middleware(RequestId),
        Middleware(Observing, journal=journal),
        Middleware(SecurityHeaders),
        Middleware(OpenAiErrors),
        Middleware(ErrorNet),
        Middleware(PossibleAddresses),
        Middleware(KeyCheck, read_keys(settings.api_keys)),
        Middleware(BodyLimit),
        Middleware(Callers, trust=settings.trusted_proxies),
        Middleware(PageTurns),
        Middleware(
            CORSMiddleware,
            allow_origins=settings.allowed_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "X-API-Key", "X-Request-Id"],
            expose_headers=["Retry-After", "X-Request-Id"] if settings.allowed_origins else [],
        ),
    ]
