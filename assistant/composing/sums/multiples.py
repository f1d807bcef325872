"""Multiplies a printed sum by how many of its recipients are told: 三家部级孵化器, each at most 200万元."""

import re

from assistant.answer import PartKind
from assistant.composing.draft import ClaimKind, DraftPart, Finding, Recount, sentence_source
from assistant.composing.stating import state_briefly, state_support
from assistant.composing.wording import unique_places
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.whether import asks_for_all
from assistant.listing.calling import call_sum
from assistant.listing.selection import Rows, Selection, Where, select, support_id
from corpus.catalogue import SupportRow
from corpus.language.amounts import Bound
from corpus.language.numerals import NUMERAL, read_number
from prompts import phrase

_MANY = re.compile(
    rf"(?<![第前后近约几\d])(?P<n>{NUMERAL})(?P<of>[家个支名人户件亩项所台套场辆位栋])(?!月|工作日|部分|方面|百分)"
)
_MOST = 1000
_BEHIND = 8
_HIGHEST = {True: "multiple_of_limit", False: "multiple_of_sum"}


def find_multiple(inquiry: Inquiry, row: SupportRow) -> Finding | None:
    """None where the message does not ask what so many recipients of this support get together."""
    amount = row.support.amount
    times, unit = _told(inquiry, row)
    if not times or amount is None or amount.unit != "元" or not asks_for_all(inquiry.text):
        return None
    language = inquiry.language
    clause = state_support(row) if language == "zh" else state_briefly(row)
    text = phrase(
        _HIGHEST[amount.bound is Bound.AT_MOST],
        language,
        count=times,
        unit=unit,
        total=call_sum(times * amount.value, language),
        sum=call_sum(amount.value, language),
        clause=clause.rstrip("。."),
    )
    selection = Selection(Rows.SUPPORTS, Where(is_priced=True), among=(support_id(row),))
    recount = Recount(selection, select(selection, inquiry.corpus.catalogue).keys)
    source = sentence_source(row.place, row.item)
    part = DraftPart(PartKind.DIRECT, text, (source,), ClaimKind.COUNTED, recount=recount)
    return Finding(inquiry.clause.want, True, (part,), unique_places([row.place]))


def _told(inquiry: Inquiry, row: SupportRow) -> tuple[int, str]:
    """How many of those who get it the message tells, and how they are counted; 0 for none, several numbers, or others."""
    text = inquiry.frame.text
    told = [m for m in _MANY.finditer(text) if _are_recipients(text, m, inquiry, row)]
    found = {int(n) for m in told if (n := read_number(m["n"])) and 1 < n <= _MOST}
    return (found.pop(), told[0]["of"]) if len(found) == 1 else (0, "")


def _are_recipients(text: str, match: re.Match[str], inquiry: Inquiry, row: SupportRow) -> bool:
    """The noun behind the number is printed in the sentence; without any it is counted as the sum is given: 每家, 七家."""
    cutter = inquiry.corpus.cutter
    behind = re.split("[，。；？！,?!、]", text[match.end() : match.end() + _BEHIND])[0]
    noun = next((w for w in cutter.cut(behind) if len(w) > 1 and cutter.knows(w) and cutter.may_name(w)), "")
    if noun:
        return noun in row.item.text
    amount = row.support.amount
    return bool(amount and amount.per and match["of"] in amount.per)
