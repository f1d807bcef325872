"""Finds the head noun that stands beside a number: what is shared, counted or measured."""

import re

from ingest.parsing.view import View

_LOOKED_BACK = 48
_ITEM = 240
_CLAUSE_MARKS = "，。；：！？\n\t"
# What stands between the noun and its number: 不低于, 提高至, 的, a verb of giving.
_BETWEEN = re.compile(
    "(?:不?得?(?:再)?(?:超过|低于|高于|少于|大于|小于|多于)|最高|最低|最多|最少|至少|至多|达到?|提[高升]|上浮|下浮|降低|下降|降|减少|减免|增加|增长|"
    "同比|力争|原则上|一律|统一|分别|可|按照?|给予|予以|约|仅|再|只|共|有|为|至|到|在|以|的|就|应|须|并|均|各|总|已|占|每年|一次性|相比|持平|或|由|原|上限|调整|年?满|每[人户家个项件次]|"
    "[较比](?:\\d{4}年|上年|去年)(?:同期)?|比例|比率|幅度|额外|年均|平均|（[^（）]{0,30}）)$"
)
# What the noun follows: a preposition or a verb that governs it.
_GOVERNING = re.compile(
    "按照?|根据|依据|对于?|给予|予以|将|把|以|占|从|由|享受|其中|超过|低于|高于|少于|返还|降低|提高|减免|补贴(?=其)|补助(?=其)|"
    "缴纳(?=其)|确保|力争|实现|遴选|培育|建设|认定|打造|新增|支持|引导|推动|组织|举办|免除|减收|承担|不得|免收|发放|设置|满|[与较](?=上|去|同|前)|达到"
)
_AFTER = re.compile("(?:以上|以下|以内|左右|及以上)?的(?P<noun>[^，。；：、（）“”]{2,20})")
# Of 由原50%提高到70% both are shares of the same.
_SHARE_BEFORE = re.compile(r"[\d.]{1,8}%$")
_OF_ITS_OWN = re.compile(r"^(?:（[一二三四五六七八九十\d]{1,3}）|其中|其(?!他)|该|的|所|了|\d{4}年){1,4}")
# What a share can be of; 前三年给予80% is one of what the item says before: 按其贡献额给予奖励.
_MEASURED = re.compile("[额费数率款资税金值本租息价和比速入分量积重度产]$")
_BASE = re.compile(
    "(?:按照?|以|视|对其?给予|对|给予)其?(?P<noun>[^，。；：按]{1,30}?(?:额度?|费用?|投入|投资|收入|利率|利息|租金|成本|工资|贡献|总数|部分|余额|保费))"
    "(?=给|，|予|的|等)"
)


def noun_beside(words: View, begin: int, end: int) -> tuple[int, int] | None:
    """Where the noun stands that `words.text[begin:end]` counts or measures: before it in its clause, else after."""
    return _before(words.text, begin) or _after(words.text, end)


def base_beside(words: View, begin: int, end: int) -> tuple[int, int] | None:
    """Where the noun stands that `words.text[begin:end]` is a share of; it may have been said earlier in the item."""
    text = words.text
    low = max(0, begin - _LOOKED_BACK)
    bracket = text.rfind("（", low, begin)
    if bracket > text.rfind("）", low, begin) and _SHARE_BEFORE.search(text, low, bracket):
        begin = bracket
    near = _before(text, begin)
    if near and _MEASURED.search(text, *near):
        return near
    bases = list(_BASE.finditer(text, max(0, begin - _ITEM), begin))
    return bases[-1].span("noun") if bases else near or _after(text, end)


def _before(text: str, end: int) -> tuple[int, int] | None:
    low = max(0, end - _LOOKED_BACK)
    start = max((text.rfind(mark, low, end) for mark in _CLAUSE_MARKS), default=-1) + 1 or low
    while (between := _BETWEEN.search(text, start, end) or _SHARE_BEFORE.search(text, start, end)) is not None:
        end = between.start()
    for governing in _GOVERNING.finditer(text, start, end):
        if end - governing.end() >= 2:
            start = governing.end()
    own = _OF_ITS_OWN.match(text[start:end])
    start += own.end() if own else 0
    start = max(start, text.rfind("、", start, end) + 1, _after_bracket(text, start, end))
    return (start, end) if end - start >= 2 and not text[start:end].isdecimal() else None


def _after_bracket(text: str, start: int, end: int) -> int:
    """Behind a bracket of which only one half stands in the clause."""
    opened, closed = text.rfind("（", start, end), text.rfind("）", start, end)
    is_whole = closed < 0 or text.find("（", start, closed) >= 0
    return opened + 1 if opened > closed else start if is_whole else closed + 1


def _after(text: str, end: int) -> tuple[int, int] | None:
    found = _AFTER.match(text, end)
    return found.span("noun") if found else None
