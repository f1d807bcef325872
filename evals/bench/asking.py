"""A small client that asks over HTTP from an address of its own and says when each piece of the answer came."""

import asyncio
import itertools
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.question import LONGEST_QUESTION
from evals.bench.service import ANSWER_SECONDS

_ROUTE = "/api/v1/ask"


@dataclass(frozen=True, slots=True)
class Reply:
    """`status` is 0 where none came; seconds from the question to the first piece of the answer and to its end."""

    status: int
    first: float
    seconds: float
    retry_after: int | None = None

    @property
    def is_shed_cleanly(self) -> bool:
        return self.status in (429, 503) and self.retry_after is not None


class Asker:
    """One connection, which is kept open."""

    def __init__(self, port: int, address: str = "127.0.0.1") -> None:
        self._port = port
        self._address = address
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, question: str, route: str = _ROUTE) -> Reply:
        began = time.monotonic()
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._ask(question, route, began)
        except (OSError, EOFError, TimeoutError):
            self.close()
            spent = time.monotonic() - began
            return Reply(0, spent, spent)

    async def _ask(self, question: str, route: str, began: float) -> Reply:
        body = json.dumps({"question": question}).encode()
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, local_addr=(self._address, 0))
        reader, writer = self._streams
        head = (
            f"POST {route} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        status, headers = _read_head(await reader.readuntil(b"\r\n\r\n"))
        first = await _read_body(reader, headers)
        retry_after = headers.get("retry-after")
        ended = time.monotonic()
        return Reply(status, (first or ended) - began, ended - began, int(retry_after) if retry_after else None)

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None


def _read_head(head: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = head.decode("latin-1").split("\r\n")
    fields = (line.partition(":") for line in lines if line)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in fields}


async def _read_body(reader: asyncio.StreamReader, headers: dict[str, str]) -> float | None:
    """When its first piece came, of a body that comes in pieces."""
    if "content-length" in headers:
        await reader.readexactly(int(headers["content-length"]))
        return None
    first = None
    while size := int(await reader.readuntil(b"\r\n"), 16):
        await reader.readexactly(size + 2)
        first = first or time.monotonic()
    await reader.readexactly(2)
    return first


def number_questions(questions: Sequence[str]) -> Iterator[str]:
    """A running number makes every question new, so that nothing can be remembered."""
    numbered = zip(itertools.count(), itertools.cycle(questions), strict=False)
    return (f"{question}（{number}）" for number, question in numbered)


def lengthen_questions(questions: Sequence[str]) -> Iterator[str]:
    """Different questions as long as one may be."""
    turned = itertools.cycle(range(len(questions)))
    for number, start in enumerate(turned):
        joined = "".join(itertools.islice(itertools.cycle(questions), start, start + LONGEST_QUESTION))
        yield f"{number}{joined}"[:LONGEST_QUESTION]
