"""Turns a file into canonical text: decoded, LF, no BOM, otherwise untouched; what is no plain text is refused by name."""

from pathlib import Path

from ingest.encoding import decode_text, find_damaged_line, find_fault

_MAX_BYTES = 20_000_000
_AS_TEXT = "请打开后另存为 UTF-8 文本文件（.txt）。"
_SCANNED = "请放入文字版；扫描件要先识别成文字并核对。"
# How files of each kind begin, what they are called, and what to do with them.
_KINDS = (
    (b"%PDF", "PDF 文件", f"请把其中的文字{_AS_TEXT.removeprefix('请打开后')}"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word、WPS 或 Excel 文件", _AS_TEXT),
    (rb"{\rtf", "RTF 文件", _AS_TEXT),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩文件", "请先解压，再放入其中的通知全文。"),
    (b"Rar!", "RAR 压缩文件", "请先解压，再放入其中的通知全文。"),
    (b"\x1f\x8b", "gzip 压缩文件", "请先解压，再放入其中的通知全文。"),
    (b"\x89PNG", "图片（PNG）", _SCANNED),
    (b"\xff\xd8\xff", "图片（JPEG）", _SCANNED),
    (b"GIF8", "图片（GIF）", _SCANNED),
    (b"II*\0", "图片（TIFF）", _SCANNED),
    (b"MM\0*", "图片（TIFF）", _SCANNED),
    (b"SQLite format 3", "数据库文件", "请放入通知全文。"),
)
_ZIP = b"PK\x03\x04"
# What a ZIP file is, by a name that it holds; the first that fits.
_ZIP_KINDS = (
    (b"word/", "Word 文件（docx）", _AS_TEXT),
    (b"xl/", "Excel 文件（xlsx）", _AS_TEXT),
    (b"ppt/", "PowerPoint 文件（pptx）", _AS_TEXT),
    (b"OFD.xml", "OFD 版式文件", f"请把其中的文字{_AS_TEXT.removeprefix('请打开后')}"),
    (b"opendocument", "OpenDocument 文件", _AS_TEXT),
    (b"", "ZIP 压缩文件", "请先解压，再放入其中的通知全文。"),
)


class UnreadableFile(Exception):
    """The file cannot become a notice; the message says which file, why and what to do."""


def load_text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path}：无法读取（{error.strerror}）。请检查路径和权限。") from error
    if len(content) > _MAX_BYTES:
        raise UnreadableFile(f"{path}：文件超过 20 MB，不像一份通知的文本。请只放入正文。")
    text = _decode(path, content).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise UnreadableFile(f"{path}：文件是空的。请放入通知全文。")
    if "\0" in text:
        raise UnreadableFile(f"{path}：含有 NUL 字符，不是纯文本。请另存为 UTF-8 文本文件。")
    if (fault := find_fault(text)) is not None:
        place = f"第 {fault.line} 行" if fault.line else ""
        raise UnreadableFile(f"{path}：{place}{fault.reason}。请从原来的文件重新另存为 UTF-8 文本文件。")
    return text


def _decode(path: Path, content: bytes) -> str:
    if (refusal := _name_kind(content)) is not None:
        raise UnreadableFile(f"{path}：{refusal}")
    if (text := decode_text(content)) is not None:
        return text
    if not content.strip():
        return ""
    if b"\0" in content:
        raise UnreadableFile(f"{path}：含有 NUL 字符，不是纯文本。请另存为 UTF-8 文本文件。")
    if line := find_damaged_line(content):
        raise UnreadableFile(f"{path}：UTF-8 文件的第 {line} 行有损坏的字节。请从原来的文件重新另存为 UTF-8 文本文件。")
    raise UnreadableFile(
        f"{path}：看不出是什么编码（不是 UTF-8、GB18030、Big5、UTF-16），不猜。请用能正常显示它的软件打开，另存为 UTF-8 文本文件。"
    )


def _name_kind(content: bytes) -> str | None:
    """What a file is that holds no plain text, and what to do."""
    if content.startswith(_ZIP):
        return next(f"这是{name}，不是文本。{advice}" for mark, name, advice in _ZIP_KINDS if mark in content)
    return next((f"这是{name}，不是文本。{advice}" for mark, name, advice in _KINDS if content.startswith(mark)), None)
