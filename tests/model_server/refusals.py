"""Endpoints that cannot be reached, refuse, or send no stream of events at all."""

import asyncio
import gzip
import json
from collections.abc import Callable

from assistant.model.endpoint import Fault
from tests.model_server.server import HEAD, Line, Script, in_turn, say
from tests.model_server.way import Way

_U, _T = Fault.UNAVAILABLE, Fault.TIMEOUT
_JSON = "application/json"
_HTML = "<html><head><title>出错</title></head><body><script>alert(1)</script>nginx</body></html>"
_FORMAT_REFUSED = json.dumps(
    {"error": {"message": "Invalid parameter: 'response_format' of type 'json_schema' is not supported"}}
)
_TOO_LONG = json.dumps(
    {"error": {"message": "This model's maximum context length is 4096 tokens", "code": "context_length_exceeded"}}
)
_BIG_BLOCK = b"x" * 65_536
_BIG_BLOCKS = 800
"""50 MB."""

_Make = Callable[[str], Script]


def always(script: Script) -> _Make:
    """Whatever a correct reply would be."""
    return lambda text: script


def status(line: str, body: str = "", *headers: str, content_type: str = _JSON) -> Script:
    async def script(to: Line) -> None:
        await to.respond(line, content_type, body, *headers)

    return script


def send(*blocks: bytes) -> Script:
    """These bytes, then a farewell."""

    async def script(line: Line) -> None:
        await line.send(*blocks)
        line.writer.close()

    return script


async def reset(line: Line) -> None:
    line.reset()


async def say_nothing(line: Line) -> None:
    await line.wait_until_gone()


async def accept_only(line: Line) -> None:
    await line.open()
    await line.wait_until_gone()


async def drip_the_head(line: Line) -> None:
    for byte in HEAD:
        await line.send(bytes([byte]))
        await asyncio.sleep(1)


async def stall_in_the_error(line: Line) -> None:
    await line.send(b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 1000\r\n\r\n{")
    await line.wait_until_gone()


def flood(head: bytes) -> Script:
    async def script(line: Line) -> None:
        await line.send(head, *(_BIG_BLOCK for _ in range(_BIG_BLOCKS)))
        line.writer.close()

    return script


async def echo_the_key(line: Line) -> None:
    await line.respond("401 Unauthorized", _JSON, json.dumps({"error": {"message": f"wrong: {line.asked.headers}"}}))


def whole(text: str) -> Script:
    """A correct answer of an endpoint that does not stream."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return status("200 OK", json.dumps({"id": "c1", "object": "chat.completion", "choices": [choice]}))


def packed(text: str) -> Script:
    body = gzip.compress(b"data: " + b" " * 10_000_000)
    return send(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n\r\n" + body)


def asks_for_less(*complaints: str, line: str = "400 Bad Request") -> _Make:
    """Refuses once for each complaint, then answers."""
    return lambda text: in_turn(*(status(line, c) for c in complaints), say(text))


def once(script: Script) -> _Make:
    return lambda text: in_turn(script, say(text))


CONNECTING = (
    Way("refused", say, _U, 0, door="refused"),
    Way("host name unknown", say, _U, 0, door="nowhere"),
    Way("no TLS where https is asked for", say, _U, 0, door="no tls"),
    Way("certificate that nobody trusts", say, _U, 0, door="untrusted"),
    Way("TLS that is never answered", say, _T, 0, door="mute"),
    Way("reset at once", always(reset), _U, 2),
    Way("closed at once", always(send()), _U, 2),
    Way("reset once, then well", once(reset), None, 2),
    Way("no HTTP", always(send(b"SSH-2.0-OpenSSH_9.6\r\n")), _U, 2),
    Way("headers without end", always(flood(b"HTTP/1.1 200 OK\r\nX-Long: ")), _U, 2),
    Way("silence", always(say_nothing), _T),
    Way("silence after the head", always(accept_only), _T),
    Way("one byte of the head a second", always(drip_the_head), _T),
)

STATUSES = (
    Way("400", always(status("400 Bad Request", '{"error": {"message": "no"}}')), _U),
    Way("400 for a long prompt", always(status("400 Bad Request", _TOO_LONG)), _U),
    Way("400 for the schema", asks_for_less(_FORMAT_REFUSED), None, 2, has_schema=True),
    Way("400 for both formats", asks_for_less(_FORMAT_REFUSED, _FORMAT_REFUSED), None, 3, has_schema=True),
    Way("422 without a word", asks_for_less("", line="422 Unprocessable Entity"), None, 2, has_schema=True),
    Way("404 for the schema", asks_for_less("response_format", line="404 Not Found"), None, 2, has_schema=True),
    Way("400 for a parameter", asks_for_less("Unsupported parameter: 'max_tokens'"), None, 2),
    Way("401", always(status("401 Unauthorized", "{}")), _U),
    Way("401 that repeats the key", always(echo_the_key), _U),
    Way("402", always(status("402 Payment Required", "{}")), _U),
    Way("403", always(status("403 Forbidden", _HTML, content_type="text/html")), _U),
    Way("404", always(status("404 Not Found", '{"error": {"message": "model not found"}}')), _U),
    Way("413", always(status("413 Content Too Large", "{}")), _U),
    Way("429", always(status("429 Too Many Requests", "{}")), _U, 2),
    Way("429 for no time, then well", once(status("429 Too Many Requests", "{}", "Retry-After: 0")), None, 2),
    Way("429 for a minute", always(status("429 Too Many Requests", "{}", "Retry-After: 60")), _U),
    Way("500", always(status("500 Internal Server Error", "{}")), _U, 2),
    Way("500 once, then well", once(status("500 Internal Server Error", "{}")), None, 2),
    Way("500 in HTML", always(status("500 Internal Server Error", _HTML, content_type="text/html")), _U, 2),
    Way("501", always(status("501 Not Implemented", "{}")), _U),
    Way("502 in HTML", always(status("502 Bad Gateway", _HTML, content_type="text/html")), _U, 2),
    Way("503 in HTML", always(status("503 Service Unavailable", _HTML, content_type="text/html")), _U, 2),
    Way(
        "503 that says until when",
        always(status("503 Service Unavailable", "", "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT")),
        _U,
    ),
    Way("504 in HTML", always(status("504 Gateway Timeout", _HTML, content_type="text/html")), _U, 2),
    Way("error without end", always(flood(b"HTTP/1.1 500 Internal Server Error\r\n\r\n")), _U),
    Way("error that stalls", always(stall_in_the_error), _T),
    Way("302", always(status("302 Found", "", "Location: http://127.0.0.1:1/v1/chat/completions")), _U),
    Way("307", always(status("307 Temporary Redirect", "", "Location: /v1/chat/completions")), _U),
    Way("204", always(send(b"HTTP/1.1 204 No Content\r\n\r\n")), _U),
)

BODIES = (
    Way("page to log in", always(status("200 OK", _HTML, content_type="text/html")), _U),
    Way("text", always(status("200 OK", "ok", content_type="text/plain")), _U),
    Way("nothing", always(status("200 OK", content_type="text/event-stream")), _U),
    Way("whole reply instead of a stream", whole, _U),
    Way("error with 200", always(status("200 OK", '{"error": {"message": "busy"}}')), _U),
    Way("compressed", packed, _U),
    Way("50 MB", always(flood(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")), _U),
)
