"""What is made of installed packages is made once, whole or not at all."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.prepared import digest_of, digest_sources, keep_prepared

Make = Callable[[Path], None]


@pytest.fixture(autouse=True)
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POLICY_INDEX_FOLDER", str(tmp_path / "index"))
    return tmp_path / "index"


class Maker:
    """Writes one file and counts how often."""

    def __init__(self, text: str = "一") -> None:
        self.text = text
        self.made = 0

    def __call__(self, folder: Path) -> None:
        self.made += 1
        (folder / "file").write_text(self.text, encoding="utf-8")


def read(version: str, make: Make) -> str:
    with keep_prepared("kind", version, make) as folder:
        return (folder / "file").read_text(encoding="utf-8")


def test_is_made_once_beside_the_index(index: Path) -> None:
    maker = Maker()
    assert [read("1", maker), read("1", maker), maker.made] == ["一", "一", 1]
    assert sorted(p.name for p in (index / "prepared").iterdir()) == ["kind-1"]


@pytest.mark.parametrize("damage", ["二", "", None])
def test_is_made_again_where_a_file_is_damaged(index: Path, damage: str | None) -> None:
    maker = Maker()
    read("1", maker)
    path = index / "prepared" / "kind-1" / "file"
    path.unlink() if damage is None else path.write_text(damage, encoding="utf-8")
    assert (read("1", maker), maker.made) == ("一", 2)


@pytest.mark.parametrize("digests", ["", "[]", "{}", '{"file": 1}', '{"other": "x"}'])
def test_is_made_again_where_its_digests_are_damaged(index: Path, digests: str) -> None:
    maker = Maker()
    read("1", maker)
    (index / "prepared" / "kind-1" / "digests.json").write_text(digests, encoding="utf-8")
    assert (read("1", maker), maker.made) == ("一", 2)


def test_another_version_takes_the_place_of_the_last(index: Path) -> None:
    read("1", Maker())
    with keep_prepared("other", "1", Maker()):
        pass
    assert read("2", Maker("二")) == "二"
    assert sorted(p.name for p in (index / "prepared").iterdir()) == ["kind-2", "other-1"]


def test_a_failure_leaves_nothing_behind(index: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("", encoding="utf-8")
        raise RuntimeError("半途而废")

    with pytest.raises(RuntimeError, match="半途而废"):
        read("1", fail)
    assert list((index / "prepared").iterdir()) == []


def test_a_folder_that_cannot_be_written_costs_only_time(
    index: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    index.write_text("no folder", encoding="utf-8")
    maker = Maker()
    assert [read("1", maker), read("1", maker), maker.made] == ["一", "一", 2]
    assert "不能写入" in caplog.text


def test_a_full_disk_costs_only_time(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    maker = Maker()
    with monkeypatch.context() as full:
        full.setattr(Path, "rename", fail)
        assert (read("1", maker), maker.made) == ("一", 2)
    assert list((index / "prepared").iterdir()) == []


def test_a_process_that_was_faster_is_taken_at_its_word(index: Path) -> None:
    inner = Maker()

    def slow(folder: Path) -> None:
        inner(folder)
        read("1", Maker())

    assert read("1", slow) == "一"
    assert os.listdir(index / "prepared") == ["kind-1"]


def test_digests(tmp_path: Path) -> None:
    one, two = tmp_path / "1", tmp_path / "2"
    one.write_bytes(b"a")
    two.write_bytes(b"b")
    assert digest_of(one) == digest_sources(one)
    assert len({digest_of(one), digest_of(two), digest_sources(one, two), digest_sources(two, one)}) == 4
