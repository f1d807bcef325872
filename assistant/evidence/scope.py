"""How far a claim goes and how far a sentence does: must and may, all and some, only and also, meant and done."""

import re
from collections.abc import Iterator, Sequence

_MUST = re.compile(r"必须|必需|一定(?!的?支持)|务必|强制|非得|\bmust\b|\bhave to\b", re.IGNORECASE)
_OBLIGES = re.compile(r"必须|应当?|须|务必|不得|严禁|禁止|要(?!求|素|点)")
_ALLOWS = re.compile(r"可(?:以|按|在|向|不)?|鼓励|支持|引导|推动|推广|自愿|允许|探索|酌情|适当")
_ALL = re.compile(r"都|全部|所有|一律|任何|凡是|只要|随便|统统|每一?[个家]|\bany\b|\ball\b|every", re.IGNORECASE)
_PRINTS_ALL = re.compile(r"均|都|全部|所有|一律|任何|各|全体|每")
_ONLY = re.compile(
    r"只有|仅|只(?!要)|唯一|单独|独家|光(?=给|是|限|有|发|补|[^，。]{1,10}(?:一家|自己|管))|\bonly\b", re.IGNORECASE
)
_PRINTS_ONLY = re.compile(r"仅|只|限|唯一")
_CERTAIN = re.compile("一定|肯定|必然|保证|百分之百|全(?![国省市县区球文年面程日民体])都?|统统|所有|全部|一律|都")
_PRINTS_SOME = re.compile("部分|个别|少数|择优|酌情|视情|有条件的?|遴选")
_ENOUGH = re.compile("(?:只要|光)[^，。？]{1,16}[，,]?(?:就|便)(?:行|能|可以?|给|有|够|成|算)")
_MORE_IS_NEEDED = re.compile("并且|而且|同时|且(?!末)|，并")
_INTENDED = re.compile("争取|力争|酝酿|拟(?=[^定订])|正在研究|考虑")
"""What is only meant to be is not so yet."""

_MODIFIES = re.compile("人员|者|的(?!$|[，。；])|期间|情况|证书|所需|手续|费(?!用)|时(?!间)")
_SEGMENT = re.compile(r"[，；：]")
_EITHER = re.compile("([\u4e00-\u9fff]{2})或者?([\u4e00-\u9fff]{2})")


def allows(text: str) -> bool:
    """It leaves something to whoever wants it."""
    return _ALLOWS.search(text) is not None


def is_mark_of_extent(word: str) -> bool:
    """都, 必须 and the like say nothing of what a claim is about."""
    return any(p.search(word) for p in (_MUST, _ALL, _ONLY))


def claims_only(text: str) -> bool:
    """光省科协一家在管: nobody else."""
    return _ONLY.search(text) is not None


def takes_for_duty(claim: str, text: str) -> tuple[str, str] | None:
    """The word for a duty, and the one for leave that stands in its place."""
    must, allowed = _MUST.search(claim), _ALLOWS.search(text)
    return (must.group(), allowed.group()) if must and allowed and not _OBLIGES.search(text) else None


def only_intended(claim: str, content: Sequence[str], text: str) -> str:
    """争取, where the claim takes it for done; "" else."""
    intended = _INTENDED.search(_stretch_of(content, text))
    return intended.group() if intended and not _INTENDED.search(claim) else ""


def says_too_much(claim: str, content: Sequence[str], text: str) -> tuple[str, str] | None:
    """The words by which a claim goes further than the stretch that speaks of the same: all for some, one for either
    of two, one condition for both."""
    stretch = _stretch_of(content, text)
    certain, some = _CERTAIN.search(claim), _PRINTS_SOME.search(stretch)
    if certain and some and not _PRINTS_SOME.search(claim):
        return certain.group(), some.group()
    enough, more = _ENOUGH.search(claim), _MORE_IS_NEEDED.search(text)
    if enough and more and not _MORE_IS_NEEDED.search(claim):
        return enough.group(), more.group()
    only, either = _ONLY.search(claim), _EITHER.search(stretch)
    if only and either and not _PRINTS_ONLY.search(text) and not all(w in claim for w in either.groups()):
        return only.group(), either.group()
    return None


def not_said_of_all(claim: str, text: str) -> Iterator[str]:
    """Words of all or of only, where the sentence prints none."""
    for said, prints in ((_ALL, _PRINTS_ALL), (_ONLY, _PRINTS_ONLY)):
        found = said.search(claim)
        if found and not prints.search(text):
            yield found.group()


def _stretch_of(content: Sequence[str], text: str) -> str:
    """The piece of a sentence that prints most of these words."""
    stretches = [s for s in _SEGMENT.split(text) if any(w in s for w in content)] or [text]
    return max(stretches, key=lambda s: sum(w in s for w in content))


def only_mentions(text: str, words: Sequence[str]) -> bool:
    """提前离岗人员 speaks of those who do, and does not say that anybody may: the last word claimed stands before a noun
    wherever it is printed."""
    last = next((w for w in reversed(words) if w in text), "")
    return bool(last) and all(_MODIFIES.match(text, m.end()) for m in re.finditer(re.escape(last), text))
