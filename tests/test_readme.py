"""The README names every setting, command and status, shows what really happens, and its links lead somewhere."""

import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

import assistant.__main__
import ingest.__main__
from assistant.answer import Status
from assistant.model.settings import ModelSettings
from assistant.settings import AssistantSettings
from corpus.settings import ASSISTANT_SETTINGS, PREFIX, SERVICE_SETTINGS, CorpusSettings
from evals.scoring.judge import FIGURES
from tests.conftest import ROOT, SEED
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


MAINS: dict[str, Callable[[list[str]], int]] = {"ingest": ingest.__main__.main, "assistant": assistant.__main__.main}
_LEFT_OUT = "…"


def read_consoles(begin: str) -> Iterator[tuple[list[str], str]]:
    """Each command that begins so in a block of the README, cut as a shell does, and the output shown below it."""
    for block in re.findall(r"^```console\n(.*?)^```$", README, re.MULTILINE | re.DOTALL):
        for shown in re.findall(r"^\$ (.*?)(?=^\$ |\Z)", block, re.MULTILINE | re.DOTALL):
            command, _, output = shown.partition("\n")
            if command.startswith(begin):
                yield shlex.split(command), output


def find_stale(output: str, real: str) -> list[str]:
    """The pieces of what is shown, between marks of what is left out, that do not come one after the other."""
    place, stale = 0, []
    for piece in filter(None, (piece.strip(" \n") for piece in output.split(_LEFT_OUT))):
        found = real.find(piece, place)
        if found < 0:
            stale.append(piece)
        else:
            place = found + len(piece)
    return stale


@pytest.mark.parametrize(
    ("output", "stale"), [("a\n…\nc", []), ("c\n…\na", ["a"]), ("a\nb\nc", []), ("a\nc", ["a\nc"]), ("…", [])]
)
def test_what_is_stale_is_found(output: str, stale: list[str]) -> None:
    assert find_stale(output, "a\nb\nc\n") == stale


def test_the_commands_print_what_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    notices = tmp_path / "notices"
    notices.mkdir()
    shutil.copy(SEED, notices)
    shutil.copy(SEED.with_suffix(".toml"), notices)
    monkeypatch.setenv("POLICY_NOTICES_FOLDER", str(notices))
    monkeypatch.setenv("POLICY_INDEX_FOLDER", str(tmp_path / "built"))
    assert ingest.__main__.main(["build"]) == 0
    stale, run = [], 0
    for words, output in read_consoles(""):
        words = [word.replace("corpus/notices", str(notices)) for word in words]
        if words[0] == "cp":
            shutil.copy(ROOT / words[1], words[2])
        elif words[0] == ".venv/bin/python":
            capsys.readouterr()
            assert MAINS[words[2]](words[3:]) == 0
            printed = "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())
            stale += find_stale(output, printed)
            run += 1
    assert (stale, run) == ([], 4)


def test_the_reply_is_what_is_shown(site: str) -> None:
    [(words, output)] = read_consoles("curl ")
    address = words[1].replace("http://127.0.0.1:7860", site)
    reply = httpx2.post(address, content=words[-1], headers=dict([words[3].split(": ")]), timeout=None).json()
    lines = (line.strip() for line in output.splitlines())
    shown = "".join(f"{line} " if line.endswith(",") else line for line in lines)
    assert find_stale(shown, json.dumps(reply, ensure_ascii=False)) == []


PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob(".github/*.md"), ROOT / "evals" / "README.md")
)


def list_anchors(page: Path) -> set[str]:
    """What GitHub calls the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    text = re.sub(
        r"^ *```.*?^ *```$|`[^`\n]+`(?!\])", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    lost = []
    for link in re.findall(r"\]\(([^()\s]+)\)|\bsrc=\"([^\"]+)\"", text):
        target = link[0] or link[1]
        if re.match(r"https?://", target):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and anchor not in list_anchors(there)):
            lost.append(target)
    assert lost == []
