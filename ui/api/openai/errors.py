"""Words every problem under /v1 as the error object that OpenAI's clients read."""

import json
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.service.problems import MEDIA_TYPE

_DOOR = "/v1/"
_CODES = {
    401: "invalid_api_key",
    404: "not_found",
    405: "method_not_allowed",
    413: "request_too_large",
    429: "rate_limit_exceeded",
    503: "overloaded",
}
_OWN_TYPES = {401: "authentication_error", 429: "rate_limit_error"}


def word_error(problem: dict[str, Any]) -> dict[str, Any]:
    """From the JSON of a problem."""
    status = problem["status"]
    param = next((e["field"] for e in problem.get("errors", [])), None)
    code = "model_not_found" if (status, param) == (404, "model") else _CODES.get(status)
    kind = _OWN_TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
    return {"error": {"message": problem["detail"], "type": kind, "param": param, "code": code}}


class OpenAiErrors:
    """Rewrites whatever refuses a request under /v1, wherever it was refused; OpenAI knows 400 where we say 422."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_DOOR):
            await self._app(scope, receive, send)
            return
        start: Message | None = None
        body = b""

        async def send_reworded(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_problem(message):
                start = message
            elif start is None:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    await _send_error(send, start, body)

        await self._app(scope, receive, send_reworded)


def _is_problem(start: Message) -> bool:
    return MutableHeaders(scope=start).get("content-type", "").startswith(MEDIA_TYPE)


async def _send_error(send: Send, start: Message, problem: bytes) -> None:
    # The answer to HEAD has no body.
    error = json.dumps(word_error(json.loads(problem)), ensure_ascii=False).encode() if problem else b""
    headers = MutableHeaders(scope=start)
    headers["content-type"] = "application/json"
    headers["content-length"] = str(len(error))
    status = 400 if start["status"] == 422 else start["status"]
    await send({**start, "status": status, "headers": headers.raw})
    await send({"type": "http.response.body", "body": error})
