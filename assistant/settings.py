"""What whoever runs the service lets the assistant say for them."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.settings import PREFIX

_LONGEST = 300


class AssistantSettings(BaseSettings):
    """Read from the environment with the prefix POLICY_."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, str_strip_whitespace=True)

    handover: str = Field(default="", max_length=_LONGEST)
    """Shown where an answer leaves somebody without one: how to reach a person."""
