"""Answers whether something is so: yes only if one item says all of it, no where one says otherwise, naming it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.composing.absent import find_absent, is_grounded, is_surely_wanted
from assistant.composing.checking.bodies import check_departments
from assistant.composing.checking.claimed import claim_of
from assistant.composing.checking.fees import find_free
from assistant.composing.checking.of_another import other_city, unprinted_place
from assistant.composing.checking.verdicts import (
    CONTRADICTS,
    Compared,
    affirmed,
    beyond_limit,
    contradicted,
    left_open,
    nearest_of_another,
    nearest_of_asker,
    nearest_of_place,
    not_printed_so,
    not_that,
    other_recipient,
    reversed_by,
)
from assistant.composing.checking.wordings import prints_every_word, prints_the_subject, prints_the_verb
from assistant.composing.departments import find_departments
from assistant.composing.document import check_validity
from assistant.composing.draft import Finding
from assistant.composing.money import find_payment
from assistant.composing.values import evidence_for, find_value, near_only
from assistant.evidence.attributes import is_denied, is_requested, is_rhetorical, recipients_of
from assistant.evidence.claims import (
    claims_payment,
    compare,
    names_attitude,
    quoted_falsely,
    tells_all,
)
from assistant.evidence.difference import Aspect, Claim
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch
from assistant.evidence.leave import Turn, asks_of_two, denies_only_both, find_turn, may_turn, prints_enough
from assistant.evidence.printed import printed
from assistant.evidence.quantities.limits import find_crossing, tells_number
from assistant.evidence.scope import claims_only, only_mentions
from assistant.evidence.whether import (
    asks_papers,
    asks_whether,
    is_tagged,
    says_forbidden,
    speaks_of_money,
    without_tag,
)
from assistant.naming.subject import SubjectKind

_LOOKED_AT = 4
_FEW = "[^，。]{0,3}"
_GIVEN_TO = re.compile(r"给|\bfor\b|\bto\b", re.IGNORECASE)
_LIKELY = 0.4
_WORDS_OF_A_CLAIM = 2
_SURELY_THE_SAME = 3
_SURE_OF_MONEY, _OF_MONEY_TOO = 0.55, 0.15
_OF_MEASURE = 8
_PAIR = 2
_LEADS = re.compile("牵头(?:的|单位|部门)?[是归为]|[由归是][^，。]{2,12}牵头")
_NOUN = "[\u4e00-\u9fff]{4}"
"""Of a number, so much that it is no chance."""

_AS_NEAR = 1.0
_A_STORY = 4
"""So many words about who asks that the item does not print."""

_THINGS = (SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM)
_FIGURES = frozenset({Aspect.SUM, Aspect.SHARE, Aspect.DATE})
_OF_HOW = frozenset({Aspect.BOUND, Aspect.PAYMENT})
_OF_THE_SUPPORT = frozenset({Aspect.SUM, Aspect.BOUND, Aspect.LEVEL})
_OF_FIGURES = frozenset({"sum", "share", "quantity"})
_OF_A_SUPPORT = frozenset({"sum", "payment"})
_TOLD_BY_WORDS = frozenset({"said", "condition"})
_ANY_WORDS = frozenset({"said", "name", "recipient", "clause", "actor", "meaning", "condition"})
"""Values that an item may tell in words of its own."""

_IN_CHARGE = re.compile("负责|牵头|管(?!理办法)")
_OF_BODIES = frozenset({"department", "role"})


def find_check(inquiry: Inquiry) -> Finding:
    """The verdict with the clause that gives it; where none does, what the notice says on it."""
    claim = claim_of(inquiry)
    if (particular := _check_particular(inquiry, claim)) is not None:
        return particular
    best = _compare(inquiry, claim)
    if not best:
        return find_absent(inquiry)
    if (of_case := _check_case(inquiry, best)) is not None:
        return of_case
    if same := next((c for c in best if tells_all(claim, c.differences) or prints_every_word(inquiry, c)), None):
        is_granted = _is_granted(same.match) and not only_mentions(same.match.item.text, inquiry.claimed)
        is_granted = is_granted and prints_the_verb(inquiry, same.match) and prints_the_subject(inquiry, same.match)
        says_something = bool(claim.content or claim.departments or _claims_figure(claim))
        says_something = says_something or names_attitude(claim.text)
        is_sure = is_granted and says_something and _is_said_for_them(inquiry, same.match) and _is_asked(inquiry)
        if turn := _turn_by(inquiry, same.match):
            return reversed_by(inquiry, same.match, turn)
        is_sure = is_sure and not may_turn(without_tag(inquiry.clause.text), same.match.item.text)
        told = claim if tells_all(claim, same.differences) else replace(claim, value="said")
        return affirmed(inquiry, same.match, told) if is_sure else left_open(inquiry, same)
    first = best[0]
    if not is_grounded(inquiry, first.match):
        is_printed = inquiry.value == "date" and printed("date", first.match.place, first.match.item)
        may_be_told = inquiry.value in _ANY_WORDS or is_printed or inquiry.ranking.is_very_near
        is_absent = is_surely_wanted(inquiry) and not may_be_told
        return find_absent(inquiry) if is_absent else near_only(inquiry)
    return _differs(inquiry, claim, first) or _undecided(inquiry, claim, first)


def _check_case(inquiry: Inquiry, best: Sequence[Compared]) -> Finding | None:
    """Where a place is asked about that is not named, or a number of the case lies beyond what is printed."""
    if place := unprinted_place(inquiry, [c.match for c in best]):
        return nearest_of_place(inquiry, best[0], place)
    return _beyond_limit(inquiry, best)


def _differs(inquiry: Inquiry, claim: Claim, first: Compared) -> Finding | None:
    """No, and what is otherwise, where the item says so."""
    if first.of(Aspect.EXCEPTION):
        return reversed_by(inquiry, first.match)
    if _denies_what_differs(claim, first):
        return affirmed(inquiry, first.match, None)
    if (first.of(Aspect.RECIPIENT) and not _is_printed_beside(inquiry, first)) or (
        inquiry.value == "recipient" and first.of(Aspect.LEVEL)
    ):
        names_sum = inquiry.value != "recipient" or bool(inquiry.amounts)
        says_for_whom = names_sum and _GIVEN_TO.search(inquiry.clause.text)
        return other_recipient(inquiry, first) if says_for_whom else nearest_of_another(inquiry, first)
    if first.of(*CONTRADICTS) and _is_same_thing(first, inquiry) and not _is_printed_elsewhere(first, inquiry):
        return contradicted(inquiry, first)
    is_same = not _missing_nouns(first, inquiry) and not first.of(Aspect.DEPARTMENT)
    if first.of(Aspect.PAIR) and is_same:
        return reversed_by(inquiry, first.match)
    if is_same is False and (strange := _put_in_place(inquiry, claim, first)):
        return not_that(inquiry, first, strange)
    is_of_both = denies_only_both(inquiry.clause.text, first.match.item.text)
    if first.of(Aspect.POLARITY) and not (is_of_both or first.of(Aspect.WORDS, Aspect.DEPARTMENT, Aspect.SCOPE)):
        return reversed_by(inquiry, first.match)
    if not first.of(Aspect.LEVEL, Aspect.DEPARTMENT) and (turn := _turn_by(inquiry, first.match)):
        return reversed_by(inquiry, first.match, turn)
    return None


def _turn_by(inquiry: Inquiry, match: ItemMatch) -> Turn | None:
    """能不能拿劳务出资, where 不得以劳务出资 is printed."""
    items = inquiry.items
    leads = match is items[0] and (len(items) < _PAIR or match.score >= items[1].score + _AS_NEAR)
    if not (leads or prints_enough(inquiry.claimed, match.item.text)):
        return None
    asked = without_tag(inquiry.clause.text)
    words = (*inquiry.claimed, *inquiry.told) if asks_of_two(asked) else inquiry.claimed
    return find_turn(asked, inquiry.frame.text, words, match.item.text)


def _is_printed_beside(inquiry: Inquiry, compared: Compared) -> bool:
    """The same measure speaks of those that the clause names in another sentence."""
    if _GIVEN_TO.search(inquiry.clause.text) or compared.match.item.supports:
        return False
    said = {g for d in compared.of(Aspect.RECIPIENT) for g in d.said.split("、")}
    key = compared.match.place.measure_key
    beside = [m for m in inquiry.items[:_OF_MEASURE] if key and m.place.measure_key == key and m is not compared.match]
    return any(said & group for m in beside for group in recipients_of(m.item.text).values())


def _beyond_limit(inquiry: Inquiry, best: Sequence[Compared]) -> Finding | None:
    """What is told of the case lies outside a limit of the sentence that fits it best: six years where five are printed.

    The limit may stand in another sentence of the measure, and one of age in any that comes near.
    """
    message, items = inquiry.frame.text, inquiry.items
    # 这么薄的不许用，真有这规定？ says itself that it may not be.
    if not items or not tells_number(message) or says_forbidden(inquiry.clause.text):
        return None
    leads = inquiry.ranking.is_very_near and (len(items) < 2 or items[0].score >= items[1].score + _AS_NEAR)
    key = items[0].place.measure_key
    near = [c.match for c in best if c.match.score >= items[0].score - _AS_NEAR]
    near += [m for m in items[:_OF_MEASURE] if m not in near]
    fitting = [m for m in near if inquiry.fits(m.item) > 0]
    for match in (m for m in near if not fitting or m in fitting):
        is_of_it = leads or is_grounded(inquiry, match)
        crossing = find_crossing(message, match.item.text, inquiry.words_told) if is_of_it else None
        if crossing and (match.place.measure_key == key or crossing.is_of_age):
            return beyond_limit(inquiry, match, crossing)
    return None


def _check_particular(inquiry: Inquiry, claim: Claim) -> Finding | None:
    """What is checked by a rule of its own: quoted words, departments, whether the notice holds on a day, and how a
    sum is paid where no way is claimed."""
    is_whole = inquiry.clause.text in inquiry.frame.text
    if is_whole and (quoted := quoted_falsely(inquiry.clause.text, tuple(inquiry.corpus.texts.values()))):
        return not_printed_so(inquiry, quoted)
    if _is_about_bodies(inquiry):
        return check_departments(inquiry) if inquiry.of_kind(SubjectKind.DEPARTMENT) else find_departments(inquiry)
    if inquiry.value == "validity" and not inquiry.of_kind(*_THINGS):
        return check_validity(inquiry)
    if inquiry.value == "payment" and not claims_payment(claim):
        return find_payment(inquiry)
    return find_free(inquiry) if inquiry.value == "fee" else None


def _is_granted(match: ItemMatch) -> bool:
    """It is not only what somebody asks for."""
    return not is_requested(match.sentence)


def _is_said_for_them(inquiry: Inquiry, match: ItemMatch) -> bool:
    """Money is affirmed only where some is given, and to whom only where it is given to those that the clause names.

    What was typed in other words than the notice's is like it, and not the same.
    """
    if not all(word in inquiry.frame.text.casefold() for word in inquiry.content):
        return False
    if inquiry.value in _OF_A_SUPPORT and not match.item.supports:
        return False
    is_told = names_attitude(inquiry.clause.text) or len(_said_apart(inquiry)) >= _WORDS_OF_A_CLAIM
    if inquiry.value in _TOLD_BY_WORDS and not is_told:
        return False
    if inquiry.value != "recipient":
        return True
    if not match.item.supports:
        return len(inquiry.content) >= _WORDS_OF_A_CLAIM
    if _is_one_of_several(inquiry):
        return False
    given = " ".join(f"{s.who.text if s.who else ''} {s.beneficiary}" for s in match.item.supports)
    return any(word in given for word in (*inquiry.content, *(s.text for s in inquiry.names)))


def _is_one_of_several(inquiry: Inquiry) -> bool:
    """Those named get more than one thing, and the clause does not say which."""
    names = [s.text for s in inquiry.of_kind(SubjectKind.TERM)]
    rows = inquiry.corpus.catalogue.supports
    measures = {r.place.measure_key for r in rows if any(n in r.support.beneficiary for n in names)}
    return len(measures) > 1 and all(any(w in n for n in names) for w in inquiry.claimed)


def _said_apart(inquiry: Inquiry) -> list[str]:
    """Names and words without those that are pieces of another: 二级 and 医院 say no more than 二级医院."""
    named = (s.text.casefold() for s in inquiry.names)
    words = dict.fromkeys((*named, *inquiry.content))
    return [w for w in words if not any(w != other and w in other for other in words)]


def _undecided(inquiry: Inquiry, claim: Claim, first: Compared) -> Finding:
    """A value that is asked for and printed nowhere is absent; somebody the item does not speak of is only near it."""
    is_of_papers = inquiry.value != "materials" or asks_papers(inquiry.clause.text)
    is_sure = is_of_papers and (is_surely_wanted(inquiry) or not claim.content)
    text = inquiry.clause.text
    claims_other = _claims_figure(claim) or is_tagged(text)
    claims_other = inquiry.value in _OF_FIGURES and claims_other
    if first.of(Aspect.VALUE) and is_sure and not claims_other:
        stated = find_value(inquiry)
        if not stated.is_filled:
            return stated
        if _asks_whether_money(inquiry) and _speaks_of_another(stated, inquiry, first.match):
            return find_absent(inquiry, "sum")
    if first.of(Aspect.LEVEL):
        return nearest_of_another(inquiry, first)
    if _asks_whether_money(inquiry) and not inquiry.supports and not is_denied(first.match.item.text):
        return find_absent(inquiry, "sum")
    if inquiry.value == "recipient" and len(first.of(Aspect.WORDS)) >= _A_STORY:
        return nearest_of_asker(inquiry, first)
    return near_only(inquiry, first.match) if _is_of_story_only(inquiry, first) else left_open(inquiry, first)


def _speaks_of_another(stated: Finding, inquiry: Inquiry, match: ItemMatch) -> bool:
    """It prints none of the words of the clause that are printed by the sentence that fits best."""
    words, told = [w for w in inquiry.content if w in match.item.text], " ".join(p.text for p in stated.parts)
    return bool(words) and not any(w in told for w in words)


def _is_of_story_only(inquiry: Inquiry, first: Compared) -> bool:
    """Of 房租能不能减免 the item prints neither word, but only what was told of who asks."""
    cutter, match = inquiry.corpus.cutter, first.match
    text = match.read_text
    words = [w for w in inquiry.claimed if cutter.knows(w)]
    names = [s.text.casefold() for s in inquiry.clause.names if s.kind in _THINGS]
    says_what = len(words) >= _WORDS_OF_A_CLAIM and any(map(cutter.may_name, words))
    return says_what and not any(w in text for w in (*words, *names))


def _asks_whether_money(inquiry: Inquiry) -> bool:
    """Whether there is money for somebody is asked, too, and no sum is named."""
    clause = inquiry.clause
    if inquiry.amounts or not asks_whether(clause.text) or not speaks_of_money(inquiry.asked):
        return False
    if inquiry.value in {"recipient", "fee"}:
        return clause.of_money >= _OF_MONEY_TOO
    return inquiry.value == "sum" and clause.margin >= _SURE_OF_MONEY


def _is_about_bodies(inquiry: Inquiry) -> bool:
    """Who answers for something is asked, or a department is named beside a measure and nothing else."""
    measures = inquiry.of_kind(SubjectKind.NUMBER, SubjectKind.MEASURE)
    bodies = [s for s in inquiry.clause.names if s.kind is SubjectKind.DEPARTMENT]
    names_body = bool(bodies and measures and not inquiry.of_kind(SubjectKind.TERM))
    text = inquiry.clause.text
    if bodies and ((claims_only(text) and _IN_CHARGE.search(text)) or (_LEADS.search(text) and is_tagged(text))):
        return True
    is_sure = bool(inquiry.of_kind(SubjectKind.DEPARTMENT)) or inquiry.clause.margin >= _LIKELY
    return names_body or (inquiry.value in _OF_BODIES and is_sure)


def _claims_figure(claim: Claim) -> bool:
    return bool(claim.amounts) or any(c.isdigit() for c in claim.text)


def _compare(inquiry: Inquiry, claim: Claim) -> list[Compared]:
    """The items nearest to the clause, those that differ least first among equals."""
    near = list(evidence_for(inquiry, any_level=True))[:_LOOKED_AT] or list(inquiry.items[:1])
    found = [Compared(m, compare(claim, m.place, m.item, m.headings)) for m in near]
    # What prints the figure and all that is said of it goes before what only fits better.
    return sorted(found, key=lambda c: bool(c.of(*_FIGURES, Aspect.WORDS, Aspect.RECIPIENT)))


def _is_asked(inquiry: Inquiry) -> bool:
    """A stretch before the question, which only the reading takes for one, gets no yes."""
    text = inquiry.clause.text.rstrip()
    return inquiry.is_alone or asks_whether(text) or text.endswith(("？", "?"))


def _denies_what_differs(claim: Claim, compared: Compared) -> bool:
    """不是年年发的吧, where it is paid once."""
    differing = compared.of(*CONTRADICTS)
    said = "|".join(re.escape(d.said) for d in differing)
    is_denied_there = (
        bool(said) and re.search(f"(?:(?<!是)不是|并非|不按|不会){_FEW}(?:{said})", claim.text) is not None
    )
    return is_denied_there and not is_rhetorical(claim.text) and not compared.of(Aspect.WORDS, Aspect.RECIPIENT)


def _is_same_thing(compared: Compared, inquiry: Inquiry) -> bool:
    """The item is about what the claim is about, so that another figure in it contradicts."""
    if (compared.of(*_OF_HOW) and _prints_the_sum(compared, inquiry)) or _counts_the_same(compared, inquiry):
        return True
    if compared.of(*_OF_THE_SUPPORT):
        missing = [*_missing_nouns(compared, inquiry), *compared.of(Aspect.DEPARTMENT)]
        # What the asker spent is no claim on an item that prints no sum.
        has_rival = any(d.printed or d.aspect is Aspect.BOUND for d in compared.of(*_OF_THE_SUPPORT))
        return len(missing) <= (1 if has_rival else 0)
    return not (_missing_nouns(compared, inquiry) or compared.of(Aspect.DEPARTMENT))


def _counts_the_same(compared: Compared, inquiry: Inquiry) -> bool:
    """9条标志性产业链, where 19条标志性产业链 is printed, whatever else is said around it."""
    for number in compared.of(Aspect.NUMBER):
        behind = re.search(f"{re.escape(number.said)}(?P<noun>{_NOUN})", inquiry.clause.text)
        if behind and number.printed and f"{number.printed}{behind['noun']}" in compared.match.item.text:
            return True
    return False


def _put_in_place(inquiry: Inquiry, claim: Claim, first: Compared) -> str:
    """秘书长代行总理职务，没错吧, where the sentence says all of it of another, and the notice knows 秘书长, too: the one
    noun that stands in another's place; "" for none."""
    if is_tagged(inquiry.frame.text) and (city := other_city(inquiry, first.match)):
        return city
    nouns = _missing_nouns(first, inquiry)
    others = [a for a in first.differences if a.aspect not in {Aspect.WORDS, Aspect.DEPARTMENT}]
    printed = [w for w in claim.content if w not in nouns and w in first.match.item.text]
    if not is_tagged(inquiry.frame.text) or others or len(nouns) != 1 or len(printed) < _SURELY_THE_SAME:
        return ""
    notice = inquiry.corpus.texts.get(first.match.place.notice.id, "")
    # Who is put in somebody's place is named for it: 是秘书长代行, not 贷款个人封顶.
    is_meant = re.search(f"[是由归给]{re.escape(nouns[0])}", inquiry.clause.text)
    return nouns[0] if is_meant and nouns[0] in notice else ""


def _is_printed_elsewhere(compared: Compared, inquiry: Inquiry) -> bool:
    """A figure for which the item prints no other stands in the notice after all, and may be meant of something else:
    all but a sum for what is named there."""
    difference, item = compared.of(*CONTRADICTS)[0], compared.match.item
    text = inquiry.corpus.texts.get(compared.match.place.notice.id, "")
    is_of_named = bool(item.supports) and any(s.text in item.text for s in inquiry.of_kind(SubjectKind.TERM))
    is_sum = difference.aspect is Aspect.SUM and is_of_named
    return not difference.printed and difference.aspect in _FIGURES and difference.said in text and not is_sum


def _prints_the_sum(compared: Compared, inquiry: Inquiry) -> bool:
    """The sum that the claim names is the one printed there, for a thing that it names: it is the same one."""
    item = compared.match.item
    named = any(s.text in item.text for s in inquiry.of_kind(SubjectKind.TERM))
    return named and any(p.equals(a) for a in inquiry.amounts for p in item.amounts)


def _missing_nouns(compared: Compared, inquiry: Inquiry) -> list[str]:
    """Words of the claim that may name something and are not printed; 收进去 names nothing."""
    cutter = inquiry.corpus.cutter
    return [d.said for d in compared.of(Aspect.WORDS) if not cutter.knows(d.said) or cutter.may_name(d.said)]
