"""What schemathesis cannot know from the description: which notices there are, and that somebody asks something.

For `schemathesis run` set SCHEMATHESIS_HOOKS=tests.ui.api.schema_hooks.
"""

from typing import Any

import schemathesis
from schemathesis import Case, HookContext

_NOTICE_ID = "lkz-2025-128"
_MOST_NOTICES = 100
_LONGEST_QUESTION = 500
_ASKED = {"role": "user", "content": "中试基地一年奖多少？"}


@schemathesis.hook
def map_case(context: HookContext, case: Case[Any]) -> Case[Any]:
    if isinstance(case.body, dict):
        case.body = complete(case.body)
    return case


def complete(body: dict[str, Any]) -> dict[str, Any]:
    """Only what fits the description is completed; what is wrong stays as wrong as it is."""
    completed = dict(body)
    question = body.get("question")
    if isinstance(question, str) and 1 <= len(question) <= _LONGEST_QUESTION:
        completed["question"] = question[: _LONGEST_QUESTION - 1] + "奖"
    if _is_list_of(body.get("notice_ids"), str) and len(body["notice_ids"]) <= _MOST_NOTICES:
        completed["notice_ids"] = [_NOTICE_ID for _ in body["notice_ids"]]
    if _is_list_of(body.get("messages"), dict) and body["messages"]:
        completed["messages"] = [*body["messages"], _ASKED]
    return completed


def _is_list_of(value: object, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(v, kind) for v in value)
