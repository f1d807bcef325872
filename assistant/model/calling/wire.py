"""The wall before llama-index, openai and httpx: a request goes out, pieces or our errors come back.

Importing it costs two to six seconds of processor time; only the thread of an endpoint does.
"""

import ipaddress
import logging
import math
import socket
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx
import openai
from llama_index.core.llms import ChatMessage
from llama_index.llms.openai_like import OpenAILike
from openai.types.chat import ChatCompletionChunk

from assistant.model.calling.exchange import Cause, Fault, Message, ModelError, Piece, Usage
from assistant.model.settings import ModelSettings

_MOST_ON_THE_WIRE = 4 * 1024 * 1024
"""Bytes of one response. An event is 150 to 350 bytes for each token: this is more than 10,000 of them."""
_COMPLAINT_READ = 2_000
_MOST_CONNECTIONS = 32
_SECONDS_KEPT_OPEN = 20.0
_LONGEST_WAIT = 3_600.0
_PASSING = frozenset({429, 500, 502, 503, 504})
_OF_THE_QUESTION = frozenset({400, 413, 422})
_MAY_BE_OF_PARAMETERS = frozenset({400, 404, 422})
# The library adds what it knows of this machine, and whatever OPENAI_ORG_ID or OPENAI_CUSTOM_HEADERS hold.
_SENT = frozenset({"host", "connection", "accept", "authorization", "content-type", "content-length", "user-agent"})
_NO_STREAM = ("text/html", "application/json", "application/xhtml+xml")
_ADVICE = "请检查 POLICY_MODEL_BASE_URL 和模型服务。"
_STATUS_ADVICE = {
    400: "请求不被接受。请检查 POLICY_MODEL_NAME；问题可能也被它的审查拒绝了。",
    401: "密钥不对。请检查 POLICY_MODEL_API_KEY。",
    403: "密钥没有权限。请检查 POLICY_MODEL_API_KEY 和模型服务的授权。",
    404: "没有这个地址或模型。请检查 POLICY_MODEL_BASE_URL（到 /v1）和 POLICY_MODEL_NAME。",
    413: "请求太长。请把 POLICY_MODEL_TOKENS 改小。",
    422: "请求不被接受。请检查 POLICY_MODEL_NAME。",
    429: "请求太多或额度用完。请稍后再试，或检查额度。",
}

logging.getLogger("httpx").setLevel(logging.WARNING)  # a line with the address for every request


@dataclass(slots=True)
class _Call:
    """What is known of the response while it is read."""

    response: httpx.Response | None = None


_current: ContextVar[_Call] = ContextVar("call")


class _Bounded(httpx.AsyncByteStream):
    """A body that ends with an error when it grows too long; error bodies are read whole by the library."""

    def __init__(self, body: httpx.AsyncByteStream) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = _MOST_ON_THE_WIRE
        async for block in self._body:
            left -= len(block)
            if left < 0:
                raise ModelError(Fault.UNAVAILABLE, "模型的回答太长，已停止接收。")
            yield block

    async def aclose(self) -> None:
        await self._body.aclose()


class Wire:
    """One endpoint, by llama-index's `OpenAILike`; for one event loop."""

    def __init__(self, settings: ModelSettings) -> None:
        self._has_key = bool(settings.model_api_key.get_secret_value())
        try:
            client = self._open(settings)
        except (ImportError, OSError, ValueError) as error:  # a socks proxy without its library, a missing file
            raise ModelError(Fault.UNAVAILABLE, "连不上模型服务：请检查代理和证书的环境变量。") from error
        self._client = client
        self._model = OpenAILike(
            model=settings.model_name,
            api_base=settings.model_base_url,
            api_key=settings.model_api_key.get_secret_value() or "none",  # empty: it would take OPENAI_API_KEY
            is_chat_model=True,
            context_window=settings.model_tokens,
            max_retries=0,
            timeout=settings.model_seconds,
            async_http_client=client,  # type: ignore[call-arg]  # mypy sees the fields, not the constructor
        )
        # Loads what the first request would load.
        assert self._model._get_aclient().chat.completions

    async def stream(
        self, messages: Sequence[Message], parameters: Mapping[str, object]
    ) -> AsyncGenerator[Piece, None]:
        """Raises ModelError; the connection is closed when this ends, however it ends."""
        call = _Call()
        _current.set(call)
        said = [ChatMessage(role=m.role, content=m.content) for m in messages]
        try:
            # Left out, the temperature would be the library's own.
            parts = await self._model.astream_chat(said, **{"temperature": openai.omit, **parameters})
            async for part in parts:
                assert isinstance(part.raw, ChatCompletionChunk)
                yield _read(part.raw, part.delta)
        except Exception as error:  # the libraries raise whatever lies under them
            raise _translate(error) from None
        finally:
            if call.response is not None:
                await call.response.aclose()

    async def close(self) -> None:
        await self._client.aclose()

    def _open(self, settings: ModelSettings) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            # A key must not follow to where we are sent.
            follow_redirects=False,
            # A provider outside is often reached only by the proxy of the house, a model inside never is.
            trust_env=not _is_inside(settings.model_base_url),
            verify=httpx.create_ssl_context(),
            timeout=httpx.Timeout(settings.model_seconds, connect=settings.model_connect_seconds),
            limits=httpx.Limits(max_connections=_MOST_CONNECTIONS, keepalive_expiry=_SECONDS_KEPT_OPEN),
            event_hooks={"request": [self._strip], "response": [_receive]},
        )

    async def _strip(self, request: httpx.Request) -> None:
        for name in [n for n in request.headers if n.lower() not in _SENT]:
            del request.headers[name]
        if not self._has_key:
            request.headers.pop("authorization", None)
        # A small compressed body can unpack to any size.
        request.headers["accept-encoding"] = "identity"


async def _receive(response: httpx.Response) -> None:
    """Bounds the body, and refuses what is no stream of events before it is read."""
    _current.get().response = response
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise ModelError(Fault.UNAVAILABLE, "模型服务返回了压缩的内容，无法读取。")
    assert isinstance(response.stream, httpx.AsyncByteStream)
    response.stream = _Bounded(response.stream)
    if response.is_success and response.headers.get("content-type", "").lower().startswith(_NO_STREAM):
        raise ModelError(Fault.UNAVAILABLE, f"返回的是网页或整段内容，不是流式回答。{_ADVICE}")


def _is_inside(address: str) -> bool:
    """This machine, a private network, or a name without a dot, as services have beside each other."""
    host = urlsplit(address).hostname or ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".internal"))
    return found.is_private or found.is_loopback


def _read(chunk: ChatCompletionChunk, delta: object) -> Piece:
    """One event; its fields hold whatever was sent, of any type: the library does not look."""
    usage = _read_usage(chunk.usage) if chunk.usage else None
    if not chunk.choices:
        return Piece(usage=usage)
    choice = chunk.choices[0]
    finish: str = choice.finish_reason or ("tool_calls" if choice.delta.tool_calls else "")
    thought = getattr(choice.delta, "reasoning_content", None) or getattr(choice.delta, "reasoning", None)
    if not delta and thought:
        return Piece(thought=True, finish=finish, usage=usage)
    if not isinstance(delta or "", str) or not isinstance(finish, str):
        raise TypeError("no text")
    return Piece(str(delta or ""), finish=finish, usage=usage)


def _read_usage(usage: object) -> Usage:
    counts = (getattr(usage, "prompt_tokens", 0), getattr(usage, "completion_tokens", 0))
    prompt, reply = (n if isinstance(n, int) and n > 0 else 0 for n in counts)
    return Usage(prompt, reply)


def _translate(error: Exception) -> ModelError:
    """What happened, in our words."""
    chain = list(_causes(error))
    for one in chain:
        if isinstance(one, ModelError):
            return one
        if isinstance(one, openai.APIStatusError):
            return _translate_status(one)
    if any(isinstance(one, httpx.TimeoutException | openai.APITimeoutError) for one in chain):
        return ModelError(Fault.TIMEOUT, f"连接模型服务超时。{_ADVICE}")
    if any(isinstance(one, socket.gaierror) for one in chain):
        return ModelError(Fault.UNAVAILABLE, f"找不到模型服务的主机名。{_ADVICE}")
    if any(isinstance(one, ssl.SSLError) for one in chain):
        return ModelError(Fault.UNAVAILABLE, f"模型服务的证书或加密连接不对。{_ADVICE}")
    if any(isinstance(one, httpx.TransportError | OSError) for one in chain):
        return ModelError(Fault.UNAVAILABLE, f"连不上模型服务，或连接中断。{_ADVICE}", Cause(passes=True))
    return ModelError(Fault.UNAVAILABLE, f"模型服务返回的内容读不懂。{_ADVICE}")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _translate_status(error: openai.APIStatusError) -> ModelError:
    status = error.status_code
    advice = _STATUS_ADVICE.get(status) or ("它要求转到别的地址。" if status < 400 else "请稍后再试。") + _ADVICE
    cause = Cause(
        passes=status in _PASSING,
        of_endpoint=status not in _OF_THE_QUESTION,
        wait=_read_wait(error.response.headers.get("retry-after", "")),
        complaint=error.response.text[:_COMPLAINT_READ] if status in _MAY_BE_OF_PARAMETERS else None,
    )
    return ModelError(Fault.UNAVAILABLE, f"模型服务返回 {status}：{advice}", cause)


def _read_wait(written: str) -> float | None:
    """Seconds of a Retry-After, which is a number or a date; None where there is none."""
    try:
        seconds = float(written)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(written) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return None
    return min(max(seconds, 0.0), _LONGEST_WAIT) if math.isfinite(seconds) else None
