"""The body of a chat completion, read as a question with its history; what OpenAI's clients send besides is ignored."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.understanding.frame import Turn
from assistant.understanding.text import LONGEST_QUESTION, BadQuestion, clean_question
from ui.api.questions import TURNS_READ, Mended, shorten_turn
from ui.service.answering import Inquiry

MODEL = "policy-assistant"
_MOST_NOTICES = 100


class PartBody(BaseModel):
    """内容的一段；只读 type 为 text 的。"""

    model_config = ConfigDict(strict=True)

    type: Annotated[str, Mended]
    text: Annotated[str, Mended] | None = None


def _as_parts(content: object) -> object:
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


class MessageBody(BaseModel):
    """一条消息；只读 user 和 assistant 的。"""

    model_config = ConfigDict(strict=True)

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[
        list[PartBody] | None, BeforeValidator(_as_parts, json_schema_input_type=str | list[PartBody] | None)
    ] = None

    @property
    def text(self) -> str:
        return "".join(p.text or "" for p in self.content or () if p.type == "text")

    @property
    def has_more_than_text(self) -> bool:
        return any(p.type != "text" for p in self.content or ())


class StreamOptionsBody(BaseModel):
    model_config = ConfigDict(strict=True)

    include_usage: bool | None = None


class CompletionBody(BaseModel):
    """最后一条 user 消息是问题（最多 500 个字），之前的 user 和 assistant 消息是上文；system 消息和其他参数不起作用。"""

    model_config = ConfigDict(
        strict=True,
        json_schema_extra={
            "examples": [{"model": MODEL, "messages": [{"role": "user", "content": "中试基地一年奖多少？"}]}]
        },
    )

    model: Annotated[str, Mended, Field(json_schema_extra={"enum": [MODEL]})]
    messages: Annotated[list[MessageBody], Field(min_length=1)]
    stream: bool | None = None
    stream_options: StreamOptionsBody | None = None
    notice_ids: Annotated[
        list[Annotated[str, Mended]], Field(max_length=_MOST_NOTICES, description="扩展：只按这些通知回答")
    ] = []

    @property
    def wants_usage(self) -> bool:
        return self.stream_options is not None and bool(self.stream_options.include_usage)

    def as_inquiry(self) -> Inquiry:
        """Raises BadQuestion where no message asks anything that can be read."""
        at = max((i for i, m in enumerate(self.messages) if m.role == "user"), default=None)
        if at is None:
            raise BadQuestion("messages 里没有 user 消息。请把问题写在最后一条 user 消息里。")
        if self.messages[at].has_more_than_text:
            raise BadQuestion("问题里只能有文字（type 为 text），不能有图片、声音或文件。")
        asked = self.messages[at].text
        if len(asked) > LONGEST_QUESTION:
            raise BadQuestion(f"最后一条 user 消息有 {len(asked)} 个字，最多 {LONGEST_QUESTION} 个字。请只写问题本身。")
        clean_question(asked)
        return Inquiry(asked, self._history(at), tuple(self.notice_ids))

    def _history(self, at: int) -> tuple[Turn, ...]:
        said = [m for m in self.messages[:at] if m.role in ("user", "assistant") and m.text]
        return tuple(shorten_turn(m.role, m.text) for m in said[-TURNS_READ:])
