"""Turns away addresses that nothing can have, before they reach a file system or a library that stumbles over them."""

import re

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.service.errors import respond_fitly
from ui.service.problems import DETAILS, Problem

_LONGEST_PATH = 2_000
# No file system has longer names.
_LONGEST_NAME = 255
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class PossibleAddresses:
    """Answers 404 for all others."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_possible(scope["path"]):
            await respond_fitly(Request(scope), Problem(404, DETAILS[404]))(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def is_possible(path: str) -> bool:
    if len(path) > _LONGEST_PATH or _CONTROL.search(path):
        return False
    # A character is up to four bytes.
    return len(path) * 4 <= _LONGEST_NAME or all(len(n.encode()) <= _LONGEST_NAME for n in path.split("/"))
