"""Every way in which an endpoint behaves; `FAULTS` are those after which there is no usable reply."""

from tests.model_server.refusals import BODIES, CONNECTING, STATUSES
from tests.model_server.streams import BROKEN, LATE, READABLE, SAID

WAYS = (*CONNECTING, *STATUSES, *BODIES, *BROKEN, *LATE, *READABLE, *SAID)
FAULTS = tuple(way for way in WAYS if way.fault)
