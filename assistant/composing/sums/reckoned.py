"""Reckons one number from those that a sentence prints, or from one that is told: a difference, a share, a year of months."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.answer import PartKind
from assistant.composing.absent import is_grounded
from assistant.composing.draft import ClaimKind, DraftPart, Finding, sentence_source
from assistant.composing.stating import join_lines, state_item
from assistant.composing.wording import trim, unique_places
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch, referred_to
from assistant.evidence.quantities.counted import counted_in
from assistant.evidence.quantities.limits import counted_people, find_crossing, share_due
from assistant.evidence.whether import asks_for_all, asks_number, unit_asked
from assistant.listing.calling import call_sum
from corpus.catalogue import SupportRow
from corpus.language.amounts import Amount, Bound, read_amounts
from corpus.language.numerals import NUMERAL, read_number
from prompts import phrase

_APART = re.compile(
    "(?:多|高|少|低|增加|减少|增长|超)(?:了|出来?|过)?[^，。？0-9]{0,3}?(?:多少|几(?!乎))|差(?:了|着|出)?[^，。？0-9]{0,3}?(?:多少|几(?!乎))|相差|差额"
)
_A_YEAR = re.compile("(?:一|整|全|每|1)年(?!以|内|级|度)")
_MONTHS = re.compile(rf"(?P<n>{NUMERAL})个月")
_MONTHLY = re.compile(rf"每个?月[^，。；\d]{{0,8}}?(?P<one>(?P<n>{NUMERAL})(?P<unit>次|元|万元|天|小时))")
_OTHER_COUNTS = re.compile(rf"(?:{NUMERAL}|俩|仨|几)(?:个(?!月)|名|人|家|口|套|孩|娃)|俩|仨|双胞胎")
_IN_BRACKETS = re.compile("（[^（）]*）")
_BASE = re.compile("[，；：、]")
_PEOPLE = frozenset("人名个")
_TOGETHER = re.compile("合计|[合加]起来|[合加]在一起|加上|放一[块起]|拢共")
_COUNT = re.compile(rf"(?P<count>(?P<n>{NUMERAL})(?P<unit>[个项家所座处名条]))(?P<thing>[\u4e00-\u9fff]{{2,12}})")
_LEAST_SHARED = 3
_EACH = re.compile("每(?:一?[个名位]|一)?(?P<of>子女|孩子|[人户家亩])(?:每[月年])?(?=[^，。；]{0,12}元)")
_CALLED = {"子女": "孩子?|娃|小孩|子女|儿子|女儿|闺女", "孩子": "孩子?|娃|小孩", "人": "人", "户": "户", "家": "家"}
_PLAIN = {"俩": "两", "仨": "三"}
_LOOKED_AT = 2
_AS_NEAR = 1.0


def find_reckoned(inquiry: Inquiry) -> Finding | None:
    """None where no number is asked that one sentence allows to be reckoned surely."""
    if not asks_number(inquiry.clause.text) and not _APART.search(inquiry.clause.text):
        return None
    for match in _nearest(inquiry):
        for find in (_difference, _share_of_told, _share_of_people, _each, _months, _added):
            if found := find(inquiry, match):
                return found
    return None


def _nearest(inquiry: Inquiry) -> Iterator[ItemMatch]:
    items = inquiry.items[:_LOOKED_AT]
    return (m for m in items if m.score >= items[0].score - _AS_NEAR and is_grounded(inquiry, m))


def _difference(inquiry: Inquiry, match: ItemMatch) -> Finding | None:
    """48次 and 19次 are 29次 apart: the only two of their unit in the sentence."""
    if not _APART.search(inquiry.text):
        return None
    asked = unit_asked(inquiry.clause.text)
    found = [m for m in counted_in(match.item.text) if not asked or m["unit"].removeprefix("个") == asked]
    by_unit: dict[str, list[tuple[str, Decimal]]] = {}
    for one in found:
        if (value := read_number(one["n"])) is not None and not one["after"]:
            by_unit.setdefault(one["unit"], []).append((f"{one['n']}{one['unit']}", value))
    pairs = [(unit, two) for unit, two in by_unit.items() if len(two) == 2 and two[0][1] != two[1][1]]
    if len(pairs) != 1:
        return None
    unit, two = pairs[0]
    more, less = sorted(two, key=lambda n: -n[1])
    result = f"{more[1] - less[1]:f}{unit}"
    return _told(inquiry, match, "reckoned_difference", (result, more[0], less[0]))


def tell_difference(inquiry: Inquiry, rows: Sequence[SupportRow]) -> DraftPart | None:
    """How far the sums of two supports lie apart, where that is asked; None where they are equal or of another kind."""
    amounts = [row.support.amount for row in rows if row.support.amount]
    is_plain = len(amounts) == len(rows) == 2 and all(a.unit == "元" and not a.per for a in amounts)
    if not is_plain or not _APART.search(inquiry.frame.text) or amounts[0].value == amounts[1].value:
        return None
    language = inquiry.language
    more, less = sorted((a.value for a in amounts), reverse=True)
    clauses = dict.fromkeys(join_lines(trim(row.item.text)) for row in rows)
    text = phrase(
        "reckoned_difference",
        language,
        result=call_sum(more - less, language),
        one=call_sum(more, language),
        other=call_sum(less, language),
        clause="；".join(clauses),
    )
    sources = tuple(sentence_source(row.place, row.item) for row in rows)
    return DraftPart(PartKind.DIRECT, text, sources, ClaimKind.RECKONED)


def _share_of_told(inquiry: Inquiry, match: ItemMatch) -> Finding | None:
    """Half of the 12万元 that somebody paid, where the sentence gives half of what they paid."""
    item = _IN_BRACKETS.sub(" ", match.item.text)
    shares = [a for a in read_amounts(item) if a.unit == "%"]
    told = [a for a in inquiry.frame.amounts if a.unit == "元"]
    if len(told) == 1 and any(a.equals(told[0]) for a in match.item.amounts):
        # 最高三百万的贷款 is the sum that is printed, and not what somebody has.
        return None
    if len(shares) != 1 or len(told) != 1 or not _is_of_told(item[: shares[0].start], told[0], inquiry):
        return None
    result = call_sum(told[0].value * shares[0].value / 100, inquiry.language)
    return _told(inquiry, match, "reckoned_share", (result, told[0].text, shares[0].text))


def _share_of_people(inquiry: Inquiry, match: ItemMatch) -> Finding | None:
    """How many people 15% of the 200 are that are told."""
    people = counted_people(inquiry.frame.text)
    share = share_due(match.item.text, people[0].value) if len(people) == 1 else ""
    if not share or not (unit_asked(inquiry.clause.text) in _PEOPLE or "人" in inquiry.clause.text):
        return None
    due = people[0].value * Decimal(share.rstrip("%％")) / 100
    if due != due.to_integral_value():
        return None
    return _told(inquiry, match, "reckoned_share", (f"{due:f}人".replace(".0", ""), people[0].text, share))


def _each(inquiry: Inquiry, match: ItemMatch) -> Finding | None:
    """Two children at 每个子女每月1000元: the only count that is told of whatever each sum is for, and no limit crossed."""
    message, text = inquiry.frame.text, inquiry.corpus.texts.get(match.place.notice.id, "")
    if not asks_for_all(inquiry.clause.text) or _A_YEAR.search(inquiry.clause.text):
        return None
    for meant in (match, *referred_to(match, text)):
        amounts = [a for a in meant.item.amounts if a.unit == "元"]
        per = _EACH.search(meant.item.text)
        called = _CALLED.get(per["of"], per["of"]) if per else ""
        told = re.findall(rf"({NUMERAL}|俩|仨)[个名口位]?(?:{called})", message) if called else []
        count = read_number(_PLAIN.get(told[0], told[0])) if len(set(told)) == 1 else None
        crosses = any(find_crossing(message, m.item.text, inquiry.words_told) for m in (match, meant))
        # What is given up to a limit is multiplied as such, elsewhere.
        is_exact = len(amounts) == 1 and amounts[0].bound is Bound.EXACT and (per is None or len(per["of"]) > 1)
        if per and count and count > 1 and is_exact and not crosses:
            result = call_sum(amounts[0].value * count, inquiry.language)
            return _told(inquiry, meant, "reckoned_each", (result, amounts[0].text, f"{count:f}"))
    return None


def _is_of_told(before: str, told: Amount, inquiry: Inquiry) -> bool:
    """What the share is of is what the sum is told for: a word of both, right before either."""
    cutter, text = inquiry.corpus.cutter, inquiry.frame.text
    base, said = _BASE.split(before)[-1], re.split("[，。；！？]", text[: told.start])[-1]
    words = [w for w in cutter.cut(base) if len(w) > 1 and cutter.knows(w) and cutter.may_name(w)]
    return any(w in said for w in words)


def _months(inquiry: Inquiry, match: ItemMatch) -> Finding | None:
    """每月召开三次 is 36次 a year; not where more than one person or thing is told."""
    monthly = list(_MONTHLY.finditer(_IN_BRACKETS.sub(" ", match.item.text)))
    text = inquiry.clause.text
    told = _MONTHS.search(text)
    months = read_number(told["n"]) if told else Decimal(12) if _A_YEAR.search(text) else None
    if len(monthly) != 1 or not months or months == 1 or _OTHER_COUNTS.search(inquiry.frame.text):
        return None
    one = monthly[0]
    amounts = read_amounts(one["one"])
    value = amounts[0].value if amounts else read_number(one["n"])
    if value is None:
        return None
    result = call_sum(value * months, inquiry.language) if amounts else f"{value * months:f}{one['unit']}"
    return _told(inquiry, match, "reckoned_months", (result, one["one"], f"{months:f}"))


def _added(inquiry: Inquiry, match: ItemMatch) -> Finding | None:
    """191个水环境保护项目 and 228个 more: what one measure counts of one thing in two sentences, and no third."""
    if not _TOGETHER.search(inquiry.clause.text):
        return None
    own = [c for m in inquiry.items if m.place.measure_key == match.place.measure_key for c in _counts_in(m)]
    first = next((c for m, c in own if m is match), None)
    if first is None:
        return None
    alike = [
        (m, c)
        for m, c in own
        if c["unit"] == first["unit"] and c["thing"][:_LEAST_SHARED] == first["thing"][:_LEAST_SHARED]
    ]
    values = [read_number(c["n"]) for _, c in alike]
    if len(alike) != 2 or None in values or alike[0][0] is alike[1][0]:
        return None
    (one, count), (other, more) = sorted(alike, key=lambda found: found[0].item.start)
    result = f"{sum(v for v in values if v is not None):f}{first['unit']}"
    clauses = "；".join(join_lines(trim(m.item.text)) for m in (one, other))
    text = phrase(
        "reckoned_sum", inquiry.language, result=result, one=count["count"], other=more["count"], clause=clauses
    )
    sources = tuple(sentence_source(m.place, m.item) for m in (one, other))
    part = DraftPart(PartKind.DIRECT, text, sources, ClaimKind.RECKONED, (inquiry.frame.text,))
    return Finding(inquiry.clause.want, True, (part,), unique_places([one.place, other.place]))


def _counts_in(match: ItemMatch) -> list[tuple[ItemMatch, re.Match[str]]]:
    return [(match, found) for found in _COUNT.finditer(match.item.text)]


def _told(inquiry: Inquiry, match: ItemMatch, key: str, numbers: tuple[str, str, str]) -> Finding:
    """`numbers` are the result and the two that it is reckoned from."""
    stated = state_item(match, inquiry.language, inquiry.content)
    result, one, other = numbers
    clause = stated.text.rstrip("。.")
    text = phrase(key, inquiry.language, result=result, one=one, other=other, clause=clause)
    part = DraftPart(PartKind.DIRECT, text, stated.sources, ClaimKind.RECKONED, (inquiry.frame.text,))
    return Finding(inquiry.clause.want, True, (part,), unique_places([match.place]))
