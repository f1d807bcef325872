"""Bounds how much feedback one visitor can send in a while."""

import math
import threading
import time
from collections import deque
from collections.abc import Callable

# An office behind one address rates a few answers a minute; a script would fill the store.
MOST = 30
SECONDS = 60.0
_MOST_SENDERS = 10_000


class TooMuchFeedback(Exception):
    """One address sent more than is allowed; `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"反馈提交得太频繁，请{retry_after}秒后再试。")
        self.retry_after = retry_after


class FeedbackLimit:
    """Remembers in memory when each sender sent something, and forgets it after the window."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sent: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def note(self, sender: str) -> None:
        """`sender` is the name of a client; raises TooMuchFeedback; what was refused does not count."""
        with self._lock:
            now = self._clock()
            self._forget(now)
            times = self._sent.setdefault(sender, deque())
            while times and times[0] <= now - SECONDS:
                times.popleft()
            if len(times) >= MOST:
                raise TooMuchFeedback(math.ceil(times[0] + SECONDS - now))
            times.append(now)

    def _forget(self, now: float) -> None:
        """Senders of old, once there are many: whoever changes addresses must not fill the memory."""
        if len(self._sent) < _MOST_SENDERS:
            return
        self._sent = {s: times for s, times in self._sent.items() if times[-1] > now - SECONDS}
