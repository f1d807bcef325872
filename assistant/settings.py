"""What an operator may change about answering: the optional language model and the corpus."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class AssistantSettings(BaseSettings):
    """Read from the environment with the prefix POLICY_."""

    model_config = SettingsConfigDict(env_prefix="POLICY_", env_file=".env", extra="ignore")

    model_url: str = ""
    model_name: str = ""
    model_key: SecretStr = SecretStr("")
