"""An endpoint of ours over a server of the tests."""

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Any

from assistant.model.endpoint import Endpoint, Message
from assistant.model.settings import ModelSettings

SECRET = "sk-never-shown"
ASKED = (Message("system", "按原文回答。"), Message("user", "中试基地一年奖多少？"))
CORRECT = "服务突出的省级中试基地，年度最高奖补200万元。"
SCHEMA = {"type": "object", "properties": {"answer": {"type": "string"}}}
PATIENT: dict[str, Any] = {"model_between_seconds": 20.0, "model_first_token_seconds": 20.0}
"""For what ends by itself, however busy the machine is."""


@contextlib.contextmanager
def open_endpoint(url: str, clock: Callable[[], float] = time.monotonic, **given: object) -> Iterator[Endpoint]:
    """With the libraries loaded; `clock` is that of the breaker."""
    settings = {"model_base_url": url, "model_name": "m", "model_api_key": SECRET, **given}
    endpoint = Endpoint(ModelSettings.model_validate(settings), clock)
    endpoint.wait_until_loaded()
    try:
        yield endpoint
    finally:
        endpoint.close()


def write(endpoint: Endpoint) -> str:
    return "".join(endpoint.write(ASKED))
