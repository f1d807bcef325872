"""Selections worked out a second time from the parsed notice, by plain loops and none of the catalogue's tables."""

import operator
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.evidence.attributes import recipients_of
from assistant.listing.selection import Selection
from corpus.language.amounts import Period
from corpus.notice import Chapter, Measure, Notice, Provision, Responsibility, Support

Size = Decimal | int | None
COMPARE = {
    "equal": operator.eq,
    "at_least": operator.ge,
    "above": operator.gt,
    "at_most": operator.le,
    "below": operator.lt,
}
ASPECTS = ({"大", "小"}, {"本地", "外来"}, {"企业", "高校", "院所", "个人", "金融机构", "社会组织", "合作社", "医院"})


@dataclass(frozen=True)
class Given:
    """A support: who answers for it, and all that it prints or stands under."""

    key: str
    support: Support
    brackets: tuple[Responsibility, ...]
    printed: str

    @property
    def sum(self) -> Decimal | None:
        amount = self.support.amount
        return amount.value if amount and amount.unit == "元" else None


@dataclass(frozen=True)
class Standing:
    """A measure with what stands in it, or what stands outside of all measures."""

    key: str
    chapter: Chapter | None
    brackets: tuple[Responsibility, ...]
    printed: str
    given: tuple[Given, ...]


def brute(selection: Selection, notice: Notice) -> tuple[list[tuple[str, Size]], int]:
    """Keys and sizes in order, and how many rows of the kind there are."""
    rows = {
        "measures": list_measures,
        "supports": list_supports,
        "departments": list_departments,
        "chapters": list_chapters,
        "sums": list_sums,
        "names": list_names,
    }[selection.rows](selection, notice)
    rows = [r for r in rows if not selection.among or r[0] in selection.among]
    return put_in_order(rows, selection), count_all(selection, notice) if selection.rows != "names" else len(rows)


def count_all(selection: Selection, notice: Notice) -> int:
    given = [g for s in read_standings(notice) for g in s.given]
    priced = [g for g in given if g.sum is not None]
    return {
        "measures": sum(len(c.measures) for c in notice.chapters),
        "supports": len(priced if selection.where.is_priced else given),
        "departments": len({d for s in read_standings(notice) for d in names_in(s.brackets)}),
        "chapters": sum(c.heading is not None for c in notice.chapters),
        "sums": len({g.sum for g in priced}),
    }[selection.rows]


def put_in_order(rows: list[tuple[str, Size]], selection: Selection) -> list[tuple[str, Size]]:
    if selection.order == "":
        return rows
    sized = [r for r in rows if r[1] is not None]
    ordered = sorted(sized, key=lambda r: r[1] or 0, reverse=selection.order != "least")
    if selection.order == "sorted":
        return ordered
    ranks = list(dict.fromkeys(size for _, size in ordered))
    return [r for r in ordered if ranks.index(r[1]) == selection.rank - 1]


def read_standings(notice: Notice) -> list[Standing]:
    """The measures, with one standing more for each sentence outside of them that gives something."""
    found: list[Standing] = []
    for provision in notice.preamble:
        found.append(outside(notice, provision))
    for chapter in notice.chapters:
        found += [outside(notice, p, chapter) for p in chapter.provisions]
        found += [read_measure(notice, chapter, m) for m in chapter.measures]
    found += [outside(notice, p) for p in notice.closing]
    found += [outside(notice, p) for annex in notice.annexes for p in annex.provisions]
    return found


def outside(notice: Notice, provision: Provision, chapter: Chapter | None = None) -> Standing:
    given = tuple(
        Given(key_of(notice, s), s, (), f"{provision.text}\n{s.beneficiary}".casefold())
        for item in provision.items
        for s in item.supports
    )
    return Standing("", chapter, (), provision.text.casefold(), given)


def read_measure(notice: Notice, chapter: Chapter, measure: Measure) -> Standing:
    given: list[Given] = []
    for provision in measure.provisions:
        around = [p for p in measure.points if p.path == provision.point or provision.point.startswith(f"{p.path}.")]
        own = [p.responsibilities for p in around if p.responsibilities]
        everyone = tuple(r for p in measure.points for r in p.responsibilities)
        brackets = own[-1] if own else measure.responsibilities or everyone
        for item in provision.items:
            for support in item.supports:
                words = (measure.title, *(p.title for p in around), provision.text, support.beneficiary)
                given.append(Given(key_of(notice, support), support, brackets, "\n".join(words).casefold()))
    brackets = (*measure.responsibilities, *(r for p in measure.points for r in p.responsibilities))
    words = (measure.title, *(p.title for p in measure.points), *(p.text for p in measure.provisions))
    return Standing(f"{notice.id}/{measure.id}", chapter, brackets, "\n".join(words).casefold(), tuple(given))


def key_of(notice: Notice, support: Support) -> str:
    return f"{notice.id}:{support.phrase.start}-{support.phrase.end}"


def names_in(brackets: Sequence[Responsibility], role: str = "") -> list[str]:
    """All departments of the brackets; those that lead, all where nobody leads, or the only one there is."""
    everyone = list(dict.fromkeys(d for b in brackets for d in b.departments))
    leading = list(dict.fromkeys(d for b in brackets if b.role == "lead" for d in b.departments))
    if role == "lead":
        return leading
    if role == "shared":
        return [] if leading else everyone
    if role == "alone":
        return everyone if len(everyone) == 1 else []
    return everyone


def is_met(selection: Selection, standing: Standing, brackets: Sequence[Responsibility], printed: str) -> bool:
    """Where it stands, who answers for it and what is printed there."""
    where = selection.where
    chapter = standing.chapter.id if standing.chapter else ""
    own = {standing.key, chapter}
    if (where.inside and not own & set(where.inside)) or own & set(where.outside):
        return False
    if where.role and not names_in(brackets, where.role):
        return False
    asked = [d in names_in(brackets, where.role) for d in where.departments]
    if asked and not (any(asked) if where.is_any else all(asked)):
        return False
    if any(d in names_in(brackets) for d in where.not_departments):
        return False
    mentions = [t.casefold() in printed for t in where.terms]
    if mentions and not (any(mentions) if where.is_any else all(mentions)):
        return False
    return not any(t.casefold() in printed for t in where.not_terms)


def is_given(selection: Selection, given: Given) -> bool:
    """What a support must be itself."""
    where, support = selection.where, given.support
    if where.is_priced is not None and (given.sum is not None) is not where.is_priced:
        return False
    if where.is_timed and not (is_paid(support, Period.ONCE) or is_paid(support, Period.YEARLY)):
        return False
    if where.paid and not is_paid(support, where.paid):
        return False
    if where.sums and not any(given.sum is not None and COMPARE[where.bound](given.sum, s) for s in where.sums):
        return False
    if where.not_recipients and is_for(support, where.not_recipients):
        return False
    return is_for(support, where.recipients)


def is_for(support: Support, wanted: Sequence[str]) -> bool:
    """In size, origin and kind, as far as each is wanted."""
    own = set().union(*recipients_of(f"{support.who.text if support.who else ''} {support.beneficiary}").values())
    asked = [aspect & set(wanted) for aspect in ASPECTS]
    return all(own & groups for groups in asked if groups)


def is_paid(support: Support, period: Period) -> bool:
    if support.amount and support.amount.period:
        return support.amount.period == period
    words = support.paid.text if support.paid else ""
    return "一次性" in words if period == "once" else bool(re.search("每年|按年|逐年|年度", words))


def measures_met(selection: Selection, notice: Notice) -> Iterator[Standing]:
    where = selection.where
    for standing in read_standings(notice):
        if not standing.key or not is_met(selection, standing, standing.brackets, standing.printed):
            continue
        has_sum = any(g.sum is not None for g in standing.given)
        asks_more = bool(where.paid or where.is_timed or where.sums or where.recipients or where.not_recipients)
        if where.is_priced is False and has_sum:
            continue
        if (asks_more or where.is_priced) and not any(is_given(selection, g) for g in standing.given):
            continue
        yield standing


def list_measures(selection: Selection, notice: Notice) -> list[tuple[str, Size]]:
    rows: list[tuple[str, Size]] = []
    for standing in measures_met(selection, notice):
        given = [g for g in standing.given if is_given(selection, g)]
        size: Size = None
        if selection.counted == "departments":
            size = len(names_in(standing.brackets, selection.where.role)) or None
        elif selection.counted == "supports":
            size = len(given) or None
        elif selection.counted == "sums":
            size = max((g.sum for g in given if g.sum is not None), default=None)
        rows.append((standing.key, size))
    return rows


def supports_met(selection: Selection, notice: Notice) -> Iterator[Given]:
    for standing in read_standings(notice):
        for given in standing.given:
            if is_met(selection, standing, given.brackets, given.printed) and is_given(selection, given):
                yield given


def list_supports(selection: Selection, notice: Notice) -> list[tuple[str, Size]]:
    return [(g.key, g.sum) for g in supports_met(selection, notice)]


def list_sums(selection: Selection, notice: Notice) -> list[tuple[str, Size]]:
    sums = [g.sum for g in supports_met(selection, notice) if g.sum is not None]
    return [(f"{s:f}", sums.count(s)) for s in dict.fromkeys(sums)]


def list_departments(selection: Selection, notice: Notice) -> list[tuple[str, Size]]:
    """A department that is left out is no row; its measures are reckoned all the same."""
    where, role, left_out = selection.where, selection.where.role, selection.where.not_departments
    selection = replace(selection, where=replace(where, not_departments=()))
    found = list(measures_met(selection, notice))
    keys = [s.key for s in read_standings(notice) if s.key]
    is_of_each = len(where.inside) > 1 and not where.is_any and set(where.inside) <= set(keys)
    rows: list[tuple[str, Size]] = []
    for name in dict.fromkeys(d for s in found for d in names_in(s.brackets, role)):
        own = [s for s in found if name in names_in(s.brackets, role)]
        if name in left_out or (is_of_each and {s.key for s in own} != set(where.inside)):
            continue
        given = [g for s in own for g in s.given if is_given(selection, g) and name in names_in(g.brackets, role)]
        rows.append((name, len(given) if selection.counted in ("supports", "sums") else len(own)))
    return rows


def list_chapters(selection: Selection, notice: Notice) -> list[tuple[str, Size]]:
    found = list(measures_met(selection, notice))
    rows: list[tuple[str, Size]] = []
    for chapter in notice.chapters:
        own = [s for s in found if s.chapter is not None and s.chapter.id == chapter.id]
        asks_nothing = selection.where == type(selection.where)()
        if chapter.heading is None or not (own or asks_nothing):
            continue
        size = len(own)
        if selection.counted == "departments":
            size = len({d for s in own for d in names_in(s.brackets, selection.where.role)})
        elif selection.counted in ("supports", "sums"):
            size = sum(is_given(selection, g) for s in own for g in s.given)
        rows.append((chapter.id, size))
    return rows


def list_names(selection: Selection, notice: Notice) -> list[tuple[str, Size]]:
    """“创新券”, or “A”、“B”等品牌 before the noun; none of a noun that stands mostly without marks."""
    rows: list[tuple[str, Size]] = []
    texts = [p.text for c in notice.chapters for m in c.measures for p in m.provisions]
    for noun in selection.where.terms:
        found: list[str] = []
        for text in texts:
            quoted = re.findall("“([^“”]*)”", text)
            ending = [q for q in dict.fromkeys(quoted) for _ in range(quoted.count(q)) if q.endswith(noun)]
            before = re.findall(f"((?:“[^“”]*”[、和等]*)+)(?={re.escape(noun)})", text)
            run = {q for names in before for q in re.findall("“([^“”]*)”", names)}
            found += [*ending, *(q for q in dict.fromkeys(quoted) if not q.endswith(noun) and q in run)]
        if len(found) * 2 >= sum(text.count(noun) for text in texts):
            rows += [(name, None) for name in dict.fromkeys(found)]
    return rows
