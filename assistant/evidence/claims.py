"""What a clause claims, and where an item says otherwise or does not say it."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.evidence.attributes import denials_in, is_denied, levels_of, recipients_of
from assistant.evidence.difference import Aspect, Claim, Difference
from assistant.evidence.printed import printed
from assistant.evidence.quantities.counted import COUNTED, EXCEPTED, FIRM, NOT_SO, YEAR, differing_numbers, within_range
from assistant.evidence.scope import (
    allows,
    is_mark_of_extent,
    not_said_of_all,
    only_intended,
    says_too_much,
    takes_for_duty,
)
from assistant.naming.places import load_places
from corpus.catalogue import Place
from corpus.language.amounts import Period
from corpus.language.numerals import read_number
from corpus.notice import Item

_ONCE = re.compile(r"一次性|只给一次|one-?(?:off|time)", re.IGNORECASE)
_YEARLY = re.compile(r"每年|年年|按年|逐年|一年给?一次|年度|every year|yearly|annual|per year", re.IGNORECASE)
_QUOTED = re.compile(r"[“「『\"](?P<words>[^”」』\"]{4,})[”」』\"]")
_MARKS = re.compile(r"[\s，。；、：！？,.;:!?“”\"（）()]+")
_SEGMENT = re.compile(r"[，；：]")
_JOINT = re.compile("[、，；和与及]")
_ATTITUDE = re.compile("鼓励|支持|提倡|允许|同意|赞成|欢迎|推动|引导|倡导")
_UNCOUNTED = re.compile(r"半年|半个月|今年\d{1,2}(?![\d年月万元个家人%％])|\d{1,2}了(?=[，,。]|$)")
"""Of an age without 岁, and of a half, the number stands in no unit."""

_GIVEN_TO = re.compile("(?:是|就|都|只)?给(?:的是)?(?P<who>[\u4e00-\u9fff]{2,6})的(?=[，,。？?吗吧]|$|是吧|对)")
_SIDES = re.compile("[区省市县境国校院厂](?:内|外)")
_TWO = 2
_IF = re.compile("如果|假如|倘若|反之|，则")
_A_WORD = 2
_A_WHOLE_CLAIM = 3
_TOLD_IN_MANY_WAYS = frozenset({"materials", "route", "period", "date", "calculation"})
_GENERAL = frozenset(
    "said name recipient clause actor department role meaning condition purpose title document_number issuer issued_on addressee basis quantity".split()
)
"""Values that a claim is not held to: any words may tell them."""

_STRETCH = re.compile("[，；：、]")
_DAY = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]")
_AN_END = re.compile("[起止至到]|开始|施行|实施|生效|到期|失效|截止")
_DAYS = re.compile(
    rf"{_DAY.pattern}(?:至|到|[-—－~～]{{1,2}})(?:(?P<last_month>\d{{1,2}})月)?(?P<last_day>\d{{1,2}})[日号]"
)


def compare(claim: Claim, place: Place, item: Item, inherited: str = "") -> tuple[Difference, ...]:
    """Every difference between the claim and what the item prints or inherits; none where it says the same."""
    own = " ".join(
        (NOT_SO.sub(" ", item.text), *(p.text for s in item.supports for p in (s.who, s.act, s.condition) if p))
    )
    found = (
        *differing_numbers(claim, item),
        *_dates(claim, own),
        *_payment(claim, item, own),
        *_levels(claim, f"{own} {inherited}"),
        *_recipients(claim, f"{own} {inherited}"),
        *_given(claim, item, f"{own} {inherited}"),
        *_departments(claim, place, own),
        *_manner(claim, item.text),
        *_words(claim, f"{own} {item.text} {inherited}".casefold()),
        *_told_numbers(claim, own),
        *_unpaired(claim, item.text),
        *_turned_round(claim, item.text),
        *_value(claim, place, item),
    )
    return (*found, *_polarity(claim, item))


def _dates(claim: Claim, text: str) -> Iterator[Difference]:
    for match in YEAR.finditer(claim.text):
        if match.group().replace("号", "日") not in text and not lies_within(match.group(), text):
            rivals = "、".join(dict.fromkeys(YEAR.findall(text)))
            # 8月1号还有效吗 is asked of a day after the printed one.
            is_rival = bool(rivals) and (claim.value != "validity" or _AN_END.search(claim.text))
            yield Difference(Aspect.DATE if is_rival else Aspect.WORDS, match.group(), rivals if is_rival else "")


def lies_within(day: str, text: str) -> bool:
    """6月20号, where 6月1日至6月30日 is printed."""
    said = _DAY.fullmatch(day)
    when = (int(said["month"]), int(said["day"])) if said else (0, 0)
    return any(
        (int(m["month"]), int(m["day"])) <= when <= (int(m["last_month"] or m["month"]), int(m["last_day"]))
        for m in _DAYS.finditer(text)
    )


def claims_payment(claim: Claim) -> bool:
    """It says either once or yearly; 一次给完吗 only asks which."""
    return bool(_ONCE.search(claim.text)) != bool(_YEARLY.search(claim.text))


def _payment(claim: Claim, item: Item, text: str) -> Iterator[Difference]:
    once, yearly = _ONCE.search(claim.text), _YEARLY.search(claim.text)
    if not claims_payment(claim):
        return
    periods = {s.amount.period for s in item.supports if s.amount and s.amount.period}
    said = once or yearly
    wanted = Period.ONCE if once else Period.YEARLY
    if said and periods and wanted not in periods:
        yield Difference(Aspect.PAYMENT, said.group(), "一次性" if Period.ONCE in periods else "年度")
    elif said and not periods and not (_ONCE if once else _YEARLY).search(text):
        yield Difference(Aspect.WORDS, said.group())


def _levels(claim: Claim, text: str) -> Iterator[Difference]:
    said, printed = levels_of(claim.whole or claim.text), levels_of(text)
    levelled = [s for s in _STRETCH.split(text) if levels_of(s)]
    if len(printed) > 1 and claim.content:
        # 国家级试点、省级中心: the level of what is named.
        printed = levels_of(max(levelled, key=lambda s: sum(w in s for w in claim.content)))
    if said and printed and not said & printed:
        yield Difference(Aspect.LEVEL, "、".join(sorted(said)), "、".join(sorted(printed)))
    elif said and not printed:
        yield Difference(Aspect.WORDS, "、".join(sorted(said)))


def _recipients(claim: Claim, text: str) -> Iterator[Difference]:
    """Large firms where small ones are printed; 个人 where only 企业 are."""
    own, whole, printed = recipients_of(claim.text), recipients_of(claim.whole or claim.text), recipients_of(text)
    # A story names many kinds of bodies, of which one asks.
    for by, groups in {**whole, "kind": own["kind"]}.items():
        if groups and not groups & printed[by]:
            others = "、".join(sorted(printed[by]))
            yield Difference(Aspect.RECIPIENT if others else Aspect.WORDS, "、".join(sorted(groups)), others)


def _given(claim: Claim, item: Item, text: str) -> Iterator[Difference]:
    """大赛那50万是给主办方的, where the sentence prints another for whom it is."""
    match = _GIVEN_TO.search(claim.text)
    printed_for = "、".join(dict.fromkeys(s.who.text for s in item.supports if s.who))
    if match is None or not printed_for or match["who"] in text:
        return
    kinds = recipients_of(match["who"])["kind"]
    if not kinds and any(match["who"] in w or w in match["who"] for w in claim.content):
        yield Difference(Aspect.RECIPIENT, match["who"], printed_for)


def _departments(claim: Claim, place: Place, text: str) -> Iterator[Difference]:
    responsible = {d for r in place.responsibilities for d in r.departments}
    for names in claim.departments:
        if not responsible.intersection(names) and not any(n in text for n in names):
            yield Difference(Aspect.DEPARTMENT, names[0], "、".join(sorted(responsible)))


def _manner(claim: Claim, text: str) -> Iterator[Difference]:
    """A duty for a permission, all for some, only for also, what is meant for what is."""
    if duty := takes_for_duty(claim.text, text):
        yield Difference(Aspect.DUTY, *duty)
    if intended := only_intended(claim.text, claim.content, text):
        yield Difference(Aspect.SCOPE, claim.text, intended)
    if narrower := says_too_much(claim.text, claim.content, text):
        yield Difference(Aspect.EXTENT, *narrower)
    yield from (Difference(Aspect.SCOPE, said) for said in not_said_of_all(claim.text, text))


def _told_numbers(claim: Claim, text: str) -> Iterator[Difference]:
    """开了十年 in the story of who asks: no claim on the notice, but not what it prints either."""
    told = claim.whole.removesuffix(claim.text)
    for match in COUNTED.finditer(told):
        if match.group() not in text and read_number(match["n"]) != 1:
            yield Difference(Aspect.WORDS, match.group())
    for match in _UNCOUNTED.finditer(claim.whole or claim.text):
        age = read_number("".join(c for c in match.group() if c.isdigit()) or "-")
        is_within = age is not None and within_range(age, "岁", text)
        if match.group() not in text and not is_within:
            yield Difference(Aspect.WORDS, match.group())


def _words(claim: Claim, text: str) -> Iterator[Difference]:
    for word in claim.content:
        is_mark = is_mark_of_extent(word) or any(p.search(word) for p in (FIRM, _ONCE, _YEARLY))
        is_attitude = _ATTITUDE.fullmatch(word) is not None and allows(text)
        if word.casefold() not in text and not is_attitude and not is_mark:
            yield Difference(Aspect.WORDS, word)


def _unpaired(claim: Claim, text: str) -> Iterator[Difference]:
    """青岛油气 where the item has 青岛海洋服务、东营油气: said together, and printed each with something else."""
    for stretch in _JOINT.split(claim.text):
        words = [w for w in claim.content if w in stretch]
        for one, other in pairwise(words):
            if any(_kept_apart(one, other, segment.split("、")) for segment in _SEGMENT.split(text)):
                # Of two places each has its own.
                is_place = any(p.text == one for p in load_places().find(one))
                yield Difference(Aspect.PAIR if is_place else Aspect.WORDS, f"{one}{other}")
                return


def _kept_apart(one: str, other: str, entries: Sequence[str]) -> bool:
    if any(one in e and other in e for e in entries):
        return False
    first = next((e.split(one, 1)[1] for e in entries if one in e), "")
    second = next((e.split(other, 1)[0] for e in entries if other in e), "")
    return len(first) >= _A_WORD and len(second) >= _A_WORD


def _turned_round(claim: Claim, text: str) -> Iterator[Difference]:
    """区外企业接区内的委托, where the sentence has those inside take what comes from outside."""
    said, printed = ([m.group() for m in _SIDES.finditer(t)] for t in (claim.text, text))
    told = list(dict.fromkeys(said))
    order = [side for side in dict.fromkeys(printed) if side in told]
    if len(told) == _TWO and len(order) == _TWO and told != order:
        yield Difference(Aspect.SCOPE, "、".join(told), "、".join(order))


def _value(claim: Claim, place: Place, item: Item) -> Iterator[Difference]:
    """Whether there is a telephone, or two things may be had together, is told only where the item prints that."""
    gives = claim.value == "sum" and bool(item.supports)
    if claim.value not in _GENERAL and not gives and not printed(claim.value, place, item):
        yield Difference(Aspect.VALUE, claim.value)


def tells_all(claim: Claim, differences: Sequence[Difference]) -> bool:
    """Nothing differs; that a kind of value told in many ways is not seen does not count where many words are printed."""
    seen = len(claim.content) >= _A_WHOLE_CLAIM and claim.value in _TOLD_IN_MANY_WAYS
    return all(seen and d.aspect is Aspect.VALUE for d in differences)


def _polarity(claim: Claim, item: Item) -> Iterator[Difference]:
    """The stretch of the item that prints most of what is claimed is affirmed or denied, and the claim is the other.

    Where stretches disagree, or the claim itself denies, that is no ground for a no: the scope of a 不 is not read.
    """
    excepted = " ".join(m.group() for m in EXCEPTED.finditer(item.text))
    if any(w in excepted and w not in EXCEPTED.sub(" ", item.text) for w in claim.content):
        # 也不用看了, where the requirement is dropped but for them, is not so either.
        rest = EXCEPTED.sub(" ", item.text)
        is_reversed = is_denied(claim.text) == is_denied(rest)
        yield Difference(Aspect.EXCEPTION if is_reversed else Aspect.SCOPE, claim.text, excepted)
        return
    stretches = [s for s in _SEGMENT.split(item.text) if any(w in s for w in claim.content)]
    if not stretches:
        if is_denied(claim.text):
            yield Difference(Aspect.SCOPE, claim.text, item.text)
        return
    if _IF.search(item.text):
        # What depends on something is neither so nor not so.
        yield Difference(Aspect.SCOPE, claim.text, item.text)
        return
    best = max(reversed(stretches), key=lambda s: sum(w in s for w in claim.content))
    denied = {is_denied(s) for s in stretches}
    if denied == {is_denied(claim.text)}:
        return
    is_plain = denials_in(claim.text) == 0 and is_denied(best)
    yield Difference(Aspect.POLARITY if is_plain else Aspect.SCOPE, claim.text, best)


def names_attitude(text: str) -> bool:
    """鼓励 and 允许 say of something how the notice stands to it."""
    return _ATTITUDE.search(text) is not None


def quoted_falsely(text: str, texts: Sequence[str]) -> str:
    """Words that a question puts in quotation marks and no notice prints; "" for none."""
    printed = [_MARKS.sub("", t) for t in texts]
    for match in _QUOTED.finditer(text):
        if not any(_MARKS.sub("", match["words"]) in t for t in printed):
            return match["words"]
    return ""
