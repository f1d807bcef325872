"""Checks and normalises what a person typed; the words themselves are kept beside it."""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

LONGEST_QUESTION = 500
_FEWEST_ENGLISH_WORDS = 3
_INVISIBLE = re.compile(
    r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ]")
_TAG = re.compile(r"<[^<>]{0,200}>")


class BadQuestion(Exception):
    """The text cannot be a question; the message says why and what to do."""


def strip_unseen(text: str) -> str:
    """The text without control and invisible characters, with single spaces."""
    return re.sub(r"\s+", " ", _CONTROL.sub(" ", _INVISIBLE.sub("", text))).strip()


def clean_question(text: str) -> str:
    """The question without control and invisible characters, with single spaces."""
    if len(text) > LONGEST_QUESTION:
        raise BadQuestion(f"问题有 {len(text)} 个字，最多 {LONGEST_QUESTION} 个字。请缩短后再问。")
    plain = strip_unseen(text)
    if not plain:
        raise BadQuestion("问题是空的。请写下想问的内容。")
    if not any(unicodedata.category(c)[0] in "LN" for c in plain):
        raise BadQuestion("问题里没有文字。请用一句话写下想问的内容。")
    return plain


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def normalise(text: str) -> str:
    """Simplified characters, half-width letters and digits; Chinese punctuation stays."""
    narrow = "".join(unicodedata.normalize("NFKC", c) if _FULL_WIDTH.match(c) else c for c in _TAG.sub(" ", text))
    return str(_simplifier().convert(narrow))


def language_of(text: str) -> str:
    """ "zh" where Chinese carries the question, else "en": two characters weigh as much as an English word.

    Abbreviations such as BIM belong to either language.
    """
    chinese = len(re.findall(r"[\u4e00-\u9fff]", text))
    latin_words = len(re.findall(r"[A-Za-z]{2,}", text))
    english_words = len(re.findall(r"(?<![A-Za-z])[A-Z]?[a-z]+(?![A-Za-z])", text))
    is_english = english_words >= _FEWEST_ENGLISH_WORDS and 2 * english_words > chinese
    return "en" if is_english or latin_words > chinese else "zh"
