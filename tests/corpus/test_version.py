"""A published version on disk and the pointer to it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.operator import EverydayWord, OperatorNotes
from corpus.search.vectors import Passage
from corpus.version import (
    CorpusNotBuilt,
    Manifest,
    VersionFiles,
    compute_identity,
    current_version,
    list_versions,
    read_manifest,
    read_notices,
    switch_version,
    write_manifest,
    write_notices,
)
from ingest.publishing.publish import Source
from tests.conftest import make_notice

MANIFEST = Manifest("0123456789abcdef", "fake", {"一.txt": "ff"}, 2, "2025-11-01T00:00:00+00:00")
PASSAGES = (Passage("n/1.1.1", "n", "一"), Passage("n/1.1.2", "n", "二"))
TEXTS = {"n": "一二"}
VECTORS = np.asarray([[1, 0], [0, 1]], dtype=np.float32)


def make_version(index: Path, name: str) -> Path:
    folder = index / name
    folder.mkdir(parents=True)
    write_manifest(VersionFiles(folder).manifest, MANIFEST)
    return folder


def test_the_pointer_names_the_current_version(tmp_path: Path) -> None:
    first, second = make_version(tmp_path, "1"), make_version(tmp_path, "2")
    switch_version(tmp_path, "1")
    assert current_version(tmp_path) == first
    switch_version(tmp_path, "2")
    assert current_version(tmp_path) == second
    assert sorted(p.name for p in tmp_path.iterdir()) == ["1", "2", "current"]


def test_without_a_pointer_nothing_is_built(tmp_path: Path) -> None:
    make_version(tmp_path, "1")
    with pytest.raises(CorpusNotBuilt, match=r"还没有建立索引.*current.*python -m ingest build"):
        current_version(tmp_path)


@pytest.mark.parametrize("content", [b"", b" \n", b"2", b"../1", b"..", b".", b"/", b"\xff\xfe", b"a\0b", b"1/../1"])
def test_a_pointer_to_nowhere_is_named(tmp_path: Path, content: bytes) -> None:
    make_version(tmp_path / "index", "1")
    (tmp_path / "index" / "current").write_bytes(content)
    with pytest.raises(CorpusNotBuilt, match=r"索引指针.*不存在.*python -m ingest build"):
        current_version(tmp_path / "index")


def test_lists_complete_versions_from_old_to_new(tmp_path: Path) -> None:
    second, first = make_version(tmp_path, "2"), make_version(tmp_path, "1")
    make_version(tmp_path, ".draft-3")
    (tmp_path / "4").mkdir()
    switch_version(tmp_path, "1")
    assert list_versions(tmp_path) == [first, second]


def test_a_folder_that_is_not_there_has_no_versions(tmp_path: Path) -> None:
    assert list_versions(tmp_path / "nowhere") == []


def test_manifest_and_notices_come_back_as_written(tmp_path: Path, seed: Source) -> None:
    files = VersionFiles(make_version(tmp_path, "1"))
    write_notices(files.notices, [seed.notice])
    assert read_manifest(files.folder) == MANIFEST
    assert read_notices(files.notices) == (seed.notice,)


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b"{}", b"null", b"[1]", b"\xff\xfe"])
def test_a_damaged_manifest_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = VersionFiles(make_version(tmp_path, "1")).manifest
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(CorpusNotBuilt, match=r"manifest\.json 缺失或损坏.*python -m ingest build"):
        read_manifest(tmp_path / "1")


@pytest.mark.parametrize("content", [None, b"", b"{", b"{}", b"null", b"[1]", b'[{"id": "n"}]', b"\xff\xfe"])
def test_damaged_notices_are_named(tmp_path: Path, content: bytes | None) -> None:
    path = VersionFiles(make_version(tmp_path, "1")).notices
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CorpusNotBuilt, match=r"notices\.json 缺失或损坏.*python -m ingest build"):
        read_notices(path)


def test_identity_follows_ids_texts_and_vectors() -> None:
    identities = [
        compute_identity(PASSAGES, TEXTS, VECTORS),
        compute_identity(PASSAGES, TEXTS, None),
        compute_identity(PASSAGES[:1], TEXTS, VECTORS),
        compute_identity((PASSAGES[0], Passage("n/1.1.2", "n", "三")), TEXTS, VECTORS),
        compute_identity((PASSAGES[0], Passage("n/1.1.3", "n", "二")), TEXTS, VECTORS),
        compute_identity(PASSAGES, {"n": "一二三"}, VECTORS),
        compute_identity(PASSAGES, TEXTS, VECTORS[::-1]),
    ]
    assert len(set(identities)) == len(identities)
    assert {len(identity) for identity in identities} == {16}


def test_identity_follows_what_the_operator_says_and_shows() -> None:
    def identity(notes: OperatorNotes | None) -> str:
        return compute_identity(PASSAGES, TEXTS, VECTORS, [replace(make_notice(), operator=notes)])

    silent = {identity(None), identity(OperatorNotes()), identity(OperatorNotes(words=(EverydayWord("一", "二"),)))}
    assert silent == {compute_identity(PASSAGES, TEXTS, VECTORS)}
    assert len(silent | {identity(OperatorNotes(in_force=False)), identity(OperatorNotes(telephone="12345"))}) == 3


def test_identity_does_not_follow_noise_or_the_order_of_texts() -> None:
    one = compute_identity(PASSAGES, {"a": "一", "b": "二"}, VECTORS)
    assert one == compute_identity(PASSAGES, {"b": "二", "a": "一"}, VECTORS + np.float32(1e-6))
