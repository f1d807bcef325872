"""Endpoints whose stream of events is broken, late, endless or strange, and strange ones that must be read."""

import asyncio
from collections.abc import Callable

from assistant.model.endpoint import Fault
from tests.model_server.refusals import always
from tests.model_server.server import DONE, LAST_CHUNK, ROLE, STOP, USAGE, Line, Script, as_event, event, words
from tests.model_server.way import Way

_U, _T = Fault.UNAVAILABLE, Fault.TIMEOUT
_FILTERED = as_event({"id": "", "choices": [], "prompt_filter_results": [{"prompt_index": 0}]})
_ERROR = as_event({"error": {"message": "CUDA out of memory", "type": "server_error", "code": 500}})
_CALL = {"tool_calls": [{"index": 0, "id": "t1", "type": "function", "function": {"name": "find", "arguments": "{}"}}]}
_DEEP = b"data: " + b"[" * 100_000 + b"\n\n"
_NAN = b'data: {"choices": [{"index": 0, "delta": {"content": NaN}, "finish_reason": null}]}\n\n'
_NAN_COUNT = b'data: {"choices": [], "usage": {"prompt_tokens": NaN, "completion_tokens": -1}}\n\n'
_NO_CHARACTERS = rb'data: {"choices": [{"index": 0, "delta": {"content": "\u0000\ud83d"}}]}' + b"\n\n"
_PING = b": ping\n\n"

_Make = Callable[[str], Script]


def of(*events: bytes, ends: bool = True) -> Script:
    """These events, with or without a proper end."""

    async def script(line: Line) -> None:
        await line.open()
        await line.stream(*events)
        if ends:
            await line.end()
        else:
            await line.send(LAST_CHUNK)

    return script


def around(*before: bytes, after: tuple[bytes, ...] = (STOP,)) -> _Make:
    """Events before and after the words."""
    return lambda text: of(*before, *words(text), *after)


def broken_off(*events: bytes, how: str) -> Script:
    """After these events: cut within a chunk, reset, or silent."""

    async def script(line: Line) -> None:
        await line.open()
        await line.stream(*events)
        if how == "cut":
            await line.send(b"ff\r\ndata: {")
            line.writer.close()
        elif how == "reset":
            # What was sent must have arrived: a reset throws away what the other side has not read.
            await asyncio.sleep(0.1)
            line.reset()
        else:
            await line.wait_until_gone()

    return script


def half(text: str, how: str) -> Script:
    sent = words(text)
    return broken_off(ROLE, *sent[: max(len(sent) // 2, 1)], how=how)


def repeating(block: bytes, seconds: float) -> Script:
    async def script(line: Line) -> None:
        await line.open()
        while True:
            await line.stream(block)
            await asyncio.sleep(seconds)

    return script


def bytewise(seconds: float = 0.0) -> _Make:
    """Every byte by itself, so that no character arrives whole."""

    def make(text: str) -> Script:
        async def script(line: Line) -> None:
            await line.open()
            for byte in b"".join((ROLE, *words(text), STOP)):
                await line.stream(bytes([byte]))
                await asyncio.sleep(seconds)
            await line.end()

        return script

    return make


def with_lines(old: bytes, new: bytes) -> _Make:
    return lambda text: of(*(e.replace(old, new) for e in (ROLE, *words(text), STOP)))


def twice(text: str) -> Script:
    return of(ROLE, *(e for e in words(text) for _ in range(2)), STOP)


def doubled(text: str) -> str:
    return "".join(text[i : i + 2] * 2 for i in range(0, len(text), 2))


def saying(change: Callable[[str], str]) -> _Make:
    """Other words than the correct ones, sent correctly."""
    return lambda text: of(ROLE, *words(change(text)), STOP)


def thinks(text: str) -> Script:
    return of(ROLE, event({"reasoning_content": "先想一想。"}), event({"reasoning": "再想。"}), *words(text), STOP)


BROKEN = (
    Way("closed without a finish_reason", around(after=()), _U),
    Way("closed without anything", lambda text: of(*words(text), ends=False), _U),
    Way("[DONE] first", always(of(DONE)), _U),
    Way("cut within a chunk", lambda text: half(text, "cut"), _U),
    Way("reset within", lambda text: half(text, "reset"), _U),
    Way("malformed event", around(ROLE, b"data: {'choices': \n\n"), _U),
    Way("malformed event within", around(after=(b'data: {"choices": [{"delta": \n\n', STOP)), _U),
    Way("no data lines", with_lines(b"data:", b"date:"), _U),
    Way("invalid UTF-8", around(b"data: \xff\xfe\n\n"), _U),
    Way("error in the stream", always(of(_ERROR)), _U),
    Way("error after words", around(after=(_ERROR, STOP)), _U),
    Way("empty choices only", always(of(_FILTERED, _FILTERED)), _U),
    Way("usage only", always(of(USAGE)), _U),
    Way("choices are no list", around(as_event({"choices": {"delta": 1}})), _U),
    Way("event is a number", around(as_event(7)), _U),
    Way("event is null", around(as_event(None)), _U),
    Way("content is NaN", around(ROLE, _NAN), _U),
    Way("content is a number", around(ROLE, event({"content": 7})), _U),
    Way("content is an object", around(ROLE, event({"content": {"text": "x"}})), _U),
    Way("nested without end", around(_DEEP), _U),
    Way("null content to the end", always(of(ROLE, event({"content": None}), STOP)), _U),
    Way("blank content", always(of(ROLE, event({"content": " \n"}), STOP)), _U),
    Way("cut by length", around(after=(event({}, "length"),)), _U),
    Way("content filter", around(after=(event({}, "content_filter"),)), _U),
    Way("content filter before a word", always(of(ROLE, event({"content": None}, "content_filter"))), _U),
    Way("tool call", always(of(ROLE, event(_CALL), event({}, "tool_calls"))), _U),
    Way("tool call that claims to stop", always(of(ROLE, event(_CALL), STOP)), _U),
    Way("unknown finish_reason", around(after=(event({}, "eos"),)), _U),
    Way("finish_reason is a number", around(after=(event({}, None) + event({}, 7),)), _U),  # type: ignore[arg-type]
    Way("words after the end", around(after=(STOP, event({"content": "还有"}))), _U),
    Way("thoughts only", always(of(ROLE, *words("<think>想一想"), STOP)), _U),
    Way("thoughts that never began", saying(lambda text: f"先想一想</think>{text}"), _U),
    Way("endless words", always(repeating(event({"content": "是" * 400}), 0)), _U),
    Way("endless signs of life after the end", around(after=(STOP, *[_PING] * 50)), None),
)

LATE = (
    Way("silence within", lambda text: half(text, "silent"), _T),
    Way("one byte a second", bytewise(1.0), _T),
    Way("signs of life only", always(repeating(_PING, 0.05)), _T),
    Way("empty words only", always(repeating(event({"content": ""}), 0.05)), _T),
    Way("words without end, slowly", always(repeating(event({"content": "是"}), 0.05)), _T),
    Way("thoughts without end", always(repeating(event({"reasoning_content": "想"}), 0.05)), _T),
    Way("silence after the end", lambda text: broken_off(ROLE, *words(text), STOP, how="silent"), None),
    Way("reset after the end", lambda text: broken_off(ROLE, *words(text), STOP, how="reset"), None),
)

READABLE = (
    Way("correct", around(ROLE, after=(STOP, USAGE)), None),
    Way("no [DONE]", lambda text: of(ROLE, *words(text), STOP, ends=False), None),
    Way("characters cut between packets", bytewise(), None),
    Way("lines end with CR LF", with_lines(b"\n", b"\r\n"), None),
    Way("no space after the colon", with_lines(b"data: ", b"data:"), None),
    Way("signs of life between", around(_PING, _PING, ROLE, _PING), None),
    Way("empty choices first", around(_FILTERED, ROLE), None),
    Way("null content first", around(event({"role": "assistant", "content": None})), None),
    Way("role after the words", around(after=(ROLE, STOP)), None),
    Way("two ends", around(ROLE, after=(STOP, STOP)), None),
    Way("usage of no numbers", around(ROLE, after=(_NAN_COUNT, STOP, _NAN_COUNT)), None),
    Way("end with the last words", lambda text: of(ROLE, event({"content": text}, "stop")), None),
    Way("words twice", twice, None, reply=doubled),
    Way("thoughts in tags", saying(lambda text: f"<think>\n先想</think>{text}"), None),
    Way("thoughts beside", thinks, None),
    Way("characters that are none", around(ROLE, _NO_CHARACTERS), None),
    Way("delta is missing", around(ROLE, as_event({"choices": [{"index": 0}]})), None),
)
"""Of these the call must succeed; some need the verifying after it."""

SAID = (
    Way("another language", saying(lambda text: "I am sorry."), None, reply=lambda text: "I am sorry."),
    Way("no JSON", saying(lambda text: "好的。"), None, reply=lambda text: "好的。"),
    Way("another schema", saying(lambda text: '{"x": [1]}'), None, reply=lambda text: '{"x": [1]}'),
    Way("half of it", saying(lambda text: text[: len(text) // 2]), None, reply=lambda text: text[: len(text) // 2]),
    Way(
        "markup",
        saying(lambda text: f"<img src=x onerror=alert(1)>{text}"),
        None,
        reply=lambda text: f"<img src=x onerror=alert(1)>{text}",
    ),
)
"""Sent correctly, and wrong: for the endpoint they are replies like any other."""
