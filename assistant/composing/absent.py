"""Says that the notice does not print what was asked, what comes nearest, and whom to ask."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Missing, PartKind, Status
from assistant.composing.draft import Absence, ClaimKind, DraftPart, Finding
from assistant.composing.english.titles import name_term
from assistant.composing.stating import quotes_of, state_item
from assistant.composing.wording import unique_places
from assistant.evidence.attributes import FROM_ELSEWHERE, recipients_of
from assistant.evidence.inquiry import Inquiry
from assistant.evidence.items import ItemMatch, is_place_name, terms_of
from assistant.evidence.printed import printed, printed_itself
from assistant.evidence.whether import asks_sum, asks_whether
from assistant.naming.subject import SubjectKind
from prompts import label, phrase

_SURE = 0.72
"""What may have been asked otherwise is not said to be missing."""

_LIKELY = 0.25
"""So likely a value must be wanted to be called by its name; else only this point is missing."""

_GENERAL = frozenset({"said", "name", "recipient", "clause", "actor", "department", "meaning"})
_FULL_NAME = 4
_OF_FORM = frozenset({"date", "deadline", "period", "materials", "contact", "fee", "share", "address"})
_TIMES = frozenset({"date", "deadline", "period"})
_FIGURES = frozenset({"sum", "share", "quantity"})
_NEAR = 20
_FEW_NOTICES = 20
_WHO_ASKS = re.compile("[\u4e00-\u9fff]{0,3}(?:科室|单位|公司|部门|处室)")
"""起草科室 says who asks, in whatever word."""

_NAMED = (SubjectKind.TERM, SubjectKind.MEASURE, SubjectKind.NUMBER)


def is_surely_wanted(inquiry: Inquiry) -> bool:
    """Whether it is certain enough what is asked for to say that it is missing."""
    clause = inquiry.clause
    return (clause.margin if inquiry.value in _GENERAL else clause.particular) >= _SURE


def find_absent(inquiry: Inquiry, value: str = "", *, nearest: bool = True) -> Finding:
    """What is missing, with the item nearest to the subject where the clause names one."""
    value, language = value or inquiry.value, inquiry.language
    value = "sum" if value == "quantity" and asks_sum(inquiry.clause.text) else value
    names = _subject(inquiry)
    if value in _FIGURES | _TIMES and nearest and (told := _printed_under_title(inquiry, value, names)):
        title = _titles(told)
        is_titled = bool(title) and all(n in title for n in names)
        return _tell(inquiry, told) if is_titled else _only_near(inquiry, value, told)
    subject = "".join(names)
    absent = Absence(value, names, inquiry.notice_ids)
    about = subject or inquiry.content or inquiry.told
    found = [m for m in inquiry.items[:1] if nearest and about and is_grounded(inquiry, m)]
    asks_for_money = value == "sum" and asks_whether(inquiry.clause.text)
    is_unsure = bool(found) and value == inquiry.value and inquiry.clause.margin < _LIKELY
    if is_unsure and inquiry.ranking.is_very_near:
        return _tell(inquiry, found[0])
    if nearest and (near := _printed_near(inquiry, value, names)):
        return _only_near(inquiry, value, near)
    if is_unsure:
        text = phrase("nearest_only", language)
    elif asks_for_money and not (inquiry.supports if subject else found):
        text = _no_money(inquiry, subject)
    else:
        text = _missing(inquiry, value, subject)
    part = DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT, absent=absent)
    missing = Missing(value, subject, None)
    if not found:
        return Finding(inquiry.clause.want, False, (part,), missing=missing)
    return with_nearest(inquiry, part, found[0], missing)


def _only_near(inquiry: Inquiry, value: str, near: ItemMatch) -> Finding:
    """Not that nothing is printed, but what comes nearest."""
    part = DraftPart(PartKind.MISSING, phrase("nearest_only", inquiry.language), (), ClaimKind.ABSENT)
    return replace(with_nearest(inquiry, part, near, Missing(value, "", None)), status=Status.RELATED)


def _printed_near(inquiry: Inquiry, value: str, names: Sequence[str]) -> ItemMatch | None:
    """No such value is missing where the sentence that fits best prints one, whatever it calls the thing; nor 罚多少 of
    nothing that a notice calls so where a fine is printed near."""
    if value in _GENERAL or (value == "sum" and not names):
        return None
    prints = printed_itself if names else printed
    first = next((m for m in inquiry.items[:1] if prints(value, m.place, m.item)), None)
    if first or names or value not in _OF_FORM:
        return first
    return next((m for m in inquiry.items[:_NEAR] if printed_itself(value, m.place, m.item)), None)


def _tell(inquiry: Inquiry, match: ItemMatch) -> Finding:
    """Neither that something is missing nor that this is what was asked for, where neither is sure."""
    stated = state_item(match, inquiry.language, inquiry.content)
    text = phrase("says_only", inquiry.language, clause=stated.text)
    told = DraftPart(PartKind.DIRECT, text, stated.sources, is_verbatim=True)
    return Finding(inquiry.clause.want, True, (told, *quotes_of(stated.sources, (told,))), unique_places([match.place]))


def _printed_under_title(inquiry: Inquiry, value: str, names: Sequence[str]) -> ItemMatch | None:
    """A sum that a measure on 康定机场 prints in a sentence that does not name it is not missing."""
    titled = [m for m in inquiry.items if m.place.measure and any(n in _titles(m) for n in names)]
    keys = {m.place.measure_key for m in titled if _titles(m) == _titles(titled[0])} if value in _FIGURES else set()
    # What the title of the notice names is what all of it is about.
    is_of_all = (
        value in _TIMES
        and bool(names and inquiry.items)
        and all(n in inquiry.items[0].place.notice.title for n in names)
    )
    own = [m for m in inquiry.items if m.place.measure_key in keys or is_of_all]
    under = (m for m in own if printed_itself(value, m.place, m.item))
    return next(under, None)


def _titles(match: ItemMatch) -> str:
    """Of its measure, or of its chapter where that has none."""
    measure, chapter = match.place.measure, match.place.chapter
    return (measure and measure.title) or (chapter and chapter.title) or ""


def _subject(inquiry: Inquiry) -> tuple[str, ...]:
    """The longest name; a short one with those that stand right before and behind it: 专利, 代理."""
    # 三明 only says where.
    cutter = inquiry.corpus.cutter
    things = [s for s in inquiry.of_kind(*_NAMED) if not is_place_name(s.text) and cutter.may_name(s.text)]
    named = sorted(things, key=lambda s: s.start)
    longest = max(things, key=lambda s: len(s.text), default=None)
    run = [longest] if longest else []
    if longest and len(longest.text) >= _FULL_NAME:
        return (longest.text,)
    for name in named:
        if run and name.start == run[-1].end:
            run.append(name)
    for name in reversed(named):
        if run and name.end == run[0].start:
            run.insert(0, name)
    return tuple(s.text for s in run if s.text)


def _missing(inquiry: Inquiry, value: str, subject: str) -> str:
    language = inquiry.language
    if not subject:
        return label("kinds", value, f"absent_{language}")
    return phrase("missing_of", language, ask=label("kinds", value, language), subject=_said(inquiry, subject))


def _no_money(inquiry: Inquiry, subject: str) -> str:
    """Whether there is money was asked, and not how much."""
    if not subject:
        return phrase("no_money_of_it", inquiry.language)
    return phrase("no_money_of", inquiry.language, subject=_said(inquiry, subject))


def _said(inquiry: Inquiry, subject: str) -> str:
    notice = inquiry.corpus.catalogue.notice(inquiry.notice_ids[0]) if inquiry.notice_ids else None
    return subject if inquiry.language == "zh" else name_term(subject, notice)


def with_nearest(inquiry: Inquiry, part: DraftPart, nearest: ItemMatch, missing: Missing) -> Finding:
    """What is missing beside the item that comes nearest, which names whom to ask."""
    stated = state_item(nearest, inquiry.language, inquiry.content)
    measure = nearest.place.measure
    return Finding(
        inquiry.clause.want,
        False,
        (part, stated, *quotes_of(stated.sources, (stated,))),
        unique_places([nearest.place]),
        Missing(missing.ask, missing.subject, measure.id if measure else None),
    )


def find_nearest(inquiry: Inquiry) -> ItemMatch | None:
    """What comes nearest to the case that is told: what prints the sum that is named, or is given to those from elsewhere,
    where who asks comes from there; else the first that prints a word of it."""
    named = (m for m in inquiry.items if any(p.equals(a) for p in m.item.amounts for a in inquiry.amounts))
    if (match := next(named, None)) is not None:
        return match
    groups = recipients_of(inquiry.frame.text)["origin"]
    outside = [s.text for s in inquiry.frame.of_kind(SubjectKind.PLACE) if s.text not in inquiry.home]
    origins = groups | {FROM_ELSEWHERE} if outside else groups
    for match in (m for m in inquiry.items if m.item.supports):
        if recipients_of(f"{match.item.text} {match.headings}")["origin"] & origins:
            return match
    # Where somebody is or comes from is not what they ask about.
    words = [w for w in (*inquiry.content, *inquiry.told) if w not in outside and not is_place_name(w)]
    return next((m for m in inquiry.items if words and any(w in m.item.text.casefold() for w in words)), None)


def names_another_thing(inquiry: Inquiry) -> bool:
    """The clause holds a noun that no notice prints: what is asked of 货车 is not told by what stands of 小型车."""
    corpus, said = inquiry.corpus, {said for said, _ in inquiry.meant}
    nouns = [w for w in inquiry.content if w not in said and corpus.cutter.knows(w) and corpus.cutter.may_name(w)]
    nouns = [w for w in nouns if not _WHO_ASKS.fullmatch(w)]
    # Of many notices the index knows the words; reading them all would take too long.
    is_indexed = len(corpus.texts) > _FEW_NOTICES
    unknown = [w for w in nouns if not (is_indexed and corpus.keywords.knows(w))]
    return any(not any(w in text for text in corpus.texts.values()) for w in unknown)


def is_grounded(inquiry: Inquiry, match: ItemMatch) -> bool:
    """It prints a word of what the clause is about, or the clause has none."""
    named = (s.text.casefold() for s in terms_of(inquiry.names))
    meant = (printed for said, printed in inquiry.meant if said in inquiry.clause.text)
    words = (*inquiry.content, *inquiry.told, *named, *meant)
    text = match.read_text
    names_place = bool(inquiry.of_kind(SubjectKind.NUMBER, SubjectKind.MEASURE, SubjectKind.CHAPTER))
    if not words and inquiry.value == "date":
        # Of nothing that was named, only a deadline is meant.
        return names_place or bool(printed_itself("deadline", match.place, match.item))
    return names_place or not words or any(w in text for w in words) or _is_of_same_size(inquiry.clause.text, text)


def _is_of_same_size(asked: str, printed: str) -> bool:
    """小公司 and 小微企业, 外地来的 and 省外企业."""
    said, own = recipients_of(asked), recipients_of(printed)
    return any(said[by] & own[by] for by in ("size", "origin"))
