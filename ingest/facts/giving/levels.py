"""Tells the cases of several sums apart: 国家级100万元, 国家级、省级…分别给予, 依据认定层级."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.facts.giving.clauses import Words, find_last, mask
from ingest.facts.giving.gifts import Gift
from ingest.facts.giving.payment import PAID
from ingest.facts.giving.recipients import Frame, qualify
from ingest.facts.giving.wordlists import CASE
from ingest.parsing.view import View

_BASIS = re.compile(
    r"(?:(?:根据|依据|依照)[^，。；：给最]{2,40}|按照?(?!规定|职责|\d|每|[^，。；]{0,20}标准)[^，。；：给最元%]{0,20}"
    r"(?:绩效|评价|考核|评估|等级|层级|情况|成效)[^，。；：给最元%]{0,6}|择优)(?=给予|最高|，|予|奖|补|适当|确定|$)"
    r"|按照?[^，。；：给最元%]{2,20}(?=享受(?:以上|上述|同等))|按照?[^，。；：给最元%]{2,24}的原则"
)
_TIER = re.compile(
    r"(?P<lead>^|[，、；：。](?:其中)?|分别(?:给予|奖励|为|补助|补贴)?|给予|奖励|补助|补贴|标准|按照?)(?P<tier>[^，、；：。给予奖补贴助按每元%□]{2,40}?)[的者]?，?"
    r"(?:按|分别|一次性|最高|不超过|可|再|给予|奖励|补助|补贴|每[人家户年月亩项个件]{1,4}){0,4}$"
)
# A level, a place in a contest or a size tells one sum from the next; any other name may.
LEVEL = re.compile("级|[一二三四五特优]等|[A-E甲乙丙丁]类|第[一二三]|以上|以下|以内|档|星")
_VERB = re.compile("^可|返还|申请|缴纳|由|给|同时|再|对|为|等|.{13}")
_NO_TIER = re.compile(
    "酌情|分别|分阶段|分档|最高|最低|依次|至多|额度|总额|支持|鼓励|推动|对|累计|合计|上限|限额|费率|比例|金额|年度|当年|其中|标准|补贴|奖励|提高至|财政|政府|部门|发放|同一|单[家个一户]|政策|减免|免收|不超过|不高于"
)
_CASES = re.compile(rf"(?:{CASE})(?:[、和及与]?(?:{CASE})){{1,6}}")
_ONE = re.compile(CASE)
_LIST = re.compile("(?:[/／]?[年月人家个次亩间件项]{1,2})?(?:[、和及与]|以及)")
_THINGS = re.compile(
    r"(?P<done>[^，。；、的]{0,8}?(?:新建|建设|建成|设立|引进|购置|开办|创办|开设|举办|改造|新增|打造|种植|养殖))?"
    r"(?P<things>[^，。；]{2,20}(?:[、和及与][^，。；、和及与]{2,20}){1,6})"
)
_JOINT = re.compile("[、和及与]")
_EACH = re.compile("分别|依次|各|分阶段|分档|分级")
_BEFORE_SUMS = 160


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
    if match["lead"] == "、" and match.start() > after + 8:
        return None
    told = view.text[match.end("tier") : end]
    if not LEVEL.search(match["tier"]) and (_VERB.search(match["tier"]) or told.startswith(("补", "奖", "资助"))):
        return None
    if not LEVEL.search(match["tier"]) and match["lead"] not in "，；：。、":
        return None
    return Words(view, *match.span("tier")).trimmed()


def share_out(view: View, gifts: Sequence[Gift], frames: Sequence[Frame]) -> list[Frame]:
    """Of sums in a row, each with the case that stands at its place in the list of cases before them."""
    shared = list(frames)
    for first, number in _rows(view.text, gifts):
        begin = max(0, gifts[first].begin - _BEFORE_SUMS)
        cases = _find_cases(view, begin, gifts[first].begin, number)
        if not cases and not _share_things(view, shared, (first, number)):
            cases = _find_parts(shared[first], number)
        for place, case in enumerate(cases):
            shared[first + place] = _narrow(shared[first + place], case, place, number)
    return shared


def _rows(text: str, gifts: Sequence[Gift]) -> Iterator[tuple[int, int]]:
    """Where each row of listed sums begins and how many they are, if 分别 stands before it."""
    first = 0
    for index in range(1, len(gifts) + 1):
        if index < len(gifts) and _LIST.fullmatch(text, gifts[index - 1].end, gifts[index].begin):
            continue
        before = text[max(0, gifts[first].begin - 24) : gifts[first].begin]
        if index - first > 1 and _EACH.search(before):
            yield first, index - first
        first = index


def _share_things(view: View, frames: list[Frame], row: tuple[int, int]) -> bool:
    """新建冷库、晒场分别奖励9万元、3万元: each thing gets its sum, and the act is what was done with all."""
    first, number = row
    frame = frames[first]
    told = frame.act if frame.who is None else frame.who
    match = _THINGS.fullmatch(mask(told.text)) if told and told.view is view else None
    if told is None or match is None:
        return False
    places = [match.start("things"), *(m.end() for m in _JOINT.finditer(mask(told.text), match.start("things")))]
    ends = [*(m.start() for m in _JOINT.finditer(mask(told.text), match.start("things"))), len(told.text)]
    things = [Words(view, told.begin + b, told.begin + e) for b, e in zip(places, ends, strict=True)]
    is_done = match["done"] is not None
    if (
        len(things) != number
        or len({"的" in t.text for t in things}) > 1
        or (not is_done and len({t.text[-2:] for t in things}) > 1)
    ):
        return False
    done = Words(view, told.begin, told.begin + places[0]).trimmed() if places[0] else frame.act
    for place, thing in enumerate(things):
        own = qualify(thing)
        told_of = own if own.act or own.condition else replace(frames[first + place], act=done)
        frames[first + place] = replace(told_of, who=thing)
    return True


def _find_parts(frame: Frame, number: int) -> list[Words]:
    """国际标准 and 行业标准 of 主导制定国际标准、行业标准: so many as there are sums."""
    told = frame.act or frame.condition
    joints = list(_JOINT.finditer(mask(told.text))) if told else []
    if told is None or len(joints) != number - 1:
        return []
    begins = [0, *(m.end() for m in joints)]
    ends = [*(m.start() for m in joints), len(told.text)]
    return [Words(told.view, told.begin + b, told.begin + e) for b, e in zip(begins, ends, strict=True)]


def _find_cases(view: View, begin: int, end: int, number: int) -> list[Words]:
    """The nearest list of so many cases; none where no list has as many."""
    for match in reversed(list(_CASES.finditer(view.text, begin, end))):
        cases = [Words(view, *m.span()) for m in _ONE.finditer(view.text, *match.span())]
        if len(cases) == number:
            return cases
    return []


def _narrow(frame: Frame, case: Words, place: int, number: int) -> Frame:
    """The act that lists the cases is cut to this one; where it lists none, the case is the condition."""
    act = frame.act
    if act is None or act.view is not case.view or not act.begin <= case.begin < act.end:
        return replace(frame, condition=case)
    begin = act.begin if place == 0 else case.begin
    end = act.end if place == number - 1 else case.end
    return replace(frame, act=Words(act.view, begin, end))
