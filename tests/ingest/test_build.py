"""From files to a published version; one bad file never stops the others."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.embedding.embed import Embedder
from corpus.version import current_version
from ingest.build import build, find_current, find_files, name_files, read_notice, read_notices
from tests.conftest import SEED, FakeEmbedder

WriteNotice = Callable[[str, str], Path]
TEXT = "关于测试的通知\n鲁测字〔2025〕8号\n一、总则\n（一）目的。为了测试。（省科技厅负责）\n"
OTHER = "关于别的事情的通知\n一、总则\n（一）目的。为了别的事情。\n"


def test_reads_one_file_with_its_text_and_hash() -> None:
    source = read_notice(SEED)
    assert (source.notice.id, source.file_name) == ("lkz-2025-128", "lkz-2025-128.txt")
    assert source.text == SEED.read_text(encoding="utf-8")
    assert source.file_hash == hashlib.sha256(SEED.read_bytes()).hexdigest()


def test_finds_notices_in_files_and_folders_once(tmp_path: Path) -> None:
    names = ["b.txt", "a.md", "deep/c.txt", "no.pdf", "no.json", "deep/.txt.swp"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    found = find_files([tmp_path / "b.txt", tmp_path, tmp_path / "nowhere.txt"])
    assert found == tuple(tmp_path / name for name in ["b.txt", "a.md", "deep/c.txt", "nowhere.txt"])


def test_a_bad_file_is_named_and_the_others_are_published(
    tmp_path: Path, write_notice: WriteNotice, embedder: Embedder
) -> None:
    good, empty = write_notice("good.txt", TEXT), write_notice("empty.txt", " \n")
    binary = write_notice("binary.txt", "")
    binary.write_bytes(b"\xff\xff\xff")
    missing = tmp_path / "missing.txt"
    result = build([good, empty, binary, missing], tmp_path / "index", embedder)
    assert [s.notice.id for s in result.reading.sources] == ["lcz-2025-8"]
    assert [f.path for f in result.reading.failures] == [empty, binary, missing]
    assert all(f.reason.startswith(f"{f.path}：") and f.reason.endswith("。") for f in result.reading.failures)
    assert result.corpus is not None
    assert [n.id for n in result.corpus.catalogue.notices] == ["lcz-2025-8"]


def test_a_notice_given_twice_is_named(write_notice: WriteNotice) -> None:
    paths = [write_notice("a.txt", TEXT), write_notice("b.txt", TEXT.replace("\n", "\n\n"))]
    paths.append(write_notice("c.txt", TEXT.replace("测试。", "别的。")))
    reading = read_notices(paths)
    assert [(s.file_name, s.remark[:14]) for s in reading.sources] == [
        ("a.txt", ""),
        ("c.txt", "与 a.txt 的文号和标题"),
    ]
    (failure,) = reading.failures
    assert (failure.path, failure.reason) == (paths[1], "与 a.txt 是同一份通知（lcz-2025-8）。请只保留一份。")
    assert failure.source is not None


def test_files_of_one_name_in_two_folders_are_two_notices(
    tmp_path: Path, write_notice: WriteNotice, embedder: Embedder
) -> None:
    first, index = write_notice("a.txt", OTHER), tmp_path / "index"
    (first.parent / "其他").mkdir()
    second = write_notice("其他/a.txt", OTHER.replace("别的", "另外"))
    result = build([first.parent], index, embedder)
    ids = [s.notice.id for s in result.reading.sources]
    assert (ids, result.reading.failures) == (["a", "a-lwsqdtz"], ())
    assert {p.notice_id for p in result.corpus.passages} == set(ids) if result.corpus else False
    assert find_current([first.parent], index, embedder)
    second.write_text(OTHER.replace("别的", "其余"), encoding="utf-8")
    assert not find_current([first.parent], index, embedder)


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["a.txt", "b/a.md"], ["a.txt", "a.md"]),
        (["n/a.txt", "n/b/a.txt"], ["n/a.txt", "b/a.txt"]),
        (["x/n/a.txt", "y/n/a.txt", "c.txt"], ["x/n/a.txt", "y/n/a.txt", "c.txt"]),
        (["a.txt", "n/a.txt"], ["a.txt", "n/a.txt"]),
    ],
)
def test_a_file_is_named_as_shortly_as_possible(paths: list[str], names: list[str]) -> None:
    assert list(name_files([Path(p) for p in paths]).values()) == names


@pytest.mark.parametrize("content", [None, " "])
def test_nothing_readable_publishes_nothing(
    tmp_path: Path, write_notice: WriteNotice, embedder: Embedder, content: str | None
) -> None:
    path = tmp_path if content is None else write_notice("a.txt", content)
    result = build([path], tmp_path / "index", embedder)
    assert (result.corpus, result.reading.sources) == (None, ())
    assert not (tmp_path / "index").exists()


def test_nothing_readable_leaves_the_published_version(
    tmp_path: Path, write_notice: WriteNotice, embedder: Embedder
) -> None:
    path = write_notice("a.txt", TEXT)
    build([path], tmp_path / "index", embedder)
    before = current_version(tmp_path / "index")
    path.write_text("", encoding="utf-8")
    assert build([path], tmp_path / "index", embedder).corpus is None
    assert current_version(tmp_path / "index") == before


def test_knows_whether_the_published_version_is_up_to_date(
    tmp_path: Path, write_notice: WriteNotice, embedder: Embedder
) -> None:
    path, index = write_notice("a.txt", TEXT), tmp_path / "index"
    folder = path.parent
    assert not find_current([folder], index, embedder)
    build([folder], index, embedder)
    assert find_current([folder], index, embedder)
    assert find_current([path], index, embedder)
    assert not find_current([folder], index, FakeEmbedder("other"))
    assert not find_current([folder], index, None)
    more = write_notice("b.txt", OTHER)
    assert not find_current([folder], index, embedder)
    more.unlink()
    assert find_current([folder], index, embedder)
    path.write_text(TEXT.replace("测试", "发展"), encoding="utf-8")
    assert not find_current([folder], index, embedder)
    (current_version(index) / "manifest.json").unlink()
    assert not find_current([folder], index, embedder)
