"""Passages kept and found by meaning."""

import gc
import shutil
from pathlib import Path

import numpy as np
import pytest

from corpus.embedding.embed import Vector
from corpus.search.vectors import Near, Passage, VectorIndex, VectorsDamaged, write_vectors

PASSAGES = (
    Passage("a/1.1.1", "a", "一"),
    Passage("a/1.1.2", "a", "二"),
    Passage("b/1.1.1", "b", "三"),
    Passage("b/1.1.2", "b", "四"),
)
# East, north-east, north, west.
VECTORS: Vector = np.asarray([[1, 0], [0.6, 0.8], [0, 1], [-1, 0]], dtype=np.float32)
EAST = VECTORS[0]
OPEN_FILES = Path("/proc/self/fd")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("vectors") / "vectors"
    write_vectors(path, PASSAGES, VECTORS)
    return path


@pytest.fixture(scope="module")
def index(folder: Path) -> VectorIndex:
    return VectorIndex(folder)


def _rounded(found: tuple[Near, ...]) -> list[tuple[str, float]]:
    return [(near.id, round(near.similarity, 4)) for near in found]


def test_finds_the_nearest_with_their_cosine(index: VectorIndex) -> None:
    assert _rounded(index.nearest(EAST, 3)) == [("a/1.1.1", 1.0), ("a/1.1.2", 0.6), ("b/1.1.1", 0.0)]


def test_gives_all_where_fewer_exist(index: VectorIndex) -> None:
    assert [near.id for near in index.nearest(EAST, 100)] == [p.id for p in PASSAGES]


@pytest.mark.parametrize(
    ("notice_ids", "expected"),
    [(["b"], ["b/1.1.1", "b/1.1.2"]), (["a", "b"], [p.id for p in PASSAGES]), (["c"], [])],
)
def test_looks_only_in_the_named_notices(index: VectorIndex, notice_ids: list[str], expected: list[str]) -> None:
    assert [near.id for near in index.nearest(EAST, 10, notice_ids)] == expected


@pytest.mark.parametrize("limit", [0, -1])
def test_finds_nothing_where_nothing_is_wanted(index: VectorIndex, limit: int) -> None:
    assert index.nearest(EAST, limit) == ()


def test_what_was_found_last_is_kept_for_the_same_search_only(index: VectorIndex) -> None:
    whole = index.nearest(EAST, 3)
    assert index.nearest(EAST, 3) is whole
    assert index.nearest(EAST, 1) == whole[:1]
    assert [n.id for n in index.nearest(EAST, 3, ["b"])] == ["b/1.1.1", "b/1.1.2"]
    assert index.nearest(EAST.copy(), 3) == whole


def test_reads_vectors_back_in_the_order_asked(index: VectorIndex) -> None:
    assert np.allclose(index.read(["b/1.1.2", "a/1.1.2"]), VECTORS[[3, 1]])


def test_opening_changes_nothing_in_the_published_folder(folder: Path) -> None:
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    VectorIndex(folder).nearest(EAST, 2)
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()} == before


@pytest.mark.skipif(not OPEN_FILES.is_dir(), reason="counts open files as Linux shows them")
def test_a_dropped_index_leaves_no_files_open(folder: Path) -> None:
    VectorIndex(folder)
    gc.collect()
    before = len(list(OPEN_FILES.iterdir()))
    for _ in range(5):
        VectorIndex(folder).nearest(EAST, 1)
    gc.collect()
    assert len(list(OPEN_FILES.iterdir())) <= before


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    write_vectors(tmp_path / "vectors", (), VECTORS[:0])
    index = VectorIndex(tmp_path / "vectors")
    assert (index.count, index.nearest(EAST, 3)) == (0, ())


def test_writing_twice_into_a_folder_is_refused(tmp_path: Path) -> None:
    write_vectors(tmp_path / "vectors", PASSAGES, VECTORS)
    with pytest.raises(VectorsDamaged, match="python -m ingest build"):
        write_vectors(tmp_path / "vectors", PASSAGES, VECTORS)
    assert VectorIndex(tmp_path / "vectors").count == 4


def test_an_id_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VectorsDamaged, match=r"a/1\.1\.1"):
        write_vectors(tmp_path / "vectors", (PASSAGES[0], PASSAGES[0]), VECTORS[:2])


@pytest.mark.parametrize("content", [b"", b"nonsense" * 500, None])
def test_a_damaged_folder_is_named_with_the_way_out(folder: Path, tmp_path: Path, content: bytes | None) -> None:
    damaged = tmp_path / "vectors"
    shutil.copytree(folder, damaged)
    database = damaged / "chroma.sqlite3"
    database.write_bytes(database.read_bytes()[:5000] if content is None else content)
    with pytest.raises(VectorsDamaged, match=r"向量索引无法读取.*python -m ingest build"):
        VectorIndex(damaged)


def test_a_missing_folder_is_damage(tmp_path: Path) -> None:
    with pytest.raises(VectorsDamaged, match="python -m ingest build"):
        VectorIndex(tmp_path / "nowhere")


def test_a_vector_of_another_length_is_damage(index: VectorIndex) -> None:
    with pytest.raises(VectorsDamaged, match="python -m ingest build"):
        index.nearest(np.ones(3, dtype=np.float32), 2)
