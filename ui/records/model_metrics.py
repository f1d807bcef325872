"""The language model for Prometheus: what its endpoint counts, read when somebody looks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from assistant.model.endpoint import Counts, EndpointState, Fault


@dataclass(frozen=True, slots=True)
class ModelShown:
    """The state of a model, and its counts since the start."""

    state: EndpointState
    counts: Counts


class ModelMetrics(Collector):
    """No series at all where no model is set."""

    def __init__(self, read: Callable[[], ModelShown | None]) -> None:
        self._read = read

    def collect(self) -> Iterator[Metric]:
        shown = self._read()
        if shown is None:
            return
        state = GaugeMetricFamily("policy_model_state", "1 for the state it is in", labels=["state"])
        for one in EndpointState:
            state.add_metric([one.value], float(one is shown.state))
        yield state
        counts = shown.counts
        yield CounterMetricFamily("policy_model_requests", "Replies that were asked for", counts.requests)
        yield CounterMetricFamily("policy_model_retries", "Requests sent once more", counts.retries)
        yield CounterMetricFamily("policy_model_refused", "Not sent, the breaker being open", counts.refused)
        failures = CounterMetricFamily("policy_model_failures", "Replies that cannot be used", labels=["fault"])
        for fault in (Fault.UNAVAILABLE, Fault.TIMEOUT):
            failures.add_metric([fault.value], counts.failures.get(fault, 0))
        yield failures
        tokens = CounterMetricFamily("policy_model_tokens", "As the endpoint reports them", labels=["of"])
        tokens.add_metric(["prompt"], counts.prompt_tokens)
        tokens.add_metric(["reply"], counts.reply_tokens)
        yield tokens
