"""Says in a few words who gets something, and picks the qualifiers of its clause, as lists and tables show them."""

import re

from corpus.notice import Phrase
from ingest.parsing.view import View

_QUALIFIER = re.compile(
    "最高|不超过|不低于|一次性|年度|每年|每家|每个|每人|每户|每项|择优|符合条件|按规定|一定|"
    "依据[^，。；]{2,12}?(?=给予|最高|，|$)|按(?:照)?(?!规定|职责)[^，。；给最]{2,14}(?=给予|最高)"
)
_FOR_WHOM = re.compile(
    "(?<![应面针相绝反比核])对(?!象|应(?![届急当聘征收缴])|口|外开放|外投资|接(?![受种收触])|照|比|标)于?(?P<who>[^，；。]{2,60}?)"
    "(?=，|按照?(?!规定)|依据|根据|给予|最高|年度|一次性|实施|予以|每年|每人|分别|奖励|免征|的?(?:补贴|补助|奖励|资助)上限|$)"
)
_WHO_BUILDS = re.compile("(?:支持|鼓励|推动|引导)(?:和(?:支持|鼓励|引导))?(?P<who>[^，；。]{2,40}?)(?=，|；|。|$)")
_WHO_GROWS = re.compile(
    r"(?:培育|遴选|评选|认定|打造)(?P<who>(?:一批|若干|\d+|[一二三四五六七八九十]+[个家名])[^，；。]{2,40}?)(?=，|；|。|$)"
)
_MARKS = "，；。"


def name_beneficiary(text: str, anchor: int) -> str:
    """Who gets it, as printed and nearest before the sum; "" where the item names nobody."""
    before = text[:anchor] if anchor else text
    direct = list(_FOR_WHOM.finditer(before))
    grown = list(_WHO_GROWS.finditer(before))
    wider = list(_WHO_BUILDS.finditer(before)) or grown
    if direct and not direct[-1]["who"].endswith("的"):
        return direct[-1]["who"]
    if direct:
        return f"{direct[-1]['who']}（{wider[-1]['who']}）" if wider else direct[-1]["who"]
    return (grown or wider)[-1]["who"] if grown or wider else ""


def read_qualifiers(view: View, anchor: int) -> tuple[Phrase, tuple[str, ...]]:
    """The clause that gives, with those before it that say for whom or by what measure, and the qualifiers in it."""
    start, end = _clause_at(view.text, anchor)
    found = dict.fromkeys(m.group() for m in _QUALIFIER.finditer(view.text, start, end))
    return view.phrase(start, end), tuple(found)


def _clause_at(text: str, anchor: int) -> tuple[int, int]:
    start = _mark_before(text, anchor)
    end = min((i for mark in _MARKS if (i := text.find(mark, anchor)) >= 0), default=len(text))
    before = _mark_before(text, max(start - 1, 0))
    while start > 0 and re.compile("对|依据|按|支持").match(text, before) and not text.startswith("对", start):
        start, before = before, _mark_before(text, max(before - 1, 0))
        if before >= start:
            break
    return start, end


def _mark_before(text: str, anchor: int) -> int:
    return max(text.rfind(mark, 0, anchor) for mark in _MARKS) + 1
