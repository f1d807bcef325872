"""Names a notice by its document number, or by its file where none is printed."""

import re

from pypinyin import Style, lazy_pinyin


def make_id(number: str, fallback: str) -> str:
    """鲁科字〔2025〕128号 → lkz-2025-128; `fallback` names a notice without a number."""
    match = re.match(r"(.+?)[^\w]?((?:19|20)\d{2})[^\w]?\D*(\d+)号", number)
    if match is None:
        return (
            re.sub(r"[^a-z0-9-]+", "-", "".join(lazy_pinyin(fallback, style=Style.NORMAL)).lower()).strip("-")
            or "notice"
        )
    letters = "".join(lazy_pinyin(re.sub(r"[^\u4e00-\u9fff]", "", match[1]), style=Style.FIRST_LETTER))
    return f"{letters}-{match[2]}-{match[3]}"
