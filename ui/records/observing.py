"""Stands outermost and tells the journal how every request ended."""

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.records.journal import Journal

_NO_RESPONSE = 499


class Observing:
    """A request whose client left before the response began counts as 499."""

    def __init__(self, app: ASGIApp, journal: Journal) -> None:
        self._app = app
        self._journal = journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = _NO_RESPONSE

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        finally:
            self._journal.note_request(scope, status, time.perf_counter() - began)
