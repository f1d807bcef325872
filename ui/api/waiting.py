"""Waits for an answer for as long as its client does."""

import asyncio

from starlette.requests import Request

from assistant.answer import Answer
from ui.service.answering import AnswerDesk, ClientGone, Inquiry, Stopping


async def answer_while_connected(request: Request, desk: AnswerDesk, inquiry: Inquiry) -> Answer:
    """Raises ClientGone once the connection is closed; a question that still waits is then never computed."""
    future = desk.submit(inquiry)
    answering = asyncio.wrap_future(future)
    leaving = asyncio.create_task(_leave(request))
    try:
        await asyncio.wait((answering, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not answering.done():
            raise ClientGone
        if future.cancelled():
            raise Stopping
        return future.result()
    finally:
        answering.cancel()
        leaving.cancel()


async def _leave(request: Request) -> None:
    """Returns when the client closes the connection; the body has been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
