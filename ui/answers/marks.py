"""Finds what is marked inside the text of a notice: sentences with their addresses, departments, sums."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.catalogue import Place
from corpus.language.amounts import Amount
from corpus.notice import Item, Notice, Phrase, Responsibility
from ui.answers.citing import anchor_of

# What stands right before or after a sum and belongs to it: 年度最高奖补200万元, 每家最高200万元一次性补助.
_BEFORE = re.compile("最高|不超过|不低于|最低|至少|一次性|年度(?=最高|不超过|奖|补)|每年|每月|每家|每个|每人|每户|每项")
_AFTER = re.compile(
    "(?:（含）)?(?:以内|以下|以上|封顶)?(?:的?(?:一次性)?(?:补助|奖励|奖补|补贴|资助|支持|资金|贷款|标准))?"
)
_CLAUSE_ENDS = "，。；、：,;\t|"


class MarkKind(StrEnum):
    DEPARTMENT = "department"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that is shown in a colour of its own; `name` is the department in full."""

    kind: MarkKind
    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A stretch of the text that has an address; `place` is that of a sentence or row, None elsewhere.

    Others may lie `inside`: a signature that is also a sentence, a title that is also the only heading.
    """

    anchor: str
    start: int
    end: int
    place: Place | None = None
    inside: tuple["Target", ...] = ()


def find_targets(notice: Notice) -> tuple[Target, ...]:
    """Every address a citation may lead to, save printed headings, in reading order; none is given twice."""
    unique: dict[str, Target] = {}
    for target in _targets(notice):
        unique.setdefault(target.anchor, target)
    return _nest(sorted(unique.values(), key=lambda t: (t.start, -t.end)))


def _nest(targets: Sequence[Target]) -> tuple[Target, ...]:
    """What lies in another becomes part of it; what only overlaps it is left out."""
    nested: list[Target] = []
    waiting = list(targets)
    while waiting:
        outer = waiting.pop(0)
        inside = [t for t in waiting if t.end <= outer.end]
        waiting = [t for t in waiting if t.start >= outer.end]
        nested.append(replace(outer, inside=_nest(inside)))
    return tuple(nested)


def _targets(notice: Notice) -> Iterator[Target]:
    yield _whole("title", notice.title_at)
    printed = {
        "number": notice.document_number,
        "preamble": notice.addressee,
        "issuer": notice.issuer,
        "date": notice.issued_on,
        "annexes": notice.annex_list,
        "contact": notice.contact,
        "printed": notice.printed_by,
    }
    yield from (_whole(anchor, phrase) for anchor, phrase in printed.items() if phrase)
    for provision in (*notice.preamble, *notice.closing, *(p for a in notice.annexes for p in a.provisions)):
        yield _sentence(Place(notice, provision=provision))
    for chapter in notice.chapters:
        for measure in chapter.measures:
            if measure.heading.start == notice.title_at.start:
                yield _whole(measure.anchor, measure.heading)
            yield from (_sentence(Place(notice, chapter, measure, p)) for p in measure.provisions)
            for phrase in dict.fromkeys(r.phrase for r in measure.all_responsibilities):
                yield _whole(measure.responsibility_anchor(phrase), phrase)


def _whole(anchor: str, phrase: Phrase) -> Target:
    return Target(anchor, phrase.start, phrase.end)


def _sentence(place: Place) -> Target:
    provision = place.provision
    assert provision
    return Target(anchor_of(place), provision.start, provision.end, place)


def find_marks(notice: Notice) -> tuple[Mark, ...]:
    """In reading order, none overlapping."""
    marks = [m for measure in notice.measures() for r in measure.all_responsibilities for m in _departments(r)]
    marks += [m for p in notice.provisions() for item in p.items for m in _sums(item)]
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)


def _departments(responsibility: Responsibility) -> Iterator[Mark]:
    """Longer names first, for 市场监管局 is also the end of 省市场监管局."""
    printed, start = responsibility.phrase.text, responsibility.phrase.start
    names = sorted(responsibility.departments, key=len, reverse=True)
    pattern = "|".join(re.escape(n) for n in names)
    for found in re.finditer(pattern, printed) if pattern else ():
        yield Mark(MarkKind.DEPARTMENT, start + found.start(), start + found.end(), found.group())


def _sums(item: Item) -> Iterator[Mark]:
    for amount in item.amounts:
        if amount.unit == "元":
            yield _sum(item, amount)


def _sum(item: Item, amount: Amount) -> Mark:
    """The sum with its qualifiers, for a bare number says too much."""
    begin, end = amount.start - item.start, amount.end - item.start
    clause = max((item.text.rfind(c, 0, begin) for c in _CLAUSE_ENDS), default=-1) + 1
    qualifier = _BEFORE.search(item.text, clause, begin)
    after = _AFTER.match(item.text, end)
    start = qualifier.start() if qualifier else begin
    return Mark(MarkKind.SUM, item.start + start, item.start + (after.end() if after else end))


def sum_words(item: Item, amount: Amount) -> str:
    """年度最高奖补200万元: the sum as the text marks it."""
    mark = _sum(item, amount)
    return item.text[mark.start - item.start : mark.end - item.start].replace("\n", "")


def within(marks: Iterable[Mark], start: int, end: int) -> tuple[Mark, ...]:
    return tuple(m for m in marks if start <= m.start and m.end <= end)
