"""Notes every request and answer: a line in the log, counts; without what was asked and by whom."""

import logging
from dataclasses import dataclass
from typing import Any

from starlette.types import Scope

from assistant.answer import Answer
from assistant.masking import mask_personal
from ui.feedback.gaps import GapCounts
from ui.records.metrics import Metrics

_log = logging.getLogger(__name__)
_SHED = "shed"
# The files of a page come by dozens.
_FILES = ("/assets/", "/site/", "/static/", "/svelte/", "/ui/")


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """Seconds that a question waited for its turn, that the engine took, and that it kept a processor busy."""

    waited: float
    engine: float
    processor: float


class Journal:
    """`keeps_questions` where whoever runs the service wants to read them, without personal details."""

    def __init__(self, keeps_questions: bool = False) -> None:
        self.metrics = Metrics()
        self.gaps = GapCounts()
        self._keeps_questions = keeps_questions

    def note_request(self, scope: Scope, status: int, seconds: float) -> None:
        route = route_of(scope)
        self.metrics.count_request(route, status)
        if scope["path"].startswith(_FILES):
            return
        shed = scope.get("state", {}).get(_SHED)
        ms = _milliseconds(seconds)
        note("request", scope, method=scope["method"], route=route, status=status, ms=ms, shed=shed)

    def note_answer(self, scope: Scope | None, answer: Answer, times: AnswerTimes) -> None:
        status = answer.status.value
        self.metrics.count_answer(status, times.waited, times.engine)
        self.metrics.count_processor(times.processor)
        self.metrics.count_composed(answer.composer.value, answer.degraded.value if answer.degraded else None)
        self.gaps.note(answer)
        question = {"question": mask_personal(answer.question)} if self._keeps_questions else {}
        waited, engine = _milliseconds(times.waited), _milliseconds(times.engine)
        note("answer", scope, status=status, waited_ms=waited, engine_ms=engine, **question)

    def note_shed(self, scope: Scope | None, reason: str) -> None:
        """The line of the request will say it too."""
        self.metrics.count_shed(reason)
        if scope is not None:
            scope.setdefault("state", {})[_SHED] = reason


def note(event: str, scope: Scope | None, **fields: Any) -> None:  # noqa: ANN401
    """One line of the log, with the number of the request it belongs to."""
    if _log.isEnabledFor(logging.INFO):
        number = (scope or {}).get("state", {}).get("request_id")
        _log.info("", extra={"event": event, "fields": {"request_id": number, **fields}})


def route_of(scope: Scope) -> str:
    """The template of its address: there are as many as the service has routes."""
    template = getattr(scope.get("route"), "path", None)
    if template:
        return str(template)
    if scope.get("root_path"):
        return f"{scope['root_path']}/*"
    return "/" if scope["path"] == "/" else "other"


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)
