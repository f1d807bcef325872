"""Reads references to a measure or chapter by number in every written form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.naming.subject import Subject, SubjectKind
from corpus.language.amounts import read_amounts
from corpus.language.numerals import NUMERAL, read_number

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_N = rf"(?P<n>{NUMERAL})"
_MEASURE_FORMS = (
    re.compile(rf"第\s*[（(]?\s*{_N}\s*[）)]?\s*(?:条|项|款|点|个?措施|号措施)(?:措施)?"),
    re.compile(rf"(?:措施|条款|条)\s*第?\s*[（(]?\s*{_N}(?![\d万亿元％%家个条项])\s*[）)]?"),
    re.compile(rf"[（(]\s*{_N}\s*[）)](?:条|项)?"),
    re.compile(
        r"(?<![\d第共约有前后全到把这该总])(?P<n>\d{1,2})\s*号?(?:条|项)(?!\w*(?:标志|措施里))(?=[是讲说写的由归谁负什内规怎有，？?。]|$)"
    ),
    re.compile(
        r"\b(?:article|measure|clause|item|section|provision|point|no\.?|number)\s*#?\s*(?P<n>\d{1,3})\b", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?:the\s+)?(?P<ordinal>{'|'.join(_ORDINALS)})\s+(?:article|measure|clause|item|provision|point)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<n>\d{1,3})(?:st|nd|rd|th)\s+(?:article|measure|clause|item|provision|point)\b", re.IGNORECASE),
    re.compile(r"^\s*(?P<n>\d{1,2})\s*[？?。]?\s*$"),
    # 十一条和十五条, 第九、十条: numbers side by side are no counts.
    re.compile(rf"(?<![\d第共约有前后全到几]){_N}条(?=[和与跟同及、](?:{NUMERAL})条)"),
    re.compile(rf"(?<=条[和与跟同及、]){_N}条"),
    re.compile(rf"第\s*{_N}(?=[和与跟及、](?:{NUMERAL})条)"),
)
_CHAPTER_FORMS = (
    re.compile(rf"第\s*{_N}\s*(?:章|大?部分|大类|方面|大块|板块|篇)"),
    re.compile(r"\b(?:chapter|part)\s*(?P<n>\d{1,2})\b", re.IGNORECASE),
    re.compile(rf"\b(?:the\s+)?(?P<ordinal>{'|'.join(_ORDINALS)})\s+(?:chapter|part)\b", re.IGNORECASE),
)


_BESIDE = r"(?:[面边]?(?:紧?挨着|紧跟着|紧接着|接着)?的?[那这]?)?一?(?:条(?![件款例])|项(?!目))"
_NEXT = re.compile(rf"(?<!以)[下后]{_BESIDE}|下一?个(?!月)|next (?:one|measure|article|clause)", re.IGNORECASE)
_PREVIOUS = re.compile(rf"(?<!以)(?<!马)[上前]{_BESIDE}|previous (?:one|measure|article|clause)", re.IGNORECASE)
_ITEM = re.compile(
    rf"第\s*{_N}\s*(?:个|项|种|笔|类|行)|\b(?:the\s+)?(?P<ordinal>{'|'.join(_ORDINALS)})\s+(?:one|item|row|entry)\b"
    r"|(?P<last>(?:最后|末尾|倒数第一)(?:的)?(?:那|这)?[一1]?(?:个|项|种|笔|类|行)|\b(?:the\s+)?last\s+(?:one|item|row|entry)\b)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"^\s*\d{1,2}[.、]\s*(?P<item>\S.*?)(?:\[\d+\])*\s*$|^\s*(?P<row>\|.*\|)(?:\[\d+\])*\s*$", re.MULTILINE
)
_RULE = re.compile(r"\|[\s|:-]+\|")
_CITED = re.compile(r"\[\d+\]")
_COUNTER = re.compile(r"\d{1,2}")
_OPENING = frozenset({SubjectKind.NUMBER, SubjectKind.CHAPTER, SubjectKind.MEASURE, SubjectKind.DEPARTMENT})
_OPENS_BEFORE = 3
_MARKS = "，、；。（"
_INSERTED = re.compile("\\s?之\\s?(?P<n>[一二三四五六七八九十]{1,2})(?![一二三四五六七八九十])")


@dataclass(frozen=True, slots=True)
class NumberReference:
    """第九条, （九）, article 9 … at its place in the question."""

    number: int
    is_chapter: bool
    text: str
    start: int
    end: int
    inserted: int = 0
    """1 for 第三条之一."""

    @property
    def key(self) -> str:
        """3, or 3-1 for 第三条之一."""
        return f"{self.number}-{self.inserted}" if self.inserted else str(self.number)


def find_number_references(text: str) -> tuple[NumberReference, ...]:
    """References in reading order, without overlap."""
    found: list[NumberReference] = []
    for is_chapter, forms in ((True, _CHAPTER_FORMS), (False, _MEASURE_FORMS)):
        for form in forms:
            for match in form.finditer(text):
                number = _number_of(match)
                if number is not None and not any(f.start < match.end() and match.start() < f.end for f in found):
                    inserted = _INSERTED.match(text, match.end())
                    end = inserted.end() if inserted else match.end()
                    more = int(read_number(inserted["n"]) or 0) if inserted else 0
                    found.append(
                        NumberReference(number, is_chapter, text[match.start() : end], match.start(), end, more)
                    )
    return tuple(sorted(found, key=lambda f: f.start))


def _number_of(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups.get("ordinal"):
        return _ORDINALS.index(groups["ordinal"].lower()) + 1
    value = read_number(groups["n"]) if groups.get("n") else None
    return int(value) if value is not None and 0 <= value < 1000 and value == int(value) else None


def step_number(text: str, earlier: Sequence[int]) -> str:
    """下一条 → 第八条 where the last measure named was 第七条; the text as it is where none was."""
    for pattern, step in ((_NEXT, 1), (_PREVIOUS, -1)):
        if earlier and pattern.search(text):
            return pattern.sub(f"第{earlier[-1] + step}条", text, count=1)
    return text


def list_items(answer: str) -> tuple[str, ...]:
    """The items of a numbered list in an answer, in its order, or the rows of its table, the cells side by side."""
    found = list(_LISTED.finditer(answer))
    rows = [m["row"].strip() for m in found if m["row"]]
    below = next((at for at, row in enumerate(rows, 1) if _RULE.fullmatch(row)), len(rows))
    return tuple(m["item"] for m in found if m["item"]) or tuple(_join_cells(row) for row in rows[below:])


def _join_cells(row: str) -> str:
    """Without the marks of citations and a first cell that only counts the rows."""
    cells = [c.strip() for c in _CITED.sub("", row).strip("|").split("|")]
    return "，".join(c for c in (cells[1:] if _COUNTER.fullmatch(cells[0]) else cells) if c)


def find_item(text: str, listed: Sequence[str]) -> tuple[str, int, int] | None:
    """The item that 第二个 or 最后一个 stands for, and where that stands; None where there was no list so long."""
    for match in _ITEM.finditer(text):
        number = len(listed) if match["last"] else _number_of(match)
        if number is not None and 0 < number <= len(listed):
            return listed[number - 1], match.start(), match.end()
    return None


def name_of_item(item: str, subjects: Sequence[Subject]) -> str:
    """What an item of a list is about: the measure, chapter or department it begins with, else its rarest term.

    Of terms as rare one that ends a phrase is its head: 专利池 in 推动相关企业建设重点产业专利池，…
    """
    opening = [s.text for s in subjects if s.kind in _OPENING and s.start <= _OPENS_BEFORE]
    terms = [s for s in subjects if s.kind is SubjectKind.TERM and s.targets and not read_amounts(s.text)]
    rarest = sorted(terms, key=lambda s: (len(s.targets), item[s.end : s.end + 1] not in _MARKS, -len(s.text), s.start))
    others = [s.text for s in subjects if s.kind in _OPENING]
    return next(iter((*opening, *(s.text for s in rarest), *others)), "")


_NUMBERED = re.compile("(?<![0-9一-十第])([1-9一二三四五六]|[①-⑥])[、.．)）：: ]?(?![0-9])")
_ORDERS = ("123456789", "一二三四五六", "①②③④⑤⑥")


def find_numbered(text: str) -> tuple[int, ...]:
    """Where the asks begin that a message numbers from one (1、…2、…); none where it numbers fewer than two."""
    for order in _ORDERS:
        starts: list[int] = []
        for match in _NUMBERED.finditer(text):
            is_marked = match[1] in _ORDERS[-1] or len(match.group()) > 1
            if is_marked and len(starts) < len(order) and match[1] == order[len(starts)]:
                starts.append(match.start())
        if len(starts) > 1:
            return tuple(starts)
    return ()
