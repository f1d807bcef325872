"""Answers whether something is so: yes only if one item says all of it, no where one says otherwise, naming it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Missing, PartKind, Status
from assistant.composing.absent import find_absent, is_grounded, is_surely_wanted
from assistant.composing.departments import find_departments, state_departments
from assistant.composing.document import check_validity
from assistant.composing.draft import ClaimKind, DraftPart, Finding, responsibility_sources
from assistant.composing.english.titles import name_kind
from assistant.composing.money import find_payment
from assistant.composing.out_of_range import unprinted_place
from assistant.composing.stating import quotes_of, state_item
from assistant.composing.values import evidence_for, find_value, near_only
from assistant.composing.wording import unique_places
from assistant.evidence.attributes import is_denied, is_requested, is_rhetorical
from assistant.evidence.claims import (
    Aspect,
    Claim,
    Difference,
    claims_only,
    claims_payment,
    compare,
    names_attitude,
    quoted_falsely,
    tells_all,
)
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch
from assistant.evidence.limits import find_crossing
from assistant.evidence.printed import printed
from assistant.evidence.whether import asks_whether, without_tag
from assistant.naming.subject import SubjectKind
from corpus.catalogue import Place
from corpus.notice import Role
from prompts import label, label_keys, phrase

_LOOKED_AT = 4
_FEW = "[^，。]{0,3}"
_CONTRADICTS = frozenset(
    {Aspect.SUM, Aspect.SHARE, Aspect.NUMBER, Aspect.DATE, Aspect.PAYMENT, Aspect.BOUND, Aspect.LEVEL, Aspect.DUTY}
)
_GIVEN_TO = re.compile(r"给|\bfor\b|\bto\b", re.IGNORECASE)
_WORDS_OF_A_CLAIM = 2
_SURE_OF_MONEY, _OF_MONEY_TOO = 0.55, 0.15
_AS_NEAR = 1.0
_A_STORY = 4
"""So many words about who asks that the item does not print."""

_THINGS = (SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.TERM)
_FIGURES = frozenset({Aspect.SUM, Aspect.SHARE, Aspect.DATE})
_OF_THE_SUPPORT = frozenset({Aspect.SUM, Aspect.BOUND, Aspect.LEVEL})
_OF_FIGURES = frozenset({"sum", "share", "quantity"})
_OF_A_SUPPORT = frozenset({"sum", "payment"})
_TOLD_BY_WORDS = frozenset({"said", "condition"})
_ANY_WORDS = frozenset({"said", "name", "recipient", "clause", "actor", "meaning", "condition"})
"""Values that an item may tell in words of its own."""

_OF_BODIES = frozenset({"department", "role"})


@dataclass(frozen=True, slots=True)
class Compared:
    """An item with everything in which it differs from what is claimed."""

    match: ItemMatch
    differences: tuple[Difference, ...]

    def of(self, *aspects: Aspect) -> tuple[Difference, ...]:
        return tuple(d for d in self.differences if d.aspect in aspects)


def find_check(inquiry: Inquiry) -> Finding:
    """The verdict with the clause that gives it; where none does, what the notice says on it."""
    claim = claim_of(inquiry)
    if (particular := _check_particular(inquiry, claim)) is not None:
        return particular
    best = _compare(inquiry, claim)
    if not best:
        return find_absent(inquiry)
    if place := unprinted_place(inquiry, [c.match for c in best]):
        return _nearest_of_place(inquiry, best[0], place)
    if same := next((c for c in best if tells_all(claim, c.differences)), None):
        is_sure = _is_granted(same.match) and _is_said_for_them(inquiry, same.match) and _is_asked(inquiry)
        return _affirmed(inquiry, same.match, claim) if is_sure else _open(inquiry, same)
    if (crossed := _beyond_limit(inquiry, best)) is not None:
        return crossed
    first = best[0]
    if not is_grounded(inquiry, first.match):
        is_printed = inquiry.value == "date" and printed("date", first.match.place, first.match.item)
        may_be_told = inquiry.value in _ANY_WORDS or is_printed or inquiry.ranking.is_very_near
        is_absent = is_surely_wanted(inquiry) and not may_be_told
        return find_absent(inquiry) if is_absent else near_only(inquiry)
    if _denies_what_differs(claim, first):
        return _affirmed(inquiry, first.match, None)
    if first.of(Aspect.RECIPIENT) or (inquiry.value == "recipient" and first.of(Aspect.LEVEL)):
        names_sum = inquiry.value != "recipient" or bool(inquiry.amounts)
        says_for_whom = names_sum and _GIVEN_TO.search(inquiry.clause.text)
        return _other_recipient(inquiry, first) if says_for_whom else _nearest_of_another(inquiry, first)
    if first.of(*_CONTRADICTS) and _is_same_thing(first):
        return _contradicted(inquiry, first)
    if first.of(Aspect.POLARITY) and not first.of(Aspect.WORDS, Aspect.DEPARTMENT, Aspect.SCOPE):
        return _reversed(inquiry, first.match)
    return _undecided(inquiry, claim, first)


def _beyond_limit(inquiry: Inquiry, best: Sequence[Compared]) -> Finding | None:
    """What is told of the case lies outside a limit of the sentence that fits it best: six years where five are printed."""
    message, cutter, items = inquiry.frame.text, inquiry.corpus.cutter, inquiry.items
    words = [w for w in cutter.cut(message) if len(w) > 1 and cutter.knows(w) and not cutter.is_functional(w)]
    leads = inquiry.ranking.is_very_near and (len(items) < 2 or items[0].score >= items[1].score + _AS_NEAR)
    for match in (c.match for c in best if items and c.match.score >= items[0].score - _AS_NEAR):
        is_of_it = leads or is_grounded(inquiry, match)
        crossing = find_crossing(message, match.item.text, words) if is_of_it else None
        if crossing is None:
            continue
        stated = state_item(match, inquiry.language, inquiry.content)
        text = phrase(
            "beyond_limit", inquiry.language, told=crossing.told, limit=crossing.limit, clause=stated.text
        )
        denied = (inquiry.frame.text,)
        part = DraftPart(PartKind.CORRECTION, text, stated.sources, ClaimKind.DENIED, denied, is_verbatim=True)
        return _finding(inquiry, [match], (part,))
    return None


def _check_particular(inquiry: Inquiry, claim: Claim) -> Finding | None:
    """What is checked by a rule of its own: quoted words, departments, whether the notice holds on a day, and how a
    sum is paid where no way is claimed."""
    is_whole = inquiry.clause.text in inquiry.frame.text
    if is_whole and (quoted := quoted_falsely(inquiry.clause.text, tuple(inquiry.corpus.texts.values()))):
        return _not_printed_so(inquiry, quoted)
    if _is_about_bodies(inquiry):
        return check_departments(inquiry) if inquiry.of_kind(SubjectKind.DEPARTMENT) else find_departments(inquiry)
    if inquiry.value == "validity" and not inquiry.of_kind(*_THINGS):
        return check_validity(inquiry)
    if inquiry.value == "payment" and not claims_payment(claim):
        return find_payment(inquiry)
    return None


def _is_granted(match: ItemMatch) -> bool:
    """It is not only what somebody asks for."""
    return not is_requested(match.place.provision.text if match.place.provision else "")


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
    is_sure = is_surely_wanted(inquiry) or not claim.content
    if first.of(Aspect.VALUE) and is_sure and not (inquiry.value in _OF_FIGURES and _claims_figure(claim)):
        stated = find_value(inquiry)
        if not stated.is_filled:
            return stated
    if first.of(Aspect.LEVEL):
        return _nearest_of_another(inquiry, first)
    if _asks_whether_money(inquiry) and not inquiry.supports and not is_denied(first.match.item.text):
        return find_absent(inquiry, "sum")
    if inquiry.value == "recipient" and len(first.of(Aspect.WORDS)) >= _A_STORY:
        return _nearest_of_asker(inquiry, first)
    return _open(inquiry, first)


def _asks_whether_money(inquiry: Inquiry) -> bool:
    """Whether there is money for somebody is asked, too, and no sum is named."""
    clause = inquiry.clause
    if inquiry.amounts or not asks_whether(clause.text):
        return False
    if inquiry.value in {"recipient", "fee"}:
        return clause.of_money >= _OF_MONEY_TOO
    return inquiry.value == "sum" and clause.margin >= _SURE_OF_MONEY


def _is_about_bodies(inquiry: Inquiry) -> bool:
    """Who answers for something is asked, or a department is named beside a measure and nothing else."""
    measures = inquiry.of_kind(SubjectKind.NUMBER, SubjectKind.MEASURE)
    bodies = [s for s in inquiry.clause.names if s.kind is SubjectKind.DEPARTMENT]
    names_body = bool(bodies and measures and not inquiry.of_kind(SubjectKind.TERM))
    return names_body or inquiry.value in _OF_BODIES


def claim_of(inquiry: Inquiry) -> Claim:
    """What the clause says is so, with all that was said of who and what before it."""
    bodies = tuple((*s.targets, s.text) for s in inquiry.of_kind(SubjectKind.DEPARTMENT))
    named = tuple(s.text for s in inquiry.names if s.kind is SubjectKind.TERM)
    content = dict.fromkeys((*named, *inquiry.claimed, *inquiry.told))
    text = _as_local(without_tag(_without_labels(inquiry)), inquiry)
    before = inquiry.frame.text[: inquiry.clause.end] if inquiry.told else text
    return Claim(text, inquiry.value, inquiry.amounts, tuple(content), bodies, before)


def _as_local(text: str, inquiry: Inquiry) -> str:
    """山东的企业 are local ones."""
    for place in inquiry.home:
        text = re.sub(
            rf"(?<![来到去在往回]){re.escape(place)}(?=的?[^，。；]{{0,4}}?(?:企业|公司|厂|机构|单位))", "本地", text
        )
    return text


def _without_labels(inquiry: Inquiry) -> str:
    """第9条 names a measure and claims no number."""
    clause = inquiry.clause
    text = clause.text
    for named in inquiry.of_kind(SubjectKind.NUMBER, SubjectKind.DOCUMENT):
        text = text.replace(named.text, " " * len(named.text), 1) if named in clause.names else text
    return text


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
    differing = compared.of(*_CONTRADICTS)
    said = "|".join(re.escape(d.said) for d in differing)
    is_denied_there = (
        bool(said) and re.search(f"(?:(?<!是)不是|并非|不按|不会){_FEW}(?:{said})", claim.text) is not None
    )
    return is_denied_there and not is_rhetorical(claim.text) and not compared.of(Aspect.WORDS, Aspect.RECIPIENT)


def _is_same_thing(compared: Compared) -> bool:
    """The item is about what the claim is about, so that another figure in it contradicts."""
    missing = compared.of(Aspect.WORDS, Aspect.DEPARTMENT)
    # What the asker spent is no claim on an item that prints no sum.
    has_rival = any(d.printed or d.aspect is Aspect.BOUND for d in compared.of(*_OF_THE_SUPPORT))
    return len(missing) <= (1 if has_rival else 0)


def _affirmed(inquiry: Inquiry, match: ItemMatch, claim: Claim | None) -> Finding:
    part = _verdict(inquiry, match, "yes", PartKind.DIRECT)
    return _finding(inquiry, [match], (replace(part, claim=ClaimKind.AFFIRMED, affirmed=claim),))


def _reversed(inquiry: Inquiry, match: ItemMatch) -> Finding:
    """Asked 是不是要办, printed 可不办理: no."""
    return _finding(inquiry, [match], (_verdict(inquiry, match, "no", PartKind.CORRECTION),))


def _verdict(inquiry: Inquiry, match: ItemMatch, key: str, kind: PartKind) -> DraftPart:
    stated = state_item(match, inquiry.language, inquiry.content)
    text = phrase(key, inquiry.language, clause=stated.text)
    return DraftPart(kind, text, stated.sources, is_verbatim=True)


def _contradicted(inquiry: Inquiry, compared: Compared) -> Finding:
    """Names what is otherwise, then says how it is printed."""
    difference = compared.of(*_CONTRADICTS)[0]
    stated = state_item(compared.match, inquiry.language, inquiry.content)
    key = "not_that" if difference.printed or difference.aspect is Aspect.BOUND else "figure_not_printed"
    text = phrase(key, inquiry.language, said=_name(difference.said, inquiry), clause=stated.text)
    part = DraftPart(
        PartKind.CORRECTION, text, stated.sources, ClaimKind.DENIED, (inquiry.clause.text,), is_verbatim=True
    )
    return _finding(inquiry, [compared.match], (part,))


def _nearest_of_another(inquiry: Inquiry, compared: Compared) -> Finding:
    """Who is asked about is not printed there: the item is only the nearest, and what differs is named."""
    difference = compared.of(Aspect.RECIPIENT, Aspect.LEVEL)[0]
    stated = state_item(compared.match, inquiry.language, inquiry.content)
    text = phrase("other_recipient", inquiry.language, said=_name(difference.said, inquiry), clause=stated.text)
    part = DraftPart(PartKind.DIRECT, text, stated.sources, ClaimKind.DENIED, (inquiry.clause.text,), is_verbatim=True)
    missing = Missing("recipient", difference.said, None)
    finding = _finding(inquiry, [compared.match], (part,))
    return replace(finding, is_filled=False, status=Status.RELATED, missing=missing)


def _nearest_of_place(inquiry: Inquiry, compared: Compared, place: str) -> Finding:
    """Whether 绍兴 is one of them is not printed: what is said of them, and that it is not named there."""
    stated = state_item(compared.match, inquiry.language, inquiry.content)
    text = phrase("place_not_named", inquiry.language, place=place, clause=stated.text)
    part = DraftPart(PartKind.DIRECT, text, stated.sources, ClaimKind.DENIED, (inquiry.clause.text,), is_verbatim=True)
    finding = _finding(inquiry, [compared.match], (part,))
    return replace(finding, is_filled=False, status=Status.RELATED, missing=Missing("said", place, None))


def _nearest_of_asker(inquiry: Inquiry, compared: Compared) -> Finding:
    """What the asker tells of themselves is not printed: nobody can say yes or no for them."""
    stated = state_item(compared.match, inquiry.language, inquiry.content)
    text = phrase("asker_not_named", inquiry.language, clause=stated.text)
    part = DraftPart(PartKind.DIRECT, text, stated.sources, ClaimKind.DENIED, (inquiry.clause.text,), is_verbatim=True)
    finding = _finding(inquiry, [compared.match], (part,))
    return replace(finding, is_filled=False, status=Status.RELATED, missing=Missing("recipient", "", None))


def _other_recipient(inquiry: Inquiry, compared: Compared) -> Finding:
    """A sum that is said to be for others than those it is printed for."""
    difference = compared.of(Aspect.RECIPIENT)[0]
    stated = state_item(compared.match, inquiry.language, inquiry.content)
    text = phrase("not_for", inquiry.language, said=_name(difference.said, inquiry), clause=stated.text)
    part = DraftPart(
        PartKind.CORRECTION, text, stated.sources, ClaimKind.DENIED, (inquiry.clause.text,), is_verbatim=True
    )
    return _finding(inquiry, [compared.match], (part,))


def _name(said: str, inquiry: Inquiry) -> str:
    """大 and 外来 are groups, 省级 is a level; they are called as people call them."""
    if said in label_keys("recipients"):
        return label("recipients", said, inquiry.language)
    return said if inquiry.language == "zh" else name_kind(said)


def _open(inquiry: Inquiry, compared: Compared) -> Finding:
    """Neither yes nor no: what the notice says, and which of the words it does not print."""
    stated = state_item(compared.match, inquiry.language, inquiry.content)
    text = phrase("says_only", inquiry.language, clause=stated.text)
    return _finding(inquiry, [compared.match], (DraftPart(PartKind.DIRECT, text, stated.sources, is_verbatim=True),))


def _finding(inquiry: Inquiry, matches: Sequence[ItemMatch], stated: tuple[DraftPart, ...]) -> Finding:
    sources = [s for part in stated for s in part.sources]
    return Finding(
        inquiry.clause.want, True, (*stated, *quotes_of(sources, stated)), unique_places(m.place for m in matches)
    )


def _not_printed_so(inquiry: Inquiry, quoted: str) -> Finding:
    """What is put in quotation marks stands nowhere; what is said on it follows."""
    text = phrase("quotation_not_printed", inquiry.language, words=quoted)
    part = DraftPart(PartKind.CORRECTION, text, (), ClaimKind.ABSENT)
    nearest = inquiry.items[:1]
    stated = tuple(state_item(m, inquiry.language, inquiry.content) for m in nearest)
    finding = _finding(inquiry, nearest, (part, *stated))
    return Finding(finding.want, True, finding.parts, finding.carriers, Missing("said", quoted, None))


def check_departments(inquiry: Inquiry) -> Finding:
    """Whether departments answer for a measure, and in which role, as printed there."""
    place = inquiry.best_measure
    names = [(*s.targets, s.text) for s in inquiry.of_kind(SubjectKind.DEPARTMENT)]
    if place is None or place.measure is None or not place.responsibilities:
        return find_departments(inquiry)
    wants_lead = _asks_lead(inquiry)
    holds = all(_holds(place, n, wants_lead) for n in names)
    responsible = {d for r in place.responsibilities for d in r.departments}
    holds = holds and not (claims_only(inquiry.clause.text) and len(responsible) > len(names))
    is_right = holds != is_denied(inquiry.clause.text)
    parts = list(state_departments(place, inquiry))
    kind = PartKind.DIRECT if is_right else PartKind.CORRECTION
    opened = phrase("yes" if is_right else "no", inquiry.language, clause=parts[0].text)
    first = DraftPart(kind, opened, responsibility_sources(place))
    return Finding(inquiry.clause.want, True, (first, *parts[1:]), unique_places([place]))


def _asks_lead(inquiry: Inquiry) -> bool:
    return "牵头" in inquiry.clause.text or "lead" in inquiry.clause.text.casefold()


def _holds(place: Place, names: Sequence[str], wants_lead: bool) -> bool:
    """财政局 is what people call 县财政局."""
    return any(
        d.endswith(tuple(names)) and (not wants_lead or r.role is Role.LEAD)
        for r in place.responsibilities
        for d in r.departments
    )
