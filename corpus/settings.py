"""Where the corpus lies and which embedder reads it."""

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

_FOLDER = Path(__file__).parent


class CorpusSettings(BaseSettings):
    """Read from the environment with the prefix POLICY_."""

    model_config = SettingsConfigDict(env_prefix="POLICY_", env_file=".env", extra="ignore")

    notices_folder: Path = _FOLDER / "notices"
    index_folder: Path = _FOLDER / "built"
    embedding_url: str = ""
    embedding_model: str = ""
    embedding_key: SecretStr = SecretStr("")
