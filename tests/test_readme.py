"""The README names every setting, every command that make offers, and every status."""

import re
from pathlib import Path

from assistant.answer import Status
from assistant.model.settings import ModelSettings
from assistant.settings import AssistantSettings
from corpus.settings import ASSISTANT_SETTINGS, PREFIX, SERVICE_SETTINGS, CorpusSettings
from evals.scoring.judge import FIGURES
from ui.settings import UiSettings

README = Path("README.md").read_text(encoding="utf-8")


_OF_ASSISTANT = (*AssistantSettings.model_fields, *ModelSettings.model_fields)
_SETTINGS = (*CorpusSettings.model_fields, *_OF_ASSISTANT, *UiSettings.model_fields)


def test_every_setting_is_documented() -> None:
    names = {f"{PREFIX}{name.upper()}" for name in _SETTINGS}
    assert {name for name in names if f"`{name}`" not in README} == set()


def test_settings_of_the_service_are_known_everywhere() -> None:
    assert set(SERVICE_SETTINGS) == set(UiSettings.model_fields)
    assert set(ASSISTANT_SETTINGS) == set(_OF_ASSISTANT)


def test_every_make_target_is_documented() -> None:
    makefile = Path("Makefile").read_text(encoding="utf-8")
    offered = set(re.findall(r"make (\w+) ", "\n".join(re.findall(r"@echo '(make .*)'", makefile))))
    assert {target for target in offered - {"clean"} if f"make {target}" not in README} == set()


def test_every_status_is_explained() -> None:
    assert {status for status in Status if f"`{status}`" not in README} == set()


def test_every_figure_of_the_evaluation_is_explained() -> None:
    explained = Path("evals/README.md").read_text(encoding="utf-8")
    assert {name for name in FIGURES if f"`{name}`" not in explained} == set()
