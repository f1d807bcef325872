"""What the OpenAI-compatible routes send, as the OpenAPI description shows it."""

from typing import Literal

from pydantic import BaseModel, Field

from assistant.answer import Citation
from ui.api.schemas import PolicyReply


class UsageReply(BaseModel):
    """这里不用词元，都是字符数。"""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class MessageReply(BaseModel):
    role: Literal["assistant"]
    content: str
    refusal: None
    citations: tuple[Citation, ...] = Field(description="扩展：引用")


class ChoiceReply(BaseModel):
    index: int
    message: MessageReply
    logprobs: None
    finish_reason: Literal["stop"]


class CompletionReply(BaseModel):
    """一个完整的回答。"""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: tuple[ChoiceReply, ...]
    usage: UsageReply
    policy: PolicyReply


class DeltaReply(BaseModel):
    role: Literal["assistant"] | None = None
    content: str | None = None
    citations: tuple[Citation, ...] | None = Field(default=None, description="扩展：在最后一段内容里")


class ChunkChoiceReply(BaseModel):
    index: int
    delta: DeltaReply
    logprobs: None
    finish_reason: Literal["stop"] | None


class ChunkReply(BaseModel):
    """流里的一块；policy 与最后一段内容同来，其后是 finish_reason 为 stop 的一块。"""

    id: str
    object: Literal["chat.completion.chunk"]
    created: int
    model: str
    choices: tuple[ChunkChoiceReply, ...]
    usage: UsageReply | None = None
    policy: PolicyReply | None = None


class ModelReply(BaseModel):
    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ModelsReply(BaseModel):
    object: Literal["list"]
    data: tuple[ModelReply, ...]


class ErrorReply(BaseModel):
    message: str
    type: str
    param: str | None
    code: str | None


class OpenAiErrorReply(BaseModel):
    """OpenAI 的错误格式。"""

    error: ErrorReply
