"""The commands build, check, list and rollback."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.embedding.embed import Embedder, EmbeddingFailed
from corpus.notice import Notice
from corpus.settings import CorpusSettings
from corpus.version import current_version, list_versions
from ingest.__main__ import main
from ingest.parsing.parse import parse_view
from ingest.parsing.view import View
from tests.conftest import ROOT, SEED, SEED_ID

WriteNotice = Callable[[str, str], Path]
TEXT = "关于测试的通知\n鲁测字〔2025〕8号\n一、总则\n（一）目的。为了测试。（省科技厅负责）\n"
ROW = {
    "id": "lcz-2025-8",
    "title": "关于测试的通知",
    "document_number": "鲁测字〔2025〕8号",
    "chapters": 1,
    "measures": 1,
    "sentences": 1,
}


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedder: Embedder) -> Path:
    """The folders that the settings name, and the fake embedder instead of the model."""
    (tmp_path / "notices").mkdir()
    monkeypatch.setenv("POLICY_NOTICES_FOLDER", str(tmp_path / "notices"))
    monkeypatch.setenv("POLICY_INDEX_FOLDER", str(tmp_path / "index"))
    monkeypatch.setattr("ingest.__main__.make_embedder", lambda _: embedder)
    return tmp_path / "index"


def test_builds_the_notices_of_the_settings(
    index: Path, write_notice: WriteNotice, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notice("a.txt", TEXT)
    assert main(["build"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "已收入 lcz-2025-8：《关于测试的通知》 1 部分 1 条 1 句"
    assert second.startswith(f"已发布版本 {current_version(index).name.split('-')[-1]}（")


def test_builds_and_tells_as_json(index: Path, write_notice: WriteNotice, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = write_notice("a.txt", TEXT), write_notice("b.txt", "")
    assert main(["build", str(good), str(bad), "--json"]) == 1
    version = current_version(index).name.split("-")[-1]
    failure = {"path": str(bad), "reason": f"{bad}：文件是空的。请放入通知全文。"}
    assert json.loads(capsys.readouterr().out) == {"version": version, "notices": [ROW], "failures": [failure]}


def test_builds_only_when_something_changed(
    index: Path, write_notice: WriteNotice, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_notice("a.txt", TEXT)
    assert main(["build", "--if-changed"]) == 0
    before = current_version(index)
    capsys.readouterr()
    assert main(["build", "--if-changed"]) == 0
    assert (current_version(index), capsys.readouterr().out) == (before, "")
    assert main(["build", "--if-changed", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"version": before.name.split("-")[-1], "notices": [], "failures": []}
    path.write_text(TEXT.replace("测试。", "发展。"), encoding="utf-8")
    assert main(["build", "--if-changed"]) == 0
    assert current_version(index) != before


def test_a_bad_file_is_named_at_each_start_and_never_keeps_the_others_from_being_served(
    index: Path, write_notice: WriteNotice, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notice("a.txt", TEXT)
    bad = write_notice("b.txt", "")
    assert main(["build", "--if-changed"]) == 0
    before, first = current_version(index), capsys.readouterr()
    assert first.err == f"未收入 {bad}：{bad}：文件是空的。请放入通知全文。\n"
    assert main(["build", "--if-changed"]) == 0
    assert (current_version(index), capsys.readouterr().err) == (
        before,
        f"未收入 b.txt：{bad}：文件是空的。请放入通知全文。\n",
    )
    assert main(["build", "--if-changed", "--json"]) == 0
    assert [f["path"] for f in json.loads(capsys.readouterr().out)["failures"]] == ["b.txt"]
    bad.write_text(TEXT.replace("8号", "9号"), encoding="utf-8")
    assert main(["build", "--if-changed"]) == 0
    assert (current_version(index) != before, capsys.readouterr().err) == (True, "")


def test_what_was_published_stands_where_nothing_new_can_be(
    index: Path, write_notice: WriteNotice, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_notice("a.txt", TEXT)
    assert main(["build", "--if-changed"]) == 0
    before = current_version(index)
    path.write_text("", encoding="utf-8")
    assert main(["build"]) == 1
    assert main(["build", "--if-changed"]) == 0
    assert current_version(index) == before
    assert capsys.readouterr().err.endswith("仍然使用以前发布的版本。\n")


def test_a_start_without_any_notice_fails_with_the_reason(
    index: Path, write_notice: WriteNotice, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notice("b.txt", "")
    assert main(["build", "--if-changed"]) == 1
    assert "没有可用的通知" in capsys.readouterr().err


@pytest.mark.usefixtures("index")
def test_a_fault_of_the_reader_is_a_failure_of_one_file(
    write_notice: WriteNotice, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notice("a.txt", TEXT)
    write_notice("b.txt", "损坏")

    def parse(view: View, name: str) -> Notice:
        if view.text == "损坏":
            raise IndexError("deep inside")
        return parse_view(view, name)

    monkeypatch.setattr("ingest.build.parse_view", parse)
    assert main(["build", "--if-changed"]) == 0
    error = capsys.readouterr().err
    assert "程序没能读懂（IndexError）" in error and "deep inside" not in error.split("未收入")[1]


def test_names_a_bad_file_and_fails(index: Path, write_notice: WriteNotice, capsys: pytest.CaptureFixture[str]) -> None:
    bad = write_notice("b.txt", "")
    assert main(["build"]) == 1
    errors = f"未收入 {bad}：{bad}：文件是空的。请放入通知全文。\n没有发布新版本：没有可用的通知。\n"
    assert capsys.readouterr().err == errors
    assert not index.exists()


@pytest.mark.usefixtures("index")
def test_a_broken_embedder_is_an_error_without_a_traceback(
    write_notice: WriteNotice, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: CorpusSettings) -> Embedder:
        raise EmbeddingFailed("没有模型。")

    write_notice("a.txt", TEXT)
    monkeypatch.setattr("ingest.__main__.make_embedder", fail)
    assert main(["build"]) == 1
    assert capsys.readouterr().err == "错误：没有模型。\n"


@pytest.mark.usefixtures("index")
def test_checks_without_publishing(write_notice: WriteNotice, capsys: pytest.CaptureFixture[str], index: Path) -> None:
    path = write_notice("a.txt", TEXT)
    assert main(["check", str(path)]) == 0
    card = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert card[:3] == ["《关于测试的通知》", "  编号      lcz-2025-8", "  文号      鲁测字〔2025〕8号"]
    assert "      └── （一）目的  1 句  负责：省科技厅" in card
    assert not index.exists()


@pytest.mark.usefixtures("index")
def test_checks_as_json_and_fails_for_a_bad_file(write_notice: WriteNotice, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = write_notice("a.txt", TEXT), write_notice("b.txt", "\0")
    assert main(["check", str(good), str(bad), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    (notice,) = answer["notices"]
    assert ({key: notice[key] for key in ROW}, notice["file"]) == (ROW, "a.txt")
    assert [f["path"] for f in answer["failures"]] == [str(bad)]


def test_lists_notices_and_versions(index: Path, write_notice: WriteNotice, capsys: pytest.CaptureFixture[str]) -> None:
    write_notice("a.txt", TEXT)
    main(["build"])
    main(["build"])
    capsys.readouterr()
    old, new = (folder.name for folder in list_versions(index))
    assert main(["list", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["notices"] == [ROW]
    assert [(v["name"], v["current"]) for v in answer["versions"]] == [(old, False), (new, True)]
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "lcz-2025-8  《关于测试的通知》 鲁测字〔2025〕8号 1 条"
    assert [line[: 2 + len(new)] for line in lines[1:]] == [f"  {old}", f"* {new}"]


def test_rolls_back_to_the_version_before(
    index: Path, write_notice: WriteNotice, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notice("a.txt", TEXT)
    main(["build"])
    main(["build"])
    capsys.readouterr()
    old, _ = list_versions(index)
    assert main(["rollback"]) == 0
    assert (current_version(index), capsys.readouterr().out) == (old, f"已退回到 {old.name}\n")
    assert main(["rollback", "--json"]) == 1
    assert capsys.readouterr() == ("", "错误：没有更早的版本可以退回。\n")
    assert current_version(index) == old


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize("command", ["list", "rollback"])
def test_nothing_built_is_an_error_without_a_traceback(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command]) == 1
    assert capsys.readouterr().err.startswith("错误：还没有建立索引")


@pytest.mark.parametrize("command", ["list", "rollback"])
def test_a_damaged_version_is_an_error_without_a_traceback(
    index: Path, write_notice: WriteNotice, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    write_notice("a.txt", TEXT)
    main(["build"])
    (current_version(index) / "manifest.json").unlink()
    (current_version(index) / "notices.json").unlink()
    assert main([command]) == 1
    assert "请运行 python -m ingest build" in capsys.readouterr().err


def test_a_start_rebuilds_a_damaged_version(
    index: Path, write_notice: WriteNotice, capsys: pytest.CaptureFixture[str]
) -> None:
    write_notice("a.txt", TEXT)
    main(["build"])
    damaged = current_version(index)
    passages = damaged / "passages.json"
    passages.write_text(passages.read_text(encoding="utf-8").replace("测试", "别的"), encoding="utf-8")
    assert main(["build", "--if-changed"]) == 0
    assert "测试" in (current_version(index) / "passages.json").read_text(encoding="utf-8")
    assert current_version(index) != damaged
    assert main(["rollback"]) == 1
    assert "passages.json 缺失或损坏。请运行 python -m ingest build" in capsys.readouterr().err
    (damaged / "manifest.json").write_text("{}", encoding="utf-8")
    assert main(["list"]) == 0
    assert f"  {damaged.name}  （损坏）" in capsys.readouterr().out


def test_a_damaged_version_does_not_stand_where_nothing_new_can_be(
    index: Path, write_notice: WriteNotice, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_notice("a.txt", TEXT)
    main(["build"])
    (current_version(index) / "texts.json").write_text("{}", encoding="utf-8")
    path.write_text("", encoding="utf-8")
    assert main(["build", "--if-changed"]) == 1
    assert "仍然使用" not in capsys.readouterr().err


def test_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "ingest", "check", str(SEED), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    assert [n["id"] for n in json.loads(done.stdout)["notices"]] == [SEED_ID]
