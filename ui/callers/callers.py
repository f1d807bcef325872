"""Who waits for the answer to the request that runs, and whether they still wait; every door finds it here."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.callers.clients import NO_PROXY, ProxyTrust, client_of


class ClientGone(Exception):
    """Whoever asked closed the connection before it was their turn; nobody reads the response."""

    def __init__(self) -> None:
        super().__init__("连接已经断开，没有继续回答。")


class Caller:
    """One request; its connection is watched once something is computed for it."""

    def __init__(self, scope: Scope, receive: Receive, trust: ProxyTrust) -> None:
        self.scope = scope
        self._trust = trust
        self._receive = receive
        self._loop = asyncio.get_running_loop()
        self._is_body_read = False
        self._watch: asyncio.Task[None] | None = None
        self._when_gone: list[Callable[[], None]] = []
        self._gone = asyncio.Event()

    @property
    def client(self) -> str:
        """Asked late: a key may be checked after the request has come in."""
        return client_of(self.scope, self._trust)

    def call_when_gone(self, action: Callable[[], None]) -> None:
        """In the event loop; not at all once the request has been answered."""
        if self._gone.is_set():
            return
        self._when_gone.append(action)
        # The tools of a protocol may run in a thread.
        self._loop.call_soon_threadsafe(self._start_watching)

    async def receive(self) -> Message:
        """The body, which comes whole, then the end of the connection."""
        if not self._is_body_read:
            message = await self._receive()
            self._is_body_read = not message.get("more_body", False)
            return message
        self._start_watching()
        await self._gone.wait()
        return {"type": "http.disconnect"}

    def forget(self) -> None:
        self._when_gone.clear()
        self._gone.set()
        if self._watch:
            self._watch.cancel()

    def _start_watching(self) -> None:
        if self._watch is None and self._is_body_read and not self._gone.is_set():
            self._watch = self._loop.create_task(self._wait_until_gone())

    async def _wait_until_gone(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._gone.set()
        for action in self._when_gone:
            action()


_CALLER: ContextVar[Caller | None] = ContextVar("caller", default=None)


def current_caller() -> Caller | None:
    """None outside of a request."""
    return _CALLER.get()


async def _hear_nothing() -> Message:
    return {"type": "http.disconnect"}


@contextmanager
def speaking_for(scope: Scope, trust: ProxyTrust) -> Iterator[None]:
    """For work that runs after its request was answered: it counts for whoever sent that request."""
    before = _CALLER.set(Caller(scope, _hear_nothing, trust))
    try:
        yield
    finally:
        _CALLER.reset(before)


class Callers:
    """Stands inside the limit of bodies, which hands a body over whole."""

    def __init__(self, app: ASGIApp, trust: ProxyTrust = NO_PROXY) -> None:
        self._app = app
        self._trust = trust

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        caller = Caller(scope, receive, self._trust)
        before = _CALLER.set(caller)
        try:
            await self._app(scope, caller.receive, send)
        finally:
            _CALLER.reset(before)
            caller.forget()
