"""Writes what a model is told: the rules, the question as it was understood, and the numbered grounds."""

import re
from collections.abc import Sequence

from assistant.masking import mask_personal
from assistant.model.endpoint import Message
from assistant.model.grounds import Ground
from prompts import label, prompt

_LINE_BREAKS = re.compile(r"\s+")
_LONGEST = 500


def ask_for_answer(question: str, grounds: Sequence[Ground], language: str) -> tuple[Message, ...]:
    """The messages of one question; what reaches a person is masked, and nothing in it can open a line of its own."""
    shown = "\n".join(_one_line(ground.show(language)) for ground in grounds)
    said = _one_line(mask_personal(question))[:_LONGEST]
    asked = prompt("model_question", question=said, grounds=shown, language=label("model", "answer_in", language))
    return Message("system", prompt("model_answer")), Message("user", asked)


def ask_again(messages: Sequence[Message], reply: str, failed: Sequence[tuple[str, str]]) -> tuple[Message, ...]:
    """The same with what was wrong in the first reply: the sentences and why each was dropped."""
    lines = "\n".join(f"- {text}（{reason}）" for text, reason in failed)
    told = label("model", "again", "zh").replace("$failed", lines)
    return (*messages, Message("assistant", reply), Message("user", told))


def _one_line(text: str) -> str:
    return _LINE_BREAKS.sub(" ", text).strip()
