"""What many clients see of one service: side by side, one beside a flood, and more than can be answered."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass

from evals.bench.asking import Asker, Reply

_FLOODING = "127.0.0.2"
_POLITE = "127.0.0.3"
_FLOOD_CONNECTIONS = 40
_POLITE_QUESTIONS = 20
_SECONDS_BETWEEN = 1.0
_CROWD = 300
_CROWD_SECONDS = 6.0
_STREAM_ROUTE = "/api/v1/ask/stream"


@dataclass(frozen=True, slots=True)
class Crowd:
    """The replies to so many clients side by side, in so many seconds."""

    clients: int
    replies: tuple[Reply, ...]
    seconds: float

    @property
    def answers_a_second(self) -> float:
        return sum(r.status == 200 for r in self.replies) / self.seconds

    @property
    def errors(self) -> int:
        return sum(r.status != 200 for r in self.replies)


@dataclass(frozen=True, slots=True)
class Pressed:
    """More clients than can be answered, and how long the first question after them took, in seconds."""

    replies: tuple[Reply, ...]
    seconds_to_normal: float

    @property
    def answered(self) -> int:
        return sum(r.status == 200 for r in self.replies)

    @property
    def shed(self) -> int:
        return sum(r.is_shed_cleanly for r in self.replies)

    @property
    def faults(self) -> int:
        """Neither answered nor told when to come back."""
        return len(self.replies) - self.answered - self.shed


@dataclass(frozen=True, slots=True)
class Beside:
    """The replies to a polite client while another floods, and to the flood."""

    polite: tuple[Reply, ...]
    flood: tuple[Reply, ...]

    @property
    def answered(self) -> float:
        """Share of the polite client's questions."""
        return sum(r.status == 200 for r in self.polite) / len(self.polite)


async def ask_in_a_row(port: int, questions: Iterator[str], number: int) -> Crowd:
    """One client, one question after another."""
    asker, began = Asker(port), time.monotonic()
    replies = [await asker.ask(next(questions)) for _ in range(number)]
    asker.close()
    return Crowd(1, tuple(replies), time.monotonic() - began)


async def ask_side_by_side(port: int, questions: Iterator[str], clients: int, seconds: float) -> Crowd:
    """Each client asks on as soon as it has its answer."""
    began = time.monotonic()
    rows = await asyncio.gather(*(_ask_until(Asker(port), questions, began + seconds) for _ in range(clients)))
    return Crowd(clients, tuple(r for row in rows for r in row), time.monotonic() - began)


async def stream_side_by_side(port: int, questions: Iterator[str], clients: int, each: int) -> tuple[Reply, ...]:
    """Each client has so many answers streamed, one after another."""

    async def stream(asker: Asker) -> list[Reply]:
        replies = [await asker.ask(next(questions), _STREAM_ROUTE) for _ in range(each)]
        asker.close()
        return replies

    rows = await asyncio.gather(*(stream(Asker(port)) for _ in range(clients)))
    return tuple(r for row in rows for r in row)


async def press(port: int, questions: Iterator[str]) -> Pressed:
    """Three hundred clients of one address, which come back when they are told to; then one, at once."""
    crowd = await ask_side_by_side(port, questions, _CROWD, _CROWD_SECONDS)
    after = await ask_in_a_row(port, questions, 1)
    return Pressed((*crowd.replies, *after.replies), after.seconds)


async def ask_beside_flood(port: int, questions: Iterator[str], longest: Iterator[str]) -> Beside:
    """One question a second, beside forty connections of another address that send the longest without a pause."""
    flood: list[Reply] = []
    tasks = [asyncio.create_task(_flood(Asker(port, _FLOODING), longest, flood)) for _ in range(_FLOOD_CONNECTIONS)]
    await asyncio.sleep(_SECONDS_BETWEEN)
    polite = await _ask_regularly(Asker(port, _POLITE), questions)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return Beside(tuple(polite), tuple(flood))


async def _ask_until(asker: Asker, questions: Iterator[str], ends: float) -> list[Reply]:
    replies = []
    while time.monotonic() < ends:
        reply = await asker.ask(next(questions))
        replies.append(reply)
        await asyncio.sleep(reply.retry_after or 0)
    asker.close()
    return replies


async def _flood(asker: Asker, questions: Iterator[str], replies: list[Reply]) -> None:
    try:
        while True:
            replies.append(await asker.ask(next(questions)))
    finally:
        asker.close()


async def _ask_regularly(asker: Asker, questions: Iterator[str]) -> list[Reply]:
    replies = []
    for _ in range(_POLITE_QUESTIONS):
        began = time.monotonic()
        replies.append(await asker.ask(next(questions)))
        await asyncio.sleep(max(0.0, _SECONDS_BETWEEN - (time.monotonic() - began)))
    asker.close()
    return replies
