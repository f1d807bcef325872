"""Answers what differs between things named side by side: each with its words, and which sum is larger."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answer import Missing, PartKind
from assistant.composing.details import find_detail
from assistant.composing.draft import (
    ClaimKind,
    DraftPart,
    Finding,
    Source,
    chapter_source,
    heading_source,
    sentence_source,
)
from assistant.composing.english.titles import name_kind
from assistant.composing.money import find_sum
from assistant.composing.stating import cut_sum, quotes_of, state_item, state_row_of_support, who_and_act
from assistant.composing.sums.reckoned import tell_difference
from assistant.composing.sums.sides import find_sides
from assistant.composing.wording import trim, unique_places
from assistant.evidence.attributes import levels_of
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch
from assistant.evidence.whether import asks_whether
from assistant.listing.answering import answer_selection, find_shared
from assistant.listing.calling import call_chapter, call_measure
from assistant.listing.selection import Order, Rows, Selection, Table, is_priced, make_member
from assistant.listing.telling import Teller
from assistant.naming.subject import Subject, SubjectKind
from corpus.catalogue import SupportRow
from prompts import label, listed, phrase

_TWO = 2
_MOST_OF_A_SIDE = 3
_JOINTS = {"zh": "、", "en": ", "}
_BREAKS = {"zh": "；", "en": "; "}
_ENDS = {"zh": "。", "en": "; "}
_BY_TIME = frozenset("月日天季周")
_BODIES = frozenset({"department", "role", "actor"})
_NUMBERED = frozenset({SubjectKind.NUMBER, SubjectKind.MEASURE})
_THINGS = frozenset({*_NUMBERED, SubjectKind.TERM})
_OF_MONEY = frozenset({"sum", "payment", "recipient", "share"})
_LOOKED_AT = 8
_OF_LIKENESS = 2.0
_OF_SUMS = frozenset({"sum", "calculation", "payment", "said", "recipient", "meaning", "condition"})


def find_comparison(inquiry: Inquiry) -> Finding:
    """Departments by their measures, measures by their departments, things by what they get or what is said of them."""
    departments = inquiry.of_kind(SubjectKind.DEPARTMENT)
    things = [s for s in inquiry.names if s.kind in _THINGS]
    chapters = inquiry.of_kind(SubjectKind.CHAPTER)
    if len(departments) >= _TWO and not things:
        names = tuple(dict.fromkeys(d.targets[0] for d in departments))
        return answer_selection(
            inquiry, Selection(Rows.DEPARTMENTS, counted=Rows.MEASURES, order=Order.SORTED, among=names)
        )
    if len(chapters) >= _TWO:
        compared = _compare_parts(inquiry, _chapters(inquiry, chapters)) if inquiry.value == "sum" else None
        return compared or _join(inquiry, [find_detail(inquiry.about(s)) for s in chapters])
    keys = tuple(dict.fromkeys(t for s in things if s.kind in _NUMBERED for t in s.targets))
    if len(keys) >= _TWO and (inquiry.value in _BODIES or inquiry.clause.listing.role):
        return find_shared(inquiry, keys)
    if len(keys) >= _TWO and len(keys) == len(things):
        compared = _compare_parts(inquiry, _measures(inquiry, keys)) if inquiry.value == "sum" else None
        return compared or _join(inquiry, [find_detail(inquiry.about(s)) for s in things])
    if len(things) >= _TWO or len(find_sides(inquiry)) >= _TWO:
        return _compare_things(inquiry, things)
    sums = find_sum(inquiry) if inquiry.value == "sum" else None
    return sums if sums and sums.is_filled else find_detail(inquiry)


def _join(inquiry: Inquiry, findings: Sequence[Finding]) -> Finding:
    parts = tuple(p for f in findings for p in f.parts)
    carriers = unique_places(c for f in findings for c in f.carriers)
    return Finding(inquiry.clause.want, all(f.is_filled for f in findings), parts, carriers)


@dataclass(frozen=True, slots=True)
class _Part:
    """A measure or a chapter that is compared: what it is called, its heading, all that it gives."""

    name: str
    heading: Source
    given: tuple[SupportRow, ...]

    @property
    def priced(self) -> list[SupportRow]:
        return [row for row in self.given if is_priced(row.support)]

    @property
    def highest(self) -> Decimal:
        return max(map(_value, self.priced))


def _measures(inquiry: Inquiry, keys: Sequence[str]) -> list[_Part]:
    catalogue = inquiry.corpus.catalogue
    places = [catalogue.place_of_measure[key] for key in keys]
    given = catalogue.supports_of_measure
    return [_Part(call_measure(p, inquiry.language), heading_source(p), given.get(p.measure_key, ())) for p in places]


def _chapters(inquiry: Inquiry, chapters: Sequence[Subject]) -> list[_Part]:
    catalogue, found = inquiry.corpus.catalogue, []
    for key in dict.fromkeys(t for s in chapters for t in s.targets):
        place = next((p for p in catalogue.measures if p.chapter and p.chapter.id == key and p.chapter.heading), None)
        given = tuple(row for row in catalogue.supports if row.place.chapter and row.place.chapter.id == key)
        found += [_Part(call_chapter(place, inquiry.language), chapter_source(place), given)] if place else []
    return found


def _compare_parts(inquiry: Inquiry, parts: Sequence[_Part]) -> Finding | None:
    """Which of them prints the highest sum, and what else they give; None where none gives anything, or not in one
    notice."""
    language, rows = inquiry.language, [row for part in parts for row in part.given]
    if len(parts) < _TWO or len({row.place.notice.id for row in rows}) != 1:
        return None
    lacking = [part.name for part in parts if not part.priced]
    if lacking:
        text = phrase("cannot_compare_measures", language, measures=_JOINTS[language].join(lacking))
        opening = [DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT)]
    else:
        opening = _higher_part(parts, language)
    shown = _table(inquiry, rows) if len(rows) > 1 else [_state(row, _match(row), inquiry) for row in rows]
    missing = Missing("sum", "、".join(lacking), None) if lacking else None
    return Finding(inquiry.clause.want, not lacking, (*opening, *shown), unique_places(r.place for r in rows), missing)


def _higher_part(parts: Sequence[_Part], language: str) -> list[DraftPart]:
    """The one with the highest sum first, each with those it gives to; none is higher where they are paid otherwise."""
    ordered = sorted(parts, key=lambda part: part.highest, reverse=True)
    rows, sides = [row for part in ordered for row in part.priced], []
    for part in ordered:
        told = (listed("side", language, name=_name(r), sum=cut_sum(r.support)) for r in part.priced[:_MOST_OF_A_SIDE])
        sides.append(listed("side_of_measure", language, measure=part.name, sides=_BREAKS[language].join(told)))
    told_all = _ENDS[language].join(sides)
    if _are_paid_otherwise(rows):
        text = listed("paid_otherwise", language, sides=told_all)
    elif ordered[0].highest == ordered[1].highest:
        text = listed("measures_alike", language, sides=told_all)
    else:
        text = listed("higher_measure", language, first=ordered[0].name, sides=told_all)
    headings = (part.heading for part in ordered)
    return [DraftPart(PartKind.DIRECT, text, (*headings, *(sentence_source(r.place, r.item) for r in rows)))]


def _match(row: SupportRow) -> ItemMatch:
    return ItemMatch(row.place, row.item, 0.0)


def _compare_things(inquiry: Inquiry, things: Sequence[Subject]) -> Finding:
    shown = _shown(inquiry, things)
    if not shown:
        return find_detail(inquiry)
    rows = [row for row, _ in shown if row]
    priced = [r for r in rows if is_priced(r.support)]
    is_lacking = inquiry.value == "sum" and not all(_prints_sum(row, match) for row, match in shown)
    if other := _other_level(inquiry, rows):
        opening = [other]
    else:
        is_told = len(priced) == len(shown)
        opening = [_cannot_compare(inquiry)] if is_lacking else _verdict(priced, inquiry) if is_told else []
        apart = tell_difference(inquiry, priced) if is_told else None
        opening = [*([apart] if apart else []), *opening]
    # Where the first line answers, a table of the sides says the rest.
    is_tabled = bool(opening) and len(rows) == len(shown) >= _TWO
    stated = _table(inquiry, rows) if is_tabled else [_state(row, match, inquiry) for row, match in shown]
    sources = [sentence_source(match.place, match.item) for _, match in shown]
    parts = (*opening, *stated, *quotes_of(sources, stated))
    is_lacking = is_lacking or other is not None
    missing = Missing("sum", "、".join(s.text for s in things), None) if is_lacking else None
    return Finding(inquiry.clause.want, not is_lacking, parts, unique_places(m.place for _, m in shown), missing)


def _other_level(inquiry: Inquiry, rows: Sequence[SupportRow]) -> DraftPart | None:
    """国家级孵化器和省级孵化器, where only one of them is given anything."""
    printed = levels_of(" ".join(row.support.beneficiary for row in rows))
    lacking = levels_of(inquiry.clause.text) - printed
    if not printed or not lacking or inquiry.value != "sum":
        return None
    named = sorted(lacking if inquiry.language == "zh" else map(name_kind, lacking))
    ask = label("kinds", inquiry.value, inquiry.language)
    text = phrase("other_level", inquiry.language, level=_JOINTS[inquiry.language].join(named), ask=ask)
    return DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT)


def _prints_sum(row: SupportRow | None, match: ItemMatch) -> bool:
    """With who gets it, or only as a figure of the item."""
    return is_priced(row.support) if row else any(a.unit == "元" for a in match.item.amounts)


def _cannot_compare(inquiry: Inquiry) -> DraftPart:
    return DraftPart(PartKind.MISSING, phrase("cannot_compare", inquiry.language), (), ClaimKind.ABSENT)


def _shown(inquiry: Inquiry, things: Sequence[Subject]) -> list[tuple[SupportRow | None, ItemMatch]]:
    """What stands for each side, each once; by the words of the sides where the names do not tell both."""
    sides = _of_each(inquiry, things) or [_side(inquiry.about(s)) for s in things]
    by_words = [(row, _match(row)) for row in find_sides(inquiry)]
    if len(by_words) >= _TWO and not (sides and all(side and side[0] and side[0].support.amount for side in sides)):
        sides = [*by_words]
    found: dict[tuple[str, int], tuple[SupportRow | None, ItemMatch]] = {}
    for row, match in (side for side in sides if side is not None):
        start = row.support.phrase.start if row else match.item.start
        found.setdefault((match.place.notice.id, start), (row, match))
    return list(found.values())


def _of_each(inquiry: Inquiry, things: Sequence[Subject]) -> list[tuple[SupportRow | None, ItemMatch] | None]:
    """Of two things that are told apart, not asked whether they are one, what is said of each alone and most alike:
    全体会议由……组成 and 常务会议由……组成."""
    if len(things) != _TWO or inquiry.value in _OF_MONEY or asks_whether(inquiry.clause.text):
        return []
    one, other = things
    own = [_said_alone(inquiry.about(one), other.text), _said_alone(inquiry.about(other), one.text)]
    words = {id(m): frozenset(inquiry.corpus.cutter.search_words(m.item.text)) for side in own for m in side}
    pairs = [(a.score + b.score + _alike(words[id(a)], words[id(b)]), a, b) for a in own[0] for b in own[1]]
    best = max(pairs, key=lambda pair: pair[0], default=None)
    return [(None, m) for m in best[1:]] if best else []


def _said_alone(inquiry: Inquiry, other: str) -> list[ItemMatch]:
    names = [s.text for s in inquiry.names]
    found = (m for m in inquiry.items if any(n in m.item.text for n in names) and other not in m.item.text)
    return [m for m in found if not m.item.text.rstrip().endswith(("：", ":"))][:_LOOKED_AT]


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return _OF_LIKENESS * len(one & other) / max(1, len(one | other))


def _side(inquiry: Inquiry) -> tuple[SupportRow | None, ItemMatch] | None:
    """The support of one side, or the item that speaks of it."""
    if not inquiry.items:
        return None
    for row in inquiry.supports if inquiry.value in _OF_SUMS else ():
        return row, _match(row)
    return None, inquiry.items[0]


def _state(row: SupportRow | None, match: ItemMatch, inquiry: Inquiry) -> DraftPart:
    several = len(inquiry.corpus.catalogue.notices) > 1
    if row is not None:
        return state_row_of_support(row, inquiry.language, names_notice=several)
    return state_item(match, inquiry.language, inquiry.content, names_notice=several)


def _tell(inquiry: Inquiry, rows: Sequence[SupportRow]) -> Teller:
    members = tuple(make_member(row) for row in rows)
    return Teller(Selection(Rows.SUPPORTS), Table(members, len(members)), inquiry.corpus, inquiry.language)


def _table(inquiry: Inquiry, rows: Sequence[SupportRow]) -> list[DraftPart]:
    """The sums side by side."""
    teller = _tell(inquiry, rows)
    items = tuple(teller.item(m) for m in teller.table.members)
    return [DraftPart(PartKind.TABLE, "", columns=teller.columns(), rows=items)]


def _verdict(priced: Sequence[SupportRow], inquiry: Inquiry) -> list[DraftPart]:
    """Which printed sum is larger, or that they are equal; nothing where one is monthly and the other is not."""
    language = inquiry.language
    ordered = sorted(priced, key=_value, reverse=True)
    if len(ordered) < _TWO or _are_paid_otherwise(ordered):
        return []
    first, last = ordered[0], ordered[-1]
    sides = [listed("side", language, name=_name(r), sum=cut_sum(r.support)) for r in ordered]
    if _value(first) == _value(last):
        teller = _tell(inquiry, ordered)
        text = listed("same_limit", language, sum=teller.amount(teller.table.members[0]))
    elif len(ordered) == _TWO:
        told = {"first": _name(first), "first_sum": cut_sum(first.support)}
        text = listed("higher", language, **told, second=_name(last), second_sum=cut_sum(last.support))
    else:
        text = listed("from_highest", language, sides="；".join(sides))
    return [DraftPart(PartKind.DIRECT, text, tuple(sentence_source(r.place, r.item) for r in ordered))]


def _are_paid_otherwise(rows: Sequence[SupportRow]) -> bool:
    """By the month, and not by the month."""
    return len({bool(_BY_TIME & set(r.support.amount.per or "")) for r in rows if r.support.amount}) > 1


def _value(row: SupportRow) -> Decimal:
    return row.support.amount.value if row.support.amount else Decimal(0)


def _name(row: SupportRow) -> str:
    """Who gets it and for what, as printed."""
    return who_and_act(row.support) or trim(row.support.beneficiary or row.item.text)
