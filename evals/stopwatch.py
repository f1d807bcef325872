"""Times a run in processor seconds, and its answers in questions of the embedding package's own engine (n5)."""

import time
from dataclasses import dataclass
from statistics import median

from corpus.embed import Embedder
from evals.run import Outcome

_EVERY = 20


@dataclass(frozen=True, slots=True)
class Latency:
    """Median milliseconds of an answer, and of processor time for the engine's embedding of its question (n5)."""

    answer: float
    embedding: float
    ratio: float


@dataclass(frozen=True, slots=True)
class RunTimes:
    """Processor seconds of all cases; `latency` is None where the answers were not made in this process."""

    seconds: float
    latency: Latency | None


class Stopwatch:
    """Runs from its making on; of every 20th case it times one embedding by the engine, right after the answer."""

    def __init__(self, engine: Embedder | None) -> None:
        self._engine = engine
        self._pairs: list[tuple[float, float]] = []
        self._cases = 0
        self._engine_seconds = 0.0
        self._began = self._last = time.process_time()

    def note(self, outcome: Outcome) -> None:
        """Called after each case; the time since the last call is that of its answer."""
        self._cases += 1
        answered = time.process_time()
        if self._engine is not None and outcome.answer is not None and self._cases % _EVERY == 1:
            self._engine.embed_questions([outcome.case.question])
            taken = time.process_time() - answered
            self._engine_seconds += taken
            self._pairs.append((outcome.milliseconds, taken * 1000))

    def read(self) -> RunTimes:
        return RunTimes(time.process_time() - self._began - self._engine_seconds, self._latency())

    def _latency(self) -> Latency | None:
        if not self._pairs:
            return None
        answer, n5 = (median(values) for values in zip(*self._pairs, strict=True))
        return Latency(round(answer, 2), round(n5, 2), round(answer / n5, 3))
