"""What is refused as a setting of the model says what to do and never repeats what was typed."""

from typing import Any

import pytest
from pydantic import ValidationError

from assistant.model.settings import ModelSettings

URL = "http://127.0.0.1:8080/v1"


def test_no_model_is_the_default() -> None:
    settings = ModelSettings()
    assert (settings.is_set, settings.reply_tokens, settings.prompt_tokens) == (False, 1024, 3072)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_MODEL_BASE_URL", f" {URL}/ ")
    monkeypatch.setenv("POLICY_MODEL_NAME", "qwen")
    monkeypatch.setenv("POLICY_MODEL_API_KEY", "sk-1\n")
    settings = ModelSettings()
    assert (settings.model_base_url, settings.is_set) == (URL, True)
    assert settings.model_api_key.get_secret_value() == "sk-1"
    assert "sk-1" not in repr(settings)


BAD = [
    ({"model_base_url": "127.0.0.1:8080/v1"}, "请写完整"),
    ({"model_base_url": "ftp://model/v1"}, "http://"),
    ({"model_base_url": "file:///etc/passwd"}, "请写完整"),
    ({"model_base_url": "http://"}, "请写完整"),
    ({"model_base_url": "http://model:99999/v1"}, "请写完整"),
    ({"model_base_url": "http://a b/v1"}, "请写完整"),
    ({"model_base_url": "https://me:secret@model/v1"}, "POLICY_MODEL_API_KEY"),
    ({"model_base_url": "https://model/v1?key=secret"}, "/v1"),
    ({"model_base_url": f"{URL}/chat/completions"}, "/v1"),
    ({"model_name": ""}, "POLICY_MODEL_NAME"),
    ({"model_api_key": "secret one"}, "重新复制"),
    ({"model_api_key": "secret密钥"}, "重新复制"),
    ({"model_seconds": 0}, ""),
    ({"model_between_seconds": "nan"}, ""),
    ({"model_tokens": 100}, ""),
]


@pytest.mark.parametrize(("given", "advice"), BAD)
def test_bad_values_are_refused(given: dict[str, Any], advice: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ModelSettings(**{"model_base_url": URL, "model_name": "qwen", **given})
    assert advice in str(refused.value)
    assert "secret" not in str(refused.value)
