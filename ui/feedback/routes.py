"""The route that takes feedback about an answer."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from enum import StrEnum
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from assistant.answer import Status
from assistant.masking import mask_personal
from assistant.understanding.text import LONGEST_QUESTION
from ui.api.ask import document_problems, require_json
from ui.api.questions import Mended
from ui.api.schemas import FeedbackReply
from ui.callers.callers import current_caller
from ui.feedback.limit import MOST, SECONDS, FeedbackLimit
from ui.feedback.store import Feedback, FeedbackNotKept, FeedbackStore

_log = logging.getLogger(__name__)
_SECONDS_A_DAY = 86_400
_LONGEST_COMMENT = 1_000
_MOST_PROVISIONS = 100


class Reason(StrEnum):
    """引用不符、已过期、没答到、看不懂、其他。"""

    WRONG_CITATION = "wrong_citation"
    OUTDATED = "outdated"
    NOT_ANSWERED = "not_answered"
    UNCLEAR = "unclear"
    OTHER = "other"


_Id = Annotated[str, Mended, Field(min_length=1, max_length=100)]


class FeedbackBody(BaseModel):
    """对一个回答的反馈。question 只在提问人同意时才带；comment 和 question 里的个人信息会先隐去再保存。"""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "answer_id": "a1b2",
                    "status": "answered",
                    "provision_ids": ["lkz-2025-128/3.9.3"],
                    "corpus_version": "v1",
                    "verdict": "down",
                    "reason": "not_answered",
                    "comment": "没有说什么时候申报",
                }
            ]
        }
    )

    answer_id: _Id
    status: Status
    provision_ids: Annotated[list[_Id], Field(max_length=_MOST_PROVISIONS)] = []
    corpus_version: _Id
    verdict: Literal["up", "down"]
    reason: Reason | None = None
    comment: Annotated[str, Mended, Field(max_length=_LONGEST_COMMENT)] | None = None
    question: Annotated[str, Mended, Field(max_length=LONGEST_QUESTION)] | None = None

    def as_feedback(self) -> Feedback:
        """Without personal details."""
        return Feedback(
            answer_id=self.answer_id,
            status=self.status,
            provision_ids=tuple(self.provision_ids),
            corpus_version=self.corpus_version,
            verdict=self.verdict,
            reason=self.reason,
            comment=_mask(self.comment),
            question=_mask(self.question),
        )


def _mask(text: str | None) -> str | None:
    return mask_personal(text.strip()) or None if text else None


def store_of(request: Request) -> FeedbackStore:
    store: FeedbackStore = request.app.state.feedback
    return store


def within_limit(request: Request) -> None:
    limit: FeedbackLimit = request.app.state.feedback_limit
    caller = current_caller()
    limit.note(caller.client if caller else "")


router = APIRouter(prefix="/api/v1", tags=["反馈"], dependencies=[Depends(require_json)])


@router.post(
    "/feedback",
    summary="反馈",
    description=f"同一地址{SECONDS:.0f}秒内最多{MOST}次，超过时返回 429 和 Retry-After。",
    status_code=201,
    response_model=FeedbackReply,
    responses=document_problems(400, 413, 415, 422, 429, 500, 503),
    dependencies=[Depends(within_limit)],
)
async def give_feedback(body: FeedbackBody, store: Annotated[FeedbackStore, Depends(store_of)]) -> JSONResponse:
    feedback = body.as_feedback()
    await run_in_threadpool(store.add, feedback)
    return JSONResponse({"kept_days": store.days, "question_kept": feedback.question is not None}, 201)


@contextlib.asynccontextmanager
async def keep_deleting(store: FeedbackStore) -> AsyncIterator[None]:
    """Deletes what is too old at the start and once a day."""
    task = asyncio.create_task(_delete_daily(store))
    yield
    task.cancel()


async def _delete_daily(store: FeedbackStore) -> None:
    while True:
        try:
            await run_in_threadpool(store.delete_expired)
        except FeedbackNotKept as error:
            _log.error("%s", error)
        await asyncio.sleep(_SECONDS_A_DAY)
