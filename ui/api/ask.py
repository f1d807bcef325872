"""The routes that answer questions."""

import asyncio
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, Header, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, StreamingResponse

from assistant.output.encode import encode_answer
from ui.api.questions import QuestionBody
from ui.api.schemas import AnswerReply, ProblemReply
from ui.api.streaming import AnswerResponse, AnswerStream
from ui.service.answering import AnswerDesk, Inquiry
from ui.service.problems import DETAILS, MEDIA_TYPE, TITLES


def document_problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route, for the OpenAPI description."""
    content = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{ProblemReply.__name__}"}}}
    return {status: {"description": TITLES[status], "content": content} for status in statuses}


async def require_json(content_type: Annotated[str, Header(include_in_schema=False)] = "") -> None:
    """A page of another site can send anything else without asking the browser's permission first."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise HTTPException(415, DETAILS[415])


async def desk_of(request: Request) -> AnswerDesk:
    desk: AnswerDesk = request.app.state.desk
    return desk


Desk = Annotated[AnswerDesk, Depends(desk_of)]
router = APIRouter(prefix="/api/v1", tags=["问答"], dependencies=[Depends(require_json)])
_PROBLEMS = document_problems(400, 413, 415, 422, 429, 500, 503)
_STREAM: dict[str, Any] = {
    "description": "事件 step（步骤）、first_line（语言模型动笔前的第一句）、part（核对过的一段）、done（完整回答）、error（没有完成）",
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}


class Asked(Protocol):
    """A body that asks something; raises BadQuestion where it does not."""

    def as_inquiry(self) -> Inquiry: ...


async def checked_inquiry(body: Asked, desk: AnswerDesk) -> Inquiry:
    inquiry = body.as_inquiry()
    if desk.opening.is_open:
        # A thread of its own would cost more than the look itself.
        desk.check(inquiry)
    else:
        await run_in_threadpool(desk.check, inquiry)
    return inquiry


@router.post("/ask", summary="提问", response_model=AnswerReply, responses=_PROBLEMS)
async def ask(body: QuestionBody, desk: Desk) -> JSONResponse:
    answer = await asyncio.wrap_future(desk.submit(await checked_inquiry(body, desk)))
    return JSONResponse(encode_answer(answer))


@router.post(
    "/ask/stream", summary="提问，逐段返回", response_class=StreamingResponse, responses={200: _STREAM, **_PROBLEMS}
)
async def ask_stream(body: QuestionBody, desk: Desk) -> AnswerResponse:
    return AnswerResponse(AnswerStream(desk, await checked_inquiry(body, desk)))
