"""Reads what an item gives: beneficiary, sum or none, form and qualifiers, as printed."""

import re

from corpus.language.amounts import Amount, Bound
from corpus.notice import Phrase, Support
from ingest.facts.reading import Reading

_FORMS = (
    "奖补|补助|补贴|奖励|资助|补偿|贴息|贴保|代偿|减免|免征|减征|返还|退税|抵扣|配套支持|扶持资金|专项资金支持|"
    "资金支持|经费支持|一定支持|奖金|奖售|优惠|以奖代补|后补助|[^，。；、“”]{0,4}(?<![债证])券”?"
)
_FORM = re.compile(rf"“?(?:{_FORMS})")
_GIVING = re.compile(
    "给予|实施|奖励|奖补|补助|补贴|资助|通过|享受|按照?|发放|拨付|安排|予以|减免|免征|返还|最高|补偿|贴息"
)
# A sum that a condition names (营业额达到80万元以上) is nothing that is given.
_MEASURED = re.compile(
    "达到|达|超过|突破|投资|投入|收入|产值|营业额|销售额|贡献额|资产|资本|规模|金额|存量|余额|营收|税收|流水"
)
_GIVEN = re.compile("给予|予以|奖励|奖补|补助|补贴|资助|发放|拨付|安排|支付|最高|不超过|上限|返还|减免|贴息|标准")
# Without a sum, a word such as 补贴 gives something only together with a verb of giving.
_GIVING_UNPRICED = re.compile(
    "给予|实施|享受|发放|拨付|安排|予以|提供|减免|免征|减征|免缴|返还|可申请|通过[^，。；]{2,40}(?:方式|途径)"
)
_NOT_GIVEN = re.compile("不予|不给予|停止|停发|取消|追回|严禁|不得(?!超过|高于)|虚报|骗取|冒领|套取|违反|违规")
_QUALIFIERS = (
    "最高|不超过|不低于|一次性|年度|每年|每家|每个|每人|每户|每项|择优|符合条件|按规定|一定|"
    "依据[^，。；]{2,12}?(?=给予|最高|，|$)|按(?:照)?(?!规定|职责)[^，。；给最]{2,14}(?=给予|最高)"
)
_QUALIFIER = re.compile(_QUALIFIERS)
_FOR_WHOM = re.compile(
    "(?<![应面针相绝反比核])对(?!象|应(?![届急当聘征收缴])|口|外开放|外投资|接(?![受种收触])|照|比|标)于?(?P<who>[^，；。]{2,60}?)"
    "(?=，|按照?(?!规定)|依据|根据|给予|最高|年度|一次性|实施|予以|每年|每人|分别|奖励|的?(?:补贴|补助|奖励|资助)上限|$)"
)
_WHO_BUILDS = re.compile("(?:支持|鼓励|推动|引导)(?:和(?:支持|鼓励|引导))?(?P<who>[^，；。]{2,40}?)(?=，|；|。|$)")
_WHO_GROWS = re.compile(
    r"(?:培育|遴选|评选|认定|打造)(?P<who>(?:一批|若干|\d+|[一二三四五六七八九十]+[个家名])[^，；。]{2,40}?)(?=，|；|。|$)"
)
_ORGANISED = re.compile("(?:引导|鼓励)(?P<who>[^，；。]{2,30}?)(?=加大|开展|推出|加强|提供)")


def read_supports(reading: Reading, amounts: tuple[Amount, ...]) -> tuple[Support, ...]:
    """One support for each sum that the item gives, or one without a sum where it gives something unpriced."""
    item = Phrase(reading.words.text, reading.words.start, reading.words.end)
    sums = [a for a in amounts if a.unit == "元" and not _is_condition(item, a)]
    if sums:
        return tuple(_read(item, amount) for amount in sums) if _GIVING.search(item.text) else ()
    if _FORM.search(item.text) and _GIVING_UNPRICED.search(item.text) and not _NOT_GIVEN.search(item.text):
        return (_read(item, None),)
    return ()


def _is_condition(item: Phrase, amount: Amount) -> bool:
    before = item.text[: amount.start - item.start]
    clause = before[max(before.rfind(mark) for mark in "，；。") + 1 :]
    return not _GIVEN.search(clause) and (amount.bound is Bound.AT_LEAST or _MEASURED.search(clause) is not None)


def _read(item: Phrase, amount: Amount | None) -> Support:
    text = item.text
    anchor = amount.start - item.start if amount else (m.start() if (m := _FORM.search(text)) else len(text))
    clause = _clause_at(text, anchor)
    form = _FORM.search(text, max(anchor - 4, 0)) or _FORM.search(text)
    qualifiers = tuple(dict.fromkeys(m.group() for m in _QUALIFIER.finditer(text, clause[0], clause[1])))
    start, end = clause
    phrase = Phrase(text[start:end], item.start + start, item.start + end)
    return Support(_beneficiary(text, anchor), form.group().strip("“”") if form else "支持", amount, qualifiers, phrase)


def _clause_at(text: str, anchor: int) -> tuple[int, int]:
    """The clause that holds the anchor, with the clause before it when that one says for whom or by what measure."""
    start = max(text.rfind(mark, 0, anchor) for mark in "，；。") + 1
    ends = [i for mark in "，；。" if (i := text.find(mark, anchor)) >= 0]
    before = max(text.rfind(mark, 0, max(start - 1, 0)) for mark in "，；。") + 1
    while start > 0 and re.match(r"对|依据|按|支持", text[before:]) and not re.match(r"对", text[start:]):
        start, before = before, max(text.rfind(mark, 0, max(before - 1, 0)) for mark in "，；。") + 1
        if before >= start:
            break
    return start, min(ends, default=len(text))


def _beneficiary(text: str, anchor: int) -> str:
    """Who gets it, as printed and nearest before the sum; "" where the item names nobody."""
    before = text[:anchor] if anchor else text
    direct = list(_FOR_WHOM.finditer(before))
    wider = list(_WHO_BUILDS.finditer(before)) or list(_WHO_GROWS.finditer(before)) or list(_ORGANISED.finditer(text))
    if direct and not direct[-1]["who"].endswith("的"):
        return direct[-1]["who"]
    if direct:
        return f"{direct[-1]['who']}（{wider[-1]['who']}）" if wider else direct[-1]["who"]
    grown = list(_WHO_GROWS.finditer(before))
    return (grown or wider)[-1]["who"] if grown or wider else ""
