"""The route that takes feedback about an answer."""

import asyncio
import contextlib
import hmac
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from enum import StrEnum
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State
from starlette.responses import JSONResponse

from assistant.answer import Answer, Status
from assistant.masking import mask_personal
from assistant.understanding.text import LONGEST_QUESTION
from corpus.catalogue import Catalogue
from ui.api.ask import document_problems, require_json
from ui.api.questions import Mended
from ui.api.schemas import FeedbackReply
from ui.callers.callers import current_caller
from ui.callers.clients import integrator_of
from ui.feedback.gaps import GapCounts
from ui.feedback.limit import MOST, SECONDS, FeedbackLimit
from ui.feedback.store import Feedback, FeedbackNotKept, FeedbackStore
from ui.service.answering import NotReady

_log = logging.getLogger(__name__)
_SECONDS_A_DAY = 86_400
_SECONDS_BETWEEN_WRITES = 60
# Never written down: without it nobody can find by trying which address a digest was made of.
_SECRET = secrets.token_bytes(32)
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
_EXAMPLE: JsonDict = {
    "answer_id": "a1b2", "status": "answered", "provision_ids": ["lkz-2025-128/3.9.3"], "corpus_version": "v1",
    "verdict": "down", "reason": "not_answered", "comment": "没有说什么时候申报",
}  # fmt: skip


class FeedbackBody(BaseModel):
    """对一个回答的反馈。question 只在提问人同意时才带；comment 和 question 里的个人信息会先隐去再保存。

    ballot 是网页为显示出来的这个回答随机取的标记：同一标记后来的评价代替先前的。不带时，同一地址对同一回答后来的评价
    代替先前的；带接入密钥而不带 ballot 的，每次都保存。
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    answer_id: _Id
    status: Status
    provision_ids: Annotated[list[_Id], Field(max_length=_MOST_PROVISIONS)] = []
    corpus_version: _Id
    verdict: Literal["up", "down"]
    reason: Reason | None = None
    comment: Annotated[str, Mended, Field(max_length=_LONGEST_COMMENT)] | None = None
    question: Annotated[str, Mended, Field(max_length=LONGEST_QUESTION)] | None = None
    ballot: Annotated[str, Mended, Field(min_length=8, max_length=100)] | None = None

    def as_feedback(self, departments: tuple[str, ...] = ()) -> Feedback:
        """Without personal details."""
        masked = {"comment": _mask(self.comment), "question": _mask(self.question)}
        given = {"provision_ids": tuple(self.provision_ids), "departments": departments, "ballot": _digest(self)}
        return Feedback(**{**self.model_dump(), **masked, **given})


def _mask(text: str | None) -> str | None:
    return mask_personal(text.strip()) or None if text else None


def _digest(body: FeedbackBody) -> str | None:
    """Tells that two verdicts are about one answer of one visitor; it says nothing about other answers or who that is.

    The mark of the page is random and new for every answer it shows. Only where there is none does the address stand for
    the visitor; a program with a key speaks for many.
    """
    caller = current_caller()
    client = caller.client if caller and not integrator_of(caller.scope) else ""
    key, who = (b"", body.ballot) if body.ballot else (_SECRET, client)
    return hmac.new(key, f"{who}\n{body.answer_id}".encode("utf-8", "replace"), "sha256").hexdigest() if who else None


def name_departments(provision_ids: Sequence[str], catalogue: Catalogue) -> tuple[str, ...]:
    """Of the measures that the provisions stand in; ids that the catalogue does not know name nobody."""
    places = (
        catalogue.place_of_passage.get(i) or catalogue.place_of_measure.get(i.rpartition(".")[0]) for i in provision_ids
    )
    return tuple(dict.fromkeys(d for p in places if p for r in p.responsibilities for d in r.departments))


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
async def give_feedback(body: FeedbackBody, request: Request) -> JSONResponse:
    feedback = await run_in_threadpool(_keep, request.app.state, body)
    return JSONResponse({"kept_days": request.app.state.feedback.days, "question_kept": bool(feedback.question)}, 201)


def keep_verdict(state: State, answer: Answer, is_useful: bool, ballot: str | None = None) -> None:
    """The same without a reason, for a page that has the answer; raises what the route raises."""
    caller = current_caller()
    state.feedback_limit.note(caller.client if caller else "")
    provisions = list(dict.fromkeys(c.provision_id for c in answer.citations))[:_MOST_PROVISIONS]
    told = {"answer_id": answer.id, "status": answer.status, "corpus_version": answer.corpus_version, "ballot": ballot}
    verdict = "up" if is_useful else "down"
    _keep(state, FeedbackBody.model_validate({**told, "provision_ids": provisions, "verdict": verdict}))


def _keep(state: State, body: FeedbackBody) -> Feedback:
    departments: tuple[str, ...] = ()
    with contextlib.suppress(NotReady):
        departments = name_departments(body.provision_ids, state.desk.opening.current().corpus.catalogue)
    feedback = body.as_feedback(departments)
    state.feedback.add(feedback)
    return feedback


@contextlib.asynccontextmanager
async def keep_tidy(store: FeedbackStore, gaps: GapCounts) -> AsyncIterator[None]:
    """Deletes what is too old at the start and once a day; writes counts every minute and at the end."""
    tasks = [
        asyncio.create_task(_repeat(store.delete_expired, _SECONDS_A_DAY)),
        asyncio.create_task(_repeat(lambda: gaps.write_to(store), _SECONDS_BETWEEN_WRITES)),
    ]
    yield
    for task in tasks:
        task.cancel()
    with contextlib.suppress(FeedbackNotKept):
        gaps.write_to(store)


async def _repeat(action: Callable[[], object], seconds: float) -> None:
    while True:
        try:
            await run_in_threadpool(action)
        except FeedbackNotKept as error:
            _log.error("%s", error)
        await asyncio.sleep(seconds)
