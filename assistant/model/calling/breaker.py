"""Spares an endpoint that is down, and those who ask it: a circuit breaker, and a budget for retries."""

import threading
from collections.abc import Callable

from assistant.model.calling.exchange import EndpointState

_FAILURES_TO_OPEN = 3
_SECONDS_BETWEEN_PROBES = 3.0
"""An endpoint that returns is found again after at most this and the time to its first word."""
_RETRIES_FOR_EACH_REQUEST = 0.1
_MOST_SAVED = 3.0


class Breaker:
    """Opens after three failures in a row; then one caller every three seconds is the probe."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._next_probe = 0.0

    def admit(self) -> bool:
        """Whether a call may be made now. A probe that hangs does not keep the next one waiting."""
        with self._lock:
            if self._failures < _FAILURES_TO_OPEN:
                return True
            now = self._clock()
            if now < self._next_probe:
                return False
            self._next_probe = now + _SECONDS_BETWEEN_PROBES
            return True

    def note_word(self) -> None:
        """The endpoint speaks: others need not wait for the end of the probe. Its next failure opens it again."""
        with self._lock:
            self._failures = min(self._failures, _FAILURES_TO_OPEN - 1)

    def note_success(self) -> None:
        with self._lock:
            self._failures = 0

    def note_failure(self) -> None:
        with self._lock:
            self._failures += 1
            # Later failures are of calls made before: they must not put the probe off.
            if self._failures == _FAILURES_TO_OPEN:
                self._next_probe = self._clock() + _SECONDS_BETWEEN_PROBES

    @property
    def state(self) -> EndpointState:
        if self._failures >= _FAILURES_TO_OPEN:
            return EndpointState.OPEN
        return EndpointState.FAILING if self._failures else EndpointState.READY


class RetryBudget:
    """One retry for ten requests, a few saved up: an outage must not double the load. For one thread."""

    def __init__(self) -> None:
        self._saved = _MOST_SAVED

    def earn(self) -> None:
        self._saved = min(self._saved + _RETRIES_FOR_EACH_REQUEST, _MOST_SAVED)

    def spend(self) -> bool:
        if self._saved < 1:
            return False
        self._saved -= 1
        return True
