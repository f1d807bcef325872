"""What the tests of the evaluation share: notices to score against, libraries, and a repository of their own."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from corpus.catalogue import Catalogue
from corpus.store import Corpus
from evals import results
from evals.cases import tiers
from evals.context import Context, make_context
from evals.corpora import Library
from ingest.build import read_notice
from tests.conftest import NOTICES, SEED
from tests.evals.answers import make_library

Git = Callable[..., str]


@dataclass(frozen=True)
class Shelf:
    """Parsed notices without an index: enough to say where a case is asked and what it is checked against."""

    texts: Mapping[str, str]
    catalogue: Catalogue


def put_on_shelf(*paths: Path) -> Shelf:
    sources = [read_notice(path) for path in paths]
    return Shelf({s.notice.id: s.text for s in sources}, Catalogue(s.notice for s in sources))


@pytest.fixture(scope="session")
def context(small_corpus: Corpus) -> Context:
    return make_context([small_corpus])


@pytest.fixture(scope="session")
def parsed() -> Library:
    """All notices that cases name, parsed only: the shipped one is served, all are kept."""
    return make_library(put_on_shelf(SEED), put_on_shelf(SEED, *sorted(NOTICES.rglob("*.txt"))))


@pytest.fixture
def library(small_corpus: Corpus) -> Library:
    """Three indexed notices, served and kept."""
    return make_library(small_corpus, small_corpus)


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Runs git in a repository of one commit, which the evaluation takes for its own."""
    folder = tmp_path / "repository"
    folder.mkdir()

    def run(*arguments: str) -> str:
        identity = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false")
        command = ["git", "-C", str(folder), *identity, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    run("init", "--quiet")
    (folder / "code.py").write_text("1\n", encoding="utf-8")
    run("add", ".")
    run("commit", "--quiet", "--message", "first")
    monkeypatch.setattr(results, "__file__", str(folder / "results.py"))
    return run


@pytest.fixture
def blind_folder(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of blind cases in that repository, for everything that reads or writes one."""
    folder = tmp_path / "repository" / "blind"
    for function in (tiers.read_seals, tiers.seal_file, tiers.open_sealed, tiers.spend, tiers.read_spent):
        monkeypatch.setattr(function, "__defaults__", (folder,))
    return folder


@pytest.fixture
def without_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plain pipeline, whose imports take seconds, is not looked at."""
    pipeline = SimpleNamespace(PlainPipeline=lambda library: SimpleNamespace(name="llama-index"))
    monkeypatch.setitem(sys.modules, "evals.baselines.plain_pipeline", pipeline)
