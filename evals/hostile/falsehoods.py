"""False sentences about what a clause gives: sums, bounds, payment, recipients, acts, conditions."""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from operator import mul

from corpus.language.amounts import Amount, Bound
from corpus.notice import Support
from evals.hostile.board import Board, Spot, name_recipient
from evals.hostile.truths import say_support

Way = Callable[[Spot, Board], Iterator[str]]

_SHORTEST_ACT = 5
_SUMS = ("元", "%")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_AT_MOST = re.compile("最高(?:给予)?不超过|最高|不超过|至多|最多")
_LEVELS = (
    ("省级", "国家级"),
    ("国家级", "省级"),
    ("市级", "省级"),
    ("部级", "省级"),
    ("县级", "市级"),
    ("区级", "市级"),
)
_PEOPLE = re.compile("人|职工|居民|学生|者|员")
_EVERYBODY = ("所有企业", "个人", "个体工商户", "外资企业")
_QUALITIES = (
    ("对符合条件的", "对所有"),
    ("支持符合条件的", "支持所有"),
    ("符合条件的", "不符合条件的"),
    ("择优", "全部"),
    ("成效显著", "成效不显著"),
    ("服务突出", "服务不突出"),
    ("有条件的", "没有条件的"),
    ("规模以上", "规模以下"),
    ("省级以上", "省级以下"),
    ("以上", "以下"),
    ("首次", "重新"),
    ("重新", "首次"),
    ("新建", "已建"),
    ("省外", "省内"),
    ("一定", "全部"),
)
_TURNED_PAYMENTS = (
    ("一次性", "每年"),
    ("一次性", "每月"),
    ("年度最高", "一次性最高"),
    ("年度最高", "最高"),
    ("年度最高", "每月最高"),
    ("每年最高", "一次性最高"),
    ("每月", "每年"),
    ("每家", "每个项目"),
    ("每人", "每户"),
    ("每个子女", "每户"),
)


def sentences_of(spot: Spot) -> Iterator[str]:
    """The true sentences that are spoilt: the clause as it is printed, and in another order."""
    yield f"{spot.text}。"
    for support in spot.item.supports:
        if (said := say_support(spot, support)) is not None:
            yield said


def swap(spot: Spot, old: str, new: str) -> Iterator[str]:
    """Where the sentence has the old words, and would not have the new ones anyway."""
    yield from (s.replace(old, new, 1) for s in sentences_of(spot) if old in s and new not in s)


def _scale(amount: Amount, change: Callable[[Decimal], Decimal]) -> str | None:
    """The same words with another figure."""
    match = _NUMBER.search(amount.text)
    if match is None:
        return None
    number = change(Decimal(match.group()))
    new = format(number.normalize(), "f")
    return f"{amount.text[: match.start()]}{new}{amount.text[match.end() :]}" if number > 0 else None


def sum_inflated(spot: Spot, board: Board) -> Iterator[str]:
    for amount in spot.item.amounts:
        factor = Decimal("1.5") if amount.unit == "%" else Decimal(10)
        if (new := _scale(amount, partial(mul, factor))) and not board.prints(spot, new):
            yield from swap(spot, amount.text, new)


def sum_deflated(spot: Spot, board: Board) -> Iterator[str]:
    for amount in spot.item.amounts:
        if (new := _scale(amount, lambda n: n / 2)) and not board.prints(spot, new):
            yield from swap(spot, amount.text, new)


def sum_of_another(spot: Spot, board: Board) -> Iterator[str]:
    """A sum that the notice gives to somebody else."""
    mine = spot.item.amounts
    others = {
        r.support.amount.text: r.support.amount
        for r in board.rows_of(spot.place)
        if r.support.amount and not any(r.support.amount.equals(a) for a in mine)
    }
    for amount in mine:
        same = sorted(t for t, other in others.items() if other.unit == amount.unit and not board.prints(spot, t))
        if same:
            yield from swap(spot, amount.text, board.dice.choice(same))


def sums_added(spot: Spot, board: Board) -> Iterator[str]:
    """Two sums of the notice added up as if one could have both."""
    own = next((s for s in spot.item.supports if s.amount and s.amount.text.endswith("万元")), None)
    if own is None or own.amount is None or not (who := name_recipient(own, spot.text)):
        return
    other = next(
        (
            r.support.amount
            for r in board.rows_of(spot.place)
            if r.support.amount and r.support is not own and r.support.amount.unit == "元"
        ),
        None,
    )
    if other is not None:
        total = format((own.amount.value + other.value) / 10_000, "f").rstrip("0").rstrip(".")
        if f"{total}万元" not in board.notice_text(spot.place):
            yield f"{who}合计最高给{total}万元。"


def bound_dropped(spot: Spot, board: Board) -> Iterator[str]:
    """An upper limit becomes the sum."""
    if any(s.amount and s.amount.bound is Bound.AT_MOST for s in spot.item.supports):
        for sentence in sentences_of(spot):
            bare = _AT_MOST.sub("", sentence)
            if bare != sentence and not re.search("以内|以下|封顶|上限", bare):
                yield bare


def bound_turned(spot: Spot, board: Board) -> Iterator[str]:
    if any(a.bound is Bound.AT_MOST for a in spot.item.amounts):
        for sentence in sentences_of(spot):
            for word in ("至少", "不低于", "固定"):
                if _AT_MOST.search(sentence):
                    yield _AT_MOST.sub(word, sentence)


def payment_turned(spot: Spot, board: Board) -> Iterator[str]:
    if spot.item.amounts:
        for old, new in _TURNED_PAYMENTS:
            yield from swap(spot, old, new)


def level_turned(spot: Spot, board: Board) -> Iterator[str]:
    for old, new in _LEVELS:
        if new not in spot.text:
            yield from swap(spot, old, new)


def level_dropped(spot: Spot, board: Board) -> Iterator[str]:
    """Support for what a province recognises becomes support for all of its kind."""
    for support in spot.item.supports:
        who = name_recipient(support, spot.text)
        for level in ("国家级", "省级", "部级", "市级"):
            # Who was recognised by a ministry is of its level, said or not.
            if level in who and "认定" not in who:
                yield from (s.replace(level, "", 1) for s in sentences_of(spot) if who in s)


def recipient_of_another(spot: Spot, board: Board) -> Iterator[str]:
    """Somebody whom the notice gives something else."""
    for support in spot.item.supports:
        who = name_recipient(support, spot.text)
        if not who or support.amount is None:
            continue
        strangers = [s for s in _others(support, spot, board) if s]
        if strangers:
            yield from swap(spot, who, board.dice.choice(strangers))


def _others(support: Support, spot: Spot, board: Board) -> list[str]:
    """Recipients of the notice that are no part of this clause and share no head with its recipient."""
    own = support.who.text if support.who else ""
    found = {r.support.who.text for r in board.rows_of(spot.place) if r.support.who}
    return sorted(w for w in found if w not in spot.text and w[-2:] not in own and own[-2:] not in w)


def recipient_widened(spot: Spot, board: Board) -> Iterator[str]:
    for support in spot.item.supports:
        who = name_recipient(support, spot.text)
        if not who or support.amount is None:
            continue
        for anybody in _EVERYBODY:
            if anybody[-2:] not in who and not (_PEOPLE.search(who) and anybody[0] in "个"):
                yield from swap(spot, who, anybody)
        yield from swap(
            spot, who, f"所有{who.removeprefix('相关')}和个人" if not _PEOPLE.search(who) else f"所有{who}和企业"
        )


def recipient_dropped(spot: Spot, board: Board) -> Iterator[str]:
    """The sum alone, so that anybody may take it for his own."""
    for support in spot.item.supports:
        if name_recipient(support, spot.text) and support.amount and support.amount.unit in _SUMS:
            most = "最高" if support.amount.bound is Bound.AT_MOST else ""
            yield f"{most}给予{support.amount.text}。"
            yield f"可以申请{most}{support.amount.text}的补助。"


def act_of_another(spot: Spot, board: Board) -> Iterator[str]:
    """The sum is given for what the notice gives something else for."""
    for support in spot.item.supports:
        if not (support.act and support.act.text in spot.text and support.amount):
            continue
        if len(support.act.text) < _SHORTEST_ACT or support.amount.unit not in _SUMS:
            continue
        acts = {r.support.act.text for r in board.rows_of(spot.place) if r.support.act}
        acts = {a for a in acts if len(a) >= _SHORTEST_ACT}
        strange = sorted(a for a in acts if a not in spot.text and support.act.text not in a)
        if strange:
            yield from swap(spot, support.act.text, board.dice.choice(strange))


def recombined(spot: Spot, board: Board) -> Iterator[str]:
    """Who of this clause, the sum of a neighbour."""
    text = spot.text
    for support in spot.item.supports:
        who = name_recipient(support, text)
        act = support.act.text if support.act and support.act.text in text and support.act.text not in who else ""
        if not who or who in act:
            continue
        for row in board.rows_of(spot.place):
            other = row.support.amount
            if other is None or other.unit != "元" or any(other.equals(a) for a in spot.item.amounts):
                continue
            if board.prints(spot, other.text) or who[-3:] in row.item.text:
                continue
            if row.support.who and row.support.who.text[-2:] == who[-2:]:
                continue
            most = "最高" if other.bound is Bound.AT_MOST else ""
            yield f"{who}{act}，{most}给{other.text}。"


def condition_turned(spot: Spot, board: Board) -> Iterator[str]:
    for old, new in _QUALITIES:
        if not re.search(f"{old}(?:意见|规定|措施|各项|内容|事项|所列)|所有{old}", spot.text):
            yield from swap(spot, old, new)


WAYS: Mapping[str, Way] = {
    "金额变大": sum_inflated,
    "金额变小": sum_deflated,
    "换成别处的金额": sum_of_another,
    "金额相加": sums_added,
    "丢了最高": bound_dropped,
    "最高变至少": bound_turned,
    "一次性与每年对调": payment_turned,
    "换级别": level_turned,
    "丢级别": level_dropped,
    "换对象": recipient_of_another,
    "扩大对象": recipient_widened,
    "丢对象": recipient_dropped,
    "换行为": act_of_another,
    "两项拼在一起": recombined,
    "条件反转": condition_turned,
}
