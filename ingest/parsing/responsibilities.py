"""Reads the departments at the end of a measure or sentence and their role, by rows of one table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.language.sentences import cut_sentences
from corpus.notice import Chapter, Measure, Responsibility, Role
from ingest.parsing.view import View


@dataclass(frozen=True, slots=True)
class Assignment:
    """A bracket or line that assigns, at its place in the paragraph; one that says more than names and roles stays a sentence as well."""

    begin: int
    end: int
    responsibilities: tuple[Responsibility, ...]
    says_more: bool


@dataclass(frozen=True, slots=True)
class _RoleWords:
    pattern: re.Pattern[str]
    role: Role


@dataclass(frozen=True, slots=True)
class _Group:
    """Names under one role; without a role it is another detail, such as 适用范围 or 联系人."""

    role: Role | None
    role_text: str
    names: tuple[str, ...]


# A group of names is followed (X负责) or led (责任单位：X) by the words of its role; the first row that fits wins.
_TRAILING = (
    _RoleWords(re.compile(r"(?:共同)?牵头(?:组织|落实|推进)?(?:负责)?"), Role.LEAD),
    _RoleWords(re.compile(r"(?:按|依)?(?:照)?(?:各自)?职责(?:分工)?(?:分别|协同)?(?:负责|落实|推进)"), Role.SHARED),
    _RoleWords(re.compile(r"(?:分别|共同|分工)?负责(?:落实|实施|推进)?"), Role.SHARED),
    _RoleWords(re.compile(r"(?:有关)?(?:配合|参加|参与|协助|指导)"), Role.SUPPORTING),
)
_LEADING = (
    _RoleWords(re.compile("(?:牵头(?:责任)?|主办|主责)(?:单位|部门)"), Role.LEAD),
    _RoleWords(re.compile("(?:责任|负责|主管|落实|实施|对接|承办|经办|受理|归口)(?:单位|部门|主体|科室)"), Role.SHARED),
    _RoleWords(re.compile("(?:配合|参加|协办|参与|协同)(?:单位|部门)"), Role.SUPPORTING),
)
_LABEL = re.compile(r"(?:^|(?<=[，,；;。\s]))(?P<label>[\u4e00-\u9fff]{2,8})[：:]")
_BRACKET = re.compile(
    r"(?:[（(](?P<inside>[^（()）]*(?:[（(][^（()）]*[)）][^（()）]*)*)[)）]|〔(?P<within>[^〔〕]*)〕)[。.]?"
)
_CLAUSE = re.compile(r"(?:(?!会同)[^，,；;])+")
_UNNAMED = re.compile("(?:各|有关|相关)")
_LEADS, _HELPS = "牵头", "配合"
_FIRST_LEADS = re.compile("(?:列|排|排列)(?:在|于)?(?:第一|首)位?(?:者|的)?[^，。；]{0,8}为?牵头")
# 列第一位者为牵头单位，下同
_NOTE = re.compile(r"[，。；](?:(?:列|排在)第一|以?下(?:同|均)).*$")
# 各市、县（市、区）人民政府 is one name.
_SPLIT = re.compile(
    r"(?:(?<!各市)(?<!各县)、|[，,；;]|以及|(?<=[厅局委部办院会行署])(?:和(?=省|市|国|各|中)|等(?:有关)?(?:部门|单位)?[和及](?!单位|部门))"
    r"|会同)(?![^（(〔]*[）)〕])"
)
_AND_OTHERS = re.compile("等(?:有关|相关)?(?:部门|单位|部门和单位)?$")
_NAME = re.compile(r"^[\u4e00-\u9fffA-Za-z·（）()〔〕、“”]{2,30}$")
_MOST_NAME_LENGTH = 24


def find_assignments(paragraph: View) -> tuple[Assignment, ...]:
    """Those of a paragraph: sentences that begin with a label (责任单位：X) and brackets that close a sentence."""
    text = paragraph.text
    found: list[tuple[int, int, str]] = []
    for begin, end in cut_sentences(text):
        label = _LABEL.match(text, begin, end)
        if label and label.start() == begin and _role_of(label["label"]):
            found.append((begin, end, text[begin:end].rstrip("。")))
    brackets = (m for m in _BRACKET.finditer(text) if _closes_sentence(text, m))
    taken = [(begin, end) for begin, end, _ in found]
    found.extend(
        (*m.span(), m["inside"] or m["within"] or "")
        for m in brackets
        if not any(begin <= m.start() < end for begin, end in taken)
    )
    assignments = (_read_assignment(begin, end, paragraph, words) for begin, end, words in sorted(found))
    return tuple(a for a in assignments if a is not None)


def _let_first_lead(responsibilities: Sequence[Responsibility]) -> tuple[Responsibility, ...]:
    """Of several bodies without a role word the first leads: what a note in an earlier bracket says of all."""
    found: list[Responsibility] = []
    for owner in responsibilities:
        first, *others = owner.departments
        is_alone = not others and not re.search(f"{re.escape(first)}等", owner.phrase.text)
        if owner.role is not Role.SHARED or is_alone or _UNNAMED.match(first):
            found.append(owner)
            continue
        found.append(replace(owner, role=Role.LEAD, role_text=_LEADS, departments=(first,)))
        if not others:
            continue
        is_shared = "分工" in owner.role_text or "各自" in owner.role_text
        role, words = (Role.SHARED, owner.role_text) if is_shared else (Role.SUPPORTING, _HELPS)
        found.append(replace(owner, role=role, role_text=words, departments=tuple(others)))
    return tuple(found)


def _says_first_leads(words: str) -> bool:
    """列第一位者为牵头单位，下同"""
    return _FIRST_LEADS.search(words) is not None


def _closes_sentence(paragraph: str, match: re.Match[str]) -> bool:
    before = paragraph[: match.start()].rstrip()
    return match.end() == len(paragraph) or match.group()[-1] in "。." or before[-1:] in {"。", "；", "！", "？"}


def _read_assignment(begin: int, end: int, paragraph: View, inside: str) -> Assignment | None:
    phrase = paragraph.phrase(begin, end)
    words = _NOTE.sub("", inside)
    groups = _read_labelled(words) if _LABEL.match(words) else _read_trailing(words)
    owners = tuple(Responsibility(phrase, g.role, g.role_text, g.names) for g in groups if g.role is not None)
    if not owners or not all(owner.departments for owner in owners):
        return None
    return Assignment(begin, end, owners, words != inside or len(owners) < len(groups))


def _role_of(label: str) -> Role | None:
    return next((row.role for row in _LEADING if row.pattern.fullmatch(label)), None)


def _read_labelled(inside: str) -> list[_Group]:
    labels = list(_LABEL.finditer(inside))
    stops = [*(label.start() for label in labels[1:]), len(inside)]
    return [
        _Group(_role_of(label["label"]), label["label"], _read_names(inside[label.end() : stop].strip("，,；;。 ")))
        for label, stop in zip(labels, stops, strict=True)
    ]


def _read_trailing(inside: str) -> list[_Group]:
    groups: list[_Group] = []
    position = 0
    for match, role in _find_trailing(inside):
        groups.append(_Group(role, match.group(), _read_names(inside[position : match.start()])))
        position = match.end()
    return groups if not inside[position:].strip("。，；、 ") else []


def _find_trailing(inside: str) -> list[tuple[re.Match[str], Role]]:
    found: list[tuple[re.Match[str], Role]] = []
    for clause in _CLAUSE.finditer(inside):
        for row in _TRAILING:
            matches = list(row.pattern.finditer(inside, clause.start(), clause.end()))
            if matches and matches[-1].end() == clause.end():
                found.append((matches[-1], row.role))
                break
    return found


def _read_names(text: str) -> tuple[str, ...]:
    """Names as printed; empty when anything in the list does not look like a body of government."""
    names = [_AND_OTHERS.sub("", name.strip().removeprefix("由")) for name in _SPLIT.split(text) if name.strip()]
    if not all(_NAME.match(name) and len(name) <= _MOST_NAME_LENGTH for name in names):
        return ()
    return tuple(dict.fromkeys(names))


def let_first_lead_after_note(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """The same chapters where no such note is printed."""
    note = _Note()
    return tuple(replace(c, measures=tuple(note.hold_in(m) for m in c.measures)) for c in chapters)


class _Note:
    """Holds from where it is printed on."""

    def __init__(self) -> None:
        self._is_printed = False

    def hold_in(self, measure: Measure) -> Measure:
        own = self._read(measure.responsibilities)
        points = tuple(replace(p, responsibilities=self._read(p.responsibilities)) for p in measure.points)
        return replace(measure, responsibilities=own, points=points)

    def _read(self, responsibilities: tuple[Responsibility, ...]) -> tuple[Responsibility, ...]:
        self._is_printed = self._is_printed or any(_says_first_leads(r.phrase.text) for r in responsibilities)
        return _let_first_lead(responsibilities) if self._is_printed else responsibilities
