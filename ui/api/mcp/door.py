"""The door for agents at /mcp: turns away what another site sends through a visitor's browser, loads the protocol late."""

import asyncio
import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.service.answering import AnswerDesk
from ui.service.guard import send_problem
from ui.service.problems import Problem

PATH = "/mcp"
_WRONG_HOST = "这个主机名没有登记。请用 IP 地址或 localhost 访问，或把网站地址加进 POLICY_ALLOWED_ORIGINS。"
_WRONG_ORIGIN = "不接受来自其他网站的请求。需要时请管理员把它加进 POLICY_ALLOWED_ORIGINS。"


class AgentDoor:
    """An ASGI app; the protocol is imported with the first request."""

    def __init__(self, desk: AnswerDesk, host: str, allowed_origins: Sequence[str]) -> None:
        self._desk = desk
        self._origins = frozenset(allowed_origins)
        self._hosts = {"localhost", host, *(urlsplit(o).hostname or "" for o in allowed_origins)}
        self._server: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if problem := self._refuse(Headers(scope=scope)):
            await send_problem(send, problem)
            return
        if self._server is None:
            self._server = await run_in_threadpool(_open_server, self._desk)
        await _serve_while_connected(self._server, scope, receive, send)

    def _refuse(self, headers: Headers) -> Problem | None:
        host = headers.get("host", "")
        if not self._knows(host):
            return Problem(421, _WRONG_HOST)
        origin = headers.get("origin")
        if origin is not None and origin not in self._origins and origin.partition("://")[2] != host:
            return Problem(403, _WRONG_ORIGIN)
        return None

    def _knows(self, host: str) -> bool:
        """A page that rebinds its name to our address still sends its name, never an address."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
            return name in self._hosts or bool(ipaddress.ip_address(name))
        except ValueError:
            return False


def _open_server(desk: AnswerDesk) -> ASGIApp:
    from ui.api.mcp.server import ToolServer

    return ToolServer(desk).serve_request


async def _serve_while_connected(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Ends the call with the connection, so that a question that still waits is never computed."""
    body = [await receive()]

    async def receive_once() -> Message:
        if not body:
            await asyncio.Future()  # a disconnect ends the whole call, from outside
        return body.pop()

    serving = asyncio.ensure_future(app(scope, receive_once, send))
    leaving = asyncio.ensure_future(receive())
    try:
        await asyncio.wait((serving, leaving), return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            serving.result()
    finally:
        leaving.cancel()
        serving.cancel()
        await asyncio.wait((serving, leaving))
