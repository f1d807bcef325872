"""Checks every part by code, by the kind of claim it makes; what fails is dropped."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import PartKind
from assistant.composing.draft import ClaimKind, DraftItem, DraftPart, Finding, Source
from corpus.amounts import Amount, read_amounts
from corpus.departments import DepartmentTable
from corpus.store import Corpus

_QUALIFIERS = {
    "once": re.compile(r"一次性|one-?(?:off|time)", re.IGNORECASE),
    "yearly": re.compile(r"年度最高|每年最高|按年度计|per year|yearly", re.IGNORECASE),
}
_QUOTED = re.compile(r"“([^“”]{2,})”")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a part was dropped."""

    part: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verified:
    """The findings with only what holds, and what did not."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


def verify(findings: Sequence[Finding], corpus: Corpus) -> Verified:
    """Every part and list item compared with its sources and the catalogue."""
    problems: list[Problem] = []
    kept: list[Finding] = []
    for finding in findings:
        parts = tuple(p for p in finding.parts if not _record(problems, p.text, _check_part(p, corpus)))
        items = tuple(i for i in finding.items if not _record(problems, i.text, _check_item(i, corpus)))
        lost_list = len(items) != len(finding.items)
        count_holds = finding.count is None or not lost_list
        kept.append(replace(finding, parts=parts, items=items, count=finding.count if count_holds else None))
    return Verified(tuple(kept), tuple(problems))


def _record(problems: list[Problem], text: str, reason: str | None) -> bool:
    if reason is not None:
        problems.append(Problem(text, reason))
    return reason is not None


def _check_part(part: DraftPart, corpus: Corpus) -> str | None:
    """None when the part holds, else the reason it does not."""
    if any(not _is_verbatim(s, corpus) for s in part.sources):
        return "引用与原文不符"
    if part.claim is ClaimKind.QUOTED:
        return None if any(part.text in s.phrase.text for s in part.sources) else "引文不在所引原文中"
    if part.claim is ClaimKind.FIXED:
        return None
    if part.claim is ClaimKind.COUNTED:
        return _check_count(part, corpus)
    if part.claim is ClaimKind.ABSENT:
        return _check_figures(part, [], part.denied)
    if part.claim is ClaimKind.DENIED and not part.text.startswith(("不是", "No")):
        return "更正没有否定所问的说法"
    return check_statement(part, corpus.departments)


def _check_item(item: DraftItem, corpus: Corpus) -> str | None:
    part = DraftPart(PartKind.DIRECT, item.text, item.sources)
    return _check_part(part, corpus)


def _is_verbatim(source: Source, corpus: Corpus) -> bool:
    text = corpus.texts.get(source.place.notice.id, "")
    return text[source.phrase.start : source.phrase.end] == source.phrase.text


def check_statement(part: DraftPart, departments: DepartmentTable) -> str | None:
    """Figure, qualifier, department and quoted words must stand in one cited item or responsibility."""
    spans = [_span(s) for s in part.sources]
    return (
        _check_figures(part, spans, part.denied)
        or _check_qualifiers(_affirmed(part), spans)
        or _check_departments(part.text, spans, departments)
        or _check_quoted(part, spans)
    )


def _affirmed(part: DraftPart) -> str:
    """What the part says itself, without the claim it denies before its colon."""
    if part.claim is not ClaimKind.DENIED:
        return part.text
    return re.split("[：:]", part.text, maxsplit=1)[-1]


def _span(source: Source) -> str:
    return source.item.text if source.item else source.phrase.text


def _check_figures(part: DraftPart, spans: Iterable[str], denied: Sequence[str]) -> str | None:
    printed = [read_amounts(span) for span in spans]
    allowed = [a for text in denied for a in read_amounts(text)]
    for amount in read_amounts(part.text):
        if any(amount.equals(d) for d in allowed):
            continue
        if not any(_is_printed(amount, amounts) for amounts in printed):
            return f"{amount.text} 不在所引条款中"
    return None


def _is_printed(amount: Amount, printed: Iterable[Amount]) -> bool:
    """The same figure, and not stated more firmly than it is printed."""
    return any(amount.equals(p) and (amount.bound is p.bound) for p in printed)


def _check_qualifiers(text: str, spans: Sequence[str]) -> str | None:
    for pattern in _QUALIFIERS.values():
        if pattern.search(text) and not any(pattern.search(span) or _says_yearly(pattern, span) for span in spans):
            return f"“{text[:20]}”的限定语不在所引条款中"
    return None


def _says_yearly(pattern: re.Pattern[str], span: str) -> bool:
    return pattern is _QUALIFIERS["yearly"] and re.search(r"年度|每年", span) is not None


def _check_departments(text: str, spans: Sequence[str], table: DepartmentTable) -> str | None:
    for mention in table.find(text):
        names = {mention.text, *(d.name for d in mention.candidates)}
        if not any(name in span for name in names for span in spans):
            return f"{mention.text} 不在所引条款中"
    return None


def _check_quoted(part: DraftPart, spans: Sequence[str]) -> str | None:
    """Words in quotation marks are printed: in a cited span, a heading of its place, or the title."""
    around = [
        words
        for s in part.sources
        for words in (
            s.place.measure.title if s.place.measure else "",
            f"{s.place.chapter.label}{s.place.chapter.title}" if s.place.chapter else "",
            s.place.notice.title,
            s.phrase.text,
        )
    ]
    for quoted in _QUOTED.findall(part.text):
        if not any(quoted in words for words in (*spans, *around)) and part.kind is not PartKind.MISSING:
            return f"“{quoted}”不是所引原文"
    return None


def _check_count(part: DraftPart, corpus: Corpus) -> str | None:
    if part.recount is None:
        return "清单没有可核对的目录"
    from assistant.composing.recount import recompute

    again = recompute(part.recount.table, part.recount.keys, corpus)
    return None if again == part.recount.places else "清单与目录不符"
