"""Finds the words that a question asks to be looked up as they stand: 提到“券”的, 哪几条出现了绩效."""

import re
from collections.abc import Callable

from corpus.language.matching import Found

_WORD = r"(?P<word>[^“”\"'「」，。？！,?!]{1,12}?)"
_LETTERS = r"(?:这?[一两二三四五六]?个?)?(?:字样?|词)"
_SPOKEN = r"(?:提到|提及|说到|讲到|谈到|写到|涉及到?|出现(?!在)|含有|包含)(?:了|过)?"
_MENTIONED = (
    re.compile(rf"(?:{_SPOKEN}|用到|带有?|[含叫有])[“\"'「]{_WORD}[”\"'」]"),
    re.compile(rf"[“\"'「]{_WORD}[”\"'」](?:{_LETTERS})?[^，。？]{{0,4}}(?:出现|提到|提及|写在|在哪)"),
    re.compile(rf"{_SPOKEN}(?P<word>[^“”\"'「」，。？！,?!]{{2,12}}?)(?:{_LETTERS}|的|[吗呢，。？?,]|$)"),
)
# 涉及奖励的 asks for what is given, not for the word.
_OF_MONEY = re.compile(r"涉及到?[^，。？]{0,4}(?:[补奖资]|钱|金额)")


def find_mentioned(text: str, is_printed: Callable[[str], bool]) -> tuple[Found, ...]:
    """Words behind a verb of mentioning, or in quotation marks beside one, that a notice prints."""
    found: dict[int, Found] = {}
    for pattern in _MENTIONED:
        for match in pattern.finditer(text):
            if is_printed(match["word"]) and not _OF_MONEY.match(match.group()):
                found.setdefault(match.start("word"), Found(match["word"], *match.span("word")))
    return tuple(found.values())
