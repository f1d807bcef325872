"""Bounds what a connection may cost: how many there are, how large a head is, how long sending and reading take."""

import asyncio
import json
import resource
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, ClassVar

import uvicorn
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from ui.callers.clients import NO_PROXY, ProxyTrust, group_address
from ui.service.errors import respond_fitly
from ui.service.guard import LARGEST_BODY
from ui.service.problems import MEDIA_TYPE, Problem

_FILES_KEPT_FREE = 256
_MOST_PIPELINED = 16
# A body in pieces of one byte is one part body and five parts frame.
_FRAME_TO_BODY = 8
_REASONS = {
    400: "Bad Request",
    408: "Request Timeout",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
}
_SECONDS_TO_COME_BACK = 5
_MOST_FIELDS = 200
_NO_HTTP = Problem(400, "请求不是完整的 HTTP。请检查后再试。")
_TOO_MANY_BODIES = Problem(429, "您这里同时上传的内容太多，请过几秒再试。", retry_after=_SECONDS_TO_COME_BACK)
_HEAD_TOO_LARGE = Problem(431, "请求头太大。请减少请求头或 Cookie 后再试。")


def _most_connections() -> int:
    """Files and sockets share one limit of the system."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(_FILES_KEPT_FREE, min(4_000, allowed - _FILES_KEPT_FREE))


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """An office or a campus shares one address; a trusted proxy brings everybody and counts only in all."""

    head_seconds: float = 20.0
    unread_seconds: float = 60.0
    head_bytes: int = 64 * 1024
    per_address: int = 512
    arriving_bytes: int = 8 * 1024 * 1024
    in_all: int = field(default_factory=_most_connections)
    trust: ProxyTrust = NO_PROXY


def configure_server(app: ASGIApp, limits: ConnectionLimits, seconds_to_finish: int) -> uvicorn.Config:
    """The server with these limits; it writes no log of its own and speaks nothing but HTTP."""
    counted = type(
        "CountedProtocol", (BoundedProtocol,), {"limits": limits, "open_connections": Counter(), "arriving": Counter()}
    )
    return uvicorn.Config(
        app,
        http=counted,
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        # The page keeps a connection open for as long as it is shown.
        timeout_graceful_shutdown=seconds_to_finish,
    )


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn itself waits for ever for the rest of a head, and for a client that does not read."""

    limits: ClassVar[ConnectionLimits]
    open_connections: ClassVar[Counter[str]]
    arriving: ClassVar[Counter[str]]
    """Bytes of bodies that are not yet whole, by address."""

    _address = ""
    _waiting: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None
    _running: RequestResponseCycle | None = None
    _refusal: Problem | None = None
    _fault = _NO_HTTP
    _is_head_begun = False
    _messages = _framing = _body = _held = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._address = group_address(self.client[0]) if self.client else ""
        self.open_connections[self._address] += 1
        self._refusal = self._judge_number()
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self.open_connections[self._address] -= 1
        if not self.open_connections[self._address]:
            del self.open_connections[self._address]
        self._hold(0)
        self._unset(self._waiting, self._unread)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        before, body = self._messages, self._body
        super().data_received(data)
        if self._messages == before:
            self._framing += len(data) - (self._body - body)
            if self._framing > self.limits.head_bytes + _FRAME_TO_BODY * self._body:
                self._break_off(_HEAD_TOO_LARGE)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._messages += 1
        self._is_head_begun = True
        self._framing = self._body = 0

    def on_headers_complete(self) -> None:
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if size > self.limits.head_bytes or len(self.headers) > _MOST_FIELDS:
            self._fault = _HEAD_TOO_LARGE
            raise ValueError("the head is too large")
        if len(self.pipeline) >= _MOST_PIPELINED:
            raise ValueError("too many requests at once")
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._body += len(body)
        self._hold(min(self._body, LARGEST_BODY))
        if self.arriving[self._address] > self.limits.arriving_bytes and not self._is_proxy:
            self._fault = _TOO_MANY_BODIES
            raise ValueError("too many bodies at once")
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._hold(0)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        self._running = None
        # What is left of a body, and an answer that nobody reads, may not hold the connection either.
        self._wait_for_head()
        super().on_response_complete()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self.loop.call_later(self.limits.unread_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._unset(self._unread)

    def send_400_response(self, msg: str) -> None:
        self._break_off(self._fault)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:  # noqa: ANN401
        self._unset(self._waiting)
        self._running = cycle
        if self._refusal:
            cycle.keep_alive = False
        self._is_head_begun = False
        refusal: Any = _refuse_with(self._refusal) if self._refusal else None
        super()._start_asgi_task(cycle, refusal or app)

    @property
    def _is_proxy(self) -> bool:
        return self.client is not None and self.limits.trust.covers(self.client[0])

    def _hold(self, size: int) -> None:
        """Of what arrives, a larger body is thrown away as it comes."""
        self.arriving[self._address] += size - self._held
        self._held = size
        if not self.arriving[self._address]:
            del self.arriving[self._address]

    def _judge_number(self) -> Problem | None:
        if len(self.connections) > self.limits.in_all:
            return Problem(503, "现在连接的人太多，请过几秒再试。", retry_after=_SECONDS_TO_COME_BACK)
        if not self._is_proxy and self.open_connections[self._address] > self.limits.per_address:
            return Problem(429, "您这里打开的连接太多，请关掉一些再试。", retry_after=_SECONDS_TO_COME_BACK)
        return None

    def _wait_for_head(self) -> None:
        self._unset(self._waiting)
        self._waiting = self.loop.call_later(self.limits.head_seconds, self._stop_waiting)

    def _stop_waiting(self) -> None:
        if self.transport.is_closing() or self.transport.get_write_buffer_size():
            self.transport.abort()
        elif self._is_head_begun:
            self._break_off(Problem(408, "请求传得太慢，没有收完。请检查网络后再试。"))
        else:
            self.transport.close()

    def _break_off(self, problem: Problem) -> None:
        """An answer that runs is not interrupted; nothing after it is read."""
        self.pipeline.clear()
        running = self._running
        if running and (running.response_started or not running.more_body):
            running.keep_alive = False
            return
        if running:
            # Half a body is nothing to wait for.
            running.disconnected = True
            running.message_event.set()
        if not self.transport.is_closing():
            self.transport.write(_write_response(problem))
            self.transport.close()

    @staticmethod
    def _unset(*timers: asyncio.TimerHandle | None) -> None:
        for timer in timers:
            if timer:
                timer.cancel()


def _refuse_with(problem: Problem) -> ASGIApp:
    async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
        await respond_fitly(Request(scope), problem)(scope, receive, send)

    return refuse


def _write_response(problem: Problem) -> bytes:
    body = json.dumps(problem.as_json(), ensure_ascii=False).encode()
    retry = "" if problem.retry_after is None else f"Retry-After: {problem.retry_after}\r\n"
    head = (
        f"HTTP/1.1 {problem.status} {_REASONS[problem.status]}\r\nContent-Type: {MEDIA_TYPE}\r\n"
        f"Content-Length: {len(body)}\r\nX-Content-Type-Options: nosniff\r\n{retry}Connection: close\r\n\r\n"
    )
    return head.encode() + body
