"""Reads what stands around the body of a notice: title, document number, addressee, issuer, date."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.notice import Phrase
from ingest.parsing.lines import Line

DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:（[\u4e00-\u9fff]{1,4}）)?[〔\[（(【]\s*(?:19|20)\d{2}\s*[〕\]）)】]\s*第?\d{1,5}号"
)
_CITED = re.compile("根据|按照|依据|依照|落实|贯彻|参照|执行|废止")
_PASSED_ON = re.compile(r"(?:印发|转发|发布|下达|公布)[\s]*《(?P<title>[^《》]{4,80})》.{0,8}的?通知")
_TITLE_WORDS = "通知|意见|办法|措施|方案|规定|细则|规划|计划|函|决定|公告|通告|批复|政策|条例|答复|指南|要点|纲要|规则|报告|预案|规程"
_TITLE_END = re.compile(rf"(?:{_TITLE_WORDS})(?:（[^（）]{{1,12}}）)?$")
# A page whose line breaks were lost begins with its title and a space.
_LEADING_TITLE = re.compile(rf"[^。；：:，\s]{{4,80}}?(?:{_TITLE_WORDS})(?:（[^（）]{{1,12}}）)?(?=\s)")
_FIRST_CLAUSE = re.compile(r"[^。；：:，！？]{1,40}")
_DIGIT = "[〇○零一二三四五六七八九]"
_DATE_LINE = re.compile(
    r"^(?:(?:19|20)\d{2}年\d{1,2}月\d{1,2}日"
    rf"|{_DIGIT}{{4}}年[一二三四五六七八九十]{{1,3}}月[一二三四五六七八九十]{{1,3}}日)$"
)
_METADATA = re.compile(
    r"^(?:索\s*引\s*号|发文机关|发文字号|标\s*题|主\s*题\s*词|成文日期|发布日期|来源|有效性|分类)[\s　]*[：:]"
)
_METADATA_TITLE = re.compile(r"标\s*题[\s　]*[：:][\s　]*(?P<title>[^\t]+)")
_ADDRESSEE = re.compile(
    r"^(?!.*(?:如下|下列|以下|根据|按照|现将|现就|经研究))"
    r"(?=.*(?:各|有关|厅|局|委|政府|单位|部门|公司|企业|院|校|代表|同志))[^：:。]{2,150}[：:]$"
)
_LONGEST_TITLE_LINE = 45
_LONGEST_ISSUER = 30
_FIRST_LINES = 6
_MOST_TITLE_LINES = 4


@dataclass(frozen=True, slots=True)
class Front:
    """What was found before the body; `used` are the indexes of lines that are no running text."""

    title: str
    title_at: Phrase
    document_number: Phrase | None
    addressee: Phrase | None
    issuer: Phrase | None
    issued_on: Phrase | None
    used: frozenset[int]


def read_front(lines: Sequence[Line], closing: Sequence[Line]) -> Front:
    """`lines` stand before the first heading, `closing` after the last measure."""
    used: set[int] = {i for i, line in enumerate(lines) if _METADATA.match(line.text)}
    used.update(i for i, line in enumerate(lines[:_FIRST_LINES]) if _is_ornament(line))
    number = _find_number(lines, used)
    title, title_at = _find_title(lines, used)
    used.update(_find_repeated_title(lines, re.sub(r"\s", "", title)))
    addressee = next((i for i, line in enumerate(lines) if i not in used and _ADDRESSEE.match(line.text)), None)
    signature = _find_signature([*lines, *closing])
    if addressee is not None:
        used.add(addressee)
    return Front(
        title,
        title_at,
        number,
        _phrase(lines[addressee], drop=1) if addressee is not None else None,
        *signature,
        frozenset(used),
    )


def _find_title(lines: Sequence[Line], used: set[int]) -> tuple[str, Phrase]:
    """The document's own title; that of the notice which passes it on only where there is no other."""
    block = _title_block(lines, used)
    for line in lines[:12]:
        if (match := _PASSED_ON.search(line.text)) is not None:
            used.update(block)
            phrase = Phrase(match["title"], line.start + match.start("title"), line.start + match.end("title"))
            return match["title"], phrase
    for line in lines[:12]:
        if (match := _METADATA_TITLE.search(line.text)) is not None:
            used.update(block)
            title = match["title"].strip()
            start = line.start + match.start("title")
            return title, Phrase(title, start, start + len(title))
    first = lines[block[0]]
    if len(block) == 1 and _is_running_text(first):
        match = _LEADING_TITLE.match(first.text) or _FIRST_CLAUSE.match(first.text)
        title = match.group().strip() if match else first.text
        return title, Phrase(title, first.start, first.start + len(title))
    used.update(block)
    return "".join(lines[i].text for i in block), _phrase(first)


def _title_block(lines: Sequence[Line], used: set[int]) -> list[int]:
    """Indexes of the first lines that together end like a title; the first line where none does."""
    open_lines = [i for i in range(len(lines)) if i not in used]
    for index in open_lines[:_FIRST_LINES]:
        block: list[int] = []
        for following in range(index, min(index + _MOST_TITLE_LINES, len(lines))):
            if following in used or _is_running_text(lines[following]) or _DATE_LINE.match(lines[following].text):
                break
            block.append(following)
            if _TITLE_END.search(lines[following].text):
                return block
        if index == open_lines[0] and not block:
            break
    return [open_lines[0] if open_lines else 0]


def _find_repeated_title(lines: Sequence[Line], title: str) -> set[int]:
    """Indexes of lines that, alone or in a row, print the title again or the end of it."""
    found: set[int] = set()
    for begin in range(len(lines)):
        printed = ""
        for end in range(begin, min(begin + _MOST_TITLE_LINES, len(lines))):
            printed += re.sub(r"\s", "", lines[end].text)
            if printed == title or (printed in title and _TITLE_END.search(printed)):
                found.update(range(begin, end + 1))
    return found


def _find_number(lines: Sequence[Line], used: set[int]) -> Phrase | None:
    """A number on a line of its own, else the first one that is not part of a citation."""
    for index, line in enumerate(lines):
        if DOCUMENT_NUMBER.fullmatch(line.text):
            used.add(index)
            return _phrase(line)
    for line in lines[:8]:
        match = DOCUMENT_NUMBER.search(line.text)
        if match and "《" not in line.text and not _CITED.search(match.group()):
            return Phrase(match.group(), line.start + match.start(), line.start + match.end())
    return None


def _find_signature(lines: Sequence[Line]) -> tuple[Phrase | None, Phrase | None]:
    """Issuer and date of issue: a line that is only a date, under a short line without punctuation."""
    for above, line in zip([None, *lines], lines, strict=False):
        if _DATE_LINE.match(line.text):
            return _phrase(above) if above and _is_issuer(above.text) else None, _phrase(line)
    return None, None


def _is_issuer(text: str) -> bool:
    return len(text) <= _LONGEST_ISSUER and text[-1] not in "。：；，" and not DOCUMENT_NUMBER.search(text)


def _is_ornament(line: Line) -> bool:
    return not any(char.isalnum() for char in line.text)


def _is_running_text(line: Line) -> bool:
    return len(line.text) > _LONGEST_TITLE_LINE or line.text[-1] in "。：；"


def is_closing_line(line: Line) -> bool:
    """A line that can only stand after the body: a date, a note in brackets, the start of an annex."""
    return bool(
        _DATE_LINE.match(line.text) or re.match(r"^（此件|^附\s*件\s*[：:\d一]|^（联系人|^扫一扫|^-->$", line.text)
    )


def _phrase(line: Line, drop: int = 0) -> Phrase:
    return Phrase(line.text[: len(line.text) - drop], line.start, line.end - drop)
