"""Decides how the bytes of a Chinese text are encoded, and whether a text is garbled: by how common its characters are."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

# The characters that official texts of any field use most, in both scripts: at least 45 in a hundred in each of
# 722 real texts, at most 20 (of 40 characters) or 9 (of a whole text) in what comes out of the wrong encoding.
_SIMPLIFIED = (
    "的业人情工务和企政市关行对发生作一部要资通用理区实有等办员在产中时公定应地进服各不国上机全期新管省及加为门重会局以大法"
    "力施日开提物出费位信金体民方支年合持可单社月于制动家点化经场项好建分个规设主品供过责相度运间者府到按收小现性构需能所同本"
    "学自级接前内成网当就高式总条活平准系统基商三知联农取得照与第将处二共量台道申请奖补贴标技术科创县乡村镇委名称件号附则该"
    "其他由从给予最每万元以及或达表数如下组织负完善落强促展范围符权利保护安监督检查文教育交财税"
)
_TRADITIONAL = (
    "業務關對發資區實辦員產時應進國機會門為員單動點經場項個規設過責運間現構級網當總條準統聯農處與將獎補貼標術創縣鄉鎮稱號"
    "則從給萬達數組織負強範圍權護監檢財稅請託辦興學體開貨費壹萬臺灣報電話黨"
)
_MARKS = "。，、；：（）《》“”〔〕「」·—…"
_COMMON = frozenset(_SIMPLIFIED + _TRADITIONAL + _MARKS)
_LEAST_SHARE = 0.25
_FEW = 20
_LOOKED_AT = 50_000
_SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# In this order where they are equally plausible; cp950 is the Big5 of Windows, HKSCS what Hong Kong adds to it.
_LEGACY = ("gb18030", "cp950", "big5hkscs")
_WIDE = ("utf-16-le", "utf-16-be")
# 関 as three bytes read as Western letters (å…³, Ã¥), or a row of such letters that no language writes.
_TRAIL = "\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
_WESTERN = re.compile(rf"(?:[Â-ô][{_TRAIL}]{{1,3}}){{2}}|[¡-ÿ]{{6}}")
_LOST = re.compile("\ufffd|锟斤|斤拷|烫烫烫|屯屯屯")
# 。，的 and the long dash of UTF-8 read as GBK.
_READ_AS_GBK = re.compile("[銆锛鐨鈥]")
_MOST_LOST = 2


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is not what was written; `line` counts from 1, 0 where it is the whole text."""

    reason: str
    line: int = 0


def decode_text(content: bytes) -> str | None:
    """The text without its byte order mark; None where no known encoding gives a plausible one."""
    for signature, encoding in _SIGNATURES:
        if content.startswith(signature):
            return _decode(content, encoding)
    if b"\0" not in content and (text := _decode(content, "utf-8")) is not None:
        return text
    encodings = (*_LEGACY, *_WIDE) if b"\0" not in content else _WIDE
    candidates = [text for text in _decode_each(content, encodings) if "\0" not in text]
    best = max(candidates, key=share_of_common, default="")
    return best if share_of_common(best) >= _LEAST_SHARE else None


def share_of_common(text: str) -> float:
    """Of the characters beyond ASCII that are no spaces, how many are common in Chinese texts; 0 where there are none."""
    beyond = [c for c in text[:_LOOKED_AT] if c > "\x7f" and not c.isspace()]
    return sum(c in _COMMON for c in beyond) / len(beyond) if beyond else 0.0


def find_damaged_line(content: bytes) -> int:
    """The line of the first byte that is not UTF-8 in a text that otherwise is; 0 where it is none."""
    text = content.decode("utf-8", errors="replace")
    if text.count("\ufffd") > len(text) / 10 or share_of_common(text) < _LEAST_SHARE:
        return 0
    return text.count("\n", 0, text.find("\ufffd")) + 1


def find_fault(text: str) -> Fault | None:
    """What shows that the text was garbled before it was saved."""
    if len(lost := list(_LOST.finditer(text))) > _MOST_LOST or any(m.group() != "\ufffd" for m in lost):
        return Fault(f"有 {len(lost)} 处文字已经丢失（“{lost[0].group()}”）", _line_of(text, lost[0].start()))
    if western := _WESTERN.search(text):
        return Fault(f"有乱码（“{western.group()}”）", _line_of(text, western.start()))
    if len(read_as_gbk := list(_READ_AS_GBK.finditer(text))) > _MOST_LOST:
        at = read_as_gbk[0].start()
        return Fault(f"有乱码（“{text[max(0, at - 3) : at + 3].strip()}”）", _line_of(text, at))
    beyond = sum(c > "\x7f" and not c.isspace() for c in text[:_LOOKED_AT])
    if beyond >= _FEW and share_of_common(text) < _LEAST_SHARE:
        return Fault("几乎没有常用汉字，像是乱码")
    return None


def _line_of(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _decode_each(content: bytes, encodings: tuple[str, ...]) -> Iterator[str]:
    for encoding in encodings:
        if (text := _decode(content, encoding)) is not None:
            yield text


def _decode(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeError:
        return None
