"""Turns canonical text into a Notice: chapters, measures, provisions, responsibilities. Facts come later."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pypinyin import Style, lazy_pinyin

from corpus.language.amounts import read_amounts
from corpus.notice import Chapter, Measure, Notice, Phrase, Provision, Responsibility
from ingest.parsing.front import Front, is_closing_line, read_front
from ingest.parsing.lines import Line, view_lines
from ingest.parsing.outline import Heading, Level, read_outline
from ingest.parsing.responsibilities import find_assignments
from ingest.parsing.sentences import cut_sentences

_LONGEST_TITLE = 40
_LONGEST_SIGNATURE = 25
# Where a line break was lost, a space ends the title.
_BROKEN_TITLE = re.compile(r"[^。：:！？，；\s]{2,40}(?=\s)")


class UnknownStructure(Exception):
    """The text is not a notice that can be cited; the message says why and what was expected."""


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading with the lines below it, up to the next heading."""

    heading: Heading
    line: Line
    below: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Body:
    provisions: tuple[Phrase, ...]
    responsibilities: tuple[Responsibility, ...]


def parse_notice(text: str, fallback_id: str) -> Notice:
    """`fallback_id` names the notice where no document number is printed."""
    lines = view_lines(text)
    if not lines:
        raise UnknownStructure("没有正文。请放入通知全文。")
    headings = read_outline(lines)
    closing_at = _find_closing(lines, headings[-1].line_index) if headings else len(lines)
    front_lines = lines[: headings[0].line_index] if headings else lines
    closing_lines = lines[closing_at:]
    front = read_front(front_lines or lines[:1], closing_lines)
    notice_id = _make_id(front.document_number, fallback_id)
    if not headings:
        return _unnumbered_notice(notice_id, front, lines)
    sections = _cut_sections(lines[:closing_at], headings)
    return Notice(
        id=notice_id,
        title=re.sub(r"\s", "", front.title),
        title_at=front.title_at,
        document_number=front.document_number,
        addressee=front.addressee,
        issuer=front.issuer,
        issued_on=front.issued_on,
        preamble=_number_provisions(f"{notice_id}/p", _running_text(front_lines, front)),
        chapters=_build_chapters(notice_id, sections),
        closing=_number_provisions(f"{notice_id}/z", [p for line in closing_lines for p in _sentences(line)]),
    )


def _unnumbered_notice(notice_id: str, front: Front, lines: Sequence[Line]) -> Notice:
    """A letter or announcement without headings is one measure, so that its sentences can be cited."""
    chapter_id = f"{notice_id}/1"
    provisions = _number_provisions(f"{chapter_id}.1", _running_text(lines, front))
    measure = Measure("1.1", 1, "", "正文", "m1", front.title_at, provisions)
    return Notice(
        id=notice_id,
        title=re.sub(r"\s", "", front.title),
        title_at=front.title_at,
        document_number=front.document_number,
        addressee=front.addressee,
        issuer=front.issuer,
        issued_on=front.issued_on,
        preamble=(),
        chapters=(Chapter(chapter_id, 0, "", "", None, (), (measure,)),),
    )


def _make_id(number: Phrase | None, fallback: str) -> str:
    """鲁科字〔2025〕128号 → lkz-2025-128."""
    match = re.match(r"(.+?)[^\w]?((?:19|20)\d{2})[^\w]?\D*(\d+)号", number.text) if number else None
    if match is None:
        return (
            re.sub(r"[^a-z0-9-]+", "-", "".join(lazy_pinyin(fallback, style=Style.NORMAL)).lower()).strip("-")
            or "notice"
        )
    letters = "".join(lazy_pinyin(re.sub(r"[^\u4e00-\u9fff]", "", match[1]), style=Style.FIRST_LETTER))
    return f"{letters}-{match[2]}-{match[3]}"


def _find_closing(lines: Sequence[Line], last_heading: int) -> int:
    """Index of the first line after the body: signature, date, notes, annexes."""
    for index in range(last_heading + 1, len(lines)):
        if is_closing_line(lines[index]):
            above = lines[index - 1]
            is_signature = (
                index - 1 > last_heading and len(above.text) <= _LONGEST_SIGNATURE and above.text[-1] not in "。；）)"
            )
            return index - 1 if is_signature else index
    return len(lines)


def _running_text(lines: Sequence[Line], front: Front) -> list[Phrase]:
    return [p for i, line in enumerate(lines) if i not in front.used for p in _sentences(line)]


def _sentences(line: Line) -> tuple[Phrase, ...]:
    return _phrases(line.text, line.start)


def _phrases(text: str, start: int) -> tuple[Phrase, ...]:
    return tuple(Phrase(text[b:e], start + b, start + e) for b, e in cut_sentences(text))


def _cut_sections(lines: Sequence[Line], headings: Sequence[Heading]) -> tuple[_Section, ...]:
    stops = [*(h.line_index for h in headings[1:]), len(lines)]
    return tuple(
        _Section(h, lines[h.line_index], tuple(lines[h.line_index + 1 : stop]))
        for h, stop in zip(headings, stops, strict=True)
    )


def _build_chapters(notice_id: str, sections: Sequence[_Section]) -> tuple[Chapter, ...]:
    groups: list[list[_Section]] = []
    for section in sections:
        if section.heading.level is Level.CHAPTER or not groups:
            groups.append([])
        groups[-1].append(section)
    chapters: list[Chapter] = []
    seen: Counter[str] = Counter()
    for group in groups:
        head = group[0] if group[0].heading.level is Level.CHAPTER else None
        number = head.heading.mark.number if head else 0
        key = _unique(str(number), seen)
        measures = group[1:] if head else group
        # A chapter without measures is itself what people quote.
        chapters.append(_build_chapter(f"{notice_id}/{key}", head, measures or [group[0]]))
    return _with_anchors(tuple(chapters))


def _unique(key: str, seen: Counter[str]) -> str:
    seen[key] += 1
    return key if seen[key] == 1 else f"{key}{chr(ord('a') + seen[key] - 1)}"


def _build_chapter(chapter_id: str, head: _Section | None, sections: Sequence[_Section]) -> Chapter:
    seen: Counter[str] = Counter()
    measures = tuple(_build_measure(chapter_id, section, seen) for section in sections)
    if head is None:
        return Chapter(chapter_id, 0, "", "", None, (), measures)
    mark, line = head.heading.mark, head.line
    title, heading_end = _read_title(head)
    own = [p for below in _paragraphs(head, heading_end) for p in _sentences(below)] if sections[0] is not head else []
    heading = Phrase(line.text[:heading_end], line.start, line.start + heading_end)
    provisions = _number_provisions(f"{chapter_id}.0", own)
    return Chapter(chapter_id, mark.number, mark.label, title, heading, provisions, measures)


def _build_measure(chapter_id: str, section: _Section, seen: Counter[str]) -> Measure:
    mark, line = section.heading.mark, section.line
    key = _unique(str(mark.number), seen)
    measure_id = f"{chapter_id}.{key}"
    title, heading_end = _read_title(section)
    body = _read_body(section, heading_end)
    if title and not body.provisions and line.text[heading_end - 1] in "。！？；;":
        # What says everything in one sentence has no title.
        title, heading_end = "", mark.length
        body = _read_body(section, heading_end)
    printed = line.text[:heading_end].rstrip()
    heading = Phrase(printed, line.start, line.start + len(printed))
    provisions = _number_provisions(measure_id, body.provisions)
    short_id = measure_id.split("/", 1)[1]
    return Measure(short_id, mark.number, mark.label, title, "", heading, provisions, body.responsibilities)


def _read_title(section: _Section) -> tuple[str, int]:
    """The title without its full stop, and where the heading ends in its line."""
    mark, text = section.heading.mark, section.line.text
    rest = text[mark.length :]
    first = re.match(r"[^。：:！？]*", rest)
    stop = len(first.group()) if first else 0
    ends_line = stop >= len(rest)
    if mark.style.is_titled and stop > _LONGEST_TITLE and (before_space := _BROKEN_TITLE.match(rest)):
        stop = len(before_space.group())
        return rest[:stop], mark.length + stop
    if stop > _LONGEST_TITLE or (not mark.style.is_titled and (ends_line is False or len(rest) > _LONGEST_TITLE)):
        return "", mark.length
    if ends_line and not mark.style.is_titled and not section.below:
        return "", mark.length
    if not ends_line and _is_sentence(rest[:stop]):
        return "", mark.length
    return re.sub(r"\s", "", rest[:stop]), mark.length + stop + (0 if ends_line else 1)


def _is_sentence(text: str) -> bool:
    """A title says what it is about; one that says to whom or how much is a sentence."""
    return bool(read_amounts(text)) or (text.startswith("对") and "，" in text)


def _paragraphs(section: _Section, heading_end: int) -> list[Line]:
    """What follows the heading, in its line and below."""
    line = section.line
    rest = line.text[heading_end:]
    return [*([Line(rest, line.start + heading_end, line.end)] if rest.strip() else []), *section.below]


def _read_body(section: _Section, heading_end: int) -> _Body:
    sentences: list[Phrase] = []
    responsibilities: list[Responsibility] = []
    for paragraph in _paragraphs(section, heading_end):
        position = 0
        for found in find_assignments(paragraph.text, paragraph.start):
            responsibilities.extend(found.responsibilities)
            if not found.says_more:
                begin = found.phrase.start - paragraph.start
                sentences.extend(_phrases(paragraph.text[position:begin], paragraph.start + position))
                position = found.phrase.end - paragraph.start
        sentences.extend(_phrases(paragraph.text[position:], paragraph.start + position))
    return _Body(tuple(sentences), tuple(responsibilities))


def _number_provisions(prefix: str, phrases: Sequence[Phrase]) -> tuple[Provision, ...]:
    return tuple(Provision(f"{prefix}.{n}", n, p.text, p.start, p.end) for n, p in enumerate(phrases, 1))


def _with_anchors(chapters: tuple[Chapter, ...]) -> tuple[Chapter, ...]:
    """Anchors name the measure's number where it is unique in the notice, else its whole path."""
    counts = Counter(m.number for c in chapters for m in c.measures)
    return tuple(
        replace(c, measures=tuple(replace(m, anchor=_anchor(m, counts)) for m in c.measures)) for c in chapters
    )


def _anchor(measure: Measure, counts: Counter[int]) -> str:
    chapter, number = measure.id.split(".", 1)
    return f"m{number}" if counts[measure.number] == 1 else f"c{chapter}-m{number}"
