"""What many clients see of one service: one that is polite beside one that floods, and more than it can answer."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.bench.asking import Asker, Reply, lengthen_questions, number_questions

_FLOODING = "127.0.0.2"
_POLITE = "127.0.0.3"
_FLOOD_CONNECTIONS = 40
_POLITE_QUESTIONS = 20
_SECONDS_BETWEEN = 1.0


@dataclass(frozen=True, slots=True)
class Beside:
    """The replies to a polite client while another floods, and how many of the flood were answered."""

    polite: tuple[Reply, ...]
    flood: tuple[Reply, ...]


async def ask_beside_flood(port: int, questions: Sequence[str]) -> Beside:
    """One question a second, beside forty connections of another address that send the longest without a pause."""
    flood: list[Reply] = []
    longest = lengthen_questions(questions)
    tasks = [asyncio.create_task(_flood(Asker(port, _FLOODING), longest, flood)) for _ in range(_FLOOD_CONNECTIONS)]
    await asyncio.sleep(_SECONDS_BETWEEN)
    polite = await _ask_regularly(Asker(port, _POLITE), number_questions(questions))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return Beside(tuple(polite), tuple(flood))


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
