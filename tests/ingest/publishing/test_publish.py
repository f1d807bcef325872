"""A new version beside the old ones, checked, and only then pointed to."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.embedding.embed import Embedder, EmbeddingFailed, Vector
from corpus.store import Corpus, open_version
from corpus.version import VersionFiles, compute_identity, current_version, list_versions, read_manifest, read_notices
from ingest.build import read_notice
from ingest.publishing.publish import PublishFailed, Source, publish
from tests.conftest import FakeEmbedder

TEXT = "关于测试的通知\n鲁测字〔2025〕{number}号\n一、总则\n（一）目的。为了{purpose}。实施“算力券”奖补。（省科技厅负责）\n"


def make_source(folder: Path, number: int = 1, purpose: str = "测试发展") -> Source:
    path = folder / f"{number}.txt"
    path.write_text(TEXT.format(number=number, purpose=purpose), encoding="utf-8")
    return read_notice(path)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return make_source(tmp_path)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def _names(index: Path) -> list[str]:
    return [folder.name for folder in list_versions(index)]


def test_publishes_a_version_that_knows_itself(index: Path, source: Source, embedder: Embedder) -> None:
    corpus = publish(index, [source], embedder)
    folder = current_version(index)
    manifest = read_manifest(folder)
    assert corpus.vectors is not None
    stored = corpus.vectors.read([p.id for p in corpus.passages])
    assert manifest.identity == corpus.version == compute_identity(corpus.passages, corpus.texts, stored)
    assert folder.name.endswith(f"-{manifest.identity}")
    assert (manifest.embedder, manifest.passages) == (embedder.identity, len(corpus.passages))
    assert manifest.sources == {"1.txt": source.file_hash}
    assert corpus.texts == {source.notice.id: source.text}
    assert read_notices(VersionFiles(folder).notices) == (source.notice,)
    assert [p.id for p in corpus.passages] == ["lcz-2025-1/1.1.1", "lcz-2025-1/1.1.2", "lcz-2025-1/1.1"]
    assert (corpus.keywords.count, corpus.vectors.count) == (3, 3)


def test_the_same_sources_make_the_same_identity(index: Path, source: Source, embedder: Embedder) -> None:
    first, second = publish(index, [source], embedder), publish(index, [source], embedder)
    assert first.version == second.version
    assert len(_names(index)) == 2


def test_another_text_or_embedder_makes_another_identity(index: Path, tmp_path: Path, embedder: Embedder) -> None:
    versions = [
        publish(index, [make_source(tmp_path)], embedder).version,
        publish(index, [make_source(tmp_path, purpose="发展测试")], embedder).version,
        publish(index, [make_source(tmp_path)], None).version,
    ]
    assert len(set(versions)) == 3


def test_publishes_for_words_only_without_an_embedder(index: Path, source: Source, embedder: Embedder) -> None:
    corpus = publish(index, [source], None)
    assert (corpus.vectors, read_manifest(current_version(index)).embedder) == (None, "")
    assert open_version(current_version(index), embedder).vectors is None


def test_keeps_the_words_of_the_notice_whole(index: Path, source: Source) -> None:
    corpus = publish(index, [source], None)
    assert corpus.cutter.cut("“算力券”由省科技厅负责") == ("算力券", "由", "省科技厅", "负责")


class FailingEmbedder(FakeEmbedder):
    """Works for a while, then stops as an unreachable service does."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self.calls = calls

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        self.calls -= 1
        if self.calls < 0:
            raise EmbeddingFailed("向量服务没有正常回答")
        return super().embed_passages(texts)


class ForgetfulEmbedder(FakeEmbedder):
    """Gives every text the same vector as the last one, so that nothing finds itself."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        self.calls += 1
        return super().embed_passages(
            [f"{t}{i}" for i, t in enumerate(texts)] if self.calls == 1 else ["无关"] * len(texts)
        )


@pytest.mark.parametrize("calls", [0, 1, 2])
def test_a_failing_embedder_leaves_the_old_version(index: Path, source: Source, calls: int, embedder: Embedder) -> None:
    before = publish(index, [source], embedder).version
    with pytest.raises(EmbeddingFailed):
        publish(index, [source], FailingEmbedder(calls))
    assert open_version(current_version(index), embedder).version == before
    assert sorted(p.name for p in index.iterdir()) == sorted([".lock", "current", *_names(index)])
    assert len(_names(index)) == 1


def test_a_broken_disk_leaves_the_old_version(
    index: Path, source: Source, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current_version_after(index, source, embedder)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ingest.publishing.publish.write_keywords", fail)
    with pytest.raises(PublishFailed, match=r"没有写成.*No space left.*没有发布"):
        publish(index, [source], embedder)
    assert current_version(index) == before
    assert list_versions(index) == [before]


def current_version_after(index: Path, source: Source, embedder: Embedder) -> Path:
    publish(index, [source], embedder)
    return current_version(index)


def test_an_index_that_cannot_find_its_own_sentences_is_not_published(index: Path, tmp_path: Path) -> None:
    sources = [make_source(tmp_path, number, f"第{number}种完全不同的事情{number}") for number in range(1, 6)]
    with pytest.raises(PublishFailed, match=r"找不到自己的条款.*没有发布"):
        publish(index, sources, ForgetfulEmbedder())
    assert list_versions(index) == []


def test_an_index_that_differs_from_its_manifest_is_not_published(
    index: Path, source: Source, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current_version_after(index, source, embedder)

    def write_other_texts(path: Path, value: object) -> None:
        other = {"n": "别的文字"} if path.name == "texts.json" else value
        path.write_text(json.dumps(other, ensure_ascii=False), encoding="utf-8")

    monkeypatch.setattr("ingest.publishing.publish.write_json", write_other_texts)
    with pytest.raises(PublishFailed, match=r"与清单不一致.*没有发布"):
        publish(index, [source], embedder)
    assert current_version(index) == before


def test_a_second_writer_waits_and_then_gives_up(
    index: Path, source: Source, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current_version_after(index, source, embedder)
    monkeypatch.setattr("ingest.publishing.publish._LOCK_WAIT_SECONDS", 0.1)
    with FileLock(index / ".lock"), pytest.raises(PublishFailed, match=r"另一个 ingest build 正在写入.*再试"):
        publish(index, [source], embedder)
    assert list_versions(index) == [before]
    assert publish(index, [source], embedder).version in current_version(index).name


def test_two_writers_at_once_both_publish(index: Path, source: Source) -> None:
    with ThreadPoolExecutor(2) as pool:
        versions = {corpus.version for corpus in pool.map(lambda _: publish(index, [source], None), range(2))}
    assert (len(versions), len(list_versions(index))) == (1, 2)
    assert current_version(index) == list_versions(index)[-1]


def test_old_versions_are_pruned_and_left_over_drafts_removed(index: Path, source: Source) -> None:
    draft = index / ".draft-20200101T000000000000"
    draft.mkdir(parents=True)
    (draft / "manifest.json").write_text("{}", encoding="utf-8")
    built: list[str] = []
    for _ in range(4):
        publish(index, [source], None)
        built.append(current_version(index).name)
    assert _names(index) == built[-3:]
    assert not draft.exists()


def test_a_reader_keeps_its_version_while_newer_ones_replace_it(
    index: Path, source: Source, embedder: Embedder
) -> None:
    reader: Corpus = publish(index, [source], embedder)
    for _ in range(3):
        publish(index, [source], None)
    assert reader.vectors is not None
    near = reader.vectors.nearest(embedder.embed_questions(["实施“算力券”奖补。"])[0], 1)
    assert [n.id for n in near] == ["lcz-2025-1/1.1.2"]
    assert reader.keywords.score(["算力券"]).argmax() == 1
