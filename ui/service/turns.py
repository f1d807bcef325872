"""Pages are made a few at a time, clients in turn: who calls them up by the hundred holds up nobody else."""

import asyncio
from contextlib import suppress

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.callers.callers import current_caller
from ui.service.errors import respond_fitly
from ui.service.fair_queue import FairQueue, Places, TooBusy, TooManyQuestions
from ui.service.problems import describe_error

_PLACES = Places(at_a_time=4, in_all=1_024, per_client=512)
_MADE = frozenset({"GET", "HEAD"})
# Files are read, not made, and whoever watches the service must not wait.
_FREE = ("/assets/", "/static/", "/svelte/", "/ui/", "/gradio_api/", "/healthz", "/readyz", "/version", "/metrics")


class PageTurns:
    """A turn ends when the response begins: a slow reader holds none."""

    def __init__(self, app: ASGIApp, places: Places = _PLACES) -> None:
        self._app = app
        self._waiting: FairQueue[asyncio.Future[None]] = FairQueue(places)
        self._free = places.at_a_time

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in _MADE or scope["path"].startswith(_FREE):
            await self._app(scope, receive, send)
            return
        try:
            await self._wait_for_turn()
        except (TooBusy, TooManyQuestions) as error:
            await respond_fitly(Request(scope), describe_error(error))(scope, receive, send)
            return
        has_turn = True

        async def send_and_pass_on(message: Message) -> None:
            nonlocal has_turn
            if has_turn:
                has_turn = False
                self._pass_on()
            await send(message)

        try:
            await self._app(scope, receive, send_and_pass_on)
        finally:
            if has_turn:
                self._pass_on()

    async def _wait_for_turn(self) -> None:
        if self._free:
            self._free -= 1
            return
        caller = current_caller()
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        client = caller.client if caller else ""
        pushed_out = self._waiting.put(client, turn)
        if pushed_out and not pushed_out.done():
            pushed_out.set_exception(TooManyQuestions("您这里同时打开的页面太多，请过几秒再试。"))
        try:
            await turn
        except asyncio.CancelledError:
            if not self._waiting.remove(client, turn) and turn.done():
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        while len(self._waiting):
            turn = self._waiting.take()
            with suppress(asyncio.InvalidStateError):
                assert turn
                turn.set_result(None)
                return
        self._free += 1
