"""Files turned into canonical text."""

from pathlib import Path

import pytest

from ingest.load import UnreadableFile, load_text

TEXT = "关于测试的通知\n一、总则\n（一）目的。为了测试。\n"
CONTENTS = [
    ("utf-8", TEXT.encode(), TEXT),
    ("byte order mark", b"\xef\xbb\xbf" + TEXT.encode(), TEXT),
    ("gb18030", TEXT.encode("gb18030"), TEXT),
    ("gb18030 beyond gbk", "𠮷〔2025〕㐂\n".encode("gb18030"), "𠮷〔2025〕㐂\n"),
    ("windows lines", TEXT.replace("\n", "\r\n").encode(), TEXT),
    ("old mac lines", TEXT.replace("\n", "\r").encode(), TEXT),
    ("mixed lines", "一\r\n二\r三\n\r\n四".encode(), "一\n二\n三\n\n四"),
    ("spaces stay", " 　一\t二 \n\n ".encode(), " 　一\t二 \n\n "),
]
REFUSED = [
    ("empty", b"", "文件是空的。请放入通知全文"),
    ("only a mark", b"\xef\xbb\xbf", "文件是空的"),
    ("only spaces", " \r\n\t　\n".encode(), "文件是空的"),
    ("nul", "通\0知".encode(), "含有 NUL 字符.*请另存为 UTF-8"),
    ("utf-16", TEXT.encode("utf-16"), "请另存为 UTF-8"),
    ("binary", b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe\xfa", "请另存为 UTF-8"),
    ("neither encoding", b"\xff\xff\xff", "既不是 UTF-8 也不是 GB18030"),
    ("too large", b" " * 20_000_001, "超过 20 MB.*请只放入正文"),
]


@pytest.mark.parametrize(("content", "expected"), [c[1:] for c in CONTENTS], ids=[c[0] for c in CONTENTS])
def test_reads_the_text_as_printed(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes(content)
    assert load_text(path) == expected


@pytest.mark.parametrize(("content", "reason"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_refuses_with_path_reason_and_way_out(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "通知.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=rf"通知\.txt：.*{reason}"):
        load_text(path)


@pytest.mark.parametrize("name", ["没有.txt", "."])
def test_refuses_what_cannot_be_opened(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableFile, match=r"无法读取.*请检查路径和权限"):
        load_text(tmp_path / name)
