"""The paragraphs of a view: printed lines, joined again where a break fell inside a sentence."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.parsing.headings import begins_with_mark
from ingest.parsing.view import View, lines_of

_ENDS = "。；：！？…”』】》"
_NEVER_ENDS = re.compile(r"[，、（《“〈—～/]$")
_NEVER_BEGINS = re.compile(r"[，、。；：）》”〉%/〕]")
_UNIT = re.compile(r"[年月日号元万亿个人条项时分度亩家%千吨倍岁周天户件名次批级版\-—－～至〕）]")
_DIGITS = re.compile(r"\d[\d.,]*$")
_DATE = re.compile(r"(?:\d{4}|[〇○零一二三四五六七八九]{4})年.{1,6}日$")
_LABEL = re.compile(r"^附\s*件|^.{2,8}[：:]")
_LEAST_WRAPPED = 18
_FEWEST_WRAPPED = 6
_SHARE_WRAPPED = 0.5


def view_lines(view: View) -> tuple[View, ...]:
    """Paragraphs without the space around them, in reading order."""
    printed = list(lines_of(view))
    width = _wrapped_width(printed)
    paragraphs: list[View] = []
    for number, line in enumerate(printed):
        following = printed[number + 1].text if number + 1 < len(printed) else ""
        if paragraphs and _goes_on(printed[number - 1].text, line.text, following, width):
            paragraphs[-1] = paragraphs[-1].joined(line)
        else:
            paragraphs.append(line)
    return tuple(paragraphs)


def _goes_on(above: str, line: str, following: str, width: int) -> bool:
    """Whether the break between two printed lines fell inside a sentence."""
    if above[-1] in _ENDS or "\t" in above or "\t" in line:
        return False
    if _NEVER_BEGINS.match(line) or _NEVER_ENDS.search(above):
        return True
    if _DIGITS.search(above) and _UNIT.match(line):
        return not begins_with_mark(line)
    if _DIGITS.fullmatch(line) and _UNIT.match(following):
        return not begins_with_mark(line + following)
    if not width or abs(len(above) - width) > 1 or begins_with_mark(line):
        return False
    return not (_DATE.search(line) or _LABEL.match(line))


def _wrapped_width(lines: Sequence[View]) -> int:
    """The number of characters at which most unfinished lines were cut, 0 where lines are whole paragraphs."""
    unfinished = [len(line.text) for line in lines if len(line.text) >= _LEAST_WRAPPED and line.text[-1] not in _ENDS]
    if len(unfinished) < _FEWEST_WRAPPED:
        return 0
    counts = Counter(unfinished)
    width = max(counts, key=lambda n: counts[n - 1] + counts[n] + counts[n + 1])
    near = counts[width - 1] + counts[width] + counts[width + 1]
    return width if near >= max(_FEWEST_WRAPPED, len(unfinished) * _SHARE_WRAPPED) else 0
