"""Recognises heading marks (第一章, 第一条, 一、, （一）, 1.) as rows of one table."""

import re
from dataclasses import dataclass

from corpus.language.numerals import read_number

_CN = "[零〇一二两三四五六七八九十百]{1,4}"


@dataclass(frozen=True, slots=True)
class HeadingStyle:
    """One way of numbering; `separate` tells that the title ends where the line or first sentence ends."""

    name: str
    pattern: re.Pattern[str]
    is_titled: bool = True


STYLES = (
    HeadingStyle("part", re.compile(rf"第(?P<n>{_CN})(?:编|部分)[、，\s　]*")),
    HeadingStyle("chapter", re.compile(rf"第(?P<n>{_CN})章[、\s　]*")),
    HeadingStyle("section", re.compile(rf"第(?P<n>{_CN})节[、\s　]*")),
    HeadingStyle("article", re.compile(rf"第(?P<n>{_CN}|\d{{1,3}})条[、：:\s　]*"), is_titled=False),
    HeadingStyle("comma", re.compile(rf"(?P<n>{_CN})[、．.]\s*")),
    HeadingStyle("bracket", re.compile(rf"[（(〔](?P<n>{_CN})[）)〕][、.．\s　]*")),
    HeadingStyle("arabic", re.compile(r"(?P<n>\d{1,3})(?:[、．]|\.(?!\d))\s*")),
    HeadingStyle("arabic_bracket", re.compile(r"[（(](?P<n>\d{1,3})[）)][、.．\s　]*")),
)


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """The mark at the start of a line; `length` counts the mark and the space after it."""

    style: HeadingStyle
    number: int
    label: str
    length: int


def read_heading_mark(line: str) -> HeadingMark | None:
    """The mark a line starts with, or None."""
    for style in STYLES:
        if match := style.pattern.match(line):
            number = read_number(match["n"])
            if number is not None and 0 < number < 500 and line[match.end() :].strip():
                return HeadingMark(style, int(number), match.group().strip(), match.end())
    return None
