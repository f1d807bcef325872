"""What is said to a model, what comes back piece by piece, and the ways in which it fails."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """The values of `assistant.answer.Degraded` that a model can cause."""

    UNAVAILABLE = "model_unavailable"
    TIMEOUT = "model_timeout"
    UNVERIFIED = "model_unverified"


class EndpointState(StrEnum):
    READY = "ready"
    FAILING = "failing"
    """It failed lately and is still asked."""
    OPEN = "open"
    """It failed too often in a row: the breaker is open, and it is only tried now and then."""


@dataclass(frozen=True, slots=True)
class Message:
    """`role` is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the endpoint reports them; 0 where it does not."""

    prompt: int = 0
    reply: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """One event of a reply: words, thoughts that are not shown, or how it ended."""

    text: str = ""
    thought: bool = False
    finish: str = ""
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """What decides whether a failed call is made again and whom it is held against."""

    passes: bool = False
    """The same call may succeed a moment later."""
    of_endpoint: bool = True
    """Not where it lies in this one question: others may be answered, and the breaker does not count it."""
    wait: float | None = None
    """Seconds that the endpoint asks us to wait."""
    complaint: str | None = None
    """Where a parameter may have been refused, the beginning of the error: read by us, never shown or logged."""


class ModelError(Exception):
    """No usable reply; `detail` is short, in Chinese, and holds nothing that the endpoint sent."""

    def __init__(self, fault: Fault, detail: str, cause: Cause | None = None) -> None:
        super().__init__(detail)
        self.fault = fault
        self.detail = detail
        self.cause = cause or Cause()


class Stopped(ModelError):
    """Whoever asked does not want the reply any more."""

    def __init__(self) -> None:
        super().__init__(Fault.UNAVAILABLE, "已按要求停止。", Cause(of_endpoint=False))


@dataclass(frozen=True, slots=True)
class Counts:
    """Since the start. `refused` were not sent because the breaker was open; they are failures, not requests."""

    requests: int = 0
    retries: int = 0
    refused: int = 0
    failures: Mapping[Fault, int] = field(default_factory=dict)
    prompt_tokens: int = 0
    reply_tokens: int = 0
