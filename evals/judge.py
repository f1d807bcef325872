"""Asks a language model behind an OpenAI-compatible endpoint to judge; sole user of its library in evals."""

import re
from typing import Annotated, Protocol, TypeVar

import openai
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.settings import PREFIX

_TIMEOUT_SECONDS = 300.0
_LONGEST_REPLY = 200
_ATTEMPTS = 2
_OBJECT = re.compile(r"\{.*?\}", re.DOTALL)


class JudgeFailed(Exception):
    """The endpoint gave no reply; the message says what to check."""


class JudgeSettings(BaseSettings):
    """Read from the environment with the prefix POLICY_."""

    model_config = SettingsConfigDict(env_prefix=PREFIX)

    judge_key: SecretStr = SecretStr("")


class _Reply(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    reason: str = ""


class Verdict(_Reply):
    """Whether something holds."""

    holds: bool


class Grade(_Reply):
    grade: Annotated[int, Field(ge=1, le=5)]


Reply = TypeVar("Reply", bound=_Reply)


class Judge(Protocol):
    """Gives a verdict on a prompt, None where the reply cannot be read."""

    def judge(self, prompt: str, form: type[Reply]) -> Reply | None: ...


class EndpointJudge:
    """Any OpenAI-compatible `/v1/chat/completions`; `url` reaches to `/v1`."""

    def __init__(self, url: str, model: str, key: SecretStr) -> None:
        self._url, self._model = url, model
        self._client = openai.OpenAI(
            base_url=url, api_key=key.get_secret_value() or "none", timeout=_TIMEOUT_SECONDS, max_retries=1
        )

    def judge(self, prompt: str, form: type[Reply]) -> Reply | None:
        """Asks a second time where the reply is not of the form."""
        for _ in range(_ATTEMPTS):
            if (reply := read_reply(self._ask(prompt), form)) is not None:
                return reply
        return None

    def _ask(self, prompt: str) -> str:
        try:
            completion = self._client.chat.completions.create(
                model=self._model,
                messages=[{"role": "user", "content": prompt}],
                temperature=0,
                max_tokens=_LONGEST_REPLY,
            )
        except openai.OpenAIError as error:
            raise JudgeFailed(
                f"{self._url} 没有回答（{error}）。请检查 --url、--model 和 POLICY_JUDGE_KEY。"
            ) from error
        return (completion.choices[0].message.content or "") if completion.choices else ""


def read_reply(text: str, form: type[Reply]) -> Reply | None:
    """The first JSON object of that form, whatever stands around it."""
    for match in _OBJECT.finditer(text):
        try:
            return form.model_validate_json(match.group())
        except ValidationError:
            continue
    return None
