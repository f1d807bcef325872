"""A scripted OpenAI-compatible endpoint on loopback: a script sends any bytes, at any time, and may break off.

    with ModelServer(say("你好")) as server:
        settings = ModelSettings(model_base_url=server.url, model_name="m")

`server.script` may be changed while it runs; `server.requests` holds what was asked.
"""

import asyncio
import contextlib
import json
import socket
import ssl
import struct
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n"
LAST_CHUNK = b"0\r\n\r\n"
DONE = b"data: [DONE]\n\n"
_LONGEST_REQUEST = 8 * 1024 * 1024
_SECONDS_BETWEEN_LOOKS = 0.01


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: names of headers in lower case, the body as JSON."""

    line: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass(slots=True)
class Line:
    """What a script has in hand: the request, and the connection of whoever asked."""

    asked: Asked
    number: int
    """1 for the first request that the server got."""
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, *blocks: bytes) -> None:
        """As they are."""
        for block in blocks:
            self.writer.write(block)
            await self.writer.drain()

    async def open(self) -> None:
        """The head of a stream of events, in chunks."""
        await self.send(HEAD)

    async def stream(self, *blocks: bytes) -> None:
        """Each block as one chunk."""
        await self.send(*(b"%x\r\n%b\r\n" % (len(b), b) for b in blocks))

    async def end(self) -> None:
        await self.stream(DONE)
        await self.send(LAST_CHUNK)

    async def respond(self, status: str, content_type: str, body: str, *headers: str) -> None:
        """A whole response: `status` as in 404 Not Found."""
        sent = body.encode()
        lines = [
            f"HTTP/1.1 {status}",
            f"Content-Type: {content_type}",
            f"Content-Length: {len(sent)}",
            "Connection: close",
        ]
        await self.send("\r\n".join([*lines, *headers, "", ""]).encode() + sent)

    async def wait_until_gone(self) -> None:
        """Says nothing until the other side closes the connection."""
        await _wait_for_eof(self.reader)

    def reset(self) -> None:
        """RST instead of a farewell."""
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Script = Callable[[Line], Awaitable[None]]


def event(delta: object, finish: str | None = None, **more: object) -> bytes:
    """One chunk of a completion as an event."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return as_event({"id": "c1", "object": "chat.completion.chunk", "created": 1, "choices": [choice], **more})


def as_event(value: object) -> bytes:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode()


def words(text: str) -> list[bytes]:
    """An event for every two characters."""
    return [event({"content": text[i : i + 2]}) for i in range(0, len(text), 2)]


ROLE = event({"role": "assistant", "content": ""})
STOP = event({}, "stop")
USAGE = as_event(
    {
        "id": "c1",
        "object": "chat.completion.chunk",
        "choices": [],
        "usage": {"prompt_tokens": 30, "completion_tokens": 12, "total_tokens": 42},
    }
)


def say(text: str) -> Script:
    """A correct reply with these words, as the best endpoints send it."""

    async def script(line: Line) -> None:
        await line.open()
        await line.stream(ROLE, *words(text), STOP, USAGE)
        await line.end()

    return script


def in_turn(*scripts: Script) -> Script:
    """A script for each request; the last one stays."""

    async def script(line: Line) -> None:
        await scripts[min(line.number, len(scripts)) - 1](line)

    return script


@dataclass
class ModelServer:
    """Runs in a thread of its own between `with` and its end; `tls` makes it speak https."""

    script: Script
    tls: ssl.SSLContext | None = None
    requests: list[Asked] = field(default_factory=list)
    left: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    """One more for every connection that the other side closed before its script was through."""
    port: int = 0

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}/v1"

    @property
    def prompts(self) -> Sequence[str]:
        """All messages of each request, joined."""
        return ["\n".join(m["content"] for m in r.body.get("messages", ())) for r in self.requests]

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="model-server", daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def stop(self) -> None:
        """Refuses from now on, and breaks off what runs; `start` brings it back to the same port."""
        asyncio.run_coroutine_threadsafe(self._break_off(), self._loop).result()

    def start(self) -> None:
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _break_off(self) -> None:
        self._server.close()
        running = asyncio.all_tasks() - {asyncio.current_task()}
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while asked := await _read(reader, writer):
                self.requests.append(asked)
                await self._play(Line(asked, len(self.requests), reader, writer))
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # a task of asyncio's own server that is cancelled writes to the log
        finally:
            writer.close()

    async def _play(self, line: Line) -> None:
        playing = asyncio.ensure_future(self.script(line))
        gone = asyncio.ensure_future(_wait_for_eof(line.reader))
        try:
            await asyncio.wait((playing, gone), return_when=asyncio.FIRST_COMPLETED)
            if not playing.done() or line.reader.at_eof():
                self.left.release()
        finally:
            gone.cancel()
            playing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await playing


async def _wait_for_eof(reader: asyncio.StreamReader) -> None:
    """Looks now and then: reading would swallow the next request of a connection that is kept."""
    while not reader.at_eof():
        await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)


async def _read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Asked | None:
    head = await reader.readexactly(1)
    if not head.isalpha():  # TLS, as a server answers it that speaks none
        writer.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
        return None
    head += await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").rstrip().split("\r\n")
    headers = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in lines)}
    body = await reader.readexactly(min(int(headers.get("content-length", 0)), _LONGEST_REQUEST))
    return Asked(first, headers, json.loads(body) if body else {})
