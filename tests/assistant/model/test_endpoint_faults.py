"""Every fault of an endpoint ends in time, as one of two kinds, and gives nothing away."""

import time
from typing import Any

import pytest

from assistant.model.endpoint import Fault, ModelError
from tests.model_server.asking import ASKED, CORRECT, PATIENT, SCHEMA, SECRET, open_endpoint
from tests.model_server.faults import FAULTS, WAYS
from tests.model_server.way import Way

_SHORT = {
    "model_connect_seconds": 0.3,
    "model_first_token_seconds": 0.4,
    "model_between_seconds": 0.3,
    "model_seconds": 0.5,
}
_GRACE = 0.5


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_every_way_ends_as_it_should(way: Way) -> None:
    times: dict[str, Any] = _SHORT if way.fault is Fault.TIMEOUT else PATIENT
    with way.serve(CORRECT) as served, open_endpoint(served.url, **times) as endpoint:
        began = time.monotonic()
        pieces = endpoint.write(ASKED, SCHEMA if way.has_schema else None)
        if way.fault is None:
            assert "".join(pieces) == way.reply(CORRECT)
        else:
            with pytest.raises(ModelError) as failed:
                list(pieces)
            _expect_fault(failed.value, way.fault)
            assert endpoint.counts.failures == {way.fault: 1}
        if way.fault is Fault.TIMEOUT:
            assert time.monotonic() - began < _SHORT["model_seconds"] + _GRACE
        assert len(served.server.requests) == way.calls


def _expect_fault(error: ModelError, fault: Fault) -> None:
    assert error.fault is fault
    assert error.detail.endswith("。") and len(error.detail) < 120
    assert not any(sent in error.detail for sent in (SECRET, "html", "CUDA", "nginx", "error", "127.0.0.1"))
    assert error.__cause__ is None and (error.__suppress_context__ or error.__context__ is None)


def test_there_are_enough_faults() -> None:
    assert len({way.name for way in WAYS}) == len(WAYS)
    assert len(FAULTS) >= 45
