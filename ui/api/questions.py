"""The body of a question over HTTP, checked and turned into an inquiry."""

import re
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.understanding.frame import Turn
from assistant.understanding.text import LONGEST_QUESTION, clean_question
from ui.service.answering import Inquiry

TURNS_READ = 20
_LONGEST_REPLY = 4_000
_MOST_NOTICES = 100
# JSON may hold halves of a character (a cut emoji); UTF-8 cannot, so they would break every reply.
_HALVES = re.compile(r"[\ud800-\udfff]")


def mend_text(text: str) -> str:
    """The text without halves of characters."""
    return _HALVES.sub(" ", text)


def _mend(value: object) -> object:
    return mend_text(value) if isinstance(value, str) else value


def _last_turns(value: object) -> object:
    return value[-TURNS_READ:] if isinstance(value, list) else value


Mended = BeforeValidator(_mend)


def shorten_turn(role: str, content: str) -> Turn:
    """An earlier message; of long ones the beginning is read."""
    return Turn(role, content[: LONGEST_QUESTION if role == "user" else _LONGEST_REPLY])


class TurnBody(BaseModel):
    """一条先前的消息；太长的只读开头。"""

    role: Literal["user", "assistant"]
    content: Annotated[str, Mended]

    def as_turn(self) -> Turn:
        return shorten_turn(self.role, self.content)


class QuestionBody(BaseModel):
    """问题。只有 question 必填；history 只读最后 20 轮；notice_ids 为空表示全部通知。"""

    model_config = ConfigDict(
        strict=True, json_schema_extra={"examples": [{"question": "中试基地一年奖多少？什么时候申报？"}]}
    )

    question: Annotated[
        str, Mended, Field(min_length=1, max_length=LONGEST_QUESTION, description="至少有一个文字或数字")
    ]
    history: Annotated[list[TurnBody], BeforeValidator(_last_turns)] = []
    notice_ids: Annotated[list[Annotated[str, Mended]], Field(max_length=_MOST_NOTICES)] = []

    def as_inquiry(self) -> Inquiry:
        """Raises BadQuestion where nothing readable was asked."""
        clean_question(self.question)
        return Inquiry(self.question, tuple(turn.as_turn() for turn in self.history), tuple(self.notice_ids))
