"""Finds what stands after the body of a notice: closing clauses, list of annexes, signature, notes, annexes."""

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.language.numerals import read_number
from corpus.language.sentences import cut_sentences
from ingest.parsing.front import SIGNED, is_date_line, is_issuer_line
from ingest.parsing.headings import marks_inside, read_heading_mark
from ingest.parsing.view import View

_DOCUMENT = (
    "政策措施|扶持政策|政策|措施|意见|通知|办法|规定|细则|方案|文件|公告|通告|指引|指南|标准|条例|规则|要点|决定|条款"
)
_CLOSES = re.compile(
    rf"(?:(?:本|此|该|以上|上述|前述)[\u4e00-\u9fff]{{0,6}}?(?:{_DOCUMENT})"
    r"(?:[^。；]{0,300}?(?:施行|起实施|实施期|生效|起执行|执行期|有效|解释|废止|执行至|之日起\d{1,2}个?月)|执行自|适用于)"
    r"|(?:自|从)[^。；，]{2,24}(?:之日)?起(?:施行|执行|实施|生效)"
    r"|有效期|试行期|施行期限|《[^《》]{2,80}》[^。；]{0,60}同时废止|(?:此前|原有|以往|以前|过去|原)[^。；]{0,60}(?:为准|废止|停止执行)"
    r"|特此(?:通知|公告|通告|函复|批复|函告))"
)
_NOTE = re.compile(r"（?(?:此件|联系人|联系方式|联系电话|联系地址|信息公开)|扫一扫|-->$|抄\s?送[：:]|主\s?送[：:]")
_PRINTED_BY = re.compile(r".{2,40}(?:19|20)\d{2}年\d{1,2}月\d{1,2}日\s?(?:印发|印)$")
_CONTACT = re.compile(r"（?(?:联系人|联系方式|联系电话|咨询电话)")
_ANNEX = re.compile(
    r"附\s?[件录表]\s?(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})?\s?[：:.、]?\s?(?P<title>[^。；]{2,80})?$"
)
_ENTRY = re.compile(r"(?:附件\s?)?\d{1,2}\s?[.、．:：]\s?[^。；]{2,80}$")
_LINES_OF_SIGNATURE = 5
_TELLING = 10
_SHORTEST_TITLE = 6
_LONGEST_HEADING = 60
_LONGEST_PARAGRAPH = 700
_LONGEST_END = 240
_LONGEST_LABEL = 12
# Departments in brackets end a measure without a full stop of their own.
_BRACKET = re.compile(r"（[^（）]{0,200}）\s*")


def find_annexes(lines: Sequence[View], begin: int) -> tuple[tuple[int, ...], tuple[int, int] | None]:
    """Where annexes begin, and from where to where the list of their names runs, looking from line `begin` on."""
    found: list[int] = []
    listed: tuple[int, int] | None = None
    index = begin
    while index < len(lines):
        match = _ANNEX.fullmatch(lines[index].text) if len(lines[index].text) <= 90 else None
        if match is None:
            index += 1
            continue
        end = _end_of_list(lines, index)
        if listed is None and not found and _is_list(lines, index, end):
            listed = (index, end)
            index = end
            continue
        found.append(index)
        index += 1
    if listed and not found:
        found = _find_titled(lines, listed)
    return tuple(found), listed


def _find_titled(lines: Sequence[View], listed: tuple[int, int]) -> list[int]:
    """Where annexes begin with the titles that the list gives them, without a label of their own."""
    titles = [_title_of_entry(lines[n].text) for n in range(*listed)]
    wanted = tuple(title[:_TELLING] for title in titles if len(title) >= _SHORTEST_TITLE)
    below = range(listed[1], len(lines))
    return [n for n in below if len(lines[n].text) <= _LONGEST_HEADING and lines[n].text.startswith(wanted)]


def _title_of_entry(text: str) -> str:
    return re.sub(r"^(?:附\s?件\s?[：:]?\s?)?(?:\d{1,2}\s?[.、．:：])?\s?", "", text)


def _end_of_list(lines: Sequence[View], begin: int) -> int:
    end = begin + 1
    while end < len(lines) and _ENTRY.fullmatch(lines[end].text) and not is_date_line(lines[end]):
        end += 1
    return end


def _is_list(lines: Sequence[View], begin: int, end: int) -> bool:
    """A list of annexes is followed by signature and date, by the annexes themselves, or by nothing."""
    rest = lines[end : end + _LINES_OF_SIGNATURE]
    if not rest:
        return bool((match := _ANNEX.fullmatch(lines[begin].text)) and match["title"])
    is_signed = any(is_date_line(line) for line in rest) and all(len(line.text) <= 60 for line in rest[:1])
    return is_signed or end - begin > 1


def title_of_annex(line: View) -> tuple[str, int, str]:
    """Label, number and title as its heading prints them; number 1 and no title where none are printed."""
    match = _ANNEX.fullmatch(line.text)
    if match is None:
        return "附件", 1, line.text
    printed = match["n"]
    title = (match["title"] or "").strip()
    label = (
        line.text[: match.start("title")].rstrip(" ：:.、") if match and match["title"] else line.text.rstrip(" ：:.、")
    )
    return label, int(printed) if printed and printed.isdigit() else _chinese(printed), title


def _chinese(printed: str | None) -> int:
    return int(read_number(printed) or 1) if printed else 1


def part_ends(lines: Sequence[View]) -> tuple[View, ...]:
    """Where line breaks were lost, closing clauses and signature are made lines of their own again."""
    return tuple(part for line in lines for part in (_part_end(line) if _has_lost_breaks(line) else (line,)))


def _has_lost_breaks(line: View) -> bool:
    return len(line.text) > _LONGEST_PARAGRAPH or sum(1 for _ in marks_inside(line.text)) > 1


def _part_end(line: View) -> tuple[View, ...]:
    text = line.text
    signed = _find_signed(text)
    starts = [begin for begin, _ in cut_sentences(text[:signed])]
    brackets = (_BRACKET.match(text, start) for start in starts)
    starts = [bracket.end() if bracket else start for start, bracket in zip(starts, brackets, strict=True)]
    closing = next((start for start in starts[1:] if _CLOSES.match(text, start)), signed)
    last_mark = max((at for at, _ in marks_inside(text[:signed])), default=0)
    cuts = sorted({0, closing if closing > last_mark + _LONGEST_LABEL else signed, signed, len(text)})
    parts = (line.part(begin, end).trimmed() for begin, end in pairwise(cuts))
    return tuple(part for part in parts if part)


def _find_signed(text: str) -> int:
    """Where the signature begins: after the end of a sentence, near the end of the line; the line's end for none."""
    begin = max(0, len(text) - _LONGEST_END)
    for match in SIGNED.finditer(text, begin):
        if text[: match.start()].rstrip()[-1:] in {"。", "）", "；"}:
            return match.start()
    return len(text)


def find_after(lines: Sequence[View], last_heading: int) -> int:
    """Index of the first line that is signature, date or note, no running text any more."""
    for index in range(last_heading + 1, len(lines)):
        if (
            _NOTE.match(lines[index].text)
            or SIGNED.match(lines[index].text)
            or _PRINTED_BY.fullmatch(lines[index].text)
        ):
            return index
        if is_date_line(lines[index]):
            first = index
            while first - 1 > last_heading and is_issuer_line(lines[first - 1]):
                first -= 1
            return first
    return len(lines)


def find_closing(lines: Sequence[View], last_heading: int, after: int) -> int:
    """Index of the first paragraph below the last heading from which on the notice speaks of itself."""
    for index in range(last_heading + 1, after):
        line = lines[index]
        if closes(line.text) and read_heading_mark(line.text) is None:
            return index
    return after


def closes(text: str) -> bool:
    return _CLOSES.match(text) is not None


def is_said(line: View) -> bool:
    """Whether a line after the body says something: a sentence that is no note."""
    return "。" in line.text and _NOTE.match(line.text) is None


def find_line(lines: Sequence[View], begin: int, *, contact: bool) -> View | None:
    """The contact line, or the line that says who printed the notice and when."""
    pattern = _CONTACT if contact else _PRINTED_BY
    return next((line for line in lines[begin:] if pattern.match(line.text)), None)
