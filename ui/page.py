"""What every page has in its head, and the front page: gradio's document made Chinese and fit for a strict policy."""

import re
import secrets
from html import escape

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.guard import CONTENT_SECURITY_POLICY, send_problem
from ui.problems import DETAILS, TITLES, Problem

PRODUCT = "政策问答"
_READ = frozenset({"GET", "HEAD"})
_POST = frozenset({"POST"})
# Everything else that gradio serves (uploads, files, its own API, profiling, code editing) has no use here.
_OPEN_PATHS = {
    "/": _READ,
    "/config": _READ,
    "/theme.css": _READ,
    "/robots.txt": _READ,
    "/gradio_api/info": _READ,
    "/gradio_api/startup-events": _READ,
    "/gradio_api/queue/data": _READ,
    "/gradio_api/queue/join": _POST,
    "/gradio_api/cancel": _POST,
    "/gradio_api/reset": _POST,
}
_OPEN_FOLDERS = ("/assets/", "/static/", "/svelte/", "/gradio_api/heartbeat/")
_FOREIGN_META = re.compile(r'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>|\s*<link rel="manifest"[^>]*>')


def page_head(title: str) -> str:
    """Title, icon and style sheets."""
    return (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} - {PRODUCT}</title>{_LINKS}"
    )


_LINKS = (
    '<link rel="icon" href="/ui/mark.svg"><link rel="stylesheet" href="/ui/tokens.css">'
    '<link rel="stylesheet" href="/ui/ui.css">'
)


class ChatDoor:
    """Lets in what the chat page needs of gradio, and dresses its document."""

    def __init__(self, gradio: ASGIApp) -> None:
        self._gradio = gradio

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            # Nothing here speaks WebSocket.
            await send({"type": "websocket.close", "code": 1000})
            return
        methods = _methods_for(scope["path"])
        if not methods:
            raise HTTPException(404, DETAILS[404])
        if scope["method"] not in methods:
            raise HTTPException(405, DETAILS[405], {"Allow": ", ".join(sorted(methods))})
        if scope["path"] == "/":
            await self._send_page(scope, receive, send)
        else:
            await self._gradio(scope, receive, _in_our_words(send))

    async def _send_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {}
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                body.extend(message.get("body", b""))

        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        # gradio would load a saved state that the address names.
        await self._gradio({**scope, "headers": plain, "query_string": b""}, receive, collect)
        nonce = secrets.token_urlsafe(16)
        page = dress_page(body.decode("utf-8"), nonce).encode("utf-8") if body else b""
        headers = MutableHeaders(scope=start)
        if page:
            headers["Content-Length"] = str(len(page))
        headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
            "script-src 'self'", f"script-src 'self' 'nonce-{nonce}'"
        )
        headers["Cache-Control"] = "no-store"
        await send(start)
        await send({"type": "http.response.body", "body": page})


def _in_our_words(send: Send) -> Send:
    """Replaces gradio's English errors by problems."""
    is_replaced = False

    async def send_or_replace(message: Message) -> None:
        nonlocal is_replaced
        if message["type"] == "http.response.start" and message["status"] >= 400:
            is_replaced = True
            status = message["status"] if message["status"] in TITLES else 400
            await send_problem(send, Problem(status, DETAILS.get(status, "请刷新页面后再试。")))
        elif not is_replaced:
            await send(message)

    return send_or_replace


def _methods_for(path: str) -> frozenset[str]:
    if path.startswith(_OPEN_FOLDERS):
        return _READ
    return _OPEN_PATHS.get(path, frozenset())


def dress_page(page: str, nonce: str) -> str:
    """Language, title, our style sheets; gradio's own inline scripts get the nonce, its advertisements go."""
    page = _FOREIGN_META.sub("", page)
    page = page.replace('lang="en"', 'lang="zh-CN"', 1)
    page = page.replace("<script", f'<script nonce="{nonce}"')
    ours = f'<title>{PRODUCT}</title>{_LINKS}<script nonce="{nonce}" src="/ui/page.js"></script>'
    return page.replace("<head>", f"<head>{ours}", 1)
