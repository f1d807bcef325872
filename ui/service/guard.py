"""What stands before every route and page: response headers, the last net for errors, the limit of a request's size."""

import asyncio
import json
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.callers.callers import ClientGone
from ui.service.error_page import answer_with_page, wants_page
from ui.service.errors import respond_fitly
from ui.service.problems import DETAILS, MEDIA_TYPE, Problem, describe_error

# Twenty turns with long list answers are some 150 KB.
LARGEST_BODY = 256 * 1024
_LONGEST_PATH = 2_000
_LONGEST_NAME = 255
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_MOST_DISCARDED = 64 * 1024 * 1024
_SECONDS_FOR_BODY = 30.0
_WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS"})

# gradio sets style attributes on its parts; nothing needs inline scripts or eval.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
}


class SecurityHeaders:
    """Sets the headers that are the same everywhere; a page may bring its own policy."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class ErrorNet:
    """Turns whatever nobody expected into a problem with a number; no traceback leaves the process."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = finished = False

        async def send_and_note(message: Message) -> None:
            nonlocal started, finished
            started = True
            finished = message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except Exception as error:
            problem = describe_error(error)
            if not started and wants_page(scope):
                await HTMLResponse(answer_with_page(problem, scope), problem.status)(scope, receive, send)
            elif not started:
                await send_problem(send, problem)
            elif not finished:
                # The connection must break, else half an answer looks like a whole one.
                raise ConnectionAbortedError(problem.detail) from None


class PossibleAddresses:
    """Answers 404 for addresses that no file system can hold, before a library stumbles over them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_possible(scope["path"]):
            await respond_fitly(Request(scope), Problem(404, DETAILS[404]))(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def is_possible(path: str) -> bool:
    if len(path) > _LONGEST_PATH or _CONTROL.search(path):
        return False
    # A character is up to four bytes.
    return len(path) * 4 <= _LONGEST_NAME or all(len(n.encode()) <= _LONGEST_NAME for n in path.split("/"))


class BodyLimit:
    """Reads a body up to the limit before anything else sees it, also one without Content-Length."""

    def __init__(self, app: ASGIApp, limit: int = LARGEST_BODY) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _WITHOUT_BODY:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if "expect" in headers and _declared_size(headers) > self._limit:
            await send_problem(send, self._too_large())
            return
        try:
            async with asyncio.timeout(_SECONDS_FOR_BODY):
                body = await self._read(receive)
        except TimeoutError:
            await send_problem(send, Problem(408, "请求传得太慢，没有收完。请检查网络后再试。"))
            return
        if body is None:
            await send_problem(send, self._too_large())
            return
        unread = [body]

        async def receive_again() -> Message:
            if unread:
                return {"type": "http.request", "body": unread.pop(), "more_body": False}
            return await receive()

        await self._app(scope, receive_again, send)

    async def _read(self, receive: Receive) -> bytes | None:
        """None where it is too large; it is read on, for a client that still sends would only see a broken connection."""
        body = bytearray()
        seen = 0
        while seen <= _MOST_DISCARDED:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientGone
            piece = message.get("body", b"")
            seen += len(piece)
            if seen <= self._limit:
                body += piece
            if not message.get("more_body", False):
                break
        return bytes(body) if seen <= self._limit else None

    def _too_large(self) -> Problem:
        return Problem(413, f"请求最多 {self._limit // 1024} KB。请缩短问题，或只带最近 20 轮对话。")


def _declared_size(headers: Headers) -> int:
    value = headers.get("content-length", "0")
    # Twenty digits are more than any limit, and few enough to be read safely.
    return int(value[:20]) if value.isascii() and value.isdigit() else 0


async def send_problem(send: Send, problem: Problem) -> None:
    """Writes the response without a framework, for places where none is at hand."""
    body = json.dumps(problem.as_json(), ensure_ascii=False).encode("utf-8", "replace")
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
    headers += [(name.lower().encode(), value.encode()) for name, value in problem.headers.items()]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
