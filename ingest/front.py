"""Reads what stands around the body of a notice: title, document number, addressee, issuer, date."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.notice import Phrase
from ingest.lines import Line

DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:（[\u4e00-\u9fff]{1,4}）)?[〔\[（(【](?:19|20)\d{2}[〕\]）)】]\s*第?\d{1,5}号"
)
_PASSED_ON = re.compile(r"(?:印发|转发|发布|下达|公布)[\s]*《(?P<title>[^《》]{4,80})》.{0,8}的?通知")
_TITLE_END = re.compile(r"(?:通知|意见|办法|措施|方案|规定|细则|规划|计划|函|决定|公告|通告|批复|政策|条例|答复|指南|要点|纲要)(?:（[^（）]{1,12}）)?$")
_DATE_LINE = re.compile(r"^(?:(?:19|20)\d{2}年\d{1,2}月\d{1,2}日|[二〇○零一]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)$")
_METADATA = re.compile(r"^(?:索\s*引\s*号|发文机关|发文字号|标\s*题|主\s*题\s*词|成文日期|发布日期|来源|有效性|分类)[\s　]*[：:]")
_METADATA_TITLE = re.compile(r"标\s*题[\s　]*[：:][\s　]*(?P<title>[^\t]+)")
_ADDRESSEE = re.compile(r"^(?=.*(?:各|有关|厅|局|委|政府|单位|部门|公司|企业|院|校|代表|同志))[^：:。]{2,150}[：:]$")
_LONGEST_TITLE_LINE = 45
_LONGEST_ISSUER = 30


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
    title, title_at = _find_title(lines, used)
    number = _find_number(lines, used)
    plain_title = re.sub(r"\s", "", title)
    used.update(i for i, line in enumerate(lines) if re.sub(r"\s", "", line.text) in plain_title)
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
    first, last = lines[block[0]], lines[block[-1]]
    used.update(block)
    title = "".join(lines[i].text for i in block)
    return title, Phrase(title, first.start, last.end) if len(block) == 1 else _phrase(first)


def _title_block(lines: Sequence[Line], used: set[int]) -> list[int]:
    """Indexes of the first lines that together end like a title; the first line where none does."""
    open_lines = [i for i in range(len(lines)) if i not in used]
    for position, index in enumerate(open_lines[:6]):
        block: list[int] = []
        for following in open_lines[position : position + 4]:
            if len(lines[following].text) > _LONGEST_TITLE_LINE or lines[following].text[-1] in "。：；":
                break
            block.append(following)
            if _TITLE_END.search(lines[following].text):
                return block
        if index == open_lines[0] and not block:
            break
    return [open_lines[0] if open_lines else 0]


def _find_number(lines: Sequence[Line], used: set[int]) -> Phrase | None:
    """A number on a line of its own, else the first one that is not part of a citation."""
    for index, line in enumerate(lines):
        if DOCUMENT_NUMBER.fullmatch(line.text):
            used.add(index)
            return _phrase(line)
    for line in lines[:8]:
        if (match := DOCUMENT_NUMBER.search(line.text)) and "《" not in line.text:
            return Phrase(match.group(), line.start + match.start(), line.start + match.end())
    return None


def _find_signature(lines: Sequence[Line]) -> tuple[Phrase | None, Phrase | None]:
    """Issuer and date of issue: a line that is only a date, under a short line without punctuation."""
    for above, line in zip([None, *lines], lines, strict=False):
        if _DATE_LINE.match(line.text):
            has_issuer = above and len(above.text) <= _LONGEST_ISSUER and above.text[-1] not in "。：；，"
            return _phrase(above) if above and has_issuer else None, _phrase(line)
    return None, None


def is_closing_line(line: Line) -> bool:
    """A line that can only stand after the body: a date, a note in brackets, the start of an annex."""
    return bool(
        _DATE_LINE.match(line.text)
        or re.match(r"^（此件|^附\s*件\s*[：:\d一]|^（联系人|^扫一扫|^-->$", line.text)
    )


def _phrase(line: Line, drop: int = 0) -> Phrase:
    return Phrase(line.text[: len(line.text) - drop], line.start, line.end - drop)
