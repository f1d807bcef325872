"""The route that Prometheus reads; closed to everybody else."""

import hmac
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ui.callers.clients import is_forwarded, is_loopback
from ui.records.metrics import MEDIA_TYPE, Metrics
from ui.service.problems import DETAILS

router = APIRouter(include_in_schema=False)


def metrics_for(request: Request) -> Metrics:
    """For this machine itself, and for who shows the token; others are not told that there is anything."""
    token: str = request.app.state.metrics_token
    shown = request.headers.get("authorization", "").removeprefix("Bearer ")
    is_known = bool(token) and hmac.compare_digest(shown.encode(), token.encode())
    if not is_known and (is_forwarded(request.scope) or not is_loopback(request.scope)):
        raise HTTPException(404, DETAILS[404])
    metrics: Metrics = request.app.state.journal.metrics
    return metrics


@router.get("/metrics")
def read_metrics(metrics: Annotated[Metrics, Depends(metrics_for)]) -> Response:
    return Response(metrics.write(), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})
