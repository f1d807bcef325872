"""States a value that an item prints, by the same rule for every kind: evidence first, else it is not printed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import CitationKind, Missing, PartKind, Status
from assistant.composing.absent import (
    find_absent,
    is_grounded,
    is_surely_wanted,
    names_another_thing,
    with_nearest,
)
from assistant.composing.draft import ClaimKind, DraftPart, Finding, Source, sentence_source
from assistant.composing.english.titles import name_kind
from assistant.composing.stating import join_lines, quotes_of, state_item
from assistant.composing.wording import trim, unique_places
from assistant.evidence.attributes import levels_of
from assistant.evidence.inquiry import LIKE_BEST, Inquiry
from assistant.evidence.items import ItemMatch, referred_to, terms_of
from assistant.evidence.printed import printed, printed_itself, prints_nearly
from assistant.evidence.quantities.counted import prints_number, prints_number_of
from assistant.evidence.whether import asks_number, unit_asked
from assistant.naming.subject import SubjectKind
from assistant.understanding.frame import Operation
from corpus.catalogue import Place
from corpus.notice import Notice
from prompts import label, phrase

_LIST_OF_THREE = re.compile("[^，。；、]{1,20}(?:、[^，。；、]{1,20}){2}|(?:“[^”]{1,12}”[、和]?){3}")
_OF_THINGS = frozenset("个项种类条家件处")
_OF_BODIES = frozenset({"telephone", "mail"})
_OF_TIME = frozenset({"date", "deadline"})
_TIME_LABEL = re.compile(
    r"\W*(?:[一二三四五六七八九十\d]+[、.．])?\s*(?P<of>申请|申报|报名|受理|登记|办理|公示)(?:的)?(?:时间|期限|日期)[：:]"
)
_POINTS_BACK = re.compile("(?:该|此|这)项?(?:工作|任务|行动|项目)|上述|以上")
_REACH = 0.5
"""How much worse than the best an item may fit that prints the value."""

_REACH_OF_NAMED = 0.8
_LIKELY = 1.0
_LIMITS = frozenset({"condition", "recipient", "said"})
_ANYTHING = frozenset({"said", "name", "recipient", "actor"})
_OF_RECIPIENT = frozenset({"sum", "recipient", "share", "payment", "condition"})
"""What a sentence may give to somebody else."""

_TOLD_IN_ANY_WORDS = frozenset({"condition", "calculation", "actor"})
_LISTED = frozenset({"materials", "condition"})
_MOST = 3
_MOST_OTHERS = 5
_NEAR = 8
_LEAD = 0.5
_BETTER = 0.3
_FAR_AHEAD = 2.0
_NAMES_KIND = re.compile("钱|元|块|万|百分|[%％]|比例|成(?!员|立)|奖|补")
_FIGURES = frozenset({"sum", "fee", "share", "quantity"})
_OF_NOTICE = frozenset({"contact", "telephone", "mail", "web", "route", "address"})
"""What a closing line or a contact line may print for the whole notice."""


def find_value(inquiry: Inquiry, value: str = "") -> Finding:
    """The best evidence that prints the value, else that it is not printed."""
    value = value or inquiry.value
    evidence = list(evidence_for(inquiry))
    if (unit := unit_asked(inquiry.clause.text)) and (
        counted := _that_counts(unit, inquiry, [*evidence, *_next_to_named(inquiry)])
    ):
        return state_matches(inquiry, [counted], [])
    found = [m for m in evidence if printed(value, m.place, m.item) and is_grounded(inquiry, m)]
    if not found:
        return _find_unprinted(inquiry, value, evidence)
    best = _that_leads(inquiry, value, found[0])
    if names_another_thing(inquiry) and not _prints_thing(inquiry, best):
        return near_only(inquiry, best)
    if value in _LISTED and (entries := list_around(best.place)):
        return _state_list(inquiry, best, entries)
    beside = [m for m in found[1:] if _is_beside(m, best)] or as_likely(inquiry, found, best)
    chosen = [*[best, *beside][:_MOST], *_of_others(found, best)]
    return state_matches(inquiry, chosen, [p.text for p in printed(value, best.place, best.item)])


def _find_unprinted(inquiry: Inquiry, value: str, evidence: list[ItemMatch]) -> Finding:
    """Where nothing near prints the value of what is named: what tells it otherwise, else that it is not printed."""
    if other := _differing(inquiry, value) or _for_the_notice(inquiry, value):
        return other
    if said := _said_nearly(inquiry, value, evidence) or _said_next(inquiry, value):
        return state_matches(inquiry, [said], [])
    if meant := _told_otherwise(inquiry, value):
        return state_matches(inquiry, meant, [])
    if value in _ANYTHING or (other_item := _printed_for_nothing_named(inquiry, value)):
        return _printed_beside(inquiry, None if value in _ANYTHING else other_item)
    counts_things = value == "quantity" and unit_asked(inquiry.clause.text) in _OF_THINGS
    if counts_things and any(_enumerates(m) for m in inquiry.items[:1] if is_grounded(inquiry, m)):
        # Who counts what is listed has the number.
        return near_only(inquiry)
    if said := _told_in_any_words(inquiry, value):
        return state_matches(inquiry, [said], [])
    return find_absent(inquiry, value)


def _told_in_any_words(inquiry: Inquiry, value: str) -> ItemMatch | None:
    """What fits best, where no form shows whether it tells the value: that it is missing is not known."""
    is_open = value in _TOLD_IN_ANY_WORDS and "多少" not in inquiry.clause.text
    return next((m for m in inquiry.items[:1] if is_open and is_grounded(inquiry, m)), None)


def _told_otherwise(inquiry: Inquiry, value: str) -> list[ItemMatch]:
    return _in_other_terms(inquiry, value) or _by_reference(inquiry, value) or _plainly_meant(inquiry, value)


def _in_other_terms(inquiry: Inquiry, value: str) -> list[ItemMatch]:
    """预付多少 is told by 30%, too, where one sentence fits far better than any other; and what a part of the notice that
    is named prints is of that."""
    if value not in _FIGURES or not inquiry.items:
        return []
    keys = {t for s in inquiry.of_kind(SubjectKind.MEASURE) for t in s.targets}
    titled = [m for m in inquiry.items if m.place.measure_key in keys and printed_itself(value, m.place, m.item)]
    if titled:
        return titled[:1]
    first, scores = inquiry.items[0], [m.score for m in inquiry.items[1:2]]
    leads = is_grounded(inquiry, first) and (not scores or first.score >= scores[0] + _FAR_AHEAD)
    text = inquiry.clause.text
    is_open = asks_number(text) and not unit_asked(text) and not _NAMES_KIND.search(text)
    is_open = is_open and value == inquiry.value and inquiry.clause.want.operation is Operation.STATE
    return [first] if leads and is_open and prints_number(first.item) else []


def _by_reference(inquiry: Inquiry, value: str) -> list[ItemMatch]:
    """年满3岁的，按本条第一款规定执行, with what that paragraph prints of the value."""
    first = inquiry.items[0] if inquiry.items and is_grounded(inquiry, inquiry.items[0]) else None
    if first is None:
        return []
    meant = referred_to(first, inquiry.corpus.texts.get(first.place.notice.id, ""))
    telling = [m for m in meant if printed(value, m.place, m.item)]
    return [first, *telling[:_MOST]] if telling else []


def _printed_beside(inquiry: Inquiry, other: ItemMatch | None) -> Finding:
    """从哪天供到哪天 behind another question: what it is of was said there, and what is near prints such a value."""
    if other and not inquiry.is_alone and inquiry.ranking.is_very_near:
        return state_matches(inquiry, [other], [])
    return near_only(inquiry, other)


def _enumerates(match: ItemMatch) -> bool:
    """Three things or more side by side."""
    return _LIST_OF_THREE.search(match.item.text) is not None


def _prints_thing(inquiry: Inquiry, match: ItemMatch) -> bool:
    """It prints a noun of the clause, or a name of more than a word."""
    cutter = inquiry.corpus.cutter
    nouns = [w for w in inquiry.content if cutter.knows(w) and cutter.may_name(w)]
    names = [s.text.casefold() for s in inquiry.names]
    text = match.read_text
    return any(w in text for w in (*nouns, *names))


def near_only(inquiry: Inquiry, nearest: ItemMatch | None = None) -> Finding:
    """Nothing is printed on what is asked: the nearest item, and that it is no more than near."""
    if not inquiry.items:
        return find_absent(inquiry)
    text = phrase("nearest_only", inquiry.language)
    part = DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT)
    finding = with_nearest(inquiry, part, nearest or inquiry.items[0], Missing(inquiry.value, "", None))
    return replace(finding, status=Status.RELATED)


def _that_counts(unit: str, inquiry: Inquiry, evidence: list[ItemMatch]) -> ItemMatch | None:
    """多少条 is answered where a number of 条 is printed."""
    return next((m for m in evidence if prints_number_of(unit, m.item.text) and is_grounded(inquiry, m)), None)


def _said_nearly(inquiry: Inquiry, value: str, evidence: list[ItemMatch]) -> ItemMatch | None:
    """What may tell the value in other words, or the best item where it is not sure that the value is asked for."""
    named = [m for m in evidence if is_grounded(inquiry, m)]
    if value in _LIMITS and asks_number(inquiry.clause.text):
        # 占比不能超过多少 asks for a condition by its number.
        return next((m for m in named if prints_number(m.item)), None)
    nearly = next((m for m in named if prints_nearly(value, m.place, m.item)), None)
    if nearly or is_surely_wanted(inquiry):
        return nearly
    # 减到多少条 is told by no sentence without a number.
    is_counted = value in _FIGURES and "多少" in inquiry.clause.text
    return next((m for m in named if not is_counted or prints_number(m.item)), None)


def _said_next(inquiry: Inquiry, value: str) -> ItemMatch | None:
    """What the same measure says of a thing that is named, where the sentence that fits best only names it."""
    near = (
        () if value in _OF_RECIPIENT else (*_next_to_named(inquiry), *_behind_best(inquiry), *_labelled(inquiry, value))
    )
    kinds = (value, "deadline") if value == "date" else (value,)
    return next((m for m in near if any(printed_itself(k, m.place, m.item) for k in kinds)), None)


def _that_leads(inquiry: Inquiry, value: str, best: ItemMatch) -> ItemMatch:
    """租金每平方米多少 is read as any number: a sum, where the sentence that prints one fits better."""
    first = inquiry.items[0]
    is_any = value == "quantity" and not unit_asked(inquiry.clause.text) and bool(first.item.amounts)
    return first if is_any and first.score >= best.score + _BETTER and is_grounded(inquiry, first) else best


def _behind_best(inquiry: Inquiry) -> list[ItemMatch]:
    """该项工作于2019年4月底前完成, right behind the sentence that fits best and says which work."""
    best = inquiry.items[0] if inquiry.items and is_grounded(inquiry, inquiry.items[0]) else None
    if best is None or best.place.measure is None or best.place.provision is None:
        return []
    own = best.place.measure.provisions
    at = own.index(best.place.provision) + 1
    behind = own[at] if at < len(own) and _POINTS_BACK.match(own[at].text) else None
    return [m for m in inquiry.items if behind and m.place.provision == behind]


def _labelled(inquiry: Inquiry, value: str) -> list[ItemMatch]:
    """申请时间：8月11日至8月22日, where the clause asks for the 申请时间."""
    if value not in _OF_TIME or inquiry.of_kind(SubjectKind.TERM, SubjectKind.MEASURE):
        return []
    places = [p for p in inquiry.corpus.catalogue.provisions if p.notice.id in inquiry.notice_ids and p.provision]
    found = [(p, m) for p in places if p.provision and (m := _TIME_LABEL.match(p.provision.text))]
    return [
        ItemMatch(p, i, 0.0)
        for p, m in found
        if m["of"] in inquiry.clause.text and p.provision
        for i in p.provision.items
    ]


def _next_to_named(inquiry: Inquiry) -> list[ItemMatch]:
    """What the measure that fits best says of the things that are named, best first."""
    names = [s.text.casefold() for s in terms_of(inquiry.names)]
    if not inquiry.items or not _prints(inquiry.items[0], names):
        return []
    key = inquiry.items[0].place.measure_key
    return [m for m in inquiry.items[:_NEAR] if key and m.place.measure_key == key and m.names_any(names)]


def _plainly_meant(inquiry: Inquiry, value: str) -> list[ItemMatch]:
    """Of nothing that is named, the item that fits best by far, although the notice has other words for it."""
    if inquiry.names or inquiry.clause.unprinted or not inquiry.items:
        return []
    best = inquiry.items[0]
    others = [m.score for m in inquiry.items if not printed(value, m.place, m.item)]
    leads = not others or best.score >= others[0] + _LEAD
    return [best] if leads and printed(value, best.place, best.item) else []


def _printed_for_nothing_named(inquiry: Inquiry, value: str) -> ItemMatch | None:
    """A value that is printed cannot be said to be missing where nothing tells what it should be of."""
    if inquiry.names or inquiry.clause.unprinted:
        return None
    return next((m for m in inquiry.items[:_NEAR] if printed_itself(value, m.place, m.item)), None)


def state_matches(inquiry: Inquiry, matches: list[ItemMatch], telling: list[str]) -> Finding:
    """One line for each item, then the sentences they stand in."""
    words = (*telling, *inquiry.content)
    several = len(inquiry.corpus.catalogue.notices) > 1
    stated = [state_item(m, inquiry.language, words, names_notice=several) for m in matches]
    sources = [s for part in stated for s in part.sources]
    parts = (*stated, *quotes_of(sources, stated))
    return Finding(inquiry.clause.want, True, parts, unique_places(m.place for m in matches))


def evidence_for(inquiry: Inquiry, *, any_level: bool = False) -> Iterator[ItemMatch]:
    """Items near the best one that differ in nothing that the clause names, best first."""
    if not inquiry.items:
        return
    names = [s.text.casefold() for s in terms_of(inquiry.names)]
    best = inquiry.items[0].score
    for match in inquiry.items:
        reach = _REACH_OF_NAMED if names and _prints(match, names) else _REACH
        if match.score < best - reach:
            continue
        if names and not _prints(match, names) and _prints(inquiry.items[0], names):
            continue
        if any_level or not other_level(inquiry, match):
            yield match


def other_level(inquiry: Inquiry, match: ItemMatch) -> tuple[str, str] | None:
    """国家级中试基地 where the item gives to 省级中试基地: the level asked for, and the one printed."""
    told = f"{inquiry.clause.text} {' '.join(s.text for s in inquiry.clause.inherited)}"
    # What level they are of is often told before it is asked what they get.
    asked = levels_of(told) or levels_of(inquiry.frame.text[: inquiry.clause.end])
    beneficiaries = " ".join(s.beneficiary for s in match.item.supports)
    own = levels_of(beneficiaries or match.item.text)
    if not asked or not own or asked & own:
        return None
    return "、".join(sorted(asked)), "、".join(sorted(own))


def _prints(match: ItemMatch, names: list[str]) -> bool:
    text = match.read_text
    return any(name in text for name in names)


def as_likely(inquiry: Inquiry, found: Sequence[ItemMatch], best: ItemMatch) -> list[ItemMatch]:
    """One more that comes near the best in meaning and prints as many of the words: which is meant the reader can tell."""
    words = {*inquiry.content, *(s.text.casefold() for s in terms_of(inquiry.names))}
    counts = [sum(w in m.read_text for w in words) for m in found]
    least = counts[found.index(best)] if best in found else 0
    return [
        m
        for m, count in zip(found, counts, strict=True)
        if m is not best and m.place.notice is best.place.notice and count >= least and m.score >= best.score - _LIKELY
    ][:1]


def _is_beside(match: ItemMatch, best: ItemMatch) -> bool:
    """As good as the best, in the same measure."""
    return match.place.measure_key == best.place.measure_key and match.score >= best.score - _REACH / 2


def _of_others(found: list[ItemMatch], best: ItemMatch) -> list[ItemMatch]:
    """What other notices say of themselves in the same words: who asks has named none of them."""
    alike: dict[str, ItemMatch] = {}
    for match in found:
        if match.place.notice is not best.place.notice and match.score >= best.score - LIKE_BEST:
            alike.setdefault(match.place.notice.id, match)
    return list(alike.values())[:_MOST_OTHERS]


def _differing(inquiry: Inquiry, value: str) -> Finding | None:
    """Says that the value is printed for another level, and shows the item."""
    for match in inquiry.items[:_MOST]:
        levels = other_level(inquiry, match)
        if levels and printed(value, match.place, match.item):
            level = levels[0] if inquiry.language == "zh" else name_kind(levels[0])
            text = phrase("other_level", inquiry.language, level=level, ask=label("kinds", value, inquiry.language))
            part = DraftPart(PartKind.MISSING, text, (), ClaimKind.ABSENT)
            return with_nearest(inquiry, part, match, Missing(value, levels[0], None))
    return None


def _for_the_notice(inquiry: Inquiry, value: str) -> Finding | None:
    """A telephone or a place to apply that is printed outside what was asked about, anywhere where nothing is named."""
    if value not in _OF_NOTICE:
        return None
    notice = inquiry.corpus.catalogue.notice(inquiry.notice_ids[0])
    if notice is None:
        return None
    outside = [*notice.preamble, *notice.closing, *(p for a in notice.annexes for p in a.provisions)]
    is_of_any = value != "route" and not inquiry.names
    own = [p for p in inquiry.corpus.catalogue.provisions if is_of_any and p.notice == notice]
    if value in _OF_BODIES and (numbers := _numbers_of(inquiry, value, notice)):
        return state_matches(inquiry, numbers[:_MOST], [])
    for place in (*(Place(notice, provision=p) for p in outside), *own):
        for item in place.provision.items if place.provision else ():
            if printed(value, place, item):
                return state_matches(inquiry, [ItemMatch(place, item, 0.0)], [])
    return _contact_line(inquiry, value, notice)


def _numbers_of(inquiry: Inquiry, value: str, notice: Notice) -> list[ItemMatch]:
    """区教育局中学教育科联系电话：38622522, wherever it stands, for who asks for that of the 教育局."""
    places = [p for p in inquiry.corpus.catalogue.provisions if p.notice == notice and p.provision]
    items = [ItemMatch(p, i, 0.0) for p in places if p.provision for i in p.provision.items]
    telling = [w for w in inquiry.content if inquiry.corpus.cutter.may_name(w)]
    return [m for m in items if any(w in m.item.text for w in telling) and printed_itself(value, m.place, m.item)]


def _contact_line(inquiry: Inquiry, value: str, notice: Notice) -> Finding | None:
    for item in notice.items if notice.contact else ():
        if notice.contact and printed(value, Place(notice), item):
            source = Source(CitationKind.CONTACT, Place(notice), notice.contact)
            key = "clause_stated" if inquiry.language == "zh" else "clause_quoted"
            text = phrase(key, inquiry.language, clause=join_lines(trim(item.text)))
            part = DraftPart(PartKind.DIRECT, text, (source,))
            return Finding(inquiry.clause.want, True, (part,), shows_departments=False)
    return None


def list_around(place: Place) -> tuple[Place, ...]:
    """The entries of the list that a sentence opens or stands in."""
    provision, measure = place.provision, place.measure
    if provision is None or measure is None:
        return ()
    opening = provision.lead_in or provision.id
    return tuple(replace(place, provision=p) for p in measure.provisions if p.lead_in == opening)


def _state_list(inquiry: Inquiry, best: ItemMatch, entries: tuple[Place, ...]) -> Finding:
    """The whole list in one line, each entry cited."""
    texts = "；".join(join_lines(trim(p.provision.text)) for p in entries if p.provision)
    text = phrase("materials_listed", inquiry.language, count=len(entries), list=texts)
    sources = tuple(sentence_source(p) for p in entries)
    part = DraftPart(PartKind.DIRECT, text, sources)
    return Finding(inquiry.clause.want, True, (part,), unique_places([best.place]))
