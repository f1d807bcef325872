"""Registers what FastAPI answers when a request fails, so that every failure is a problem in Chinese."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from assistant.understanding.text import BadQuestion
from ui.callers.callers import ClientGone
from ui.feedback.limit import TooMuchFeedback
from ui.feedback.store import FeedbackNotKept
from ui.service.answering import NotReady, UnknownNotice
from ui.service.closing import Closed
from ui.service.error_page import answer_with_page, wants_page
from ui.service.fair_queue import TooBusy, TooManyQuestions
from ui.service.problems import DETAILS, MEDIA_TYPE, FieldError, Problem, describe_error

_WHOLE_BODY = "请求体"
_MESSAGES = {
    "missing": "缺少这一项。",
    "string_type": "应当是字符串。",
    "bool_type": "应当是 true 或 false。",
    "int_type": "应当是整数。",
    "string_too_short": "不能是空的。",
    "too_short": "不能是空的。",
    "less_than_equal": "太大了。",
    "greater_than_equal": "太小了。",
    "list_type": "应当是数组。",
    "model_attributes_type": "应当是 JSON 对象。",
    "model_type": "应当是 JSON 对象。",
    "dict_type": "应当是 JSON 对象。",
    "too_long": "项目太多。",
}
_OWN_ERRORS = (
    BadQuestion, UnknownNotice, TooManyQuestions, TooBusy, Closed, ClientGone, NotReady, FeedbackNotKept, TooMuchFeedback,
)  # fmt: skip
_UNKNOWN_MESSAGE = "内容不能使用，请对照 /openapi.json 修改。"


def add_error_handlers(app: FastAPI) -> None:
    app.add_exception_handler(HTTPException, _answer_http_exception)
    app.add_exception_handler(RequestValidationError, _answer_validation_error)
    for error in _OWN_ERRORS:
        app.add_exception_handler(error, _answer_own_error)


def respond(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse(problem.as_json(), problem.status, _headers(problem, headers), MEDIA_TYPE)


def _headers(problem: Problem, headers: dict[str, str] | None) -> dict[str, str]:
    return {**(headers or {}), **problem.headers}


def respond_fitly(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """A page for a person, JSON for a program."""
    if not wants_page(request.scope):
        return respond(problem, headers)
    return HTMLResponse(answer_with_page(problem, request.scope), problem.status, _headers(problem, headers))


async def _answer_own_error(request: Request, error: Exception) -> Response:
    return respond_fitly(request, describe_error(error))


async def _answer_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    written_by_us = isinstance(error.detail, str) and not error.detail.isascii()
    fallback = DETAILS.get(error.status_code, "请求没有完成，请检查后再试。")
    detail = error.detail if written_by_us else fallback
    return respond_fitly(request, Problem(error.status_code, detail), dict(error.headers or {}))


async def _answer_validation_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found: Sequence[Mapping[str, Any]] = error.errors()
    if any(e["type"] == "json_invalid" for e in found):
        return respond(Problem(400, DETAILS[400]))
    return respond(describe_invalid(found))


def describe_invalid(found: Sequence[Mapping[str, Any]]) -> Problem:
    """From the errors of pydantic."""
    # A long list of turns may be wrong in every one of them; the first few say enough.
    errors = tuple(FieldError(_name_field(e["loc"]), _word_error(e)) for e in found[:5])
    return Problem(422, "；".join(f"{e.field}：{e.message.rstrip('。')}" for e in errors) + "。", errors)


def _name_field(location: Sequence[str | int]) -> str:
    """`history[].content`: only the last turns are read, so an index would count from nowhere."""
    inside = location[1:] if location and location[0] in ("body", "path", "query") else location
    name = ""
    for step in inside:
        name += "[]" if isinstance(step, int) else f".{step}" if name else step
    return name or _WHOLE_BODY


def _word_error(error: Mapping[str, Any]) -> str:
    is_text = error.get("ctx", {}).get("field_type") != "List"
    if error["type"] == "string_too_long" or (error["type"] == "too_long" and is_text):
        return f"最多 {error['ctx']['max_length']} 个字，请缩短后再试。"
    if error["type"] in ("literal_error", "enum"):
        allowed = re.findall("'([^']*)'", error["ctx"]["expected"])
        return f"只能是 {'、'.join(allowed)} 之一。"
    return _MESSAGES.get(error["type"], _UNKNOWN_MESSAGE)
