"""What a clause claims, and where an item says otherwise or does not say it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from assistant.evidence.attributes import denials_in, is_denied, levels_of, recipients_of
from assistant.evidence.printed import printed
from corpus.catalogue import Place
from corpus.language.amounts import Amount, Bound, Period, read_amounts
from corpus.language.numerals import NUMERAL, read_number
from corpus.notice import Item

_COUNTED = re.compile(
    rf"(?<!第)(?P<n>{NUMERAL})\s*(?P<unit>个?工作日|个月|个|家|项|场|名|批|座|条|件|人|次|回|级|岁|年|天|日|倍|小时)(?P<after>以上|以下|以内|左右)?"
)
_ONCE = re.compile(r"一次性|只给一次|one-?(?:off|time)", re.IGNORECASE)
_YEARLY = re.compile(r"每年|年年|按年|逐年|一年给?一次|年度|every year|yearly|annual|per year", re.IGNORECASE)
_FIRM = re.compile(
    r"固定|定额|白送|白给|白拿|一律|统一给|保底|肯定|必定|必然|直接给|guaranteed|fixed|flat|exactly|always|都(?:能|会|可以)?(?:给|拿|奖|补|有|领)|就(?:能|会|可以)?(?:给|拿|奖|补|领)",
    re.IGNORECASE,
)
_MUST = re.compile(r"必须|必需|一定(?!的?支持)|务必|强制|非得|\bmust\b|\bhave to\b", re.IGNORECASE)
_OBLIGES = re.compile(r"必须|应当?|须|务必|不得|严禁|禁止|要(?!求|素|点)")
_ALLOWS = re.compile(r"可(?:以|按|在|向|不)?|鼓励|支持|引导|推动|推广|自愿|允许|探索|酌情|适当")
_ALL = re.compile(r"都|全部|所有|一律|任何|凡是|只要|随便|统统|每一?[个家]|\bany\b|\ball\b|every", re.IGNORECASE)
_PRINTS_ALL = re.compile(r"均|都|全部|所有|一律|任何|各|全体|每")
_ONLY = re.compile(
    r"只有|仅|只(?!要)|唯一|单独|独家|光(?=给|是|限|有|发|补|[^，。]{1,10}(?:一家|自己|管))|\bonly\b", re.IGNORECASE
)
_PRINTS_ONLY = re.compile(r"仅|只|限|唯一")
_QUOTED = re.compile(r"[“「『\"](?P<words>[^”」』\"]{4,})[”」』\"]")
_MARKS = re.compile(r"[\s，。；、：！？,.;:!?“”\"（）()]+")
_SEGMENT = re.compile(r"[，；：]")
_SHARE = re.compile(
    rf"(?P<of>{NUMERAL})分之(?P<part>{NUMERAL})|(?P<percent>\d+(?:\.\d+)?)\s*[%％]|(?<![\d一二三四五六七八九十])(?P<tenths>[一二三四五六七八九\d])成(?!功|果|立|本|为|员|长|熟|都|绩|效|型|人)|一(?P<half>半)"
)
_EXCEPTED = re.compile(
    r"由[^，。；]{2,40}?(?=(?:放宽|扩展|扩大|提高|调整|延长|降低|缩短|增加|减少|下调|上调|变更|改)(?:至|到|为))|（[^（）]*(?:除外|不含|不包括)[^（）]*）|(?:不含|不包括|除)[^，。；]{1,20}(?:以外|之外|外)?(?=[，。；]|$)"
)
_JOINT = re.compile("[、，；和与及]")
_BOUND = re.compile("(?:不超过|不少于|不低于|不得超过|最高|最多|至少|以上|低于|高于|超过)[^，。；]{0,3}$")
_ATTITUDE = re.compile("鼓励|支持|提倡|允许|同意|赞成|欢迎|推动|引导|倡导")
_INTENDED = re.compile("争取|力争|酝酿|拟(?=[^定订])|正在研究|考虑")
"""What is only meant to be is not so yet."""

_NUMBERS = frozenset({"share", "quantity", "period", "deadline"})
_AT_MOST = re.compile("(?:最多|顶多|至多|不超过|只有?|仅|限|上限)[^，。]{0,6}$")
_AT_LEAST = re.compile("(?:最少|至少|起码|不少于|不低于|超过)[^，。]{0,6}$")
_A_WORD = 2
_A_WHOLE_CLAIM = 3
_TOLD_IN_MANY_WAYS = frozenset({"materials", "route", "period", "date", "calculation"})
_GENERAL = frozenset(
    "said name recipient clause actor department role meaning condition purpose title document_number issuer issued_on addressee basis quantity".split()
)
"""Values that a claim is not held to: any words may tell them."""

_STRETCH = re.compile("[，；：、]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_DAY = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]")
_AN_END = re.compile("[起止至到]|开始|施行|实施|生效|到期|失效|截止")
_DAYS = re.compile(
    rf"{_DAY.pattern}(?:至|到|[-—－~～]{{1,2}})(?:(?P<last_month>\d{{1,2}})月)?(?P<last_day>\d{{1,2}})[日号]"
)
_YEAR = re.compile(r"\d{4}年|\d{1,2}月\d{1,2}[日号]|\d{1,2}月(?!\d)")


def prints_number(item: Item) -> bool:
    """Any share, number, period or sum."""
    return bool(item.amounts or _SHARE.search(item.text) or any(v.kind in _NUMBERS for v in item.values))


def prints_number_of(unit: str, text: str) -> bool:
    """Of 项 also where it stands as 191个水环境保护项目."""
    counted = rf"{NUMERAL}\s*[余多]?个?{re.escape(unit)}"
    projects = rf"|{NUMERAL}\s*[余多]?个[\u4e00-\u9fff]{{0,10}}项目" if unit == "项" else ""
    return re.search(counted + projects, text) is not None


class Aspect(StrEnum):
    """What may differ between a claim and an item."""

    SUM = "sum"
    SHARE = "share"
    NUMBER = "number"
    DATE = "date"
    PAYMENT = "payment"
    BOUND = "bound"
    LEVEL = "level"
    RECIPIENT = "recipient"
    DEPARTMENT = "department"
    POLARITY = "polarity"
    DUTY = "duty"
    SCOPE = "scope"
    WORDS = "words"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a clause says is so: its text, its sums, the words that tell what it is about, the departments it names."""

    text: str
    value: str = "said"
    amounts: tuple[Amount, ...] = ()
    content: tuple[str, ...] = ()
    departments: tuple[tuple[str, ...], ...] = ()
    whole: str = ""
    """The message that tells who asks; the text where "" ."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that an item says otherwise (`printed`) or does not say (then "")."""

    aspect: Aspect
    said: str
    printed: str = ""


def compare(claim: Claim, place: Place, item: Item, inherited: str = "") -> tuple[Difference, ...]:
    """Every difference between the claim and what the item prints or inherits; none where it says the same."""
    own = " ".join(
        (_EXCEPTED.sub(" ", item.text), *(p.text for s in item.supports for p in (s.who, s.act, s.condition) if p))
    )
    found = (
        *_sums(claim, item),
        *_numbers(claim, item, f"{own} {inherited}"),
        *_shares(claim, item),
        *_figures(claim, item),
        *_dates(claim, own),
        *_payment(claim, item, own),
        *_levels(claim, f"{own} {inherited}"),
        *_recipients(claim, f"{own} {inherited}"),
        *_departments(claim, place, own),
        *_manner(claim, item.text),
        *_words(claim, f"{own} {item.text} {inherited}".casefold()),
        *_told_numbers(claim, own),
        *_unpaired(claim, item.text),
        *_value(claim, place, item),
    )
    return (*found, *_polarity(claim, item))


def _sums(claim: Claim, item: Item) -> Iterator[Difference]:
    printed = [*item.amounts, *(s.amount for s in item.supports if s.amount)]
    strange = [a for a in claim.amounts if not any(p.equals(a) for p in printed)]
    for amount in strange:
        same_unit = [p for p in printed if p.unit == amount.unit]
        if len(strange) < len(claim.amounts):
            # 投入一千万能拿五百万吗: who names the printed sum tells another of themselves.
            yield Difference(Aspect.WORDS, amount.text)
            continue
        aspect = Aspect.SHARE if amount.unit == "%" else Aspect.SUM
        yield Difference(aspect, amount.text, "、".join(dict.fromkeys(p.text for p in same_unit)))
    bounds = {s.amount.bound for s in item.supports if s.amount and any(s.amount.equals(a) for a in claim.amounts)}
    firm = _FIRM.search(claim.text)
    if firm and bounds == {Bound.AT_MOST}:
        yield Difference(Aspect.BOUND, firm.group(), "最高")


def _numbers(claim: Claim, item: Item, text: str) -> Iterator[Difference]:
    counted = _counted_in(_EXCEPTED.sub(" ", item.text))
    sums = [(a.start, a.end) for a in read_amounts(claim.text)]
    for match in _counted_in(claim.text):
        value = read_number(match["n"])
        if any(a <= match.start() < b for a, b in sums) or (value == 1 and match["unit"] not in {"年", "倍", "岁"}):
            continue
        rivals = [m for m in counted if m["unit"] == match["unit"]]
        if same := next((m for m in rivals if read_number(m["n"]) == value), None):
            if _bounds(claim.text[: match.start()], match["after"]) * _bounds("", same["after"]) < 0:
                bound = _AT_MOST.search(claim.text[: match.start()]) or _AT_LEAST.search(claim.text[: match.start()])
                said = claim.text[bound.start() if bound else match.start() : match.end()]
                yield Difference(Aspect.BOUND, said, same.group())
            continue
        # 五年以内 holds four.
        exact = not any(m["after"] or _BOUND.search(m.string[: m.start()]) for m in rivals)
        printed = "、".join(dict.fromkeys(m.group() for m in rivals)) if exact else ""
        yield Difference(Aspect.NUMBER if printed else Aspect.WORDS, match.group(), printed)


def _counted_in(text: str) -> list[re.Match[str]]:
    """7月5日 counts no days."""
    days = [m.span() for m in _YEAR.finditer(text)]
    return [m for m in _COUNTED.finditer(text) if not any(a <= m.start() < b for a, b in days)]


def _bounds(before: str, after: str | None) -> int:
    """-1 for at most, 1 for at least, 0 for neither."""
    if _AT_MOST.search(before) or after in {"以下", "以内"}:
        return -1
    return 1 if _AT_LEAST.search(before) or after == "以上" else 0


def _shares(claim: Claim, item: Item) -> Iterator[Difference]:
    """三分之一 and 九成 by their value."""
    printed = {_value_of(m): m.group() for m in _SHARE.finditer(item.text)}
    for match in _SHARE.finditer(claim.text):
        if _value_of(match) not in printed and not match["percent"]:
            yield Difference(Aspect.SHARE, match.group(), "、".join(printed.values()))


def _value_of(share: re.Match[str]) -> Fraction:
    if share["half"]:
        return Fraction(1, 2)
    if share["tenths"]:
        return Fraction(int(read_number(share["tenths"]) or 0), 10)
    if share["percent"]:
        return Fraction(share["percent"]) / 100
    of, part = read_number(share["of"]), read_number(share["part"])
    return Fraction(int(part or 0), int(of or 1) or 1)


def _figures(claim: Claim, item: Item) -> Iterator[Difference]:
    """扣2000 without a unit: digits that the item does not print."""
    text = item.text.replace(",", "").replace("，", "，")
    spans = [(a.start, a.end) for a in read_amounts(claim.text)]
    spans += [m.span() for m in (*_SHARE.finditer(claim.text), *_COUNTED.finditer(claim.text))] + [
        m.span() for m in _YEAR.finditer(claim.text)
    ]
    for match in _FIGURE.finditer(claim.text):
        if not any(a <= match.start() < b for a, b in spans) and match.group() not in text:
            sums = "、".join(dict.fromkeys(a.text for a in item.amounts)) if claim.value == "sum" else ""
            yield Difference(Aspect.NUMBER if sums else Aspect.WORDS, match.group(), sums)


def _dates(claim: Claim, text: str) -> Iterator[Difference]:
    for match in _YEAR.finditer(claim.text):
        if match.group().replace("号", "日") not in text and not lies_within(match.group(), text):
            rivals = "、".join(dict.fromkeys(_YEAR.findall(text)))
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


def _departments(claim: Claim, place: Place, text: str) -> Iterator[Difference]:
    responsible = {d for r in place.responsibilities for d in r.departments}
    for names in claim.departments:
        if not responsible.intersection(names) and not any(n in text for n in names):
            yield Difference(Aspect.DEPARTMENT, names[0], "、".join(sorted(responsible)))


def _manner(claim: Claim, text: str) -> Iterator[Difference]:
    """A duty for a permission, all for some, only for also."""
    must = _MUST.search(claim.text)
    if must and _ALLOWS.search(text) and not _OBLIGES.search(text):
        allowed = _ALLOWS.search(text)
        yield Difference(Aspect.DUTY, must.group(), allowed.group() if allowed else "")
    stretches = [s for s in _SEGMENT.split(text) if any(w in s for w in claim.content)] or [text]
    intended = _INTENDED.search(max(stretches, key=lambda s: sum(w in s for w in claim.content)))
    if intended and not _INTENDED.search(claim.text):
        yield Difference(Aspect.SCOPE, claim.text, intended.group())
    for said, prints in ((_ALL, _PRINTS_ALL), (_ONLY, _PRINTS_ONLY)):
        found = said.search(claim.text)
        if found and not prints.search(text):
            yield Difference(Aspect.SCOPE, found.group())


def _told_numbers(claim: Claim, text: str) -> Iterator[Difference]:
    """开了十年 in the story of who asks: no claim on the notice, but not what it prints either."""
    told = claim.whole.removesuffix(claim.text)
    for match in _COUNTED.finditer(told):
        if match.group() not in text and read_number(match["n"]) != 1:
            yield Difference(Aspect.WORDS, match.group())


def _words(claim: Claim, text: str) -> Iterator[Difference]:
    for word in claim.content:
        is_mark = any(p.search(word) for p in (_FIRM, _MUST, _ALL, _ONLY, _ONCE, _YEARLY))
        is_attitude = _ATTITUDE.fullmatch(word) is not None and _ALLOWS.search(text) is not None
        if word.casefold() not in text and not is_attitude and not is_mark:
            yield Difference(Aspect.WORDS, word)


def _unpaired(claim: Claim, text: str) -> Iterator[Difference]:
    """青岛油气 where the item has 青岛海洋服务、东营油气: said together, and printed each with something else."""
    for stretch in _JOINT.split(claim.text):
        words = [w for w in claim.content if w in stretch]
        for one, other in pairwise(words):
            if any(_kept_apart(one, other, segment.split("、")) for segment in _SEGMENT.split(text)):
                yield Difference(Aspect.WORDS, f"{one}{other}")
                return


def _kept_apart(one: str, other: str, entries: Sequence[str]) -> bool:
    if any(one in e and other in e for e in entries):
        return False
    first = next((e.split(one, 1)[1] for e in entries if one in e), "")
    second = next((e.split(other, 1)[0] for e in entries if other in e), "")
    return len(first) >= _A_WORD and len(second) >= _A_WORD


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
    excepted = " ".join(m.group() for m in _EXCEPTED.finditer(item.text))
    if any(w in excepted and w not in _EXCEPTED.sub(" ", item.text) for w in claim.content):
        yield Difference(Aspect.SCOPE if is_denied(claim.text) else Aspect.POLARITY, claim.text, excepted)
        return
    stretches = [s for s in _SEGMENT.split(item.text) if any(w in s for w in claim.content)]
    if not stretches:
        if is_denied(claim.text):
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


def claims_only(text: str) -> bool:
    """光省科协一家在管: nobody else."""
    return _ONLY.search(text) is not None


def quoted_falsely(text: str, texts: Sequence[str]) -> str:
    """Words that a question puts in quotation marks and no notice prints; "" for none."""
    printed = [_MARKS.sub("", t) for t in texts]
    for match in _QUOTED.finditer(text):
        if not any(_MARKS.sub("", match["words"]) in t for t in printed):
            return match["words"]
    return ""
