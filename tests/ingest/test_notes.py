"""The file beside a notice: what it may hold, and what is refused."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from corpus.embedding.embed import Embedder
from corpus.operator import Correction, EnglishTerm, EverydayWord, OperatorNotes
from corpus.version import VersionFiles, current_version, read_manifest, read_notices
from ingest.build import build, find_current, find_files, read_notice
from ingest.load import UnreadableFile
from ingest.notes import read_notes

WriteNotice = Callable[[str, str], Path]
TEXT = "关于测试的通知\n鲁测字〔2025〕8号\n一、总则\n（一）目的。给予首\n购补助20万元，由科技局负责。\n"
EVERYTHING = """
id = "ce-shi-8"
title = "关于测试的通知（全文）"
issuer = "青屿市科学技术局"
issued = 2025-03-01
in_force = false
expires = 2026-12-31
repealed_by = "鲁测字〔2026〕2号"
telephone = "0539-1234567（综合科）"

[words]
"第一次买" = "首购"

[near_words]
"补钱" = "补助"

[english]
"first purchase" = "首购"

[glosses]
"首购" = "First purchase"

[[corrections]]
printed = "20万元"
right = "２０万元"
reason = "全角数字"
"""
NOTES = OperatorNotes(
    id="ce-shi-8",
    title="关于测试的通知（全文）",
    issuer="青屿市科学技术局",
    issued=date(2025, 3, 1),
    in_force=False,
    expires=date(2026, 12, 31),
    repealed_by="鲁测字〔2026〕2号",
    telephone="0539-1234567（综合科）",
    words=(EverydayWord("第一次买", "首购"), EverydayWord("补钱", "补助", is_same=False)),
    english=(EnglishTerm("first purchase", "首购"),),
    glosses=(EnglishTerm("First purchase", "首购"),),
    corrections=(Correction("20万元", "２０万元", "全角数字"),),
)
REFUSED = [
    ('isuer = "局"', "“isuer”：不认识这个键"),
    ('[[corrections]]\nprinted = "20万元"\nrihgt = "1"\nreason = "1"', "“corrections” 第 1 项 “right”：缺少这一项"),
    ('[[corrections]]\nprinted = "30万元"\nright = "1"\nreason = "1"', "第 1 项 “printed”：通知原文里没有“30万元”"),
    ('corrections = "没有"', "“corrections”：要写成"),
    ("issuer = 1", "“issuer”：要写成带引号的文字"),
    ('issuer = " "', "“issuer”：不能是空的"),
    (f'issuer = "{"局" * 201}"', "“issuer”：太长"),
    ('issued = "2025年3月1日"', "“issued”：要写成日期，如 2025-01-31，不加引号"),
    ("issued = 2025-03-01T10:00:00", "“issued”：要写成日期"),
    ('in_force = "是"', "“in_force”：要写成 true 或 false"),
    ('in_force = true\nrepealed_by = "另一份"', "“in_force”：写了 true，又写了 repealed_by"),
    ('id = "../etc"', "“id”：只能用小写字母、数字和连字符"),
    ('telephone = "问综合科"', "“telephone”：要有电话号码"),
    ('words = "首购"', "“words”：要写成一组"),
    ('[words]\n"第一次买" = "首购买"', "“words” “第一次买”：通知原文里没有“首购买”"),
    ('[words]\n"第一次买" = 1', "“words” “第一次买”：要写成带引号的文字"),
    ('[english]\n"first" = "第一"', "“english” “first”：通知原文里没有“第一”"),
    ('[glosses]\n"第一" = "First"', "“glosses” “第一”：通知原文里没有“第一”"),
    ('issuer = "局"\nissuer = "厅"', "第 2 行不合 TOML 的写法"),
    ("发文机关 = 局", "第 1 行不合 TOML 的写法"),
    ('issuer = "局', "不合 TOML 的写法"),
]


@pytest.fixture
def beside(write_notice: WriteNotice) -> Path:
    write_notice("a.txt", TEXT)
    return write_notice("a.toml", EVERYTHING)


def test_reads_everything_that_may_stand_beside_a_notice(beside: Path) -> None:
    assert read_notes(beside, TEXT) == NOTES


def test_an_empty_file_says_nothing(write_notice: WriteNotice) -> None:
    assert read_notes(write_notice("a.toml", "\ufeff# 以后再写\n"), TEXT) == OperatorNotes()


@pytest.mark.parametrize(("content", "reason"), REFUSED)
def test_refuses_with_file_key_and_reason(write_notice: WriteNotice, content: str, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_notes(write_notice("a.toml", content), TEXT)
    message = str(caught.value)
    assert "a.toml：" in message and reason in message and message.endswith("。")


@pytest.mark.parametrize("content", [b"issuer = '\xc4\xe3'", b"\xff\xfei\0"])
def test_refuses_other_encodings(write_notice: WriteNotice, content: bytes) -> None:
    path = write_notice("a.toml", "")
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"a\.toml：不是 UTF-8 编码"):
        read_notes(path, TEXT)


def test_it_becomes_part_of_the_notice_under_the_id_that_it_gives(beside: Path) -> None:
    notice = read_notice(beside.with_suffix(".txt")).notice
    assert (notice.id, notice.title, notice.operator) == ("ce-shi-8", "关于测试的通知", NOTES)
    assert {p.id.partition("/")[0] for p in notice.provisions()} == {"ce-shi-8"}


def test_it_is_published_with_the_notice_and_never_a_passage(beside: Path, tmp_path: Path, embedder: Embedder) -> None:
    corpus = build([beside.parent], tmp_path / "index", embedder).corpus
    assert corpus is not None
    (notice,) = read_notices(VersionFiles(current_version(tmp_path / "index")).notices)
    assert notice.operator == NOTES
    assert not [p for p in corpus.passages if "1234567" in p.text]
    assert set(read_manifest(current_version(tmp_path / "index")).sources) == {"a.txt", "a.toml"}


def test_a_change_of_it_is_a_change_of_the_sources(beside: Path, tmp_path: Path, embedder: Embedder) -> None:
    folder, index = beside.parent, tmp_path / "index"
    build([folder], index, embedder)
    assert find_current([folder], index, embedder)
    beside.write_text(EVERYTHING.replace("2026-12-31", "2027-12-31"), encoding="utf-8")
    assert not find_current([folder], index, embedder)
    build([folder], index, embedder)
    beside.unlink()
    assert not find_current([folder], index, embedder)


def test_a_notice_is_not_published_without_what_the_operator_meant_to_say(
    beside: Path, write_notice: WriteNotice, tmp_path: Path, embedder: Embedder
) -> None:
    write_notice("b.txt", TEXT.replace("8号", "9号"))
    beside.write_text("inforce = false", encoding="utf-8")
    result = build([beside.parent], tmp_path / "index", embedder)
    assert [s.file_name for s in result.reading.sources] == ["b.txt"]
    (failure,) = result.reading.failures
    assert failure.path.name == "a.txt" and "a.toml：“inforce”：不认识这个键" in failure.reason
    assert find_current([beside.parent], tmp_path / "index", embedder)
    beside.write_text("in_force = false", encoding="utf-8")
    assert not find_current([beside.parent], tmp_path / "index", embedder)


def test_a_file_beside_no_notice_is_named(beside: Path, tmp_path: Path, embedder: Embedder) -> None:
    lonely = beside.rename(beside.with_name("b.toml"))
    result = build([beside.parent], tmp_path / "index", embedder)
    assert [s.notice.operator for s in result.reading.sources] == [None]
    (failure,) = result.reading.failures
    assert failure.path == lonely and "旁边没有同名的通知" in failure.reason
    assert find_current([beside.parent], tmp_path / "index", embedder)


def test_its_own_name_means_the_notice(beside: Path) -> None:
    assert find_files([beside]) == find_files([beside.parent]) == (beside.with_suffix(".txt"),)
