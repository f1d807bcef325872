"""Checks every part by code, by the kind of claim it makes; what fails is dropped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Count, Missing, PartKind
from assistant.composing.draft import ClaimKind, DraftItem, DraftPart, Finding, Recount, Source
from assistant.composing.recount import priced_supports, recompute, support_id
from assistant.composing.wording import name_label
from assistant.verifying.figures import check_figures
from assistant.verifying.items import check_absence, check_difference, check_item
from assistant.verifying.statements import affirmed, check_statement
from corpus.language.amounts import read_amounts
from corpus.notice import Phrase
from corpus.store import Corpus
from prompts import phrase

_SAYS_ABSENT = re.compile(r"没有提到“(.+?)”|does not mention “(.+?)”")
_DENIES = re.compile(r"^(?:不是[^，。]*，|通知没有[^，。]*，|There is no [^:]*:|No:)")
_NUMBER = re.compile(r"\d+")
_DENYING = ("不是", "No", "通知没有写", "The notice does not", "您说的情况，通知没有")
_TOLD_BY_FORM = frozenset(
    "sum share telephone mail web contact deadline validity meaning quantity department role recipient "
    "title document_number issuer issued_on addressee".split()
)
"""Values whose form alone, or a field of the notice, shows that they are printed."""

_OF_THE_WHOLE = re.compile(r"全文(?P<whole>\d+)[^，。：\d]{1,3}中有(?P<part>\d+)|: (?P<en_part>\d+) of (?P<of>\d+)\.")
_SIZE_OF_EACH = re.compile(r"有(\d+)个责任部门")
_OUTSIDE = re.compile(r"不在其中的是([^。]*)")


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


def verify(findings: Sequence[Finding], corpus: Corpus, language: str = "zh") -> Verified:
    """Every part and list item compared with its sources and the catalogue; where nothing holds, that is said."""
    problems: list[Problem] = []
    verified = [_verify_finding(f, corpus, problems) for f in findings]
    withheld = DraftPart(PartKind.MISSING, phrase("unverified", language), (), ClaimKind.ABSENT)
    return Verified(tuple(f if f.parts else replace(f, parts=(withheld,)) for f in verified), tuple(problems))


def _verify_finding(finding: Finding, corpus: Corpus, problems: list[Problem]) -> Finding:
    """The finding with what holds; a list falls as a whole, and a finding with nothing left is empty."""
    kept = [p for p in finding.parts if not _record(problems, p.text, _check(p, finding, corpus))]
    items, count = finding.items, finding.count
    if _record(problems, f"{finding.want.value} [{len(items)}]", _check_list(finding, corpus)):
        kept = [p for p in kept if p.claim is not ClaimKind.COUNTED]
        items, count = (), None
    elif not any(p.claim is ClaimKind.COUNTED for p in kept):
        items, count = (), None
    lost_absence = any(p.absent for p in finding.parts) and not any(p.absent for p in kept)
    if lost_absence and any(p.kind is PartKind.DIRECT for p in kept):
        # What comes nearest prints it after all.
        return replace(finding, is_filled=True, status=None, missing=None, parts=tuple(kept), items=items, count=count)
    if any(p.kind is not PartKind.NOTE for p in kept):
        return replace(finding, parts=tuple(kept), items=items, count=count)
    missing = finding.missing or Missing(finding.want.value, "", None)
    return replace(finding, is_filled=False, parts=(), items=(), count=None, missing=missing)


def _record(problems: list[Problem], text: str, reason: str | None) -> bool:
    if reason is not None:
        problems.append(Problem(text, reason))
    return reason is not None


def _check(part: DraftPart, finding: Finding, corpus: Corpus) -> str | None:
    return _check_part(part, corpus) or check_difference(part, finding)


def _check_part(part: DraftPart, corpus: Corpus) -> str | None:
    """None when the part holds, else the reason it does not."""
    if any(not _is_verbatim(s, corpus) for s in part.sources):
        return "引用与原文不符"
    if part.claim is ClaimKind.QUOTED or part.kind is PartKind.QUOTE:
        holds = bool(part.text) and any(part.text in s.phrase.text for s in part.sources)
        return None if holds else "引文不在所引原文中"
    if part.kind is PartKind.MISSING and any(a.unit == "元" for a in read_amounts(part.text)):
        return "没有写明的部分不能有金额"
    if part.claim is ClaimKind.FIXED:
        return check_figures(part.text, (), corpus.lexicon)
    if part.claim is ClaimKind.COUNTED:
        return _check_count(part, corpus)
    if part.claim is ClaimKind.ABSENT:
        return _check_absence(part, corpus)
    if part.claim is ClaimKind.DENIED and not part.text.startswith(_DENYING):
        return "更正没有否定所问的说法"
    return check_statement(part, corpus) or check_item(part, affirmed(part), corpus)


def _is_verbatim(source: Source, corpus: Corpus) -> bool:
    """The words stand at their offsets, and the place that is named as theirs holds them."""
    text = corpus.texts.get(source.place.notice.id, "")
    return text[source.phrase.start : source.phrase.end] == source.phrase.text and _holds(source)


def _holds(source: Source) -> bool:
    place, words = source.place, source.phrase
    if place.provision:
        is_inside = place.provision.start <= words.start and words.end <= place.provision.end
        return is_inside and (source.item is None or source.item in place.provision.items)
    if place.measure:
        return words in (place.measure.heading, *(r.phrase for r in place.measure.all_responsibilities))
    return place.chapter is None or words == place.chapter.heading


def _check_absence(part: DraftPart, corpus: Corpus) -> str | None:
    """No figure is stated, and what is said not to be mentioned is printed nowhere."""
    for match in _SAYS_ABSENT.finditer(part.text):
        name = match[1] or match[2]
        if any(name in text for text in corpus.texts.values()):
            return f"原文提到了“{name}”"
    if part.absent and part.absent.value in _TOLD_BY_FORM and (reason := check_absence(part.absent, corpus)):
        return reason
    return check_figures(part.text, (), corpus.lexicon)


def _check_count(part: DraftPart, corpus: Corpus) -> str | None:
    """The list computed again, its number, what is said to be outside it, and nobody else's department."""
    if part.recount is None:
        return "清单没有可核对的目录"
    members = recompute(part.recount.table, part.recount.keys, corpus)
    if members != part.recount.places:
        return "清单与目录不符"
    if part.recount.table == "supports_total":
        return _check_total(part.text, part.recount, corpus)
    counted = _expected_number(part.recount, members, corpus)
    if members and str(counted) not in _NUMBER.findall(_DENIES.sub("", part.text)):
        return f"清单应为 {counted}"
    if (share := _OF_THE_WHOLE.search(part.text)) and not _is_right_share(share, part.recount, corpus):
        return "所说的个数与目录不符"
    said = _SIZE_OF_EACH.search(part.text)
    if said and (size := _size_said(part.recount, members, corpus)) not in (None, int(said[1])):
        return f"责任部门应为 {size} 个"
    if (outside := _OUTSIDE.search(part.text)) and outside[1] != _labels_outside(members, corpus):
        return "不在其中的条款与目录不符"
    named = {name for m in corpus.departments.find(part.text) for name in (m.text, *(d.name for d in m.candidates))}
    if named and named.isdisjoint((*part.recount.keys, *members)):
        return "所说的部门与清单不符"
    return check_figures(part.text, part.sources, corpus.lexicon)


def _check_total(text: str, recount: Recount, corpus: Corpus) -> str | None:
    """The first sum is that of all others, each of which is printed for one of the supports."""
    rows = [r for r in priced_supports(corpus.catalogue) if support_id(r) in recount.keys]
    printed = [r.support.amount for r in rows if r.support.amount]
    total, *others = (a for a in read_amounts(text) if a.unit == "元")
    if total.value != sum(a.value for a in printed):
        return f"合计不是 {total.text}"
    wrong = next((a for a in others if a.value != total.value and not any(a.equals(p) for p in printed)), None)
    return f"{wrong.text} 不是所加的金额" if wrong else None


def _is_right_share(share: re.Match[str], recount: Recount, corpus: Corpus) -> bool:
    """全文16条中有9条: the whole, the part, and no other number behind them."""
    whole, part = int(share["whole"] or share["of"]), int(share["part"] or share["en_part"])
    wholes = (len(corpus.catalogue.measures), len(priced_supports(corpus.catalogue)))
    rest = _NUMBER.findall(_OUTSIDE.sub("", share.string[share.end() :]))
    return whole in wholes and part == len(recount.places) and not rest


def _expected_number(recount: Recount, members: Sequence[str], corpus: Corpus) -> int:
    """How many members there are, or in how many measures the busiest department stands."""
    if recount.table.startswith(("departments_most", "departments_least")):
        return len(corpus.catalogue.measures_of(members[0])) if members else 0
    return len(members)


def _size_said(recount: Recount, members: Sequence[str], corpus: Corpus) -> int | None:
    """How many departments the measures with the most or fewest have."""
    if recount.table not in {"measures_most_departments", "measures_fewest_departments"} or not members:
        return None
    return len(recompute("departments_of", tuple(members[:1]), corpus))


def _labels_outside(members: Sequence[str], corpus: Corpus) -> str:
    others = (p.measure for p in corpus.catalogue.measures if p.measure_key not in members)
    return "、".join(name_label(m) for m in others if m)


def _check_list(finding: Finding, corpus: Corpus) -> str | None:
    """Each item stands for its member of the list, none is left out or added, and the count is theirs."""
    recount = finding.recount or next((p.recount for p in finding.parts if p.recount), None)
    if recount is None:
        return "清单没有可核对的目录" if finding.items or finding.count else None
    if finding.count and not _is_right(finding.count, recount, corpus):
        return "数目与目录不符"
    if not finding.items:
        return None
    if len(finding.items) != len(recount.places):
        return "清单不全或有多余"
    for item, member in zip(finding.items, recount.places, strict=True):
        if not _stands_for(item, member):
            return f"{item.text} 不在清单中"
        part = DraftPart(PartKind.DIRECT, item.text, item.sources)
        if any(not _is_verbatim(s, corpus) for s in item.sources):
            return f"{item.text}：引用与原文不符"
        if (reason := check_statement(part, corpus, is_member=True)) is not None:
            return reason
    return None


def _is_right(count: Count, recount: Recount, corpus: Corpus) -> bool:
    wholes = (None, len(corpus.catalogue.measures), len(priced_supports(corpus.catalogue)))
    return count.value == len(recount.places) and count.of in wholes


def _stands_for(item: DraftItem, member: str) -> bool:
    """A member is named in its item, or the item cites its measure, chapter or support."""
    return any(member in (item.text, *_identifiers(s)) or f"({member})" in item.text for s in item.sources)


def _identifiers(source: Source) -> tuple[str, ...]:
    place = source.place
    chapter = place.chapter.id if place.chapter and not place.measure else ""
    supports = source.item.supports if source.item else ()
    return (place.measure_key, chapter, *(_support_at(place.notice.id, s.phrase) for s in supports))


def _support_at(notice_id: str, phrase: Phrase) -> str:
    return f"{notice_id}:{phrase.start}-{phrase.end}"
