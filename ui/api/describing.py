"""The OpenAPI description: what every route may answer, refusals and streams included, each with an example."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from ui.api.openai.errors import word_error
from ui.api.openai.schemas import ChunkReply, OpenAiErrorReply
from ui.api.schemas import AnswerReply, FirstLineEvent, PartEvent, ProblemReply, StepEvent
from ui.service.problems import DETAILS, MEDIA_TYPE, TITLES, Problem

Json = dict[str, Any]
_EXAMPLES = Path(__file__).parents[1] / "data" / "api_examples.json"
_COMPONENT = "#/components/schemas/{model}"
_STREAM = "text/event-stream"
_OPENAI = "/v1/"
_DOORS = ("/api/", _OPENAI)
# Refused before a route is reached.
_EVERYWHERE_AT_THE_DOORS = (401, 429, 500, 503)
_WITH_BODY = (400, 408, 413, 415, 422)
_RETRY_LATER = {"429", "503"}
_EVENTS: dict[str, type[BaseModel]] = {
    "step": StepEvent,
    "first_line": FirstLineEvent,
    "part": PartEvent,
    "done": AnswerReply,
    "error": ProblemReply,
}
_KEYS = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "接口密钥；服务没有设密钥时可以不带，带什么都接受"},
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "同上"},
}


def describe_app(app: FastAPI) -> Json:
    """What `GET /openapi.json` sends; computed once."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
        components = schema.setdefault("components", {})
        components["schemas"] = {**components.get("schemas", {}), **_more_components()}
        components["securitySchemes"] = _KEYS
        for path, method, operation in _operations(schema):
            _describe_operation(path, method, operation)
        for unused in ("HTTPValidationError", "ValidationError"):
            components["schemas"].pop(unused, None)
        app.openapi_schema = schema
    return app.openapi_schema


def _more_components() -> Json:
    """What no route sends as its whole body."""
    models: tuple[type[BaseModel], ...] = (*_EVENTS.values(), ChunkReply, OpenAiErrorReply)
    _, described = models_json_schema([(m, "serialization") for m in models], ref_template=_COMPONENT)
    schemas: Json = described["$defs"]
    return schemas


def _operations(schema: Json) -> Iterator[tuple[str, str, Json]]:
    for path, operations in schema["paths"].items():
        yield from ((path, method, operation) for method, operation in operations.items())


def _describe_operation(path: str, method: str, operation: Json) -> None:
    responses: Json = operation["responses"]
    # FastAPI documents its own form of refusal wherever there is a parameter.
    if "HTTPValidationError" in json.dumps(responses.get("422", {})):
        del responses["422"]
    refusals = {int(s) for s in responses if s >= "4"}
    if path.startswith(_DOORS):
        refusals.update(_EVERYWHERE_AT_THE_DOORS)
        operation["security"] = [{}, *({name: []} for name in _KEYS)]
    if "requestBody" in operation:
        refusals.update(_WITH_BODY)
    for status in sorted(refusals):
        responses[str(status)] = _describe_refusal(status, path)
    if path.startswith(_OPENAI):
        # OpenAI knows 400 where we say 422.
        responses.pop("422", None)
    _add_streams(path, responses)
    _add_examples(f"{method.upper()} {path}", responses)
    for code, response in responses.items():
        response.setdefault("headers", {}).update(_headers(code))


def _describe_refusal(status: int, path: str) -> Json:
    problem = Problem(status, DETAILS.get(status, f"{TITLES[status]}。")).as_json()
    if path.startswith(_OPENAI):
        return {
            "description": TITLES[status],
            "content": {"application/json": _content(OpenAiErrorReply, word_error(problem))},
        }
    return {"description": TITLES[status], "content": {MEDIA_TYPE: _content(ProblemReply, problem)}}


def _content(model: type[BaseModel], example: Json) -> Json:
    return {"schema": _refer_to(model), "examples": {"例": {"value": example}}}


def _refer_to(model: type[BaseModel]) -> Json:
    return {"$ref": _COMPONENT.format(model=model.__name__)}


def _add_streams(path: str, responses: Json) -> None:
    """Each event by itself; its data is JSON."""
    if _STREAM in responses.get("200", {}).get("content", {}):
        events = _OPENAI_EVENTS if path.startswith(_OPENAI) else [_describe_event(*e) for e in _EVENTS.items()]
        responses["200"]["content"][_STREAM] = {"itemSchema": {"anyOf": events}}


def _describe_event(name: str, model: type[BaseModel]) -> Json:
    data = {"type": "string", "contentMediaType": "application/json", "contentSchema": _refer_to(model)}
    named = {"event": {"const": name}} if name else {}
    return {"type": "object", "required": ["data", *named], "properties": {**named, "data": data}}


_OPENAI_EVENTS = [
    {"type": "object", "required": ["data"], "properties": {"data": {"const": "[DONE]"}}},
    _describe_event("", ChunkReply),
    _describe_event("", OpenAiErrorReply),
]


def _add_examples(operation: str, responses: Json) -> None:
    for media_type, example in _examples().get(operation, {}).items():
        responses[min(responses)]["content"][media_type]["examples"] = {"例": {"value": example}}


@cache
def _examples() -> Json:
    """Examples of what succeeds, by operation and media type."""
    examples: Json = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    return examples


def _headers(status: str) -> Json:
    headers: Json = {"X-Request-Id": {"description": "请求编号", "required": True, "schema": {"type": "string"}}}
    if status in _RETRY_LATER:
        headers["Retry-After"] = {"description": "几秒后再试", "schema": {"type": "integer", "minimum": 0}}
    return headers
