"""Routes for whoever runs the service: is it alive, can it answer, which version is it."""

import platform
from typing import Any

from fastapi import APIRouter
from starlette.responses import JSONResponse

from assistant.answer import Degraded
from assistant.model.endpoint import EndpointState
from assistant.origin import product_version
from ui.api.ask import Desk, document_problems
from ui.api.schemas import HealthReply, ReadyReply, VersionReply
from ui.records.model_metrics import ModelShown
from ui.service.answering import NotReady
from ui.service.errors import respond
from ui.service.problems import describe_error

router = APIRouter(tags=["运行"])


@router.get("/healthz", summary="进程是否活着", response_model=HealthReply)
async def healthz() -> JSONResponse:
    return JSONResponse({"status": "ok"})


@router.get("/readyz", summary="能否回答", response_model=ReadyReply, responses=document_problems(503))
def readyz(desk: Desk) -> JSONResponse:
    try:
        corpus = desk.opening.current().corpus
    except NotReady as error:
        return respond(describe_error(error))
    by_meaning = corpus.vectors is not None
    model = desk.opening.show_model()
    return JSONResponse(
        {
            "status": "ready",
            "corpus_version": corpus.version,
            "notices": len(corpus.catalogue.notices),
            "embedder": "available" if by_meaning else "unavailable",
            "model": model.state if model else "none",
            "degraded": _find_lack(by_meaning, model),
        }
    )


def _find_lack(by_meaning: bool, model: ModelShown | None) -> Degraded | None:
    """What answers are made without; they are made, so the service is ready."""
    if not by_meaning:
        return Degraded.EMBEDDER_UNAVAILABLE
    return Degraded.MODEL_UNAVAILABLE if model and model.state is EndpointState.OPEN else None


@router.get("/version", summary="版本", response_model=VersionReply)
def show_version(desk: Desk) -> JSONResponse:
    described: dict[str, Any] = {"version": product_version(), "python": platform.python_version()}
    try:
        described["corpus_version"] = desk.opening.current().corpus.version
    except NotReady:
        described["corpus_version"] = None
    return JSONResponse(described)
