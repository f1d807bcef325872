"""What went wrong, in words for the person who asked: RFC 9457 problems, made in one place for routes and pages."""

import logging
import secrets
from dataclasses import dataclass
from typing import Any

from assistant.understanding.text import BadQuestion
from ui.callers.callers import ClientGone
from ui.callers.request_id import current_request_id
from ui.feedback.limit import TooMuchFeedback
from ui.feedback.store import FeedbackNotKept
from ui.service.answering import NotReady, UnknownNotice
from ui.service.closing import Closed
from ui.service.fair_queue import TooBusy, TooManyQuestions

_log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
_SECONDS_WHEN_BUSY = 2
_SECONDS_WHEN_NOT_READY = 30
# No status of the standard; the one that proxies write into their logs.
_CLIENT_CLOSED = 499
_SECONDS_WHEN_CLOSED = 60

TITLES = {
    400: "请求格式不对",
    401: "密钥不对",
    403: "不允许这样访问",
    404: "没有找到",
    405: "这个地址不支持这种方法",
    408: "请求超时",
    413: "请求太大",
    415: "请求类型不对",
    421: "主机名不对",
    422: "请求内容不对",
    429: "请求太频繁",
    431: "请求头太大",
    500: "服务内部出错",
    503: "暂时不能回答",
}
DETAILS = {
    400: "请检查请求是不是完整的 JSON（UTF-8 编码）。",
    404: "没有这个地址。可用的接口见 /openapi.json。",
    405: "请按响应头 Allow 列出的方法重新请求。",
    415: "请用 JSON 提交，并把 Content-Type 设为 application/json。",
    503: "服务暂时不可用，请稍后再试。",
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field of a request that cannot be used."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Status, what happened and what to do; `retry_after` in seconds."""

    status: int
    detail: str
    errors: tuple[FieldError, ...] = ()
    retry_after: int | None = None
    number: str | None = None

    @property
    def title(self) -> str:
        return TITLES.get(self.status, "请求没有完成")

    @property
    def headers(self) -> dict[str, str]:
        retry = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        return {"WWW-Authenticate": "Bearer", **retry} if self.status == 401 else retry

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            body["errors"] = [{"field": e.field, "message": e.message} for e in self.errors]
        if self.retry_after is not None:
            body["retry_after"] = self.retry_after
        if self.number:
            body["error_number"] = self.number
        if request_id := current_request_id():
            body["request_id"] = request_id
        return body


def describe_error(error: BaseException) -> Problem:
    """The problem that an exception of ours stands for; anything else is logged under a number that the person sees."""
    match error:
        case BadQuestion():
            return Problem(422, str(error), (FieldError("question", str(error)),))
        case UnknownNotice():
            return Problem(422, str(error), (FieldError("notice_ids", str(error)),))
        case TooManyQuestions():
            return Problem(429, str(error), retry_after=_SECONDS_WHEN_BUSY)
        case Closed():
            return Problem(503, str(error), retry_after=_SECONDS_WHEN_CLOSED)
        case TooBusy():
            return Problem(503, str(error), retry_after=_SECONDS_WHEN_BUSY)
        case ClientGone():
            return Problem(_CLIENT_CLOSED, str(error))
        case NotReady():
            return Problem(503, str(error), retry_after=_SECONDS_WHEN_NOT_READY)
        case TooMuchFeedback():
            return Problem(429, str(error), retry_after=error.retry_after)
        case FeedbackNotKept():
            _log.error("%s", error, exc_info=error.__cause__)
            return Problem(503, str(error), retry_after=_SECONDS_WHEN_NOT_READY)
    number = secrets.token_hex(4)
    _log.error("错误编号 %s", number, exc_info=error)
    return Problem(500, f"这次请求没有完成。请稍后再试；若仍然出错，请把错误编号 {number} 告诉管理员。", number=number)
