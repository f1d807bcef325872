"""Every fault of an endpoint on every surface: the quoting composer's answer in time, whole, and why."""

import itertools
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Degraded
from assistant.model.endpoint import Endpoint, Fault
from tests.model_server.asking import PATIENT, open_endpoint
from tests.model_server.faults import FAULTS, WAYS
from tests.model_server.playing import REPLY, SENTENCES, PlayedAssistant
from tests.model_server.server import ModelServer, say
from tests.model_server.way import Way
from tests.ui.model.surfaces import SURFACES, Doors
from ui.words import word

# asyncio leaves the socket of a handshake that was broken off to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

_SHORT = {
    "model_connect_seconds": 0.2,
    "model_first_token_seconds": 0.2,
    "model_between_seconds": 0.2,
    "model_seconds": 0.3,
}
_GRACE = 0.5
_SLACK = 2.5
"""For a machine that does other things too."""
# What a whole reply says is judged by the verifying, not by the endpoint.
_UNUSABLE = ("another language", "no JSON", "another schema")
_TRIED = (*FAULTS, *(way for way in WAYS if way.name in _UNUSABLE))
_LABEL = word("ai_label", "zh")
_BROKEN_OFF = word("ai_broken_off", "zh")


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[ModelServer, dict[bool, Endpoint]]]:
    """One server whose script changes, and what asks it with little time and with much."""
    with (
        ModelServer(say(REPLY)) as server,
        _open(server.url, _SHORT) as hurried,
        _open(server.url, PATIENT) as patient,
    ):
        yield server, {True: hurried, False: patient}


@pytest.fixture(scope="module", params=_TRIED, ids=lambda way: way.name)
def way(
    request: pytest.FixtureRequest, assistant: PlayedAssistant, shared: tuple[ModelServer, dict[bool, Endpoint]]
) -> Iterator[Way]:
    """Each for all surfaces."""
    tried: Way = request.param
    is_late = tried.fault is Fault.TIMEOUT
    if tried.door != "http":
        with tried.serve(REPLY) as served, _open(served.url, _SHORT if is_late else PATIENT) as endpoint:
            assistant.play(endpoint)
            yield tried
    else:
        server, endpoints = shared
        server.script = tried.make(REPLY)
        assistant.play(endpoints[is_late])
        yield tried


def _open(url: str, times: Mapping[str, float]) -> AbstractContextManager[Endpoint]:
    """With a breaker whose clock leaps, so that it never keeps the next question from asking."""
    leaps = itertools.count(step=1_000)
    return open_endpoint(url, lambda: float(next(leaps)), **times)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_quoting_composer_answers(
    surface: str, way: Way, client: TestClient, assistant: PlayedAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = SURFACES[surface](Doors(client, assistant, capsys))
    degraded = Degraded(way.fault) if way.fault else Degraded.MODEL_UNVERIFIED
    answer, quoted = assistant.answers[-1], assistant.quoted
    assert shown.status == 200
    assert (answer.degraded, answer.composer, answer.status) == (degraded, quoted.composer, quoted.status)
    assert answer.parts == quoted.parts
    if way.fault is Fault.TIMEOUT:
        assert answer.timings_ms.write < (_SHORT["model_seconds"] + _GRACE + _SLACK) * 1_000
    # Each sentence that came early was whole and true.
    assert all(text.removeprefix(_LABEL).strip().removesuffix("（解读）") in SENTENCES for text in shown.early)
    assert quoted.citations[0].quote in shown.text or quoted.parts[0].text in shown.text
    assert "Traceback" not in shown.text and "html" not in shown.text
    if shown.fields is None:
        assert word(f"degraded_{degraded}", "zh") in shown.text
        assert _LABEL not in shown.text
    else:
        assert (shown.fields["degraded"], shown.fields["composer"]) == (degraded, quoted.composer)
        assert shown.text.endswith(quoted.text)
        if before := shown.text.removesuffix(quoted.text):
            label, *sentences, broken_off, end = before.split("\n\n")
            assert (label, broken_off, end) == (_LABEL, _BROKEN_OFF, "")
            assert sentences and all(s.partition("（解读）")[0] in SENTENCES for s in sentences)


def test_there_are_enough_faults() -> None:
    assert len(_TRIED) >= 45
