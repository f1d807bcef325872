"""Joins what the sentences of one measure say of a support in turn: announced, then priced, then who pays."""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.notice import Item, Phrase, Provision, Support
from ingest.facts.giving.payment import find_payer
from ingest.facts.giving.wordlists import HEAD
from ingest.parsing.view import View

_FUNDS = re.compile(
    "(?:^|[，。；])(?:其?所需|上述|以上|相关|该项|前款|补[贴助]|奖励|贴息|奖补)[^，。；：]{0,8}?(?:资金|经费|费用|支出|补[贴助])[^。；]{0,40}?"
    "(?:列支|承担|支付|支出|安排|负担|解决|分担|保障)"
)
# 县财政每年安排500万元，用于本条奖励: who pays for what the measure gives after it.
_ARRANGED = re.compile(
    r"(?:^|[，。；])(?:从\d{4}年起，?)?(?P<payer>(?:[^，。；、：对由从]{0,8}?(?:财政|政府|工信局|财政局)))(?:每年|年度|统筹|预算|将|继续){0,3}(?:统筹)?(?:安排|设立|列支|拿出)"
    r"[^。；，]{0,40}(?:资金|经费|\d[^，。；]{0,3}元)[^。；]{0,20}?(?:，[^。；，]{0,20})?用于[^。；]{0,40}(?:奖|补|资助|扶持|支持)"
)
_PRICES = re.compile(
    r"\s*(?:具体)?(?:补贴|补助|奖励|资助|支持|奖补|其中|救助|发放|贷款)?(?:的)?(?:标准|额度|金额|比例)"
)
_OWN_SUBJECT = re.compile(r"\s*(?:支持|鼓励|推动|引导|对(?![成效]))")


def join_supports(provisions: Sequence[Provision], view: View) -> tuple[Provision, ...]:
    """The sentences of one measure or annex, each support with what the sentences around it say of it."""
    items = [item for p in provisions for item in p.items]
    if not any(item.supports for item in items):
        return tuple(provisions)
    for index in range(1, len(items)):
        items[index] = _inherit(items[index - 1], items[index], view)
    for index in range(len(items) - 1):
        items[index] = _drop_announced(items[index], items[index + 1])
    joined = iter(_spread_payers(items, view))
    return tuple(replace(p, items=tuple(next(joined) for _ in p.items)) for p in provisions)


def _inherit(last: Item, item: Item, view: View) -> Item:
    """招用4人以上的，每人3000元 goes on with the recipient of the item before."""
    is_listed = last.text.rstrip().endswith(("；", ";"))
    if item.supports and not last.supports and is_listed and all(s.payer is None for s in item.supports):
        words = view.within(last.start, last.end)
        payer = find_payer(words, 0, len(words.text))
        return replace(item, supports=tuple(replace(s, payer=payer.phrase if payer else None) for s in item.supports))
    if not last.supports or not item.supports:
        return item
    earlier = last.supports[-1]
    return replace(item, supports=tuple(_follow(earlier, s, item, is_listed) for s in item.supports))


def _follow(earlier: Support, support: Support, item: Item, is_listed: bool) -> Support:
    payer = support.payer or (earlier.payer if is_listed else None)
    is_named = support.who is not None and (support.who.start >= item.start or not is_listed)
    if is_named or earlier.who is None or _OWN_SUBJECT.match(item.text):
        return replace(support, payer=payer)
    if support.act is not None and HEAD.search(earlier.who.text) is None:
        return replace(support, payer=payer)
    return replace(
        support,
        beneficiary=support.beneficiary or earlier.beneficiary,
        who=earlier.who,
        act=support.act or earlier.act,
        condition=support.condition or (None if support.act else earlier.condition),
        payer=payer,
    )


def _drop_announced(item: Item, following: Item) -> Item:
    """可申请创业补贴。补贴标准为每人3000元: one support, told where its sum is."""
    sums = following.supports
    if not item.supports or not sums or item.supports[-1].amount is not None or item.text.endswith(("；", ";")):
        return item
    last = item.supports[-1]
    is_price = _PRICES.match(following.text) is not None or all(s.amount for s in sums)
    if is_price and all(s.who is not None and _is_inside(s.who, item) for s in sums):
        return replace(item, supports=item.supports[:-1]) if last.who == sums[0].who or len(sums) == 1 else item
    return item


def _is_inside(phrase: Phrase, item: Item) -> bool:
    return item.start <= phrase.start < item.end


def _spread_payers(items: Sequence[Item], view: View) -> list[Item]:
    """上述资金由失业保险基金列支 holds for what the measure gave before."""
    found = list(items)
    begin = 0
    arranged: Phrase | None = None
    for index, item in enumerate(items):
        if arranged and item.supports:
            found[index] = _pay(found[index], arranged)
        if fund := _ARRANGED.search(item.text):
            arranged = view.within(item.start, item.end).phrase(*fund.span("payer"))
        match = _FUNDS.search(item.text)
        if match is None:
            continue
        words = view.within(item.start, item.end)
        payer = find_payer(words, 0, len(words.text))
        for earlier in range(begin, index + 1) if payer else ():
            found[earlier] = _pay(found[earlier], payer.phrase) if payer else found[earlier]
        begin = index + 1
    return found


def _pay(item: Item, payer: Phrase) -> Item:
    """With the payer where its supports name none."""
    return replace(item, supports=tuple(replace(s, payer=s.payer or payer) for s in item.supports))
