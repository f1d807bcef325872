"""Clients that ask a service over HTTP, alone and side by side, and what they saw."""

import asyncio
import itertools
import time
from collections.abc import Iterator, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from math import inf

import httpx

from assistant.understanding.text import LONGEST_QUESTION

STREAM = "/api/v1/ask/stream"
_ANSWER_SECONDS = 30.0
_FLOOD_CONNECTIONS = 40
_POLITE_QUESTIONS = 20
_SECONDS_BETWEEN = 1.0


@dataclass(frozen=True, slots=True)
class Reply:
    """`status` is 0 where none came; seconds from the question to the first piece of the answer and to its end."""

    status: int
    first: float
    seconds: float
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class Crowd:
    """The replies to clients in so many seconds."""

    replies: tuple[Reply, ...]
    seconds: float

    @property
    def answered(self) -> int:
        return sum(r.status == httpx.codes.OK for r in self.replies)

    @property
    def errors(self) -> int:
        return len(self.replies) - self.answered

    @property
    def answers_a_second(self) -> float:
        return self.answered / self.seconds


@dataclass(frozen=True, slots=True)
class Clients:
    """Clients at one address, each on a connection of its own; patient ones come back when they are told to."""

    port: int
    questions: Iterator[str]
    route: str = "/api/v1/ask"
    address: str = "127.0.0.1"
    is_patient: bool = True

    async def ask(self, clients: int = 1, each: float = inf, seconds: float = inf, every: float = 0) -> Crowd:
        """Each asks so many, one after another, until so many seconds are over; it begins one in `every` seconds."""
        began = time.monotonic()
        rows = await asyncio.gather(*(self._ask_on(each, began + seconds, every) for _ in range(clients)))
        return Crowd(tuple(itertools.chain.from_iterable(rows)), time.monotonic() - began)

    async def _ask_on(self, number: float, ends: float, every: float) -> list[Reply]:
        replies: list[Reply] = []
        async with httpx.AsyncHTTPTransport(verify=False, local_address=self.address) as transport:
            while len(replies) < number and time.monotonic() < ends:
                reply = await self._ask(transport)
                replies.append(reply)
                told = (reply.retry_after or 0) if self.is_patient else 0
                await asyncio.sleep(max(told, every - reply.seconds, 0))
        return replies

    async def _ask(self, transport: httpx.AsyncHTTPTransport) -> Reply:
        """Without the client of httpx, whose headers and whose time of its own would be measured too."""
        began, first, status, retry_after = time.monotonic(), 0.0, 0, None
        url, body = f"http://127.0.0.1:{self.port}{self.route}", {"question": next(self.questions)}
        sent = transport.handle_async_request(httpx.Request("POST", url, json=body))
        with suppress(httpx.HTTPError, TimeoutError):
            async with asyncio.timeout(_ANSWER_SECONDS), aclosing(await sent) as response:
                async for _ in response.aiter_raw():
                    first = first or time.monotonic() - began
                status, retry_after = response.status_code, response.headers.get("Retry-After")
        return Reply(status, first, time.monotonic() - began, int(retry_after) if retry_after else None)


async def ask_beside_flood(port: int, questions: Iterator[str], longest: Iterator[str]) -> Crowd:
    """One question a second, beside forty connections of another address that send the longest without a pause."""
    flooding = Clients(port, longest, address="127.0.0.2", is_patient=False)
    flood = asyncio.create_task(flooding.ask(_FLOOD_CONNECTIONS))
    await asyncio.sleep(_SECONDS_BETWEEN)
    polite = Clients(port, questions, address="127.0.0.3", is_patient=False)
    crowd = await polite.ask(each=_POLITE_QUESTIONS, every=_SECONDS_BETWEEN)
    flood.cancel()
    with suppress(asyncio.CancelledError):
        await flood
    return crowd


def number_questions(questions: Sequence[str]) -> Iterator[str]:
    """A running number makes every question new, so that nothing can be remembered."""
    return (f"{questions[number % len(questions)]}（{number}）" for number in itertools.count())


def lengthen_questions(questions: Sequence[str]) -> Iterator[str]:
    """Different questions as long as one may be."""
    for number in itertools.count():
        start = number % len(questions)
        joined = itertools.islice(itertools.cycle(questions), start, start + LONGEST_QUESTION)
        yield f"{number}{''.join(joined)}"[:LONGEST_QUESTION]
