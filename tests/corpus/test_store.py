"""Opening the published version."""

import logging
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.embedding.embed import Embedder, EmbeddingFailed, EndpointEmbedder, LocalEmbedder
from corpus.lexicon import NameKind
from corpus.notice import Role
from corpus.settings import CorpusSettings
from corpus.store import Corpus, CorpusMismatch, make_embedder, open_corpus, open_version
from corpus.version import CorpusNotBuilt, current_version, hash_files, read_manifest, write_manifest
from tests.conftest import SEED_ID, FakeEmbedder

FILES = ("manifest.json", "notices.json", "texts.json", "terms.json", "words.json", "passages.json")


@pytest.fixture
def version(small_index: Path, tmp_path: Path) -> Path:
    """A copy of the small corpus's version that a test may damage."""
    copy = tmp_path / "version"
    shutil.copytree(current_version(small_index), copy)
    return copy


def test_opens_everything_that_answers_are_made_from(small_corpus: Corpus, embedder: Embedder) -> None:
    notices = small_corpus.catalogue.notices
    assert [n.id for n in notices] == [SEED_ID, "gf-2018-39", "gbh-2006-71"] == list(small_corpus.texts)
    assert len(small_corpus.version) == 16
    assert small_corpus.embedder is embedder
    assert small_corpus.vectors is not None
    counts = {small_corpus.keywords.count, small_corpus.vectors.count, len(small_corpus.passages)}
    sentences, measures = sum(len(list(n.provisions())) for n in notices), sum(len(list(n.measures())) for n in notices)
    assert counts == {sentences + measures}
    assert small_corpus.cutter.cut("“算力券”奖补") == ("算力券", "奖补")
    assert small_corpus.departments.named("人民银行山东省分行") is not None


def test_every_passage_stands_in_the_catalogue(small_corpus: Corpus) -> None:
    known = {**small_corpus.catalogue.place_of_provision, **small_corpus.catalogue.place_of_measure}
    ids = [p.id for p in small_corpus.passages]
    assert sorted(known) == sorted(ids)
    assert [p.notice_id for p in small_corpus.passages] == [known[i].notice.id for i in ids]


def test_finds_a_measure_by_words_by_meaning_and_by_name(small_corpus: Corpus, embedder: Embedder) -> None:
    question = "服务突出的省级中试基地年度最高奖补多少"
    scores = small_corpus.keywords.score(small_corpus.cutter.search_words(question))
    assert small_corpus.passages[int(scores.argmax())].id.startswith(f"{SEED_ID}/3.9")
    assert small_corpus.vectors is not None
    (near,) = small_corpus.vectors.nearest(embedder.embed_questions([question])[0], 1)
    assert near.id == f"{SEED_ID}/3.9.3"
    (mention,) = [m for m in small_corpus.lexicon.find("企业孵化服务由谁负责") if m.is_a(NameKind.MEASURE)]
    assert mention.targets(NameKind.MEASURE) == (f"{SEED_ID}/4.10",)


def test_the_shipped_model_finds_by_meaning(real_corpus: Corpus) -> None:
    assert real_corpus.vectors is not None
    assert real_corpus.embedder is not None
    (question,) = real_corpus.embedder.embed_questions(["买算力有没有补贴？"])
    found = [near.id for near in real_corpus.vectors.nearest(question, 8)]
    assert any(i.startswith(f"{SEED_ID}/5.13") for i in found)


def test_without_an_embedder_it_opens_for_words_only(version: Path) -> None:
    corpus = open_version(version, None)
    assert (corpus.vectors, corpus.embedder) == (None, None)
    assert corpus.keywords.score(["算力券"]).max() > 0


def test_without_an_embedder_damaged_vectors_do_not_matter(version: Path) -> None:
    shutil.rmtree(version / "vectors")
    assert open_version(version, None).vectors is None


def test_another_embedder_is_refused_with_the_way_out(version: Path) -> None:
    with pytest.raises(CorpusMismatch, match=r"fake-bigrams.*other.*python -m ingest build"):
        open_version(version, FakeEmbedder("other"))


@pytest.mark.parametrize("content", [None, b"", b"{", b"null", b"1", b'"x"', b"[[1]]", b"\xff"])
@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_named_with_the_way_out(
    version: Path, embedder: Embedder, name: str, content: bytes | None
) -> None:
    path = version / name
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(CorpusNotBuilt, match=rf"{name} 缺失或损坏.*python -m ingest build"):
        open_version(version, embedder)


@pytest.mark.parametrize("folder", ["vectors", "keywords"])
def test_a_missing_index_is_named_with_the_way_out(version: Path, embedder: Embedder, folder: str) -> None:
    shutil.rmtree(version / folder)
    with pytest.raises(CorpusNotBuilt, match="python -m ingest build"):
        open_version(version, embedder)


def test_an_index_that_was_published_incomplete_is_refused(version: Path, embedder: Embedder) -> None:
    (version / "passages.json").write_text("[]", encoding="utf-8")
    write_manifest(version / "manifest.json", replace(read_manifest(version), files=hash_files(version)))
    with pytest.raises(CorpusNotBuilt, match=r"不完整.*python -m ingest build"):
        open_version(version, embedder)


def test_one_changed_byte_in_any_file_is_refused(version: Path, embedder: Embedder) -> None:
    open_version(version, embedder)
    files = [p for p in version.rglob("*") if p.is_file()]
    assert len(files) > 20
    for path in files:
        content = path.read_bytes()
        for place in {0, len(content) // 2, len(content) - 1} if content else ():
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            with pytest.raises(CorpusNotBuilt, match="缺失或损坏。请运行 python -m ingest build"):
                open_version(version, embedder)
        path.write_bytes(content + b" ")
        with pytest.raises(CorpusNotBuilt, match="缺失或损坏。请运行 python -m ingest build"):
            open_version(version, embedder)
        path.write_bytes(content)
    open_version(version, embedder)


def test_a_sum_that_was_changed_everywhere_is_refused(version: Path, embedder: Embedder) -> None:
    for name in ("notices.json", "texts.json", "passages.json"):
        text = (version / name).read_text(encoding="utf-8")
        assert "200万" in text
        (version / name).write_text(text.replace("200万", "900万"), encoding="utf-8")
    with pytest.raises(CorpusNotBuilt, match=r"notices\.json 缺失或损坏"):
        open_version(version, embedder)


def test_a_file_that_was_not_published_is_refused(version: Path, embedder: Embedder) -> None:
    (version / "vectors" / "chroma.sqlite3-wal").write_bytes(b"more")
    with pytest.raises(CorpusNotBuilt, match=r"多出了文件 vectors/chroma\.sqlite3-wal。请运行 python -m ingest build"):
        open_version(version, embedder)


def test_what_the_system_hides_in_a_folder_does_not_matter(version: Path, embedder: Embedder) -> None:
    (version / "keywords" / ".DS_Store").write_bytes(b"")
    open_version(version, embedder)


def test_opening_changes_no_byte(version: Path, embedder: Embedder) -> None:
    before = hash_files(version)
    corpus = open_version(version, embedder)
    assert corpus.vectors is not None
    corpus.vectors.nearest(embedder.embed_questions(["补助"])[0], 3)
    assert hash_files(version) == before == read_manifest(version).files


def test_opens_the_version_of_the_settings(
    small_index: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.store.make_embedder", lambda _: embedder)
    opened = open_corpus(CorpusSettings(index_folder=small_index))
    assert opened.version == open_version(current_version(small_index), embedder).version
    assert opened.embedder is embedder


def test_a_broken_embedder_leaves_words_and_a_warning(
    small_index: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: CorpusSettings) -> Embedder:
        raise EmbeddingFailed("没有模型")

    monkeypatch.setattr("corpus.store.make_embedder", fail)
    with caplog.at_level(logging.WARNING):
        corpus = open_corpus(CorpusSettings(index_folder=small_index))
    assert (corpus.vectors, corpus.embedder) == (None, None)
    assert "没有模型" in caplog.text


def test_nothing_built_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CorpusNotBuilt, match="还没有建立索引"):
        open_corpus(CorpusSettings(index_folder=tmp_path))


def test_settings_choose_the_embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_EMBEDDING_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("POLICY_EMBEDDING_MODEL", "m-1")
    chosen = make_embedder(CorpusSettings())
    assert isinstance(chosen, EndpointEmbedder)
    assert chosen.identity == "endpoint-m-1"
    monkeypatch.delenv("POLICY_EMBEDDING_URL")
    assert isinstance(make_embedder(CorpusSettings()), LocalEmbedder)


def test_departments_of_a_measure_keep_their_role(small_corpus: Corpus) -> None:
    place = small_corpus.catalogue.place_of_measure[f"{SEED_ID}/2.6"]
    assert place.measure is not None
    assert [(r.role, r.departments) for r in place.measure.responsibilities] == [(Role.LEAD, ("省市场监管局",))]
