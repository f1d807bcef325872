"""The front page: a document of ours in which gradio's app runs under a strict policy, and the door to what it serves."""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.notice import Notice
from ui.chat.exchanges import read_id
from ui.chat.frame import Frame, render_document
from ui.chat.greeting import pick_notice
from ui.chat.packing import packed
from ui.pages.shell import Visit, open_visit
from ui.service.guard import CONTENT_SECURITY_POLICY, send_problem
from ui.service.problems import DETAILS, TITLES, Problem

ROOTS = {"zh": "", "en": "/en"}
"""Where the app of each language has its routes."""

_READ = frozenset({"GET", "HEAD"})
_API = "/gradio_api"
_JOIN = f"{_API}/queue/join"
# Whatever else gradio serves (uploads, files, saved states, profiling, code editing) has no use here.
_ASKED = frozenset({_JOIN, f"{_API}/cancel", f"{_API}/reset", f"{_API}/call/ask", f"{_API}/call/v2/ask"})
_READ_PATHS = frozenset(
    {
        "/",
        "/config",
        "/theme.css",
        "/robots.txt",
        f"{_API}/info",
        f"{_API}/startup-events",
        f"{_API}/queue/data",
        f"{_API}/app_id",
    }
)
_READ_FOLDERS = (
    "/assets/", "/static/", "/svelte/", f"{_API}/heartbeat/", f"{_API}/call/ask/", f"{_API}/call/v2/ask/",
)  # fmt: skip
_EVENTS = f"{_API}/queue/data"
# What gradio forbids is an address of nothing: keys and hosts are checked elsewhere.
_SAID = frozenset(TITLES) - {401, 403, 421}


@dataclass(frozen=True, slots=True)
class _Parts:
    """The files that gradio's own page loads; their names change with its version."""

    scripts: tuple[str, ...]
    styles: tuple[str, ...]


class _PageOfGradio(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.styles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and given.get("type") == "module" and given.get("src"):
            self.scripts.append(str(given["src"]).removeprefix("."))
        if tag == "link" and given.get("rel") == "stylesheet" and given.get("href"):
            self.styles.append(str(given["href"]).removeprefix("."))


@cache
def _parts_of_gradio() -> _Parts:
    page = _PageOfGradio()
    page.feed(Path(str(files("gradio") / "templates" / "frontend" / "index.html")).read_text(encoding="utf-8"))
    return _Parts(tuple(page.scripts), tuple(page.styles))


@dataclass(frozen=True, slots=True)
class Dress:
    """Our document around gradio's app."""

    notices: Callable[[], Sequence[Notice]]

    def make(self, config: Mapping[str, Any], visit: Visit, nonce: str) -> str:
        parts = _parts_of_gradio()
        picked = pick_notice(visit.notices, named_notice(visit.query))
        return render_document(Frame(visit, config, parts.scripts, parts.styles, nonce, picked))


class ChatDoor:
    """Lets in what the chat page needs of gradio, and shows its page."""

    def __init__(self, apps: Mapping[str, ASGIApp], dress: Dress) -> None:
        self._apps = apps
        self._dress = dress

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            # Nothing here speaks WebSocket.
            await send({"type": "websocket.close", "code": 1000})
            return
        language, path = _find_app(scope["path"])
        allowed = _methods_of(path)
        if not allowed:
            raise HTTPException(404, DETAILS[404])
        if scope["method"] not in allowed:
            raise HTTPException(405, DETAILS[405], {"Allow": ", ".join(sorted(allowed))})
        if scope["path"] == "/":
            await self._send_page(scope, receive, send)
            return
        at = {**scope, "root_path": scope.get("root_path", "") + ROOTS[language]}
        if path == _EVENTS:
            send = packed(scope, send)
        at["query_string"] = _query_for_gradio(path, scope["query_string"])
        try:
            await self._apps[language](at, receive, _in_our_words(send))
        finally:
            scope["route"] = at.get("route")  # for who counts requests by their route

    async def _send_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        visit = open_visit(scope, self._dress.notices())
        config = await self._read_config(scope, receive, visit.language)
        nonce = secrets.token_urlsafe(16)
        policy = CONTENT_SECURITY_POLICY.replace("script-src 'self'", f"script-src 'self' 'nonce-{nonce}'")
        headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store", "Vary": "Accept-Language"}
        page = self._dress.make(config, visit, nonce)
        await HTMLResponse(page, headers=headers)(scope, receive, packed(scope, send))

    async def _read_config(self, scope: Scope, receive: Receive, language: str) -> dict[str, Any]:
        """As gradio says it to this visitor: it holds the address under which they see us."""
        body = bytearray()

        async def collect(message: Message) -> None:
            body.extend(message.get("body", b""))

        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        root = ROOTS[language]
        # gradio would load a saved state that the address names.
        asked = {**scope, "method": "GET", "path": f"{root}/config", "raw_path": f"{root}/config".encode(),
                 "headers": plain, "query_string": b"", "root_path": scope.get("root_path", "") + root}  # fmt: skip
        await self._apps[language](asked, receive, collect)
        config: dict[str, Any] = json.loads(body)
        return config


def named_notice(query: str) -> str:
    """The id in `/?notice=…`, "" where there is none, or nothing that could be one."""
    return read_id(parse_qs(query).get("notice", [""])[-1])


def _query_for_gradio(path: str, query: bytes) -> bytes:
    """Its events are told the page's whole address; they need to know only the notice that the page is for."""
    if path == _EVENTS:
        return query
    notice_id = named_notice(query.decode("latin-1")) if path == _JOIN else ""
    return urlencode({"notice": notice_id}).encode() if notice_id else b""


def _find_app(path: str) -> tuple[str, str]:
    """Whose path it is, and the path inside."""
    root = ROOTS["en"]
    return ("en", path.removeprefix(root)) if path.startswith(f"{root}/") else ("zh", path)


def _methods_of(path: str) -> frozenset[str]:
    if path in _ASKED:
        return frozenset({"POST"})
    return _READ if path in _READ_PATHS or path.startswith(_READ_FOLDERS) else frozenset()


def _in_our_words(send: Send) -> Send:
    """Replaces gradio's English errors by problems."""
    is_replaced = False

    async def send_or_replace(message: Message) -> None:
        nonlocal is_replaced
        if message["type"] == "http.response.start" and message["status"] >= 400:
            is_replaced = True
            status = message["status"] if message["status"] in _SAID else 400
            await send_problem(send, Problem(status, DETAILS.get(status, "请刷新页面后再试。")))
        elif not is_replaced:
            await send(message)

    return send_or_replace
