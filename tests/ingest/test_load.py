"""Files turned into canonical text."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from ingest.encoding import find_fault
from ingest.load import UnreadableFile, load_text
from tests.conftest import NOTICES, SEED

TRADITIONAL = """青嶼市中小企業節能改造補貼辦法
青環字〔2024〕第3號
一、補貼對象。在本市登記並實際營運的中小企業。
二、補貼金額。每家企業最高補貼新臺幣20萬元，由環境保護局負責審核。
"""
TEXT = "关于测试的通知\n一、总则\n（一）目的。为了测试。\n"
CONTENTS = [
    ("utf-8", TEXT.encode(), TEXT),
    ("byte order mark", b"\xef\xbb\xbf" + TEXT.encode(), TEXT),
    ("gb18030", TEXT.encode("gb18030"), TEXT),
    ("utf-16 of Windows", TEXT.encode("utf-16"), TEXT),
    ("utf-16, other end first", b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT),
    ("utf-16 without a mark", TEXT.encode("utf-16-le"), TEXT),
    ("utf-16 without a mark, other end first", TEXT.encode("utf-16-be"), TEXT),
    ("utf-32", TEXT.encode("utf-32"), TEXT),
    ("traditional, big5", TRADITIONAL.encode("big5"), TRADITIONAL),
    ("traditional, big5 of Hong Kong", f"深水埗邨{TRADITIONAL}".encode("big5hkscs"), f"深水埗邨{TRADITIONAL}"),
    ("traditional, gb18030", TRADITIONAL.encode("gb18030"), TRADITIONAL),
    ("traditional, utf-16", TRADITIONAL.encode("utf-16"), TRADITIONAL),
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
    ("picture", b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe\xfa", "图片（PNG）.*请放入文字版"),
    ("pdf", b"%PDF-1.7\n%\xe2\xe3", "PDF 文件.*另存为 UTF-8"),
    ("docx", b"PK\x03\x04\x14\0\0\0word/document.xml", "Word 文件（docx）.*另存为 UTF-8"),
    ("zip", b"PK\x03\x04\x14\0\0\0a.txt", "ZIP 压缩文件.*请先解压"),
    ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word.*另存为 UTF-8"),
    ("rtf", rb"{\rtf1\ansi}", "RTF 文件.*另存为 UTF-8"),
    ("binary", bytes(range(256)), "含有 NUL 字符.*请另存为 UTF-8"),
    ("no encoding", b"\xff\xff\xff", "看不出是什么编码.*另存为 UTF-8"),
    ("shift-jis", "地方自治体のサービスについてのお知らせです。".encode("shift-jis"), "看不出是什么编码"),
    ("korean", "지방자치단체의 지원에 관한 안내문입니다.".encode("euc-kr"), "看不出是什么编码"),
    ("one broken byte", TEXT.encode().replace(b"\xe4\xb8\x80", b"\xe4\x80"), "UTF-8 文件的第 2 行有损坏的字节"),
    ("cut short", (TEXT * 3).encode()[:-2], "UTF-8 文件的第 9 行有损坏的字节"),
    ("lost twice over", f"{TEXT}第二段锟斤拷。".encode(), "第 4 行.*文字已经丢失（“锟斤”）.*重新另存为"),
    ("lost", f"{TEXT}第二段\ufffd\ufffd\ufffd。".encode(), "第 4 行有 3 处文字已经丢失"),
    ("western letters", f"{TEXT}{'关于'.encode().decode('latin-1')}".encode(), "第 4 行有乱码"),
    ("letters of Windows", f"{TEXT}{'补贴'.encode().decode('cp1252', 'replace')}".encode(), "第 4 行有乱码"),
    ("gbk as western letters", f"{TEXT}{'关于印发'.encode('gbk').decode('latin-1')}".encode(), "第 4 行有乱码"),
    ("utf-8 as gbk", TEXT.encode().decode("gbk", "ignore").encode(), "乱码.*重新另存为"),
    ("big5 as gbk", TRADITIONAL.encode("big5").decode("gb18030", "ignore").encode(), "像是乱码"),
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


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("file", [SEED, *sorted(NOTICES.glob("*.txt"))], ids=lambda path: path.stem)
def test_real_notices_are_the_same_in_every_encoding(tmp_path: Path, file: Path, encoding: str) -> None:
    text = load_text(file)
    (tmp_path / "通知.txt").write_bytes(text.encode(encoding))
    assert load_text(tmp_path / "通知.txt") == text


@pytest.mark.parametrize("file", [SEED, *sorted(NOTICES.glob("*.txt"))], ids=lambda path: path.stem)
def test_big5_bytes_are_never_read_as_simplified_text(tmp_path: Path, file: Path) -> None:
    traditional = OpenCC("s2t").convert(load_text(file)).encode("big5", "ignore")
    (tmp_path / "通知.txt").write_bytes(traditional)
    assert load_text(tmp_path / "通知.txt") == traditional.decode("cp950")


@pytest.mark.parametrize(
    "text",
    [
        "一",
        "张三、李四",
        "The provincial fund supports small companies.",
        "Überprüfung der Förderung für kleine Unternehmen in Köln.",
        "一处丢失\ufffd的字。",
        "温度25℃±2℃，面积300m²，单价3×10⁴元……——“引号”。",
        "電話：（02）2345-6789 轉 12",
    ],
)
def test_what_is_no_garble_is_none(text: str) -> None:
    assert find_fault(text) is None


@given(st.binary(max_size=200) | st.text(max_size=80).map(lambda text: text.encode("utf-16-le", "surrogatepass")))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        file.write(content)
        file.flush()
        try:
            text = load_text(Path(file.name))
        except UnreadableFile as error:
            assert str(error).endswith("。")
        else:
            assert text.strip() and "\r" not in text and "\0" not in text
