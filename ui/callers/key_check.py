"""Turns unknown keys away at the doors for programs, and notes whose key a request carries."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.callers.keys import Keyring
from ui.service.guard import send_problem
from ui.service.problems import Problem

_DOORS = ("/api/", "/v1/", "/mcp")
_UNKNOWN = "密钥不对。请检查 Authorization: Bearer 或 X-API-Key 里的密钥，或向管理员申请；不带密钥也可以访问。"


def _given_key(headers: Headers) -> str | None:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else headers.get("x-api-key")


class KeyCheck:
    """Turns an unknown key away with 401 at the doors for programs; a request without a key goes on unnamed."""

    def __init__(self, app: ASGIApp, keyring: Keyring) -> None:
        self._app = app
        self._keyring = keyring

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._keyring.hashes and scope["path"].startswith(_DOORS):
            key = _given_key(Headers(scope=scope))
            name = None if key is None else self._keyring.name_of(key)
            if key is not None and name is None:
                await send_problem(send, Problem(401, _UNKNOWN))
                return
            scope.setdefault("state", {})["integrator"] = name
        await self._app(scope, receive, send)
