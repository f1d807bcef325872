"""Reads how a notice is laid out: which lines are its title, number, addressee, headings and signature."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.notice import Chapter, Measure, Notice

_LONGEST_TITLE_IN_LINES = 4
_WORDS_AROUND_TITLE = 24  # 关于印发《…》的通知
_NO_TITLE = "：:。；\t"
_INSIDE_BRACKETS = "《》“”〈〉"


class BlockKind(StrEnum):
    """How a stretch of lines is printed."""

    RECORD = "record"  # a table of the website from which the text was taken, above the title
    TITLE = "title"
    INNER_TITLE = "inner-title"  # the title of what the notice prints and puts in force
    NUMBER = "number"
    ADDRESSEE = "to"
    CHAPTER = "chapter"
    MEASURE = "measure"
    SIGNATURE = "signature"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the canonical text without the white space around it; headings know what they begin."""

    kind: BlockKind
    start: int
    end: int
    chapter: Chapter | None = None
    measure: Measure | None = None


def read_blocks(notice: Notice, text: str) -> tuple[Block, ...]:
    """In reading order; between two blocks stands nothing but white space."""
    lines = tuple(_name_line(notice, text, block) for block in _cut(text, _headings(notice)))
    blocks = _join_titles(notice, text, lines)
    first = next((i for i, b in enumerate(blocks) if b.kind is BlockKind.TITLE), 0)
    if any(b.chapter or b.measure for b in blocks[:first]):
        return blocks
    return tuple(replace(b, kind=BlockKind.RECORD) for b in blocks[:first]) + blocks[first:]


def _headings(notice: Notice) -> dict[int, Block]:
    """By their start; a heading that is chapter and measure in one is one block.

    A notice without headings is one measure under its own title, which is printed as a title.
    """
    found: dict[int, Block] = {}
    for chapter in notice.chapters:
        if chapter.heading:
            place = chapter.heading
            found[place.start] = Block(BlockKind.CHAPTER, place.start, place.end, chapter)
        for measure in chapter.measures:
            if measure.heading.start == notice.title_at.start:
                continue
            place = measure.heading
            above = found[place.start].chapter if place.start in found else None
            found[place.start] = Block(BlockKind.MEASURE, place.start, place.end, above, measure)
    return found


def _cut(text: str, headings: dict[int, Block]) -> Iterator[Block]:
    """Headings, and the lines between them as blocks of text."""
    at = 0
    for start in sorted(headings):
        heading = headings[start]
        if start < at:
            continue
        yield from _lines(text, at, start)
        yield heading
        at = heading.end
    yield from _lines(text, at, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[Block]:
    at = start
    for line in text[start:end].split("\n"):
        if body := line.strip():
            begin = at + line.index(body[0])
            yield Block(BlockKind.TEXT, begin, begin + len(body))
        at += len(line) + 1


def _name_line(notice: Notice, text: str, block: Block) -> Block:
    if block.kind is not BlockKind.TEXT:
        return block
    line = text[block.start : block.end]
    if notice.document_number and line == notice.number_text:
        return replace(block, kind=BlockKind.NUMBER)
    if notice.addressee and block.start == notice.addressee.start:
        return replace(block, kind=BlockKind.ADDRESSEE)
    is_signed = any(phrase and line == phrase.text for phrase in (notice.issuer, notice.issued_on))
    return replace(block, kind=BlockKind.SIGNATURE) if is_signed else block


def _join_titles(notice: Notice, text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The lines of each printed title become one block; the first is the notice's own."""
    wanted = _squeeze(notice.title)
    joined: list[Block] = []
    kind = BlockKind.TITLE
    at = 0
    while at < len(blocks):
        length = _title_length(wanted, text, blocks[at:])
        if length:
            joined.append(replace(blocks[at], kind=kind, end=blocks[at + length - 1].end))
            kind = BlockKind.INNER_TITLE
        else:
            joined.append(blocks[at])
        at += length or 1
    return tuple(joined)


def _title_length(wanted: str, text: str, blocks: Sequence[Block]) -> int:
    """How many lines from here on print the title; 0 for none."""
    for count in range(1, _LONGEST_TITLE_IN_LINES + 1):
        run = blocks[:count]
        if len(run) < count or any(b.kind is not BlockKind.TEXT for b in run):
            return 0
        printed = text[run[0].start : run[-1].end]
        if any(mark in printed for mark in _NO_TITLE) or len(printed) > len(wanted) + _WORDS_AROUND_TITLE:
            return 0
        if wanted in _squeeze(printed):
            return count
    return 0


def _squeeze(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c not in _INSIDE_BRACKETS)
