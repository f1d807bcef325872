"""What several test modules share: a real small embedder, builders of values, and published corpora."""

import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, zip_longest
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from assistant.ask import Assistant
from corpus.embedding.embed import Embedder, LocalEmbedder, Vector, clean_text
from corpus.language.numerals import write_chinese
from corpus.notice import Chapter, Measure, Notice, Phrase, Provision, Responsibility, Role
from corpus.settings import CorpusSettings
from corpus.store import Corpus, open_version
from corpus.version import current_version
from ingest.build import build, read_notice
from ingest.publishing.publish import Source
from tests.browser import open_chromium, run_service
from tests.fake_assistant import FakeAssistant
from tests.hostile import IN_A_NOTICE, PAYLOADS
from tests.ui.embed.widget_host import Sites, run_sites
from ui.server import create_app
from ui.settings import UiSettings

TESTS = Path(__file__).parent
NOTICES = TESTS / "notices"
ROOT = TESTS.parent
SEED = ROOT / "corpus" / "notices" / "lkz-2025-128.txt"
SEED_ID = "lkz-2025-128"
HOSTILE_ID = "lkz-2025-1"
SMALL_CORPUS = (SEED, NOTICES / "gf-2018-39.txt", NOTICES / "gbh-2006-71.txt")
_DIMENSIONS = 256

# The same examples on every machine, however busy it is.
settings.register_profile("repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("repeatable")


class FakeEmbedder:
    """Hashed pairs of characters: texts that share words lie near each other, without a model."""

    def __init__(self, identity: str = "fake-bigrams") -> None:
        self.identity = identity

    def embed_questions(self, texts: Sequence[str]) -> Vector:
        return self.embed_passages(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        rows = np.zeros((len(texts), _DIMENSIONS), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            # A mark at both ends gives even a single character a pair.
            marked = f"^{clean_text(text)}$"
            for first, second in pairwise(marked):
                row[zlib.crc32(f"{first}{second}".encode()) % _DIMENSIONS] += 1
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def embed_clauses(self, question: str, spans: Sequence[tuple[int, int]]) -> Vector:
        return self.embed_passages([question, *(question[start:end] for start, end in spans)])


def make_provision(text: str, provision_id: str = "n/1.1.1", start: int = 0) -> Provision:
    return Provision(provision_id, int(provision_id.rsplit(".", 1)[-1]), text, start, start + len(text))


def make_measure(
    number: int, title: str, texts: Sequence[str] = (), departments: Sequence[str] = (), notice_id: str = "n"
) -> Measure:
    """A measure of chapter 1; offsets are not those of a real text."""
    provisions = tuple(make_provision(t, f"{notice_id}/1.{number}.{i}") for i, t in enumerate(texts, 1))
    label = f"（{number}）"
    heading = Phrase(f"{label}{title}。", 0, len(label) + len(title) + 1)
    printed = f"（{'、'.join(departments)}负责）"
    shared = Responsibility(Phrase(printed, 0, len(printed)), Role.SHARED, "负责", tuple(departments))
    owners = (shared,) if departments else ()
    return Measure(f"1.{number}", number, label, title, f"m{number}", heading, provisions, owners)


def make_notice(*measures: Measure, notice_id: str = "n", title: str = "关于测试的通知", number: str = "") -> Notice:
    """A notice of a preamble and one chapter, 一、总则."""
    chapter = Chapter(f"{notice_id}/1", 1, "一、", "总则", Phrase("一、总则", 0, 4), (), measures)
    return Notice(
        id=notice_id,
        title=title,
        title_at=Phrase(title, 0, len(title)),
        document_number=Phrase(number, 0, len(number)) if number else None,
        addressee=None,
        issuer=None,
        issued_on=None,
        preamble=(make_provision("现印发给你们。", f"{notice_id}/p.1"),),
        chapters=(chapter,),
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests run last: while Playwright is open, no other test can start an event loop of its own."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session", autouse=True)
def _own_settings_only(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Settings of the person who runs the tests must not reach them, nor what is counted in tests the product's folder."""
    for name in [n for n in os.environ if n.startswith("POLICY_")]:
        del os.environ[name]
    os.environ["POLICY_FEEDBACK_FILE"] = str(tmp_path_factory.mktemp("kept") / "feedback.sqlite3")
    CorpusSettings.model_config["env_file"] = None


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return FakeEmbedder()


@pytest.fixture(scope="session")
def local_embedder() -> Embedder:
    return LocalEmbedder()


@pytest.fixture(scope="session")
def seed() -> Source:
    """The notice that the product ships, parsed with its facts."""
    return read_notice(SEED)


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """The index folder of `small_corpus`; copy it before changing it."""
    folder = tmp_path_factory.mktemp("small") / "index"
    build(SMALL_CORPUS, folder, embedder)
    return folder


@pytest.fixture(scope="session")
def small_corpus(small_index: Path, embedder: Embedder) -> Corpus:
    """Three notices of different shapes, published by the real ingest with the fake embedder."""
    return open_version(current_version(small_index), embedder)


@pytest.fixture(scope="session")
def real_corpus(tmp_path_factory: pytest.TempPathFactory, local_embedder: Embedder) -> Corpus:
    """The notice that the product ships with the model that the product ships; takes a few seconds."""
    published = build((SEED,), tmp_path_factory.mktemp("real") / "index", local_embedder).corpus
    assert published is not None
    return published


@pytest.fixture(scope="session")
def assistant(real_corpus: Corpus) -> Assistant:
    """Answers from the notice that the product ships."""
    return Assistant(real_corpus)


@pytest.fixture(scope="session")
def site(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole service with the notice that the product ships."""
    settings = UiSettings(feedback_file=tmp_path_factory.mktemp("site") / "feedback.sqlite3")
    with run_service(create_app(assistant, settings)) as address:
        yield address


@pytest.fixture(scope="session")
def sites(small_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    """The service with prepared answers, and other sites that show its widget."""
    with run_sites(FakeAssistant(small_corpus), tmp_path_factory.mktemp("sites")) as running:
        yield running


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A notice whose title, headings and sentences are hostile, published by the real ingest."""
    folder = tmp_path_factory.mktemp("hostile")
    pairs = zip_longest(IN_A_NOTICE[::2], IN_A_NOTICE[1::2], fillvalue="")
    measures = "\n".join(
        f"（{write_chinese(n)}）{one[:40]}。第{n}句{one}，最高给予{n}万元补助。另外{two}。（<b>省科技厅</b>、省财政厅负责）"
        for n, (one, two) in enumerate(pairs, 2)
    )
    numbered = "\n".join(f"{n}. {payload}。说明{payload}。" for n, payload in enumerate(PAYLOADS, 1))
    text = (
        f"关于{PAYLOADS[0]}“{PAYLOADS[2]}”的通知\n\n鲁科字〔2025〕1号\n各<i>有关</i>单位：\n现将{PAYLOADS[3]}印发给你们。\n"
        f"一、总体{PAYLOADS[19]}\n（一）{PAYLOADS[1]}。支持{PAYLOADS[4]}。（省科技厅负责）\n{measures}\n二、其他{PAYLOADS[20]}\n{numbered}\n"
    )
    path = folder / "hostile.txt"
    path.write_text(text, encoding="utf-8")
    published = build((path,), folder / "index", FakeEmbedder()).corpus
    assert published is not None
    return published


@pytest.fixture(scope="session")
def hostile_site(hostile: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = UiSettings(feedback_file=tmp_path_factory.mktemp("kept") / "feedback.sqlite3")
    with run_service(create_app(Assistant(hostile), settings)) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one for all tests; every test opens its own context."""
    with open_chromium() as opened:
        yield opened


@pytest.fixture
def write_notice(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a notice file and returns its path."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / "notices" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write
