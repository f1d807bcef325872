"""Pages are made in turn, and a slow reader or a fault keeps no turn."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from starlette.types import Message, Receive, Scope, Send

from ui.callers.callers import Callers
from ui.service.fair_queue import Places
from ui.service.turns import PageTurns

PLACES = Places(at_a_time=1, in_all=4, per_client=3)


class Site:
    """Makes a page when its gate opens; `made` are the paths in their order."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.gate = asyncio.Event()
        self.app = Callers(PageTurns(self._make, PLACES))

    async def _make(self, scope: Scope, _: Receive, send: Send) -> None:
        self.made.append(scope["path"])
        await self.gate.wait()
        if scope["path"] == "/fault":
            raise RuntimeError
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def get(self, peer: str, path: str, read: Callable[[], Awaitable[object]] = lambda: asyncio.sleep(0)) -> int:
        statuses: list[int] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            statuses.append(message.get("status", 0))
            await read()

        scope = {"type": "http", "method": "GET", "path": path, "client": (peer, 1), "headers": [], "state": {}}
        await self.app(scope | {"query_string": b""}, receive, send)
        return statuses[0]


async def start(site: Site, *asked: tuple[str, str]) -> list[asyncio.Task[int]]:
    tasks = []
    for peer, path in asked:
        tasks.append(asyncio.create_task(site.get(peer, path)))
        await asyncio.sleep(0)
    return tasks


def test_clients_take_turns() -> None:
    async def run() -> tuple[list[int], list[str]]:
        site = Site()
        tasks = await start(site, ("a", "/a1"), ("a", "/a2"), ("a", "/a3"), ("b", "/b1"), ("a", "/ui/x.css"))
        assert site.made == ["/a1", "/ui/x.css"]
        site.gate.set()
        return await asyncio.gather(*tasks), site.made

    assert asyncio.run(run()) == ([200] * 5, ["/a1", "/ui/x.css", "/a2", "/b1", "/a3"])


def test_too_many_of_one_client_and_a_newcomer() -> None:
    async def run() -> list[int]:
        site = Site()
        asked = [("a", f"/{n}") for n in range(5)] + [("b", "/b1"), ("c", "/c1")]
        tasks = await start(site, *asked)
        site.gate.set()
        return await asyncio.gather(*tasks)

    assert asyncio.run(run()) == [200, 200, 200, 429, 429, 200, 200]


def test_a_slow_reader_a_fault_and_who_leaves_keep_no_turn() -> None:
    async def run() -> None:
        site = Site()
        never = asyncio.Event()
        slow = asyncio.create_task(site.get("a", "/slow", never.wait))
        await asyncio.sleep(0)
        fault, left, last = await start(site, ("a", "/fault"), ("a", "/left"), ("a", "/last"))
        left.cancel()
        site.gate.set()
        with pytest.raises(RuntimeError):
            await fault
        assert await last == 200 and not slow.done()
        assert site.made == ["/slow", "/fault", "/last"]
        slow.cancel()
        assert await site.get("a", "/again") == 200

    asyncio.run(run())
