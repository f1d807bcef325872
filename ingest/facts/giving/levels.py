"""Reads the case that stands right before its sum (国家级100万元), and by what a sum is set (依据认定层级)."""

import re

from ingest.facts.giving.clauses import Words, find_last, mask
from ingest.facts.giving.payment import PAID
from ingest.parsing.view import View

_BASIS = re.compile(
    r"(?:(?:根据|依据|依照)[^，。；：给最]{2,40}|按照?(?!规定|职责|\d|每|[^，。；]{0,20}标准)[^，。；：给最元%]{0,20}"
    r"(?:绩效|评价|考核|评估|等级|层级|情况|成效)[^，。；：给最元%]{0,6}|择优)(?=给予|最高|，|予|奖|补|适当|确定|$)"
)
_TIER = re.compile(
    r"(?P<lead>^|[，、；：。]|分别(?:给予|奖励|为|补助|补贴)?|给予|奖励|补助|补贴|标准|按照?)(?P<tier>[^，、；：。给予奖补贴助按每元%□]{2,40}?)[的者]?，?"
    r"(?:按|分别|一次性|最高|不超过|可|再|给予|奖励|补助|补贴|每[人家户年月亩项个件]{1,4}){0,4}$"
)
# A level, a place in a contest or a size tells one sum from the next; any other name may.
LEVEL = re.compile("级|[一二三四五特优]等|[A-E甲乙丙丁]类|第[一二三]|以上|以下|以内|档|星")
_VERB = re.compile("^可|返还|申请|缴纳|由|给|同时|再|对|为|.{13}")
_NO_TIER = re.compile(
    "额度|总额|支持|鼓励|推动|对|累计|合计|上限|限额|费率|比例|金额|年度|当年|其中|标准|补贴|奖励|提高至|不超过|不高于"
)


def read_basis(view: View, begin: int, end: int) -> Words | None:
    """依据认定层级, 按绩效评价, 择优: by what the sum is set or who is chosen."""
    match = find_last(_BASIS, mask(view.text), begin, end)
    return Words(view, *match.span()) if match else None


def read_tier(view: View, begin: int, end: int, after: int) -> Words | None:
    """国家级 of 国家级100万元, 100人以上 of 100人以上4.5万元; `after` is where the sum before it ends, 0 for none."""
    text = mask(view.text[:end])
    match = _TIER.search(text, max(begin, end - 60))
    if (
        match is None
        or match["tier"].endswith(("省", "市", "县"))
        or _NO_TIER.search(match["tier"])
        or PAID.search(match["tier"])
    ):
        return None
    told = view.text[match.end("tier") : end]
    if not LEVEL.search(match["tier"]) and (_VERB.search(match["tier"]) or told.startswith(("补", "奖", "资助"))):
        return None
    if not LEVEL.search(match["tier"]) and (
        match["lead"] not in "，；：。、" or (match["lead"] == "、" and match.start() > after + 8)
    ):
        return None
    return Words(view, *match.span("tier")).trimmed()
