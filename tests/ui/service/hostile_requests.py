"""Bodies, addresses and heads that no decent client sends."""

import gzip
import json
from itertools import product

_NESTED = 10_000


def _nest(opening: str, closing: str, depth: int) -> str:
    return f'{{"question": {opening * depth}1{closing * depth}}}'


_TEXTS = {
    "nothing": "",
    "null": "null",
    "true": "true",
    "a number": "1e999",
    "NaN": '{"question": NaN}',
    "a word": '"奖"',
    "a list": "[[], {}]",
    "an empty object": "{}",
    "cut short": '{"question": "奖',
    "two values": '{"question": "奖"}{}',
    "the same key twice": '{"question": "奖", "question": 7}',
    "half characters": '{"question": "\\ud800", "history": [{"role": "user", "content": "\\udc00\\ud800"}]}',
    "half characters everywhere": '{"\\ud800": "\\udfff", "question": 1, "comment": "\\ud800", "verdict": "\\ud800"}',
    "a list nested deeply": _nest("[", "]", _NESTED),
    "an object nested deeply": _nest('{"a":', "}", _NESTED),
    "nested as deep as is read": _nest("[", "]", 900),
    "nested without end": "[" * 100_000,
    "a long number": f'{{"question": {"9" * 5_000}}}',
    "a long exponent": '{"question": 1e-99999999}',
    "2 MB": json.dumps({"question": "x" * 2_000_000}),
    "2 MB of turns": json.dumps({"question": "x", "history": [{"role": "user", "content": "y"}] * 60_000}),
    "many keys": json.dumps({f"k{n}": n for n in range(10_000)}),
    "wrong types": '{"question": [], "history": {}, "notice_ids": 1, "messages": "x", "model": 1, "stream": "x"}',
    "wrong types within": '{"question": "", "history": [1, null, {}], "notice_ids": [{}, null], "messages": [[1]]}',
    "a form": "question=%E5%A5%96&history=1",
    "parts": '--x\r\nContent-Disposition: form-data; name="question"\r\n\r\n奖\r\n--x--\r\n',
    "a protocol call": '{"jsonrpc": "2.0", "id": {}, "method": [], "params": "x"}',
}
BODIES: dict[str, bytes] = {
    **{name: text.encode() for name, text in _TEXTS.items()},
    "no UTF-8": b'{"question": "\xff\xfe\xc0\x80"}',
    "UTF-16": '{"question": 1}'.encode("utf-16"),
    "UTF-32": '{"question": 1}'.encode("utf-32"),
    "NUL": b"\x00" * 1_000,
    "a gzip bomb": gzip.compress(b"[" * 20_000_000),
}
TYPES = ("application/json", "text/plain", "application/vnd.x+json", "\x80", "application/json; charset=utf-7")

_FOLDERS = (
    "/", "/static/", "/assets/", "/svelte/", "/ui/", "/ui/chat/", "/notices/", "/api/v1/notices/", "/chat/source/",
    "/gradio_api/heartbeat/", "/measures/", "/embed/",
)  # fmt: skip
_NAMES = (
    "a" * 5_000, "a" * 256, "政" * 80, "%F0%9F%98%80" * 100, "%00", "a%00b", "%zz", "%", "%f", "%ff%fe", "%ed%a0%80", "%0d%0aX:x", "%7f",
    "../" * 50, "%2e%2e/" * 50, "%2e%2e%2f" * 50, "..%5c..%5cx", "a/" * 3_000, "//", "%2f%2fetc%2fpasswd", "C:", "con", "." * 300,
    "~", "x?" + "a=b&" * 10_000, "x?lang=%00&start=%ff", "x#y", ";a=b", "{{7*7}}", "$%7Bx%7D", "*", "-", "x%20y",
)  # fmt: skip
ADDRESSES = tuple(folder + name for folder, name in product(_FOLDERS, _NAMES))

_ASK = "POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
_GET = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
# What is sent, and the statuses that may come back.
HEADS: dict[str, tuple[bytes, tuple[int, ...]]] = {
    name: (text.encode("latin-1"), statuses)
    for name, text, statuses in [
        ("rubbish", "\x00\x01\x02\r\n\r\n", (400,)),
        ("TLS", "\x16\x03\x01\x00\xa1\x01\x00\x00", (400,)),
        ("HTTP/0.9", "GET /\r\n\r\n", (200, 400)),
        ("HTTP/1.0", "GET /healthz HTTP/1.0\r\n\r\n", (200,)),
        ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", (400,)),
        ("HTTP/9.9", "GET /healthz HTTP/9.9\r\n\r\n", (400,)),
        ("no host", "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", (200,)),
        ("a strange host", "GET / HTTP/1.1\r\nHost: ]:x@[\r\nConnection: close\r\n\r\n", (200, 400)),
        ("an unknown method", "FOO / HTTP/1.1\r\nHost: x\r\n\r\n", (400,)),
        ("CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n", (400,)),
        ("TRACE", "TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (405,)),
        ("OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (404,)),
        ("a whole address", "GET http://evil/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", (200,)),
        ("bytes in the address", "GET /\xe6\xb5\x8b HTTP/1.1\r\nHost: x\r\n\r\n", (400,)),
        ("an upgrade", f"{_GET}Upgrade: websocket\r\nConnection: upgrade\r\n\r\n", (200,)),
        ("a folded field", f"{_GET}X: a\r\n b\r\n\r\n", (200, 400)),
        ("NUL in a field", f"{_GET}X: a\x00b\r\n\r\n", (400,)),
        ("a field without name", f"{_GET}: a\r\n\r\n", (400,)),
        ("a long field", f"{_GET}X: {'a' * 100_000}\r\n\r\n", (431,)),
        ("a field without end", f"{_GET}X: {'a' * 1_000_000}", (431,)),
        ("a long address", f"GET /{'a' * 100_000} HTTP/1.1\r\nHost: x\r\n\r\n", (431,)),
        ("10,000 fields", _GET + "".join(f"X{n}: a\r\n" for n in range(10_000)) + "\r\n", (431,)),
        ("a negative length", f"{_ASK}Content-Length: -5\r\n\r\n", (400,)),
        ("a length of letters", f"{_ASK}Content-Length: x\r\n\r\n", (400,)),
        ("a huge length", f"{_ASK}Content-Length: {'9' * 30}\r\n\r\nabc", (400,)),
        ("two lengths", f"{_ASK}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef", (400,)),
        ("length and pieces", f"{_ASK}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", (400,)),
        ("more than its length", f"{_ASK}Connection: close\r\nContent-Length: 4\r\n\r\nnull" + "x" * 500, (422,)),
        ("rubbish for pieces", f"{_ASK}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc", (400,)),
        ("rubbish after a piece", f"{_ASK}Transfer-Encoding: chunked\r\n\r\n1\r\nnxx\r\n", (400,)),
        ("a huge piece", f"{_ASK}Transfer-Encoding: chunked\r\n\r\n{'f' * 17}\r\nabc", (400,)),
        (
            "a piece with a long note",
            f"{_ASK}Transfer-Encoding: chunked\r\n\r\n1;{'a' * 1_000_000}\r\n1\r\n0\r\n\r\n",
            (400, 422, 431),
        ),
        (
            "trailers without end",
            f"{_ASK}Transfer-Encoding: chunked\r\n\r\n4\r\nnull\r\n0\r\n" + "X: a\r\n" * 200_000,
            (431,),
        ),
        ("an unknown encoding", f"{_ASK}Transfer-Encoding: gzip\r\n\r\nabc", (400,)),
        ("5,000 requests at once", "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 5_000, (200, 400)),
    ]
}
# What is sent, and the statuses that come back once nobody waits any longer: none where the client never says what it wants.
UNFINISHED: dict[str, tuple[bytes, list[int]]] = {
    "half a head": (b"GET / HT", [408]),
    "silence": (b"", []),
    "half a body": (f"{_ASK}Content-Length: 50\r\n\r\nabc".encode(), [408]),
    "a large body announced": (f"{_ASK}Content-Length: 5000000\r\nExpect: 100-continue\r\n\r\n".encode(), [413]),
}
