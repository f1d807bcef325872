"""The view of a canonical text that the parser reads: trimmed lines that know their offsets."""

import re
from dataclasses import dataclass

_CN = "[一二三四五六七八九十百]{1,4}"
_LOST_BREAK = re.compile(
    r"(?<=[。；：:！？）)\s])\s*"
    rf"(?=第{_CN}[章节条][\s　、]|{_CN}、|[（(]{_CN}[）)]|(?<=[。；）)\s])\d{{1,2}}(?:[.．](?!\d)|、))"
)
_LONG_LINE = 600


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the space around it; `start` and `end` count code points of the canonical text."""

    text: str
    start: int
    end: int


def view_lines(text: str) -> tuple[Line, ...]:
    """Lines of the text; very long ones (whose breaks were lost) are cut again before heading marks."""
    lines: list[Line] = []
    position = 0
    for raw in text.split("\n"):
        cuts = [m.end() for m in _LOST_BREAK.finditer(raw)] if len(raw) > _LONG_LINE else []
        for begin, end in zip([0, *cuts], [*cuts, len(raw)], strict=True):
            if (line := _trim(raw, begin, end, position)) is not None:
                lines.append(line)
        position += len(raw) + 1
    return tuple(lines)


def _trim(raw: str, begin: int, end: int, position: int) -> Line | None:
    piece = raw[begin:end]
    body = piece.strip()
    if not body:
        return None
    start = position + begin + piece.index(body[0])
    return Line(body, start, start + len(body))
