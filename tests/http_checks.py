"""What the tests of the HTTP interface share: a running service and the look of a problem."""

import re
import time
from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from tests.fake_assistant import FakeAssistant
from ui.server import create_app
from ui.settings import UiSettings

ASK = "/api/v1/ask"
QUESTION = "中试基地一年奖多少？"


def serve(assistant: FakeAssistant) -> TestClient:
    return TestClient(create_app(assistant, UiSettings()), raise_server_exceptions=False)


def wait_for(holds: Callable[[], bool]) -> None:
    """However long it takes."""
    while not holds():
        time.sleep(0.005)


def expect_problem(response: Response, status: int, field: str = "") -> dict[str, Any]:
    """An RFC 9457 problem in Chinese that shows nothing of the inside."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert not re.search(r'Traceback|File "|\.py|Error\b', response.text)
    problem: dict[str, Any] = response.json()
    assert problem["type"] == "about:blank"
    assert problem["status"] == status
    assert re.search(r"[\u4e00-\u9fff]", problem["title"]) and re.search(r"[\u4e00-\u9fff]", problem["detail"])
    assert [e["field"] for e in problem.get("errors", [])][:1] == ([field] if field else [])
    assert response.headers["x-content-type-options"] == "nosniff"
    return problem
