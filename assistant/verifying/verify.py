"""Checks every part by code, by the kind of claim it makes; what fails is dropped."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answer import CitationKind, Count, Missing, PartKind
from assistant.composing.draft import ClaimKind, DraftItem, DraftPart, Finding, Source
from assistant.listing.selection import Order, Rows, Selection, Table, Where, select
from assistant.listing.telling import Teller
from assistant.verifying.english import check_english
from assistant.verifying.figures import check_figures, check_reckoned
from assistant.verifying.items import check_absence, check_difference, check_item
from assistant.verifying.statements import affirmed, check_statement
from corpus.language.amounts import read_amounts
from corpus.notice import Phrase
from corpus.store import Corpus
from prompts import phrase

_SAYS_ABSENT = re.compile(r"没有提到“(.+?)”|does not mention “(.+?)”")
_NOT_NAMED = re.compile(
    "没有写(?:明是否包括(?P<place>.+?)|(?P<other>[^，]+)的)，写的是"
    "|does not (?:say whether (?P<en>.+?) is included|state this for (?P<en_other>[^.]+))"
)
_DENIES = re.compile(r"^(?:不是[^，。]*，|通知没有[^，。]*，|There is no [^:]*:|No:)")
_LATIN = re.compile("(?:《[^》]*》: )?[A-Za-z“]")
_NUMBER = re.compile(r"\d+")
_NAMED = re.compile("“[^”]*”|《[^》]*》")
_DENYING = ("不是", "不能，您说的是", "No", "通知没有写", "The notice does not", "您说的情况，通知没有")
_TOLD_BY_FORM = frozenset(
    "sum share telephone mail web contact deadline validity meaning quantity department role recipient "
    "title document_number issuer issued_on addressee".split()
)
"""Values whose form alone, or a field of the notice, shows that they are printed."""

_MULTIPLIES = re.compile(r"[（(](\d{1,4})×")
_ADDS_UP = re.compile("合计|add up")


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
    return Verified(
        tuple(f if f.parts or f.is_told else replace(f, parts=(withheld,)) for f in verified), tuple(problems)
    )


def _verify_finding(finding: Finding, corpus: Corpus, problems: list[Problem]) -> Finding:
    """The finding with what holds; a list falls as a whole, and a finding with nothing left is empty."""
    if finding.is_told:
        return finding
    kept = [p for p in finding.parts if not _record(problems, _name(p), _check(p, finding, corpus))]
    items, count = finding.items, finding.count
    if _record(problems, f"{finding.want.value} [{len(items)}]", _check_list(finding, corpus)):
        kept = [p for p in kept if p.claim is not ClaimKind.COUNTED]
        items, count = (), None
    elif not any(p.claim is ClaimKind.COUNTED for p in kept):
        items, count = (), None
    if finding.items and not items:
        kept = [p for p in kept if p.kind is not PartKind.TABLE]
    lost_absence = any(p.absent for p in finding.parts) and not any(p.absent for p in kept)
    if lost_absence and any(p.kind is PartKind.DIRECT for p in kept):
        # What comes nearest prints it after all.
        return replace(finding, is_filled=True, status=None, missing=None, parts=tuple(kept), items=items, count=count)
    if any(p.kind is not PartKind.NOTE for p in kept):
        return replace(finding, parts=tuple(kept), items=items, count=count)
    missing = finding.missing or Missing(finding.want.value, "", None)
    return replace(finding, is_filled=False, parts=(), items=(), count=None, missing=missing)


def _name(part: DraftPart) -> str:
    return part.text or " | ".join(part.columns)


def _record(problems: list[Problem], text: str, reason: str | None) -> bool:
    if reason is not None:
        problems.append(Problem(text, reason))
    return reason is not None


def _check(part: DraftPart, finding: Finding, corpus: Corpus) -> str | None:
    if part.kind is PartKind.TABLE and part.rows and part.rows == finding.items:
        # Its rows are checked as the members of the list.
        return None
    return _check_part(part, corpus) or check_difference(part, finding)


def _check_part(part: DraftPart, corpus: Corpus) -> str | None:
    """None when the part holds, else the reason it does not."""
    if any(not _is_verbatim(s, corpus) for s in part.sources):
        return "引用与原文不符"
    if part.kind is PartKind.TABLE:
        return _check_table(part, corpus)
    if part.claim is ClaimKind.QUOTED or part.kind is PartKind.QUOTE:
        holds = bool(part.text) and any(part.text in s.phrase.text for s in part.sources)
        return None if holds else "引文不在所引原文中"
    if part.kind is PartKind.MISSING and any(a.unit == "元" for a in read_amounts(part.text)):
        return "没有写明的部分不能有金额"
    if check := _BY_CLAIM.get(part.claim):
        return check(part, corpus)
    if part.claim is ClaimKind.DENIED and not part.text.startswith(_DENYING):
        return "更正没有否定所问的说法"
    said = next((n for n in named.groups() if n), "") if (named := _NOT_NAMED.search(part.text)) else ""
    if said and any(said in s.phrase.text for s in part.sources):
        return f"所引的句子写到了{said}"
    return check_statement(part, corpus) or check_item(part, affirmed(part), corpus)


_BY_CLAIM: Mapping[ClaimKind, Callable[[DraftPart, Corpus], str | None]] = {
    ClaimKind.FIXED: lambda part, corpus: check_figures(part.text, (), corpus.lexicon),
    ClaimKind.COUNTED: lambda part, corpus: _check_count(part, corpus),
    ClaimKind.RECKONED: lambda part, corpus: check_reckoned(part),
    ClaimKind.ABSENT: lambda part, corpus: _check_absence(part, corpus),
}


def _check_table(part: DraftPart, corpus: Corpus) -> str | None:
    """Every row is cited and holds, in each of its cells and as a whole; the head states no figure."""
    if not part.columns or not part.rows or any(len(row.cells) != len(part.columns) for row in part.rows):
        return "表格没有行，或行与列不符"
    if (reason := check_figures("，".join(part.columns), (), corpus.lexicon)) is not None:
        return reason
    return next((reason for row in part.rows if (reason := _check_row(row, corpus)) is not None), None)


def _check_row(row: DraftItem, corpus: Corpus) -> str | None:
    if not row.sources:
        return f"{row.cells[0]}：没有引用"
    wrong = (check_figures(cell, row.sources, corpus.lexicon) for cell in row.cells)
    said = "，".join(filter(None, row.cells))
    return next(filter(None, wrong), None) or _check_member(said, row.sources, corpus)


def _check_member(said: str, sources: tuple[Source, ...], corpus: Corpus) -> str | None:
    """An item or a row: its sources are verbatim and print what it states."""
    if any(not _is_verbatim(s, corpus) for s in sources):
        return f"{said}：引用与原文不符"
    return check_statement(DraftPart(PartKind.DIRECT, said, sources), corpus, is_member=True)


def _is_verbatim(source: Source, corpus: Corpus) -> bool:
    """The words stand at their offsets, and the place that is named as theirs holds them."""
    text = corpus.texts.get(source.place.notice.id, "")
    return text[source.phrase.start : source.phrase.end] == source.phrase.text and _holds(source)


def _holds(source: Source) -> bool:
    place, words = source.place, source.phrase
    if source.kind is CitationKind.RESPONSIBILITY:
        return any(words == r.phrase for r in place.responsibilities)
    if place.annex and place.heading_point and words == place.heading_point.heading:
        return True
    if place.provision:
        is_inside = place.provision.start <= words.start and words.end <= place.provision.end
        return is_inside and (source.item is None or source.item in place.provision.items)
    if place.measure:
        return words == place.measure.heading
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
    """The members selected again; the line told again, or else its numbers and nobody else's department."""
    if part.recount is None:
        return "清单没有可核对的目录"
    selection = part.recount.selection
    table = select(selection, corpus.catalogue)
    if table.keys != part.recount.keys:
        return "清单与目录不符"
    told = (Teller(selection, table, corpus, language).headline() for language in ("zh", "en"))
    if part.text in told:
        return None
    if times := _MULTIPLIES.search(part.text):
        return _check_multiple(part.text, int(times[1]), table)
    if _ADDS_UP.search(part.text):
        return _check_total(part.text, table)
    if selection.order in {Order.MOST, Order.LEAST} or _chooses(selection.where):
        return "清单的说法与目录不符"
    return (
        _check_counts(part, table, corpus)
        or check_figures(part.text, part.sources, corpus.lexicon)
        or _check_bodies(part, table, corpus)
    )


def _chooses(where: Where) -> bool:
    """By more than a sum or a word that is mentioned, which no line but that of the list tells."""
    return replace(where, is_priced=None, terms=(), is_any=False) != Where()


def _check_counts(part: DraftPart, table: Table, corpus: Corpus) -> str | None:
    """The first number is that of the members; all others are counts of the catalogue, or printed."""
    said = _NAMED.sub(" ", _DENIES.sub("", part.text))
    for amount in reversed(read_amounts(said)):
        said = f"{said[: amount.start]} {said[amount.end :]}"
    first, *others = _NUMBER.findall(said) or [""]
    if first != str(len(table.members)):
        return f"清单应为 {len(table.members)}"
    known = _counts_of(table, part, corpus).union(_NUMBER.findall(_printed_for(table, part)))
    strange = next((number for number in others if number not in known), None)
    return f"{strange} 不是目录里的数" if strange else None


def _counts_of(table: Table, part: DraftPart, corpus: Corpus) -> set[str]:
    """How much the members come to; of all members how many parts, measures and sentences a notice has."""
    sizes = {f"{m.size:f}" for m in table.members if m.size is not None}
    if part.recount is None or part.recount.selection.where != Where():
        return sizes
    notices = corpus.catalogue.notices
    counts = {len(tuple(rows)) for n in notices for rows in (n.measures(), n.provisions())}
    counts.add(len(select(Selection(Rows.MEASURES), corpus.catalogue).members))
    chapters = {sum(c.heading is not None for c in n.chapters) for n in notices}
    return sizes | {str(n) for n in (*counts, *chapters, len(corpus.catalogue.measures))}


def _printed_for(table: Table, part: DraftPart) -> str:
    """What is cited, the labels and titles of the members, and who gets what."""
    words = [s.phrase.text for s in part.sources]
    for member in table.members:
        measures = [p.measure for p in member.places if p.measure]
        words += [f"{m.number} {m.label} {m.title}" for m in measures]
        support = member.support.support if member.support else None
        words += [p.text for p in (support.who, support.act) if p] + [support.beneficiary] if support else []
    return "\n".join(words)


def _check_bodies(part: DraftPart, table: Table, corpus: Corpus) -> str | None:
    said = _NAMED.sub(" ", part.text)
    named = {name for m in corpus.departments.find(said) for name in (m.text, *(d.name for d in m.candidates))}
    printed = " ".join(s.phrase.text for s in part.sources)
    strange = named and named.isdisjoint(table.keys) and not any(name in printed for name in named)
    sizes = [f"{m.size:f}" for m in table.members if m.key in named and m.size is not None]
    wrong = any(size not in _NUMBER.findall(part.text) for size in sizes)
    return "所说的部门与清单不符" if strange or wrong else None


def _check_multiple(text: str, times: int, table: Table) -> str | None:
    """The first sum is so many times that of the one support; every other sum is that of the support."""
    printed = [m.support.support.amount for m in table.members if m.support and m.support.support.amount]
    total, *others = (a for a in read_amounts(text) if a.unit == "元")
    if len(printed) != 1 or total.value != times * printed[0].value:
        return f"相乘不是 {total.text}"
    wrong = next((a for a in others if not a.equals(printed[0])), None)
    return f"{wrong.text} 不是所乘的金额" if wrong else None


def _check_total(text: str, table: Table) -> str | None:
    """The first sum is that of all others, each of which is printed for one of the supports."""
    printed = [m.support.support.amount for m in table.members if m.support and m.support.support.amount]
    total, *others = (a for a in read_amounts(text) if a.unit == "元")
    if total.value != sum(a.value for a in printed):
        return f"合计不是 {total.text}"
    wrong = next((a for a in others if a.value != total.value and not any(a.equals(p) for p in printed)), None)
    return f"{wrong.text} 不是所加的金额" if wrong else None


def _check_list(finding: Finding, corpus: Corpus) -> str | None:
    """Each item stands for its member of the list, none is left out or added, and the count is theirs."""
    recount = finding.recount or next((p.recount for p in finding.parts if p.recount), None)
    if recount is None:
        return "清单没有可核对的目录" if finding.items or finding.count else None
    table = select(recount.selection, corpus.catalogue)
    if finding.count and not _is_right(finding.count, table):
        return "数目与目录不符"
    if not finding.items:
        return None
    if len(finding.items) != len(table.members):
        return "清单不全或有多余"
    tellers = [Teller(recount.selection, table, corpus, language) for language in ("zh", "en")]
    for item, member in zip(finding.items, table.members, strict=True):
        if any(not _is_verbatim(s, corpus) for s in item.sources):
            return f"{item.text}：引用与原文不符"
        if recount.selection.rows is not Rows.SUPPORTS and any(item == t.item(member) for t in tellers):
            # Labels and counts as the catalogue gives them; no sentence prints them so.
            continue
        if not _stands_for(item, member.key):
            return f"{item.text} 不在清单中"
        wrong = _check_member(item.text, item.sources, corpus) or (_check_row(item, corpus) if item.cells else None)
        if (wrong := wrong or _check_english_item(item)) is not None:
            return wrong
    return None


def _check_english_item(item: DraftItem) -> str | None:
    """A member of a list that is said in English rests on its item as any English line does."""
    part = DraftPart(PartKind.DIRECT, item.text, item.sources)
    is_of_item = len(part.sources) == 1 and part.sources[0].item is not None
    return check_english(part, part.text) if is_of_item and _LATIN.match(part.text) else None


def _is_right(count: Count, table: Table) -> bool:
    return count.value == len(table.members) and count.of in (None, table.whole)


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
