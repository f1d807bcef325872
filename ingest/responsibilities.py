"""Reads the departments at the end of a measure and their role, by rows of one table."""

import re
from dataclasses import dataclass

from corpus.notice import Phrase, Responsibility, Role


@dataclass(frozen=True, slots=True)
class _RoleWords:
    pattern: re.Pattern[str]
    role: Role


# A group of names is followed (X负责) or led (责任单位：X) by the words of its role; the first row that fits wins.
_TRAILING = (
    _RoleWords(re.compile(r"(?:等)?(?:共同)?牵头(?:组织|落实|推进)?(?:负责)?"), Role.LEAD),
    _RoleWords(re.compile(r"(?:等)?(?:按|依)?(?:照)?(?:各自)?职责(?:分工)?(?:分别|协同)?(?:负责|落实|推进)"), Role.SHARED),
    _RoleWords(re.compile(r"(?:等)?(?:分别|共同|分工)?负责"), Role.SHARED),
    _RoleWords(re.compile(r"(?:等)?(?:有关)?(?:配合|参加|参与|协助)"), Role.SUPPORTING),
)
_LEADING = (
    _RoleWords(re.compile(r"(?:牵头(?:单位|部门)|主办单位)[：:]"), Role.LEAD),
    _RoleWords(re.compile(r"(?:责任(?:单位|部门)|负责(?:单位|部门)|主管部门)[：:]"), Role.SHARED),
    _RoleWords(re.compile(r"(?:配合|参加|协办|参与)(?:单位|部门)[：:]"), Role.SUPPORTING),
)
_BRACKET = re.compile(r"[（(](?P<inside>[^（()）]*(?:[（(][^（()）]*[)）][^（()）]*)*)[)）][。.]?$")
_BARE_LINE = re.compile(r"^(?:责任单位|牵头单位|责任部门|牵头部门)[：:](?P<inside>.+)$")
_SPLIT = re.compile(r"[、，,；;]|以及|(?<=[厅局委部办院会行署])和(?=省|市|国|各|中)|会同")
_NAME = re.compile(r"^[\u4e00-\u9fffA-Za-z·（）()“”]{2,30}$")
_MOST_NAME_LENGTH = 24


def find_responsibilities(paragraph: str, start: int) -> tuple[Responsibility, ...]:
    """The responsibilities at the end of a paragraph, one for each role, all on the same span."""
    match = _BRACKET.search(paragraph) or _BARE_LINE.match(paragraph)
    if match is None:
        return ()
    groups = _read_groups(match["inside"])
    phrase = Phrase(match.group(), start + match.start(), start + match.end())
    return tuple(Responsibility(phrase, role, words, names) for role, words, names in groups if names)


def _read_groups(inside: str) -> list[tuple[Role, str, tuple[str, ...]]]:
    groups: list[tuple[Role, str, tuple[str, ...]]] = []
    if leading := _find_leading(inside):
        for index, (begin, end, role) in enumerate(leading):
            stop = leading[index + 1][0] if index + 1 < len(leading) else len(inside)
            groups.append((role, inside[begin : end - 1], _read_names(inside[end:stop])))
        return groups if all(g[2] for g in groups) else []
    position = 0
    for match, role in _find_trailing(inside):
        names = _read_names(inside[position : match.start()])
        if not names:
            return []
        groups.append((role, match.group().removeprefix("等"), names))
        position = match.end()
    return groups if not inside[position:].strip("。，；、 ") else []


def _find_leading(inside: str) -> list[tuple[int, int, Role]]:
    return sorted((m.start(), m.end(), row.role) for row in _LEADING for m in row.pattern.finditer(inside))


def _find_trailing(inside: str) -> list[tuple[re.Match[str], Role]]:
    found: list[tuple[re.Match[str], Role]] = []
    for clause in re.finditer(r"[^，,；;]+", inside):
        for row in _TRAILING:
            matches = list(row.pattern.finditer(inside, clause.start(), clause.end()))
            if matches and matches[-1].end() == clause.end():
                found.append((matches[-1], row.role))
                break
    return found


def _read_names(text: str) -> tuple[str, ...]:
    """Names as printed; empty when anything in the list does not look like a body of government."""
    names = [name.strip().removesuffix("等") for name in _SPLIT.split(text) if name and name.strip()]
    if not all(_NAME.match(name) and len(name) <= _MOST_NAME_LENGTH for name in names):
        return ()
    return tuple(dict.fromkeys(names))
