"""Recognises heading marks (第一章, 第一条, 一、, （一）, 1., ①) as rows of one table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.language.amounts import read_amounts
from corpus.language.numerals import read_number

_CN = "[零〇一二两三四五六七八九十百]{1,5}"
_SPACED = r"[零〇一二两三四五六七八九十百](?:\s?[零〇一二两三四五六七八九十百]){0,4}"
_NTH = rf"第\s?(?P<n>{_SPACED}|\d{{1,3}})\s?"
_INSERTED = rf"(?:\s?之\s?(?P<inserted>{_CN}))?"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LARGEST_NUMBER = 500
_RULES = re.compile(
    "[^，。]{2}(?:应当|必须|不得|(?<![无务])须(?!知)|(?<![适响反供对效感回])应(?=(?:纳入|符合|采用|认真|做好|具有|参照|按照|采取|及时))"
    "|可(?:以|免|申请|作为|凭)|免征|免缴|自[^，。]{2,14}起)"
)
"""Of somebody or something it says what is to be done."""


@dataclass(frozen=True, slots=True)
class HeadingStyle:
    """One way of numbering; `is_group` marks those that never are what people quote but hold it (章, 节).

    A doubtful one is believed only where it goes on counting.
    """

    name: str
    pattern: re.Pattern[str]
    is_titled: bool = True
    is_group: bool = False
    is_doubtful: bool = False


STYLES = (
    HeadingStyle("part", re.compile(rf"{_NTH}编[、，：\s]*"), is_group=True),
    HeadingStyle("division", re.compile(rf"{_NTH}部\s?分[、，：\s]*"), is_group=True),
    HeadingStyle("chapter", re.compile(rf"{_NTH}章[、，：\s]*"), is_group=True),
    HeadingStyle("section", re.compile(rf"{_NTH}节[、，：\s]*"), is_group=True),
    HeadingStyle(
        "article", re.compile(rf"{_NTH}条{_INSERTED}(?![第款项目，规所的至和及或]|、第)[、：:\s]*"), is_titled=False
    ),
    HeadingStyle("comma", re.compile(rf"(?P<n>{_CN})\s?(?:、|[.．](?!\d))\s*")),
    HeadingStyle("bracket", re.compile(rf"[（〔]\s?(?P<n>{_CN})\s?[）〕][、.．\s]*")),
    HeadingStyle("question", re.compile(rf"(?:问题|问|Q)\s?(?P<n>{_CN}|\d{{1,3}})\s*[：:、.]\s*")),
    HeadingStyle(
        "decimal", re.compile(r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,3})[、.．\s]*(?=[\u4e00-\u9fff“《])(?![万亿元倍])")
    ),
    HeadingStyle("arabic", re.compile(r"(?P<n>\d{1,3})\s?(?:、|[.．](?!\d))\s*")),
    # 11.121人才工程: a mark only where it goes on counting.
    HeadingStyle("arabic", re.compile(r"(?P<n>\d{1,3})\.(?=\d{2,}[\u4e00-\u9fff])(?!\d+[万亿元倍])"), is_doubtful=True),
    HeadingStyle("plain", re.compile(r"(?P<n>\d{1,2})\s+(?=[\u4e00-\u9fff])(?![万亿元年月日个人倍])")),
    HeadingStyle("arabic_bracket", re.compile(r"[（〔]?\s?(?P<n>\d{1,3})\s?[）〕][、.．\s]*")),
    HeadingStyle("circled", re.compile(rf"(?P<n>[{_CIRCLED}])[、.．\s]*")),
)
RANK = {style.name: rank for rank, style in reversed(list(enumerate(STYLES)))}
UNTITLED = HeadingStyle("group", re.compile("(?!)"), is_group=True)
"""A line without a mark above marks that start again."""
RANK[UNTITLED.name] = -1
# Where a line break was lost, a mark stands after the end of a sentence or after white space.
_INSIDE = re.compile(
    rf"(?<=[。；：:！？）〕\s])(?:{_NTH}[编部章节条]|{_CN}、|[（〔]{_CN}[）〕]|(?<![\d.])\d{{1,2}}[.、](?!\d)|[（〔]?\d{{1,2}}[）〕]|[{_CIRCLED}])"
)


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """The mark at the start of a line; `length` counts the mark and the space after it.

    `inserted` is 1 for 第三条之一. `above` are the numbers before the last one of 2.1.3: (2, 1).
    """

    style: HeadingStyle
    number: int
    label: str
    length: int
    inserted: int = 0
    above: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """3, or 3-1 for 第三条之一."""
        return f"{self.number}-{self.inserted}" if self.inserted else str(self.number)


def read_heading_mark(line: str) -> HeadingMark | None:
    """The mark a line starts with, or None."""
    for style in STYLES:
        if (match := style.pattern.match(line)) and line[match.end() :].strip():
            return _make_mark(style, match)
    return None


def begins_with_mark(line: str) -> bool:
    return read_heading_mark(line) is not None


def marks_inside(line: str) -> Iterator[tuple[int, HeadingMark]]:
    """Marks that stand within a line, each with its place."""
    for match in _INSIDE.finditer(line):
        if match.start() and (mark := read_heading_mark(line[match.start() : match.start() + 40])) is not None:
            yield match.start(), mark


def _make_mark(style: HeadingStyle, match: re.Match[str]) -> HeadingMark | None:
    printed = re.sub(r"\s", "", match["n"])
    if style.name == "circled":
        return HeadingMark(style, _CIRCLED.index(printed) + 1, printed, match.end())
    *above, last = printed.split(".")
    number = read_number(last)
    inserted = match.groupdict().get("inserted")
    if number is None or not 0 < number < _LARGEST_NUMBER:
        return None
    label = match.group().strip().rstrip("：:") if style.name != "comma" else match.group().strip()
    return HeadingMark(
        style,
        int(number),
        label.strip(),
        match.end(),
        int(read_number(inserted) or 0) if inserted else 0,
        tuple(int(n) for n in above),
    )


def is_sentence(text: str) -> bool:
    """A title says what it is about; one that says to whom, how much or what must or may be done is a sentence."""
    return bool(read_amounts(text) or _RULES.search(text)) or (text.startswith("对") and "，" in text)
