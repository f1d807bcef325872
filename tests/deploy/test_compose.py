"""The compose file names settings that exist, and a model that can hold what it is sent."""

import re

import pytest

from assistant.model.settings import ModelSettings
from corpus.settings import refuse_unknown_settings
from tests.conftest import ROOT

COMPOSE = (ROOT / "deploy" / "compose.yml").read_text(encoding="utf-8")
_GIVEN = dict(re.findall(r"^ +((?:POLICY|OLLAMA)_\w+): (\S+)", COMPOSE, re.MULTILINE))


def test_settings_are_known() -> None:
    refuse_unknown_settings(name for name in _GIVEN if name.startswith("POLICY_"))


def test_the_model_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in _GIVEN.items():
        monkeypatch.setenv(name, value)
    settings = ModelSettings()
    assert settings.is_set
    assert settings.model_tokens == int(_GIVEN["OLLAMA_CONTEXT_LENGTH"])
    assert f"ollama pull {settings.model_name}\n" in COMPOSE
