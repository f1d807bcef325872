"""Counts requests, answers and refusals for Prometheus; labels are route templates and closed sets, never what was sent."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from ui.records.model_metrics import ModelMetrics, ModelShown

MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4
# The times at which series began double what is sent, and nobody reads them.
disable_created_metrics()  # type: ignore[no-untyped-call]
_SECONDS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)


@dataclass(frozen=True, slots=True)
class IndexShown:
    """The index that answers; empty where none is open. `built_at` in ISO 8601."""

    version: str = ""
    built_at: str = ""

    def age(self, now: float) -> float:
        """Seconds; not a number where that is not known."""
        try:
            return now - datetime.fromisoformat(self.built_at).timestamp()
        except ValueError:
            return float("nan")


class Metrics:
    """A registry of its own: the default one tells about the process and the machine."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "policy_requests", "Requests by route and class of status", ("route", "status"), registry=self._registry
        )
        self._answers = Counter("policy_answers", "Answers by status", ("status",), registry=self._registry)
        self._composed = Counter(
            "policy_composed",
            "Answers by what composed them, and what was missing for it",
            ("composer", "degraded"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "policy_answer_seconds",
            "Seconds of a question: waiting for its turn, in the engine, both",
            ("part",),
            registry=self._registry,
            buckets=_SECONDS,
        )
        self._processor = Counter(
            "policy_engine_processor_seconds", "Processor time of the engine's own thread", registry=self._registry
        )
        self._shed = Counter("policy_shed", "Questions that were not answered", ("reason",), registry=self._registry)
        self._index = Gauge("policy_index", "The version of the index", ("version",), registry=self._registry)
        self._version = ""
        self._read_index: Callable[[], IndexShown] = IndexShown

    def show(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """A figure that is read when it is asked for."""
        Gauge(name, meaning, registry=self._registry).set_function(read)

    def show_index(self, read_index: Callable[[], IndexShown]) -> None:
        self._read_index = read_index
        self.show("policy_index_age_seconds", "Since the index was built", lambda: read_index().age(time.time()))

    def show_model(self, read_model: Callable[[], ModelShown | None]) -> None:
        self._registry.register(ModelMetrics(read_model))

    def count_request(self, route: str, status: int) -> None:
        self._requests.labels(route, f"{status // 100}xx").inc()

    def count_composed(self, composer: str, degraded: str | None) -> None:
        self._composed.labels(composer, degraded or "").inc()

    def count_answer(self, status: str, waited: float, engine: float) -> None:
        """Seconds."""
        self._answers.labels(status).inc()
        for part, seconds in (("waiting", waited), ("engine", engine), ("total", waited + engine)):
            self._seconds.labels(part).observe(seconds)

    def count_processor(self, seconds: float) -> None:
        """What an answer took of a processor; waiting for one does not count."""
        self._processor.inc(seconds)

    def count_shed(self, reason: str) -> None:
        self._shed.labels(reason).inc()

    def write(self) -> bytes:
        version = self._read_index().version
        if version != self._version:
            self._index.clear()
            self._version = version
        if version:
            self._index.labels(version).set(1)
        return generate_latest(self._registry)
