"""States money: who gets it, for what, how much, how it is paid and reckoned, and what several sums come to."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answer import PartKind
from assistant.composing.absent import find_absent, is_grounded, is_surely_wanted, names_another_thing
from assistant.composing.draft import ClaimKind, DraftPart, Finding, Recount, sentence_source
from assistant.composing.stating import quotes_of, state_briefly, state_row_english, state_row_of_support, state_support
from assistant.composing.sums.multiples import find_multiple
from assistant.composing.sums.reckoned import tell_difference
from assistant.composing.sums.sides import find_sides
from assistant.composing.values import find_value, other_level, state_matches
from assistant.composing.wording import unique_places
from assistant.evidence.attributes import is_kind_of_recipient, recipients_of
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch
from assistant.evidence.whether import asks_fund, asks_number, asks_share, asks_which, speaks_of_money, unit_asked
from assistant.listing.calling import call_sum
from assistant.listing.selection import Rows, Selection, Where, is_priced, select, support_id
from assistant.listing.whole import tell_given
from assistant.naming.subject import SubjectKind
from corpus.catalogue import SupportRow
from corpus.language.amounts import Period
from prompts import phrase

_MOST_ROWS = 3
_MOST_NOTICES = 6
_SURE_OF_SHARE = 0.75
_MOST_OF_A_SUM = 6
_TWO = 2
_PAID_FROM = re.compile("列支|所需(?:资金|经费|费用)")
_FUND = re.compile(
    "列支|(?:从|由|在)[^，。；]{2,24}(?:基金|资金|财政|预算|经费)[^，。；]{0,8}(?:中|承担|支付|安排|解决|支出|负担|发放|补助)|(?:财政|预算)(?:承担|负担|安排|全额)"
)
_FEW = 3
"""In so many items at the most a word tells one support from the next."""

_THINGS = (SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM, SubjectKind.CHAPTER)
_PAID = {Period.ONCE: "paid_once", Period.YEARLY: "paid_yearly"}


def find_sum(inquiry: Inquiry) -> Finding:
    """The sums of what is asked about; a support without a sum is missing, not zero."""
    if (named := rows_of_sums_named(inquiry)) and not inquiry.of_kind(*_THINGS):
        return state_rows(inquiry, named)
    if unit_asked(inquiry.clause.text):
        return find_value(inquiry, "quantity")
    asks_any = (
        bool(inquiry.names or inquiry.content)
        and not names_another_thing(inquiry)
        and not speaks_of_money(inquiry.asked)
    )
    if asks_any and (counted := find_value(inquiry, "quantity")).is_filled:
        return counted
    rows = _of_tier(inquiry, [r for r in inquiry.supports if not other_level(inquiry, _as_match(r))])
    is_narrow = inquiry.of_kind(*_THINGS) or len(inquiry.corpus.catalogue.notices) > 1
    priced = [r for r in rows if r.support.amount is not None]
    if priced and (multiple := find_multiple(inquiry, priced[0])):
        return multiple
    if priced:
        return _with_difference(inquiry, _first_of_each(priced if is_narrow else _alike(priced, inquiry)))
    if rows and not any(r.item.amounts for r in rows):
        # What comes nearest is what is given without a sum.
        given = replace(inquiry, items=(_as_match(rows[0]), *inquiry.items))
        # 奖补什么 asks for no sum, whatever it looks like.
        is_of_sum = asks_number(inquiry.clause.text) or not asks_which(inquiry.clause.text)
        return find_absent(given) if is_of_sum and is_surely_wanted(inquiry) else state_rows(inquiry, rows[:1])
    if to_kind := _given_to_kind(inquiry):
        return state_rows(inquiry, to_kind[:_MOST_ROWS])
    found = find_value(inquiry, "sum")
    # Of nothing that is named, no sum is missing: the notice prints others.
    return found if found.is_filled or inquiry.names else tell_given(inquiry) or found


def find_fund(inquiry: Inquiry) -> Finding | None:
    """Out of which fund it is paid, as the measure that fits best prints it, or the only sentence that says so at all;
    None where that is not asked, or not printed."""
    if not asks_fund(inquiry.clause.text) or not inquiry.items or not is_grounded(inquiry, inquiry.items[0]):
        return None
    key, notice = inquiry.items[0].place.measure_key, inquiry.items[0].place.notice
    own = [m for m in inquiry.items if m.place.measure_key == key and _FUND.search(m.item.text)]
    places = [p for p in inquiry.corpus.catalogue.provisions if p.notice is notice and p.provision]
    others = [
        ItemMatch(p, i, 0.0) for p in places if p.provision for i in p.provision.items if _PAID_FROM.search(i.text)
    ]
    found = own[:1] or (others if len(others) == 1 else [])
    return state_matches(inquiry, found, []) if found else None


def _with_difference(inquiry: Inquiry, rows: Sequence[SupportRow]) -> Finding:
    """2025年比2024年少多少: how far the sums of two notices lie apart stands first."""
    found, notices = state_rows(inquiry, rows), {row.place.notice.id for row in rows}
    apart = tell_difference(inquiry, rows) if len(notices) == _TWO else None
    return replace(found, parts=(apart, *found.parts)) if apart else found


def _first_of_each(rows: Sequence[SupportRow]) -> list[SupportRow]:
    """The first few of one notice; of several as many notices."""
    by_notice: dict[str, list[SupportRow]] = {}
    for row in rows:
        by_notice.setdefault(row.place.notice.id, []).append(row)
    most = _MOST_ROWS if len(by_notice) == 1 else _TWO
    return [row for own in list(by_notice.values())[:_MOST_NOTICES] for row in own[:most]]


def _given_to_kind(inquiry: Inquiry) -> list[SupportRow]:
    """大学能拿多少钱: what is given to 高校, where nothing but the kind of recipient is named."""
    names = [s.text for s in inquiry.of_kind(*_THINGS)]
    if not names or not all(map(is_kind_of_recipient, names)):
        return []
    kinds = recipients_of(" ".join(names))["kind"]
    return [r for r in _priced(inquiry) if recipients_of(r.support.who.text if r.support.who else "")["kind"] & kinds]


def _alike(rows: Sequence[SupportRow], inquiry: Inquiry) -> list[SupportRow]:
    """The best, and what prints the same words of the question."""
    telling = [w for w in inquiry.content if w in rows[0].item.text]
    return [r for r in rows if r is rows[0] or (telling and all(w in r.item.text for w in telling))]


def _of_tier(inquiry: Inquiry, rows: list[SupportRow]) -> list[SupportRow]:
    """Without the tiers that a number told lies outside of, where it lies in another."""
    found = [(row, inquiry.fits(row.item)) for row in rows]
    is_told_apart = any(fit > 0 for _, fit in found)
    return [row for row, fit in found if fit >= 0 or not is_told_apart]


def find_share(inquiry: Inquiry) -> Finding:
    """The share; where it is not sure that one is asked for (能补多少), the sum that is printed instead."""
    found = find_value(inquiry, "share")
    is_sure = inquiry.clause.margin >= _SURE_OF_SHARE and asks_share(inquiry.clause.text)
    if found.is_filled or is_sure:
        return found
    sums = find_sum(inquiry.wanting("sum"))
    return sums if sums.is_filled else found


def find_recipient(inquiry: Inquiry) -> Finding:
    """Who gets something: the supports of the sum or the thing that is named, else what is said of it."""
    if (named := rows_of_sums_named(inquiry)) and not inquiry.of_kind(*_THINGS):
        return state_rows(inquiry, named)
    rows = [r for r in inquiry.supports if not other_level(inquiry, _as_match(r))]
    if rows and inquiry.of_kind(*_THINGS):
        return state_rows(inquiry, rows[:_MOST_ROWS])
    return find_value(inquiry, "said")


def find_payment(inquiry: Inquiry) -> Finding:
    """Once or yearly, where the item prints it."""
    rows = [r for r in inquiry.supports if r.support.amount and r.support.amount.period]
    if not rows:
        return find_value(inquiry)
    row = rows[0]
    period = row.support.amount.period if row.support.amount else None
    clause = state_support(row) if inquiry.language == "zh" else state_row_english(row)
    text = phrase(_PAID[period or Period.ONCE], inquiry.language, clause=clause)
    direct = DraftPart(PartKind.DIRECT, text, (sentence_source(row.place, row.item),), is_verbatim=True)
    return Finding(
        inquiry.clause.want, True, (direct, *quotes_of(direct.sources, (direct,))), unique_places([row.place])
    )


def find_calculation(inquiry: Inquiry) -> Finding:
    """The printed yardstick of a sum (按年度研发投入额, 依据认定层级, 按绩效评价)."""
    rows = [r for r in inquiry.supports if any(q.startswith(("按", "依据", "根据")) for q in r.support.qualifiers)]
    return state_rows(inquiry, rows[:1]) if rows else find_value(inquiry)


def find_total(inquiry: Inquiry) -> Finding:
    """What the printed sums of the things named come to, called a total of upper limits; the notice states none."""
    given = [r for r in inquiry.supports if r.support.amount]
    if given and (multiple := find_multiple(inquiry, given[0])):
        return multiple
    rows = _summed(inquiry)
    if len(rows) < _TWO or any(r.support.amount is None for r in rows):
        return state_rows(inquiry, rows) if rows else find_sum(inquiry)
    total = sum((r.support.amount.value for r in rows if r.support.amount), Decimal(0))
    figure = call_sum(total, inquiry.language)
    is_chinese = inquiry.language == "zh"
    sides = "；".join(map(state_support, rows)) if is_chinese else "; ".join(map(state_briefly, rows))
    text = phrase("total_of_limits", inquiry.language, total=figure, count=len(rows), sides=sides)
    sources = tuple(sentence_source(r.place, r.item) for r in rows)
    summed = Selection(Rows.SUPPORTS, Where(is_priced=True), among=tuple(map(support_id, rows)))
    recount = Recount(summed, select(summed, inquiry.corpus.catalogue).keys)
    direct = DraftPart(PartKind.DIRECT, text, sources, ClaimKind.COUNTED, recount=recount)
    apart = [DraftPart(PartKind.NOTE, phrase("given_apart", inquiry.language), (), ClaimKind.FIXED)]
    parts = (direct, *(apart if len({r.support.beneficiary for r in rows}) > 1 else ()))
    return Finding(inquiry.clause.want, True, parts, unique_places(r.place for r in rows))


def state_rows(inquiry: Inquiry, rows: Sequence[SupportRow]) -> Finding:
    """A line for each, then the sentences."""
    several = len(inquiry.corpus.catalogue.notices) > 1
    stated = [state_row_of_support(r, inquiry.language, names_notice=several) for r in rows]
    stated = _said_once(stated)
    sources = [s for part in stated for s in part.sources]
    return Finding(
        inquiry.clause.want, True, (*stated, *quotes_of(sources, stated)), unique_places(r.place for r in rows)
    )


def _said_once(stated: Sequence[DraftPart]) -> list[DraftPart]:
    """Without a line that another says as a whole: of 50%，最高5万元 the share has a line of its own."""
    unique = list({p.text: p for p in stated}.values())
    return [p for p in unique if not any(p is not q and p.text.rstrip("。") in q.text for q in unique)]


def rows_of_sums_named(inquiry: Inquiry) -> list[SupportRow]:
    """The supports that have a sum which the clause names."""
    sums = [a for a in inquiry.amounts if a.unit == "元"]
    rows = _priced(inquiry)
    found = [r for r in rows if r.support.amount and any(r.support.amount.equals(a) for a in sums)]
    return found[:_MOST_OF_A_SUM]


def _summed(inquiry: Inquiry) -> list[SupportRow]:
    """One priced support for each thing named; all of the notice where nothing is."""
    told = tuple(s for s in inquiry.frame.names if s.kind in _THINGS)
    things = inquiry.of_kind(*_THINGS) or told
    by_words = list(find_sides(inquiry))
    if not things and len(by_words) < _TWO:
        priced = _priced(inquiry)
        telling = [w for w in inquiry.content if inquiry.index.is_rare(w, _FEW)]
        # 参加比赛能拿多少钱 is of one, however it was read.
        return [r for r in priced if any(w in r.item.text for w in telling)] or priced
    if len(by_words) > 1 and len(by_words) >= len(things):
        return by_words
    found: dict[str, SupportRow] = {}
    for thing in things:
        about = inquiry.about(thing)
        for row in (r for r in about.supports if r.support.amount and r.support.amount.unit == "元"):
            if not found.get(support_id(row)):
                found[support_id(row)] = row
                if len(things) > 1:
                    break
    return list(found.values())


def _priced(inquiry: Inquiry) -> list[SupportRow]:
    return [r for r in inquiry.corpus.catalogue.supports if is_priced(r.support)]


def _as_match(row: SupportRow) -> ItemMatch:
    return ItemMatch(row.place, row.item, 0.0)
