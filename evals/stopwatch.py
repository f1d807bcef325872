"""Times a run: its seconds, how busy others kept the machine meanwhile, and answers against embeddings."""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from corpus.embed import Embedder
from evals.run import Outcome

_EVERY = 20
_MOST_FOR_OTHERS = 0.2
_STAT = Path("/proc/stat")


@dataclass(frozen=True, slots=True)
class Latency:
    """Median milliseconds of an answer and of one embedding of the same question."""

    answer: float
    embedding: float
    ratio: float


@dataclass(frozen=True, slots=True)
class RunTimes:
    """`others` is the share of the processor that other programs took; `latency` None without an embedder here."""

    seconds: float
    others: float
    latency: Latency | None

    @property
    def is_fair(self) -> bool:
        """The machine was free enough for the seconds to mean something."""
        return self.others <= _MOST_FOR_OTHERS


class Stopwatch:
    """Runs from its making on; of every 20th case it times one embedding, right after the answer."""

    def __init__(self, embedder: Embedder | None) -> None:
        self._embedder = embedder
        self._pairs: list[tuple[float, float]] = []
        self._cases = 0
        self._began, self._own, self._all = time.perf_counter(), time.process_time(), _read_busy_seconds()

    def note(self, outcome: Outcome) -> None:
        self._cases += 1
        if self._embedder is None or outcome.answer is None or self._cases % _EVERY != 1:
            return
        began = time.perf_counter()
        self._embedder.embed_questions([outcome.case.question])
        self._pairs.append((outcome.milliseconds, (time.perf_counter() - began) * 1000))

    def read(self) -> RunTimes:
        seconds = time.perf_counter() - self._began
        others = (_read_busy_seconds() - self._all) - (time.process_time() - self._own)
        return RunTimes(seconds, max(0.0, others) / (seconds * (os.cpu_count() or 1)), self._latency())

    def _latency(self) -> Latency | None:
        if not self._pairs:
            return None
        answer, embedding = (median(values) for values in zip(*self._pairs, strict=True))
        return Latency(round(answer, 2), round(embedding, 2), round(answer / embedding, 2))


def _read_busy_seconds() -> float:
    """Processor seconds that all programs took since the machine started; 0 where the system does not say."""
    try:
        user, nice, system = (int(n) for n in _STAT.read_text(encoding="ascii").split(maxsplit=4)[1:4])
    except (OSError, ValueError):
        return 0.0
    return (user + nice + system) / os.sysconf("SC_CLK_TCK")
