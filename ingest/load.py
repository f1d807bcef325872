"""Turns a file into canonical text: decoded, LF, no BOM, otherwise untouched."""

from pathlib import Path

_ENCODINGS = ("utf-8-sig", "gb18030")
_MAX_BYTES = 20_000_000


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
    return text


def _decode(path: Path, content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(f"{path}：既不是 UTF-8 也不是 GB18030 编码。请另存为 UTF-8 文本文件。")
