"""The front page: gradio's document made ours and fit for a strict policy, and the door to what gradio serves."""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from markupsafe import Markup, escape
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.notice import Notice
from ui.chat.frame import page_words, render_frame
from ui.language import choose_language
from ui.markup import element
from ui.pages.shell import render_head
from ui.service.guard import CONTENT_SECURITY_POLICY, send_problem
from ui.service.problems import DETAILS, TITLES, Problem
from ui.words import word

_READ = frozenset({"GET", "HEAD"})
# Everything else that gradio serves (events, uploads, files, profiling, code editing) has no use here.
_OPEN_PATHS = frozenset({"/", "/config", "/theme.css", "/robots.txt", "/gradio_api/info", "/gradio_api/startup-events"})
_OPEN_FOLDERS = ("/assets/", "/static/", "/svelte/", "/gradio_api/heartbeat/")
_OUR_HEAD = re.compile(r"<meta\s[^>]*>|<base\s[^>]*>|<title>.*?</title>|<link rel=\"manifest\"[^>]*>", re.DOTALL)
_ROOT_STYLE = re.compile(r'<html\s+lang="en"[^>]*>', re.DOTALL)
_HEAD = re.compile(r"<head>(.*?)</head>", re.DOTALL)
_STATIC = Path(__file__).parents[1] / "static"
_MODULES = sorted(
    p.relative_to(_STATIC).as_posix()
    for folder in ("chat", "shared")
    for p in (_STATIC / folder).glob("*.js")
    if p.stem != "language"
)
# What gradio forbids is an address of nothing: keys and hosts are checked elsewhere.
_SAID = frozenset(TITLES) - {401, 403, 421}
_APP = Markup('<gradio-app control_page_title="false" embed="false" eager="true"></gradio-app>')


@dataclass(frozen=True, slots=True)
class Dress:
    """Makes our document of gradio's."""

    notices: Callable[[], Sequence[Notice]]
    styles: ClassVar[tuple[str, ...]] = ("chat",)

    def fit(self, page: str, language: str, nonce: str) -> str:
        """gradio's scripts and styles in our head, its app inside our body."""
        found = _HEAD.search(page)
        theirs = _OUR_HEAD.sub("", found[1]) if found else ""
        theirs = theirs.replace("<script", f'<script nonce="{nonce}"')
        head = "".join(
            (
                # Scripts run in their order: ours need not wait for gradio.
                element("script", src="/ui/chat/language.js"),
                *(element("link", rel="modulepreload", href=f"/ui/{path}") for path in _MODULES),
                element("script", type="module", src="/ui/chat/chat.js"),
                theirs,
                # After gradio's styles, which would else set the type of the whole page.
                render_head(word("heading", language), self.styles),
            )
        )
        body = render_frame(language, self.notices(), _APP)
        tag = "zh-CN" if language == "zh" else "en"
        return (
            f'<!doctype html><html lang="{tag}" class="chat-page"><head>{head}</head>'
            f'<body data-words="{escape(page_words(language))}">{body}</body></html>'
        )


class ChatDoor:
    """Lets in what the chat page needs of gradio, and dresses its document."""

    def __init__(self, apps: Mapping[str, ASGIApp], dress: Dress) -> None:
        self._apps = apps
        self._dress = dress

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            # Nothing here speaks WebSocket.
            await send({"type": "websocket.close", "code": 1000})
            return
        path = scope["path"]
        if path not in _OPEN_PATHS and not path.startswith(_OPEN_FOLDERS):
            raise HTTPException(404, DETAILS[404])
        if scope["method"] not in _READ:
            raise HTTPException(405, DETAILS[405], {"Allow": ", ".join(sorted(_READ))})
        if path == "/":
            await self._send_page(scope, receive, send)
        else:
            await self._apps["zh"](scope, receive, _in_our_words(send))

    async def _send_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {}
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                body.extend(message.get("body", b""))

        query = scope.get("query_string", b"").decode("latin-1")
        language = choose_language(query, Headers(scope=scope).get("accept-language", ""))
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        # gradio would load a saved state that the address names.
        asked = {**scope, "method": "GET", "headers": plain, "query_string": b""}
        await self._apps[language](asked, receive, collect)
        nonce = secrets.token_urlsafe(16)
        page = self._dress.fit(body.decode("utf-8"), language, nonce).encode("utf-8")
        headers = MutableHeaders(scope=start)
        headers["Content-Length"] = str(len(page))
        headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
            "script-src 'self'", f"script-src 'self' 'nonce-{nonce}'"
        )
        headers["Cache-Control"] = "no-store"
        headers["Vary"] = "Accept-Language"
        await send(start)
        await send({"type": "http.response.body", "body": page if scope["method"] == "GET" else b""})


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
