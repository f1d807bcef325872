"""Where the corpus lies and which embedder reads it; refuses settings that nobody knows."""

import os
from collections.abc import Iterable
from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "POLICY_"
SERVICE_SETTINGS = (
    *("host", "port", "allowed_origins", "trusted_proxies", "embed_origins", "api_keys", "site_file"),
    *("closed_file", "log_questions", "metrics_token", "feedback_file", "feedback_days"),
)
"""Settings of the service, named here so that every command knows them and refuses only what nobody reads."""

ASSISTANT_SETTINGS = (
    "handover",
    *("model_base_url", "model_api_key", "model_name", "model_tokens"),
    *("model_connect_seconds", "model_first_token_seconds", "model_between_seconds", "model_seconds"),
)
"""Those of the assistant, for the same reason."""

_FOLDER = Path(__file__).parent


class CorpusSettings(BaseSettings):
    """Read from the environment with the prefix POLICY_."""

    model_config = SettingsConfigDict(env_prefix=PREFIX)

    notices_folder: Path = _FOLDER / "notices"
    index_folder: Path = _FOLDER / "built"
    embedding_url: str = ""
    embedding_model: str = ""
    embedding_key: SecretStr = SecretStr("")


class BadSetting(Exception):
    """A setting that cannot be used; the message says what to do and repeats nothing secret."""


class UnknownSetting(BadSetting):
    """An environment variable with our prefix that no part reads, most often a slip of the pen."""


def _all_settings() -> tuple[str, ...]:
    return (*CorpusSettings.model_fields, *ASSISTANT_SETTINGS, *SERVICE_SETTINGS)


def refuse_unknown_settings(environment: Iterable[str] = os.environ) -> None:
    known = {f"{PREFIX}{name.upper()}" for name in _all_settings()}
    unknown = sorted(name for name in environment if name.upper().startswith(PREFIX) and name.upper() not in known)
    if unknown:
        raise UnknownSetting(f"不认识的设置：{'、'.join(unknown)}。可用的设置见 README；请改正或删去。")
