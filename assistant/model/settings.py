"""Which language model writes answers, how long it may take and how much it can read; none is the default."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.settings import PREFIX, BadSetting

_LONGEST_NAME = 200
_LONGEST_SECONDS = 300.0
_SHARE_OF_REPLY = 4
_MOST_FOR_REPLY = 8_192
_FEWEST_TOKENS, _MOST_TOKENS = 512, 2_000_000
_ROUTE = "/chat/completions"


def _check_url(value: str) -> str:
    """The address without a slash at its end; what a request could not be sent to is refused."""
    address = value.strip().rstrip("/")
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or any(c.isspace() for c in address):
        raise ValueError("不是网址。请写完整，例如 http://127.0.0.1:8080/v1")
    if parts.scheme not in ("http", "https"):
        raise ValueError("只能以 http:// 或 https:// 开头")
    if "@" in parts.netloc:
        raise ValueError("网址里不能写用户名和密码。请把密钥写在 POLICY_MODEL_API_KEY")
    if parts.query or parts.fragment or address.endswith(_ROUTE):
        raise ValueError(f"请只写到 /v1 一级，不要带 {_ROUTE} 或问号、井号后的部分")
    return address


def _check_key(value: SecretStr) -> SecretStr:
    key = value.get_secret_value().strip()
    if not key.isascii() or not key.isprintable() or " " in key:
        raise ValueError("密钥里有空格、换行或非英文字符。请重新复制一次")
    return SecretStr(key)


_Seconds = Annotated[float, Field(gt=0, le=_LONGEST_SECONDS, allow_inf_nan=False)]


class ModelSettings(BaseSettings):
    """Read from the environment with the prefix POLICY_; times in seconds."""

    # What was typed may be a key: errors must not repeat it.
    model_config = SettingsConfigDict(
        env_prefix=PREFIX, str_strip_whitespace=True, hide_input_in_errors=True, protected_namespaces=()
    )

    model_base_url: Annotated[str, AfterValidator(_check_url)] = ""
    """Of an OpenAI-compatible endpoint, up to /v1; empty means that no model is used."""
    model_api_key: Annotated[SecretStr, AfterValidator(_check_key)] = SecretStr("")
    model_name: str = Field(default="", max_length=_LONGEST_NAME)
    model_connect_seconds: _Seconds = 3.0
    model_first_token_seconds: _Seconds = 8.0
    """From the request to the first word, thoughts included; a retry is inside."""
    model_between_seconds: _Seconds = 4.0
    model_seconds: _Seconds = 20.0
    """For the whole reply."""
    model_tokens: int = Field(default=4_096, ge=_FEWEST_TOKENS, le=_MOST_TOKENS)
    """What the endpoint holds at once: prompt and reply."""

    @model_validator(mode="after")
    def _check_name(self) -> "ModelSettings":
        if self.model_base_url and not self.model_name:
            raise ValueError("设了 POLICY_MODEL_BASE_URL，还要设 POLICY_MODEL_NAME（模型的名称）")
        return self

    @property
    def is_set(self) -> bool:
        return bool(self.model_base_url)

    @property
    def reply_tokens(self) -> int:
        """The share of `model_tokens` kept for the reply, which the endpoint is told as its bound."""
        return min(self.model_tokens // _SHARE_OF_REPLY, _MOST_FOR_REPLY)

    @property
    def prompt_tokens(self) -> int:
        """What is left for the prompt."""
        return self.model_tokens - self.reply_tokens


def read_model_settings() -> ModelSettings:
    """From the environment; raises BadSetting, which names each setting that is wrong and what it may be."""
    try:
        return ModelSettings()
    except ValidationError as error:
        faults = "；".join(_describe(e["loc"], e.get("ctx", {}).get("error")) for e in error.errors())
        raise BadSetting(f"设置不对：{faults}。请改正后重新运行。") from None


def _describe(place: tuple[int | str, ...], ours: object) -> str:
    """Only what we wrote ourselves is repeated."""
    if not place:
        return str(ours)
    name = str(place[0])
    if isinstance(ours, ValueError):
        reason = str(ours)
    elif name == "model_tokens":
        reason = f"要是 {_FEWEST_TOKENS} 到 {_MOST_TOKENS} 的整数"
    elif name == "model_name":
        reason = f"最多 {_LONGEST_NAME} 个字"
    else:
        reason = f"要是大于 0、不超过 {_LONGEST_SECONDS:g} 的数（秒）"
    return f"{PREFIX}{name.upper()} {reason}"
