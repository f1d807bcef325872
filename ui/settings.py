"""Where the service listens, whom it believes, whose it is, who may call or show it, when it is closed, what it keeps."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from corpus.settings import PREFIX
from ui.callers.clients import NO_PROXY, ProxyTrust, parse_trust
from ui.callers.keys import read_keys
from ui.embed.origins import check_origin
from ui.site.reading import DEFAULT_FILE


class UiSettings(BaseSettings):
    """Read from the environment with the prefix POLICY_."""

    model_config = SettingsConfigDict(env_prefix=PREFIX)

    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=0, le=65535)
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    trusted_proxies: Annotated[ProxyTrust, NoDecode] = NO_PROXY
    api_keys: SecretStr = SecretStr("")
    embed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    site_file: Path = DEFAULT_FILE
    closed_file: Path = Path(__file__).parent / "stored" / "closed.txt"
    log_questions: bool = False
    metrics_token: SecretStr = SecretStr("")
    feedback_file: Path = Path(__file__).parent / "stored" / "feedback.sqlite3"
    feedback_days: int = Field(default=90, ge=1, le=3650)

    @field_validator("allowed_origins", "embed_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Lists of origins have commas."""
        return tuple(o.strip() for o in value.split(",") if o.strip()) if isinstance(value, str) else value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _read_trust(cls, value: object) -> object:
        """POLICY_TRUSTED_PROXIES is a number of proxies, or their networks with commas."""
        return parse_trust(value) if isinstance(value, str) else value

    @field_validator("api_keys")
    @classmethod
    def _check_keys(cls, value: SecretStr) -> SecretStr:
        read_keys(value)
        return value

    @field_validator("embed_origins")
    @classmethod
    def _check(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        """Fails closed: a list that is only partly understood lets nobody in, for the service does not start."""
        return tuple(check_origin(o) for o in origins)
