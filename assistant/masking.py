"""Takes out of a text what names or reaches a person: numbers of telephones, identity cards and bank cards, e-mail."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_GAP = r"[ \u3000\-‐-―.·_/()（）]{0,3}"
_DIGITS = re.compile(rf"(?<!\d)\+?\d(?:{_GAP}\d){{6,}}[Xx]?(?!\d)")
_SPOKEN = re.compile("[零〇一二三四五六七八九幺]{9,}")
_EMAIL = re.compile(
    r"[\w.+\-]{1,64}\s?(?:@|\(at\)|\[at\]|#at#)\s?[\w\-]{1,63}(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\w\-]{1,63})+",
    re.ASCII | re.IGNORECASE,
)
# A long number that counts something is not a person's.
_COUNTED = re.compile(r"\s*(?:[万亿千百]?元|[万亿]|%|个|家|人|项|年)")
_SHORT_CALL = re.compile(r"(?:电话|手机|座机|联系|号码|致电|拨打|微信|QQ|tel|phone)[^\d]{0,6}$", re.IGNORECASE)
_MOBILE = re.compile(r"(?:0{0,2}86)?1[3-9]\d{9}")
_IDENTITY = re.compile(r"\d{17}[\dX]|[1-9]\d{14}")
_LANDLINE = re.compile(r"0\d{9,11}|[48]00\d{7}")
_LONG = 9


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    what: str


def mask_personal(text: str) -> str:
    """我的手机是138 0013 8000 → 我的手机是〔已隐去手机号〕"""
    plain = _plain(text)
    found = sorted([*_emails(plain), *_numbers(plain), *_spoken(plain)], key=lambda f: (f.start, -f.end))
    pieces: list[str] = []
    at = 0
    for one in found:
        if one.start >= at:
            pieces += [text[at : one.start], f"〔已隐去{one.what}〕"]
            at = one.end
    return "".join([*pieces, text[at:]])


def _plain(text: str) -> str:
    """Full-width and other digits and letters as ASCII, character for character."""
    plain = (unicodedata.normalize("NFKC", c) for c in text)
    return "".join(p if len(p) == 1 else c for p, c in zip(plain, text, strict=True))


def _emails(text: str) -> Iterator[_Found]:
    for match in _EMAIL.finditer(text):
        yield _Found(match.start(), match.end(), "邮箱")


def _spoken(text: str) -> Iterator[_Found]:
    for match in _SPOKEN.finditer(text):
        yield _Found(match.start(), match.end(), "号码")


def _numbers(text: str) -> Iterator[_Found]:
    for match in _DIGITS.finditer(text):
        what = _name_number(re.sub(r"[^\dX]", "", match.group().upper()))
        if what == "号码" and _COUNTED.match(text, match.end()):
            continue
        if what or _SHORT_CALL.search(text, 0, match.start()):
            yield _Found(match.start(), match.end(), what or "电话")


def _name_number(digits: str) -> str:
    """ "" for a number that may as well be a date or a sum."""
    if _MOBILE.fullmatch(digits):
        return "手机号"
    if _IDENTITY.fullmatch(digits):
        return "身份证号"
    if _LANDLINE.fullmatch(digits):
        return "电话"
    if 16 <= len(digits) <= 19:
        return "银行卡号"
    return "号码" if len(digits) >= _LONG else ""
