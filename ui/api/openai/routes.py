"""The routes of OpenAI's chat interface."""

import asyncio
import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from starlette.responses import JSONResponse, Response

from ui.api.ask import Desk, checked_inquiry, document_problems, require_json
from ui.api.openai.body import MODEL, CompletionBody
from ui.api.openai.reply import Completion
from ui.api.openai.schemas import CompletionReply, ModelReply, ModelsReply
from ui.api.streaming import AnswerResponse, AnswerStream
from ui.callers.request_id import current_request_id
from ui.service.errors import respond
from ui.service.problems import FieldError, Problem

router = APIRouter(prefix="/v1", tags=["OpenAI 兼容"])
_STARTED = int(time.time())


@router.post(
    "/chat/completions",
    summary="提问（OpenAI 格式）",
    response_model=CompletionReply,
    responses={200: {"content": {"text/event-stream": {}}}, **document_problems(404)},
    dependencies=[Depends(require_json)],
)
async def complete(body: CompletionBody, desk: Desk) -> Response:
    if body.model != MODEL:
        return _no_such_model()
    inquiry = await checked_inquiry(body, desk)
    completion = Completion(current_request_id(), inquiry, body.wants_usage)
    if body.stream:
        return AnswerResponse(AnswerStream(desk, inquiry, completion.telling()))
    return JSONResponse(completion.whole(await asyncio.wrap_future(desk.submit(inquiry))))


@router.get("/models", summary="模型（OpenAI 格式）", response_model=ModelsReply)
async def list_models() -> JSONResponse:
    return JSONResponse({"object": "list", "data": [_describe_model()]})


@router.get(
    "/models/{model}", summary="一个模型（OpenAI 格式）", response_model=ModelReply, responses=document_problems(404)
)
async def show_model(model: Annotated[str, Path(examples=[MODEL])]) -> JSONResponse:
    return JSONResponse(_describe_model()) if model == MODEL else _no_such_model()


def _describe_model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": _STARTED, "owned_by": MODEL}


def _no_such_model() -> JSONResponse:
    detail = f"没有这个模型。请把 model 设为 {MODEL}。"
    return respond(Problem(404, detail, (FieldError("model", detail),)))
